/* segments.h -- the postings of a generation: some files of lists, one behind
 * the other by the numbers of their passages. Pure C, private to lib/store.
 *
 * A commit adds one (batch.h), later ones are put together (segment_write.hh),
 * and an index that is rewritten has one. A query is asked of each in turn. */
#ifndef KZI_SEGMENTS_H
#define KZI_SEGMENTS_H

#include "store/lists.h"
#include "store/part.h"
#include "store/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zeros are valid: none. */
struct kzi_segments {
	size_t count;
	struct kzi_lists lists[KZI_SEGMENTS_MOST];
	struct kzi_part parts[KZI_SEGMENTS_MOST];
	int are_mine; /* The parts were opened here. */
};

/* The name of the file of that number in the folder of a generation. */
enum { KZI_SEGMENT_NAME = 4096 };
int kzi_segment_name(
	char name[KZI_SEGMENT_NAME], const char *folder, uint64_t file);

/* Open the files that the state knows. `path` is for messages. */
kz_status kzi_segments_open(struct kzi_segments *segments, const char *folder,
	const struct kzi_state *state, const char *path, kz_error *err);

/* Use a section of a file, which stays the caller's, as the only one. */
kz_status kzi_segments_use(struct kzi_segments *segments,
	const struct kzi_part *section, const char *path, kz_error *err);
void kzi_segments_close(struct kzi_segments *segments);

/* The list of a term in one of them, of which much will be read. Returns 0
 * where the file is damaged. */
int kzi_segments_gather(struct kzi_segments *segments, size_t segment,
	const char *term, size_t length, struct kzi_list *list);

#ifdef __cplusplus
}
#endif
#endif
