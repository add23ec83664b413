/* verify.c -- the query asked of a text: for what no posting tells.
 *
 * There is no position table. A phrase is looked for among the passages that
 * hold all its words, best first, in their stored text; passages are short, so
 * one costs some microseconds, and the walk ends when enough are found. */
#include "search/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

enum {
	NEAR_MOST = 256,    /* Occurrences of the children of a NEAR. */
	PART_GAP = 1000000, /* Positions between parts of a text. */
	PARTS_MOST = 32     /* Parts told apart; the last is the title. */
};

/* What a passage is found by: its text, its headings and the title, a line
 * each. No phrase and no NEAR reaches from one into the next. */
struct text {
	struct kzi_buf bytes;
	size_t starts[PARTS_MOST];
	size_t count;
	struct kzi_tokens *tokens;
};

struct verifier {
	struct kzi_ask *ask;
	const struct kzi_version *version;
	const struct text *text;
	uint32_t leaf; /* Next leaf of the version, in tree order. */
};

/* ---- Leaves ------------------------------------------------------------ */

/* 1 if a word that has the term `own` is what `asked` looks up. What stands in
 * titles is filed as the stem once more, under another kind. */
static int is_same(const struct kzi_term *asked, const struct kzi_term *own)
{
	size_t length, own_length;
	const char *text = kzi_term_text(asked, &length);
	const char *own_text = kzi_term_text(own, &own_length);

	if (asked->kind != KZI_TITLE)
		return kzi_term_equal(asked, own);
	return own->kind == KZI_STEM && length == own_length &&
		!memcmp(text, own_text, length);
}

static int is_filed_as(
	const struct kzi_reading *reading, const struct kzi_word *word)
{
	uint32_t v;
	int t;

	for (v = 0; v < reading->variant_count && !reading->variants[v].root;
		v++)
		for (t = 0; t < word->term_count; t++)
			if (is_same(&reading->variants[v].term,
				    &word->terms[t]))
				return 1;
	return 0;
}

/* 1 if the token answers reading r of the leaf. Marks are kept for the first
 * words of a query, and not for those that are not wanted. */
static int answers(const struct kzi_leaf *leaf, uint32_t r,
	const struct kzi_token *token)
{
	const struct kzi_reading *reading = &leaf->readings[r];

	if (!token->word)
		return 0;
	if (leaf->is_negative || leaf->node->field == KZI_FIELD_TITLE ||
		reading->index >= KZI_WORDS_MOST)
		return is_filed_as(reading, token->word);
	return (int)(kzi_token_mark(token) >> reading->index & 1);
}

/* The token at `position` that answers reading r, from token i on; the number
 * of tokens if there is none. */
static size_t find_at(const struct kzi_leaf *leaf, uint32_t r,
	const struct kzi_tokens *tokens, size_t i, uint32_t position)
{
	for (; i < tokens->count && tokens->items[i].position <= position; i++)
		if (tokens->items[i].position == position &&
			answers(leaf, r, &tokens->items[i]))
			return i;
	return tokens->count;
}

int kzi_phrase_at(const struct kzi_leaf *leaf, const struct kzi_tokens *tokens,
	size_t i, uint8_t *marked)
{
	uint32_t base, first = 0, r;

	while (first < leaf->count && leaf->is_joined[first])
		first++;
	if (first == leaf->count || !answers(leaf, first, &tokens->items[i]))
		return 0;
	base = tokens->items[i].position - leaf->positions[first];
	for (r = first + 1; r < leaf->count; r++)
		if (!leaf->is_joined[r] &&
			find_at(leaf, r, tokens, i,
				base + leaf->positions[r]) == tokens->count)
			return 0;
	for (r = first; marked && r < leaf->count; r++)
		if (!leaf->is_joined[r])
			marked[find_at(leaf, r, tokens, i,
				base + leaf->positions[r])] = 1;
	return 1;
}

static int word_at(const struct kzi_leaf *leaf, const struct kzi_token *token)
{
	uint32_t r;

	if (leaf->prefix)
		return token->word && kzi_starts(token->word, leaf);
	for (r = 0; r < leaf->count; r++)
		if (answers(leaf, r, token))
			return 1;
	return 0;
}

