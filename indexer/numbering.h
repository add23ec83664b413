/* numbering.h -- terms and words by number. A reader says one by its bytes once,
 * and by its number from then on; who hears it numbers them alike. So it is
 * looked up when it is new, and not whenever it is met. */
#ifndef KZI_NUMBERING_H
#define KZI_NUMBERING_H

#include "base/arena.h"
#include "base/memo.h"
#include "store/store.h"

enum {
	KZI_NUMBERING_BLOCK = 2048, /* Names that are allocated together. */
	KZI_NUMBERING_BLOCKS = 2048,
	KZI_NUMBERED_MOST = KZI_NUMBERING_BLOCK * KZI_NUMBERING_BLOCKS
};

#define KZI_NO_NUMBER UINT32_MAX

/* Zeros are a valid empty one. */
struct kzi_numbering {
	struct kzi_named *blocks[KZI_NUMBERING_BLOCKS];
	uint32_t count;          /* Names; their numbers are below it. */
	struct kzi_arena arena;  /* Their bytes. */
	struct kzi_memo memo;    /* Of those that were looked for. */
};

/* The number of a name, which is a new one if it has none yet. KZI_NO_NUMBER
 * when memory is short, or there are too many. */
uint32_t kzi_numbering_find(
	struct kzi_numbering *numbering, const char *bytes, size_t length);

/* Give the next number to a name that has none; the same. What is added so is
 * not found by its bytes. */
uint32_t kzi_numbering_add(
	struct kzi_numbering *numbering, const char *bytes, size_t length);

/* The name of a number below `count`; stays where it is until the clearing. */
struct kzi_named *kzi_numbering_at(
	const struct kzi_numbering *numbering, uint32_t number);

/* Begin again with number 0. */
void kzi_numbering_clear(struct kzi_numbering *numbering);
void kzi_numbering_release(struct kzi_numbering *numbering);

#endif
