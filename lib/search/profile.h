/* profile.h -- what a text is compared with when it is ranked again: the words
 * of a query in one language, their pairs, and their letters. Private. */
#ifndef KZI_PROFILE_H
#define KZI_PROFILE_H

#include "search/search.h"

enum {
	KZI_PAIRS_MOST = KZI_WORDS_MOST,
	KZI_GRAMS_MOST = 256, /* Grams told apart. */
	KZI_GRAM_SLOTS = 1024 /* Of the table: a power of two, sparse. */
};

struct kzi_profile_word {
	const struct kzi_word *word; /* NULL: no such word. */
	double idf;
	int is_stop;
};

struct kzi_profile {
	const struct kzi_version *version; /* NULL: not made yet. */
	struct kzi_profile_word words[KZI_WORDS_MOST];
	uint32_t word_count;

	/* Content words that follow each other in the query. */
	struct {
		uint32_t left, right;
		double idf;
	} pairs[KZI_PAIRS_MOST];
	uint32_t pair_count;

	/* Letter 4-grams, as four bytes: key 0 is a free slot. */
	uint32_t gram_keys[KZI_GRAM_SLOTS];
	uint16_t gram_index[KZI_GRAM_SLOTS];
	double gram_weights[KZI_GRAMS_MOST];
	uint32_t gram_count;
};

void kzi_profile_make(
	struct kzi_profile *profile, const struct kzi_version *version);

/* Count the grams of a folded word into counts[KZI_GRAMS_MOST]. */
void kzi_profile_count(const struct kzi_profile *profile, const char *folded,
	size_t length, uint16_t *counts);

#endif
