/* copies.c -- the same text twice: as a page and as PDF, or printed in two
 * places. It is shown once.
 *
 * A sketch of a text holds, for each of 32 classes of pairs of neighbouring
 * words, the least hash (min-hash by one permutation: Li, Owen and Zhang, NIPS
 * 2012). The share of classes in which two sketches agree estimates the share
 * of pairs that two texts have in common:
 *
 *     "Bring a chair and a cup ..." on page 2 of a PDF, a word cut in two at
 *     the end of a line, against the same paragraph of a page       0.9
 *     two reports by one form, with other names and numbers         0.5
 *
 * Only what is ranked on its text has a sketch: that are the best. Short texts
 * have none, for they are alike without being copies: "Open from 9 to 17." */
#include "search/search.h"

#include <endian.h>
#include <string.h>

enum {
	CLASS_BITS = 5,
	CLASSES = 1 << CLASS_BITS,
	EMPTY = 0xFFFF,
	/* Classes that a text must fill: some twenty words. */
	FILLED_LEAST = 16,
	/* Most pairs of texts agree in less than so many of the first
	 * classes. */
	FIRST_CLASSES = 8,
	FIRST_LEAST = 3
};

/* The share of classes in which copies agree, in percent. */
static const unsigned ALIKE = 75;

_Static_assert(sizeof(((struct kzi_sketch *)0)->least) ==
		CLASSES * sizeof(uint16_t),
	"a sketch has room for every class");

/* ---- Sketches ---------------------------------------------------------- */

/* The first eight bytes and the length tell enough words apart. */
static uint64_t hash_word(const char *text, size_t length)
{
	uint64_t start;

	memcpy(&start, text, sizeof(start));
	start = le64toh(start);
	if (length < sizeof(start))
		start &= ((uint64_t)1 << 8 * length) - 1;
	return (start ^ length) * 0x9E3779B97F4A7C15u;
}

void kzi_sketch_make(struct kzi_sketch *sketch, const char *text,
	const struct kzi_tokens *tokens)
{
	uint64_t last = 0;
	size_t i;

	memset(sketch->least, 0xFF, sizeof(sketch->least));
	for (i = 0; i < tokens->count; i++) {
		const struct kzi_token *token = &tokens->items[i];
		uint64_t word, pair;
		uint16_t *least;

		if (token->flags & KZI_TOKEN_JOINED)
			continue;
		word = hash_word(text + token->offset, token->length);
		pair = (word ^ last >> 7) * 0xD6E8FEB86659FD93u;
		least = &sketch->least[pair >> (64 - CLASS_BITS)];
		pair = pair >> 32 & 0xFFFF;
		if (pair < *least)
			*least = (uint16_t)pair;
		last = word;
	}
}

static int are_alike(const struct kzi_sketch *a, const struct kzi_sketch *b)
{
	unsigned filled = 0, same = 0, i;

	for (i = 0; i < FIRST_CLASSES; i++)
		same += a->least[i] == b->least[i];
	if (same < FIRST_LEAST)
		return 0;
	for (i = same = 0; i < CLASSES; i++) {
		filled += a->least[i] != EMPTY || b->least[i] != EMPTY;
		same += a->least[i] == b->least[i] && a->least[i] != EMPTY;
	}
	return filled >= FILLED_LEAST && 100 * same >= ALIKE * filled;
}

/* ---- Copies ------------------------------------------------------------ */

/* Which of two copies is the better one to show: a guide or story rather than a
 * material, a page rather than a printed one; else the one that ranks first. */
static int is_better(
	const struct kzi_candidate *a, const struct kzi_candidate *b)
{
	int a_material = a->row.kind == KZI_MATERIAL;
	int b_material = b->row.kind == KZI_MATERIAL;

	if (a_material != b_material)
		return b_material;
	return !a->is_paged && b->is_paged;
}

static int are_copies(
	const struct kzi_candidate *a, const struct kzi_candidate *b)
{
	return a->row.language == b->row.language && a->sketch && b->sketch &&
		are_alike(a->sketch, b->sketch);
}

/* One of `count` candidates, in their order, that is the same as this one, or
 * NULL. */
static struct kzi_candidate *find_copy(struct kzi_candidate *candidates,
	size_t count, const struct kzi_candidate *candidate)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (are_copies(&candidates[i], candidate))
			return &candidates[i];
	return NULL;
}

/* The better one stands in the place of the first. */
static void join(
	struct kzi_candidate *kept, const struct kzi_candidate *candidate)
{
	uint32_t copies = kept->copies + 1;
	double score = kept->score;

	if (is_better(candidate, kept))
		*kept = *candidate;
	kept->score = score;
	kept->copies = copies;
}

size_t kzi_copies_join(struct kzi_candidate *candidates, size_t count)
{
	size_t kept = 0, i;

	for (i = 0; i < count; i++) {
		struct kzi_candidate *copy =
			find_copy(candidates, kept, &candidates[i]);

		if (copy)
			join(copy, &candidates[i]);
		else
			candidates[kept++] = candidates[i];
	}
	return kept;
}
