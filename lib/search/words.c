/* words.c -- the words of a query, as each language of the index reads them.
 *
 * A word is looked up as the stem it would have in each language: nobody has to
 * say which one a query is in. Variants that are not in the index cost a
 * look-up and nothing more; idf is counted within the language, so that a word
 * does not look precious because its language is rare. */
#include "search/search.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "search/across.h"
#include "search/constants.h"
#include "search/forms.h"

/* ---- Leaves ------------------------------------------------------------ */

int kzi_is_leaf(const struct kzi_node *node)
{
	return node->type == KZI_NODE_WORD || node->type == KZI_NODE_PHRASE ||
		node->type == KZI_NODE_PREFIX;
}

int kzi_has_words(
	const struct kzi_version *version, uint32_t first, uint32_t end)
{
	for (; first < end; first++)
		if (version->leaves[first].count > 0 ||
			version->leaves[first].prefix_length > 0)
			return 1;
	return 0;
}

static uint32_t count_leaves(const struct kzi_node *node)
{
	uint32_t count = 0;

	for (; node; node = node->next)
		count += kzi_is_leaf(node) + count_leaves(node->first);
	return count;
}

/* ---- One word ---------------------------------------------------------- */

static double idf_of(uint64_t passages, uint32_t frequency)
{
	double n = (double)passages, f = frequency;

	if (f > n)
		f = n;
	return log(1 + (n - f + 0.5) / (f + 0.5));
}

static kz_status add_variant(struct kzi_ask *ask, struct kzi_version *version,
	struct kzi_reading *reading, struct kzi_term term, double weight)
{
	struct kzi_variant *variant =
		&reading->variants[reading->variant_count];
	kz_status status;

	variant->term = term;
	variant->weight = weight;
	status = kzi_forms_frequency(
		ask, version, &term, &variant->frequency);
	if (status == KZ_OK && variant->frequency > 0) {
		reading->variant_count++;
		if (term.kind != KZI_PART &&
			variant->frequency > reading->frequency)
			reading->frequency = variant->frequency;
	}
	return status;
}

/* The term of another kind with the text of `term`. */
static int term_as(struct kzi_ask *ask, int kind, int language,
	const struct kzi_term *term, struct kzi_term *out)
{
	char bytes[KZI_TERM_MOST];
	size_t length;
	const char *text = kzi_term_text(term, &length);

	out->kind = (uint8_t)kind;
	out->length =
		(uint8_t)kzi_term_make(bytes, kind, language, text, length);
	out->bytes = kzi_arena_copy(&ask->arena, bytes, out->length);
	return out->bytes != NULL;
}

/* The text holds a stem and, where it differs, the stem of the word without
 * accents. So a word typed bare is looked up as either; one typed with accents
 * also as what was written without. No token answers two of these. */
static kz_status read_stems(struct kzi_ask *ask, struct kzi_version *version,
	struct kzi_reading *reading)
{
	const struct kzi_word *word = reading->word;
	const struct kzi_term *bare = NULL;
	struct kzi_term other;
	kz_status status = KZ_OK;
	int i;

	for (i = 0; i < word->term_count && status == KZ_OK; i++) {
		if (word->terms[i].kind == KZI_STEM)
			status = add_variant(
				ask, version, reading, word->terms[i], 1);
		if (word->terms[i].kind == KZI_BARE)
			bare = &word->terms[i];
	}
	if (!term_as(ask, bare ? KZI_STEM : KZI_BARE, version->language,
		    bare ? bare : &word->terms[0], &other))
		return kzi_fail_memory(ask->err);
	if (status == KZ_OK)
		status = add_variant(ask, version, reading, other,
			bare ? KZI_BARE_WEIGHT : 1);
	return status;
}

/* Other stems of the same root and, of a rare word, of words that begin as it
 * does, for what stemming misses. */
static kz_status read_family(struct kzi_ask *ask, struct kzi_version *version,
	struct kzi_reading *reading)
{
	const struct kzi_word *word = reading->word;
	kz_status status = KZ_OK;
	int i;

