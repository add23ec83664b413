/* source.h -- the files under the PATHs of a run, in a stable order.
 *
 * A file is named by its path below the PATH it was found in. With several
 * PATHs that are folders the name of the folder comes first, so that
 * `corpus/guides corpus/stories` and `corpus` give the same names. */
#ifndef KZI_SOURCE_H
#define KZI_SOURCE_H

#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/buf.h"
#include "indexer/classify.h"

struct kzi_source {
	const char *name; /* Of the document. */
	const char *path; /* To open it. */
	uint64_t size;
	int64_t changed;  /* Nanoseconds since 1970 of the last change. */
	struct kzi_origin origin; /* What its folders say. */
	const char *fault; /* Why it cannot be read, or NULL. */
	/* With a fault: what is named so or begins so is not seen, though it
	 * may be there. NULL: nothing. */
	const char *hides;
};

struct kzi_sources {
	struct kzi_arena arena;
	struct kzi_buf items; /* Of struct kzi_source, sorted by name. */
	int failed;
	/* A folder that is never entered: the index itself. */
	dev_t index_device;
	ino_t index_inode;
};

/* Find the files under `count` PATHs. `index` is left out (it may lie below a
 * PATH). Returns 0 when memory is short. What cannot be read is in the list
 * with its fault; names that begin with a full stop are left out. */
int kzi_sources_find(struct kzi_sources *sources, const char *index,
	char *const *paths, int count);

/* 1 if the file of that name may be there, below a folder that cannot be read:
 * it is not gone. */
int kzi_sources_hide(const struct kzi_sources *sources, const char *name);

struct kzi_source *kzi_sources_at(const struct kzi_sources *sources, size_t i);
size_t kzi_sources_count(const struct kzi_sources *sources);
void kzi_sources_release(struct kzi_sources *sources);

#endif
