/* analyze.c -- the pipeline: segment, normalise, split, stem.
 *
 * What a run becomes depends on its language and its bytes alone, so both steps
 * are remembered: bytes of a run => the words in it, and normalised word =>
 * its terms. Then analysis runs at the speed of finding the runs. */
#include "text/text.h"

#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "text/lang.h"
#include "text/memo.h"
#include "text/normalize.h"
#include "text/segment.h"
#include "text/split.h"
#include "text/stem.h"
#include "text/stop.h"

/* A remembered run: its words, with their places relative to the run. */
struct run_word {
	struct kzi_word *word;
	uint16_t offset;
	uint16_t length;
	uint8_t is_joined;
};

struct run_words {
	size_t count;
	struct run_word items[];
};

struct kzi_analyzer {
	struct kzi_arena arena; /* Everything the two memos point to. */
	struct kzi_memo runs;
	struct kzi_memo words;
	struct kzi_stemmers stemmers;
	struct kzi_stop_lengths stops[KZI_LANGUAGES];
	size_t limit;
	/* Scratch of one run; too large for the stack of a small thread. */
	struct kzi_normal normal;
	struct kzi_parts parts;
};

struct kzi_analyzer *kzi_analyzer_new(size_t memory)
{
	struct kzi_analyzer *analyzer = kzi_calloc(1, sizeof(*analyzer));

	if (analyzer)
		analyzer->limit = memory;
	return analyzer;
}

void kzi_analyzer_free(struct kzi_analyzer *analyzer)
{
	if (!analyzer)
		return;
	kzi_memo_release(&analyzer->runs);
	kzi_memo_release(&analyzer->words);
	kzi_arena_release(&analyzer->arena);
	kzi_stemmers_release(&analyzer->stemmers);
	kzi_free(analyzer);
}

void kzi_analyzer_trim(struct kzi_analyzer *analyzer)
{
	if (analyzer->arena.total <= analyzer->limit)
		return;
	kzi_memo_clear(&analyzer->runs);
	kzi_memo_clear(&analyzer->words);
	kzi_arena_reset(&analyzer->arena);
}

/* ---- Words ------------------------------------------------------------- */

static int add_term(struct kzi_analyzer *analyzer, struct kzi_word *word,
	int kind, const char *text, size_t length)
{
	char bytes[KZI_TERM_MOST];
	size_t size = kzi_term_make(bytes, kind, word->language, text, length);
	struct kzi_term *term = &word->terms[word->term_count];

	term->bytes = kzi_arena_copy(&analyzer->arena, bytes, size);
	term->length = (uint8_t)size;
	term->kind = (uint8_t)kind;
	word->term_count++;
	return term->bytes != NULL;
}

/* Bytes of the first KZI_PREFIX_LETTERS letters, or 0 if there are fewer. */
static size_t prefix_length(const char *text, size_t length)
{
	size_t i, letters = 0;

	for (i = 0; i < length; i++) {
		if (((unsigned char)text[i] & 0xC0) == 0x80)
			continue;
		if (letters++ == KZI_PREFIX_LETTERS)
			return i;
	}
	return letters == KZI_PREFIX_LETTERS ? length : 0;
}

static int add_terms(struct kzi_analyzer *analyzer, struct kzi_word *word)
{
	char stem[KZI_STEM_MOST], bare[KZI_STEM_MOST];
	size_t length, bare_length, prefix;

	length = kzi_stem(&analyzer->stemmers, word->language, stem,
		word->text, word->length);
	if (!length || !add_term(analyzer, word, KZI_STEM, stem, length))
		return 0;
	if (word->folded != word->text) {
		bare_length = kzi_stem(&analyzer->stemmers, word->language,
			bare, word->folded, word->folded_length);
		if (!bare_length ||
			((bare_length != length ||
				 memcmp(stem, bare, length)) &&
				!add_term(analyzer, word, KZI_BARE, bare,
					bare_length)))
			return 0;
	}
	prefix = prefix_length(word->folded, word->folded_length);
	return !prefix ||
		add_term(analyzer, word, KZI_PREFIX, word->folded, prefix);
}

/* The word without accents; a word that has none shares its text. */
static void fold_word(struct kzi_analyzer *analyzer, struct kzi_word *word)
{
	char folded[KZI_NORMAL_MOST];
	size_t length =
		kzi_fold(folded, sizeof(folded), word->text, word->length);

	word->folded = word->text;
	word->folded_length = word->length;
	if (length == 0 || /* Nothing but marks. */
		(length == word->length &&
			!memcmp(folded, word->text, length)))
		return;
	word->folded = kzi_arena_copy(&analyzer->arena, folded, length);
	word->folded_length = (uint16_t)length;
}

static struct kzi_word *make_word(struct kzi_analyzer *analyzer, int language,
	const char *text, size_t length)
{
	struct kzi_word *word =
		kzi_arena_zero(&analyzer->arena, 1, sizeof(*word));

	if (!word)
		return NULL;
	word->language = (uint8_t)language;
	word->text = kzi_arena_copy(&analyzer->arena, text, length);
	word->length = (uint16_t)length;
	if (!word->text)
		return NULL;
	fold_word(analyzer, word);
	word->is_stop = (uint8_t)kzi_is_stop(&analyzer->stops[language],
		kzi_lang_data(language), text, length);
	if (!word->folded || !add_terms(analyzer, word))
		return NULL;
	return word;
}

