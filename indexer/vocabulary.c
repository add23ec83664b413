/* vocabulary.c -- see vocabulary.h.
 *
 * Whoever reads a file counts its words (tally.h), as it has looked them up to
 * file them. What was counted so far is nowhere but in memory: where a run
 * died, the next one counts from the stored passages, and so does this one
 * where those that it has are not those whose words it was given, since the
 * reader of one file broke. A word is counted once a passage, in its text, its
 * headings or the title:
 *
 *     hu "A közösség, a közösségek és 12 közösség"  =>  közösség 1,
 *                                                       közösségek 1
 *
 * Stop words, numbers and words of one or two letters are left out: nobody
 * needs to be told how they are spelt.
 *
 * All words are among the forms, which lead from each term that analysis gives
 * a word to the word, and from a root or a beginning to the stems that have it:
 *
 *     ca programar   =>  Aprogramar   programar
 *                        Oprogr       programar
 *                        oprogram     programar
 *
 * Roots and beginnings are thus looked up here, and need no postings; and who
 * marks the words of a text that answer a query need not stem them. */
#include "indexer/vocabulary.h"

#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/order.h"
#include "base/sort.h"
#include "indexer/build.h"
#include "text/text.h"

_Static_assert((int)KZI_FORM_BYTES <= (int)KZI_FORM_MOST,
	"the store has room for every form");

enum {
	LETTERS_LEAST = 3,
	/* What is remembered before it is put into the lists: some tens of
	 * megabytes. */
	WORDS_MOST = 1 << 17,
	PASSAGES_MOST = 1 << 16
};

#define UNKNOWN UINT64_MAX

struct form {
	int64_t passages;
	size_t length;
	char bytes[];
};

struct kzi_counting {
	struct kzi_analyzer *analyzer;
	struct kzi_tokens tokens;
	/* Of struct kzi_sort_item: words, whose marks are the passage that had
	 * each last, from 1 or UNKNOWN, and its count; */
	struct kzi_buf seen;
	struct kzi_buf forms; /* the same, of forms in one language ... */
	struct kzi_arena arena; /* ... which lie here. */
	uint32_t number;     /* From 1; another one since words were forgotten. */
	uint64_t passage;    /* At hand. */
	uint64_t flushed;    /* The last one that is in the lists. */
	uint32_t first;      /* Passage of those that are added now. */
	uint64_t given;      /* So many of them are counted. */
	struct kzi_word_list lists[KZI_VOCABULARY_SECTIONS];
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

/* By language first, which takes the place of the last bits of the text. */
static uint64_t key_of(const struct kzi_word *word)
{
	enum { LANGUAGE_BITS = 4 };

	return (uint64_t)word->language << (64 - LANGUAGE_BITS) |
		kzi_order_key(word->text, word->length) >> LANGUAGE_BITS;
}

static void add_count(struct kzi_counting *counting, struct kzi_word *word,
	uint64_t passage, int64_t change)
{
	if (word->mark_owner == 0) {
		const struct kzi_sort_item seen = { key_of(word), word };

		kzi_buf_append(&counting->seen, &seen, sizeof(seen));
	}
	word->mark_owner = passage;
	word->mark += (uint64_t)change;
}

static void count_word(
	struct kzi_counting *counting, struct kzi_word *word, int change)
{
	if (word->mark_owner != counting->passage)
		add_count(counting, word, counting->passage, change);
}

static void count_text(struct kzi_counting *counting, int language,
	struct kzi_string text, size_t most, int change)
{
	size_t i;

