/* across.c -- see across.h: the query as the languages it may be in read it,
 * and what the word table knows of it.
 *
 *     "adult learning in villages", in English
 *     => adult learning | adult | learning | villages    (in: a stop word) */
#include "search/across.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "search/constants.h"

enum {
	PATH_MOST = 4096,
	/* Bytes of words; a search across languages meets those of all. */
	REMEMBERED = 7 << 19
};

/* ---- The table --------------------------------------------------------- */

static kz_status open_table(struct kzi_ask *ask)
{
	kz_index *index = ask->index;
	const char *path = ask->options->glossary;
	char own[PATH_MOST];
	kz_status status;

	if (index->glossary || index->has_no_glossary)
		return KZ_OK;
	if (!path) {
		if (snprintf(own, sizeof(own), "%s/" KZI_GLOSSARY_FILE,
			    index->path) >= (int)sizeof(own))
			return kzi_fail(ask->err, KZ_ERR_IO,
				"%s: path too long", index->path);
		path = own;
	}
	status = kzi_glossary_open(&index->glossary, path,
		kzi_store_get_info(index->store)->analysis, ask->err);
	if (status == KZ_OK)
		kzi_analyzer_remember(index->analyzer, REMEMBERED);
	if (status != KZ_END)
		return status;
	if (ask->options->glossary)
		return kzi_fail(ask->err, KZ_ERR_IO, "%s: no such file", path);
	index->has_no_glossary = 1;
	return KZ_OK;
}

/* ---- Words ------------------------------------------------------------- */

/* A walk over the leaves of the tree, in the order of words.c. */
struct reading {
	struct kzi_ask *ask;
	struct kzi_source *source;
	int language;
	uint32_t leaf, run;
	kz_status status;
};

static void add_word(struct reading *reading, const struct kzi_node *node,
	const struct kzi_token *token)
{
	struct kzi_source *source = reading->source;
	struct kzi_source_word *word;

	if (token->flags & KZI_TOKEN_JOINED ||
		source->word_count == KZI_WORDS_MOST)
		return;
	word = &source->words[source->word_count++];
	word->token = *token;
	word->leaf = reading->leaf;
	word->run = reading->run;
	word->text = node->text + token->offset;
}

static void read_leaf(struct reading *reading, const struct kzi_node *node)
{
	kz_index *index = reading->ask->index;
	size_t i;

	if (!kzi_analyze(index->analyzer, reading->language, node->text,
		    node->length, &index->tokens)) {
		reading->status = kzi_fail_memory(reading->ask->err);
		return;
	}
	for (i = 0; i < index->tokens.count; i++)
		add_word(reading, node, &index->tokens.items[i]);
}

/* Words run on where they stand side by side; a phrase is a run, and what has a
 * minus is one by itself. */
static void read_nodes(struct reading *reading, const struct kzi_node *node,
	int is_group)
{
	for (; node && reading->status == KZ_OK; node = node->next) {
		int is_word = node->type == KZI_NODE_WORD;

		if (!is_word || !is_group || node->sign == '-')
			reading->run++;
		if (is_word || node->type == KZI_NODE_PHRASE) {
			read_leaf(reading, node);
			reading->leaf++;
		} else if (node->type == KZI_NODE_PREFIX) {
			reading->leaf++;
		} else {
			read_nodes(reading, node->first,
				node->type == KZI_NODE_GROUP);
		}
		if (!is_word || !is_group || node->sign == '-')
			reading->run++;
	}
}

/* ---- Concepts ---------------------------------------------------------- */

static int find_concept(const struct kzi_ask *ask, int language,
	const struct kzi_source *source, struct kzi_concept *concept)
{
	struct kzi_token tokens[KZI_PHRASE_WORDS];
	char key[KZI_PHRASE_MOST];
	uint32_t i;

	for (i = 0; i < concept->count; i++)
		tokens[i] = source->words[concept->first + i].token;
	for (concept->form = 0; concept->form < KZI_PHRASE_FORMS;
		concept->form++) {
		size_t length = kzi_phrase_key(ask->index->analyzer, tokens,
			concept->count, concept->form, key);

		if (length > 0 &&
			kzi_glossary_find(ask->across->glossary, language, key,
				length, &concept->walk))
			return 1;
	}
	return 0;
}

/* What begins at a word: the longest first. A stop word is only a part of
 * something longer. */
static void find_concepts(const struct kzi_ask *ask, int language,
	struct kzi_source *source, uint32_t first)
{
	const struct kzi_source_word *words = source->words;
	uint32_t count = KZI_PHRASE_WORDS, i;

	if (words[first].token.word->is_stop)
		return;
	while (first + count > source->word_count ||
		words[first + count - 1].run != words[first].run)
		count--;
	for (; count > 0; count--) {
		struct kzi_concept *concept =
			&source->concepts[source->concept_count];

		concept->first = first;
		concept->count = count;
		if (!find_concept(ask, language, source, concept))
			continue;
		source->concept_count++;
		for (i = 0; i < count; i++)
			source->words[first + i].is_covered = 1;
	}
}

