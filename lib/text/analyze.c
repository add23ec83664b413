/* analyze.c -- the pipeline: segment, normalise, split, stem.
 *
 * What a run becomes depends on its language and its bytes alone, so both steps
 * are remembered: bytes of a run => the words in it, and normalised word =>
 * its terms. Then analysis runs at the speed of finding the runs. */
#include "text/text.h"

#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/memo.h"
#include "text/compound.h"
#include "text/lang.h"
#include "text/latin.h"
#include "text/normalize.h"
#include "text/segment.h"
#include "text/sieve.h"
#include "text/split.h"
#include "text/stem.h"
#include "text/stop.h"

_Static_assert((int)KZI_WORD_MOST == (int)KZI_NORMAL_MOST,
	"a word is a part of what is normalised");

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

void kzi_analyzer_remember(struct kzi_analyzer *analyzer, size_t memory)
{
	analyzer->limit = memory;
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

int kzi_analyzer_is_full(const struct kzi_analyzer *analyzer)
{
	return analyzer->arena.total > analyzer->limit;
}

void kzi_analyzer_trim(struct kzi_analyzer *analyzer)
{
	if (!kzi_analyzer_is_full(analyzer))
		return;
	kzi_memo_clear(&analyzer->runs);
	kzi_memo_clear(&analyzer->words);
	kzi_arena_reset(&analyzer->arena);
}

/* ---- Words ------------------------------------------------------------- */

/* The terms of one word while they are being made. */
struct term_list {
	struct kzi_term items[KZI_WORD_TERMS];
	char room[KZI_WORD_TERMS * KZI_TERM_MOST];
	size_t used;
	uint8_t count;
};

static void add_term(struct term_list *list, const struct kzi_word *word,
	int kind, struct kzi_stem_text text)
{
	char *bytes = list->room + list->used;
	size_t size = kzi_term_make(
		bytes, kind, word->language, text.bytes, text.length);
	struct kzi_term *term = &list->items[list->count++];

	term->bytes = bytes;
	term->number = 0;
	term->length = (uint8_t)size;
	term->kind = (uint8_t)kind;
	list->used += size;
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
	add_term(list, word, KZI_BARE, bare.items[0]);
	return 1;
}

/* Beside the base form, which is sure, what stemming by rule makes of the word:
 * programació and programar have base forms of their own, and one root. A word
 * that the dictionary does not know has been stemmed by rule already. */
static int add_root(struct kzi_analyzer *analyzer, struct term_list *list,
	const struct kzi_word *word, const struct kzi_stems *stems)
{
	struct kzi_stems root;

	if (word->is_stop || !kzi_has_roots(word->language))
		return 1;
	if (stems->is_root) {
		add_term(list, word, KZI_ROOT, stems->items[0]);
		return 1;
	}
	if (!kzi_root(&analyzer->stemmers, word->language, word->text,
		    word->length, &root))
		return 0;
	if (root.count)
		add_term(list, word, KZI_ROOT, root.items[0]);
	return 1;
}

/* The parts of a compound, by its first stem. */
static void add_parts(struct term_list *list, const struct kzi_word *word,
	const struct kzi_stems *stems)
{
	struct kzi_stem_text parts[KZI_COMPOUND_PARTS];
	int count, i;

	if (word->is_stop)
		return;
	count = kzi_compound_parts(word->language, stems->items[0].bytes,
		stems->items[0].length, parts);
	for (i = 0; i < count; i++)
		add_term(list, word, KZI_PART, parts[i]);
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
		add_term(list, word, KZI_STEM, stems.items[i]);
	if (!add_bare(analyzer, list, word, &stems))
		return 0;
	add_parts(list, word, &stems);
	if (!add_root(analyzer, list, word, &stems))
		return 0;
	if (prefix.length)
		add_term(list, word, KZI_PREFIX, prefix);
	return 1;
}

/* Make the terms of a word, which are kept with their bytes behind them. */
static int keep_terms(struct kzi_analyzer *analyzer, struct kzi_word *word)
{
	struct term_list list;
	struct kzi_term *terms;
	size_t size;
	char *bytes;
	int i;

	list.used = list.count = 0;
	if (!make_terms(analyzer, &list, word))
		return 0;
	size = list.count * sizeof(terms[0]);
	terms = kzi_arena_get(&analyzer->arena, size + list.used);
	if (!terms)
		return 0;
	bytes = (char *)terms + size;
	memcpy(terms, list.items, size);
	memcpy(bytes, list.room, list.used);
	for (i = 0; i < list.count; i++)
		terms[i].bytes = bytes + (list.items[i].bytes - list.room);
	word->terms = terms;
	word->term_count = list.count;
	return 1;
}

int kzi_word_terms(struct kzi_analyzer *analyzer, struct kzi_word *word)
{
	return word->terms || keep_terms(analyzer, word);
}

/* The word without accents; a word that has none shares its text. Returns the
 * length, 0 if it does. */
static size_t fold_word(
	char folded[KZI_NORMAL_MOST], const char *text, size_t length)
{
	size_t size = kzi_fold(folded, KZI_NORMAL_MOST, text, length);

	/* No size: nothing but marks. */
	return size == length && !memcmp(folded, text, length) ? 0 : size;
}

/* A word is kept with its text, and the folded one, behind it. */
static struct kzi_word *make_word(struct kzi_analyzer *analyzer, int language,
	const char *text, size_t length)
{
	char folded[KZI_NORMAL_MOST];
	size_t folded_size = fold_word(folded, text, length);
	struct kzi_word *word = kzi_arena_zero(&analyzer->arena, 1,
		sizeof(*word) + length + 1 + folded_size + 1);
	char *bytes = (char *)(word + 1);

	if (!word)
		return NULL;
	word->language = (uint8_t)language;
	word->text = word->folded = memcpy(bytes, text, length);
	word->length = word->folded_length = (uint16_t)length;
	if (folded_size) {
		word->folded = memcpy(bytes + length + 1, folded, folded_size);
		word->folded_length = (uint16_t)folded_size;
	}
	word->is_stop = (uint8_t)kzi_is_stop(language, text, length);
	return word;
}

static void keep_word(struct kzi_analyzer *analyzer, struct kzi_memo_slot *slot,
	struct kzi_word *word, int language)
{
	word->key.bytes = word->text;
	word->key.length = word->length;
	word->key.language = language;
	kzi_memo_keep(&analyzer->words, slot, &word->key);
}

static struct kzi_word *find_word(struct kzi_analyzer *analyzer, int language,
	const char *text, size_t length, uint64_t hash)
{
	struct kzi_memo_slot *slot = kzi_memo_find(
		&analyzer->words, hash, language, text, length);
	struct kzi_word *word;

	if (!slot)
		return NULL;
	if (slot->kept)
		return (struct kzi_word *)(void *)slot->kept;
	word = make_word(analyzer, language, text, length);
	if (word)
		keep_word(analyzer, slot, word, language);
	return word;
}

/* A stop word that is none by itself is remembered under a language of its
 * own. */
struct kzi_word *kzi_word_find(struct kzi_analyzer *analyzer, int language,
	const char *text, size_t length, int is_stop)
{
	int key = language + (is_stop && !kzi_is_stop(language, text, length)
				      ? KZI_LANGUAGES
				      : 0);
	struct kzi_memo_slot *slot = kzi_memo_find(&analyzer->words,
		kzi_memo_hash(key, text, length), key, text, length);
	struct kzi_word *word;

	if (!slot || slot->kept)
		return slot ? (struct kzi_word *)(void *)slot->kept : NULL;
	word = make_word(analyzer, language, text, length);
	if (!word)
		return NULL;
	word->is_stop |= (uint8_t)is_stop;
	keep_word(analyzer, slot, word, key);
	return word;
}

/* ---- Runs -------------------------------------------------------------- */

/* Where the part that ends before byte `end` of the normal form ends in the
 * run. A character that is several there ("⒐" is "9.") is not parted. */
static size_t source_end(const struct kzi_normal *normal, size_t end)
{
	uint16_t last = normal->source[end - 1];

	while (end < normal->length && normal->source[end] == last)
		end++;
	return normal->source[end];
}

/* Where a part lies in the bytes of the run. */
static void place_part(struct run_word *item, const struct kzi_normal *normal,
	const struct kzi_part *part)
{
	item->offset = normal->source[part->start];
	item->length =
		(uint16_t)(source_end(normal, part->end) - item->offset);
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
		return find_word(analyzer, language, text, part->length,
			kzi_memo_hash(language, text, part->length));
	word = make_word(analyzer, language, text, part->length);
	if (word)
		word->is_stop = 1;
	return word;
}

/* A run is kept with its bytes behind its words. */
static struct run_words *new_run(struct kzi_analyzer *analyzer, int language,
	const char *bytes, size_t length, size_t count)
{
	size_t size = sizeof(struct run_words) +
		count * sizeof(struct run_word);
	struct run_words *run =
		kzi_arena_zero(&analyzer->arena, 1, size + length);

	if (!run)
		return NULL;
	run->count = count;
	run->key.bytes = memcpy((char *)run + size, bytes, length);
	run->key.length = (uint32_t)length;
	run->key.language = language;
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
	run = new_run(analyzer, language, bytes, length, parts->count);
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

static const struct run_words *find_run(struct kzi_analyzer *analyzer,
	int language, const char *bytes, size_t length)
{
	struct kzi_memo_slot *slot = kzi_memo_find(&analyzer->runs,
		kzi_memo_hash(language, bytes, length), language, bytes,
		length);
	struct run_words *run;

	if (!slot)
		return NULL;
	if (slot->kept)
		return (struct run_words *)(void *)slot->kept;
	run = make_run(analyzer, language, bytes, length);
	if (!run)
		return NULL;
	kzi_memo_keep(&analyzer->runs, slot, &run->key);
	return run;
}

/* ---- Tokens ------------------------------------------------------------ */

/* A token's word that is not looked up yet. There are always some, so that what
 * the memo holds of them is fetched from memory meanwhile. */
struct awaited {
	size_t token;
	const char *text; /* Its normal form. */
	size_t length;
	uint64_t hash;
	char lower[KZI_RUN_MOST];
};

enum { AHEAD = 8 }; /* 4 are too few, 16 no better. */

/* A text on its way to tokens. */
struct pass {
	struct kzi_analyzer *analyzer;
	int language;
	const char *text;
	const struct kzi_starts *starts;
	struct kzi_tokens *tokens;
	struct awaited queue[AHEAD];
	size_t awaited, found; /* Words that were put there, and taken out. */
};

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

/* A run of several words, or of other characters. */
static int take_run(struct pass *pass, const struct kzi_run *run)
{
	const char *bytes = pass->text + run->offset;
	struct kzi_tokens *tokens = pass->tokens;
	const struct run_words *words = find_run(pass->analyzer,
		pass->language, bytes, run->length);
	size_t i;

	if (!words || !make_room(tokens, words->count))
		return 0;
	for (i = 0; i < words->count; i++) {
		const struct run_word *from = &words->items[i];
		struct kzi_token *token = &tokens->items[tokens->count++];

		token->offset = (uint32_t)(run->offset + from->offset);
		token->length = from->length;
		token->position = tokens->positions;
		token->flags = from->is_joined ? KZI_TOKEN_JOINED : 0;
		token->word = from->word;
		if (!from->is_joined)
			tokens->positions++;
	}
	return 1;
}

/* Letters or digits alone are one word in every language, with nothing to
 * split: most runs are, and are not remembered twice. */
static int take_word(struct pass *pass, const struct kzi_run *run)
{
	struct kzi_tokens *tokens = pass->tokens;
	struct kzi_token *token;

	if (!make_room(tokens, 1))
		return 0;
	token = &tokens->items[tokens->count++];
	token->offset = (uint32_t)run->offset;
	token->length = (uint32_t)run->length;
	token->position = tokens->positions++;
	token->flags = run->is_ascii ? KZI_TOKEN_ASCII : 0;
	token->word = NULL;
	return 1;
}

/* Look up the word that waits longest. */
static int find_awaited(struct pass *pass)
{
	const struct awaited *next = &pass->queue[pass->found++ % AHEAD];
	struct kzi_word *word = find_word(pass->analyzer, pass->language,
		next->text, next->length, next->hash);

	pass->tokens->items[next->token].word = word;
	return word != NULL;
}

/* Have the last token's word looked up soon: its slot in the memo is fetched
 * now, what is kept there when a few more have come. */
static void await(struct pass *pass, struct awaited *next, const char *text,
	size_t length)
{
	struct kzi_memo *memo = &pass->analyzer->words;

	next->token = pass->tokens->count - 1;
	next->text = text;
	next->length = length;
	next->hash = kzi_memo_hash(pass->language, text, length);
	kzi_memo_expect_slot(memo, next->hash);
	if (++pass->awaited - pass->found > AHEAD / 2)
		kzi_memo_expect_kept(memo,
			pass->queue[(pass->awaited - 1 - AHEAD / 2) % AHEAD]
				.hash);
}

static int is_left_out(
	const struct pass *pass, const char *word, size_t length)
{
	const struct kzi_starts *starts = pass->starts;

	if (!starts)
		return 0;
	if (starts->words && length <= KZI_FORM_WORD &&
		!kzi_word_set_may_have(starts->words, word, length))
		return 1;
	return !kzi_may_start(pass->language, word, length, starts);
}

static int take(struct pass *pass, const struct kzi_run *run)
{
	const char *text = pass->text + run->offset;
	struct awaited *next = &pass->queue[pass->awaited % AHEAD];

	if (run->is_normal && is_left_out(pass, text, run->length))
		return take_word(pass, run);
	if (!run->is_plain)
		return take_run(pass, run);
	if (pass->awaited - pass->found == AHEAD && !find_awaited(pass))
		return 0;
	if (!run->is_normal) {
		if (!kzi_latin_normalize(next->lower, text, run->length))
			return take_run(pass, run);
		text = next->lower;
	}
	if (!take_word(pass, run))
		return 0;
	await(pass, next, text, run->length);
	return 1;
}

static int take_all(struct pass *pass, size_t length)
{
	struct kzi_run run;
	size_t at = 0;

	while (kzi_segment_next(&run, pass->text, length, &at, pass->language))
		if (!take(pass, &run))
			return 0;
	while (pass->found < pass->awaited)
		if (!find_awaited(pass))
			return 0;
	return 1;
}

int kzi_analyze_for(struct kzi_analyzer *analyzer, int language,
	const char *text, size_t length, const struct kzi_starts *starts,
	struct kzi_tokens *tokens)
{
	struct pass pass;

	pass.analyzer = analyzer;
	pass.language = language;
	pass.text = text;
	pass.starts = starts;
	pass.tokens = tokens;
	pass.awaited = pass.found = 0;
	tokens->count = 0;
	tokens->positions = 0;
	if (take_all(&pass, length))
		return 1;
	tokens->count = 0;
	return 0;
}

int kzi_analyze(struct kzi_analyzer *analyzer, int language, const char *text,
	size_t length, struct kzi_tokens *tokens)
{
	return kzi_analyze_for(
		analyzer, language, text, length, NULL, tokens);
}

int kzi_token_is_stop(
	int language, const char *text, const struct kzi_token *token)
{
	if (token->word)
		return token->word->is_stop;
	return kzi_is_stop(language, text + token->offset, token->length);
}

size_t kzi_token_fold(char *out, size_t capacity, const char *text,
	const struct kzi_token *token)
{
	const char *bytes = text + token->offset;
	size_t i;

	/* Such tokens are in normal form: ASCII is folded as it stands. */
	for (i = 0; i < token->length; i++)
		if (bytes[i] & 0x80)
			return kzi_fold(out, capacity, bytes, token->length);
	if (token->length > capacity)
		return kzi_fold(out, capacity, bytes, token->length);
	memcpy(out, bytes, token->length);
	return token->length;
}

void kzi_tokens_release(struct kzi_tokens *tokens)
{
	kzi_free(tokens->items);
	memset(tokens, 0, sizeof(*tokens));
}
