/* plan.c -- tree and words to queries of the store.
 *
 * A passage is in one language, so the tree is built once for each language of
 * the index in which it can match anything:
 *
 *     GROUP  a +b -c  =>  NOT( MAYBE( b, a ), c )
 *     GROUP  -c       =>  NOT( all in this language, c )
 *     word            =>  OR( stem, bare ..., stems of its root )
 *
 * The store asks them one after the other, the likeliest first, so that a
 * language in which the query says little is left early. Filters lie around
 * each. */
#include "search/search.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "search/constants.h"
#include "search/forms.h"

struct plan {
	struct kzi_ask *ask;
	const struct kzi_version *version;
	uint32_t leaf;   /* Next leaf of the version, in tree order. */
	int checks;
	kz_status status;
};

/* ---- Making queries ---------------------------------------------------- */

static struct kzi_query *make(struct plan *plan, enum kzi_op op)
{
	struct kzi_query *query =
		kzi_arena_zero(&plan->ask->arena, 1, sizeof(*query));

	if (query)
		query->op = op;
	else
		plan->status = kzi_fail_memory(plan->ask->err);
	return query;
}

/* Sums of such weights are exact in a double, whatever the order they are added
 * in, so equal passages weigh the same. */
static double round_weight(double weight)
{
	const double grain = 1 << 24;

	return floor(weight * grain + 0.5) / grain;
}

static struct kzi_query *make_term(
	struct plan *plan, const char *bytes, size_t length, double weight)
{
	struct kzi_query *query = make(plan, KZI_OP_TERM);

	if (query) {
		query->term.bytes = bytes;
		query->term.length = length;
		query->weight = round_weight(weight);
	}
	return query;
}

static struct kzi_query *make_filter(struct plan *plan,
	enum kzi_filter filter, const char *value, size_t length)
{
	char term[KZI_FILTER_MOST];
	size_t size = kzi_filter_term(term, filter, value, length);
	const char *copy = kzi_arena_copy(&plan->ask->arena, term, size);

	if (!copy) {
		plan->status = kzi_fail_memory(plan->ask->err);
		return NULL;
	}
	return make_term(plan, copy, size, 0);
}

static struct kzi_query *make_language_filter(struct plan *plan, int language)
{
	char letter = (char)('a' + language);

	return make_filter(plan, KZI_FILTER_LANGUAGE, &letter, 1);
}

/* Children collected one after the other; those that match nothing are left
 * out by the caller. */
struct children {
	struct kzi_query *items[8];
	struct kzi_query **all; /* items, or a larger array in the arena. */
	size_t count, capacity;
};

static void add(
	struct plan *plan, struct children *children, struct kzi_query *query)
{
	if (!query)
		return;
	if (!children->all) {
		children->all = children->items;
		children->capacity = 8;
	}
	if (children->count == children->capacity) {
		struct kzi_query **more = kzi_arena_get(&plan->ask->arena,
			2 * children->capacity * sizeof(*more));

		if (!more) {
			plan->status = kzi_fail_memory(plan->ask->err);
			return;
		}
		memcpy(more, children->all, children->count * sizeof(*more));
		children->all = more;
		children->capacity *= 2;
	}
	children->all[children->count++] = query;
}

/* One query of all children; NULL of none, the child of one. */
static struct kzi_query *combine(
	struct plan *plan, enum kzi_op op, const struct children *children)
{
	struct kzi_query *query;
	struct kzi_query **copy;

	if (children->count == 0)
		return NULL;
	if (children->count == 1)
		return children->all[0];
	query = make(plan, op);
	copy = kzi_arena_get(
		&plan->ask->arena, children->count * sizeof(*copy));
	if (!query || !copy) {
		plan->status = kzi_fail_memory(plan->ask->err);
		return NULL;
	}
	memcpy(copy, children->all, children->count * sizeof(*copy));
	query->children = copy;
	query->count = children->count;
	return query;
}