	for (i = 0; i < word->term_count && status == KZ_OK; i++) {
		if (word->terms[i].kind == KZI_ROOT)
			status = kzi_forms_add_root(
				ask, version, reading, &word->terms[i]);
		if (status == KZ_OK && word->terms[i].kind == KZI_PREFIX &&
			reading->frequency < KZI_RARE_LEAST +
				KZI_RARE_PART * (double)version->passages)
			status = kzi_forms_add_neighbours(
				ask, version, reading, &word->terms[i]);
	}
	return status;
}

/* Turn shares into factors: idf of the word, prior of the language. All ways in
 * which a word may be filed are one word, so they have one idf. */
static void weigh(
	const struct kzi_version *version, struct kzi_reading *reading)
{
	double share = reading->is_stop ? KZI_STOP_WEIGHT : 1;
	double scale = share * version->prior / KZI_IMPACT_UNIT;
	double weak = idf_of(version->passages, reading->neighbours);
	uint32_t i;

	reading->idf = idf_of(version->passages, reading->frequency);
	for (i = 0; i < reading->variant_count; i++) {
		struct kzi_variant *variant = &reading->variants[i];

		variant->weight *= scale *
			(variant->is_weak ? weak : reading->idf);
	}
}

/* title:word is looked up among the terms of titles only. */
static kz_status read_title(struct kzi_ask *ask, struct kzi_version *version,
	struct kzi_reading *reading)
{
	struct kzi_term term;

	if (!term_as(ask, KZI_TITLE, version->language,
		    &reading->word->terms[0], &term))
		return kzi_fail_memory(ask->err);
	return add_variant(ask, version, reading, term, 1);
}

/* A compound that nobody wrote is looked up as its parts: falukönyvtár finds
 * the könyvtár of a falu. */
static kz_status read_apart(struct kzi_ask *ask, struct kzi_version *version,
	struct kzi_reading *reading)
{
	const struct kzi_word *word = reading->word;
	kz_status status = KZ_OK;
	struct kzi_term stem;
	int i;

	for (i = 0; i < word->term_count && status == KZ_OK; i++) {
		if (word->terms[i].kind != KZI_PART ||
			reading->variant_count == KZI_VARIANTS_MOST)
			continue;
		if (!term_as(ask, KZI_STEM, version->language, &word->terms[i],
			    &stem))
			return kzi_fail_memory(ask->err);
		status = add_variant(
			ask, version, reading, stem, KZI_PART_WEIGHT);
	}
	return status;
}

/* A word is also looked up as a part of compounds, which only some languages
 * write as one. */
static kz_status read_parts(struct kzi_ask *ask, struct kzi_version *version,
	struct kzi_reading *reading)
{
	struct kzi_term part;
	kz_status status;

	if (!kzi_has_compounds(version->language))
		return KZ_OK;
	if (!term_as(ask, KZI_PART, version->language,
		    &reading->word->terms[0], &part))
		return kzi_fail_memory(ask->err);
	status = add_variant(ask, version, reading, part, KZI_PART_WEIGHT);
	if (reading->variant_count == 1) /* It is nowhere a word of its own. */
		reading->frequency = reading->variants[0].frequency;
	if (status == KZ_OK && reading->variant_count == 0)
		status = read_apart(ask, version, reading);
	return status;
}

/* What a text's word must begin with to answer the reading. Words of one letter
 * are never left out, so they need not be told; "é" is also a form of "ser". */
static void add_starts(
	struct kzi_starts *starts, const struct kzi_reading *reading)
{
	uint32_t i;

	for (i = 0; i < reading->variant_count; i++) {
		size_t length;

		kzi_term_text(&reading->variants[i].term, &length);
		if (length > 1 || reading->word->folded_length > 1)
			kzi_starts_add(starts, &reading->variants[i].term);
	}
}

