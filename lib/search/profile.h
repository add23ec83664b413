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
	const struct kzi_version *version;
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

/* What of the letters a text has. Zeros: nothing yet. */
struct kzi_tally {
	uint16_t counts[KZI_GRAMS_MOST];
	uint16_t last[KZI_GRAMS_MOST]; /* Sentence where it was met last. */
	uint16_t sentence;             /* The one being read, from 1. */
	double sum; /* Weights of the grams met in it, each once. */

	/* Of a word of the query, the largest part with which a word of the
	 * text begins: "közösségi" has 8 of the 9 letters of "közösség". */
	double begun[KZI_WORDS_MOST];
};

/* "kalauz" => " kalauz ", so that beginning and end of a word tell; a longer
 * one is cut. Returns the length. */
enum { KZI_PADDED_MOST = 130 };
size_t kzi_profile_pad(
	char out[KZI_PADDED_MOST], const char *word, size_t length);

/* Count the grams of a folded word of the text, with a space before and behind
 * it. */
void kzi_profile_count(const struct kzi_profile *profile, const char *padded,
	size_t length, struct kzi_tally *tally);

#endif
