/* across_hear.c -- see across_hear.h: the most telling words of the best
 * passages, in English where the word table knows them. */
#include "search/across_hear.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/order.h"
#include "search/constants.h"
#include "search/forms.h"

enum {
	HEARD = 6,           /* Passages that are listened to. */
	TOLD_MOST = 64,      /* Different words of one that are looked at ... */
	WORDS = 24,          /* ... and what is kept: the most telling. */
	ENGLISH = 3,         /* English words that a word stands for. */
	CONCEPTS_MOST = 512,
	CONCEPT_SLOTS = 2 * CONCEPTS_MOST /* A power of two. */
};

/* A word of a passage. */
struct told {
	struct kzi_token token;
	uint32_t count;
	double weight;
};

struct hearing {
	struct kzi_ask *ask;
	kz_status status;
	uint32_t count;
	uint16_t slots[CONCEPT_SLOTS]; /* Which concept, from 1; 0: free. */
	struct kzi_heard_concept concepts[CONCEPTS_MOST];
};

static void fail(struct hearing *hearing)
{
	hearing->status = kzi_fail_memory(hearing->ask->err);
}

/* ---- The word table ---------------------------------------------------- */

static void add_gloss(struct kzi_glosses *found, const struct kzi_gloss *gloss,
	uint32_t most)
{
	double share = gloss->share;
	uint32_t at;

	if (memchr(gloss->head.bytes, ' ', gloss->head.length))
		share *= KZI_ACROSS_INEXACT;
	for (at = found->count; at > 0 && found->shares[at - 1] < share; at--)
		if (at < most) {
			found->items[at] = found->items[at - 1];
			found->shares[at] = found->shares[at - 1];
		}
	if (at == most)
		return;
	found->items[at] = *gloss;
	found->shares[at] = share;
	found->count += found->count < most;
}

void kzi_across_glosses(struct kzi_scan walk, uint32_t languages, uint32_t most,
	struct kzi_glosses found[KZI_LANGUAGES])
{
	struct kzi_gloss gloss;
	int i;

	for (i = 0; i < KZI_LANGUAGES; i++)
		found[i].count = 0;
	while (kzi_glossary_next(&walk, &gloss))
		if (gloss.language < KZI_LANGUAGES &&
			languages >> gloss.language & 1)
			add_gloss(&found[gloss.language], &gloss, most);
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

static int is_concept(const struct kzi_heard_concept *concept,
	const char *key, size_t length, int is_english)
{
	return concept->length == length && concept->is_english == is_english &&
		!memcmp(concept->key, key, length);
}

/* The slot of a concept: its own, or the free one where it would go. */
static uint16_t *find_concept(
	struct hearing *hearing, const char *key, size_t length, int is_english)
{
	uint64_t hash = kzi_hash(key, length, (uint64_t)is_english);
	uint32_t i = (uint32_t)hash & (CONCEPT_SLOTS - 1);

