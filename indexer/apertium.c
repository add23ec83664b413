/* apertium.c -- bilingual dictionaries of Apertium, as lttoolbox compiles them:
 *
 *     "LTTB", features    4 and 8 bytes
 *     letters             a count, then the letters
 *     tags                a count, then strings: "n", "sg"
 *     pairs               a count, then left and right of each: a letter, or a
 *                         tag, or nothing; counted from the number of tags on
 *     transducers         a count, then each with its name
 *
 * A transducer is "LTTD" and features, its first state, its final states (a
 * count, then steps from one to the next), and its states: a count, then for
 * each the number of its edges, and of each edge the step from the pair of the
 * one before and how many states further it leads. A number has its bytes, high
 * ones first, and how many there are in its two highest bits.
 *
 * Every way from the first state spells a word on the left and one on the
 * right, and then their tags:
 *
 *     community<n>  ~  comunitat<n><f> */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/utf8.h"
#include "indexer/dictionary.h"

enum {
	HEAD = 12,
	TAGS_MOST = 4096,
	PAIRS_MOST = 1 << 20,
	STATES_MOST = 1 << 22,
	EDGES_MOST = 1 << 23,
	TRANSDUCERS_MOST = 64,
	DEPTH_MOST = 120,       /* Edges of a way. */
	STEPS_MOST = 20000000,  /* Edges gone in a transducer. */
	WORD_MOST = 4 * DEPTH_MOST
};

struct edge {
	uint32_t pair;
	uint32_t to;
};

struct state {
	uint32_t first; /* Of the edges. */
	uint32_t count;
	int is_gone;    /* It is on the way at hand. */
	int is_loop;    /* A way led back to it. */
};

struct reading {
	struct kzi_lexicon *lexicon;
	const struct kzi_dictionary *dictionary;
	struct kzi_scan scan;
	uint32_t tags;
	int32_t *pairs; /* Left and right of each. */
	uint32_t pair_count;
	struct state *states;
	uint32_t state_count;
	struct edge *edges;
	uint32_t edge_count;
	uint32_t first;
	uint64_t steps;
};

/* ---- Numbers ----------------------------------------------------------- */

static uint32_t read_number(struct kzi_scan *scan)
{
	uint32_t number;
	int more;

	if (scan->failed || scan->at == scan->end) {
		scan->failed = 1;
		return 0;
	}
	number = (unsigned char)*scan->at++;
	more = (int)(number >> 6);
	number &= 0x3F;
	for (; more > 0; more--) {
		if (scan->at == scan->end) {
			scan->failed = 1;
			return 0;
		}
		number = number << 8 | (unsigned char)*scan->at++;
	}
	return number;
}

/* A count of things of which each takes a byte at least. */
static uint32_t read_count(struct kzi_scan *scan, uint32_t most)
{
	uint32_t count = read_number(scan);

	if (count > most || count > (size_t)(scan->end - scan->at))
		scan->failed = 1;
	return scan->failed ? 0 : count;
}

static void skip_string(struct kzi_scan *scan)
{
	uint32_t count = read_count(scan, UINT32_MAX);

	while (count-- > 0 && !scan->failed)
		read_number(scan);
}

/* ---- The file ---------------------------------------------------------- */

static int read_alphabet(struct reading *reading)
{
	struct kzi_scan *scan = &reading->scan;
	uint32_t i;

	skip_string(scan); /* The letters. */
	reading->tags = read_count(scan, TAGS_MOST);
	for (i = 0; i < reading->tags; i++)
		skip_string(scan);
	reading->pair_count = read_count(scan, PAIRS_MOST);
	reading->pairs =
		kzi_calloc(reading->pair_count + 1, 2 * sizeof(int32_t));
	if (!reading->pairs)
		return 0;
	for (i = 0; i < 2 * reading->pair_count; i++)
		reading->pairs[i] =
			(int32_t)(read_number(scan) - reading->tags);
	return 1;
}

