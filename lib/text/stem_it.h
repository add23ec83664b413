/* stem_it.h -- what Snowball does not know of Italian; the rules behind the face
 * of stem_rules.h, which tells what each is for.
 *
 *     punirlo                 => punire     pronouns
 *     bellissima ricchissimo  => bello ricco
 *     parlai                  => parlare    the remote past, first person
 *     comunicazioni viaggio   => comunicazion viagg
 *     telefono militare       => telefon militar, beside telef milit */
#ifndef KZI_STEM_IT_H
#define KZI_STEM_IT_H

#include <stddef.h>

/* Rewrite the word in its place, which has room for KZI_RULES_ADD more. */
size_t kzi_it_before(char *word, size_t length);

size_t kzi_it_stem(const char *word, size_t length);
size_t kzi_it_lead(char *word, size_t length);
size_t kzi_it_second(const char *word, size_t length);
size_t kzi_it_after(const char *stem, size_t length, size_t word_length);

#endif
