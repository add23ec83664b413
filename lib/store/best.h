/* best.h -- the best matches so far, in the caller's room. Pure C, private to
 * lib/store. */
#ifndef KZI_BEST_H
#define KZI_BEST_H

#include <stddef.h>
#include <stdint.h>

#include "store/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/* { room, 0, most } is a valid empty one. */
struct kzi_best {
	struct kzi_match *matches; /* A heap, the worst on top. */
	size_t count;
	size_t most;
};

/* What a match must weigh to count; 0 while there is room. */
static inline double kzi_best_bar(const struct kzi_best *best)
{
	return best->count < best->most || !best->most
		? 0
		: best->matches[0].weight;
}

/* Add a match, unless there are better ones enough: of equal ones that with the
 * lower number is better. */
void kzi_best_add(struct kzi_best *best, uint32_t passage, double weight);

/* Put them in order, the best first. Nothing can be added afterwards. */
void kzi_best_sort(struct kzi_best *best);

#ifdef __cplusplus
}
#endif
#endif
