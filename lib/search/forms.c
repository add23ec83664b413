/* forms.c -- see forms.h. */
#include "search/forms.h"

#include <string.h>

#include "base/error.h"
#include "search/constants.h"

kz_status kzi_forms_open(struct kzi_ask *ask, struct kzi_version *version)
{
	return kzi_store_forms(ask->index->store, version->language,
		&version->forms, &version->knows_all, ask->err);
}

/* ---- Walking ----------------------------------------------------------- */

/* A walk over the forms whose terms begin with some bytes. No other walk of the
 * version may be under way. */
struct walk {
	struct kzi_vocabulary *all;
	int language;
	int kind; /* Of the terms. */
	char start[KZI_TERM_MOST + 1];
	size_t length;
	int has_begun;
};

/* Of all terms that begin as `term` does. */
static void begin_with(struct walk *walk, struct kzi_version *version,
	const struct kzi_term *term)
{
	walk->all = &version->forms;
	walk->language = version->language;
	walk->kind = term->kind;
	walk->length = term->length;
	walk->has_begun = 0;
	memcpy(walk->start, term->bytes, term->length);
}

/* Of this term. */
static void begin(struct walk *walk, struct kzi_version *version,
	const struct kzi_term *term)
{
	begin_with(walk, version, term);
	walk->start[walk->length++] = '\0';
}

static int next_form(struct walk *walk, struct kzi_form *form)
{
	struct kzi_vocabulary *all = walk->all;
	int is_there = walk->has_begun
		? kzi_vocabulary_next(all) &&
			kzi_vocabulary_begins(all, walk->start, walk->length)
		: kzi_vocabulary_find(all, walk->start, walk->length);

	walk->has_begun = 1;
	return is_there &&
		kzi_form_read(form, all->word, all->length, walk->kind);
}

static uint32_t clamp(int64_t passages)
{
	return passages < 0 ? 0
		: passages > UINT32_MAX ? UINT32_MAX
					: (uint32_t)passages;
}

/* 1 if no word of the index has the term. */
static int rule_out(struct kzi_version *version, const struct kzi_term *term)
{
	struct walk walk;

	begin(&walk, version, term);
	return !kzi_vocabulary_find(walk.all, walk.start, walk.length);
}

/* All forms of a term together are in no fewer passages than the most frequent
 * one, and in no more than if no passage had two: about half way. */
static uint32_t estimate(struct kzi_version *version,
	const struct kzi_term *term)
{
	struct kzi_form form;
	struct walk walk;
	uint64_t sum = 0;
	uint32_t most = 0;

	begin(&walk, version, term);
	while (next_form(&walk, &form)) {
		uint32_t passages = clamp(version->forms.passages);

		most = passages > most ? passages : most;
		sum += passages;
	}
	sum = (sum + most) / 2;
	return (uint32_t)(sum < version->passages ? sum : version->passages);
}

/* Titles have no forms of their own. */
static int is_known(
	const struct kzi_version *version, const struct kzi_term *term)
{
	return version->knows_all && term->kind != KZI_TITLE;
}

static kz_status count(struct kzi_ask *ask, const struct kzi_term *term,
	uint32_t *frequency)
{
	return kzi_store_frequency(ask->index->store, term->bytes,
		term->length, frequency, ask->err);
}

kz_status kzi_forms_estimate(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_term *term, uint32_t *frequency)
{
	if (!is_known(version, term))
		return count(ask, term, frequency);
	*frequency = estimate(version, term);
	return KZ_OK;
}

kz_status kzi_forms_frequency(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_term *term, uint32_t *frequency)
{
	if (!version->is_likely)
		return kzi_forms_estimate(ask, version, term, frequency);
	*frequency = 0;
	return is_known(version, term) && rule_out(version, term)
		? KZ_OK
		: count(ask, term, frequency);
}

/* A stem that a form leads to, as it is filed. */
struct stem {
	char bytes[KZI_TERM_MOST];
	size_t length;
	uint32_t passages; /* That have the form. */
};

/* The next stem of a walk over roots or beginnings; of one over stems, they
 * themselves. */
