/* vocabulary_read.c -- see vocabulary.h: walks over words in mapped files.
 * Whatever the bytes are, a walk stays inside. */
#include "store/vocabulary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "base/error.h"

/* ---- Walking ----------------------------------------------------------- */

static int64_t unfold_sign(uint64_t number)
{
	int64_t size = (int64_t)(number >> 1);

	return number & 1 ? -size : size;
}

static int fail_walk(struct kzi_vocabulary *walk)
{
	walk->scan.failed = 1;
	walk->scan.at = walk->scan.end;
	return 0;
}

static uint32_t load32(const unsigned char *bytes)
{
	return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
		(uint32_t)bytes[3] << 24;
}

void kzi_word_list_walk(
	struct kzi_vocabulary *walk, const struct kzi_word_list *list)
{
	memset(walk, 0, sizeof(*walk));
	walk->count = list->count;
	walk->most = KZI_FORM_MOST;
	walk->is_list = 1;
	walk->scan.at = list->bytes.data;
	walk->scan.end = list->bytes.data + list->bytes.length;
}

/* The sketch, from its table or, in a list, from the bytes between word and
 * count. */
static int read_sketch(struct kzi_vocabulary *walk)
{
	struct kzi_scan *scan = &walk->scan;

	if (!walk->is_list) {
		if (walk->sketches)
			walk->sketch = kzi_vocabulary_sketch(walk, walk->next);
		return 1;
	}
	if (scan->end - scan->at < 4)
		return 0;
	walk->sketch = load32((const unsigned char *)scan->at);
	scan->at += 4;
	return 1;
}

int kzi_vocabulary_next(struct kzi_vocabulary *walk)
{
	struct kzi_scan *scan = &walk->scan;
	size_t shared, rest;

	if (walk->next == walk->count || scan->failed)
		return 0;
	if (scan->end - scan->at < 2)
		return fail_walk(walk);
	shared = (unsigned char)scan->at[0];
	rest = (unsigned char)scan->at[1];
	scan->at += 2;
	if (rest > (size_t)(scan->end - scan->at) || shared > walk->length ||
		shared + rest > walk->most)
		return fail_walk(walk);
	memcpy(walk->word + shared, scan->at, rest);
	walk->length = (uint8_t)(shared + rest);
	scan->at += rest;
	if (!read_sketch(walk))
		return fail_walk(walk);
	walk->passages = unfold_sign(kzi_scan_varint(scan));
	if (scan->failed)
		return fail_walk(walk);
	walk->next++;
	return 1;
}

/* From the beginning of its block on, unless the walk is in that block and
 * before it. */
int kzi_vocabulary_seek(struct kzi_vocabulary *walk, uint32_t i)
{
	uint32_t block = i / KZI_VOCABULARY_BLOCK;

	if (i >= walk->count || walk->scan.failed)
		return 0;
	if (walk->next > i || walk->next <= block * KZI_VOCABULARY_BLOCK) {
		size_t at = load32(walk->blocks + 4 * (size_t)block);

		if (at > (size_t)(walk->scan.end - walk->words))
			return fail_walk(walk);
		walk->scan.at = walk->words + at;
		walk->next = block * KZI_VOCABULARY_BLOCK;
		walk->length = 0;
	}
	while (walk->next <= i)
		if (!kzi_vocabulary_next(walk))
			return 0;
	return 1;
}

/* How the first word of a block, which shares nothing, compares with `start`;
 * a block that lies outside comes behind everything. */
static int compare_block(const struct kzi_vocabulary *walk, uint32_t block,
	const char *start, size_t length)
{
	size_t room = (size_t)(walk->scan.end - walk->words);
	size_t at = load32(walk->blocks + 4 * (size_t)block), size;
	int order;

	if (room < 2 || at > room - 2)
		return 1;
	size = (unsigned char)walk->words[at + 1];
	if (size > room - at - 2)
		return 1;
	order = memcmp(walk->words + at + 2, start,
		size < length ? size : length);
	return order ? order : (size > length) - (size < length);
}

int kzi_vocabulary_begins(
	const struct kzi_vocabulary *walk, const char *start, size_t length)
{
	return walk->length >= length && !memcmp(walk->word, start, length);
}

/* The last block whose first word is less holds the first word that is not, or
 * it begins the block behind. */
int kzi_vocabulary_find(
	struct kzi_vocabulary *walk, const char *start, size_t length)
{
	uint32_t low = 0, high = walk->count / KZI_VOCABULARY_BLOCK +
		(walk->count % KZI_VOCABULARY_BLOCK > 0);
	int is_there;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (compare_block(walk, middle, start, length) < 0)
			low = middle;
		else
			high = middle;
	}
	is_there = kzi_vocabulary_seek(walk, low * KZI_VOCABULARY_BLOCK);
	while (is_there) {
		size_t least = walk->length < length ? walk->length : length;
		int order = memcmp(walk->word, start, least);

		if (order > 0 || (order == 0 && walk->length >= length))
			break;
		is_there = kzi_vocabulary_next(walk);
	}
	return is_there && kzi_vocabulary_begins(walk, start, length);
}

/* ---- Files ------------------------------------------------------------- */

