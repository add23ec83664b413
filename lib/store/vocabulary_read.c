/* vocabulary_read.c -- see vocabulary.h: walks over words in mapped files.
 * Whatever the bytes are, a walk stays inside. */
#include "store/vocabulary.h"

#include <stdio.h>
#include <string.h>

#include <zlib.h>

#include "base/error.h"
#include "base/load.h"
#include "base/order.h"
#include "store/front.h"

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

void kzi_word_list_walk(
	struct kzi_vocabulary *walk, const struct kzi_word_list *list)
{
	memset(walk, 0, sizeof(*walk));
	walk->count = list->count;
	walk->most = KZI_FORM_MOST;
	walk->scan.at = list->bytes.data;
	walk->scan.end = list->bytes.data + list->bytes.length;
}

static uint32_t count_blocks(uint32_t words)
{
	return words / KZI_VOCABULARY_BLOCK +
		(words % KZI_VOCABULARY_BLOCK > 0);
}

static const unsigned char *entry_of(
	const struct kzi_vocabulary *walk, uint32_t block)
{
	return walk->blocks + (size_t)block * KZI_VOCABULARY_ENTRY;
}

static uint64_t block_start(const struct kzi_vocabulary *walk, uint32_t block)
{
	return walk->words +
		kzi_load32(entry_of(walk, block) + KZI_VOCABULARY_KEY);
}

/* The bytes of a block. One of the last two is not read again: words are looked
 * for by turns among those of a kind and, in vain, among those of another. */
static const char *block_bytes(struct kzi_vocabulary *walk, uint32_t block,
	uint64_t start, size_t length)
{
	const char *bytes;
	char *room;

	if (length > KZI_VOCABULARY_ROOM)
		return (const char *)walk->file->bytes + start;
	if (walk->read[walk->latest] != block + 1)
		walk->latest ^= 1;
	room = walk->rooms[walk->latest];
	if (walk->read[walk->latest] == block + 1)
		return room;
	bytes = (const char *)kzi_part_look(walk->file, start, length, room);
	walk->read[walk->latest] = bytes == room ? block + 1 : 0;
	return bytes;
}

/* Stand before the first word of a block that there is. */
static int enter_block(struct kzi_vocabulary *walk, uint32_t block)
{
	uint64_t start = block_start(walk, block);
	uint64_t end = block + 1 < count_blocks(walk->count)
		? block_start(walk, block + 1)
		: walk->words_end;

	if (start > end || end > walk->words_end)
		return fail_walk(walk);
	walk->scan.at = block_bytes(walk, block, start, (size_t)(end - start));
	walk->scan.end = walk->scan.at + (end - start);
	walk->next = block * KZI_VOCABULARY_BLOCK;
	walk->length = 0;
	return 1;
}

/* The sketch, from its table or, in a list, from the bytes between word and
 * count. */
static int read_sketch(struct kzi_vocabulary *walk)
{
	struct kzi_scan *scan = &walk->scan;

	if (walk->file) {
		if (walk->sketches)
			walk->sketch = kzi_vocabulary_sketch(walk, walk->next);
		return 1;
	}
	if (scan->end - scan->at < 4)
		return 0;
	walk->sketch = kzi_load32((const unsigned char *)scan->at);
	scan->at += 4;
	return 1;
}

