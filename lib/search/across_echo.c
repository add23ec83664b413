/* across_echo.c -- see across.h: the best passages say what is meant in their own
 * words, and others are asked for those, each in its language.
 *
 * Dictionaries have no word for a part of what queries say, and several for the
 * rest. A passage that holds the right ones holds more of the same matter, and
 * what it says is asked of the others (Rocchio's feedback, over English, within
 * what was found):
 *
 *     y pont, yr afon   (Welsh)
 *     => bridge, river
 *     => híd, folyó     (asked of Hungarian passages) */
#include "search/across.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "search/constants.h"
#include "search/forms.h"

enum {
	HEARD = 4,         /* Passages that are listened to. */
	TOLD_MOST = 64,    /* Different words of one that are looked at ... */
	WORDS = 24,        /* ... and what is kept: the most telling. */
	ENGLISH = 3,       /* English words that a word stands for. */
	GLOSSES = 4,       /* Translations of an English word. */
	CONCEPTS = 24,     /* What is asked for: the strongest. */
	CONCEPT_SLOTS = 1024, /* A power of two; sparse. */
	TERM_SLOTS = 512
};

/* What the best passages speak of: an English stem, or a word that the table
 * does not know, as it stands there. */
struct echo_concept {
	const char *key; /* NULL: a free slot. */
	uint32_t length;
	int is_english;
	double weight;
};

/* A word of a passage. */
struct told {
	struct kzi_token token;
	uint32_t count;
	double weight;
};

/* A stem that says a concept. */
struct echo_term {
	struct kzi_term term;
	uint32_t concept;
	double share;
};

struct voice {
	int is_made;
	struct echo_term terms[TERM_SLOTS];
	uint32_t count;
	struct kzi_starts starts;
	struct kzi_word_set words;
};

struct echo {
	struct kzi_ask *ask;
	struct echo_concept concepts[CONCEPT_SLOTS];
	struct echo_concept *chosen[CONCEPT_SLOTS];
	uint32_t count;
	double sum;       /* Of the chosen weights. */
	struct voice *voices[KZI_LANGUAGES];
	kz_status status;
};

static struct kzi_version *version_of(struct kzi_ask *ask, int language)
{
	const struct kzi_version *version = kzi_version_of(ask, language);

	return version ? &ask->versions[version - ask->versions] : NULL;
}

static void fail(struct echo *echo)
{
	echo->status = kzi_fail_memory(echo->ask->err);
}

/* ---- What is heard ----------------------------------------------------- */

static struct echo_concept *find_concept(
	struct echo *echo, const char *key, size_t length, int is_english)
{
	uint64_t hash = kzi_hash(key, length, (uint64_t)is_english);
	uint32_t slot = (uint32_t)hash & (CONCEPT_SLOTS - 1);
	struct echo_concept *concept = &echo->concepts[slot];

	while (concept->key &&
		(concept->length != length ||
			concept->is_english != is_english ||
			memcmp(concept->key, key, length))) {
		slot = (slot + 1) & (CONCEPT_SLOTS - 1);
		concept = &echo->concepts[slot];
	}
	return concept;
}

static void add_concept(struct echo *echo, const char *key, size_t length,
	int is_english, double weight)
{
	struct echo_concept *concept =
		find_concept(echo, key, length, is_english);

	if (!concept->key) {
		if (2 * echo->count >= CONCEPT_SLOTS)
			return;
		concept->key = kzi_arena_copy(&echo->ask->arena, key, length);
		if (!concept->key) {
			fail(echo);
			return;
		}
		concept->length = (uint32_t)length;
		concept->is_english = is_english;
		echo->chosen[echo->count++] = concept;
	}
	concept->weight += weight;
}

/* The best glosses of a walk in a language, best first. */
static uint32_t best_glosses(struct kzi_scan walk, int language,
	struct kzi_gloss *best, double *shares, uint32_t most)
{
	struct kzi_gloss gloss;
	uint32_t count = 0, at;