	if (!kzi_analyze(counting->analyzer, language, text.bytes, text.length,
		    &counting->tokens))
		counting->failed = 1;
	for (i = 0; i < counting->tokens.count && i < most; i++)
		count_word(counting, counting->tokens.items[i].word, change);
}

/* ---- Lists ------------------------------------------------------------- */

static struct kzi_sort_item *items_of(const struct kzi_buf *buf, size_t *count)
{
	*count = buf->length / sizeof(struct kzi_sort_item);
	return (struct kzi_sort_item *)(void *)buf->data;
}

static int language_of(const struct kzi_sort_item *item)
{
	return ((const struct kzi_word *)item->item)->language;
}

static int compare_seen(const void *a, const void *b)
{
	const struct kzi_word *x = ((const struct kzi_sort_item *)a)->item;
	const struct kzi_word *y = ((const struct kzi_sort_item *)b)->item;

	return kzi_order(x->text, x->length, y->text, y->length);
}

/* Add sorted words or forms to those of a section, and use them up. */
static void merge(
	struct kzi_counting *counting, int section, struct kzi_word_list *list)
{
	counting->failed |=
		!kzi_word_list_merge(&counting->lists[section], list);
}

static void put_words(struct kzi_counting *counting, int language,
	const struct kzi_sort_item *seen, size_t count)
{
	struct kzi_word_list list = { 0 };
	size_t i;

	for (i = 0; i < count; i++) {
		const struct kzi_word *word = seen[i].item;

		if (is_wanted(word))
			kzi_word_list_put(&list, word->text, word->length,
				kzi_word_sketch(
					word->folded, word->folded_length),
				(int64_t)word->mark);
	}
	merge(counting, language, &list);
}

/* ---- Forms ------------------------------------------------------------- */

static int compare_forms(const void *a, const void *b)
{
	const struct form *x = ((const struct kzi_sort_item *)a)->item;
	const struct form *y = ((const struct kzi_sort_item *)b)->item;

	return kzi_order(x->bytes, x->length, y->bytes, y->length);
}

static void add_form(struct kzi_counting *counting, const struct kzi_term *term,
	const char *value, size_t length, const struct kzi_word *word)
{
	char bytes[KZI_FORM_BYTES];
	size_t size = kzi_form_make(bytes, term, value, length);
	struct form *form;
	struct kzi_sort_item item;

	if (size == 0)
		return;
	form = kzi_arena_get(&counting->arena, sizeof(*form) + size);
	if (!form) {
		counting->failed = 1;
		return;
	}
	form->passages = (int64_t)word->mark;
	form->length = size;
	memcpy(form->bytes, bytes, size);
	item.key = kzi_order_key(bytes, size);
	item.item = form;
	kzi_buf_append(&counting->forms, &item, sizeof(item));
}

/* The stems of the word are what the term, a root or a beginning, leads to. */
static void add_stem_forms(struct kzi_counting *counting,
	const struct kzi_term *term, const struct kzi_word *word)
{
	int i;

	for (i = 0; i < word->term_count; i++) {
		size_t length;
		const char *stem = kzi_term_text(&word->terms[i], &length);

		if (word->terms[i].kind == KZI_STEM)
			add_form(counting, term, stem, length, word);
	}
}

static void add_forms(struct kzi_counting *counting, struct kzi_word *word)
{
	int i;

	if (word->length > KZI_FORM_WORD)
		return;
	if (!kzi_word_terms(counting->analyzer, word))
		counting->failed = 1;
	for (i = 0; i < word->term_count; i++)
		if (kzi_form_has_stems(&word->terms[i]))
			add_stem_forms(counting, &word->terms[i], word);
		else
			add_form(counting, &word->terms[i], word->text,
				word->length, word);
}

/* The sorted forms, each once: several words may have a root and a stem. */
static void list_forms(struct kzi_word_list *list,
	const struct kzi_sort_item *forms, size_t count)
{
	size_t i, j;

	for (i = 0; i < count; i = j) {
		const struct form *form = forms[i].item;
		int64_t passages = 0;

		for (j = i; j < count && forms[j].key == forms[i].key &&
			!compare_forms(&forms[i], &forms[j]);
			j++)
			passages += ((const struct form *)forms[j].item)
					    ->passages;
		kzi_word_list_put(
			list, form->bytes, form->length, 0, passages);
	}
}

static void put_forms(struct kzi_counting *counting, int language,
	const struct kzi_sort_item *seen, size_t count)
{
	struct kzi_word_list list = { 0 };
	struct kzi_sort_item *forms;
	size_t i;

	kzi_buf_clear(&counting->forms);
	kzi_arena_reset(&counting->arena);
	for (i = 0; i < count; i++)
		add_forms(counting, seen[i].item);
	forms = items_of(&counting->forms, &count);
	counting->failed |= counting->forms.failed ||
		!kzi_sort(forms, count, compare_forms);
	if (!counting->failed)
		list_forms(&list, forms, count);
	merge(counting, KZI_FORMS + language, &list);
}

/* ---- Passages ---------------------------------------------------------- */

static void forget_words(struct kzi_counting *counting)
{
	kzi_buf_clear(&counting->seen);
	kzi_analyzer_trim(counting->analyzer);
	counting->number++;
}

/* Put what was seen into the lists, and forget the words. */
static void flush(struct kzi_counting *counting)
{
	size_t count, from = 0, i = 0;
	struct kzi_sort_item *seen = items_of(&counting->seen, &count);
	int language;

	counting->failed |= !kzi_sort(seen, count, compare_seen);
	for (language = 0; language < KZI_LANGUAGES; language++, from = i) {
		while (i < count && language_of(&seen[i]) == language)
			i++;
		put_words(counting, language, seen + from, i - from);
		put_forms(counting, language, seen + from, i - from);
	}
	counting->failed |= counting->seen.failed;
	counting->flushed = counting->passage;
	forget_words(counting);
}

static void flush_some(struct kzi_counting *counting)
{
	if (counting->seen.length >
			WORDS_MOST * sizeof(struct kzi_sort_item) ||
		counting->passage - counting->flushed > PASSAGES_MOST)
		flush(counting);
}

static int count_passage(void *context, int language, int change,
	const struct kzi_passage_record *record, struct kzi_string title)
{
	struct kzi_counting *counting = context;
	size_t i;

	counting->passage++;
	count_text(counting, language, record->text, SIZE_MAX, change);
	count_text(counting, language, title, KZI_TITLE_WORDS_MOST, change);
	for (i = 0; i < record->heading_count; i++)
		count_text(counting, language, record->headings[i],
			KZI_TITLE_WORDS_MOST, change);
	flush_some(counting);
	return !counting->failed;
}

/* The word of a name: it knows its place until the words are forgotten. */
static struct kzi_word *word_of(
	struct kzi_counting *counting, struct kzi_named *named)
{
	const struct kzi_string text = kzi_name_text(named->bytes);