int kzi_vocabulary_next(struct kzi_vocabulary *walk)
{
	struct kzi_scan *scan = &walk->scan;
	size_t shared, rest;

	if (walk->next == walk->count || scan->failed)
		return 0;
	if (walk->file && walk->next % KZI_VOCABULARY_BLOCK == 0 &&
		!enter_block(walk, walk->next / KZI_VOCABULARY_BLOCK))
		return 0;
	if (!kzi_front_get(scan, &shared, &rest) || shared > walk->length ||
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
	if (walk->next > i || walk->next <= block * KZI_VOCABULARY_BLOCK)
		walk->next = block * KZI_VOCABULARY_BLOCK;
	while (walk->next <= i)
		if (!kzi_vocabulary_next(walk))
			return 0;
	return 1;
}

static int compare_word(
	const struct kzi_vocabulary *walk, const char *start, size_t length)
{
	return kzi_order(walk->word, walk->length, start, length);
}

/* How the first word of a block compares with `start`. Its key mostly tells; a
 * block that cannot be read comes behind everything. */
static int compare_block(struct kzi_vocabulary *walk, uint32_t block,
	uint64_t key, const char *start, size_t length)
{
	uint64_t first = kzi_load_big64(entry_of(walk, block));

	if (first != key)
		return first < key ? -1 : 1;
	return kzi_vocabulary_seek(walk, block * KZI_VOCABULARY_BLOCK)
		? compare_word(walk, start, length)
		: 1;
}

int kzi_vocabulary_begins(
	const struct kzi_vocabulary *walk, const char *start, size_t length)
{
	return walk->length >= length && !memcmp(walk->word, start, length);
}

static int is_behind(char a, char b)
{
	return (unsigned char)a > (unsigned char)b;
}

/* From a word that is less than `start`, pass over those of its block that are
 * too. What a word shares with the one before mostly tells: more than that one
 * does with `start`, and it is as much less; less, and it is greater. */
static void pass_less(
	struct kzi_vocabulary *walk, const char *start, size_t length)
{
	size_t alike = kzi_front_shared(walk->word, walk->length, start, length);

	while (walk->next % KZI_VOCABULARY_BLOCK && walk->next < walk->count) {
		struct kzi_scan scan = walk->scan;
		size_t shared, rest;

		if (!kzi_front_get(&scan, &shared, &rest) || shared < alike ||
			shared + rest > walk->most)
			break;
		if (shared == alike) {
			size_t more = kzi_front_shared(scan.at, rest, start + alike,
				length - alike);

			alike += more;
			if (alike == length ||
				(more < rest && is_behind(scan.at[more],
							start[alike])))
				break;
		}
		for (scan.at += rest; scan.at < scan.end && *scan.at++ & 0x80;)
			;
		walk->scan = scan;
		walk->next++;
	}
	memcpy(walk->word, start, alike);
	walk->length = (uint8_t)alike;
}

/* The last block whose first word is less holds the first word that is not, or
 * it begins the block behind. */
int kzi_vocabulary_find(
	struct kzi_vocabulary *walk, const char *start, size_t length)
{
	uint64_t key = kzi_order_key(start, length);
	uint32_t low = 0, high = count_blocks(walk->count);
	int is_there;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (compare_block(walk, middle, key, start, length) < 0)
			low = middle;
		else
			high = middle;
	}
	is_there = kzi_vocabulary_seek(walk, low * KZI_VOCABULARY_BLOCK);
	if (is_there && compare_word(walk, start, length) < 0) {
		pass_less(walk, start, length);
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

/* Its place in the table of sections: bytes, then words. */
static const unsigned char *section_at(const struct kzi_part *file, int section)
{
	return file->bytes + KZI_VOCABULARY_SIZES_AT + 8 * (size_t)section;
}

int kzi_vocabulary_is_whole(const struct kzi_part *file)
{
	uint64_t length = KZI_VOCABULARY_HEAD;
	int i;

	if (file->length < KZI_VOCABULARY_HEAD ||
		memcmp(file->bytes, KZI_VOCABULARY_MAGIC,
			sizeof(KZI_VOCABULARY_MAGIC)))
		return 0;
	for (i = 0; i < KZI_VOCABULARY_SECTIONS; i++)
		length += kzi_load32(section_at(file, i));
	return length == file->length;
}

kz_status kzi_vocabulary_open(struct kzi_part *file, const char *folder,
	uint64_t number, kz_error *err)
{
	char path[4096];
	kz_status status;

	memset(file, 0, sizeof(*file));
	if (number == 0)
		return KZ_OK;
	if (!kzi_vocabulary_path(path, sizeof(path), folder, number))
		return kzi_fail(err, KZ_ERR_IO, "%s: path too long", folder);
	status = kzi_part_open(file, path, UINT64_MAX, err);
	if (status == KZ_OK && !kzi_vocabulary_is_whole(file)) {
		kzi_part_close(file);
		status = damaged(err);
	}
	return status;
}

/* Find the tables of the section of `length` bytes at `at`; one that is too
 * short for them has no words, and has failed. */
static void open_section(struct kzi_vocabulary *walk, uint64_t at,
	uint64_t length, uint32_t count, int has_sketches)
{
	uint64_t sketches = has_sketches ? 4 * (uint64_t)count : 0;
	uint64_t tables = sketches +
		(uint64_t)KZI_VOCABULARY_ENTRY * count_blocks(count);

	if (tables > length) {
		walk->scan.failed = 1;
		return;
	}
	walk->count = count;
	walk->sketches = has_sketches ? walk->file->bytes + at : NULL;
	walk->blocks = walk->file->bytes + at + sketches;
	walk->words = at + tables;
	walk->words_end = at + length;
}

void kzi_vocabulary_walk(
	struct kzi_vocabulary *walk, struct kzi_part *file, int section)
{
	uint64_t at = KZI_VOCABULARY_HEAD;
	int i;

	memset(walk, 0, offsetof(struct kzi_vocabulary, rooms));
	walk->most = section < KZI_FORMS ? KZI_VOCABULARY_WORD_MOST
					 : KZI_FORM_MOST;
	if (!file->bytes)
		return;
	walk->file = file;
	for (i = 0; i < section; i++)
		at += kzi_load32(section_at(file, i));
	open_section(walk, at, kzi_load32(section_at(file, section)),
		kzi_load32(section_at(file, section) + 4), section < KZI_FORMS);
}

kz_status kzi_vocabulary_check(struct kzi_part *file, kz_error *err)
{
	int section;

	if (!file->bytes)
		return KZ_OK;
	if (crc32_z(0, file->bytes + KZI_VOCABULARY_SIZES_AT,
		    file->length - KZI_VOCABULARY_SIZES_AT) !=
		kzi_load32(file->bytes + KZI_VOCABULARY_SUM_AT))
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