static struct kzi_query *combine_two(struct plan *plan, enum kzi_op op,
	struct kzi_query *left, struct kzi_query *right)
{
	struct children children = { 0 };

	if (!left || !right)
		return left;
	add(plan, &children, left);
	add(plan, &children, right);
	return combine(plan, op, &children);
}

/* ---- Words ------------------------------------------------------------- */

static struct kzi_query *make_variant(
	struct plan *plan, const struct kzi_variant *variant)
{
	return make_term(plan, variant->term.bytes, variant->term.length,
		variant->weight);
}

static void add_variants(struct plan *plan, struct children *all,
	const struct kzi_reading *reading, int is_own)
{
	uint32_t i;

	for (i = 0; i < reading->variant_count; i++)
		if (!is_own || !reading->variants[i].root)
			add(plan, all,
				make_variant(plan, &reading->variants[i]));
	for (i = 0; i < reading->other_count; i++)
		add(plan, all,
			make_variant(plan, &reading->others[i].variant));
}

/* What one word of the query matches, or NULL. `is_condition`: it must be
 * there, so only its own stems and those of its translations count, if the
 * index has them: a root is another word's too. */
static struct kzi_query *plan_reading(
	struct plan *plan, const struct kzi_reading *reading, int is_condition)
{
	struct children all = { 0 };

	add_variants(plan, &all, reading, is_condition);
	if (is_condition && all.count == 0)
		add_variants(plan, &all, reading, 0);
	return combine(plan, KZI_OP_OR, &all);
}

static int skips(const struct plan *plan, const struct kzi_reading *reading,
	int is_condition)
{
	return reading->is_stop && plan->version->has_content &&
		!is_condition;
}

/* A leaf that is one word, or several side by side ("e-mail": the parts, or
 * the whole). */
static struct kzi_query *plan_word(
	struct plan *plan, const struct kzi_leaf *leaf, int is_condition)
{
	struct children parts = { 0 }, whole = { 0 };
	int misses = 0;
	uint32_t i;

	for (i = 0; i < leaf->count; i++) {
		const struct kzi_reading *reading = &leaf->readings[i];
		struct kzi_query *query;

		if (leaf->is_joined[i]) {
			add(plan, &whole, plan_reading(plan, reading, 0));
			continue;
		}
		if (skips(plan, reading, is_condition && leaf->count == 1))
			continue;
		query = plan_reading(plan, reading, is_condition);
		misses |= !query;
		add(plan, &parts, query);
	}
	if (is_condition && misses)
		parts.count = 0;
	add(plan, &whole,
		combine(plan, is_condition ? KZI_OP_AND : KZI_OP_OR, &parts));
	return combine(plan, KZI_OP_OR, &whole);
}

/* All words of the phrase must be there; their order is checked on the text. */
static struct kzi_query *plan_phrase(
	struct plan *plan, const struct kzi_leaf *leaf)
{
	struct children words = { 0 };
	uint32_t i;

	for (i = 0; i < leaf->count; i++) {
		struct kzi_query *query;

		if (leaf->is_joined[i])
			continue;
		query = plan_reading(plan, &leaf->readings[i], 1);
		if (!query)
			return NULL;
		add(plan, &words, query);
	}
	if (words.count > 1)
		plan->checks = 1;
	return combine(plan, KZI_OP_AND, &words);
}

/* ---- word* ------------------------------------------------------------- */

/* The stems of the words that begin so; since a stem may have other words too,
 * the text has the last word. */
static struct kzi_query *plan_beginning(
	struct plan *plan, const struct kzi_leaf *leaf)
{
	struct kzi_variant stems[KZI_BEGINNING_MOST];
	struct children terms = { 0 };
	size_t count = 0, i;

	plan->status = kzi_forms_beginning(plan->ask,
		&plan->ask->versions[plan->version - plan->ask->versions], leaf,
		stems, &count);
	for (i = 0; i < count && plan->status == KZ_OK; i++)
		add(plan, &terms, make_variant(plan, &stems[i]));
	plan->checks |= count > 0;
	return combine(plan, KZI_OP_OR, &terms);
}

