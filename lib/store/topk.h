/* topk.h -- the best passages of lists (lists.h) for a sum of terms,
 * without reading what cannot be among them. Pure C, private to lib/store.
 *
 * Passages are gone through in windows. What a term can add in one at most is
 * the greatest impact of its blocks there, times its weight. Where all terms
 * together stay below the bar that the best so far have set, the window is
 * passed over. Else those that stay below it together, taken from the smallest,
 * cannot bring a passage above it by themselves: only the others are read, and
 * these looked up where a passage may still get there (MaxScore: Turtle and
 * Flood, "Query evaluation: strategies and optimizations", 1995; with the
 * bounds of windows instead of lists: Dimopoulos, Nepomnyachiy and Suel,
 * "Optimizing top-k document retrieval strategies for block-max indexes",
 * 2013). */
#ifndef KZI_TOPK_H
#define KZI_TOPK_H

#include "base/arena.h"
#include "store/best.h"
#include "store/lists.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A term of the sum: a passage with impact i gets i x weight. */
struct kzi_weighted {
	struct kzi_list list;
	double weight;
};

struct kzi_topk {
	const struct kzi_weighted *terms;
	size_t count;
	/* 1 if a passage does not count any more. NULL: all count. */
	int (*is_removed)(void *context, uint32_t passage);
	void *context;

	/* Filled in. */
	int is_all;    /* Every passage that holds a term was looked at: ... */
	uint64_t seen; /* ... so many, of living ones; else a part of them. */
};

struct kzi_window;

/* Add what is good enough to the best so far. *window is made if it is NULL; it
 * can be used again, and is the caller's to kzi_free. Takes memory from the
 * arena, too. Returns KZ_ERR_MEMORY, or KZ_ERR_CORRUPT where a list is damaged,
 * without a message. */
kz_status kzi_topk_run(struct kzi_topk *topk, struct kzi_best *best,
	struct kzi_window **window, struct kzi_arena *arena);

#ifdef __cplusplus
}
#endif
#endif
