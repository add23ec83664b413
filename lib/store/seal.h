/* seal.h -- what the files of a generation were when its writer was done.
 * Private to lib/store.
 *
 * Xapian trusts its tables: a changed byte may give wrong answers, or make it
 * read where there is nothing. So a run that ends writes down size, time and
 * sum of every file, in INDEX/N/seal, and who opens the index compares. Sizes
 * and times cost a few microseconds; only where they are not as they were (the
 * index was damaged, or copied) are the files read and summed.
 *
 *     kalauz seal 2
 *     state 05a3...   what was committed (record.h), each byte as two digits
 *     r postlist.glass 1269760 1718000000 123456789 0 1269760 1f0e...
 *     ...   r: for all who read; w: for a writer alone; name, size, time
 *           (seconds, nanoseconds), the part summed (offset, bytes), its sum
 *     sum 9a3c...   of the lines before
 *
 * With the state told here, Xapian's tables need not be opened to learn it.
 *
 * The writer takes the seal away before it changes anything. Without one, a run
 * is at work or was killed: what the last commit left is whole by the order of
 * writing, and there is nothing to compare it with. */
#ifndef KZI_SEAL_H
#define KZI_SEAL_H

#include "kalauz.h"

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KZI_SEAL_FILE "seal"

struct kzi_state;

enum {
	KZI_SEAL_SUMS = 1,  /* Sum the files whatever their times are. */
	KZI_SEAL_WRITER = 2, /* Those that only a writer reads, too. */
	KZI_SEAL_TRUST = 4   /* Compare nothing. */
};

/* Seal the generation in `folder`, whose last commit is `state`, durably. */
kz_status kzi_seal_make(
	const char *folder, const struct kzi_state *state, kz_error *err);

/* Take the seal away, durably; nothing happens if there is none. */
kz_status kzi_seal_break(const char *folder, kz_error *err);

/* KZ_OK: the files are what was sealed; KZ_END: there is no seal;
 * KZ_ERR_CORRUPT: they are not. *is_moved (may be NULL) becomes 1 if sums were
 * right but times were not. */
kz_status kzi_seal_check(
	const char *folder, int flags, int *is_moved, kz_error *err);

/* The same, which also tells the state that was sealed, and the hash of the
 * seal, which is never 0. */
kz_status kzi_seal_open(const char *folder, int flags, struct kzi_state *state,
	uint64_t *hash, kz_error *err);

/* The hash of the seal that there is now; 0: none. */
uint64_t kzi_seal_look(const char *folder);

/* Give the files, which kzi_seal_check has summed, the times that the seal
 * says, so that the next to open them need not sum them; where the system does
 * not let us, they stay as they are. */
void kzi_seal_restore_times(const char *folder);

/* The sum of a part of an open file. */
kz_status kzi_seal_sum(int fd, const char *path, uint64_t offset,
	uint64_t length, uint64_t *sum, kz_error *err);

#ifdef __cplusplus
}
#endif
#endif
