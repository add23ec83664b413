/* highlight.c -- which words of a passage answer the query, by the tokens that
 * the analysis of the index makes of its text.
 *
 *     the river          =>  the [river] by the mill
 *     "the river"        =>  [the] [river] by the mill
 *     "river mill" west  =>  the [west] of the river: no phrase stands there
 *     the                =>  [the] river by [the] mill
 *
 * Stop words are marked where somebody asked for them: in a phrase, behind a
 * plus sign, or in a query of nothing else. */
#include "search/search.h"

enum { ROOT_TELLS = 4 /* Bytes of a root that is worth a mark. */ };

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

/* The words of the query, as bits. */
struct bits {
	uint32_t content; /* And what a word* begins with. */
	uint32_t stops;
	uint32_t musts;   /* Stop words with a plus sign. */
};

static void add_bits(struct bits *bits, const struct kzi_leaf *leaf)
{
	uint32_t r;

	for (r = 0; r < leaf->count; r++) {
		const struct kzi_reading *reading = &leaf->readings[r];
		uint32_t bit = bit_of(reading->index);

		if (reading->variant_count == 0)
			continue;
		if (!reading->word->is_stop)
			bits->content |= bit;
		else if (leaf->node->sign == '+')
			bits->musts |= bit;
		else
			bits->stops |= bit;
	}
	if (leaf->prefix)
		bits->content |= bit_of(leaf->prefix_index);
}

/* Words that are marked wherever they stand; those of phrases are not among
 * them, unless wanted. */
static struct bits read_bits(
	const struct kzi_version *version, int with_phrases)
{
	struct bits bits = { 0 };
	uint32_t i;

	for (i = 0; i < version->leaf_count; i++) {
		const struct kzi_leaf *leaf = &version->leaves[i];

		if (!leaf->is_negative && (!is_phrase(leaf) || with_phrases))
			add_bits(&bits, leaf);
	}
	if (version->has_content)
		bits.stops = 0;
	bits.stops |= bits.musts;
	return bits;
}

/* 1 if the word begins as some word* of the query. */
static int is_begun(
	const struct kzi_version *version, const struct kzi_word *word)
{
	uint32_t i;

	for (i = 0; i < version->leaf_count; i++)
		if (version->leaves[i].prefix &&
			!version->leaves[i].is_negative &&
			kzi_starts(word, &version->leaves[i]))
			return 1;
	return 0;
}

/* ---- Where it stands --------------------------------------------------- */

static void mark(struct marker *marker, size_t i)
{
	marker->count += !marker->marked[i];
	marker->marked[i] = 1;
}

/* A stop word may be a form of a verb that was asked for, and be in each
 * sentence: Italian "da" of "dare". Then it is not meant. */
static int is_wanted(const struct marker *marker, const struct kzi_word *word,
	uint32_t bits, struct bits wanted)
{
	if (bits == 0)
		return 0;
	if (word->is_stop)
		return bits & wanted.stops || is_begun(marker->version, word);
	return (bits & (wanted.content | wanted.stops)) != 0;
}

/* 1 if the word answers the reading by a root alone: "olla" for "olio". Those
 * of a few letters are no reason to show it. */
static int is_by_root(
	const struct kzi_reading *reading, const struct kzi_word *word,
	int *tells)
{
	uint32_t v;
	int t;

	*tells = 0;
	for (v = 0; v < reading->variant_count; v++)
		for (t = 0; t < word->term_count; t++) {
			const struct kzi_term *term =
				&reading->variants[v].term;

			if (!kzi_term_equal(term, &word->terms[t]))
				continue;
			if (!reading->variants[v].root)
				return 0;
			*tells = reading->variants[v].root >= ROOT_TELLS;
		}
	return 1;
}

/* What the token answers: low bits for sure, high bits by a root or its
 * beginning. */
static uint64_t bits_of(
	const struct marker *marker, const struct kzi_token *token)
{
	const struct kzi_version *version = marker->version;
	uint64_t bits = kzi_token_mark(token);
	uint32_t l, r;

	for (l = 0; (uint32_t)bits && l < version->leaf_count; l++)
		for (r = 0; r < version->leaves[l].count; r++) {
			const struct kzi_reading *reading =
				&version->leaves[l].readings[r];
			uint64_t bit = bit_of(reading->index);
			int tells;

			if (!(bits & bit) ||
				!is_by_root(reading, token->word, &tells))
				continue;
			bits &= ~bit;
			if (tells)
				bits |= bit << 32;
		}
	return bits;
}

static void mark_words(struct marker *marker, struct bits wanted)
{
	const struct kzi_tokens *tokens = marker->tokens;
	uint32_t sure = 0;
	size_t i;

	for (i = 0; i < tokens->count; i++)
		sure |= (uint32_t)bits_of(marker, &tokens->items[i]);
	for (i = 0; i < tokens->count; i++) {
		const struct kzi_token *token = &tokens->items[i];
		uint64_t all = bits_of(marker, token);
		/* What is less than sure is shown where nothing better answers
		 * the same word of the query. */
		uint32_t bits = (uint32_t)all | ((uint32_t)(all >> 32) & ~sure);

		if (is_wanted(marker, token->word, bits, wanted))
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

int kzi_highlight(struct kzi_ask *ask, const struct kzi_version *version,
	const struct kzi_tokens *tokens, struct kzi_buf *spans)
{
	struct marker marker = { version, tokens, NULL, 0 };
	size_t i;

	marker.marked = kzi_arena_zero(&ask->arena, tokens->count, 1);
	if (!marker.marked)
		return 0;
	mark_words(&marker, read_bits(marker.version, 0));
	mark_phrases(&marker);
	/* The phrase stands in a heading: then its words are worth a look. */
	if (marker.count == 0)
		mark_words(&marker, read_bits(marker.version, 1));
	for (i = 0; i < tokens->count; i++)
		if (marker.marked[i])
			add_span(spans, &tokens->items[i]);
	return !spans->failed;
}
