/* sum.h -- lists of several terms as one: a passage that holds some of them
 * weighs what these give together. Pure C, private to lib/store (sources.hh).
 *
 * It is read passage by passage, for queries of which a sum is only a part;
 * whole queries are matched in windows (topk.h). The same bounds serve: lists
 * that together cannot bring a passage to what it must weigh are not read for
 * passages, only looked into. */
#ifndef KZI_SUM_H
#define KZI_SUM_H

#include "store/lists.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A term of it, made by the caller. */
struct kzi_summand {
	double weight;
	int is_optional; /* It adds to passages that other terms have. */
	struct kzi_cursor cursor;
};

/* Its summands are the caller's. */
struct kzi_sum {
	/* The optional ones, then the others by what they give at most. */
	struct kzi_summand **terms;
	double *bounds; /* Of each and those before it, together. */
	size_t count;
	double top; /* The most that a passage can weigh. */
	uint32_t passage; /* The one at hand; 0: none yet. */
	int failed;       /* A list is damaged. */
};

/* Begin before the first passage: cursors must have begun. Puts the terms in
 * order; `bounds` has room for as many. */
void kzi_sum_begin(struct kzi_sum *sum, struct kzi_summand **terms,
	double *bounds, size_t count);

/* Move on to a passage that is not before `from`, passing over none that weighs
 * `least`. Returns 0 at the end. */
int kzi_sum_seek(struct kzi_sum *sum, uint32_t from, double least);

/* What the passage at hand weighs. */
double kzi_sum_weight(struct kzi_sum *sum);

#ifdef __cplusplus
}
#endif
#endif