static int next_stem(
	struct walk *walk, struct kzi_form *form, struct stem *stem)
{
	if (!next_form(walk, form))
		return 0;
	stem->passages = clamp(walk->all->passages);
	if (kzi_form_has_stems(&form->term)) {
		stem->length = kzi_term_make(stem->bytes, KZI_STEM,
			walk->language, form->value, form->length);
		return 1;
	}
	stem->length = form->term.length;
	memcpy(stem->bytes, form->term.bytes, form->term.length);
	return 1;
}

/* ---- Siblings ---------------------------------------------------------- */

/* The most frequent stems met so far. */
struct most {
	struct kzi_variant *items;
	size_t count, capacity;
};

static int is_among(const struct kzi_variant *variants, size_t count,
	const struct stem *stem)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (variants[i].term.length == stem->length &&
			!memcmp(variants[i].term.bytes, stem->bytes,
				stem->length))
			return 1;
	return 0;
}

/* Where the next one goes: the end, or the place of the rarest. */
static size_t place_of(const struct most *most)
{
	size_t least = 0, i;

	if (most->count < most->capacity)
		return most->count;
	for (i = 1; i < most->count; i++)
		if (most->items[i].frequency <
			most->items[least].frequency)
			least = i;
	return least;
}

static kz_status add_stem(
	struct kzi_ask *ask, struct most *most, const struct stem *stem)
{
	size_t at = place_of(most);
	struct kzi_variant *item = &most->items[at];

	if (at < most->count && item->frequency >= stem->passages)
		return KZ_OK;
	item->term.bytes =
		kzi_arena_copy(&ask->arena, stem->bytes, stem->length);
	if (!item->term.bytes)
		return kzi_fail_memory(ask->err);
	item->term.length = (uint8_t)stem->length;
	item->term.kind = KZI_STEM;
	item->frequency = stem->passages;
	most->count += at == most->count;
	return KZ_OK;
}

/* What the members of a family have in common. */
struct bond {
	uint8_t bytes;   /* Of a root or beginning. */
	uint8_t is_weak; /* It is but a beginning. */
	double share;
};

static void append(struct kzi_reading *reading, const struct most *most,
	struct bond bond)
{
	size_t i;

	for (i = 0; i < most->count &&
		reading->variant_count < KZI_VARIANTS_MOST;
		i++) {
		struct kzi_variant *variant =
			&reading->variants[reading->variant_count++];

		*variant = most->items[i];
		variant->weight = bond.share;
		variant->root = bond.bytes;
		variant->is_weak = bond.is_weak;
	}
}

/* 1 if the stem that a root or beginning leads to begins so itself, but for the
 * last letter. */
static int begins_alike(const struct kzi_form *form)
{
	size_t most = form->term.length - 2u;

	return form->length >= most &&
		!memcmp(form->value, form->term.bytes + 1, most);
}

/* Add the stems of a root or beginning that are not there yet; *passages tells
 * how many have one of all. */
static kz_status add_family(struct kzi_ask *ask, struct kzi_version *version,
	struct kzi_reading *reading, const struct kzi_term *term,
	struct bond bond, uint32_t *passages)
{
	struct kzi_variant room[KZI_SIBLINGS_MOST];
	struct most most = { room, 0, KZI_SIBLINGS_MOST };
	struct kzi_form form;
	struct stem stem;
	struct walk walk;
	uint64_t sum = 0;
	kz_status status = KZ_OK;

	begin(&walk, version, term);
	while (status == KZ_OK && next_stem(&walk, &form, &stem)) {
		/* Italian "presi" is of "prendere", Hungarian "gyere" of
		 * "jön": their other words are no family. */
		if (!begins_alike(&form))
			continue;
		sum += stem.passages;
		if (!is_among(reading->variants, reading->variant_count,
			    &stem))
			status = add_stem(ask, &most, &stem);
	}
	append(reading, &most, bond);
	*passages = (uint32_t)(sum < version->passages ? sum
						       : version->passages);
	return status;
}

/* All stems of a root are one word where it is weighed: it is as frequent as
 * they are together. */
kz_status kzi_forms_add_root(struct kzi_ask *ask, struct kzi_version *version,
	struct kzi_reading *reading, const struct kzi_term *root)
{
	struct bond bond = { (uint8_t)(root->length - 1), 0, KZI_ROOT_SHARE };
	uint32_t passages;
	kz_status status =
		add_family(ask, version, reading, root, bond, &passages);

