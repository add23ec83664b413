/* sum.c -- see sum.h. */
#include "store/sum.h"

static double bound_of(const struct kzi_summand *term)
{
	return term->weight * term->cursor.top;
}

static int is_before(const struct kzi_summand *a, const struct kzi_summand *b)
{
	if (a->is_optional != b->is_optional)
		return a->is_optional;
	return bound_of(a) < bound_of(b);
}

void kzi_sum_begin(struct kzi_sum *sum, struct kzi_summand **terms,
	double *bounds, size_t count)
{
	double total = 0;
	size_t i, j;

	for (i = 1; i < count; i++) {
		struct kzi_summand *term = terms[i];

		for (j = i; j > 0 && is_before(term, terms[j - 1]); j--)
			terms[j] = terms[j - 1];
		terms[j] = term;
	}
	for (i = 0; i < count; i++)
		bounds[i] = total += bound_of(terms[i]);
	sum->terms = terms;
	sum->bounds = bounds;
	sum->count = count;
	sum->top = total;
	sum->passage = 0;
	sum->failed = 0;
}

/* The first passage from `from` on that a list has of those that can bring one
 * to `least`; UINT32_MAX if there is none. */
static uint32_t first_from(struct kzi_sum *sum, uint32_t from, double least)
{
	uint32_t first = UINT32_MAX;
	size_t i;

	for (i = sum->count; i > 0 && sum->bounds[i - 1] >= least; i--) {
		struct kzi_summand *term = sum->terms[i - 1];
		struct kzi_cursor *cursor = &term->cursor;

		if (term->is_optional)
			continue;
		if (kzi_cursor_seek(cursor, from) &&
			cursor->passages[cursor->at] < first)
			first = cursor->passages[cursor->at];
		sum->failed |= cursor->failed;
	}
	return first;
}

int kzi_sum_seek(struct kzi_sum *sum, uint32_t from, double least)
{
	uint32_t first = first_from(sum, from, least);

	if (first == UINT32_MAX)
		return 0;
	sum->passage = first;
	return 1;
}

double kzi_sum_weight(struct kzi_sum *sum)
{
	double weight = 0;
	size_t i;

	for (i = 0; i < sum->count; i++) {
		struct kzi_cursor *cursor = &sum->terms[i]->cursor;

		if (kzi_cursor_seek(cursor, sum->passage) &&
			cursor->passages[cursor->at] == sum->passage)
			weight += sum->terms[i]->weight *
				kzi_cursor_impact(cursor, cursor->at);
		sum->failed |= cursor->failed;
	}
	return weight;
}