	while (kzi_glossary_next(&walk, &gloss)) {
		double share = gloss.share;

		if (gloss.language != language)
			continue;
		if (memchr(gloss.head.bytes, ' ', gloss.head.length))
			share *= KZI_ACROSS_INEXACT;
		for (at = count; at > 0 && shares[at - 1] < share; at--)
			if (at < most) {
				best[at] = best[at - 1];
				shares[at] = shares[at - 1];
			}
		if (at == most)
			continue;
		best[at] = gloss;
		shares[at] = share;
		count += count < most;
	}
	return count;
}

static int counts(const struct kzi_token *token)
{
	return !(token->flags & KZI_TOKEN_JOINED) && !token->word->is_stop;
}

/* Cut a text of the table into index->foreign. Returns how many of its words
 * count. */
static uint32_t read_text(
	struct echo *echo, int language, struct kzi_string text)
{
	kz_index *index = echo->ask->index;
	uint32_t all = 0;
	size_t i;

	if (!kzi_analyze(index->analyzer, language, text.bytes, text.length,
		    &index->foreign))
		fail(echo);
	for (i = 0; i < index->foreign.count; i++)
		all += (uint32_t)counts(&index->foreign.items[i]);
	return all;
}

/* The English words of a text of the table, as concepts. */
static void add_english(struct echo *echo, struct kzi_string text,
	double weight)
{
	kz_index *index = echo->ask->index;
	char key[KZI_PHRASE_MOST];
	uint32_t all = read_text(echo, KZI_EN, text);
	size_t i;

	for (i = 0; i < index->foreign.count; i++) {
		size_t length;

		if (!counts(&index->foreign.items[i]))
			continue;
		length = kzi_phrase_key(index->analyzer,
			&index->foreign.items[i], 1, 0, key);
		if (length)
			add_concept(echo, key, length, 1,
				weight / sqrt((double)all));
	}
}

static void hear_word(struct echo *echo, int language, const struct told *told,
	double weight)
{
	kz_index *index = echo->ask->index;
	struct kzi_gloss best[ENGLISH];
	double shares[ENGLISH], sum = 0;
	char key[KZI_PHRASE_MOST];
	struct kzi_scan walk;
	uint32_t count = 0, i;
	size_t length = kzi_phrase_key(
		index->analyzer, &told->token, 1, 0, key);

	if (length && language == KZI_EN) {
		add_concept(echo, key, length, 1, weight);
		return;
	}
	if (length && kzi_glossary_find(echo->ask->across->glossary, language,
			    key, length, &walk))
		count = best_glosses(walk, KZI_EN, best, shares, ENGLISH);
	for (i = 0; i < count; i++)
		sum += shares[i];
	for (i = 0; i < count && echo->status == KZ_OK; i++)
		add_english(echo, best[i].text, weight * shares[i] / sum);
	if (count == 0)
		add_concept(echo, told->token.word->folded,
			told->token.word->folded_length, 0, weight);
}

static uint32_t tell_apart(
	const struct kzi_tokens *tokens, struct told told[TOLD_MOST])
{
	uint32_t count = 0, j;
	size_t i;

	for (i = 0; i < tokens->count; i++) {
		const struct kzi_token *token = &tokens->items[i];

		if (!counts(token))
			continue;
		for (j = 0; j < count; j++)
			if (told[j].token.word == token->word)
				break;
		if (j == TOLD_MOST)
			continue;
		if (j == count) {
			told[j].token = *token;
			told[j].count = 0;
			count++;
		}
		told[j].count++;
	}
	return count;
}

static int compare_told(const void *a, const void *b)
{
	double x = ((const struct told *)a)->weight;
	double y = ((const struct told *)b)->weight;

	return (x < y) - (x > y);
}

static void weigh(struct echo *echo, struct kzi_version *version,
	struct told *told, uint32_t count)
{
	kz_index *index = echo->ask->index;
	uint32_t i;

	for (i = 0; i < count && echo->status == KZ_OK; i++) {
		struct kzi_word *word = told[i].token.word;
		uint32_t frequency = 0;
		double tf = 2.0 * told[i].count / (told[i].count + 1.0), idf;

		if (!kzi_word_terms(index->analyzer, word)) {
			fail(echo);
			return;
		}
		echo->status = kzi_forms_estimate(
			echo->ask, version, &word->terms[0], &frequency);
		idf = log(1 + (double)version->passages / (frequency + 1.0));
		told[i].weight = tf * idf;
	}
	qsort(told, count, sizeof(*told), compare_told);
}

