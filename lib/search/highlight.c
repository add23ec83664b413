/* highlight.c -- which words of a passage answer the query: the analysis of the
 * index, run on the text once more.
 *
 *     the river          =>  the [river] by the mill
 *     "the river"        =>  [the] [river] by the mill
 *     "river mill" west  =>  the [west] of the river: no phrase stands there
 *     the                =>  [the] river by [the] mill
 *
 * Stop words are marked where somebody asked for them: in a phrase, behind a
 * plus sign, or in a query of nothing else. */
#include "search/search.h"

struct marker {
	const struct kzi_version *version;
	const struct kzi_tokens *tokens;
	uint8_t *marked; /* A byte for each token. */
	size_t count;    /* Of those that are set. */
};

/* ---- What is asked for ------------------------------------------------- */

static int is_phrase(const struct kzi_leaf *leaf)
{
	return leaf->node->type == KZI_NODE_PHRASE && leaf->count > 1;
}

static uint32_t bit_of(uint32_t index)
{
	return index < KZI_WORDS_MOST ? (uint32_t)1 << index : 0;
}

/* Bits of the words of a leaf that are, or are not, stop words. */
static uint32_t bits_of(const struct kzi_leaf *leaf, int is_stop)
{
	uint32_t bits = 0, r;

	for (r = 0; r < leaf->count; r++) {
		const struct kzi_reading *reading = &leaf->readings[r];
		int asked_for =
			leaf->node->sign == '+' || !reading->word->is_stop;

		if (reading->variant_count + reading->prefix.frequency > 0 &&
			asked_for == !is_stop)
			bits |= bit_of(reading->index);
	}
	if (leaf->prefix && !is_stop)
		bits |= bit_of(leaf->prefix_index);
	return bits;
}

/* Bits of the words that are marked wherever they stand; those of phrases are
 * not among them, unless wanted. */
static uint32_t wanted_bits(
	const struct kzi_version *version, int with_phrases)
{
	uint32_t content = 0, stops = 0, i;

	for (i = 0; i < version->leaf_count; i++) {
		const struct kzi_leaf *leaf = &version->leaves[i];

		if (leaf->is_negative || (is_phrase(leaf) && !with_phrases))
			continue;
		content |= bits_of(leaf, 0);
		stops |= bits_of(leaf, 1);
	}
	return version->has_content ? content : stops;
}

/* ---- Where it stands --------------------------------------------------- */

static void mark(struct marker *marker, size_t i)
{
	marker->count += !marker->marked[i];
	marker->marked[i] = 1;
}

static int share_a_stem(const struct kzi_word *a, const struct kzi_word *b)
{
	int i, j;

	for (i = 0; i < a->term_count && a->terms[i].kind == KZI_STEM; i++)
		for (j = 0; j < b->term_count; j++)
			if (kzi_term_equal(&a->terms[i], &b->terms[j]))
				return 1;
	return 0;
}

/* A stop word must be meant as it is written: "stati" is [stato] too, but
 * "môr" is not "mor", nor is "entrevistar" "entre". */
static int is_meant(
	const struct marker *marker, const struct kzi_word *word, uint32_t bits)
{
	uint32_t l, r;

	for (l = 0; l < marker->version->leaf_count; l++) {
		const struct kzi_leaf *leaf = &marker->version->leaves[l];

		if (leaf->prefix && bits & bit_of(leaf->prefix_index))
			return 1;
		for (r = 0; r < leaf->count; r++)
			if (bits & bit_of(leaf->readings[r].index) &&
				share_a_stem(leaf->readings[r].word, word))
				return 1;
	}
	return 0;
}

static void mark_words(struct marker *marker, uint32_t wanted)
{
	const struct kzi_tokens *tokens = marker->tokens;
	uint32_t sure = 0;
	size_t i;

	for (i = 0; i < tokens->count; i++)
		sure |= (uint32_t)kzi_token_mark(&tokens->items[i]);
	for (i = 0; i < tokens->count; i++) {
		const struct kzi_token *token = &tokens->items[i];
		uint64_t all = kzi_token_mark(token);
		/* Words found only by their beginning are shown where nothing
		 * better answers the same word of the query. */
		uint32_t bits = (uint32_t)all | ((uint32_t)(all >> 32) & ~sure);

		bits &= wanted;
		if (bits && (!token->word->is_stop ||
				    is_meant(marker, token->word, bits)))
			mark(marker, i);
	}
}

static void mark_phrases(struct marker *marker)
{
	const struct kzi_version *version = marker->version;
	uint32_t l;
	size_t i;

	for (l = 0; l < version->leaf_count; l++) {
		const struct kzi_leaf *leaf = &version->leaves[l];

		if (!is_phrase(leaf) || leaf->is_negative ||
			leaf->node->field == KZI_FIELD_TITLE)
			continue;
		for (i = 0; i < marker->tokens->count; i++)
			marker->count += (size_t)kzi_phrase_at(leaf,
				marker->tokens, i, marker->marked);
	}
}

/* ---- Spans ------------------------------------------------------------- */

static void add_span(struct kzi_buf *spans, const struct kzi_token *token)
{
	kz_span span = { token->offset, token->length };

	/* A hyphenated word and its parts overlap: the longest stays. */
	if (spans->length > 0) {
		kz_span *last = (kz_span *)(void *)(spans->data +
					spans->length) - 1;

		if (last->offset + last->length > span.offset) {
			if (span.offset + span.length >
				last->offset + last->length)
				last->length =
					span.offset + span.length - last->offset;
			return;
		}
	}
	kzi_buf_append(spans, &span, sizeof(span));
}

int kzi_highlight(struct kzi_ask *ask, int language, const char *text,
	size_t length, struct kzi_buf *spans)
{
	struct kzi_tokens *tokens = &ask->index->tokens;
	struct marker marker = { kzi_version_of(ask, language), tokens, NULL,
		0 };
	size_t i;

	if (!marker.version)
		return 1;
	if (!kzi_mark_text(ask, marker.version, text, length, tokens))
		return 0;
	marker.marked = kzi_arena_zero(&ask->arena, tokens->count, 1);
	if (!marker.marked)
		return 0;
	mark_words(&marker, wanted_bits(marker.version, 0));
	mark_phrases(&marker);
	/* The phrase stands in a heading: then its words are worth a look. */
	if (marker.count == 0)
		mark_words(&marker, wanted_bits(marker.version, 1));
	for (i = 0; i < tokens->count; i++)
		if (marker.marked[i])
			add_span(spans, &tokens->items[i]);
	return !spans->failed;
}