/* ---- The tree ---------------------------------------------------------- */

static struct kzi_query *plan_node(
	struct plan *plan, const struct kzi_node *node, int is_condition);

static struct kzi_query *plan_leaf(
	struct plan *plan, const struct kzi_node *node, int is_condition)
{
	const struct kzi_leaf *leaf = &plan->version->leaves[plan->leaf++];

	if (node->type == KZI_NODE_PREFIX)
		return plan_beginning(plan, leaf);
	if (node->type == KZI_NODE_PHRASE)
		return plan_phrase(plan, leaf);
	return plan_word(plan, leaf, is_condition);
}

/* Children by their signs. A required one that matches nothing in this language
 * makes the whole match nothing. */
struct sorted {
	struct children musts, shoulds, nots;
	int is_impossible;
	int has_nots; /* Something is not wanted, if only what is nowhere. */
	int has_wish; /* Something is asked for, if only what is nowhere. */
};

/* What must not be there. A plan finds too much of phrases and the like, so
 * only the text can tell what they forbid. */
static void forbid(
	struct plan *plan, struct sorted *sorted, const struct kzi_node *child)
{
	uint32_t first = plan->leaf;
	int checks = plan->checks;
	struct kzi_query *query;

	plan->checks = 0;
	query = plan_node(plan, child, 1);
	if (!plan->checks)
		add(plan, &sorted->nots, query);
	sorted->has_nots |= kzi_has_words(plan->version, first, plan->leaf);
	plan->checks |= checks;
}

/* A child without a word, such as "&" or brackets around filters, asks for
 * nothing. */
static void sort_child(struct plan *plan, struct sorted *sorted,
	const struct kzi_node *child, int all)
{
	int is_must = child->sign == '+' || all;
	uint32_t first = plan->leaf;
	struct kzi_query *query;

	if (child->type == KZI_NODE_FILTER)
		return;
	if (child->sign == '-') {
		forbid(plan, sorted, child);
		return;
	}
	query = plan_node(plan, child, is_must);
	if (!kzi_has_words(plan->version, first, plan->leaf))
		return;
	sorted->has_wish = 1;
	if (is_must && !query)
		sorted->is_impossible = 1;
	else
		add(plan, is_must ? &sorted->musts : &sorted->shoulds, query);
}

static struct kzi_query *join_sorted(struct plan *plan, struct sorted *sorted)
{
	struct kzi_query *should =
		combine(plan, KZI_OP_OR, &sorted->shoulds);
	struct kzi_query *must = combine(plan, KZI_OP_AND, &sorted->musts);
	struct kzi_query *not = combine(plan, KZI_OP_OR, &sorted->nots);
	struct kzi_query *query = must;

	if (sorted->is_impossible)
		return NULL;
	if (!query)
		query = should;
	else if (should)
		query = combine_two(plan, KZI_OP_MAYBE, must, should);
	/* "-school" alone: all but that, as every language says of itself. */
	if (!query && sorted->has_nots && !sorted->has_wish)
		query = make_language_filter(plan, plan->version->language);
	return combine_two(plan, KZI_OP_NOT, query, not );
}

static struct kzi_query *plan_children(
	struct plan *plan, const struct kzi_node *node, int all)
{
	struct sorted sorted = { 0 };
	const struct kzi_node *child;

	for (child = node->first; child && plan->status == KZ_OK;
		child = child->next)
		sort_child(plan, &sorted, child, all);
	return join_sorted(plan, &sorted);
}

static struct kzi_query *plan_node(
	struct plan *plan, const struct kzi_node *node, int is_condition)
{
	int all = plan->ask->options->match == KZ_MATCH_ALL;

	switch (node->type) {
	case KZI_NODE_GROUP:
		return plan_children(plan, node, all);
	case KZI_NODE_OR:
		return plan_children(plan, node, 0);
	case KZI_NODE_AND:
		return plan_children(plan, node, 1);
	case KZI_NODE_NEAR:
		plan->checks = 1;
		return plan_children(plan, node, 1);
	case KZI_NODE_FILTER:
		return NULL;
	default:
		return plan_leaf(plan, node, is_condition);
	}
}

