/* lid.c -- the identifier: read letters, add up the weights of n-grams.
 *
 * The table, made by lang/train_lid.py and described in lang/lid.md, has for
 * n-grams of one to five letters, and for words of up to eight, by how much
 * each adds to the log-likelihood of a text in each language. */
#include "text/lid.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "lid_tables.h"

enum {
	STEPS = 6,  /* The table counts in sixths of a nat. */
	ORDERS = 5, /* Letters of the longest n-gram but for words. */
	PIECES = 4, /* Of a longer text, to begin with; bytes of each. */
	PIECE_SIZE = 64,
	MANY_PIECES = 8, /* If those are not in one language. */
	LONG_PIECE_SIZE = 192,
	/* Nats that two pieces of a text in one language are mostly ahead, and
	 * of one in another language never. */
	PLAINLY = 20
};

/* Weights of languages, and the common one, added up. */
struct sums {
	int32_t weight[KZI_LID_WEIGHTS];
	uint32_t known;
	uint32_t total;

	/* Weights lately found, four to a number; see spill. */
	uint64_t even;
	uint64_t odd;
	int32_t in_lanes;
};

struct reader {
	const char *at;
	const char *end;
	struct kzi_lid_words *met; /* Or NULL. */

	struct sums text; /* In halves: see end_word. */
	uint32_t letters;
	uint32_t words;
	uint32_t names; /* Words with a capital, the first one too. */

	/* The word being read. */
	struct sums word;
	uint64_t history; /* Its letters behind a boundary, the last lowest. */
	uint32_t length;
	unsigned char spelling[KZI_LID_SPELLING]; /* Letters that wait. */
	uint32_t waiting; /* How many those are. */
	int is_long; /* It has more letters than may wait. */
	unsigned joiner; /* An apostrophe or the like that may join letters. */
	int is_name;	 /* Begins with the one capital it has. */
};

/* ---- The table --------------------------------------------------------- */

/* The weights of an n-gram as in the table; 0 for those it does not have, but
 * for one in 65,000 that is taken for another, which the rest outweigh. There
 * are no branches for long ones; short ones were looked up when the table was
 * made. */
static inline uint64_t find_gram(uint64_t gram)
{
	uint64_t hash;

	if (gram < KZI_LID_PAIRS)
		return pairs[gram];
	hash = kzi_lid_hash(gram);
	return kzi_lid_match(slots[kzi_lid_slot(hash,
				     displacements[kzi_lid_group(hash)])],
		hash);
}

/* Every other weight of a slot, with as many bits again to grow into; what the
 * check leaves in a lane beyond the last is not read. */
static const uint64_t lanes = UINT64_C(0x03F03F03F03F03F);
enum { LANE_BITS = 2 * KZI_LID_WEIGHT_BITS, LANE_SUMMANDS = 64 };

/* Move the sums of the lanes to where there is more room. */
static void spill(struct sums *sums)
{
	int i;

	for (i = 0; i < KZI_LID_WEIGHTS; i++) {
		uint64_t lane =
			(i % 2 ? sums->odd : sums->even) >> i / 2 * LANE_BITS;

		sums->weight[i] += (int32_t)(lane & ((1 << LANE_BITS) - 1)) -
				   KZI_LID_ZERO * sums->in_lanes;
	}
	sums->known += (uint32_t)sums->in_lanes;
	sums->even = sums->odd = 0;
	sums->in_lanes = 0;
}

static void add_gram(struct sums *sums, uint64_t gram)
{
	uint64_t found = find_gram(gram);

	sums->even += found & lanes;
	sums->odd += found >> KZI_LID_WEIGHT_BITS & lanes;
	sums->in_lanes += found != 0;
	sums->total++;
	if (sums->in_lanes == LANE_SUMMANDS)
		spill(sums);
}

/* ---- Words ------------------------------------------------------------- */

/* Add the weights of a letter, or the boundary behind a word: "_de" + "l" adds
 * those of "l", "el", "del" and "_del". */
static void add_letter(struct reader *reader, unsigned letter)
{
	uint64_t gram = 0;
	int n;

	reader->history = reader->history << KZI_LID_BITS | letter;
	for (n = 1; n <= ORDERS; n++) {
		uint64_t mask = (UINT64_C(1) << n * KZI_LID_BITS) - 1;
		uint64_t longer = reader->history & mask;

		if (longer == gram)
			return; /* Nothing stands before it. */
		gram = longer;
		add_gram(&reader->word, gram);
	}
}

