/* part.h -- a file, or a part of one, to look into. Pure C, private to
 * lib/store.
 *
 * It is mapped. But a page that is touched for the first time costs more than
 * reading a few bytes of it, up to fifteen times as much on a virtual machine;
 * so the first looks, which are all there are where a program runs for one
 * query, read. Later ones find most pages there. */
#ifndef KZI_PART_H
#define KZI_PART_H

#include <stddef.h>
#include <stdint.h>

#include "kalauz.h"

#ifdef __cplusplus
extern "C" {
#endif

struct kzi_part {
	const unsigned char *bytes; /* Mapped; NULL: empty. */
	size_t length;
	int fd;         /* -1: it can only be looked at. */
	uint64_t start; /* Where it begins in the file. */
	unsigned reads; /* Looks so far that have read. */
};

/* Map the first `length` bytes of the file at `path`, or all of it if that is
 * UINT64_MAX. KZ_END if there is no such file, KZ_ERR_CORRUPT if it is
 * shorter. */
kz_status kzi_part_open(struct kzi_part *part, const char *path,
	uint64_t length, kz_error *err);

/* Unmap and close what kzi_part_open has opened; zeros are fine, too. */
void kzi_part_close(struct kzi_part *part);

/* `length` bytes, `at` bytes into the part, which the caller knows to be there:
 * mapped ones, or a copy in `room`. */
const unsigned char *kzi_part_look(
	struct kzi_part *part, uint64_t at, size_t length, void *room);

/* Where it is not in memory, what is looked at of the mapping is all that is
 * read from the disk, instead of the megabytes around. */
void kzi_part_scatter(const struct kzi_part *part);

/* All of these bytes will be looked at: read what is not in memory, together.
 * Counts as a look that reads; later ones do nothing. */
void kzi_part_gather(struct kzi_part *part, uint64_t at, size_t length);

/* The bytes will be looked at soon: begin to fetch them from memory. `at` may
 * lie anywhere. */
void kzi_part_expect(const struct kzi_part *part, uint64_t at, size_t length);

#ifdef __cplusplus
}
#endif
#endif