/* ---- Filters ----------------------------------------------------------- */

/* Kinds and places are typed as words are: "kind:Story", "place:Évora". */
static struct kzi_query *make_kind_filter(
	struct plan *plan, const char *name, size_t length)
{
	char folded[KZI_PREFIX_MOST];
	size_t size = kzi_fold_text(folded, sizeof(folded), name, length);
	char letter = (char)('0' + kzi_kind_named(folded, size));

	return make_filter(plan, KZI_FILTER_KIND, &letter, 1);
}

static struct kzi_query *make_path_filter(
	struct plan *plan, const char *path, size_t length)
{
	struct kzi_query *query =
		make_filter(plan, KZI_FILTER_DOCUMENT, path, length);

	if (query)
		query->op = KZI_OP_STARTS;
	return query;
}

/* A language that nothing is in matches nothing. */
static struct kzi_query *make_tag_filter(
	struct plan *plan, const char *tag, size_t length)
{
	int language = kzi_language_find(tag, length);

	return make_language_filter(
		plan, language < 0 ? KZI_STORE_LANGUAGES : language);
}

static struct kzi_query *make_place_filter(
	struct plan *plan, const char *name, size_t length)
{
	struct children either = { 0 };
	char folded[KZI_PREFIX_MOST];
	size_t size = kzi_fold_text(folded, sizeof(folded), name, length);

	add(plan, &either, make_filter(plan, KZI_FILTER_PLACE, name, length));
	if (size != length || memcmp(folded, name, length))
		add(plan, &either,
			make_filter(plan, KZI_FILTER_PLACE, folded, size));
	return combine(plan, KZI_OP_OR, &either);
}

/* Names with commas between them: any of them. */
static struct kzi_query *plan_list(struct plan *plan, const char *list,
	size_t length,
	struct kzi_query *make_one(struct plan *, const char *, size_t))
{
	struct children children = { 0 };
	size_t at = 0;

	while (at < length) {
		const char *comma = memchr(list + at, ',', length - at);
		size_t end = comma ? (size_t)(comma - list) : length;

		if (end > at)
			add(plan, &children,
				make_one(plan, list + at, end - at));
		at = end + 1;
	}
	return combine(plan, KZI_OP_OR, &children);
}

static struct kzi_query *make_node_filter(
	struct plan *plan, const struct kzi_node *node)
{
	switch (node->field) {
	case KZI_FIELD_LANG:
		return plan_list(
			plan, node->text, node->length, make_tag_filter);
	case KZI_FIELD_KIND:
		return plan_list(
			plan, node->text, node->length, make_kind_filter);
	case KZI_FIELD_PLACE:
		return plan_list(
			plan, node->text, node->length, make_place_filter);
	default:
		return make_path_filter(plan, node->text, node->length);
	}
}

/* Filters of one field are alternatives, those of several fields must all
 * hold; where in the query they stand does not matter, but for brackets that
 * are forbidden as a whole. */
static void collect_filters(struct plan *plan, const struct kzi_node *node,
	enum kzi_field field, struct children *allowed,
	struct children *forbidden)
{
	for (; node && plan->status == KZ_OK; node = node->next) {
		struct children *side = node->sign == '-' ? forbidden : allowed;

		if (node->type == KZI_NODE_FILTER && node->field == field)
			add(plan, side, make_node_filter(plan, node));
		collect_filters(plan, node->first, field, side, forbidden);
	}
}

static struct kzi_query *plan_option(struct plan *plan, const char *list,
	struct kzi_query *make_one(struct plan *, const char *, size_t))
{
	return list ? plan_list(plan, list, strlen(list), make_one) : NULL;
}

static struct kzi_query *plan_languages(struct plan *plan)
{
	struct children children = { 0 };
	int language;

