/* stem_rules.h -- what Snowball and the dictionaries do not do: rules of ours,
 * language by language. */
#ifndef KZI_STEM_RULES_H
#define KZI_STEM_RULES_H

#include <stddef.h>

#include "text/dict.h"

enum { KZI_RULES_ADD = 8 }; /* The most bytes that a word may gain. */

/* Write `word` into `out` in the spelling of today; returns its length.
 *
 *     ro  pîine             => pâine
 *     ro  socialiști        => socialişti, which libstemmer 2 knows */
size_t kzi_rules_spell(
	int language, char *out, const char *word, size_t length);

/* Write `word` into `out` as Snowball should get it; returns its length.
 *
 *     it  darsi, dargli     => dare */
size_t kzi_rules_before(
	int language, char *out, const char *word, size_t length);

/* The bytes of a word that are its stem where Snowball would take too much, or
 * 0 to let Snowball have it.
 *
 *     it  comunicazioni  => comunicazion */
size_t kzi_rules_stem(int language, const char *word, size_t length);

/* Put letters before a word in its place so that Snowball sees its endings;
 * returns how many, which are no part of the stem. */
size_t kzi_rules_lead(int language, char *word, size_t length);

/* The bytes of a word that are a stem of it too, because it may be another part
 * of speech than Snowball takes it for; 0: it has none.
 *
 *     it  telefono       => telefon, beside telef */
size_t kzi_rules_second(int language, const char *word, size_t length);

/* What is left of Snowball's stem of a word of `word_length` bytes. */
size_t kzi_rules_after(
	int language, const char *stem, size_t length, size_t word_length);

/* Find the base forms of a folded word that the dictionary does not have, by
 * taking it apart; *lemmas is empty before, and may be so after.
 *
 *     hu  megfogadta     => megfogad
 *     hu  legnagyobbak   => nagy
 *     hu  mutatta        => mutat
 *     hu  munkahelyeken  => munkahely
 *     pt  agostos        => agosto
 *     it  punirlo        => punire */
void kzi_rules_find(int language, const struct kzi_dict *dict,
	const char *word, size_t length, struct kzi_lemmas *lemmas);

/* 1 if kzi_rules_find may find what begins with other letters. */
int kzi_rules_is_strange(int language, const char *word, size_t length);

#endif
