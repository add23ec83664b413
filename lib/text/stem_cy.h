/* stem_cy.h -- the Welsh stemmer; Snowball has none.
 *
 *     cath gath chath nghath cathod    => "cath"
 *     tŷ dŷ tai                        => "ty"
 *     cael cafodd chawsom ceir         => "cael"
 *     Gwytherin Ngwytherin (unknown)   => "=wytherin"
 *
 * A word that the lexicon (lang/cy.lexicon) knows in any mutation gets the stem
 * of its lemma; another gets "=" and what the letter rules leave of it, so that
 * a guess is never taken for a known stem. */
#ifndef KZI_STEM_CY_H
#define KZI_STEM_CY_H

#include <stddef.h>

/* Write the stem of a word, which is normalised (NFC, lower case, straight
 * apostrophes), into `stem`; returns its length, at most `capacity`. A word
 * longer than the longest Welsh ones or with a character that is no Welsh
 * letter comes back as it is, cut at a character. Nothing is NUL-ended. */
size_t kzi_stem_cy(
	const char *word, size_t length, char *stem, size_t capacity);

#endif
