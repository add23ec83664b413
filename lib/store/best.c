/* best.c -- see best.h. */
#include "store/best.h"

static int is_worse(const struct kzi_match *a, const struct kzi_match *b)
{
	if (a->weight != b->weight)
		return a->weight < b->weight;
	return a->passage > b->passage;
}

/* Put `match` into the place that is free at the top of the first `count`. */
static void sift_down(
	struct kzi_best *best, size_t count, struct kzi_match match)
{
	struct kzi_match *matches = best->matches;
	size_t at = 0, child;

	while ((child = 2 * at + 1) < count) {
		if (child + 1 < count &&
			is_worse(&matches[child + 1], &matches[child]))
			child++;
		if (!is_worse(&matches[child], &match))
			break;
		matches[at] = matches[child];
		at = child;
	}
	matches[at] = match;
}

/* Put `match` into the place that is free behind the others. */
static void sift_up(struct kzi_best *best, struct kzi_match match)
{
	struct kzi_match *matches = best->matches;
	size_t at = best->count++;

	while (at > 0 && is_worse(&match, &matches[(at - 1) / 2])) {
		matches[at] = matches[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	matches[at] = match;
}

void kzi_best_add(struct kzi_best *best, uint32_t passage, double weight)
{
	struct kzi_match match = { passage, weight };

	if (best->count < best->most)
		sift_up(best, match);
	else if (best->most && is_worse(&best->matches[0], &match))
		sift_down(best, best->count, match);
}

void kzi_best_sort(struct kzi_best *best)
{
	size_t left;

	for (left = best->count; left > 1; left--) {
		struct kzi_match worst = best->matches[0];

		sift_down(best, left - 1, best->matches[left - 1]);
		best->matches[left - 1] = worst;
	}
}
