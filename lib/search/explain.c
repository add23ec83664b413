/* explain.c -- how a query was read and what each hit owes to it, in words. */
#include "search/search.h"

#include <stdarg.h>
#include <stdio.h>

#include "search/constants.h"

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

static void put_variant(struct kzi_buf *out, const struct kzi_variant *variant,
	const char *kind)
{
	size_t length;
	const char *text = kzi_term_text(&variant->term, &length);

	put(out, " %s %.*s (%u x %.2f)", kind, (int)length, text,
		variant->frequency, variant->weight * KZI_IMPACT_UNIT);
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

static void put_reading(
	struct kzi_buf *out, const struct kzi_reading *reading)
{
	static const char kinds[KZI_TERM_KINDS][8] = { "stem", "bare",
		"prefix", "title", "part", "root" };
	uint32_t i;

	put(out, "    %s%s:", reading->word->text,
		reading->is_stop ? " (stop word)" : "");
	for (i = 0; i < reading->variant_count; i++)
		put_variant(out, &reading->variants[i],
			kinds[reading->variants[i].term.kind]);
	if (reading->prefix.frequency)
		put_variant(out, &reading->prefix, "prefix");
	put_others(out, reading, kinds);
	if (!reading->variant_count && !reading->prefix.frequency &&
		!reading->other_count)
		put(out, " not in the index");
	put(out, "\n");
}

void kzi_explain_query(const struct kzi_ask *ask, struct kzi_buf *out)
{
	uint32_t i, l, r;

	put(out, "query: %s\n", ask->query);
	if (ask->faults)
		put(out, "left out: %u signs that could not be read\n",
			ask->faults);
	for (i = 0; i < ask->version_count; i++) {
		const struct kzi_version *version = &ask->versions[i];

		put(out, "  %s: %llu passages, prior %.2f\n",
			kzi_language_tag(version->language),
			(unsigned long long)version->passages, version->prior);
		for (l = 0; l < version->leaf_count; l++) {
			const struct kzi_leaf *leaf = &version->leaves[l];

			if (leaf->prefix)
				put(out, "    %s*\n", leaf->prefix);
			for (r = 0; r < leaf->count; r++)
				put_reading(out, &leaf->readings[r]);
		}
	}
}

void kzi_explain_candidate(const struct kzi_candidate *candidate,
	const char *id, struct kzi_buf *out)
{
	put(out,
		"%.4f %s: words %.3f, pairs %.3f, window %.3f, letters %.3f,"
		" exact %.3f, stop words %.3f, beginnings %.3f, early"
		" %.3f\n",
		candidate->score, id, candidate->first,
		KZI_PAIR_WEIGHT * candidate->pairs,
		KZI_WINDOW_WEIGHT * candidate->window,
		KZI_GRAM_WEIGHT * candidate->grams,
		KZI_EXACT_WEIGHT * candidate->exact, candidate->stops,
		KZI_WEAK_WEIGHT * candidate->weak,
		KZI_EARLY_WEIGHT * candidate->early);
}
