/* batch.h -- the postings of passages that are not committed yet: filed by
 * term, in memory, until they are a segment. Pure C, private to lib/store. */
#ifndef KZI_BATCH_H
#define KZI_BATCH_H

#include "base/arena.h"
#include "store/lists.h"
#include "store/merge.h"
#include "store/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zeros are a valid empty one; appending is sticky. */
struct kzi_batch {
	struct kzi_arena arena;
	struct kzi_batch_term **slots; /* Open addressing. */
	size_t capacity;               /* A power of two, or 0. */
	size_t count;                  /* Terms. */
	uint32_t number; /* Another one since it is empty, that no other batch
			    of the process has; 0: none yet. */
	int failed;                    /* Memory was short. */
};

/* Add postings of a passage. Passages come in order; a term that this one has
 * already stays as it is. */
void kzi_batch_put(struct kzi_batch *batch, uint32_t passage,
	const struct kzi_posting *postings, size_t count);

/* Visit the postings of a term. */
void kzi_batch_visit(const struct kzi_batch *batch, struct kzi_string term,
	kzi_visit_posting *visit, void *context);

/* All of it as lists, in `bytes`, which were empty. Returns 0 when memory was
 * short, now or before. */
int kzi_batch_write(const struct kzi_batch *batch, struct kzi_buf *bytes);

/* Forget all; keep some memory for the next one. */
void kzi_batch_clear(struct kzi_batch *batch);
void kzi_batch_release(struct kzi_batch *batch);

#ifdef __cplusplus
}
#endif
#endif
