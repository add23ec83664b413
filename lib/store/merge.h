/* merge.h -- the terms of several segments as one index has them: each once, in
 * order, with its list in each. Pure C, private to lib/store. */
#ifndef KZI_MERGE_H
#define KZI_MERGE_H

#include "store/lists.h"
#include "store/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Those of an index, and one more: what is about to be added. */
enum { KZI_MERGE_MOST = KZI_SEGMENTS_MOST + 1 };

struct kzi_merge {
	/* The term at hand, and its lists; without postings where it is not. */
	char term[KZI_LIST_TERM_MOST];
	size_t length;
	size_t count;
	struct kzi_list lists[KZI_MERGE_MOST];
	int failed; /* A file is damaged. */

	/* Private. */
	struct kzi_lists_walk walks[KZI_MERGE_MOST];
	int has[KZI_MERGE_MOST]; /* A walk has a term at hand ... */
	uint64_t keys[KZI_MERGE_MOST]; /* ... and its first bytes. */
};

/* From the first term that is not before `start` on. */
void kzi_merge_begin(struct kzi_merge *merge, const struct kzi_lists *lists,
	size_t count, const char *start, size_t length);

/* Make the next term the one at hand. Returns 0 at the end. */
int kzi_merge_next(struct kzi_merge *merge);

/* 1 if the term at hand begins so. */
int kzi_merge_begins(
	const struct kzi_merge *merge, const char *start, size_t length);

/* Return 0 to stop. */
typedef int kzi_visit_posting(void *context, uint32_t passage, uint32_t impact);

/* Visit lists one after the other from a passage on. Returns 0 where they are
 * damaged. */
int kzi_lists_visit(const struct kzi_list *lists, size_t count, uint32_t from,
	kzi_visit_posting *visit, void *context);

#ifdef __cplusplus
}
#endif
#endif
