/* vocabulary.c -- see vocabulary.h.
 *
 * Words are counted from the stored passages once they are all there, not while
 * they are indexed: then a run that died leaves nothing half counted, and those
 * who read files need not know. A word is counted once a passage, in its text,
 * its headings or the title:
 *
 *     hu "A közösség, a közösségek és 12 közösség"  =>  közösség 1,
 *                                                       közösségek 1
 *
 * Stop words, numbers and words of one or two letters are left out: nobody
 * needs to be told how they are spelt. */
#include "indexer/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/error.h"
#include "text/text.h"

enum {
	LETTERS_LEAST = 3,
	/* What is remembered before it is put into the lists: some tens of
	 * megabytes. */
	WORDS_MOST = 1 << 17,
	PASSAGES_MOST = 1 << 16,
	TITLE_MOST = 512 /* Bytes of a title or heading that count. */
};

/* Marks of a word: the passage that had it last, from 1, and its count. */
static const uint64_t LEFT_OUT = UINT64_MAX;

/* A word to be sorted: its first bytes as a number, which tell most apart. */
struct seen {
	uint64_t start;
	struct kzi_word *word;
};

struct counting {
	struct kzi_analyzer *analyzer;
	struct kzi_tokens tokens;
	struct kzi_buf seen; /* Of struct seen. */
	uint64_t passage;    /* At hand. */
	uint64_t flushed;    /* The last one that is in the lists. */
	struct kzi_word_list lists[KZI_STORE_LANGUAGES];
	int failed;          /* Memory ran out. */
};

/* ---- One passage ------------------------------------------------------- */

static int has_digit(const struct kzi_word *word)
{
	size_t i;

	for (i = 0; i < word->length; i++)
		if (word->text[i] >= '0' && word->text[i] <= '9')
			return 1;
	return 0;
}

static size_t count_letters(const struct kzi_word *word)
{
	size_t count = 0, i;

	for (i = 0; i < word->length; i++)
		count += ((unsigned char)word->text[i] & 0xC0) != 0x80;
	return count;
}

static int is_wanted(const struct kzi_word *word)
{
	return !word->is_stop && word->length <= KZI_VOCABULARY_WORD_MOST &&
		!has_digit(word) && count_letters(word) >= LETTERS_LEAST;
}

/* The first eight bytes; in the order of the words. */
static uint64_t start_of(const struct kzi_word *word)
{
	uint64_t start = 0;
	size_t i;

	for (i = 0; i < 8; i++)
		start = start << 8 |
			(i < word->length ? (unsigned char)word->text[i] : 0);
	return start;
}

static void count_word(
	struct counting *counting, struct kzi_word *word, int change)
{
	if (word->mark_owner == counting->passage ||
		word->mark_owner == LEFT_OUT)
		return;
	if (word->mark_owner == 0) {
		struct seen seen = { start_of(word), word };

		if (!is_wanted(word)) {
			word->mark_owner = LEFT_OUT;
			return;
		}
		kzi_buf_append(&counting->seen, &seen, sizeof(seen));
	}
	word->mark_owner = counting->passage;
	word->mark += (uint64_t)(int64_t)change;
}

static void count_text(struct counting *counting, int language,
	struct kzi_string text, int change)
{
	size_t i;

	if (!kzi_analyze(counting->analyzer, language, text.bytes, text.length,
		    &counting->tokens))
		counting->failed = 1;
	for (i = 0; i < counting->tokens.count; i++)
		count_word(counting, counting->tokens.items[i].word, change);
}

static void count_line(struct counting *counting, int language,
	struct kzi_string line, int change)
{
	if (line.length > TITLE_MOST)
		line.length = TITLE_MOST;
	count_text(counting, language, line, change);
}

/* ---- Lists ------------------------------------------------------------- */

static int compare_seen(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	size_t least;
	int order;

	if (x->word->language != y->word->language)
		return x->word->language < y->word->language ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	least = x->word->length < y->word->length ? x->word->length
						  : y->word->length;
	order = memcmp(x->word->text, y->word->text, least);
	return order ? order
		     : (x->word->length > y->word->length) -
			(x->word->length < y->word->length);
}

/* Put what was seen into the lists, and forget the words. */
static void flush(struct counting *counting)
{
	struct seen *seen = (struct seen *)(void *)counting->seen.data;
	size_t count = counting->seen.length / sizeof(*seen), i = 0;
	int language;

	if (count > 0)
		qsort(seen, count, sizeof(*seen), compare_seen);
	for (language = 0; language < KZI_LANGUAGES; language++) {
		struct kzi_word_list list = { 0 };

		for (; i < count && seen[i].word->language == language; i++)
			kzi_word_list_put(&list, seen[i].word->text,
				seen[i].word->length,
				kzi_word_sketch(seen[i].word->folded,
					seen[i].word->folded_length),
				(int64_t)seen[i].word->mark);
		counting->failed |= !kzi_word_list_merge(
			&counting->lists[language], &list);
		kzi_word_list_release(&list);
	}
	counting->failed |= counting->seen.failed;
	counting->flushed = counting->passage;
	kzi_buf_clear(&counting->seen);
	kzi_analyzer_trim(counting->analyzer);
}

static int count_passage(void *context, int language, int change,
	const struct kzi_passage_record *record, struct kzi_string title)
{
	struct counting *counting = context;
	size_t i;

	counting->passage++;
	count_text(counting, language, record->text, change);
	count_line(counting, language, title, change);
	for (i = 0; i < record->heading_count; i++)
		count_line(counting, language, record->headings[i], change);
	if (counting->seen.length > WORDS_MOST * sizeof(struct seen) ||
		counting->passage - counting->flushed > PASSAGES_MOST)
		flush(counting);
	return !counting->failed;
}

kz_status kzi_vocabulary_update(struct kzi_writer *writer, kz_error *err)
{
	/* With no memory to keep, every trim forgets all words. */
	struct counting counting = { .analyzer = kzi_analyzer_new(0) };
	kz_status status;
	int language;

	if (!counting.analyzer)
		return kzi_fail_memory(err);
	status = kzi_writer_uncounted(writer, count_passage, &counting, err);
	flush(&counting);
	if (status == KZ_OK && counting.failed)
		status = kzi_fail_memory(err);
	if (status == KZ_OK)
		status = kzi_writer_count(writer, counting.lists, err);
	for (language = 0; language < KZI_STORE_LANGUAGES; language++)
		kzi_word_list_release(&counting.lists[language]);
	kzi_buf_release(&counting.seen);
	kzi_tokens_release(&counting.tokens);
	kzi_analyzer_free(counting.analyzer);
	return status;
}