	if (!plan->ask->options->languages)
		return NULL;
	for (language = 0; language < KZI_LANGUAGES; language++)
		if (plan->ask->languages >> language & 1)
			add(plan, &children,
				make_language_filter(plan, language));
	return combine(plan, KZI_OP_OR, &children);
}

/* 1 if the query finds passages of one language alone: its words are. */
static int is_of_one_language(const struct kzi_query *query)
{
	size_t i;

	switch (query->op) {
	case KZI_OP_TERM:
		return 1;
	case KZI_OP_OR:
		for (i = 0; i < query->count; i++)
			if (!is_of_one_language(query->children[i]))
				return 0;
		return 1;
	case KZI_OP_AND:
	case KZI_OP_FILTER:
	case KZI_OP_NOT:
	case KZI_OP_MAYBE:
		return is_of_one_language(query->children[0]);
	default:
		return 0;
	}
}

static void add_filters(struct plan *plan, const struct kzi_query *query,
	struct children *filters, struct children *forbidden)
{
	const kz_search_options *options = plan->ask->options;
	int field;

	if (!is_of_one_language(query))
		add(plan, filters, plan_languages(plan));
	add(plan, filters, plan_option(plan, options->kinds, make_kind_filter));
	add(plan, filters,
		plan_option(plan, options->places, make_place_filter));
	for (field = KZI_FIELD_LANG; field <= KZI_FIELD_PATH; field++) {
		struct children allowed = { 0 };

		collect_filters(plan, plan->ask->tree, (enum kzi_field)field,
			&allowed, forbidden);
		add(plan, filters, combine(plan, KZI_OP_OR, &allowed));
	}
}

static int has_filter(const struct kzi_node *node)
{
	for (; node; node = node->next)
		if (node->type == KZI_NODE_FILTER || has_filter(node->first))
			return 1;
	return 0;
}

/* Filters of the query may stand alone ("place:wales": everything from there);
 * those of the options only restrict. */
static struct kzi_query *filter(struct plan *plan, struct kzi_query *query,
	int has_words)
{
	struct children filters = { 0 }, forbidden = { 0 }, all = { 0 };
	size_t i;

	if (!query && !has_words && has_filter(plan->ask->tree))
		query = make(plan, KZI_OP_ALL);
	if (!query)
		return NULL;
	add_filters(plan, query, &filters, &forbidden);
	add(plan, &all, query);
	for (i = 0; i < filters.count; i++)
		add(plan, &all, filters.all[i]);
	query = combine(plan, KZI_OP_FILTER, &all);
	return combine_two(plan, KZI_OP_NOT, query,
		combine(plan, KZI_OP_OR, &forbidden));
}

/* ---- The whole --------------------------------------------------------- */

/* The versions with the highest priors first; there are seven at most. */
static void order_versions(struct kzi_ask *ask)
{
	uint32_t i, j;

	for (i = 1; i < ask->version_count; i++)
		for (j = i; j > 0 &&
			ask->versions[j].prior > ask->versions[j - 1].prior;
			j--) {
			struct kzi_version swap = ask->versions[j];

			ask->versions[j] = ask->versions[j - 1];
			ask->versions[j - 1] = swap;
		}
}

kz_status kzi_plan(struct kzi_ask *ask, struct kzi_plan *out)
{
	struct plan plan = { .ask = ask, .status = KZ_OK };
	uint32_t i;

	out->count = 0;
	order_versions(ask);
	for (i = 0; i < ask->version_count && plan.status == KZ_OK; i++) {
		struct kzi_query *query;
		int has_words;

		plan.version = &ask->versions[i];
		plan.leaf = 0;
		query = plan_node(&plan, ask->tree, 0);
		has_words = kzi_has_words(plan.version, 0, plan.leaf);
		query = filter(&plan, query, has_words);
		if (query)
			out->queries[out->count++] = query;
		/* Filters alone say the same in every language. */
		if (query && !has_words)
			break;
	}
	out->checks = plan.checks;
	return plan.status;
}
