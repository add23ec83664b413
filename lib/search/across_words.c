/* across_words.c -- see across.h: translations, into the readings of a version.
 *
 * All translations of a word are one word (Pirkola, SIGIR 1998): they share an
 * idf, that of the passages that hold any of them. Where a language has no
 * translation of its own for a word, its English ones are translated once more.
 * Of a translation of several words each counts a part:
 *
 *     doposcuola  =>  after | school | club
 *     adult learning  =>  felnőttoktatás for adult, and for learning */
#include "search/across.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "search/constants.h"
#include "search/forms.h"

/* A translation of a concept, before it is analysed. */
struct choice {
	struct kzi_string text;
	double weight;
};

struct choices {
	struct choice items[KZI_ACROSS_GLOSSES];
	uint32_t count;
};

/* A concept on its way into a reading. */
struct adding {
	struct kzi_ask *ask;
	struct kzi_version *version;
	struct kzi_reading *reading;
	const struct kzi_source *source;
	const struct kzi_concept *concept;
	uint32_t part; /* Which of its words. */
	double factor;
	double passages; /* That hold some translation, about. */
	int kind;        /* KZI_STEM or KZI_TITLE. */
	kz_status status;
};

/* ---- Choosing translations --------------------------------------------- */

/* Keep the best ones; of equal ones the first. The same text once. */
static void choose(struct choices *choices, const struct choice *choice)
{
	uint32_t i, at;

	for (i = 0; i < choices->count; i++)
		if (choices->items[i].text.length == choice->text.length &&
			!memcmp(choices->items[i].text.bytes,
				choice->text.bytes, choice->text.length)) {
			if (choices->items[i].weight < choice->weight)
				choices->items[i].weight = choice->weight;
			return;
		}
	for (at = choices->count; at > 0 &&
		choices->items[at - 1].weight < choice->weight;
		at--)
		if (at < KZI_ACROSS_GLOSSES)
			choices->items[at] = choices->items[at - 1];
	if (at == KZI_ACROSS_GLOSSES)
		return;
	choices->items[at] = *choice;
	if (choices->count < KZI_ACROSS_GLOSSES)
		choices->count++;
}

/* 1 if the headword is what stands in the query, letter by letter. */
static int is_exact(const struct adding *adding, struct kzi_string head)
{
	const struct kzi_source_word *words =
		&adding->source->words[adding->concept->first];
	size_t at = 0;
	uint32_t i;

	for (i = 0; i < adding->concept->count; i++) {
		const struct kzi_word *word = words[i].token.word;

		at += i > 0;
		if (at + word->folded_length > head.length ||
			memcmp(head.bytes + at, word->folded,
				word->folded_length))
			return 0;
		at += word->folded_length;
	}
	return at == head.length;
}

static void choose_from(const struct adding *adding, struct kzi_scan walk,
	int language, struct choices *choices)
{
	struct kzi_gloss gloss;

	while (kzi_glossary_next(&walk, &gloss)) {
		struct choice choice = { .text = gloss.text,
			.weight = gloss.share / 255.0 };

		if (gloss.language != language)
			continue;
		if (!is_exact(adding, gloss.head))
			choice.weight *= KZI_ACROSS_INEXACT;
		choose(choices, &choice);
	}
}

/* The translations of an English word that translates the concept. */
static void choose_by(const struct adding *adding, const struct choice *english,
	struct choices *choices)
{
	kz_index *index = adding->ask->index;
	char key[KZI_PHRASE_MOST];
	struct kzi_scan walk;
	struct kzi_gloss gloss;
	size_t length = 0;

	if (kzi_analyze(index->analyzer, KZI_EN, english->text.bytes,
		    english->text.length, &index->foreign))
		length = kzi_phrase_key(index->analyzer, index->foreign.items,
			index->foreign.count, 0, key);
	if (!length ||
		!kzi_glossary_find(adding->ask->across->glossary, KZI_EN, key,
			length, &walk))
		return;
	while (kzi_glossary_next(&walk, &gloss)) {
		struct choice choice = { .text = gloss.text,
			.weight = english->weight * KZI_ACROSS_PIVOT *
				gloss.share / 255.0 };

		if (gloss.language == adding->version->language)
			choose(choices, &choice);
	}
}

