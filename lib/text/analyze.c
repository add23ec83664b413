/* analyze.c -- the pipeline: segment, normalise, split, stem.
 *
 * What a run becomes depends on its language and its bytes alone, so both steps
 * are remembered: bytes of a run => the words in it, and normalised word =>
 * its terms. Then analysis runs at the speed of finding the runs. */
#include "text/text.h"

#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "text/compound.h"
#include "text/lang.h"
#include "text/latin.h"
#include "text/memo.h"
#include "text/normalize.h"
#include "text/segment.h"
#include "text/sieve.h"
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
	struct kzi_memo_key key;
	size_t count;
	struct run_word items[];
};

struct kzi_analyzer {
	struct kzi_arena arena; /* Everything the two memos point to. */
	struct kzi_memo runs;
	struct kzi_memo words;
	struct kzi_stemmers stemmers;
	struct kzi_stop_table stops[KZI_LANGUAGES];
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

/* The terms of one word while they are being made. */
struct term_list {
	struct kzi_term items[KZI_WORD_TERMS];
	uint8_t count;
};

static int add_term(struct kzi_analyzer *analyzer, struct term_list *list,
	const struct kzi_word *word, int kind, struct kzi_stem_text text)
{
	char bytes[KZI_TERM_MOST];
	size_t size = kzi_term_make(
		bytes, kind, word->language, text.bytes, text.length);
	struct kzi_term *term = &list->items[list->count++];

	term->bytes = kzi_arena_copy(&analyzer->arena, bytes, size);
	term->length = (uint8_t)size;
	term->kind = (uint8_t)kind;
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

/* The stem of the word typed without accents, where it is another one: for a
 * word of the dictionary it is not. */
static int add_bare(struct kzi_analyzer *analyzer, struct term_list *list,
	const struct kzi_word *word, const struct kzi_stems *stems)
{
	struct kzi_stems bare;
	int i;

	if (word->folded == word->text || stems->is_known)
		return 1;
	if (!kzi_stem(&analyzer->stemmers, word->language, word->folded,
		    word->folded_length, &bare))
		return 0;
	for (i = 0; i < stems->count; i++)
		if (bare.items[0].length == stems->items[i].length &&
			!memcmp(bare.items[0].bytes, stems->items[i].bytes,
				bare.items[0].length))
			return 1;
	return add_term(analyzer, list, word, KZI_BARE, bare.items[0]);
}

/* Beside the base form, which is sure, what stemming by rule makes of the word:
 * programació and programar have base forms of their own, and one root. */
static int add_root(struct kzi_analyzer *analyzer, struct term_list *list,
	const struct kzi_word *word)
{
	struct kzi_stems root;

	if (word->is_stop || !kzi_has_roots(word->language))
		return 1;
	if (!kzi_root(&analyzer->stemmers, word->language, word->text,
		    word->length, &root))
		return 0;
	return !root.count ||
		add_term(analyzer, list, word, KZI_ROOT, root.items[0]);
}

/* The parts of a compound, by its first stem. */
static int add_parts(struct kzi_analyzer *analyzer, struct term_list *list,
	const struct kzi_word *word, const struct kzi_stems *stems)
{
	struct kzi_stem_text parts[KZI_COMPOUND_PARTS];
	int count, i;

	if (word->is_stop)
		return 1;
	count = kzi_compound_parts(word->language, stems->items[0].bytes,
		stems->items[0].length, parts);
	for (i = 0; i < count; i++)
		if (!add_term(analyzer, list, word, KZI_PART, parts[i]))
			return 0;
	return 1;
}

static int make_terms(struct kzi_analyzer *analyzer, struct term_list *list,
	const struct kzi_word *word)
{
	struct kzi_stems stems;
	struct kzi_stem_text prefix = { word->folded,
		prefix_length(word->folded, word->folded_length) };
	int i;

	if (!kzi_stem(&analyzer->stemmers, word->language, word->text,
		    word->length, &stems))
		return 0;
	if (word->is_stop)
		stems.count = 1; /* One of its readings is enough. */
	for (i = 0; i < stems.count; i++)
		if (!add_term(analyzer, list, word, KZI_STEM, stems.items[i]))
			return 0;
	return add_bare(analyzer, list, word, &stems) &&
		add_root(analyzer, list, word) &&
		add_parts(analyzer, list, word, &stems) &&
		(!prefix.length ||
			add_term(analyzer, list, word, KZI_PREFIX, prefix));
}

int kzi_word_terms(struct kzi_analyzer *analyzer, struct kzi_word *word)
{
	struct term_list list = { .count = 0 };
	struct kzi_term *terms;

	if (word->terms)
		return 1;
	if (!make_terms(analyzer, &list, word))
		return 0;
	terms = kzi_arena_get(
		&analyzer->arena, list.count * sizeof(list.items[0]));
	if (!terms)
		return 0;
	memcpy(terms, list.items, list.count * sizeof(list.items[0]));
	word->terms = terms;
	word->term_count = list.count;
	return 1;
}

/* The word without accents; a word that has none shares its text. */
static void fold_word(struct kzi_analyzer *analyzer, struct kzi_word *word)
{
	char folded[KZI_NORMAL_MOST];
	size_t length = kzi_latin_fold(folded, word->text, word->length);

	if (!length)
		length = kzi_fold(
			folded, sizeof(folded), word->text, word->length);
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
	return word->folded ? word : NULL;
}

static struct kzi_word *find_word(struct kzi_analyzer *analyzer, int language,
	const char *text, size_t length)
{
	struct kzi_memo_slot *slot =
		kzi_memo_find(&analyzer->words, language, text, length);
	struct kzi_word *word;

	if (!slot)
		return NULL;
	if (slot->kept)
		return (struct kzi_word *)(void *)slot->kept;
	word = make_word(analyzer, language, text, length);
	if (!word)
		return NULL;
	word->key.bytes = word->text;
	word->key.length = (uint32_t)length;
	word->key.language = language;
	kzi_memo_keep(&analyzer->words, slot, &word->key);
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

static struct run_words *new_run(
	struct kzi_analyzer *analyzer, size_t count)
{
	struct run_words *run = kzi_arena_zero(&analyzer->arena, 1,
		sizeof(*run) + count * sizeof(run->items[0]));

	if (run)
		run->count = count;
	return run;
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
	run = new_run(analyzer, parts->count);
	for (i = 0; run && i < parts->count; i++) {
		place_part(&run->items[i], &analyzer->normal,
			&parts->items[i]);
		run->items[i].word =
			part_word(analyzer, language, &parts->items[i]);
		if (!run->items[i].word)
			return NULL;
	}
	return run;
}

/* Letters alone are one word in every language, with nothing to normalise or
 * split: the short way to what make_run does. NULL with *is_plain 0: take the
 * long way. */
static struct run_words *make_plain_run(struct kzi_analyzer *analyzer,
	int language, const char *bytes, size_t length, int *is_plain)
{
	char lower[KZI_RUN_MOST];
	struct run_words *run;

	*is_plain = kzi_latin_normalize(lower, bytes, length);
	run = *is_plain ? new_run(analyzer, 1) : NULL;
	if (!run)
		return NULL;
	run->items[0].length = (uint16_t)length;
	run->items[0].word = find_word(analyzer, language, lower, length);
	return run->items[0].word ? run : NULL;
}

static struct run_words *work_out(struct kzi_analyzer *analyzer, int language,
	const char *bytes, const struct kzi_run *place)
{
	struct run_words *run = NULL;
	int is_plain = place->is_plain;

	if (is_plain)
		run = make_plain_run(
			analyzer, language, bytes, place->length, &is_plain);
	if (!is_plain)
		run = make_run(analyzer, language, bytes, place->length);
	return run;
}

/* The bytes of a run, which its word may hold already. */
static const char *keep_bytes(struct kzi_analyzer *analyzer,
	const struct run_words *run, const char *bytes, size_t length)
{
	const struct kzi_word *word = run->count ? run->items[0].word : NULL;

	if (word && word->length == length && !memcmp(word->text, bytes, length))
		return word->text;
	return kzi_arena_copy(&analyzer->arena, bytes, length);
}

static const struct run_words *find_run(struct kzi_analyzer *analyzer,
	int language, const char *text, const struct kzi_run *place)
{
	const char *bytes = text + place->offset;
	struct kzi_memo_slot *slot = kzi_memo_find(
		&analyzer->runs, language, bytes, place->length);
	struct run_words *run;

	if (!slot)
		return NULL;
	if (slot->kept)
		return (struct run_words *)(void *)slot->kept;
	run = work_out(analyzer, language, bytes, place);
	if (!run)
		return NULL;
	run->key.bytes = keep_bytes(analyzer, run, bytes, place->length);
	run->key.length = (uint32_t)place->length;
	run->key.language = language;
	if (!run->key.bytes)
		return NULL;
	kzi_memo_keep(&analyzer->runs, slot, &run->key);
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

static int take_run(struct kzi_analyzer *analyzer, int language,
	const char *text, const struct kzi_run *run, struct kzi_tokens *tokens)
{
	const struct run_words *words =
		find_run(analyzer, language, text, run);

	if (!words || !make_room(tokens, words->count))
		return 0;
	add_tokens(tokens, words, run->offset);
	return 1;
}

/* A run that is a word as it stands, as most are, is not remembered twice. */
static int take_word(struct kzi_analyzer *analyzer, int language,
	const char *text, const struct kzi_run *run,
	const struct kzi_starts *starts, struct kzi_tokens *tokens)
{
	const char *bytes = text + run->offset;
	struct kzi_word *word = NULL;
	struct kzi_token *token;

	if (kzi_may_start(language, bytes, run->length, starts)) {
		word = find_word(analyzer, language, bytes, run->length);
		if (!word)
			return 0;
	}
	if (!make_room(tokens, 1))
		return 0;
	token = &tokens->items[tokens->count++];
	token->offset = (uint32_t)run->offset;
	token->length = (uint32_t)run->length;
	token->position = tokens->positions++;
	token->flags = 0;
	token->word = word;
	return 1;
}

int kzi_analyze_for(struct kzi_analyzer *analyzer, int language,
	const char *text, size_t length, const struct kzi_starts *starts,
	struct kzi_tokens *tokens)
{
	struct kzi_run run;
	size_t at = 0;

	tokens->count = 0;
	tokens->positions = 0;
	while (kzi_segment_next(&run, text, length, &at, language)) {
		int is_word = run.is_plain &&
			kzi_latin_is_normal(text + run.offset, run.length);

		if (is_word ? !take_word(analyzer, language, text, &run,
				      starts, tokens)
			    : !take_run(analyzer, language, text, &run,
				      tokens)) {
			tokens->count = 0;
			return 0;
		}
	}
	return 1;
}

int kzi_analyze(struct kzi_analyzer *analyzer, int language, const char *text,
	size_t length, struct kzi_tokens *tokens)
{
	static const struct kzi_starts all = { .is_all = 1 };

	return kzi_analyze_for(
		analyzer, language, text, length, &all, tokens);
}

int kzi_token_is_stop(struct kzi_analyzer *analyzer, int language,
	const char *text, const struct kzi_token *token)
{
	if (token->word)
		return token->word->is_stop;
	return kzi_is_stop(&analyzer->stops[language], kzi_lang_data(language),
		text + token->offset, token->length);
}

size_t kzi_token_fold(char *out, size_t capacity, const char *text,
	const struct kzi_token *token)
{
	size_t length = 0;

	if (token->length <= capacity)
		length = kzi_latin_fold(
			out, text + token->offset, token->length);
	if (!length)
		length = kzi_fold(
			out, capacity, text + token->offset, token->length);
	return length;
}

void kzi_tokens_release(struct kzi_tokens *tokens)
{
	kzi_free(tokens->items);
	memset(tokens, 0, sizeof(*tokens));
}
