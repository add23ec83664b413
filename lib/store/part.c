/* part.c -- see part.h. */
#include "store/part.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

enum {
	READS = 256,     /* Looks before the mapping is used. */
	CACHE_LINE = 64, /* Bytes that are fetched together. */
	LINES_MOST = 16
};

static kz_status map(struct kzi_part *part, const char *path, uint64_t length,
	kz_error *err)
{
	struct stat status;
	void *bytes;

	if (fstat(part->fd, &status) != 0)
		return kzi_fail(
			err, KZ_ERR_IO, "%s: %s", path, strerror(errno));
	if (length == UINT64_MAX)
		length = (uint64_t)status.st_size;
	if ((uint64_t)status.st_size < length)
		return kzi_fail(err, KZ_ERR_CORRUPT,
			"%s: cut short at %llu of %llu bytes; index again with"
			" --rebuild",
			path, (unsigned long long)status.st_size,
			(unsigned long long)length);
	if (length == 0)
		return KZ_OK;
	bytes = mmap(NULL, (size_t)length, PROT_READ, MAP_SHARED, part->fd, 0);
	if (bytes == MAP_FAILED)
		return kzi_fail(
			err, KZ_ERR_IO, "%s: %s", path, strerror(errno));
	part->bytes = bytes;
	part->length = (size_t)length;
	return KZ_OK;
}

kz_status kzi_part_open(
	struct kzi_part *part, const char *path, uint64_t length, kz_error *err)
{
	kz_status status;

	memset(part, 0, sizeof(*part));
	part->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (part->fd < 0 && errno == ENOENT)
		return KZ_END;
	if (part->fd < 0)
		return kzi_fail(
			err, KZ_ERR_IO, "%s: %s", path, strerror(errno));
	status = map(part, path, length, err);
	if (!part->bytes) {
		close(part->fd);
		part->fd = -1;
	}
	return status;
}

void kzi_part_close(struct kzi_part *part)
{
	if (part->bytes) {
		munmap((void *)(uintptr_t)part->bytes, part->length);
		close(part->fd);
	}
	memset(part, 0, sizeof(*part));
}

const unsigned char *kzi_part_look(
	struct kzi_part *part, uint64_t at, size_t length, void *room)
{
	if (part->reads >= READS || part->fd < 0)
		return part->bytes + at;
	part->reads++;
	return pread(part->fd, room, length, (off_t)(part->start + at)) ==
			(ssize_t)length
		? room
		: part->bytes + at;
}

void kzi_part_scatter(const struct kzi_part *part)
{
	if (part->bytes)
		(void)madvise((void *)(uintptr_t)part->bytes, part->length,
			MADV_RANDOM);
}

void kzi_part_gather(struct kzi_part *part, uint64_t at, size_t length)
{
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
	uint64_t from = (uintptr_t)(part->bytes + at) % page;

	if (part->reads >= READS)
		return;
	part->reads++;
	(void)madvise((void *)(uintptr_t)(part->bytes + at - from),
		length + from, MADV_WILLNEED);
}

void kzi_part_expect(const struct kzi_part *part, uint64_t at, size_t length)
{
	size_t i;

	if (part->reads < READS || at > part->length ||
		length > part->length - at)
		return;
	for (i = 0; i < length && i < LINES_MOST * CACHE_LINE; i += CACHE_LINE)
		__builtin_prefetch(part->bytes + at + i);
}