static int read_edges(struct reading *reading, uint32_t at)
{
	struct kzi_scan *scan = &reading->scan;
	struct state *state = &reading->states[at];
	uint32_t pair = 0, i;

	state->first = reading->edge_count;
	state->count = read_count(scan, EDGES_MOST - reading->edge_count);
	for (i = 0; i < state->count && !scan->failed; i++) {
		struct edge *edge = &reading->edges[reading->edge_count++];

		pair += read_number(scan);
		edge->pair = pair;
		edge->to = (uint32_t)(((uint64_t)read_number(scan) + at) %
			reading->state_count);
		if (pair >= reading->pair_count)
			scan->failed = 1;
	}
	return !scan->failed;
}

/* A newer transducer has a head: "LTTD" and features, one of which would be
 * weights, which no bilingual dictionary of Debian has. */
static void skip_head(struct kzi_scan *scan)
{
	static const char plain[HEAD] = "LTTD";

	if (scan->end - scan->at < HEAD || memcmp(scan->at, plain, 4))
		return;
	if (memcmp(scan->at, plain, HEAD))
		scan->failed = 1;
	scan->at += HEAD;
}

/* Every edge takes two bytes at least, so what is left bounds them. */
static int read_transducer(struct reading *reading)
{
	struct kzi_scan *scan = &reading->scan;
	uint32_t finals, i;
	size_t left;

	skip_string(scan);
	skip_head(scan);
	reading->first = read_number(scan);
	finals = read_count(scan, STATES_MOST);
	for (i = 0; i < finals; i++)
		read_number(scan);
	reading->state_count = read_count(scan, STATES_MOST);
	reading->edge_count = 0;
	left = (size_t)(scan->end - scan->at) / 2 + 1;
	kzi_free(reading->states);
	kzi_free(reading->edges);
	reading->states =
		kzi_calloc(reading->state_count + 1, sizeof(*reading->states));
	reading->edges = kzi_calloc(
		left < EDGES_MOST ? left : EDGES_MOST, sizeof(*reading->edges));
	if (!reading->states || !reading->edges)
		return 0;
	for (i = 0; i < reading->state_count; i++)
		if (!read_edges(reading, i))
			return 1;
	if (reading->first >= reading->state_count)
		scan->failed = 1;
	return 1;
}

/* ---- Ways through ------------------------------------------------------ */

/* One side of a way. */
struct spelling {
	char text[WORD_MOST];
	uint8_t lengths[DEPTH_MOST + 1]; /* Of the text, by depth: so far. */
	uint16_t length;
	int tags; /* How many were met. */
};

struct way {
	struct spelling left, right;
	struct {
		uint32_t state, edge; /* The edge to go next. */
		int32_t pair;
	} stack[DEPTH_MOST];
	int depth;
};

/* Add a letter unless a tag was met: then the word is over. Returns the bytes
 * added. */
static int spell(struct spelling *side, int32_t symbol)
{
	size_t bytes;

	if (symbol < 0)
		side->tags++;
	if (symbol <= 0 || side->tags > 0 ||
		side->length + KZI_UTF8_MOST > WORD_MOST)
		return 0;
	bytes = kzi_utf8_encode(side->text + side->length, (uint32_t)symbol);
	side->length = (uint16_t)(side->length + bytes);
	return (int)bytes;
}

static void unspell(struct spelling *side, int32_t symbol, int bytes)
{
	side->length = (uint16_t)(side->length - bytes);
	side->tags -= symbol < 0;
}

/* Words in several parts ("take# off") are joined by signs of their own. */
static void take_pair(const struct reading *reading, const struct way *way)
{
	struct kzi_side left = { reading->dictionary->left, way->left.text,
		way->left.length };
	struct kzi_side right = { reading->dictionary->right, way->right.text,
		way->right.length };

	if (memchr(left.text, '#', left.length) ||
		memchr(right.text, '#', right.length) ||
		memchr(left.text, '+', left.length) ||
		memchr(right.text, '+', right.length))
		return;
	kzi_lexicon_add(reading->lexicon, &left, &right);
}