/* Passages count alike however long they are. */
static void hear(struct echo *echo, const struct kzi_candidate *candidate,
	double weight)
{
	kz_index *index = echo->ask->index;
	struct kzi_version *version =
		version_of(echo->ask, candidate->row.language);
	struct told told[TOLD_MOST];
	struct kzi_passage_record record;
	double length = 0;
	uint32_t count, i;

	echo->status = kzi_store_passage(index->store, candidate->passage,
		index->room, &record, echo->ask->err);
	if (echo->status != KZ_OK || !version)
		return;
	if (!kzi_analyze(index->analyzer, version->language, record.text.bytes,
		    record.text.length, &index->tokens)) {
		fail(echo);
		return;
	}
	count = tell_apart(&index->tokens, told);
	weigh(echo, version, told, count);
	if (count > WORDS)
		count = WORDS;
	for (i = 0; i < count; i++)
		length += told[i].weight * told[i].weight;
	for (i = 0; i < count && echo->status == KZ_OK; i++)
		hear_word(echo, version->language, &told[i],
			weight * told[i].weight / sqrt(length));
}

static int compare_concepts(const void *a, const void *b)
{
	const struct echo_concept *x = *(struct echo_concept *const *)a;
	const struct echo_concept *y = *(struct echo_concept *const *)b;

	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	return x < y ? -1 : x > y; /* By their slots: the same each time. */
}

static void choose(struct echo *echo)
{
	uint32_t i;

	qsort(echo->chosen, echo->count, sizeof(*echo->chosen),
		compare_concepts);
	if (echo->count > CONCEPTS)
		echo->count = CONCEPTS;
	for (i = 0; i < echo->count; i++)
		echo->sum += echo->chosen[i]->weight;
}

/* ---- How a language says it -------------------------------------------- */

static struct echo_term *slot_of(
	struct voice *voice, const struct kzi_term *term)
{
	uint32_t slot = (uint32_t)kzi_hash(term->bytes, term->length, 0) &
		(TERM_SLOTS - 1);

	while (voice->terms[slot].term.bytes &&
		!kzi_term_equal(&voice->terms[slot].term, term))
		slot = (slot + 1) & (TERM_SLOTS - 1);
	return &voice->terms[slot];
}

/* A stem that says several concepts says the strongest. */
static void add_term(struct voice *voice, const struct kzi_term *term,
	uint32_t concept, double share)
{
	struct echo_term *slot = slot_of(voice, term);

	if (slot->term.bytes || 2 * voice->count >= TERM_SLOTS)
		return;
	slot->term = *term;
	slot->concept = concept;
	slot->share = share;
	voice->count++;
	kzi_starts_add(&voice->starts, term);
}

