/* removed.c -- see removed.h. */
#include "store/removed.h"

#include <string.h>

#include "base/alloc.h"
#include "base/error.h"

enum { WORDS_FIRST = 16 };

static int grow(struct kzi_removed *removed, size_t needed)
{
	size_t words = removed->words ? removed->words : WORDS_FIRST;
	uint64_t *marks;

	while (words < needed)
		words *= 2;
	marks = kzi_realloc(removed->marks, words * sizeof(*marks));
	if (!marks)
		return 0;
	memset(marks + removed->words, 0,
		(words - removed->words) * sizeof(*marks));
	removed->marks = marks;
	removed->words = words;
	return 1;
}

int kzi_removed_add(struct kzi_removed *removed, uint32_t passage)
{
	if (kzi_removed_has(removed, passage))
		return 1;
	if (passage / 64 >= removed->words &&
		!grow(removed, (size_t)passage / 64 + 1))
		return 0;
	removed->marks[passage / 64] |= (uint64_t)1 << passage % 64;
	removed->count++;
	return 1;
}

/* Varints, each the distance from the one before. What is damaged, or leads
 * behind the rows, ends the list. Returns 0 when memory is short. */
static int read_all(struct kzi_removed *removed, const char *raw,
	size_t length, uint64_t rows)
{
	struct kzi_scan scan = { raw, raw + length, 0 };
	uint64_t passage = 0;

	while (scan.at < scan.end) {
		passage += kzi_scan_varint(&scan);
		if (scan.failed || passage >= rows || passage >= UINT32_MAX)
			break;
		if (!kzi_removed_add(removed, (uint32_t)passage))
			return 0;
	}
	return 1;
}

kz_status kzi_removed_read(struct kzi_removed *removed, const char *raw,
	size_t length, const struct kzi_state *state, uint64_t held,
	const char *path, kz_error *err)
{
	uint64_t passages = state->info.passages;

	kzi_removed_release(removed);
	if (state->removed && !read_all(removed, raw, length, state->rows))
		return kzi_fail_memory(err);
	if (removed->count == state->removed &&
		held == passages + removed->count)
		return KZ_OK;
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"%s: holds %llu passages, %llu of them removed; its state says"
		" %llu and %llu; index again with --rebuild",
		path, (unsigned long long)held,
		(unsigned long long)removed->count,
		(unsigned long long)(passages + state->removed),
		(unsigned long long)state->removed);
}

void kzi_removed_put(struct kzi_buf *raw, const struct kzi_removed *removed)
{
	uint64_t last = 0, passage;

	for (passage = 0; passage / 64 < removed->words; passage++)
		if (kzi_removed_has(removed, (uint32_t)passage)) {
			kzi_buf_varint(raw, passage - last);
			last = passage;
		}
}

void kzi_removed_release(struct kzi_removed *removed)
{
	kzi_free(removed->marks);
	memset(removed, 0, sizeof(*removed));
}