static void choose_all(const struct adding *adding, struct choices *choices)
{
	struct choices english = { .count = 0 };
	int language = adding->version->language;
	uint32_t i;

	choose_from(adding, adding->concept->walk, language, choices);
	if (choices->count > 0 || language == KZI_EN)
		return;
	choose_from(adding, adding->concept->walk, KZI_EN, &english);
	for (i = 0; i < english.count; i++)
		choose_by(adding, &english.items[i], choices);
}

/* ---- Adding them ------------------------------------------------------- */

static void add_term(struct adding *adding, const struct kzi_term *term,
	const struct choice *choice, double weight)
{
	struct kzi_reading *reading = adding->reading;
	struct kzi_translation *other;
	uint32_t frequency, i;

	for (i = 0; i < reading->other_count; i++)
		if (kzi_term_equal(&reading->others[i].variant.term, term)) {
			if (reading->others[i].variant.weight < weight)
				reading->others[i].variant.weight = weight;
			return;
		}
	if (reading->other_count == KZI_OTHERS_MOST)
		return;
	adding->status = kzi_forms_frequency(
		adding->ask, adding->version, term, &frequency);
	if (adding->status != KZ_OK || frequency == 0)
		return;
	other = &reading->others[reading->other_count++];
	*other = (struct kzi_translation){ .text = choice->text,
		.variant = { .term = *term, .frequency = frequency,
			.weight = weight } };
	other->query.bytes = adding->source->words[adding->concept->first].text;
	other->query.length = (size_t)(
		adding->source->words[adding->concept->first +
			adding->concept->count - 1].text +
		adding->source->words[adding->concept->first +
			adding->concept->count - 1].token.length -
		other->query.bytes);
	adding->passages += weight * frequency;
}

/* A title is looked up among the terms of titles. */
static void add_as(struct adding *adding, int kind, const struct kzi_term *term,
	const struct choice *choice, double weight)
{
	char bytes[KZI_TERM_MOST];
	size_t length;
	const char *text = kzi_term_text(term, &length);
	struct kzi_term made = { .kind = (uint8_t)kind };

	made.length = (uint8_t)kzi_term_make(
		bytes, kind, adding->version->language, text, length);
	made.bytes = kzi_arena_copy(&adding->ask->arena, bytes, made.length);
	if (made.bytes)
		add_term(adding, &made, choice, weight);
	else
		adding->status = kzi_fail_memory(adding->ask->err);
}

/* The stems of a word share its weight, or languages with a dictionary of base
 * forms, whose words have several, would weigh more than others. */
static void add_word(struct adding *adding, struct kzi_word *word,
	const struct choice *choice, double weight)
{
	int i, stems = 0;

	if (!kzi_word_terms(adding->ask->index->analyzer, word)) {
		adding->status = kzi_fail_memory(adding->ask->err);
		return;
	}
	if (adding->kind == KZI_TITLE) {
		add_as(adding, KZI_TITLE, &word->terms[0], choice, weight);
		return;
	}
	for (i = 0; i < word->term_count; i++)
		stems += word->terms[i].kind == KZI_STEM;
	for (i = 0; i < word->term_count && adding->status == KZ_OK; i++)
		if (word->terms[i].kind == KZI_STEM)
			add_term(adding, &word->terms[i], choice,
				weight / stems);
	if (kzi_has_compounds(adding->version->language) &&
		adding->status == KZ_OK)
		add_as(adding, KZI_PART, &word->terms[0], choice,
			weight * KZI_PART_WEIGHT);
}

/* The words of a translation that fall to our part of the concept: with n words
 * on one side and k on the other, word p has those from pk/n to (p+1)k/n. */
static void add_choice(struct adding *adding, const struct choice *choice)
{
	kz_index *index = adding->ask->index;
	uint32_t all = 0, n = adding->concept->count, p = adding->part;
	uint32_t from, to, at = 0;
	size_t i;

	if (!kzi_analyze(index->analyzer, adding->version->language,
		    choice->text.bytes, choice->text.length, &index->foreign)) {
		adding->status = kzi_fail_memory(adding->ask->err);
		return;
	}
	for (i = 0; i < index->foreign.count; i++)
		all += (uint32_t)kzi_across_counts(&index->foreign.items[i]);
	if (all == 0)
		return;
	from = p * all / n;
	to = ((p + 1) * all + n - 1) / n;
	for (i = 0; i < index->foreign.count && adding->status == KZ_OK; i++) {
		if (!kzi_across_counts(&index->foreign.items[i]))
			continue;
		if (at >= from && at < to)
			add_word(adding, index->foreign.items[i].word, choice,
				choice->weight * adding->factor /
					sqrt((double)(to - from)));
		at++;
	}
}