/* A word of the language: "nave espacial" is two of them, and each is less. */
static void add_words(struct echo *echo, int language, struct kzi_string text,
	uint32_t concept, double share)
{
	kz_index *index = echo->ask->index;
	uint32_t all = read_text(echo, language, text);
	size_t i;
	int t;

	for (i = 0; i < index->foreign.count; i++) {
		struct kzi_word *word = index->foreign.items[i].word;

		if (!counts(&index->foreign.items[i]))
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

static void add_glosses(struct echo *echo, int language, uint32_t concept)
{
	const struct echo_concept *said = echo->chosen[concept];
	struct kzi_gloss best[GLOSSES];
	double shares[GLOSSES];
	struct kzi_scan walk;
	uint32_t count, i;

	if (!kzi_glossary_find(echo->ask->across->glossary, KZI_EN, said->key,
		    said->length, &walk))
		return;
	count = best_glosses(walk, language, best, shares, GLOSSES);
	for (i = 0; i < count && echo->status == KZ_OK; i++)
		add_words(echo, language, best[i].text, concept,
			shares[i] / shares[0]);
}

static void add_stem(struct echo *echo, uint32_t concept)
{
	const struct echo_concept *said = echo->chosen[concept];
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
	struct kzi_version *version = version_of(echo->ask, language);
	uint32_t i;

	if (!version->knows_all)
		return 1;
	for (i = 0; i < TERM_SLOTS; i++)
		if (voice->terms[i].term.bytes &&
			!kzi_forms_add_words(echo->ask, version,
				&voice->terms[i].term, &voice->words))
			return 0;
	voice->starts.words = &voice->words;
	return 1;
}

static void make_voice(struct echo *echo, int language)
{
	uint32_t i;

	echo->voices[language] = kzi_arena_zero(
		&echo->ask->arena, 1, sizeof(struct voice));
	if (!echo->voices[language])
		fail(echo);
	for (i = 0; i < echo->count && echo->status == KZ_OK; i++) {
		struct kzi_string text = { echo->chosen[i]->key,
			echo->chosen[i]->length };

		if (!echo->chosen[i]->is_english)
			add_words(echo, language, text, i, 1);
		else if (language == KZI_EN)
			add_stem(echo, i);
		else
			add_glosses(echo, language, i);
	}
	if (echo->status == KZ_OK && !add_forms(echo, language))
		fail(echo);
}

/* ---- Who says it ------------------------------------------------------- */

static void count_concepts(struct echo *echo, struct voice *voice,
	const struct kzi_tokens *tokens, double found[CONCEPTS])
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
			const struct echo_term *term =
				slot_of(voice, &word->terms[t]);

			if (!term->term.bytes)
				continue;
			found[term->concept] += term->share;
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
	struct kzi_passage_record record;
	double found[CONCEPTS] = { 0 }, sum = 0;
	uint32_t i;

	if (!version)
		return;
	if (!echo->voices[language])
		make_voice(echo, language);
	if (echo->status == KZ_OK)
		echo->status = kzi_store_passage(index->store,
			candidate->passage, index->room, &record,
			echo->ask->err);
	if (echo->status != KZ_OK)
		return;
	if (!kzi_analyze_for(index->analyzer, language, record.text.bytes,
		    record.text.length, &echo->voices[language]->starts,
		    &index->tokens)) {
		fail(echo);
		return;
	}
	count_concepts(echo, echo->voices[language], &index->tokens, found);
	for (i = 0; i < echo->count; i++)
		if (found[i] > 0)
			sum += echo->chosen[i]->weight *
				kzi_saturate(found[i],
					index->tokens.positions);
	candidate->echo = version->prior * best * sum / echo->sum;
}

static int is_own(
	const struct echo *echo, const struct kzi_candidate *candidate)
{
	int language = candidate->row.language;

	return language < KZI_LANGUAGES &&
		echo->ask->across->sources[language].weight >= 1;
}

/* A passage in the language of the query was found by the words of the query
 * themselves: its echo is its share of the greatest, so that these passages keep
 * their order and are not pushed down. */
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

/* All of what the best say, each as much as its score is near the best one. */
static void hear_best(struct echo *echo, const struct kzi_candidate *candidates,
	size_t count)
{
	size_t i;

	for (i = 0; i < HEARD && i < count && echo->status == KZ_OK; i++)
		hear(echo, &candidates[i],
			pow(candidates[i].score / candidates[0].score,
				KZI_ACROSS_HEED));
	choose(echo);
}

kz_status kzi_across_echo(struct kzi_ask *ask,
	struct kzi_candidate *candidates, size_t ranked, size_t count)
{
	const struct kzi_version *version = count
		? kzi_version_of(ask, candidates[0].row.language)
		: NULL;
	struct echo *echo;
	double best;
	size_t i;

	if (count < 2 || !version || candidates[0].score <= 0)
		return KZ_OK;
	echo = kzi_arena_zero(&ask->arena, 1, sizeof(*echo));
	if (!echo)
		return kzi_fail_memory(ask->err);
	echo->ask = ask;
	best = candidates[0].score / version->prior;
	even_out(candidates, ranked, count);
	hear_best(echo, candidates, ranked);
	for (i = 0; i < count && echo->status == KZ_OK && echo->sum > 0; i++)
		if (!is_own(echo, &candidates[i]))
			listen(echo, &candidates[i], best);
	add_up(echo, candidates, count);
	return echo->status;
}