static struct kzi_word *find_word(struct kzi_analyzer *analyzer, int language,
	const char *text, size_t length)
{
	struct kzi_memo_entry *entry =
		kzi_memo_find(&analyzer->words, language, text, length);
	struct kzi_word *word;

	if (!entry)
		return NULL;
	if (entry->value)
		return entry->value;
	word = make_word(analyzer, language, text, length);
	if (word)
		kzi_memo_fill(&analyzer->words, entry, language, word->text,
			length, word);
	return word;
}

/* ---- Runs -------------------------------------------------------------- */

/* Where a part lies in the bytes of the run. */
static void place_part(struct run_word *item, const struct kzi_normal *normal,
	const struct kzi_part *part)
{
	item->offset = normal->source[part->start];
	item->length = (uint16_t)(normal->source[part->end] - item->offset);
	item->is_joined = (uint8_t)part->is_joined;
}

/* A clitic is a stop word whatever the list says of it, so it has a word of
 * its own, which is not shared. */
static struct kzi_word *part_word(struct kzi_analyzer *analyzer, int language,
	const struct kzi_part *part)
{
	const char *text = analyzer->parts.room + part->text;
	struct kzi_word *word;

	if (!part->is_clitic)
		return find_word(analyzer, language, text, part->length);
	word = make_word(analyzer, language, text, part->length);
	if (word)
		word->is_stop = 1;
	return word;
}

static struct run_words *make_run(struct kzi_analyzer *analyzer, int language,
	const char *bytes, size_t length)
{
	struct kzi_parts *parts = &analyzer->parts;
	struct run_words *run;
	size_t i;

	kzi_normalize(&analyzer->normal, bytes, length);
	kzi_split(parts, language, analyzer->normal.text,
		analyzer->normal.length);
	run = kzi_arena_zero(&analyzer->arena, 1,
		sizeof(*run) + parts->count * sizeof(run->items[0]));
	if (!run)
		return NULL;
	run->count = parts->count;
	for (i = 0; i < parts->count; i++) {
		place_part(&run->items[i], &analyzer->normal,
			&parts->items[i]);
		run->items[i].word =
			part_word(analyzer, language, &parts->items[i]);
		if (!run->items[i].word)
			return NULL;
	}
	return run;
}

static const struct run_words *find_run(struct kzi_analyzer *analyzer,
	int language, const char *bytes, size_t length)
{
	struct kzi_memo_entry *entry =
		kzi_memo_find(&analyzer->runs, language, bytes, length);
	struct run_words *run;
	char *key;

	if (!entry)
		return NULL;
	if (entry->value)
		return entry->value;
	run = make_run(analyzer, language, bytes, length);
	key = kzi_arena_copy(&analyzer->arena, bytes, length);
	if (!run || !key)
		return NULL;
	kzi_memo_fill(&analyzer->runs, entry, language, key, length, run);
	return run;
}

/* ---- Tokens ------------------------------------------------------------ */

static int make_room(struct kzi_tokens *tokens, size_t more)
{
	size_t capacity = tokens->capacity ? tokens->capacity : 128;
	struct kzi_token *items;

	if (tokens->count + more <= tokens->capacity)
		return 1;
	while (capacity < tokens->count + more)
		capacity *= 2;
	items = kzi_realloc(tokens->items, capacity * sizeof(*items));
	if (!items)
		return 0;
	tokens->items = items;
	tokens->capacity = capacity;
	return 1;
}

static void add_tokens(struct kzi_tokens *tokens, const struct run_words *run,
	size_t offset)
{
	size_t i;

	for (i = 0; i < run->count; i++) {
		const struct run_word *from = &run->items[i];
		struct kzi_token *token = &tokens->items[tokens->count++];

		token->offset = (uint32_t)(offset + from->offset);
		token->length = from->length;
		token->position = tokens->positions;
		token->flags = from->is_joined ? KZI_TOKEN_JOINED : 0;
		token->word = from->word;
		if (!from->is_joined)
			tokens->positions++;
	}
}

int kzi_analyze(struct kzi_analyzer *analyzer, int language, const char *text,
	size_t length, struct kzi_tokens *tokens)
{
	struct kzi_run run;
	size_t at = 0;

	tokens->count = 0;
	tokens->positions = 0;
	while (kzi_segment_next(&run, text, length, &at, language)) {
		const struct run_words *words = find_run(
			analyzer, language, text + run.offset, run.length);

		if (!words || !make_room(tokens, words->count)) {
			tokens->count = 0;
			return 0;
		}
		add_tokens(tokens, words, run.offset);
	}
	return 1;
}

void kzi_tokens_release(struct kzi_tokens *tokens)
{
	kzi_free(tokens->items);
	memset(tokens, 0, sizeof(*tokens));
}
