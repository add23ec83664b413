/* vocabulary_write.c -- see vocabulary.h: lists of words put together, merged,
 * and written. */
#include "store/vocabulary.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

#include "base/error.h"
#include "base/load.h"
#include "base/order.h"
#include "store/durable.h"
#include "store/front.h"

/* ---- Lists ------------------------------------------------------------- */

static uint64_t fold_sign(int64_t number)
{
	return number < 0 ? ((uint64_t)-number << 1) | 1
			  : (uint64_t)number << 1;
}

void kzi_word_list_put(struct kzi_word_list *list, const char *word,
	size_t length, uint32_t sketch, int64_t passages)
{
	size_t shared = kzi_front_shared(
		list->last, list->last_length, word, length);
	char number[4];

	if (length > KZI_FORM_MOST || passages == 0)
		return;
	kzi_save(number, sketch, sizeof(number));
	kzi_front_put(&list->bytes, word, length, shared);
	kzi_buf_append(&list->bytes, number, sizeof(number));
	kzi_buf_varint(&list->bytes, fold_sign(passages));
	memcpy(list->last, word, length);
	list->last_length = (uint8_t)length;
	list->count++;
}

void kzi_word_list_release(struct kzi_word_list *list)
{
	kzi_buf_release(&list->bytes);
	memset(list, 0, sizeof(*list));
}

static int compare_words(
	const struct kzi_vocabulary *a, const struct kzi_vocabulary *b)
{
	return kzi_order(a->word, a->length, b->word, b->length);
}

/* Both walks in step: what only one has, or the sum of what both have. */
static int merge_walks(struct kzi_word_list *out, struct kzi_vocabulary *a,
	struct kzi_vocabulary *b)
{
	int has_a = kzi_vocabulary_next(a);
	int has_b = kzi_vocabulary_next(b);

	while (has_a || has_b) {
		int order = !has_b ? -1 : !has_a ? 1 : compare_words(a, b);
		const struct kzi_vocabulary *word = order <= 0 ? a : b;
		int64_t passages = word->passages;

		if (order == 0)
			passages += b->passages;
		kzi_word_list_put(out, word->word, word->length, word->sketch,
			passages);
		if (order <= 0)
			has_a = kzi_vocabulary_next(a);
		if (order >= 0)
			has_b = kzi_vocabulary_next(b);
	}
	return !a->scan.failed && !b->scan.failed;
}

int kzi_word_list_merge(struct kzi_word_list *list, struct kzi_word_list *more)
{
	struct kzi_vocabulary words;
	int done = !more->bytes.failed;

	if (done && list->count) {
		kzi_word_list_walk(&words, more);
		done = kzi_word_list_add_words(list, &words);
	} else if (done) {
		const struct kzi_word_list none = *list;

		*list = *more;
		*more = none;
	}
	kzi_word_list_release(more);
	return done;
}

int kzi_word_list_add_words(
	struct kzi_word_list *list, const struct kzi_vocabulary *words)
{
	struct kzi_word_list merged = { 0 };
	struct kzi_vocabulary a, b = *words;
	int done;

	if (!words->count)
		return !words->scan.failed;
	kzi_word_list_walk(&a, list);
	done = merge_walks(&merged, &a, &b) && !merged.bytes.failed;
	kzi_word_list_release(list);
	*list = merged;
	return done;
}

/* ---- Writing ----------------------------------------------------------- */

static void append32(struct kzi_buf *out, uint64_t word)
{
	char bytes[4];

	kzi_save(bytes, word, sizeof(bytes));
	kzi_buf_append(out, bytes, sizeof(bytes));
}

/* The first bytes of the word at hand, which begins a block, and where. */
static void put_entry(
	struct kzi_buf *out, const struct kzi_vocabulary *walk, uint64_t at)
{
	char key[KZI_VOCABULARY_KEY] = { 0 };

	memcpy(key, walk->word,
		walk->length < sizeof(key) ? walk->length : sizeof(key));
	kzi_buf_append(out, key, sizeof(key));
	append32(out, at);
}

/* A section: the tables are filled while the words are appended to `words`. */
static void put_section(struct kzi_buf *out, const struct kzi_word_list *list,
	int has_sketches, struct kzi_buf *blocks, struct kzi_buf *words)
{
	struct kzi_vocabulary walk;
	char last[KZI_FORM_MOST];
	size_t last_length = 0;

	kzi_buf_clear(blocks);
	kzi_buf_clear(words);
	kzi_word_list_walk(&walk, list);
	while (kzi_vocabulary_next(&walk)) {
		size_t shared = 0;

		if ((walk.next - 1) % KZI_VOCABULARY_BLOCK == 0)
			put_entry(blocks, &walk, words->length);
		else
			shared = kzi_front_shared(
				last, last_length, walk.word, walk.length);
		if (has_sketches)
			append32(out, walk.sketch);
		kzi_front_put(words, walk.word, walk.length, shared);
		kzi_buf_varint(words, fold_sign(walk.passages));
		memcpy(last, walk.word, walk.length);
		last_length = walk.length;
	}
	kzi_buf_append(out, blocks->data, blocks->length);
	kzi_buf_append(out, words->data, words->length);
	out->failed |= blocks->failed | words->failed | walk.scan.failed;
}

static void put_file(struct kzi_buf *out, const struct kzi_word_list *lists)
{
	char head[KZI_VOCABULARY_HEAD] = { 0 };
	struct kzi_buf blocks = { 0 }, words = { 0 };
	int i;

	memcpy(head, KZI_VOCABULARY_MAGIC, sizeof(KZI_VOCABULARY_MAGIC));
	kzi_buf_append(out, head, sizeof(head));
	for (i = 0; i < KZI_VOCABULARY_SECTIONS; i++) {
		size_t from = out->length;

		put_section(out, &lists[i], i < KZI_FORMS, &blocks, &words);
		if (out->failed)
			break;
		kzi_save(out->data + KZI_VOCABULARY_SIZES_AT + 8 * i,
			out->length - from, 4);
		kzi_save(out->data + KZI_VOCABULARY_SIZES_AT + 8 * i + 4,
			lists[i].count, 4);
	}
	kzi_buf_release(&blocks);
	kzi_buf_release(&words);
	if (!out->failed)
		kzi_save(out->data + KZI_VOCABULARY_SUM_AT,
			crc32_z(0,
				(const Bytef *)out->data +
					KZI_VOCABULARY_SIZES_AT,
				out->length - KZI_VOCABULARY_SIZES_AT),
			4);
}

kz_status kzi_vocabulary_write(const char *folder, uint64_t number,
	const struct kzi_word_list *lists, kz_error *err)
{
	struct kzi_buf out = { 0 };
	char path[4096];
	kz_status status = KZ_OK;

	if (!kzi_vocabulary_path(path, sizeof(path), folder, number))
		return kzi_fail(err, KZ_ERR_IO, "%s: path too long", folder);
	put_file(&out, lists);
	if (out.failed) {
		kzi_buf_release(&out);
		return kzi_fail_memory(err);
	}
	/* The name must last too: the commit names the file. */
	if (!kzi_durable_write(path, out.data, out.length) ||
		!kzi_durable_names(folder))
		status = kzi_fail(err, KZ_ERR_IO, "%s: cannot be written: %s",
			folder, strerror(errno));
	kzi_buf_release(&out);
	return status;
}

void kzi_vocabulary_remove(const char *folder, uint64_t number)
{
	char path[4096];

	while (number > 0 &&
		kzi_vocabulary_path(path, sizeof(path), folder, number--) &&
		unlink(path) == 0)
		;
}