	if (passages > reading->frequency)
		reading->frequency = passages;
	return status;
}

kz_status kzi_forms_add_neighbours(struct kzi_ask *ask,
	struct kzi_version *version, struct kzi_reading *reading,
	const struct kzi_term *prefix)
{
	struct bond bond = { (uint8_t)(prefix->length - 1), 1,
		KZI_PREFIX_WEIGHT };

	return add_family(
		ask, version, reading, prefix, bond, &reading->neighbours);
}

/* ---- Beginnings -------------------------------------------------------- */

/* The beginning of a leaf as a term; words of five letters and more are filed
 * under their first five. Returns 0 if it is too long for that. */
static int make_start(const struct kzi_leaf *leaf, int kind, int language,
	char bytes[KZI_TERM_MOST], struct kzi_term *term)
{
	size_t length = leaf->prefix_length, letters = 0, i;

	for (i = 0; kind == KZI_PREFIX && i < leaf->prefix_length; i++)
		if (((unsigned char)leaf->prefix[i] & 0xC0) != 0x80 &&
			letters++ == KZI_PREFIX_LETTERS)
			break;
	if (kind == KZI_PREFIX)
		length = i;
	if (length >= KZI_TERM_MOST)
		return 0;
	term->length = (uint8_t)kzi_term_make(
		bytes, kind, language, leaf->prefix, length);
	term->bytes = bytes;
	term->kind = (uint8_t)kind;
	return 1;
}

/* 1 if a word of the stem may begin as the leaf does: one is the beginning of
 * the other. */
static int may_begin_so(const struct kzi_leaf *leaf, const struct stem *stem)
{
	size_t length = stem->length - 1;

	return !memcmp(stem->bytes + 1, leaf->prefix,
		length < leaf->prefix_length ? length : leaf->prefix_length);
}

/* Stems of words that begin as the leaf does or, by kind, that do themselves:
 * short words have no other beginning, and Welsh ones begin otherwise from
 * sentence to sentence. */
static kz_status add_beginning(struct kzi_ask *ask,
	struct kzi_version *version, const struct kzi_leaf *leaf, int kind,
	struct most *stems)
{
	char bytes[KZI_TERM_MOST];
	struct kzi_term start;
	struct kzi_form form;
	struct stem stem;
	struct walk walk;
	kz_status status = KZ_OK;

	if (!make_start(leaf, kind, version->language, bytes, &start))
		return KZ_OK;
	begin_with(&walk, version, &start);
	while (status == KZ_OK && next_stem(&walk, &form, &stem))
		if (may_begin_so(leaf, &stem) &&
			!is_among(stems->items, stems->count, &stem))
			status = add_stem(ask, stems, &stem);
	return status;
}

/* 1 if a word of the term begins as the leaf does; then `stem` is the term. */
static int has_word(struct kzi_version *version, const struct kzi_term *term,
	const struct kzi_leaf *leaf, struct stem *stem)
{
	struct kzi_form form;
	struct walk walk;

	begin(&walk, version, term);
	while (next_stem(&walk, &form, stem)) {
		char folded[KZI_FORM_BYTES];
		size_t length = kzi_fold_text(
			folded, sizeof(folded), form.value, form.length);

		if (length >= leaf->prefix_length &&
			!memcmp(folded, leaf->prefix, leaf->prefix_length))
			return 1;
	}
	return 0;
}

/* The stems of the beginning as a word of its own, however they begin: "cão",
 * for cães*. */
static kz_status add_itself(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_leaf *leaf, struct most *stems)
{
	struct kzi_tokens *tokens = &ask->index->tokens;
	struct kzi_analyzer *analyzer = ask->index->analyzer;
	kz_status status = KZ_OK;
	struct kzi_word *word;
	int i;

	if (!kzi_analyze(analyzer, version->language, leaf->node->text,
		    leaf->node->length, tokens))
		return kzi_fail_memory(ask->err);
	if (tokens->count != 1)
		return KZ_OK;
	word = tokens->items[0].word;
	if (!kzi_word_terms(analyzer, word))
		return kzi_fail_memory(ask->err);
	for (i = 0; i < word->term_count && status == KZ_OK; i++) {
		struct stem stem;

		if (word->terms[i].kind == KZI_STEM &&
			has_word(version, &word->terms[i], leaf, &stem) &&
			!is_among(stems->items, stems->count, &stem))
			status = add_stem(ask, stems, &stem);
	}
	return status;
}

