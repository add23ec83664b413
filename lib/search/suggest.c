/* suggest.c -- a query with other spellings for what the index does not hold.
 *
 * A word is in question if no language of the index knows it under any of its
 * stems. It is looked for in each language; the language in which all of its
 * parts come out nearest says how it is spelt:
 *
 *     learnin comunitatae         =>  learning comunitatea
 *     "learnin comunitatae" 2007  =>  as it is: what stands in quotation marks
 *                                     is meant so, and numbers are
 *     becuase learnin             =>  becuase learning: a stop word finds
 *                                     nothing, however it is spelt
 *
 * When a query finds nothing although its words are known, a rare word may
 * still be a slip that some text shares; a frequent neighbour is then tried. */
#include "search/suggest.h"

#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "search/across.h"

enum {
	FIXES_MOST = 8, /* Words put right in one query; each costs a walk over
			   the words of every language. */
	PARTS_MOST = 8, /* Words that one leaf is cut into: "e-mial". */
	/* What the language of a word counts, in the units of spell.c: a
	 * prior of one half, which was guessed from the slip too, and no
	 * other word of the query known there. */
	PRIOR_COST = 3,
	STRANGER_COST = 6,
	/* A known word is taken for a slip if it is in so many passages at
	 * most and one within an edit in so many times more. */
	SLIP_MOST = 3,
	SLIP_TIMES = 10,
	SLIP_COST = 10
};

/* Bytes of the query, and what should stand there. */
struct fix {
	size_t offset, length;
	char word[KZI_VOCABULARY_WORD_MOST + 1];
};

/* The fixes of one leaf in one language. */
struct leaf_fixes {
	struct fix items[PARTS_MOST];
	size_t count;
	size_t read; /* Parts read as another word: put right, or left as a
			slip of a stop word. */
	int score; /* Lower is better. */
};

struct suggester {
	struct kzi_ask *ask;
	struct kzi_speller speller;
	int takes_known; /* Words that are in the index are in question too. */
	struct leaf_fixes best;
	size_t fixed;
	size_t copied;   /* Bytes of the query that are in `out`. */
	struct kzi_buf *out;
	kz_status status;
};

/* ---- Which words ------------------------------------------------------- */

static int is_known(const struct kzi_reading *reading)
{
	return reading->word->is_stop || reading->frequency > 0;
}

static int leaf_is_known(const struct kzi_leaf *leaf)
{
	uint32_t i;

	for (i = 0; i < leaf->count; i++)
		if (!leaf->is_joined[i] && !is_known(&leaf->readings[i]))
			return 0;
	return 1;
}

/* 1 if some language knows all parts of leaf number i, or across languages the
 * word table does. */
static int is_known_somewhere(const struct kzi_ask *ask, uint32_t i)
{
	uint32_t v;

	for (v = 0; v < ask->version_count; v++)
		if (leaf_is_known(&ask->versions[v].leaves[i]))
			return 1;
	return ask->across && kzi_across_knows(ask, i);
}

/* A word as such: not a phrase, not word*, not title:word, not -word. */
static int is_plain(const struct kzi_leaf *leaf)
{
	return leaf->node->type == KZI_NODE_WORD && !leaf->node->field &&
		!leaf->is_negative;
}

static int has_digit(const struct kzi_word *word)
{
	size_t i;

	for (i = 0; i < word->length; i++)
		if (word->text[i] >= '0' && word->text[i] <= '9')
			return 1;
	return 0;
}

/* ---- One word in one language ------------------------------------------ */

/* 1 if the spelling is worth to be taken for the word that was typed. */
static int is_worth(const struct suggester *suggester,
	const struct kzi_reading *reading, const struct kzi_spelling *spelling)
{
	if (!suggester->takes_known || reading->frequency == 0)
		return 1;
	return reading->frequency <= SLIP_MOST && spelling->cost <= SLIP_COST &&
		spelling->passages >= SLIP_TIMES * (int64_t)reading->frequency;
}

/* 1 if the part stays as it is or was put right; 0 if nobody knows it. */
static int fix_part(struct suggester *suggester, int language,
	const struct kzi_leaf *leaf, uint32_t i, struct leaf_fixes *fixes)
{
	const struct kzi_ask *ask = suggester->ask;
	const struct kzi_reading *reading = &leaf->readings[i];
	const struct kzi_token *token = &ask->index->tokens.items[i];
	struct kzi_spelling best;
	struct fix *fix = &fixes->items[fixes->count];
	size_t count;

	if (leaf->is_joined[i] || reading->word->is_stop ||
		has_digit(reading->word) ||
		(reading->frequency > 0 && !suggester->takes_known))
		return 1;
	if (fixes->count == PARTS_MOST)
		return 0;
	suggester->status = kzi_spellings(&suggester->speller, language,
		reading->word->text, reading->word->length, &best, 1, &count,
		ask->err);
	if (suggester->status != KZ_OK || count == 0 ||
		(!best.is_stop && !is_worth(suggester, reading, &best)))
		return reading->frequency > 0;
	fixes->score += best.score;
	fixes->read++;
	if (best.is_stop)
		return 1;
	fix->offset = (size_t)(leaf->node->text - ask->query) + token->offset;
	fix->length = token->length;
	memcpy(fix->word, best.word, sizeof(fix->word));
	fixes->count++;
	return 1;
}

