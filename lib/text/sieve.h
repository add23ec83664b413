/* sieve.h -- which words of a text need not be looked at. Private.
 *
 * Stemmers take endings off, so a stem begins as its word does: a word whose
 * first two letters begin no term of a query does not answer it, and nine in
 * ten are left out so. Where a table may change the beginning (Welsh mutations,
 * exceptions of other languages) every word must be looked at. */
#ifndef KZI_SIEVE_H
#define KZI_SIEVE_H

#include <stddef.h>

#include "text/text.h"

/* The bit of the first two bytes of a word, which rules most others out. */
static inline unsigned kzi_first_of(const char *word, size_t length)
{
	unsigned first = (unsigned char)word[0];
	unsigned second = length > 1 ? (unsigned char)word[1] : 0;

	return (first & 31) << 5 | ((second ^ first >> 3) & 31);
}

/* 1 if the set may have the word, which is not empty. */
static inline int kzi_word_set_may_have(
	const struct kzi_word_set *set, const char *word, size_t length)
{
	unsigned first = kzi_first_of(word, length);

	return set->firsts[first / 64] >> first % 64 & 1;
}

/* 1 if the word, letters or digits in normal form, may have a term with one of
 * these beginnings. */
int kzi_may_start(int language, const char *word, size_t length,
	const struct kzi_starts *starts);

#endif
