/* explain.c -- how a query was read and what each hit owes to it, in words. */
#include "search/search.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "search/across.h"
#include "search/constants.h"
#include "search/forms.h"

enum {
	SHOWN = 200,     /* Bytes of a word or query; what is longer is cut. */
	STEMS_SHOWN = 16 /* Of a word*. */
};

static void put(struct kzi_buf *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void put(struct kzi_buf *out, const char *format, ...)
{
	char line[512];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	kzi_buf_text(out, line);
}

/* Text of the user's or out of an index: made UTF-8, as terms may be cut. */
static void put_text(struct kzi_buf *out, const char *text, size_t length)
{
	size_t end = kzi_utf8_cut(text, length, SHOWN);

	kzi_utf8_append(out, text, end);
	if (end < length)
		kzi_buf_text(out, " ...");
}

static void put_variant(struct kzi_buf *out, const struct kzi_variant *variant,
	const char *kind)
{
	size_t length;
	const char *text = kzi_term_text(&variant->term, &length);

	put(out, " %s ", kind);
	put_text(out, text, length);
	put(out, " (%u x %.2f)", variant->frequency,
		variant->weight * KZI_IMPACT_UNIT);
}

/* "; community = közösség: stem kozosseg (12 x 3.20)". */
static void put_others(struct kzi_buf *out, const struct kzi_reading *reading,
	const char (*kinds)[8])
{
	uint32_t i;

	for (i = 0; i < reading->other_count; i++) {
		const struct kzi_translation *other = &reading->others[i];

		put(out, "; %.*s = %.*s:", (int)other->query.length,
			other->query.bytes, (int)other->text.length,
			other->text.bytes);
		put_variant(out, &other->variant,
			kinds[other->variant.term.kind]);
	}
}

static const char *kind_of(
	const struct kzi_variant *variant, const char kinds[KZI_TERM_KINDS][8])
{
	if (variant->root)
		return variant->is_weak ? "beginning" : "root";
	return kinds[variant->term.kind];
}

static void put_reading(struct kzi_buf *out, const struct kzi_leaf *leaf,
	const struct kzi_reading *reading)
{
	static const char kinds[KZI_TERM_KINDS][8] = { "stem", "bare",
		"prefix", "title", "part", "root" };
	uint32_t i;

	put(out, "    %s", leaf->is_negative ? "-" : "");
	put_text(out, reading->word->text, reading->word->length);
	put(out, "%s%s:",
		leaf->node->type == KZI_NODE_PHRASE ? " (in a phrase)" : "",
		reading->is_stop ? " (stop word)" : "");
	for (i = 0; i < reading->variant_count; i++)
		put_variant(out, &reading->variants[i],
			kind_of(&reading->variants[i], kinds));
	put_others(out, reading, kinds);
	if (!reading->variant_count && !reading->other_count)
		put(out, " not in the index");
	put(out, "\n");
}

/* "learn*: stem learn (113 x 1.00) stem learner (9 x 1.00)". */
static kz_status put_beginning(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_leaf *leaf, struct kzi_buf *out)
{
	struct kzi_variant stems[KZI_BEGINNING_MOST];
	size_t count, i;
	kz_status status =
		kzi_forms_beginning(ask, version, leaf, stems, &count);

	put(out, "    %s", leaf->is_negative ? "-" : "");
	put_text(out, leaf->prefix, strlen(leaf->prefix));
	put(out, "*:");
	for (i = 0; i < count && i < STEMS_SHOWN && status == KZ_OK; i++) {
		status = kzi_forms_frequency(ask, version, &stems[i].term,
			&stems[i].frequency);
		put_variant(out, &stems[i], "stem");
	}
	put(out, "%s\n",
		i < count ? " ..." : count > 0 ? "" : " not in the index");
	return status;
}

kz_status kzi_explain_query(struct kzi_ask *ask, struct kzi_buf *out)
{
	kz_status status = KZ_OK;
	uint32_t i, l, r;

	put(out, "query: ");
	put_text(out, ask->query, ask->length);
	put(out, "\n");
	if (ask->faults)
		put(out, "left out: %u (signs without a partner, or what is"
			 " too much)\n",
			ask->faults);
	for (i = 0; i < ask->version_count; i++) {
		struct kzi_version *version = &ask->versions[i];

		put(out, "  %s: %llu passages, prior %.2f\n",
			kzi_language_tag(version->language),
			(unsigned long long)version->passages, version->prior);
		for (l = 0; l < version->leaf_count; l++) {
			const struct kzi_leaf *leaf = &version->leaves[l];

			if (leaf->prefix && status == KZ_OK)
				status = put_beginning(
					ask, version, leaf, out);
			for (r = 0; r < leaf->count; r++)
				put_reading(out, leaf, &leaf->readings[r]);
		}
	}
	return status;
}

/* ---- What each word gave ----------------------------------------------- */

static double worth_of(struct kzi_ask *ask, uint32_t passage,
	const struct kzi_variant *variant, kz_status *status)
{
	uint32_t impact = 0;

	if (*status == KZ_OK)
		*status = kzi_store_impact(ask->index->store,
			variant->term.bytes, variant->term.length, passage,
			&impact, ask->err);
	return impact * variant->weight;
}

/* "    library 2.140" for a word that the passage answers, itself or by
 * translations. */
static kz_status put_worth(struct kzi_ask *ask, uint32_t passage,
	const struct kzi_reading *reading, struct kzi_buf *out)
{
	kz_status status = KZ_OK;
	double worth = 0;
	uint32_t i;

	for (i = 0; i < reading->variant_count; i++)
		worth += worth_of(
			ask, passage, &reading->variants[i], &status);
	for (i = 0; i < reading->other_count; i++)
		worth += worth_of(
			ask, passage, &reading->others[i].variant, &status);
	if (worth > 0)
		put(out, "    %s %.3f\n", reading->word->text, worth);
	return status;
}

static kz_status put_beginning_worth(struct kzi_ask *ask, uint32_t passage,
	struct kzi_version *version, const struct kzi_leaf *leaf,
	struct kzi_buf *out)
{
	struct kzi_variant stems[KZI_BEGINNING_MOST];
	size_t count, i;
	kz_status status =
		kzi_forms_beginning(ask, version, leaf, stems, &count);
	double worth = 0;

	for (i = 0; i < count; i++)
		worth += worth_of(ask, passage, &stems[i], &status);
	if (worth > 0)
		put(out, "    %s* %.3f\n", leaf->prefix, worth);
	return status;
}

static kz_status put_words(struct kzi_ask *ask,
	const struct kzi_candidate *candidate, struct kzi_buf *out)
{
	struct kzi_version *version =
		kzi_across_version(ask, candidate->row.language);
	kz_status status = KZ_OK;
	uint32_t l, r;

	for (l = 0; version && l < version->leaf_count; l++) {
		const struct kzi_leaf *leaf = &version->leaves[l];

		if (leaf->prefix && !leaf->is_negative && status == KZ_OK)
			status = put_beginning_worth(ask,
				candidate->passage, version, leaf, out);
		for (r = 0; r < leaf->count && !leaf->is_negative &&
			status == KZ_OK;
			r++)
			if (!leaf->readings[r].word->is_stop ||
				!version->has_content)
				status = put_worth(ask, candidate->passage,
					&leaf->readings[r], out);
	}
	return status;
}

kz_status kzi_explain_candidate(struct kzi_ask *ask,
	const struct kzi_candidate *candidate, const char *id,
	struct kzi_buf *out)
{
	put(out, "%.4f ", candidate->score);
	kzi_buf_text(out, id);
	put(out,
		": words %.3f, pairs %.3f, window %.3f, letters %.3f,"
		" sentence %.3f, exact %.3f, stop words %.3f, beginnings %.3f,"
		" opening %.3f",
		candidate->first,
		KZI_PAIR_WEIGHT * candidate->pairs,
		KZI_WINDOW_WEIGHT * candidate->window,
		KZI_GRAM_WEIGHT * candidate->grams,
		KZI_SENTENCE_WEIGHT * candidate->sentence,
		KZI_EXACT_WEIGHT * candidate->exact, candidate->stops,
		KZI_WEAK_WEIGHT * candidate->weak,
		KZI_OPENING_WEIGHT * candidate->opening);
	if (ask->across)
		put(out, ", echo %.3f", KZI_ACROSS_ECHO * candidate->echo);
	kzi_buf_byte(out, '\n');
	return put_words(ask, candidate, out);
}