static void leave(const struct reading *reading, struct way *way)
{
	int32_t pair = way->stack[--way->depth].pair;

	reading->states[way->stack[way->depth].state].is_gone = 0;
	if (pair < 0)
		return;
	unspell(&way->left, reading->pairs[2 * pair],
		way->left.lengths[way->depth]);
	unspell(&way->right, reading->pairs[2 * pair + 1],
		way->right.lengths[way->depth]);
}

static void enter(const struct reading *reading, struct way *way,
	uint32_t state, int32_t pair)
{
	int depth = way->depth++;

	way->stack[depth].state = state;
	way->stack[depth].edge = 0;
	way->stack[depth].pair = pair;
	reading->states[state].is_gone = 1;
	if (pair < 0)
		return;
	way->left.lengths[depth] =
		(uint8_t)spell(&way->left, reading->pairs[2 * pair]);
	way->right.lengths[depth] =
		(uint8_t)spell(&way->right, reading->pairs[2 * pair + 1]);
}

/* Loops spell numbers and addresses, which are no words: once a loop shows,
 * nobody enters it any more. */
static int is_barred(struct reading *reading, const struct edge *edge)
{
	int32_t letter = reading->pairs[2 * edge->pair];
	struct state *to = &reading->states[edge->to];

	to->is_loop |= to->is_gone;
	return (letter >= '0' && letter <= '9') || to->is_loop;
}

/* All ways, the first edges first. Where both sides have come to their tags
 * the pair is known, and what follows would only say it again. */
static void walk(struct reading *reading)
{
	struct way way = { .depth = 0 };

	reading->steps = 0;
	enter(reading, &way, reading->first, -1);
	while (way.depth > 0 && reading->steps < STEPS_MOST) {
		uint32_t from = way.stack[way.depth - 1].state;
		const struct state *state = &reading->states[from];
		const struct edge *edge;

		if (way.left.tags > 0 && way.right.tags > 0)
			take_pair(reading, &way);
		if ((way.left.tags > 0 && way.right.tags > 0) ||
			way.stack[way.depth - 1].edge == state->count ||
			way.depth == DEPTH_MOST) {
			leave(reading, &way);
			continue;
		}
		edge = &reading->edges[state->first +
			way.stack[way.depth - 1].edge++];
		reading->steps++;
		if (!is_barred(reading, edge))
			enter(reading, &way, edge->to, (int32_t)edge->pair);
	}
}

kz_status kzi_apertium_read(struct kzi_lexicon *lexicon,
	const struct kzi_dictionary *dictionary, kz_error *err)
{
	struct reading reading = { .lexicon = lexicon,
		.dictionary = dictionary };
	struct kzi_buf bytes = { 0 };
	kz_status status = kzi_dictionary_bytes(dictionary->path, &bytes, err);
	uint32_t count = 0;
	int is_done = 1;

	if (status == KZ_OK &&
		(bytes.length < HEAD || memcmp(bytes.data, "LTTB", 4)))
		status = kzi_dictionary_damaged(dictionary->path, err);
	if (status == KZ_OK) {
		reading.scan.at = bytes.data + HEAD;
		reading.scan.end = bytes.data + bytes.length;
		is_done = read_alphabet(&reading);
		count = read_count(&reading.scan, TRANSDUCERS_MOST);
	}
	while (count-- > 0 && is_done && !reading.scan.failed) {
		is_done = read_transducer(&reading);
		if (is_done && !reading.scan.failed && reading.state_count)
			walk(&reading);
	}
	if (status == KZ_OK && !is_done)
		status = kzi_fail_memory(err);
	else if (status == KZ_OK && reading.scan.failed)
		status = kzi_dictionary_damaged(dictionary->path, err);
	kzi_free(reading.pairs);
	kzi_free(reading.states);
	kzi_free(reading.edges);
	kzi_buf_release(&bytes);
	return status;
}