/* 1 if the query may well be in the language: it is likely, or none is. */
static int is_hopeful(
	const struct kzi_ask *ask, const struct kzi_version *version)
{
	uint32_t i;

	if (version->is_likely || ask->across)
		return 1;
	for (i = 0; i < ask->version_count; i++)
		if (ask->versions[i].is_likely)
			return 0;
	return 1;
}

static kz_status read_word(struct kzi_ask *ask, struct kzi_version *version,
	struct kzi_reading *reading, struct kzi_word *word, int is_title)
{
	kz_status status;

	reading->word = word;
	reading->is_stop = word->is_stop;
	if (!kzi_word_terms(ask->index->analyzer, word))
		return kzi_fail_memory(ask->err);
	if (is_title)
		status = read_title(ask, version, reading);
	else
		status = read_stems(ask, version, reading);
	if (status == KZ_OK && !word->is_stop && !is_title)
		status = read_parts(ask, version, reading);
	if (status == KZ_OK && !word->is_stop && !is_title &&
		is_hopeful(ask, version))
		status = read_family(ask, version, reading);
	weigh(version, reading);
	add_starts(&version->starts, reading);
	return status;
}

/* ---- Versions ---------------------------------------------------------- */

/* The same word twice in a query is one word. */
static uint32_t index_of(const struct kzi_version *version,
	const struct kzi_word *word, uint32_t *next)
{
	uint32_t i, j;

	for (i = 0; i < version->leaf_count; i++)
		for (j = 0; j < version->leaves[i].count; j++)
			if (version->leaves[i].readings[j].word == word)
				return version->leaves[i].readings[j].index;
	return (*next)++;
}

static kz_status read_leaf(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_node *node, uint32_t *next)
{
	struct kzi_tokens *tokens = &ask->index->tokens;
	struct kzi_leaf leaf = { .node = node };
	kz_status status = KZ_OK;
	size_t i;

	if (!kzi_analyze(ask->index->analyzer, version->language, node->text,
		    node->length, tokens))
		return kzi_fail_memory(ask->err);
	leaf.readings = kzi_arena_zero(
		&ask->arena, tokens->count, sizeof(*leaf.readings));
	leaf.positions = kzi_arena_zero(
		&ask->arena, tokens->count, sizeof(*leaf.positions));
	leaf.is_joined = kzi_arena_zero(&ask->arena, tokens->count, 1);
	if (!leaf.readings || !leaf.positions || !leaf.is_joined)
		return kzi_fail_memory(ask->err);
	for (i = 0; i < tokens->count && status == KZ_OK; i++) {
		const struct kzi_token *token = &tokens->items[i];
		struct kzi_reading *reading = &leaf.readings[i];

		leaf.positions[i] = token->position;
		leaf.is_joined[i] = (token->flags & KZI_TOKEN_JOINED) != 0;
		reading->index = index_of(version, token->word, next);
		status = read_word(ask, version, reading, token->word,
			node->field == KZI_FIELD_TITLE);
		if (status == KZ_OK && ask->across)
			status = kzi_across_read(ask, version, token,
				node->field == KZI_FIELD_TITLE, reading);
		leaf.count++;
	}
	version->leaves[version->leaf_count++] = leaf;
	return status;
}

static size_t count_letters(const char *text, size_t length)
{
	size_t letters = 0, i;

	for (i = 0; i < length; i++)
		letters += ((unsigned char)text[i] & 0xC0) != 0x80;
	return letters;
}

/* Short words are filed under their stems alone, and Welsh ones begin otherwise
 * from sentence to sentence: cath* is gath and chathod too. */
static int counts_stems(
	const struct kzi_version *version, const struct kzi_leaf *leaf)
{
	return version->language == KZI_CY ||
		count_letters(leaf->prefix, leaf->prefix_length) <=
		KZI_PREFIX_LETTERS;
}