int kzi_vocabulary_path(
	char *path, size_t room, const char *folder, uint64_t number)
{
	return snprintf(path, room, "%s/vocabulary.%llu", folder,
		       (unsigned long long)number) < (int)room;
}

static kz_status damaged(kz_error *err)
{
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"the index is damaged: its vocabulary is not whole; index again"
		" with --rebuild");
}

static uint32_t section_size(
	const struct kzi_vocabulary_file *file, int section)
{
	return load32(file->bytes + KZI_VOCABULARY_SIZES_AT + 4 * (size_t)section);
}

int kzi_vocabulary_is_whole(const struct kzi_vocabulary_file *file)
{
	uint64_t length = KZI_VOCABULARY_HEAD;
	int i;

	if (file->length < KZI_VOCABULARY_HEAD || 
		memcmp(file->bytes, KZI_VOCABULARY_MAGIC,
			sizeof(KZI_VOCABULARY_MAGIC)))
		return 0;
	for (i = 0; i < KZI_VOCABULARY_SECTIONS; i++)
		length += section_size(file, i);
	return length == file->length;
}

static kz_status map(struct kzi_vocabulary_file *file, int fd, kz_error *err)
{
	struct stat status;
	void *bytes;

	if (fstat(fd, &status) != 0)
		return kzi_fail(err, KZ_ERR_IO, "%s", strerror(errno));
	if (status.st_size < KZI_VOCABULARY_HEAD)
		return damaged(err);
	bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_SHARED, fd, 0);
	if (bytes == MAP_FAILED)
		return kzi_fail(err, KZ_ERR_IO, "%s", strerror(errno));
	file->bytes = bytes;
	file->length = (size_t)status.st_size;
	if (kzi_vocabulary_is_whole(file))
		return KZ_OK;
	kzi_vocabulary_close(file);
	return damaged(err);
}

kz_status kzi_vocabulary_open(struct kzi_vocabulary_file *file,
	const char *folder, uint64_t number, kz_error *err)
{
	char path[4096];
	kz_status status;
	int fd;

	memset(file, 0, sizeof(*file));
	if (number == 0)
		return KZ_OK;
	if (!kzi_vocabulary_path(path, sizeof(path), folder, number))
		return kzi_fail(err, KZ_ERR_IO, "%s: path too long", folder);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return KZ_END;
	if (fd < 0)
		return kzi_fail(
			err, KZ_ERR_IO, "%s: %s", path, strerror(errno));
	status = map(file, fd, err);
	close(fd);
	return status;
}

void kzi_vocabulary_close(struct kzi_vocabulary_file *file)
{
	if (file->bytes)
		munmap((void *)(uintptr_t)file->bytes, file->length);
	memset(file, 0, sizeof(*file));
}

/* Find the tables of a section; a section that is too short for them has no
 * words, and has failed. */
static void open_section(struct kzi_vocabulary *walk,
	const unsigned char *bytes, size_t length, int has_sketches)
{
	uint64_t count = length < 4 ? UINT32_MAX : load32(bytes);
	uint64_t blocks =
		(count + KZI_VOCABULARY_BLOCK - 1) / KZI_VOCABULARY_BLOCK;
	uint64_t sketches = has_sketches ? count : 0;
	uint64_t tables = 4 + 4 * (sketches + blocks);

	if (tables > length) {
		walk->scan.failed = 1;
		return;
	}
	walk->count = (uint32_t)count;
	walk->sketches = has_sketches ? bytes + 4 : NULL;
	walk->blocks = bytes + 4 + 4 * (size_t)sketches;
	walk->words = (const char *)bytes + tables;
	walk->scan.at = walk->words;
	walk->scan.end = (const char *)bytes + length;
}

void kzi_vocabulary_walk(struct kzi_vocabulary *walk,
	const struct kzi_vocabulary_file *file, int section)
{
	const unsigned char *at = file->bytes;
	int i;

	memset(walk, 0, sizeof(*walk));
	walk->most = section < KZI_FORMS ? KZI_VOCABULARY_WORD_MOST
					 : KZI_FORM_MOST;
	if (!at)
		return;
	at += KZI_VOCABULARY_HEAD;
	for (i = 0; i < section; i++)
		at += section_size(file, i);
	open_section(walk, at, section_size(file, section),
		section < KZI_FORMS);
}

kz_status kzi_vocabulary_check(
	const struct kzi_vocabulary_file *file, kz_error *err)
{
	int section;

	if (!file->bytes)
		return KZ_OK;
	if (crc32(0, file->bytes + KZI_VOCABULARY_SIZES_AT, (uInt)(file->length - KZI_VOCABULARY_SIZES_AT)) !=
		load32(file->bytes + KZI_VOCABULARY_SUM_AT))
		return damaged(err);
	for (section = 0; section < KZI_VOCABULARY_SECTIONS; section++) {
		struct kzi_vocabulary walk;

		kzi_vocabulary_walk(&walk, file, section);
		while (kzi_vocabulary_next(&walk))
			if (walk.passages <= 0)
				return damaged(err);
		if (walk.scan.failed)
			return damaged(err);
	}
	return KZ_OK;
}