	while (hearing->slots[i] &&
		!is_concept(&hearing->concepts[hearing->slots[i] - 1], key,
			length, is_english))
		i = (i + 1) & (CONCEPT_SLOTS - 1);
	return &hearing->slots[i];
}

static void add_concept(struct hearing *hearing, const char *key, size_t length,
	int is_english, double weight)
{
	uint16_t *slot = find_concept(hearing, key, length, is_english);
	struct kzi_heard_concept *concept;

	if (*slot) {
		hearing->concepts[*slot - 1].weight += weight;
		return;
	}
	if (hearing->count == CONCEPTS_MOST)
		return;
	concept = &hearing->concepts[hearing->count];
	concept->key = kzi_arena_copy(&hearing->ask->arena, key, length);
	if (!concept->key) {
		fail(hearing);
		return;
	}
	concept->length = (uint32_t)length;
	concept->is_english = is_english;
	concept->weight = weight;
	*slot = (uint16_t)++hearing->count;
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

static void hear_word(struct hearing *hearing, int language,
	const struct told *told,
	double weight)
{
	kz_index *index = hearing->ask->index;
	struct kzi_glosses found[KZI_LANGUAGES];
	const struct kzi_glosses *english = &found[KZI_EN];
	char key[KZI_PHRASE_MOST];
	struct kzi_scan walk;
	double sum = 0;
	uint32_t i;
	size_t length = kzi_phrase_key(
		index->analyzer, &told->token, 1, 0, key);

	if (length && language == KZI_EN) {
		add_concept(hearing, key, length, 1, weight);
		return;
	}
	found[KZI_EN].count = 0;
	if (length &&
		kzi_glossary_find(hearing->ask->across->glossary, language,
			    key, length, &walk))
		kzi_across_glosses(
			walk, (uint32_t)1 << KZI_EN, ENGLISH, found);
	for (i = 0; i < english->count; i++)
		sum += english->shares[i];
	for (i = 0; i < english->count && hearing->status == KZ_OK; i++)
		add_english(hearing, english->items[i].text,
			weight * english->shares[i] / sum);
	if (english->count == 0)
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

/* In how many passages a word is, as it stands there: that costs less than to
 * ask for its stem, and a form that is rare tells more. What is not among the
 * words of the index, numbers and words of two letters, is asked for by its
 * stem. */
static double count_passages(struct hearing *hearing,
	struct kzi_version *version, struct kzi_vocabulary *words,
	struct kzi_word *word)
{
	struct kzi_ask *ask = hearing->ask;
	uint32_t frequency = 0;

	if (kzi_vocabulary_find(words, word->text, word->length) &&
		words->length == word->length)
		return (double)words->passages;
	if (kzi_word_terms(ask->index->analyzer, word))
		hearing->status = kzi_forms_estimate(
			ask, version, &word->terms[0], &frequency);
	else
		fail(hearing);
	return frequency;
}

static void weigh(struct hearing *hearing, struct kzi_version *version,
	struct told *told, uint32_t count)
{
	struct kzi_vocabulary words;
	uint32_t i;

	hearing->status = kzi_store_vocabulary(hearing->ask->index->store,
		version->language, &words, hearing->ask->err);
	for (i = 0; i < count && hearing->status == KZ_OK; i++) {
		double tf = 2.0 * told[i].count / (told[i].count + 1.0);
		double passages = count_passages(
			hearing, version, &words, told[i].token.word);

		told[i].weight = tf *
			log(1 + (double)version->passages / (passages + 1));
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
	const struct kzi_heard_concept *x = a, *y = b;
	int order;

	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	order = kzi_order(x->key, x->length, y->key, y->length);
	return order ? order : x->is_english - y->is_english;
}

static void choose(struct hearing *hearing, struct kzi_heard *heard)
{
	uint32_t i;

	qsort(hearing->concepts, hearing->count, sizeof(*hearing->concepts),
		compare_concepts);
	heard->count = hearing->count < KZI_HEARD_MOST ? hearing->count
						       : KZI_HEARD_MOST;
	heard->sum = 0;
	for (i = 0; i < heard->count; i++) {
		heard->concepts[i] = hearing->concepts[i];
		heard->sum += heard->concepts[i].weight;
	}
}

/* Each is heard as much as its score is near the best one. */
kz_status kzi_across_hear(struct kzi_ask *ask,
	struct kzi_candidate *candidates, size_t count,
	struct kzi_heard *heard)
{
	struct hearing *hearing =
		kzi_arena_get(&ask->arena, sizeof(*hearing));
	size_t i;

	if (!hearing)
		return kzi_fail_memory(ask->err);
	memset(hearing, 0, offsetof(struct hearing, concepts));
	hearing->ask = ask;
	for (i = 0; i < HEARD && i < count && hearing->status == KZ_OK; i++)
		hear(hearing, &candidates[i],
			pow(candidates[i].score / candidates[0].score,
				KZI_ACROSS_HEED));
	if (hearing->status == KZ_OK)
		choose(hearing, heard);
	return hearing->status;
}