static int leaf_at(
	const struct kzi_leaf *leaf, const struct text *text, size_t i)
{
	const struct kzi_token *token = &text->tokens->items[i];

	if (leaf->node->field == KZI_FIELD_TITLE &&
		token->offset < text->starts[text->count - 1])
		return 0;
	if (leaf->node->type == KZI_NODE_PHRASE)
		return kzi_phrase_at(leaf, text->tokens, i, NULL);
	return word_at(leaf, token);
}

static int leaf_holds(struct verifier *verifier)
{
	const struct kzi_leaf *leaf =
		&verifier->version->leaves[verifier->leaf++];
	size_t i;

	for (i = 0; i < verifier->text->tokens->count; i++)
		if (leaf_at(leaf, verifier->text, i))
			return 1;
	return 0;
}

/* ---- NEAR -------------------------------------------------------------- */

struct occurrence {
	uint32_t position;
	uint32_t child;
};

static size_t collect_leaf(const struct kzi_leaf *leaf, uint32_t child,
	const struct text *text, struct occurrence *found, size_t count)
{
	size_t i;

	for (i = 0; i < text->tokens->count && count < NEAR_MOST; i++) {
		if (!leaf_at(leaf, text, i))
			continue;
		found[count].position = text->tokens->items[i].position;
		found[count++].child = child;
	}
	return count;
}

/* Where any leaf of the child stands: of (river OR brook) NEAR mill, either. */
static size_t collect(struct verifier *verifier, const struct kzi_node *node,
	uint32_t child, struct occurrence *found, size_t count)
{
	if (kzi_is_leaf(node))
		return collect_leaf(
			&verifier->version->leaves[verifier->leaf++], child,
			verifier->text, found, count);
	for (node = node->first; node; node = node->next)
		count = collect(verifier, node, child, found, count);
	return count;
}

static int compare_positions(const void *a, const void *b)
{
	uint32_t x = ((const struct occurrence *)a)->position;
	uint32_t y = ((const struct occurrence *)b)->position;

	return (x > y) - (x < y);
}

/* 1 if from some occurrence on all children follow within the distance. */
static int all_within(const struct occurrence *found, size_t count,
	uint32_t children, uint32_t distance)
{
	uint32_t all = children >= 32 ? UINT32_MAX
				      : ((uint32_t)1 << children) - 1;
	size_t i, j;

	for (i = 0; i < count; i++) {
		uint32_t bits = 0;

		for (j = i; j < count &&
			found[j].position - found[i].position <= distance;
			j++)
			bits |= (uint32_t)1 << (found[j].child & 31);
		if (bits == all)
			return 1;
	}
	return 0;
}

/* ---- The tree ---------------------------------------------------------- */

static int holds(struct verifier *verifier, const struct kzi_node *node);

/* What must not be there must not be anywhere. */
static int near_holds(struct verifier *verifier, const struct kzi_node *node)
{
	struct occurrence found[NEAR_MOST];
	const struct kzi_node *child;
	uint32_t children = 0;
	size_t count = 0;
	int fails = 0;

	for (child = node->first; child; child = child->next) {
		uint32_t first = verifier->leaf;
		int is_found = 0;

		if (child->sign == '-')
			is_found = holds(verifier, child);
		else
			count = collect(
				verifier, child, children, found, count);
		if (!kzi_has_words(verifier->version, first, verifier->leaf))
			continue;
		fails |= is_found;
		children += child->sign != '-';
	}
	qsort(found, count, sizeof(found[0]), compare_positions);
	return !fails && all_within(found, count, children, node->distance);
}

/* As plan.c reads it: what must be there is, what must not is not, and if
 * nothing must, something is. */
static int children_hold(
	struct verifier *verifier, const struct kzi_node *node, int all)
{
	int musts = 0, shoulds = 0, some = 0, fails = 0;
	const struct kzi_node *child;