/* A compound that the table does not have is known by its parts, first by the
 * last of them, which is what it is about:
 *
 *     kosárfonás  =>  fonás | kosár */
static void find_parts(const struct kzi_ask *ask, int language,
	struct kzi_source *source, uint32_t number)
{
	struct kzi_source_word *word = &source->words[number];
	uint32_t last = source->concept_count + KZI_PHRASE_WORDS;
	int i = word->is_covered ? 0 : word->token.word->term_count;

	while (i-- > 0 && source->concept_count < last) {
		const struct kzi_term *part = &word->token.word->terms[i];
		struct kzi_concept *concept =
			&source->concepts[source->concept_count];
		size_t length;
		const char *text = kzi_term_text(part, &length);

		if (part->kind != KZI_PART ||
			!kzi_glossary_find(ask->across->glossary, language,
				text, length, &concept->walk))
			continue;
		concept->first = number;
		concept->count = 1;
		concept->form = 0;
		source->concept_count++;
		word->is_covered = 1;
	}
}

/* The part of the words that the language knows; stop words count little. */
static double coverage(const struct kzi_source *source)
{
	double all = 0, known = 0;
	uint32_t i;

	for (i = 0; i < source->word_count; i++) {
		const struct kzi_source_word *word = &source->words[i];
		double share =
			word->token.word->is_stop ? KZI_STOP_WEIGHT : 1;

		all += share;
		if (word->is_covered || word->token.word->is_stop)
			known += share;
	}
	return all > 0 ? known / all : 0;
}

static kz_status read_source(struct kzi_ask *ask, int language)
{
	struct kzi_source *source = &ask->across->sources[language];
	struct reading reading = { .ask = ask, .source = source,
		.language = language, .status = KZ_OK };
	uint32_t i;

	source->words = kzi_arena_zero(
		&ask->arena, KZI_WORDS_MOST, sizeof(*source->words));
	source->concepts = kzi_arena_zero(&ask->arena,
		KZI_WORDS_MOST * KZI_PHRASE_WORDS, sizeof(*source->concepts));
	if (!source->words || !source->concepts)
		return kzi_fail_memory(ask->err);
	read_nodes(&reading, ask->tree, 0);
	for (i = 0; i < source->word_count && reading.status == KZ_OK; i++) {
		find_concepts(ask, language, source, i);
		find_parts(ask, language, source, i);
	}
	return reading.status;
}

/* ---- Languages --------------------------------------------------------- */

/* A language counts by what the letters say and by how many of the words the
 * table knows in it. */
static kz_status read_sources(struct kzi_ask *ask)
{
	struct kzi_guess guess;
	double best = 0;
	kz_status status = KZ_OK;
	int language;

	kzi_language_guess(NULL, &guess, ask->query, ask->length);
	for (language = 0; language < KZI_LANGUAGES && status == KZ_OK;
		language++) {
		struct kzi_source *source = &ask->across->sources[language];

		if (guess.probability[language] < KZI_ACROSS_LEAST)
			continue;
		status = read_source(ask, language);
		source->weight = (double)guess.probability[language] *
			(KZI_ACROSS_UNKNOWN + coverage(source));
		if (source->weight > best)
			best = source->weight;
	}
	for (language = 0; language < KZI_LANGUAGES && best > 0; language++) {
		struct kzi_source *source = &ask->across->sources[language];

		source->weight /= best;
		if (source->weight < KZI_ACROSS_UNLIKELY)
			source->weight = 0;
	}
	return status;
}

kz_status kzi_across_begin(struct kzi_ask *ask)
{
	kz_status status = open_table(ask);

	if (status != KZ_OK || !ask->index->glossary)
		return status;
	ask->across = kzi_arena_zero(&ask->arena, 1, sizeof(*ask->across));
	if (!ask->across)
		return kzi_fail_memory(ask->err);
	ask->across->glossary = ask->index->glossary;
	return read_sources(ask);
}

/* Of a leaf: how many of its words the table knows, or -1 if there is one that it
 * does not know. */
static int count_known(const struct kzi_source *source, uint32_t leaf)
{
	int known = 0;
	uint32_t i;

	for (i = 0; i < source->word_count; i++) {
		const struct kzi_source_word *word = &source->words[i];

		if (word->leaf != leaf || word->token.word->is_stop)
			continue;
		if (!word->is_covered)
			return -1;
		known++;
	}
	return known;
}

int kzi_across_knows(const struct kzi_ask *ask, uint32_t leaf)
{
	int language;

	for (language = 0; language < KZI_LANGUAGES; language++)
		if (count_known(&ask->across->sources[language], leaf) > 0)
			return 1;
	return 0;
}

double kzi_across_prior(const struct kzi_ask *ask, int language, double prior)
{
	double own = ask->across->sources[language].weight;

	if (own >= 1)
		return 1;
	return prior > KZI_ACROSS_PRIOR ? prior : KZI_ACROSS_PRIOR;
}