static void add_waiting(struct reader *reader)
{
	uint32_t i;

	for (i = 0; i < reader->waiting; i++)
		add_letter(reader, reader->spelling[i]);
	reader->waiting = 0;
}

/* Letters wait until their word ends: most words were met before. */
static void take(struct reader *reader, unsigned letter)
{
	if (reader->waiting == KZI_LID_SPELLING) {
		add_waiting(reader);
		reader->is_long = 1;
	}
	reader->spelling[reader->waiting++] = (unsigned char)letter;
}

static void forget_word(struct reader *reader)
{
	memset(&reader->word, 0, sizeof(reader->word));
	reader->length = 0;
	reader->waiting = 0;
	reader->is_long = 0;
	reader->joiner = KZI_LID_NONE;
}

/* Add up the weights of the whole word, whose letters wait. */
static void weigh_word(struct reader *reader)
{
	add_waiting(reader);
	if (reader->length + 2 > ORDERS && reader->length <= KZI_LID_WORD_MOST)
		add_gram(&reader->word, reader->history);
	spill(&reader->word);
}

static void keep_word(struct kzi_lid_word *met, const struct sums *word)
{
	int i;

	for (i = 0; i < KZI_LID_WEIGHTS; i++)
		met->weight[i] = (int16_t)word->weight[i];
	met->known = (uint16_t)word->known;
	met->total = (uint16_t)word->total;
}

static void recall_word(struct sums *word, const struct kzi_lid_word *met)
{
	int i;

	for (i = 0; i < KZI_LID_WEIGHTS; i++)
		word->weight[i] = met->weight[i];
	word->known = met->known;
	word->total = met->total;
}

/* The weights of a word are those of its letters, so they are added up once. */
static void find_word(struct reader *reader)
{
	const size_t size = sizeof(reader->spelling);
	struct kzi_lid_word *met;

	if (!reader->met || reader->is_long) {
		weigh_word(reader);
		return;
	}
	memset(reader->spelling + reader->waiting, 0, size - reader->waiting);
	met = &reader->met->slots[kzi_hash_quick(reader->spelling, size, 0) %
		KZI_LID_WORDS];
	if (!memcmp(met->spelling, reader->spelling, size)) {
		recall_word(&reader->word, met);
	} else {
		weigh_word(reader);
		memcpy(met->spelling, reader->spelling, size);
		keep_word(met, &reader->word);
	}
}

/* A name says less of the language of a text than another word does: its
 * letters count half. The first word of a text has a capital in any case. */
static void end_word(struct reader *reader)
{
	int i, factor = reader->is_name && reader->words ? 1 : 2;

	if (!reader->length)
		return;
	take(reader, KZI_LID_BOUNDARY);
	find_word(reader);
	for (i = 0; i < KZI_LID_WEIGHTS; i++)
		reader->text.weight[i] += factor * reader->word.weight[i];
	reader->text.known += reader->word.known;
	reader->text.total += reader->word.total;
	reader->letters += reader->length + 1;
	reader->words++;
	reader->names += (uint32_t)reader->is_name;
	forget_word(reader);
}

static void take_letter(struct reader *reader, unsigned letter, int is_capital)
{
	if (!reader->length) {
		reader->history = KZI_LID_BOUNDARY;
		reader->is_name = is_capital;
	} else {
		reader->is_name = reader->is_name && !is_capital;
	}
	if (reader->joiner) {
		take(reader, reader->joiner);
		reader->length++;
		reader->joiner = KZI_LID_NONE;
	}
	take(reader, letter);
	reader->length++;
}

/* ---- Characters -------------------------------------------------------- */

/* The lower case of a Latin letter, with the spellings of our languages made
 * one: Romanian s and t with cedilla are those with comma below. */
static uint32_t lower(uint32_t c)
{
	if (c >= 0xC0 && c <= 0xDE && c != 0xD7)
		return c + 0x20;
	/* Pairs: the capital is even, in this part of the alphabet. */
	if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) ||
		(c >= 0x218 && c <= 0x21B))
		c |= 1;
	if (c == 0x15F)
		return 0x219;
	if (c == 0x163)
		return 0x21B;
	return c;
}

/* 1 for letters beyond ASCII, roughly: by blocks. */
static int is_letter(uint32_t c)
{
	if (c < 0xC0)
		return c == 0xAA || c == 0xB5 || c == 0xBA;
	if (c < 0x2000)
		return c != 0xD7 && c != 0xF7;
	/* Symbols and punctuation, then private use, then emoji. */
	return c >= 0x2C00 && !(c >= 0x3000 && c <= 0x303F) &&
	       !(c >= 0xE000 && c <= 0xF8FF) && c < 0xFE00;
}

