/* across_hear.c -- see across_hear.h: the most telling words of the best passages,
 * in English where the word table knows them. */
#include "search/across_hear.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "search/constants.h"
#include "search/forms.h"

enum {
	HEARD = 6,           /* Passages that are listened to. */
	TOLD_MOST = 64,      /* Different words of one that are looked at ... */
	WORDS = 24,          /* ... and what is kept: the most telling. */
	ENGLISH = 3,         /* English words that a word stands for. */
	CONCEPT_SLOTS = 1024 /* A power of two; sparse. */
};

/* A word of a passage. */
struct told {
	struct kzi_token token;
	uint32_t count;
	double weight;
};

struct hearing {
	struct kzi_ask *ask;
	struct kzi_heard_concept concepts[CONCEPT_SLOTS]; /* No key: free. */
	struct kzi_heard_concept *chosen[CONCEPT_SLOTS];
	uint32_t count;
	kz_status status;
};

static void fail(struct hearing *hearing)
{
	hearing->status = kzi_fail_memory(hearing->ask->err);
}

/* ---- The word table ---------------------------------------------------- */

uint32_t kzi_across_glosses(struct kzi_scan walk, int language,
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

int kzi_across_cut(struct kzi_ask *ask, int language, struct kzi_string text,
	uint32_t *count)
{
	kz_index *index = ask->index;
	size_t i;

	*count = 0;
	if (!kzi_analyze(index->analyzer, language, text.bytes, text.length,
		    &index->foreign))
		return 0;
	for (i = 0; i < index->foreign.count; i++)
		*count += (uint32_t)kzi_across_counts(&index->foreign.items[i]);
	return 1;
}

/* ---- Concepts ---------------------------------------------------------- */

static struct kzi_heard_concept *find_concept(
	struct hearing *hearing, const char *key, size_t length, int is_english)
{
	uint64_t hash = kzi_hash(key, length, (uint64_t)is_english);
	uint32_t slot = (uint32_t)hash & (CONCEPT_SLOTS - 1);
	struct kzi_heard_concept *concept = &hearing->concepts[slot];

	while (concept->key &&
		(concept->length != length ||
			concept->is_english != is_english ||
			memcmp(concept->key, key, length))) {
		slot = (slot + 1) & (CONCEPT_SLOTS - 1);
		concept = &hearing->concepts[slot];
	}
	return concept;
}

static void add_concept(struct hearing *hearing, const char *key, size_t length,
	int is_english, double weight)
{
	struct kzi_heard_concept *concept =
		find_concept(hearing, key, length, is_english);

	if (!concept->key) {
		if (2 * hearing->count >= CONCEPT_SLOTS)
			return;
		concept->key = kzi_arena_copy(&hearing->ask->arena, key, length);
		if (!concept->key) {
			fail(hearing);
			return;
		}
		concept->length = (uint32_t)length;
		concept->is_english = is_english;
		hearing->chosen[hearing->count++] = concept;
	}
	concept->weight += weight;
}

/* The English words of a text of the table, as concepts. */
static void add_english(struct hearing *hearing, struct kzi_string text,
	double weight)
{
	kz_index *index = hearing->ask->index;
	char key[KZI_PHRASE_MOST];
	uint32_t all;
	size_t i;

	if (!kzi_across_cut(hearing->ask, KZI_EN, text, &all)) {
		fail(hearing);
		return;
	}
	for (i = 0; i < index->foreign.count; i++) {
		size_t length;

		if (!kzi_across_counts(&index->foreign.items[i]))
			continue;
		length = kzi_phrase_key(index->analyzer,
			&index->foreign.items[i], 1, 0, key);
		if (length)
			add_concept(hearing, key, length, 1,
				weight / sqrt((double)all));
	}
}

static void hear_word(struct hearing *hearing, int language, const struct told *told,
	double weight)
{
	kz_index *index = hearing->ask->index;
	struct kzi_gloss best[ENGLISH];
	double shares[ENGLISH], sum = 0;
	char key[KZI_PHRASE_MOST];
	struct kzi_scan walk;
	uint32_t count = 0, i;
	size_t length = kzi_phrase_key(
		index->analyzer, &told->token, 1, 0, key);

	if (length && language == KZI_EN) {
		add_concept(hearing, key, length, 1, weight);
		return;
	}
	if (length && kzi_glossary_find(hearing->ask->across->glossary, language,
			    key, length, &walk))
		count = kzi_across_glosses(walk, KZI_EN, best, shares, ENGLISH);
	for (i = 0; i < count; i++)
		sum += shares[i];
	for (i = 0; i < count && hearing->status == KZ_OK; i++)
		add_english(hearing, best[i].text, weight * shares[i] / sum);
	if (count == 0)
		add_concept(hearing, told->token.word->folded,
			told->token.word->folded_length, 0, weight);
}

static uint32_t tell_apart(
	const struct kzi_tokens *tokens, struct told told[TOLD_MOST])
{
	uint32_t count = 0, j;
	size_t i;

	for (i = 0; i < tokens->count; i++) {
		const struct kzi_token *token = &tokens->items[i];

		if (!kzi_across_counts(token))
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

static void weigh(struct hearing *hearing, struct kzi_version *version,
	struct told *told, uint32_t count)
{
	kz_index *index = hearing->ask->index;
	uint32_t i;

	for (i = 0; i < count && hearing->status == KZ_OK; i++) {
		struct kzi_word *word = told[i].token.word;
		uint32_t frequency = 0;
		double tf = 2.0 * told[i].count / (told[i].count + 1.0), idf;

		if (!kzi_word_terms(index->analyzer, word)) {
			fail(hearing);
			return;
		}
		hearing->status = kzi_forms_estimate(
			hearing->ask, version, &word->terms[0], &frequency);
		idf = log(1 + (double)version->passages / (frequency + 1.0));
		told[i].weight = tf * idf;
	}
	qsort(told, count, sizeof(*told), compare_told);
}

/* Passages count alike however long they are. */
static void hear(struct hearing *hearing, struct kzi_candidate *candidate,
	double weight)
{
	kz_index *index = hearing->ask->index;
	struct kzi_version *version =
		kzi_across_version(hearing->ask, candidate->row.language);
	struct told told[TOLD_MOST];
	double length = 0;
	uint32_t count, i;

	hearing->status = kzi_candidate_read(hearing->ask, candidate);
	if (hearing->status != KZ_OK || !version)
		return;
	if (!kzi_analyze(index->analyzer, version->language,
		    candidate->record->text.bytes,
		    candidate->record->text.length, &index->tokens)) {
		fail(hearing);
		return;
	}
	count = tell_apart(&index->tokens, told);
	weigh(hearing, version, told, count);
	if (count > WORDS)
		count = WORDS;
	for (i = 0; i < count; i++)
		length += told[i].weight * told[i].weight;
	for (i = 0; i < count && hearing->status == KZ_OK; i++)
		hear_word(hearing, version->language, &told[i],
			weight * told[i].weight / sqrt(length));
}

static int compare_concepts(const void *a, const void *b)
{
	const struct kzi_heard_concept *x = *(struct kzi_heard_concept *const *)a;
	const struct kzi_heard_concept *y = *(struct kzi_heard_concept *const *)b;

	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	return x < y ? -1 : x > y; /* By their slots: the same each time. */
}

static void choose(struct hearing *hearing, struct kzi_heard *heard)
{
	uint32_t i;

	qsort(hearing->chosen, hearing->count, sizeof(*hearing->chosen),
		compare_concepts);
	heard->count = hearing->count < KZI_HEARD_MOST ? hearing->count
						       : KZI_HEARD_MOST;
	heard->sum = 0;
	for (i = 0; i < heard->count; i++) {
		heard->concepts[i] = *hearing->chosen[i];
		heard->sum += heard->concepts[i].weight;
	}
}

/* Each is heard as much as its score is near the best one. */
kz_status kzi_across_hear(struct kzi_ask *ask,
	struct kzi_candidate *candidates, size_t count,
	struct kzi_heard *heard)
{
	struct hearing *hearing =
		kzi_arena_zero(&ask->arena, 1, sizeof(*hearing));
	size_t i;

	if (!hearing)
		return kzi_fail_memory(ask->err);
	hearing->ask = ask;
	for (i = 0; i < HEARD && i < count && hearing->status == KZ_OK; i++)
		hear(hearing, &candidates[i],
			pow(candidates[i].score / candidates[0].score,
				KZI_ACROSS_HEED));
	choose(hearing, heard);
	return hearing->status;
}