	if (named->owner == counting->number)
		return named->place;
	named->place = kzi_word_find(counting->analyzer,
		kzi_name_language(named->bytes), text.bytes, text.length,
		kzi_name_is_stop(named->bytes));
	named->owner = named->place ? counting->number : 0;
	return named->place;
}

/* Names and words are in no cache: those that come soon are asked for. */
static void expect_words(const struct kzi_word_counts *counts, size_t i)
{
	enum { NAMES_AHEAD = 16, WORDS_AHEAD = 8 };

	if (i + NAMES_AHEAD < counts->count)
		__builtin_prefetch(counts->items[i + NAMES_AHEAD].word);
	if (i + WORDS_AHEAD < counts->count) {
		const struct kzi_word *word =
			counts->items[i + WORDS_AHEAD].word->place;

		if (word)
			__builtin_prefetch(&word->mark);
	}
}

kz_status kzi_counting_add(struct kzi_counting *counting,
	const struct kzi_word_counts *counts, kz_error *err)
{
	size_t i;

	counting->given += counts->passages;
	for (i = 0; i < counts->count && !counting->failed; i++) {
		const struct kzi_word_count *count = &counts->items[i];
		struct kzi_word *word = word_of(counting, count->word);

		expect_words(counts, i);
		if (word)
			add_count(counting, word, UNKNOWN, count->passages);
		else
			counting->failed = 1;
	}
	flush_some(counting);
	return counting->failed ? kzi_fail_memory(err) : KZ_OK;
}

/* ---- All of them ------------------------------------------------------- */

kz_status kzi_counting_open(struct kzi_counting **out,
	const struct kzi_writer *writer, kz_error *err)
{
	struct kzi_counting *counting = kzi_calloc(1, sizeof(*counting));

	*out = counting;
	if (!counting)
		return kzi_fail_memory(err);
	counting->first = kzi_writer_next(writer);
	counting->number = 1;
	/* With no memory to keep, every trim forgets all words. */
	counting->analyzer = kzi_analyzer_new(0);
	return counting->analyzer ? KZ_OK : kzi_fail_memory(err);
}

static void release_lists(struct kzi_counting *counting)
{
	int section;

	for (section = 0; section < KZI_VOCABULARY_SECTIONS; section++)
		kzi_word_list_release(&counting->lists[section]);
}

/* Forget what was given. */
static void begin_anew(struct kzi_counting *counting)
{
	forget_words(counting);
	release_lists(counting);
	counting->first = UINT32_MAX;
}

kz_status kzi_counting_finish(struct kzi_counting *counting,
	struct kzi_writer *writer, kz_error *err)
{
	uint64_t living;
	kz_status status =
		kzi_writer_living(writer, counting->first, &living, err);

	if (status == KZ_OK && living != counting->given)
		begin_anew(counting);
	if (status == KZ_OK)
		status = kzi_writer_uncounted(writer, counting->first,
			count_passage, counting, err);
	flush(counting);
	if (status == KZ_OK && counting->failed)
		status = kzi_fail_memory(err);
	if (status == KZ_OK)
		status = kzi_writer_count(writer, counting->lists, err);
	return status;
}

void kzi_counting_close(struct kzi_counting *counting)
{
	if (!counting)
		return;
	release_lists(counting);
	kzi_buf_release(&counting->seen);
	kzi_buf_release(&counting->forms);
	kzi_arena_release(&counting->arena);
	kzi_tokens_release(&counting->tokens);
	kzi_analyzer_free(counting->analyzer);
	kzi_free(counting);
}
