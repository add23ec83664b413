/* lid_alphabet.h -- letters and n-grams as numbers, for lid.c and the program
 * that compiles its table (lang/compile_lid.c). Not for others.
 *
 * A letter is six bits, never 0; an n-gram has its last letter lowest, so that
 * the last letters of a text are one number with longer ones above:
 *
 *     "_h" -> 1 << 6 | 9        "ha" -> 9 << 6 | 2
 */
#ifndef KZI_LID_ALPHABET_H
#define KZI_LID_ALPHABET_H

#include <stdint.h>

#include "text/lid.h"

enum kzi_lid_letter {
	KZI_LID_NONE,	  /* Not a letter. */
	KZI_LID_BOUNDARY, /* Before and after a word; "_" in lid.model. */
	KZI_LID_A,	  /* a to z. */
	KZI_LID_APOSTROPHE = KZI_LID_A + 26,
	KZI_LID_HYPHEN,
	KZI_LID_MIDDLE_DOT,
	KZI_LID_MARKED,	      /* The first of kzi_lid_marked. */
	KZI_LID_FOREIGN = 63, /* Any other letter; "?" in lid.model. */

	KZI_LID_BITS = 6,
	KZI_LID_WORD_MOST = 8 /* Letters of the longest whole word. */
};

/* The letters with marks that our languages and their neighbours write, with
 * base and combining mark. */
static const struct kzi_lid_marked {
	uint16_t letter;
	uint16_t mark;
	char base;
} kzi_lid_marked[] = {
	{0xE0, 0x300, 'a'},
	{0xE1, 0x301, 'a'},
	{0xE2, 0x302, 'a'},
	{0xE3, 0x303, 'a'},
	{0xE4, 0x308, 'a'},
	{0xE7, 0x327, 'c'},
	{0xE8, 0x300, 'e'},
	{0xE9, 0x301, 'e'},
	{0xEA, 0x302, 'e'},
	{0xEB, 0x308, 'e'},
	{0xEC, 0x300, 'i'},
	{0xED, 0x301, 'i'},
	{0xEE, 0x302, 'i'},
	{0xEF, 0x308, 'i'},
	{0xF1, 0x303, 'n'},
	{0xF2, 0x300, 'o'},
	{0xF3, 0x301, 'o'},
	{0xF4, 0x302, 'o'},
	{0xF5, 0x303, 'o'},
	{0xF6, 0x308, 'o'},
	{0xF9, 0x300, 'u'},
	{0xFA, 0x301, 'u'},
	{0xFB, 0x302, 'u'},
	{0xFC, 0x308, 'u'},
	{0x103, 0x306, 'a'},
	{0x151, 0x30B, 'o'},
	{0x171, 0x30B, 'u'},
	{0x175, 0x302, 'w'},
	{0x177, 0x302, 'y'},
	{0x219, 0x326, 's'},
	{0x21B, 0x326, 't'},
};

enum {
	KZI_LID_MARKED_COUNT = sizeof(kzi_lid_marked) / sizeof(*kzi_lid_marked)
};

/* The number of a letter with a mark, in lower case, or KZI_LID_FOREIGN. */
static inline unsigned kzi_lid_find_marked(uint32_t letter)
{
	unsigned i;

	for (i = 0; i < KZI_LID_MARKED_COUNT; i++)
		if (kzi_lid_marked[i].letter == letter)
			return KZI_LID_MARKED + i;
	return KZI_LID_FOREIGN;
}

/* ---- The table --------------------------------------------------------- */

/* A slot holds, from its lowest bit: the weights of the languages and the
 * weight common to all, each of six bits and KZI_LID_ZERO too large; then as
 * many bits of the hash of the n-gram as there is room for: 16 of seven
 * languages, 10 of eight, and nine are too many. Empty slots are 0.
 *
 * An n-gram can stand in one slot only, so that looking for it touches one line
 * of the table: those of a group share a displacement that was chosen to leave
 * each a slot of its own (hash and displace: Belazzougui, Botelho and
 * Dietzfelbinger, ESA 2009). */
enum {
	KZI_LID_SLOT_BITS = 15,
	KZI_LID_SLOTS = 1 << KZI_LID_SLOT_BITS,
	KZI_LID_GROUP_BITS = 12,
	KZI_LID_GROUPS = 1 << KZI_LID_GROUP_BITS,
	KZI_LID_PAIRS = 1 << 2 * KZI_LID_BITS, /* N-grams of one or two. */
	KZI_LID_WEIGHTS = KZI_LID_LANGUAGES + 1,
	KZI_LID_WEIGHT_BITS = 6,
	KZI_LID_ZERO = 32,
	KZI_LID_CHECK_SHIFT = KZI_LID_WEIGHTS * KZI_LID_WEIGHT_BITS,
	KZI_LID_CHECK_BITS = 64 - KZI_LID_CHECK_SHIFT
};

_Static_assert(KZI_LID_CHECK_BITS >= 10, "n-grams cannot be told apart");

/* Two multiplications in the manner of SplitMix64 spread the letters over all
 * bits. */
static inline uint64_t kzi_lid_hash(uint64_t gram)
{
	uint64_t hash = gram * UINT64_C(0x9E3779B97F4A7C15);

	return (hash ^ hash >> 32) * UINT64_C(0xBF58476D1CE4E5B9);
}

/* Of a hash, the upper 12 bits tell the group, the next 15 the first slot, the
 * next the step to others, and the lowest 16 at most are the check. */
static inline unsigned kzi_lid_group(uint64_t hash)
{
	return (unsigned)(hash >> (64 - KZI_LID_GROUP_BITS));
}

static inline unsigned kzi_lid_slot(uint64_t hash, unsigned displacement)
{
	enum { FIRST = 64 - KZI_LID_GROUP_BITS - KZI_LID_SLOT_BITS };
	unsigned first = (unsigned)(hash >> FIRST);
	unsigned step = (unsigned)(hash >> (FIRST - KZI_LID_SLOT_BITS)) | 1;

	return (first + displacement * step) & (KZI_LID_SLOTS - 1);
}

static inline unsigned kzi_lid_check(uint64_t hash)
{
	return (unsigned)hash & ((1u << KZI_LID_CHECK_BITS) - 1);
}

/* The slot if it holds the n-gram with that hash, else 0, without a branch. */
static inline uint64_t kzi_lid_match(uint64_t slot, uint64_t hash)
{
	uint64_t is_found = slot >> KZI_LID_CHECK_SHIFT == kzi_lid_check(hash);

	return slot & -is_found;
}

#endif
