/* container.c -- see container.h. */
#include "store/container.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "base/error.h"
#include "base/load.h"
#include "store/seal.h"

static const char magic[16] = "kalauz file 3\n";

enum {
	FAMILY = 12, /* Bytes of the magic that do not tell the version. */
	SUM_AT = 16,
	TIME_AT = 20,
	TABLE_AT = 32,
	EXTENT = 32 /* Bytes of a section's line in the table. */
};

static uint32_t sum_of(const unsigned char *head)
{
	return (uint32_t)crc32(
		0, head + TIME_AT, KZI_CONTAINER_HEAD - TIME_AT);
}

void kzi_container_put_head(char *head,
	const struct kzi_extent sections[KZI_SECTIONS],
	const struct timespec *time)
{
	int i;

	memset(head, 0, KZI_CONTAINER_HEAD);
	memcpy(head, magic, sizeof(magic));
	kzi_save(head + TIME_AT, (uint64_t)time->tv_nsec, 4);
	kzi_save(head + TIME_AT + 4, (uint64_t)time->tv_sec, 8);
	for (i = 0; i < KZI_SECTIONS; i++) {
		char *at = head + TABLE_AT + EXTENT * i;

		kzi_save(at, sections[i].offset, 8);
		kzi_save(at + 8, sections[i].length, 8);
		kzi_save(at + 16, sections[i].summed, 8);
		kzi_save(at + 24, sections[i].sum, 8);
	}
	kzi_save(head + SUM_AT, sum_of((const unsigned char *)head), 4);
}

/* 0 if it does not lie in the file. */
static int read_section(const struct kzi_container *container,
	const unsigned char *at, struct kzi_extent *section)
{
	section->offset = kzi_load64(at);
	section->length = kzi_load64(at + 8);
	section->summed = kzi_load64(at + 16);
	section->sum = kzi_load64(at + 24);
	return section->offset <= container->length &&
		section->length <= container->length - section->offset &&
		section->summed <= section->length;
}

static kz_status read_head(
	struct kzi_container *container, const char *path, kz_error *err)
{
	const unsigned char *head = container->bytes;
	int i;

	if (container->length < sizeof(magic) || memcmp(head, magic, FAMILY))
		return KZ_END;
	if (memcmp(head, magic, sizeof(magic)))
		return kzi_fail(err, KZ_ERR_FORMAT,
			"%s: made by another version; make it again with"
			" kalauz-index --compact",
			path);
	if (container->length < KZI_CONTAINER_HEAD ||
		kzi_load32(head + SUM_AT) != sum_of(head))
		return kzi_fail(err, KZ_ERR_CORRUPT,
			"%s: damaged; make it again with kalauz-index"
			" --compact",
			path);
	container->time.tv_nsec = (long)kzi_load32(head + TIME_AT);
	container->time.tv_sec = (time_t)kzi_load64(head + TIME_AT + 4);
	for (i = 0; i < KZI_SECTIONS; i++)
		if (!read_section(container, head + TABLE_AT + EXTENT * i,
			    &container->sections[i]))
			return kzi_fail(err, KZ_ERR_CORRUPT,
				"%s: cut short; make it again with kalauz-index"
				" --compact",
				path);
	return KZ_OK;
}

int kzi_container_is_untouched(const struct kzi_container *container)
{
	struct stat status;

	return fstat(container->fd, &status) == 0 &&
		status.st_mtim.tv_sec == container->time.tv_sec &&
		(status.st_mtim.tv_nsec == container->time.tv_nsec ||
			status.st_mtim.tv_nsec == 0);
}

kz_status kzi_container_check(const struct kzi_container *container,
	const char *path, kz_error *err)
{
	int i;

	for (i = 0; i < KZI_SECTIONS; i++) {
		const struct kzi_extent *section = &container->sections[i];
		uint64_t sum;
		kz_status status = kzi_seal_sum(container->fd, path,
			section->offset, section->summed, &sum, err);

		if (status != KZ_OK)
			return status;
		if (sum != section->sum)
			return kzi_fail(err, KZ_ERR_CORRUPT,
				"%s: damaged: its bytes have changed; make it"
				" again with kalauz-index --compact",
				path);
	}
	return KZ_OK;
}

void kzi_container_restore_time(const struct kzi_container *container)
{
	const struct timespec times[2] = {
		{ .tv_nsec = UTIME_OMIT }, container->time
	};

	(void)futimens(container->fd, times);
}

static kz_status map(
	struct kzi_container *container, const char *path, kz_error *err)
{
	struct stat status;
	void *bytes;

	container->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (container->fd < 0 || fstat(container->fd, &status) != 0)
		return errno == ENOENT ? KZ_END
				       : kzi_fail(err, KZ_ERR_IO, "%s: %s",
						 path, strerror(errno));
	if (!S_ISREG(status.st_mode) || status.st_size == 0)
		return KZ_END;
	container->length = (size_t)status.st_size;
	bytes = mmap(NULL, container->length, PROT_READ, MAP_SHARED,
		container->fd, 0);
	if (bytes == MAP_FAILED)
		return kzi_fail(
			err, KZ_ERR_IO, "%s: %s", path, strerror(errno));
	container->bytes = bytes;
	return KZ_OK;
}

kz_status kzi_container_open(
	struct kzi_container *container, const char *path, kz_error *err)
{
	kz_status status;

	memset(container, 0, sizeof(*container));
	status = map(container, path, err);
	if (status == KZ_OK)
		status = read_head(container, path, err);
	if (status != KZ_OK)
		kzi_container_close(container);
	return status;
}

void kzi_container_close(struct kzi_container *container)
{
	if (container->bytes)
		munmap((void *)(uintptr_t)container->bytes, container->length);
	if (container->fd >= 0)
		close(container->fd);
	memset(container, 0, sizeof(*container));
	container->fd = -1;
}

const unsigned char *kzi_container_section(
	const struct kzi_container *container, enum kzi_section section,
	size_t *length)
{
	*length = (size_t)container->sections[section].length;
	return container->bytes + container->sections[section].offset;
}
