/* tally.h -- in how many passages each word was met, on the side of a reader:
 * it has looked the words up anyway. */
#ifndef KZI_TALLY_H
#define KZI_TALLY_H

#include "base/buf.h"
#include "indexer/numbering.h"
#include "store/store.h"
#include "text/text.h"

/* The name of a word is a byte, twice its language and 1 more where it was a stop
 * word, and its normalised text. */
static inline int kzi_name_language(struct kzi_string name)
{
	return (unsigned char)name.bytes[0] / 2;
}

static inline int kzi_name_is_stop(struct kzi_string name)
{
	return (unsigned char)name.bytes[0] % 2;
}

static inline struct kzi_string kzi_name_text(struct kzi_string name)
{
	const struct kzi_string text = { name.bytes + 1, name.length - 1 };

	return text;
}

/* A word and in how many passages it is. */
struct kzi_word_count {
	struct kzi_named *word;
	uint32_t passages;
	uint32_t number; /* Of the word. */
};

struct kzi_word_counts {
	const struct kzi_word_count *items;
	size_t count;
	uint64_t passages; /* All of which are counted. */
	uint32_t known;    /* Words that were told before; 0: none are known. */
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
	struct kzi_numbering numbering; /* Of words that were taken out. */
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

/* The analyser has forgotten its words; there is nothing to take out. */
void kzi_tally_forget(struct kzi_tally *tally);
void kzi_tally_release(struct kzi_tally *tally);

#endif