static kz_status read_prefix_leaf(struct kzi_ask *ask,
	struct kzi_version *version, const struct kzi_node *node,
	uint32_t *next)
{
	struct kzi_leaf leaf = { .node = node };
	char folded[KZI_PREFIX_MOST];

	leaf.prefix_length = kzi_fold_text(
		folded, sizeof(folded), node->text, node->length);
	leaf.prefix = kzi_arena_copy(&ask->arena, folded, leaf.prefix_length);
	if (!leaf.prefix)
		return kzi_fail_memory(ask->err);
	leaf.by_stem = counts_stems(version, &leaf);
	leaf.prefix_index = (*next)++;
	version->starts.is_all = 1;
	version->leaves[version->leaf_count++] = leaf;
	return KZ_OK;
}

static kz_status read_tree(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_node *node, int is_negative, uint32_t *next)
{
	kz_status status = KZ_OK;

	for (; node && status == KZ_OK; node = node->next) {
		uint32_t first = version->leaf_count;
		int negates = is_negative || node->sign == '-';

		if (node->type == KZI_NODE_PREFIX)
			status = read_prefix_leaf(ask, version, node, next);
		else if (kzi_is_leaf(node))
			status = read_leaf(ask, version, node, next);
		else
			status = read_tree(
				ask, version, node->first, negates, next);
		if (negates && version->leaf_count > first)
			version->leaves[version->leaf_count - 1].is_negative =
				1;
	}
	return status;
}

static void set_priors(struct kzi_ask *ask)
{
	struct kzi_guess guess;
	uint32_t i;

	kzi_language_guess(NULL, &guess, ask->query, ask->length);
	for (i = 0; i < ask->version_count; i++) {
		struct kzi_version *version = &ask->versions[i];

		version->prior = ask->version_count == 1
			? 1
			: KZI_PRIOR_FLOOR +
				(1 - KZI_PRIOR_FLOOR) *
					(double)guess.probability
						[version->language];
		version->is_likely = version->prior >= KZI_LIKELY;
		if (ask->across)
			version->prior = kzi_across_prior(
				ask, version->language, version->prior);
	}
}

/* 1 if a leaf has a word that is no stop word; `known`: one that the index
 * holds. */
static int has_content(const struct kzi_leaf *leaf, int known)
{
	uint32_t i;

	if (leaf->is_negative)
		return 0;
	for (i = 0; i < leaf->count; i++)
		if (!leaf->readings[i].word->is_stop &&
			(!known || leaf->readings[i].variant_count))
			return 1;
	return leaf->prefix != NULL;
}

static int version_has_content(const struct kzi_version *version, int known)
{
	uint32_t i;

	for (i = 0; i < version->leaf_count; i++)
		if (has_content(&version->leaves[i], known))
			return 1;
	return 0;
}

/* "after a disaster" says nothing in Romanian, where only "a" is a word; nor
 * does it ask for that one. "ce este" has nothing else to ask for there, though
 * "este" is an evening in Hungarian. */
static void set_content(struct kzi_ask *ask)
{
	int is_known = 0;
	uint32_t i;

	for (i = 0; i < ask->version_count; i++)
		is_known |= version_has_content(&ask->versions[i], 1);
	for (i = 0; i < ask->version_count; i++)
		ask->versions[i].has_content = is_known &&
			version_has_content(&ask->versions[i], 0);
}

kz_status kzi_words_read(struct kzi_ask *ask)
{
	const struct kzi_store_info *info =
		kzi_store_get_info(ask->index->store);
	uint32_t leaves = count_leaves(ask->tree), i;
	kz_status status = KZ_OK;
	int language;

	for (language = 0; language < KZI_LANGUAGES; language++) {
		struct kzi_version *version =
			&ask->versions[ask->version_count];

		if (!info->passages_of[language] ||
			!(ask->languages >> language & 1))
			continue;
		version->language = language;
		version->passages = info->passages_of[language];
		version->leaves = kzi_arena_zero(
			&ask->arena, leaves, sizeof(*version->leaves));
		if (!version->leaves)
			return kzi_fail_memory(ask->err);
		ask->version_count++;
		status = kzi_forms_open(ask, version);
		if (status != KZ_OK)
			return status;
	}
	if (ask->options->across)
		status = kzi_across_begin(ask);
	set_priors(ask);
	for (i = 0; i < ask->version_count && status == KZ_OK; i++) {
		uint32_t next = 0;

		status = read_tree(
			ask, &ask->versions[i], ask->tree, 0, &next);
		if (next > ask->word_count)
			ask->word_count = next;
	}
	if (status == KZ_OK)
		set_content(ask);
	return status;
}

