/* tally.h -- in how many passages each word was met, on the side of a reader:
 * it has looked the words up anyway. */
#ifndef KZI_TALLY_H
#define KZI_TALLY_H

#include "base/buf.h"
#include "store/store.h"
#include "text/text.h"

/* A word and in how many passages it is. */
struct kzi_word_count {
	struct kzi_string text; /* Normalised. */
	uint32_t passages;
	uint8_t language;
	uint8_t is_stop; /* There; elsewhere it may be none. */
};

struct kzi_word_counts {
	const struct kzi_word_count *items;
	size_t count;
	uint64_t passages; /* All of which are counted. */
};

/* Zeros are a valid empty one. Its words are those of one analyser, whose marks
 * it uses. */
struct kzi_tally {
	struct kzi_buf here;   /* Of struct kzi_word *: of the passage at hand,
				  each once ... */
	uint64_t passage;      /* ... and its number, from 1. */
	struct kzi_buf met;    /* Of struct kzi_word *: what was counted. */
	uint64_t passages;     /* In how many. */
	struct kzi_buf counts; /* Of struct kzi_word_count. */
};

/* Begin a passage; what was met of the last one and not counted is forgotten. */
void kzi_tally_begin(struct kzi_tally *tally);
void kzi_tally_meet(struct kzi_tally *tally, struct kzi_word *word);

/* Count the passage in. Returns 0 when memory is short. */
int kzi_tally_count(struct kzi_tally *tally);

/* 1 if it is time to take out what was counted. */
int kzi_tally_is_full(const struct kzi_tally *tally);

/* Take out what was counted; borrowed until the next call. Returns 0 when
 * memory is short; the tally is empty in any case. */
int kzi_tally_take(struct kzi_tally *tally, struct kzi_word_counts *counts);

void kzi_tally_release(struct kzi_tally *tally);

#endif