	for (child = node->first; child; child = child->next) {
		uint32_t first = verifier->leaf;
		int found = holds(verifier, child);

		if (!kzi_has_words(verifier->version, first, verifier->leaf))
			continue;
		if (child->sign == '-') {
			fails |= found;
		} else if (child->sign == '+' || all) {
			musts++;
			fails |= !found;
		} else {
			shoulds++;
			some |= found;
		}
	}
	return !fails && (musts > 0 || shoulds == 0 || some);
}

static int holds(struct verifier *verifier, const struct kzi_node *node)
{
	int all = verifier->ask->options->match == KZ_MATCH_ALL;

	switch (node->type) {
	case KZI_NODE_GROUP:
		return children_hold(verifier, node, all);
	case KZI_NODE_OR:
		return children_hold(verifier, node, 0);
	case KZI_NODE_AND:
		return children_hold(verifier, node, 1);
	case KZI_NODE_NEAR:
		return near_holds(verifier, node);
	case KZI_NODE_FILTER:
		return 1;
	default:
		return leaf_holds(verifier);
	}
}

/* ---- Passages ---------------------------------------------------------- */

static void begin_part(struct text *text)
{
	if (text->bytes.length > 0)
		kzi_buf_byte(&text->bytes, '\n');
	if (text->count < PARTS_MOST)
		text->starts[text->count++] = text->bytes.length;
}

/* The title begins a part of its own even behind more headings than are told
 * apart. */
static void add_title(struct text *text, struct kzi_string title)
{
	begin_part(text);
	text->starts[text->count - 1] = text->bytes.length;
	kzi_buf_append(&text->bytes, title.bytes, title.length);
}

static kz_status read_text(struct kzi_ask *ask, const struct kzi_row *row,
	struct text *text)
{
	struct kzi_passage_record record;
	struct kzi_document_record document;
	kz_status status =
		kzi_look_at_passage(ask->index, row, &record, ask->err);
	size_t i;

	if (status != KZ_OK)
		return status;
	begin_part(text);
	kzi_buf_append(&text->bytes, record.text.bytes, record.text.length);
	for (i = 0; i < record.heading_count; i++) {
		begin_part(text);
		kzi_buf_append(&text->bytes, record.headings[i].bytes,
			record.headings[i].length);
	}
	status = kzi_look_at_document(ask->index, row, &document, ask->err);
	if (status == KZ_OK)
		add_title(text, document.title);
	return status;
}

static void spread_parts(const struct text *text)
{
	uint32_t part = 0;
	size_t i;

	for (i = 0; i < text->tokens->count; i++) {
		struct kzi_token *token = &text->tokens->items[i];

		while (part + 1 < text->count &&
			token->offset >= text->starts[part + 1])
			part++;
		token->position += part * PART_GAP;
	}
}

static kz_status check(
	struct kzi_ask *ask, const struct kzi_candidate *candidate, int *found)
{
	struct text text = { .tokens = &ask->index->tokens };
	struct verifier verifier = { ask,
		kzi_version_of(ask, candidate->row.language), &text, 0 };
	kz_status status;

	*found = 0;
	if (!verifier.version)
		return KZ_OK;
	status = read_text(ask, &candidate->row, &text);
	if (status == KZ_OK &&
		(text.bytes.failed ||
			!kzi_mark_text(ask, verifier.version, text.bytes.data,
				text.bytes.length, text.tokens)))
		status = kzi_fail_memory(ask->err);
	if (status == KZ_OK) {
		spread_parts(&text);
		*found = holds(&verifier, ask->tree);
	}
	kzi_buf_release(&text.bytes);
	return status;
}

kz_status kzi_verify(struct kzi_ask *ask, struct kzi_candidate *candidates,
	size_t count, size_t wanted, size_t *kept, size_t *read)
{
	kz_status status = KZ_OK;
	size_t i;

	*kept = 0;
	for (i = 0; i < count && *kept < wanted && status == KZ_OK; i++) {
		int found;

		status = check(ask, &candidates[i], &found);
		if (found)
			candidates[(*kept)++] = candidates[i];
	}
	*read = i;
	return status;
}