/* Stems that are shorter than the beginning, of words too short to have another
 * one: "cat", for cats*. */
static kz_status add_shorter(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_leaf *leaf, struct most *stems)
{
	kz_status status = KZ_OK;
	size_t length;

	for (length = 1; length < leaf->prefix_length && status == KZ_OK;
		length++) {
		char bytes[KZI_TERM_MOST];
		struct kzi_term term = { .bytes = bytes, .kind = KZI_STEM };
		struct stem stem;

		if (((unsigned char)leaf->prefix[length] & 0xC0) == 0x80)
			continue;
		term.length = (uint8_t)kzi_term_make(bytes, KZI_STEM,
			version->language, leaf->prefix, length);
		if (has_word(version, &term, leaf, &stem) &&
			!is_among(stems->items, stems->count, &stem))
			status = add_stem(ask, stems, &stem);
	}
	return status;
}

kz_status kzi_forms_beginning(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_leaf *leaf,
	struct kzi_variant stems[KZI_BEGINNING_MOST], size_t *count)
{
	struct most most = { stems, 0, KZI_BEGINNING_MOST };
	kz_status status;
	size_t i;

	*count = 0;
	if (leaf->prefix_length == 0)
		return KZ_OK;
	status = add_beginning(ask, version, leaf, KZI_PREFIX, &most);
	if (status == KZ_OK && leaf->by_stem)
		status = add_beginning(ask, version, leaf, KZI_STEM, &most);
	if (status == KZ_OK && leaf->by_stem)
		status = add_shorter(ask, version, leaf, &most);
	if (status == KZ_OK && leaf->by_stem)
		status = add_itself(ask, version, leaf, &most);
	for (i = 0; i < most.count; i++)
		stems[i].weight = version->prior / KZI_IMPACT_UNIT;
	*count = most.count;
	return status;
}

/* ---- The words that may answer ------------------------------------------ */

int kzi_forms_add_words(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_term *term, struct kzi_word_set *set)
{
	struct kzi_form form;
	struct walk walk;

	begin(&walk, version, term);
	while (next_form(&walk, &form))
		if (!kzi_word_set_add(
			    set, &ask->arena, form.value, form.length))
			return 0;
	return 1;
}

/* What stands in titles is filed as the stem once more, under another kind. */
static int add_term_words(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_term *term)
{
	struct kzi_term stem = *term;
	char bytes[KZI_TERM_MOST];
	size_t length;
	const char *text;

	if (term->kind == KZI_TITLE) {
		text = kzi_term_text(term, &length);
		stem.length = (uint8_t)kzi_term_make(
			bytes, KZI_STEM, version->language, text, length);
		stem.bytes = bytes;
	}
	return kzi_forms_add_words(ask, version, &stem, &version->words);
}

static int add_reading(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_reading *reading)
{
	uint32_t i;

	for (i = 0; i < reading->variant_count; i++)
		if (!add_term_words(
			    ask, version, &reading->variants[i].term))
			return 0;
	for (i = 0; i < reading->other_count; i++)
		if (!add_term_words(
			    ask, version, &reading->others[i].variant.term))
			return 0;
	return 1;
}

static int add_leaf(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_leaf *leaf)
{
	uint32_t i;

	for (i = 0; i < leaf->count; i++)
		if (!add_reading(ask, version, &leaf->readings[i]))
			return 0;
	return 1;
}

static int has_beginning(const struct kzi_version *version)
{
	uint32_t i;

	for (i = 0; i < version->leaf_count; i++)
		if (version->leaves[i].prefix)
			return 1;
	return 0;
}

const struct kzi_starts *kzi_forms_sieve(
	struct kzi_ask *ask, struct kzi_version *version)
{
	uint32_t i;

	if (version->starts.words || !version->knows_all ||
		has_beginning(version))
		return &version->starts;
	for (i = 0; i < version->leaf_count; i++)
		if (!add_leaf(ask, version, &version->leaves[i]))
			return NULL;
	version->starts.words = &version->words;
	return &version->starts;
}