/* Marks without a letter of ours, soft hyphens, joiners of no width. */
static int is_ignored(uint32_t c)
{
	return (c >= 0x300 && c <= 0x36F) || c == 0xAD ||
	       (c >= 0x200B && c <= 0x200D) || c == 0xFEFF;
}

static unsigned joiner_of(uint32_t c)
{
	switch (c) {
	case '\'':
	case 0x2018:
	case 0x2019:
	case 0x2BC:
		return KZI_LID_APOSTROPHE;
	case '-':
	case 0x2010:
	case 0x2011:
		return KZI_LID_HYPHEN;
	case 0xB7:
		return KZI_LID_MIDDLE_DOT;
	default:
		return KZI_LID_NONE;
	}
}

/* If a combining mark follows the letter, read it: "a", U+0306 -> "ă". A mark
 * that our alphabet does not have on this letter is dropped. */
static unsigned read_mark(struct reader *reader, unsigned letter)
{
	while (reader->at < reader->end &&
		((unsigned char)*reader->at | 1) == 0xCD) {
		uint32_t mark;
		int i;

		reader->at += kzi_utf8_decode(
			reader->at, (size_t)(reader->end - reader->at), &mark);
		if (mark == 0x327 && letter >= KZI_LID_A + 's' - 'a')
			mark = 0x326; /* Cedilla for comma below. */
		for (i = 0; i < KZI_LID_MARKED_COUNT; i++)
			if (kzi_lid_marked[i].mark == mark &&
				letter ==
					KZI_LID_A + (unsigned)(kzi_lid_marked[i]
								       .base -
							       'a'))
				return KZI_LID_MARKED + (unsigned)i;
	}
	return letter;
}

static void skip_to_space(struct reader *reader)
{
	while (reader->at < reader->end && (unsigned char)*reader->at > ' ')
		reader->at++;
}

static void take_other(struct reader *reader, uint32_t c)
{
	unsigned joiner = joiner_of(c);

	if (joiner && reader->length && !reader->joiner) {
		reader->joiner = joiner;
		return;
	}
	/* Addresses, "https://..." and "name@...", are in no language. */
	if ((c == '@' && reader->length) ||
		(c == ':' && reader->end - reader->at >= 2 &&
			!memcmp(reader->at, "//", 2))) {
		forget_word(reader);
		skip_to_space(reader);
	}
	end_word(reader);
}

static void take_character(struct reader *reader, uint32_t c)
{
	uint32_t small;

	if (c < 0x80) {
		unsigned letter = (c | 0x20) - 'a';

		if (letter < 26)
			take_letter(reader,
				read_mark(reader, KZI_LID_A + letter), c < 'a');
		else
			take_other(reader, c);
	} else if (is_ignored(c)) {
		return;
	} else if (is_letter(c) && joiner_of(c) == KZI_LID_NONE) {
		small = lower(c);
		take_letter(reader, kzi_lid_find_marked(small), small != c);
	} else {
		take_other(reader, c);
	}
}

static void read_piece(struct reader *reader, const char *text, size_t length)
{
	reader->at = text;
	reader->end = text + length;
	while (reader->at < reader->end) {
		uint32_t c = (unsigned char)*reader->at;

		if (c < 0x80)
			reader->at++;
		else
			reader->at += kzi_utf8_decode(reader->at,
				(size_t)(reader->end - reader->at), &c);
		take_character(reader, c);
	}
	end_word(reader);
}

static int best_of(const int32_t weight[KZI_LID_WEIGHTS])
{
	int i, best = 0;

	for (i = 1; i < KZI_LID_LANGUAGES; i++)
		if (weight[i] > weight[best])
			best = i;
	return best;
}

/* Read the words that begin and end in a piece. Returns the language they are
 * most likely in, -1 if there are none. */
static int read_words(struct reader *reader, const char *text, size_t length)
{
	int32_t weight[KZI_LID_WEIGHTS];
	uint32_t words = reader->words;
	size_t start = 0, end = length;
	int i;

	while (start < length && (unsigned char)text[start] > ' ')
		start++;
	while (end > start && (unsigned char)text[end - 1] > ' ')
		end--;
	memcpy(weight, reader->text.weight, sizeof(weight));
	read_piece(reader, text + start, end - start);
	for (i = 0; i < KZI_LID_WEIGHTS; i++)
		weight[i] = reader->text.weight[i] - weight[i];
	return reader->words > words ? best_of(weight) : -1;
}