/* How far the language is from being that of the query. */
static int language_cost(const struct kzi_version *version, uint32_t but)
{
	int cost = (int)(2 * PRIOR_COST * (1 - version->prior));
	uint32_t i, j;

	for (i = 0; i < version->leaf_count; i++)
		for (j = 0; i != but && j < version->leaves[i].count; j++)
			if (version->leaves[i].readings[j].frequency > 0 &&
				!version->leaves[i].readings[j].word->is_stop)
				return cost;
	return cost + STRANGER_COST;
}

/* ---- One leaf ---------------------------------------------------------- */

/* The leaf in one language, kept if it is the best so far. */
static void try_version(struct suggester *suggester,
	const struct kzi_version *version, uint32_t number)
{
	const struct kzi_leaf *leaf = &version->leaves[number];
	kz_index *index = suggester->ask->index;
	struct leaf_fixes fixes = { .count = 0 };
	uint32_t i;

	if (!kzi_analyze(index->analyzer, version->language, leaf->node->text,
		    leaf->node->length, &index->tokens)) {
		suggester->status = kzi_fail_memory(suggester->ask->err);
		return;
	}
	fixes.score = language_cost(version, number);
	for (i = 0; i < leaf->count && i < index->tokens.count; i++)
		if (!fix_part(suggester, version->language, leaf, i, &fixes) ||
			suggester->status != KZ_OK)
			return;
	if (fixes.read > 0 &&
		(!suggester->best.read ||
			fixes.score < suggester->best.score))
		suggester->best = fixes;
}

static void copy_to(struct suggester *suggester, size_t end)
{
	kzi_buf_append(suggester->out,
		suggester->ask->query + suggester->copied,
		end - suggester->copied);
	suggester->copied = end;
}

static void put_fixes(struct suggester *suggester)
{
	size_t i;

	for (i = 0; i < suggester->best.count; i++) {
		const struct fix *fix = &suggester->best.items[i];

		copy_to(suggester, fix->offset);
		kzi_buf_text(suggester->out, fix->word);
		suggester->copied = fix->offset + fix->length;
	}
	suggester->fixed += suggester->best.count;
}

/* ---- The query --------------------------------------------------------- */

/* Leaves stand in the order of the query, the same in every version. */
static void fix_leaves(struct suggester *suggester)
{
	const struct kzi_ask *ask = suggester->ask;
	uint32_t i, v;

	for (i = 0; i < ask->versions[0].leaf_count &&
		suggester->fixed < FIXES_MOST;
		i++) {
		if (!is_plain(&ask->versions[0].leaves[i]) ||
			(!suggester->takes_known && is_known_somewhere(ask, i)))
			continue;
		suggester->best.count = suggester->best.read = 0;
		for (v = 0; v < ask->version_count &&
			suggester->status == KZ_OK;
			v++)
			try_version(suggester, &ask->versions[v], i);
		put_fixes(suggester);
	}
}

/* A suggestion is text, whatever the query was. */
static void clean(struct kzi_buf *text)
{
	struct kzi_buf clean = { 0 };
	size_t at = 0;

	while (at < text->length) {
		char bytes[KZI_UTF8_MOST];
		uint32_t c;

		at += kzi_utf8_decode(text->data + at, text->length - at, &c);
		kzi_buf_append(
			&clean, bytes, kzi_utf8_encode(bytes, c ? c : ' '));
	}
	clean.failed |= text->failed;
	kzi_buf_release(text);
	*text = clean;
}

kz_status kzi_suggest(struct kzi_ask *ask, int has_hits, struct kzi_buf *out)
{
	struct suggester suggester = { .ask = ask, .out = out,
		.speller = { .store = ask->index->store } };

	if (ask->version_count == 0)
		return KZ_OK;
	fix_leaves(&suggester);
	if (!has_hits && suggester.fixed == 0 && suggester.status == KZ_OK) {
		suggester.takes_known = 1;
		fix_leaves(&suggester);
	}
	if (suggester.status != KZ_OK || suggester.fixed == 0)
		return suggester.status;
	copy_to(&suggester, ask->length);
	clean(out);
	return out->failed ? kzi_fail_memory(ask->err) : KZ_OK;
}
