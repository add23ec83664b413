/* container.h -- an index in one read-only file. Pure C, private to lib/store.
 *
 *     "kalauz file 3\n\0\0"      16 bytes
 *     crc32 of what follows       4, low byte first
 *     time when it was written    nanoseconds 4, seconds 8
 *     of each section its offset, its bytes, how many of them are summed, and
 *     their sum (base/hash.h)     8 each
 *     ...
 *     the sections, each at a multiple of KZI_SECTION_ALIGN:
 *         state       as in a commit, but for these sections (record.h)
 *         rows        as passages.rows
 *         text        as passages.text, without records of passages gone
 *         vocabulary  as its file; empty if there is none
 *         postings    as passages.postings
 *         tables      Xapian's single-file database; it ends the file
 *
 * All of each section is summed, but of the text only the dictionary at its
 * beginning, since records have sums of their own. As with a seal (seal.h) the
 * sums are looked at only if the file does not have the time that it says. */
#ifndef KZI_CONTAINER_H
#define KZI_CONTAINER_H

#include "kalauz.h"

#include <stddef.h>
#include <stdint.h>
#include <time.h>

#ifdef __cplusplus
extern "C" {
#endif

enum kzi_section {
	KZI_SECTION_STATE,
	KZI_SECTION_ROWS,
	KZI_SECTION_TEXT,
	KZI_SECTION_VOCABULARY,
	KZI_SECTION_POSTINGS,
	KZI_SECTION_TABLES,
	KZI_SECTIONS
};

enum {
	KZI_SECTION_ALIGN = 4096,
	KZI_CONTAINER_HEAD = 32 + 32 * KZI_SECTIONS
};

struct kzi_extent {
	uint64_t offset;
	uint64_t length;
	uint64_t summed; /* Bytes, from its beginning. */
	uint64_t sum;
};

/* An open file, mapped. */
struct kzi_container {
	int fd;
	const unsigned char *bytes;
	size_t length;
	struct timespec time; /* When it was written, as it says. */
	struct kzi_extent sections[KZI_SECTIONS];
};

/* Write the head into KZI_CONTAINER_HEAD bytes. */
void kzi_container_put_head(char *head,
	const struct kzi_extent sections[KZI_SECTIONS],
	const struct timespec *time);

/* Open the file at `path`. KZ_END if it is no such file; KZ_ERR_FORMAT if of
 * another version, KZ_ERR_CORRUPT if its head is damaged or it was cut. */
kz_status kzi_container_open(
	struct kzi_container *container, const char *path, kz_error *err);
void kzi_container_close(struct kzi_container *container);

/* 1 if the file has the time that it says. */
int kzi_container_is_untouched(const struct kzi_container *container);

/* Compare the sums: KZ_OK or KZ_ERR_CORRUPT. */
kz_status kzi_container_check(const struct kzi_container *container,
	const char *path, kz_error *err);

/* Give it the time that it says, if the system lets us. */
void kzi_container_restore_time(const struct kzi_container *container);

/* The bytes of a section. */
const unsigned char *kzi_container_section(
	const struct kzi_container *container, enum kzi_section section,
	size_t *length);

#ifdef __cplusplus
}
#endif
#endif