/* Read pieces that are evenly spread. Returns 1 if all are in one language. */
static int read_pieces(struct reader *reader, const char *text, size_t length,
	size_t count, size_t size)
{
	int first = -1, is_one = 1;
	size_t i;

	for (i = 0; i < count; i++) {
		int best = read_words(
			reader, text + (length - size) / (count - 1) * i, size);

		first = i ? first : best;
		is_one &= best >= 0 && best == first;
	}
	return is_one;
}

static void begin(struct reader *reader, struct kzi_lid_words *met)
{
	memset(reader, 0, sizeof(*reader));
	reader->met = met;
}

/* By how much a language is ahead of all others, in half steps. */
static int32_t lead_of(const struct reader *reader, int language)
{
	const int32_t *weight = reader->text.weight;
	int32_t most = INT32_MIN;
	int i;

	for (i = 0; i < KZI_LID_LANGUAGES; i++)
		if (i != language && weight[i] > most)
			most = weight[i];
	return weight[language] - most;
}

static void read_text(struct reader *reader, const char *text, size_t length)
{
	if (length > (size_t)PIECES * PIECE_SIZE) {
		if (read_pieces(reader, text, length, PIECES, PIECE_SIZE))
			return;
		begin(reader, reader->met);
	}
	if (length > (size_t)MANY_PIECES * LONG_PIECE_SIZE)
		read_pieces(
			reader, text, length, MANY_PIECES, LONG_PIECE_SIZE);
	else
		read_piece(reader, text, length);
}

/* ---- Probabilities ----------------------------------------------------- */

static const float evenly = 1.0F / KZI_LID_LANGUAGES;

/* What was measured on sentences that had no part in the model (lid.md):
 * letters of a text are less independent than the model has them, the more so
 * the longer it is, */
static const float trust = 1.0F;       /* of a single letter, */
static const float trust_half = 60.0F; /* and letters that halve it; */
static const float trust_names = 0.5F; /* less if all words may be names; */
/* and some texts are not what they seem. */
static const float doubt = 0.01F;
/* Mean log-likelihood a letter of ordinary prose. */
static const float typical = -1.55F;

/* Nats of difference in log-likelihood to believe, per half step. */
static float find_scale(const struct reader *reader, float fit)
{
	float scale = trust / (1 + (float)reader->letters / trust_half);

	if (reader->names == reader->words)
		scale *= trust_names;
	if (fit < 0)
		scale /= 1 - fit / 2;
	return scale / (2 * STEPS);
}

static void find_probabilities(
	struct kzi_lid *result, const struct reader *reader, int best)
{
	float scale = find_scale(reader, result->fit);
	float sum = 0;
	int i;

	for (i = 0; i < KZI_LID_LANGUAGES; i++) {
		int32_t behind =
			reader->text.weight[i] - reader->text.weight[best];

		result->probability[i] = expf((float)behind * scale);
		sum += result->probability[i];
	}
	for (i = 0; i < KZI_LID_LANGUAGES; i++)
		result->probability[i] =
			result->probability[i] / sum * (1 - doubt) +
			doubt * evenly;
}

static float find_fit(const struct reader *reader, int best)
{
	int32_t whole = reader->text.weight[best] +
			reader->text.weight[KZI_LID_LANGUAGES];

	if (!reader->letters)
		return 0;
	return (float)whole / (2 * STEPS) / (float)reader->letters - typical;
}

void kzi_lid_identify(struct kzi_lid *result, const char *text, size_t length,
	struct kzi_lid_words *met)
{
	struct reader reader;
	int best;

	begin(&reader, met);
	read_text(&reader, text, length);
	best = best_of(reader.text.weight);
	result->known = reader.text.known;
	result->total = reader.text.total;
	result->fit = find_fit(&reader, best);
	find_probabilities(result, &reader, best);
}

int kzi_lid_is_plainly(const char *text, size_t length, int language,
	struct kzi_lid_words *met)
{
	struct reader reader;

	if (length < (size_t)2 * PIECE_SIZE)
		return 0;
	begin(&reader, met);
	return read_pieces(&reader, text, length, 2, PIECE_SIZE) &&
		lead_of(&reader, language) > PLAINLY * 2 * STEPS;
}
