/* lists.h -- postings: in which passages each term is, with its impact, in a
 * file that is written once and mapped. Pure C, private to lib/store.
 *
 * Xapian's tables take what is written, in any order, and can be changed; what
 * they cannot do is tell how good a stretch of a list is at best, so a match
 * reads most of it. The lists here are cut into blocks that tell their greatest
 * impact (Ding and Suel, "Faster top-k document retrieval using block-max
 * indexes", 2011), and take two thirds of the room.
 *
 *     "kalauz lists 2\n\0"        16 bytes
 *     for every KZI_LISTS_TERMS terms, in order of their bytes, a leaf: its
 *     bytes as a varint, its terms, and behind them the long lists of these
 *     for each leaf the first eight bytes of its first term, zeros behind a
 *     shorter one, and where it begins (8 and 8)
 *     where that table begins, leaves, terms (8 each)
 *
 * Terms are front coded (front.h; the first of a leaf shares none); then a term
 * says in how many passages it is. Up to KZI_LIST_BLOCK of them follow here: for
 * each a varint, its distance from the one before less one, times 64, plus its
 * impact:
 *
 *     "Aposadas", in 7 with 12 and in 9 with 30
 *     80 "Aposadas" 02 8C03 5E
 *
 * More of them are a long list, and how many bytes it has follows; they are
 *
 *     greatest impact, and the one that KZI_LIST_GOOD passages reach   1 each
 *     last passage of each block       4 each
 *     where each block begins, counted from the first   4 each
 *     greatest impact of each block    1 each
 *     least impact of each block       1 each
 *     bits of its distances            1 each
 *     the blocks: distances less one, then impacts less the least, in so many
 *     bits as the greatest of them need; both begin with a byte
 *
 * Numbers of fixed size have their low byte first. */
#ifndef KZI_LISTS_H
#define KZI_LISTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/load.h"
#include "kalauz.h"
#include "store/part.h"
#include "store/store.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KZI_LISTS_MAGIC "kalauz lists 2\n" /* And its NUL. */

enum {
	KZI_LISTS_TERMS = 16,  /* Of a leaf. */
	KZI_LIST_BLOCK = 128,  /* Postings. */
	KZI_LISTS_KEY = 8,     /* Bytes of a term in the table. */
	KZI_LISTS_ENTRY = KZI_LISTS_KEY + 8,
	KZI_LISTS_FOOT = 24,
	KZI_LIST_TERM_MOST = 255,
	KZI_LIST_GOOD = KZI_MATCH_FEW,
	KZI_LIST_IMPACT_BITS = 6 /* KZI_IMPACT_MOST fits. */
};

/* ---- Reading ----------------------------------------------------------- */

/* An open file. Zeros are a valid one without terms. */
struct kzi_lists {
	const unsigned char *bytes;
	const unsigned char *table; /* It ends what terms and lists lie in. */
	uint64_t leaves;
	uint64_t terms;
};

/* Look into a part, which is borrowed. 0 if it is no such file. */
int kzi_lists_open(struct kzi_lists *lists, const struct kzi_part *part);

/* The postings of one term, where they lie. Zeros: none. */
struct kzi_list {
	uint32_t count;
	const unsigned char *at;
	const unsigned char *end;
};

/* The list of a term, without postings if it is not there. 0 if the file is
 * damaged. */
int kzi_lists_find(const struct kzi_lists *lists, const char *term,
	size_t length, struct kzi_list *list);

/* A walk over all terms. */
struct kzi_lists_walk {
	const struct kzi_lists *lists;
	uint64_t leaf; /* The next one. */
	unsigned left; /* Terms of this one. */
	int failed;    /* The file is damaged. */
	struct kzi_scan scan;
	const unsigned char *behind; /* Where the next long list begins. */
	char term[KZI_LIST_TERM_MOST];
	size_t length;
	struct kzi_list list;
};

void kzi_lists_begin(
	struct kzi_lists_walk *walk, const struct kzi_lists *lists);

/* The same from the first term on that is not before `start`. */
void kzi_lists_begin_at(struct kzi_lists_walk *walk,
	const struct kzi_lists *lists, const char *start, size_t length);

/* Make the next term the one at hand. 0 at the end, or where `failed` is
 * set. */
int kzi_lists_next(struct kzi_lists_walk *walk);