const struct kzi_version *kzi_version_of(
	const struct kzi_ask *ask, int language)
{
	uint32_t i;

	for (i = 0; i < ask->version_count; i++)
		if (ask->versions[i].language == language)
			return &ask->versions[i];
	return NULL;
}

/* ---- Marks ------------------------------------------------------------- */

static int has_term(const struct kzi_word *word, const struct kzi_term *term)
{
	int t;

	for (t = 0; t < word->term_count; t++)
		if (kzi_term_equal(term, &word->terms[t]))
			return 1;
	return 0;
}

/* The bit of the reading among the sure ones, or among the others if only a
 * weak variant is there. */
static uint64_t marks_of_reading(
	const struct kzi_reading *reading, const struct kzi_word *word)
{
	uint64_t bit = (uint64_t)1 << reading->index, weak = 0;
	uint32_t i;

	for (i = 0; i < reading->variant_count; i++) {
		if (!has_term(word, &reading->variants[i].term))
			continue;
		if (!reading->variants[i].is_weak)
			return bit;
		weak = bit << 32;
	}
	for (i = 0; i < reading->other_count; i++)
		if (has_term(word, &reading->others[i].variant.term))
			return bit;
	return weak;
}

static int begins(const char *text, size_t length, const struct kzi_leaf *leaf)
{
	return length >= leaf->prefix_length &&
		!memcmp(text, leaf->prefix, leaf->prefix_length);
}

int kzi_starts(const struct kzi_word *word, const struct kzi_leaf *leaf)
{
	int t;

	for (t = 0; leaf->by_stem && t < word->term_count; t++) {
		size_t length;
		const char *text = kzi_term_text(&word->terms[t], &length);

		if (word->terms[t].kind == KZI_STEM &&
			begins(text, length, leaf))
			return 1;
	}
	return begins(word->folded, word->folded_length, leaf);
}

static uint64_t mark_word(const struct kzi_ask *ask,
	const struct kzi_version *version, struct kzi_word *word)
{
	struct kzi_analyzer *analyzer = ask->index->analyzer;
	uint32_t i, j;

	if (word->mark_owner == ask->index->queries)
		return word->mark;
	word->mark_owner = ask->index->queries;
	word->mark = 0;
	if (kzi_cannot_start(&version->starts, word) ||
		!kzi_word_terms(analyzer, word))
		return 0;
	for (i = 0; i < version->leaf_count; i++) {
		const struct kzi_leaf *leaf = &version->leaves[i];

		if (leaf->is_negative)
			continue;
		for (j = 0; j < leaf->count; j++)
			if (leaf->readings[j].index < KZI_WORDS_MOST)
				word->mark |= marks_of_reading(
					&leaf->readings[j], word);
		if (leaf->prefix && leaf->prefix_index < KZI_WORDS_MOST &&
			kzi_starts(word, leaf))
			word->mark |= (uint64_t)1 << leaf->prefix_index;
	}
	return word->mark;
}

int kzi_mark_text(struct kzi_ask *ask, const struct kzi_version *version,
	const char *text, size_t length, struct kzi_tokens *tokens)
{
	const struct kzi_starts *starts = kzi_forms_sieve(
		ask, &ask->versions[version - ask->versions]);
	size_t i;

	if (!starts ||
		!kzi_analyze_for(ask->index->analyzer, version->language, text,
			length, starts, tokens))
		return 0;
	for (i = 0; i < tokens->count; i++)
		if (tokens->items[i].word)
			mark_word(ask, version, tokens->items[i].word);
	return 1;
}
