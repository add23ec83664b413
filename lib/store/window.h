/* window.h -- some thousand passages side by side, while they are weighed. Pure
 * C, private to lib/store (topk.c). */
#ifndef KZI_WINDOW_H
#define KZI_WINDOW_H

#include <stddef.h>
#include <stdint.h>

#include "store/best.h"
#include "store/lists.h"

enum {
	KZI_WINDOW = 4096, /* Passages; their sums lie in the nearest cache. */
	KZI_WINDOW_WORD = 64
};

struct kzi_window {
	uint32_t from;
	uint64_t to; /* The first passage behind it. */
	double sums[KZI_WINDOW]; /* Zeros but for what is marked. */
	uint64_t marks[KZI_WINDOW / KZI_WINDOW_WORD];

	/* Places of those that are marked, and of those among them that may
	 * still count; both in order. */
	uint16_t marked[KZI_WINDOW];
	uint16_t candidates[KZI_WINDOW];
	size_t marked_count;
	size_t count;
};

/* Begin it anew. It must be of zeros, or have been cleared. */
void kzi_window_begin(struct kzi_window *window, uint32_t from);

/* Add `weight` for each posting in the window and mark its passage: of the only
 * list to do so, ... */
void kzi_window_read_one(
	struct kzi_window *window, struct kzi_cursor *cursor, double weight);

/* ... or of one of several, after which kzi_window_list. */
void kzi_window_read(
	struct kzi_window *window, struct kzi_cursor *cursor, double weight);
void kzi_window_list(struct kzi_window *window);

/* All that are marked are candidates. */
void kzi_window_take(struct kzi_window *window);

/* Add `weight` for the postings of marked passages: of all by reading the list,
 * ... */
void kzi_window_add(
	struct kzi_window *window, struct kzi_cursor *cursor, double weight);

/* ... or of candidates by looking for each that could so come to `least`. */
void kzi_window_look_up(struct kzi_window *window, struct kzi_cursor *cursor,
	double weight, double least);

/* Leave the candidates that have come to `least`; that are not removed. */
void kzi_window_sieve(struct kzi_window *window, double least);
void kzi_window_leave_removed(struct kzi_window *window,
	int is_removed(void *context, uint32_t passage), void *context);

/* Hand over the candidates. */
void kzi_window_give(const struct kzi_window *window, struct kzi_best *best);

/* Forget everything. */
void kzi_window_clear(struct kzi_window *window);

#endif
