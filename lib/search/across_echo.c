/* across_echo.c -- see across.h: the best passages say what is meant in their
 * own words, and others are asked for those, each in its language.
 *
 * Dictionaries have no word for a part of what queries say, and several for the
 * rest. A passage that holds the right ones holds more of the same matter, and
 * what it says is asked of the others (Rocchio's feedback, over English, within
 * what was found):
 *
 *     y pont, yr afon   (Welsh)
 *     => bridge, river
 *     => híd, folyó     (asked of Hungarian passages) */
#include "search/across_hear.h"

#include <stddef.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "search/constants.h"
#include "search/forms.h"

enum {
	TERMS_MOST = 256,
	TERM_SLOTS = 2 * TERMS_MOST /* A power of two. */
};

/* A stem that says a concept. */
struct echo_term {
	struct kzi_term term;
	uint32_t concept;
	double share;
};

/* How a language says them. */
struct voice {
	struct kzi_starts starts;
	struct kzi_word_set words;
	uint32_t count;
	uint16_t slots[TERM_SLOTS]; /* Which term, from 1; 0: free. */
	struct echo_term terms[TERMS_MOST];
};

struct echo {
	struct kzi_ask *ask;
	struct kzi_heard heard;
	uint32_t languages; /* Bits of those that have a voice. */
	struct voice *voices[KZI_LANGUAGES];
	kz_status status;
};

static void fail(struct echo *echo)
{
	echo->status = kzi_fail_memory(echo->ask->err);
}

/* ---- How a language says it -------------------------------------------- */

static uint16_t *slot_of(struct voice *voice, const struct kzi_term *term)
{
	uint32_t i = (uint32_t)kzi_hash(term->bytes, term->length, 0) &
		(TERM_SLOTS - 1);

	while (voice->slots[i] &&
		!kzi_term_equal(&voice->terms[voice->slots[i] - 1].term, term))
		i = (i + 1) & (TERM_SLOTS - 1);
	return &voice->slots[i];
}

/* A stem that says several concepts says the strongest. */
static void add_term(struct voice *voice, const struct kzi_term *term,
	uint32_t concept, double share)
{
	uint16_t *slot = slot_of(voice, term);

	if (*slot || voice->count == TERMS_MOST)
		return;
	voice->terms[voice->count++] =
		(struct echo_term){ *term, concept, share };
	*slot = (uint16_t)voice->count;
	kzi_starts_add(&voice->starts, term);
}

/* A word of the language: "nave espacial" is two of them, and each is less. */
static void add_words(struct echo *echo, int language, struct kzi_string text,
	uint32_t concept, double share)
{
	kz_index *index = echo->ask->index;
	uint32_t all;
	size_t i;
	int t;

	if (!kzi_across_cut(echo->ask, language, text, &all)) {
		fail(echo);
		return;
	}
	for (i = 0; i < index->foreign.count; i++) {
		struct kzi_word *word = index->foreign.items[i].word;

		if (!kzi_across_counts(&index->foreign.items[i]))
			continue;
		if (!kzi_word_terms(index->analyzer, word)) {
			fail(echo);
			return;
		}
		for (t = 0; t < word->term_count; t++)
			if (word->terms[t].kind == KZI_STEM)
				add_term(echo->voices[language],
					&word->terms[t], concept,
					share / all);
	}
}

static void add_glosses(struct echo *echo, uint32_t concept)
{
	const struct kzi_heard_concept *said = &echo->heard.concepts[concept];
	struct kzi_glosses found[KZI_LANGUAGES];
	struct kzi_scan walk;
	uint32_t i;
	int l;

	if (!kzi_glossary_find(echo->ask->across->glossary, KZI_EN, said->key,
		    said->length, &walk))
		return;
	kzi_across_glosses(walk, echo->languages & ~((uint32_t)1 << KZI_EN),
		KZI_GLOSSES_MOST, found);
	for (l = 0; l < KZI_LANGUAGES; l++)
		for (i = 0; i < found[l].count && echo->status == KZ_OK; i++)
			add_words(echo, l, found[l].items[i].text, concept,
				found[l].shares[i] / found[l].shares[0]);
}

static void add_stem(struct echo *echo, uint32_t concept)
{
	const struct kzi_heard_concept *said = &echo->heard.concepts[concept];
	char bytes[KZI_TERM_MOST];
	struct kzi_term term = { .kind = KZI_STEM };

	term.length = (uint8_t)kzi_term_make(
		bytes, KZI_STEM, KZI_EN, said->key, said->length);
	term.bytes = kzi_arena_copy(&echo->ask->arena, bytes, term.length);
	if (term.bytes)
		add_term(echo->voices[KZI_EN], &term, concept, 1);
	else
		fail(echo);
}

/* The words of the index that have one of the stems, so that no other word of a
 * passage is looked at. */
static int add_forms(struct echo *echo, int language)
{
	struct voice *voice = echo->voices[language];
	struct kzi_version *version = kzi_across_version(echo->ask, language);
	uint32_t i;

	if (!version->knows_all)
		return 1;
	for (i = 0; i < voice->count; i++)
		if (!kzi_forms_add_words(echo->ask, version,
			    &voice->terms[i].term, &voice->words))
			return 0;
	voice->starts.words = &voice->words;
	return 1;
}

/* A word that the table does not know is said alike everywhere. */
static void add_name(struct echo *echo, uint32_t concept)
{
	struct kzi_string text = { echo->heard.concepts[concept].key,
		echo->heard.concepts[concept].length };
	int l;

	for (l = 0; l < KZI_LANGUAGES && echo->status == KZ_OK; l++)
		if (echo->voices[l])
			add_words(echo, l, text, concept, 1);
}

