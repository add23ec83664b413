/* removed.h -- passages that are gone while their postings are still there.
 * Pure C, private to lib/store.
 *
 * Without a list of the terms of each passage, which would be two fifths of an
 * index, postings cannot be taken out one by one. So a passage that is removed
 * is only written down, readers pass over it, and an index with too many of
 * them is rewritten (compact.hh). */
#ifndef KZI_REMOVED_H
#define KZI_REMOVED_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "kalauz.h"
#include "store/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zeros are a valid empty set. */
struct kzi_removed {
	uint64_t *marks; /* A bit for each passage, by its number. */
	size_t words;    /* That there is room for. */
	size_t count;
};

static inline int kzi_removed_has(
	const struct kzi_removed *removed, uint32_t passage)
{
	return passage / 64 < removed->words &&
		(removed->marks[passage / 64] >> passage % 64 & 1);
}

/* Returns 0 when memory is short. */
int kzi_removed_add(struct kzi_removed *removed, uint32_t passage);

/* Take what the metadata say of the tables with this state, which hold `held`
 * passages. A state that disagrees is damage: passages that are gone would be
 * shown. `path` is for messages. */
kz_status kzi_removed_read(struct kzi_removed *removed, const char *raw,
	size_t length, const struct kzi_state *state, uint64_t held,
	const char *path, kz_error *err);

/* As it is kept in the metadata. */
void kzi_removed_put(struct kzi_buf *raw, const struct kzi_removed *removed);
void kzi_removed_release(struct kzi_removed *removed);

#ifdef __cplusplus
}
#endif
#endif