/* Of the translations of a concept the best one counts fully. */
static int add_concept(struct adding *adding)
{
	struct choices choices = { .count = 0 };
	double best;
	uint32_t i;

	choose_all(adding, &choices);
	if (choices.count == 0)
		return 0;
	best = choices.items[0].weight;
	for (i = 0; i < choices.count && adding->status == KZ_OK; i++) {
		choices.items[i].weight = pow(
			choices.items[i].weight / best, KZI_ACROSS_POWER);
		add_choice(adding, &choices.items[i]);
	}
	return 1;
}

/* Concepts that hold the word, the longest first; those after the first count
 * less. */
static void add_source(struct adding *adding, uint32_t word, double weight)
{
	const struct kzi_source *source = adding->source;
	uint32_t length, i;

	adding->factor = weight;
	for (length = KZI_PHRASE_WORDS; length > 0; length--)
		for (i = 0; i < source->concept_count; i++) {
			adding->concept = &source->concepts[i];
			if (adding->concept->count != length ||
				word < adding->concept->first ||
				word >= adding->concept->first + length)
				continue;
			adding->part = word - adding->concept->first;
			if (add_concept(adding))
				adding->factor = weight * KZI_ACROSS_SHORTER;
		}
}

/* ---- The reading ------------------------------------------------------- */

static double idf_of(double passages, double frequency)
{
	if (frequency > passages)
		frequency = passages;
	return log(1 + (passages - frequency + 0.5) / (frequency + 0.5));
}

/* Turn shares into factors, as for other words. What stands there as typed is
 * one more way to say it, and keeps its own idf. */
static void weigh(struct adding *adding)
{
	struct kzi_reading *reading = adding->reading;
	double idf = idf_of((double)adding->version->passages,
		adding->passages);
	double scale = adding->version->prior / KZI_IMPACT_UNIT;
	uint32_t i;

	if (reading->other_count == 0)
		return;
	for (i = 0; i < reading->other_count; i++)
		reading->others[i].variant.weight *= idf * scale;
	for (i = 0; i < reading->variant_count; i++)
		reading->variants[i].weight *= KZI_ACROSS_TYPED;
	reading->idf = idf;
	adding->version->is_translated = 1;
	reading->is_stop = 0;
	adding->version->has_content = 1;
	for (i = 0; i < reading->other_count; i++)
		kzi_starts_add(&adding->version->starts,
			&reading->others[i].variant.term);
}

/* A word that tells nothing in the language of the query tells nothing. */
static void make_stop(struct kzi_reading *reading)
{
	uint32_t i;

	if (reading->is_stop)
		return;
	reading->is_stop = 1;
	for (i = 0; i < reading->variant_count; i++)
		reading->variants[i].weight *= KZI_STOP_WEIGHT;
}

static int overlaps(const struct kzi_source_word *word, uint32_t leaf,
	const struct kzi_token *token)
{
	return word->leaf == leaf &&
		word->token.offset < token->offset + token->length &&
		token->offset < word->token.offset + word->token.length;
}

kz_status kzi_across_read(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_token *token, int is_title,
	struct kzi_reading *reading)
{
	struct adding adding = { .ask = ask, .version = version,
		.reading = reading, .kind = is_title ? KZI_TITLE : KZI_STEM,
		.status = KZ_OK };
	const struct kzi_across *across = ask->across;
	int language;
	uint32_t i;

	if (across->sources[version->language].weight >= 1 ||
		token->flags & KZI_TOKEN_JOINED)
		return KZ_OK;
	reading->others = kzi_arena_get(
		&ask->arena, KZI_OTHERS_MOST * sizeof(*reading->others));
	if (!reading->others)
		return kzi_fail_memory(ask->err);
	for (language = 0; language < KZI_LANGUAGES; language++) {
		adding.source = &across->sources[language];
		if (language == version->language || !adding.source->weight)
			continue;
		for (i = 0; i < adding.source->word_count; i++) {
			const struct kzi_source_word *word =
				&adding.source->words[i];

			if (!overlaps(word, version->leaf_count, token))
				continue;
			if (!word->token.word->is_stop)
				add_source(&adding, i, adding.source->weight);
			else if (adding.source->weight >= 1)
				make_stop(reading);
		}
	}
	if (adding.status == KZ_OK)
		weigh(&adding);
	return adding.status;
}