/* ---- Going through a list ---------------------------------------------- */

/* A posting of a list, and what is known without reading it of its block. */
struct kzi_cursor {
	struct kzi_list list;
	uint32_t blocks;
	uint32_t block;      /* The one at hand; `blocks`: at the end. */
	uint32_t block_last; /* Its last passage, ... */
	uint8_t block_top;   /* ... and greatest impact. */
	uint8_t top;         /* The greatest of all. */
	uint8_t good; /* KZI_LIST_GOOD postings reach it; 0: there are fewer. */
	int failed;          /* The list is damaged; it ends there. */
	unsigned count;      /* Postings of the block; 0: not read yet. */
	unsigned at;         /* The one at hand, if they are read. */
	uint32_t passages[KZI_LIST_BLOCK];

	/* Private: the impacts, which are unpacked one by one. */
	const unsigned char *packed;
	uint8_t bits, floor;
	uint8_t impacts[KZI_LIST_BLOCK + 8]; /* Of a short list. */
};

/* The impact of posting number `at` of the block, which was read. */
static inline unsigned kzi_cursor_impact(
	const struct kzi_cursor *cursor, unsigned at)
{
	size_t bit = (size_t)at * cursor->bits;

	return cursor->floor +
		(unsigned)(kzi_load64(cursor->packed + (bit >> 3)) >>
				(bit & 7) &
			((1u << cursor->bits) - 1));
}

/* Stand at the first block. */
void kzi_cursor_begin(struct kzi_cursor *cursor, const struct kzi_list *list);

/* Move on to the block in which the first passage from `passage` on is. Returns
 * 0 at the end. Reads none. */
int kzi_cursor_pass(struct kzi_cursor *cursor, uint32_t passage);

/* Move on to that posting, and read it. Returns 0 at the end. */
int kzi_cursor_seek(struct kzi_cursor *cursor, uint32_t passage);

/* Move on to the posting behind the one at hand. Returns 0 at the end. */
int kzi_cursor_next(struct kzi_cursor *cursor);

/* Read the block at hand, unless it is. Returns 0 if there is none. */
int kzi_cursor_read(struct kzi_cursor *cursor);

/* Last passage and greatest impact of some block. */
uint32_t kzi_cursor_last_of(const struct kzi_cursor *cursor, uint32_t block);
uint8_t kzi_cursor_top_of(const struct kzi_cursor *cursor, uint32_t block);

/* ---- Writing ----------------------------------------------------------- */

struct kzi_list_posting {
	uint32_t passage;
	uint32_t impact;
};

/* Bits that a number needs. */
static inline unsigned kzi_list_bits(uint32_t number)
{
	return number ? 32 - (unsigned)__builtin_clz(number) : 0;
}

/* How many postings have each impact, and which one `wanted` of them reach. */
typedef uint32_t kzi_list_counts[1 << KZI_LIST_IMPACT_BITS];

static inline uint8_t kzi_list_reached(
	const kzi_list_counts counts, uint32_t wanted)
{
	unsigned impact = (1 << KZI_LIST_IMPACT_BITS) - 1;
	uint32_t reached = counts[impact];

	while (reached < wanted && impact > 0)
		reached += counts[--impact];
	return (uint8_t)impact;
}

/* What is written gathers in `out`, which the caller may empty at any time with
 * kzi_lists_taken. Zeros are a valid beginning; appending is sticky. */
struct kzi_lists_draft {
	struct kzi_buf out;
	uint64_t taken; /* Bytes that were in `out` before. */

	/* Private. */
	struct kzi_buf leaf, lists, table;
	uint64_t leaves, terms;
	char last[KZI_LIST_TERM_MOST];
	size_t last_length;
};

/* Add a term, behind the one before, with its postings in order. */
void kzi_lists_put(struct kzi_lists_draft *draft, const char *term,
	size_t length, const struct kzi_list_posting *postings, size_t count);

/* `out` was written: empty it. */
void kzi_lists_taken(struct kzi_lists_draft *draft);

/* The end of the file. Returns 0 when memory was short. */
int kzi_lists_finish(struct kzi_lists_draft *draft);
void kzi_lists_draft_release(struct kzi_lists_draft *draft);

#ifdef __cplusplus
}
#endif
#endif