static void begin_voices(struct echo *echo)
{
	int l;

	for (l = 0; l < KZI_LANGUAGES && echo->status == KZ_OK; l++) {
		if (!(echo->languages >> l & 1))
			continue;
		echo->voices[l] = kzi_arena_get(
			&echo->ask->arena, sizeof(struct voice));
		if (echo->voices[l])
			memset(echo->voices[l], 0,
				offsetof(struct voice, terms));
		else
			fail(echo);
	}
}

static void make_voices(struct echo *echo)
{
	uint32_t i;
	int l;

	begin_voices(echo);
	for (i = 0; i < echo->heard.count && echo->status == KZ_OK; i++) {
		if (!echo->heard.concepts[i].is_english) {
			add_name(echo, i);
			continue;
		}
		if (echo->voices[KZI_EN])
			add_stem(echo, i);
		add_glosses(echo, i);
	}
	for (l = 0; l < KZI_LANGUAGES && echo->status == KZ_OK; l++)
		if (echo->voices[l] && !add_forms(echo, l))
			fail(echo);
}

/* ---- Who says it ------------------------------------------------------- */

static void count_concepts(struct echo *echo, struct voice *voice,
	const struct kzi_tokens *tokens, double found[KZI_HEARD_MOST])
{
	size_t i;
	int t;

	for (i = 0; i < tokens->count; i++) {
		struct kzi_word *word = tokens->items[i].word;

		if (!word || kzi_cannot_start(&voice->starts, word))
			continue;
		if (!kzi_word_terms(echo->ask->index->analyzer, word)) {
			fail(echo);
			return;
		}
		for (t = 0; t < word->term_count; t++) {
			uint16_t slot = *slot_of(voice, &word->terms[t]);

			if (!slot)
				continue;
			found[voice->terms[slot - 1].concept] +=
				voice->terms[slot - 1].share;
			break;
		}
	}
}

static void listen(struct echo *echo, struct kzi_candidate *candidate,
	double best)
{
	kz_index *index = echo->ask->index;
	int language = candidate->row.language;
	const struct kzi_version *version =
		kzi_version_of(echo->ask, language);
	double found[KZI_HEARD_MOST] = { 0 }, sum = 0;
	uint32_t i;

	if (!version || !echo->voices[language])
		return;
	echo->status = kzi_candidate_read(echo->ask, candidate);
	if (echo->status != KZ_OK)
		return;
	if (!kzi_analyze_for(index->analyzer, language,
		    candidate->record->text.bytes,
		    candidate->record->text.length,
		    &echo->voices[language]->starts, &index->tokens)) {
		fail(echo);
		return;
	}
	count_concepts(echo, echo->voices[language], &index->tokens, found);
	for (i = 0; i < echo->heard.count; i++)
		if (found[i] > 0)
			sum += echo->heard.concepts[i].weight *
				kzi_saturate(found[i],
					index->tokens.positions);
	candidate->echo = version->prior * best * sum / echo->heard.sum;
}

static int is_own(
	const struct echo *echo, const struct kzi_candidate *candidate)
{
	int language = candidate->row.language;

	return language < KZI_LANGUAGES &&
		echo->ask->across->sources[language].weight >= 1;
}

static void listen_to_all(struct echo *echo, struct kzi_candidate *candidates,
	size_t count, double best)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!is_own(echo, &candidates[i]) &&
			kzi_version_of(echo->ask, candidates[i].row.language))
			echo->languages |= (uint32_t)1
				<< candidates[i].row.language;
	make_voices(echo);
	for (i = 0; i < count && echo->status == KZ_OK; i++)
		if (!is_own(echo, &candidates[i]))
			listen(echo, &candidates[i], best);
}

/* A passage in the language of the query was found by the words of the query
 * themselves: its echo is its share of the greatest, so that these passages
 * keep their order and are not pushed down. */
static void add_up(
	struct echo *echo, struct kzi_candidate *candidates, size_t count)
{
	double most = 0, best = candidates[0].score;
	size_t i;

	for (i = 0; i < count; i++)
		if (candidates[i].echo > most)
			most = candidates[i].echo;
	for (i = 0; i < count; i++) {
		if (is_own(echo, &candidates[i]))
			candidates[i].echo =
				most * candidates[i].score / best;
		candidates[i].score += KZI_ACROSS_ECHO * candidates[i].echo;
	}
}

/* What was not ranked on its text lacks what that adds: about as much as with
 * the others. */
static void even_out(
	struct kzi_candidate *candidates, size_t ranked, size_t count)
{
	double first = 0, score = 0;
	size_t i;

	for (i = 0; i < ranked; i++) {
		first += candidates[i].first;
		score += candidates[i].score;
	}
	for (i = ranked; i < count && first > 0; i++)
		candidates[i].score = candidates[i].first * score / first;
}

kz_status kzi_across_echo(struct kzi_ask *ask,
	struct kzi_candidate *candidates, size_t ranked, size_t count)
{
	const struct kzi_version *version = count
		? kzi_version_of(ask, candidates[0].row.language)
		: NULL;
	struct echo *echo;
	double best;

	if (count < 2 || !version || candidates[0].score <= 0)
		return KZ_OK;
	echo = kzi_arena_zero(&ask->arena, 1, sizeof(*echo));
	if (!echo)
		return kzi_fail_memory(ask->err);
	echo->ask = ask;
	best = candidates[0].score / version->prior;
	even_out(candidates, ranked, count);
	echo->status =
		kzi_across_hear(ask, candidates, ranked, &echo->heard);
	if (echo->status == KZ_OK && echo->heard.sum > 0)
		listen_to_all(echo, candidates, count, best);
	add_up(echo, candidates, count);
	return echo->status;
}
