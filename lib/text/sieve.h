/* sieve.h -- which words of a text need not be looked at. Private.
 *
 * Stemmers take endings off, so a stem begins as its word does: a word whose
 * first two letters begin no term of a query does not answer it, and nine in
 * ten are left out so. Where a table may change the beginning (Welsh mutations,
 * exceptions of other languages) every word must be looked at. */
#ifndef KZI_SIEVE_H
#define KZI_SIEVE_H

#include <stddef.h>

struct kzi_starts;

/* 1 if the word, letters in normal form, may have a term with one of these
 * beginnings. */
int kzi_may_start(int language, const char *word, size_t length,
	const struct kzi_starts *starts);

#endif
