/* lists_read.c -- see lists.h: terms found, and lists gone through. Whatever
 * the bytes are, it stays inside them. */
#include "store/lists.h"

#include <string.h>

#include "base/order.h"
#include "store/front.h"

/* ---- The file ---------------------------------------------------------- */

int kzi_lists_open(struct kzi_lists *lists, const struct kzi_part *part)
{
	const size_t least = sizeof(KZI_LISTS_MAGIC) + KZI_LISTS_FOOT;
	const unsigned char *foot;
	uint64_t table;

	memset(lists, 0, sizeof(*lists));
	if (part->length < least ||
		memcmp(part->bytes, KZI_LISTS_MAGIC, sizeof(KZI_LISTS_MAGIC)))
		return 0;
	foot = part->bytes + part->length - KZI_LISTS_FOOT;
	table = kzi_load64(foot);
	lists->leaves = kzi_load64(foot + 8);
	lists->terms = kzi_load64(foot + 16);
	if (table < sizeof(KZI_LISTS_MAGIC) ||
		table > part->length - KZI_LISTS_FOOT)
		return 0;
	lists->bytes = part->bytes;
	lists->table = part->bytes + table;
	return lists->leaves <= part->length / KZI_LISTS_ENTRY &&
		lists->leaves * KZI_LISTS_ENTRY ==
			part->length - KZI_LISTS_FOOT - table &&
		(lists->terms + KZI_LISTS_TERMS - 1) / KZI_LISTS_TERMS ==
			lists->leaves;
}

/* ---- Terms ------------------------------------------------------------- */

static int fail_walk(struct kzi_lists_walk *walk)
{
	walk->failed = 1;
	return 0;
}

/* Stand before the first term of the next leaf. */
static int enter_leaf(struct kzi_lists_walk *walk)
{
	const struct kzi_lists *lists = walk->lists;
	const uint64_t most = (uint64_t)(lists->table - lists->bytes);
	uint64_t start = kzi_load64(lists->table +
		walk->leaf * KZI_LISTS_ENTRY + KZI_LISTS_KEY);
	uint64_t before = walk->leaf * KZI_LISTS_TERMS, bytes;

	if (start >= most)
		return fail_walk(walk);
	walk->scan.at = (const char *)lists->bytes + start;
	walk->scan.end = (const char *)lists->table;
	walk->scan.failed = 0;
	bytes = kzi_scan_varint(&walk->scan);
	if (walk->scan.failed ||
		bytes > (uint64_t)(walk->scan.end - walk->scan.at))
		return fail_walk(walk);
	walk->scan.end = walk->scan.at + bytes;
	walk->behind = (const unsigned char *)walk->scan.end;
	walk->left = lists->terms - before < KZI_LISTS_TERMS
		? (unsigned)(lists->terms - before)
		: KZI_LISTS_TERMS;
	walk->length = 0;
	walk->leaf++;
	return 1;
}

static int read_term(struct kzi_lists_walk *walk)
{
	struct kzi_scan *scan = &walk->scan;
	size_t shared, rest;

	if (!kzi_front_get(scan, &shared, &rest) || shared > walk->length ||
		shared + rest > sizeof(walk->term))
		return 0;
	memcpy(walk->term + shared, scan->at, rest);
	walk->length = shared + rest;
	scan->at += rest;
	return 1;
}

/* Its varints follow the term. */
static int pass_short(struct kzi_lists_walk *walk)
{
	const char *at = walk->scan.at, *end = walk->scan.end;
	uint32_t left = walk->list.count;

	walk->list.at = (const unsigned char *)at;
	for (; left && at < end; at++)
		left -= !(*at & 0x80);
	walk->scan.at = at;
	walk->list.end = (const unsigned char *)at;
	return left == 0;
}

/* Its bytes are behind those of the long lists before. */
static int pass_long(struct kzi_lists_walk *walk)
{
	uint64_t bytes = kzi_scan_varint(&walk->scan);

	if (walk->scan.failed ||
		bytes > (uint64_t)(walk->lists->table - walk->behind))
		return 0;
	walk->list.at = walk->behind;
	walk->behind += bytes;
	walk->list.end = walk->behind;
	return 1;
}

static int read_list(struct kzi_lists_walk *walk)
{
	uint64_t count = kzi_scan_varint(&walk->scan);

	if (walk->scan.failed || count > UINT32_MAX)
		return 0;
	walk->list.count = (uint32_t)count;
	return count <= KZI_LIST_BLOCK ? pass_short(walk) : pass_long(walk);
}

void kzi_lists_begin(struct kzi_lists_walk *walk, const struct kzi_lists *lists)
{
	walk->lists = lists;
	walk->leaf = 0;
	walk->left = 0;
	walk->failed = 0;
	walk->length = 0;
}

int kzi_lists_next(struct kzi_lists_walk *walk)
{
	if (walk->failed)
		return 0;
	if (walk->left == 0) {
		if (walk->leaf == walk->lists->leaves || !enter_leaf(walk))
			return 0;
	}
	walk->left--;
	return read_term(walk) && read_list(walk) ? 1 : fail_walk(walk);
}

static int compare(const struct kzi_lists_walk *walk, const char *term,
	size_t length)
{
	return kzi_order(walk->term, walk->length, term, length);
}

/* How the first term of a leaf compares. Its key mostly tells; a leaf that
 * cannot be read comes behind everything. */
static int compare_leaf(struct kzi_lists_walk *walk, uint64_t leaf,
	uint64_t key, const char *term, size_t length)
{
	uint64_t first = kzi_load_big64(
		walk->lists->table + leaf * KZI_LISTS_ENTRY);

	if (first != key)
		return first < key ? -1 : 1;
	walk->leaf = leaf;
	walk->left = 0;
	return kzi_lists_next(walk) ? compare(walk, term, length) : 1;
}

/* The last leaf whose first term is not behind the term. */
static uint64_t find_leaf(
	struct kzi_lists_walk *walk, const char *term, size_t length)
{
	uint64_t key = kzi_order_key(term, length);
	uint64_t low = 0, high = walk->lists->leaves;

	while (high - low > 1) {
		uint64_t middle = low + (high - low) / 2;

		if (compare_leaf(walk, middle, key, term, length) <= 0)
			low = middle;
		else
			high = middle;
	}
	return low;
}

void kzi_lists_begin_at(struct kzi_lists_walk *walk,
	const struct kzi_lists *lists, const char *start, size_t length)
{
	struct kzi_lists_walk before;

	kzi_lists_begin(walk, lists);
	if (!lists->leaves)
		return;
	walk->leaf = find_leaf(walk, start, length);
	walk->left = 0;
	do
		before = *walk;
	while (kzi_lists_next(walk) && compare(walk, start, length) < 0);
	if (!walk->failed)
		*walk = before;
}

int kzi_lists_find(const struct kzi_lists *lists, const char *term,
	size_t length, struct kzi_list *list)
{
	struct kzi_lists_walk walk;
	int order = -1;

	memset(list, 0, sizeof(*list));
	if (!lists->leaves)
		return 1;
	kzi_lists_begin(&walk, lists);
	walk.leaf = find_leaf(&walk, term, length);
	walk.left = 0;
	do
		order = kzi_lists_next(&walk) ? compare(&walk, term, length)
					      : 1;
	while (order < 0 && walk.left);
	if (order == 0)
		*list = walk.list;
	return !walk.failed;
}

/* ---- Blocks ------------------------------------------------------------ */

/* Where each column of the table of a long list begins, in bytes a block. */
enum { LAST = 0, PLACE = 4, TOP = 8, FLOOR = 9, BITS = 10, ROW = 11 };

enum { HEAD = 2 /* Bytes before that table. */ };

static const unsigned char *column(
	const struct kzi_cursor *cursor, size_t column)
{
	return cursor->list.at + HEAD + column * cursor->blocks;
}

static int is_long(const struct kzi_cursor *cursor)
{
	return cursor->list.count > KZI_LIST_BLOCK;
}

uint32_t kzi_cursor_last_of(const struct kzi_cursor *cursor, uint32_t block)
{
	return is_long(cursor)
		? kzi_load32(column(cursor, LAST) + 4 * (size_t)block)
		: cursor->block_last;
}

uint8_t kzi_cursor_top_of(const struct kzi_cursor *cursor, uint32_t block)
{
	return is_long(cursor) ? column(cursor, TOP)[block] : cursor->top;
}

static int end(struct kzi_cursor *cursor)
{
	cursor->block = cursor->blocks;
	cursor->count = 0;
	return 0;
}

/* Its table may not be there at all. */
static int fail(struct kzi_cursor *cursor)
{
	cursor->failed = 1;
	cursor->blocks = 0;
	return end(cursor);
}

static void enter_block(struct kzi_cursor *cursor, uint32_t block)
{
	cursor->block = block;
	cursor->count = 0;
	cursor->at = 0;
	cursor->block_last = kzi_cursor_last_of(cursor, block);
	cursor->block_top = kzi_cursor_top_of(cursor, block);
}

/* The whole of a short list. */
static void read_short(struct kzi_cursor *cursor)
{
	struct kzi_scan scan = { (const char *)cursor->list.at,
		(const char *)cursor->list.end, 0 };
	const unsigned impacts = (1 << KZI_LIST_IMPACT_BITS) - 1;
	kzi_list_counts counts = { 0 };
	uint64_t passage = 0;
	uint32_t i;

	for (i = 0; i < cursor->list.count; i++) {
		uint64_t number = kzi_scan_varint(&scan);

		passage += (number >> KZI_LIST_IMPACT_BITS) + 1;
		if (scan.failed || passage >= UINT32_MAX) {
			fail(cursor);
			return;
		}
		cursor->passages[i] = (uint32_t)passage;
		cursor->impacts[i] = (uint8_t)(number & impacts);
		counts[number & impacts]++;
	}
	cursor->top = kzi_list_reached(counts, 1);
	if (i >= KZI_LIST_GOOD)
		cursor->good = kzi_list_reached(counts, KZI_LIST_GOOD);
	cursor->packed = cursor->impacts;
	cursor->bits = 8;
	cursor->floor = 0;
	cursor->count = i;
	cursor->block_last = (uint32_t)passage;
	cursor->block_top = cursor->top;
}

void kzi_cursor_begin(struct kzi_cursor *cursor, const struct kzi_list *list)
{
	size_t bytes = (size_t)(list->end - list->at);

	cursor->list = *list;
	cursor->blocks = list->count / KZI_LIST_BLOCK +
		(list->count % KZI_LIST_BLOCK > 0);
	cursor->block = 0;
	cursor->failed = 0;
	cursor->count = 0;
	cursor->at = 0;
	cursor->top = 0;
	cursor->good = 0;
	if (!is_long(cursor)) {
		read_short(cursor);
		return;
	}
	if (bytes < HEAD + (size_t)cursor->blocks * ROW) {
		fail(cursor);
		return;
	}
	cursor->top = list->at[0];
	cursor->good = list->at[1];
	enter_block(cursor, 0);
}

/* Unpack so many distances of `bits` bits, and add them up. 0 if they do not
 * end where the table says; if they do, none of the passages is out of order.
 * Up to seven bytes behind them are read, which are there: the foot of the
 * file. */
static int read_passages(struct kzi_cursor *cursor, const unsigned char *from,
	unsigned bits, unsigned count, uint64_t before)
{
	const uint64_t mask = ((uint64_t)1 << bits) - 1;
	size_t at = 0;
	unsigned i;

	for (i = 0; i < count; i++, at += bits) {
		before += 1 +
			(kzi_load64(from + (at >> 3)) >> (at & 7) & mask);
		cursor->passages[i] = (uint32_t)before;
	}
	return before == cursor->block_last;
}

static unsigned count_in(const struct kzi_cursor *cursor, uint32_t block)
{
	uint32_t before = block * KZI_LIST_BLOCK;

	return cursor->list.count - before < KZI_LIST_BLOCK
		? cursor->list.count - before
		: KZI_LIST_BLOCK;
}

static int read_long(struct kzi_cursor *cursor)
{
	const uint32_t block = cursor->block;
	const unsigned char *blocks = column(cursor, ROW);
	size_t room = (size_t)(cursor->list.end - blocks);
	size_t place = kzi_load32(column(cursor, PLACE) + 4 * (size_t)block);
	unsigned bits = column(cursor, BITS)[block];
	unsigned floor = column(cursor, FLOOR)[block];
	unsigned count = count_in(cursor, block);
	unsigned impact_bits, bytes;

	if (floor > cursor->block_top || bits > 32 ||
		cursor->block_last == UINT32_MAX ||
		cursor->block_top >> KZI_LIST_IMPACT_BITS)
		return fail(cursor);
	impact_bits = kzi_list_bits(cursor->block_top - floor);
	bytes = (count * bits + 7) / 8;
	if (place > room ||
		bytes + (count * impact_bits + 7) / 8 > room - place)
		return fail(cursor);
	if (!read_passages(cursor, blocks + place, bits, count,
		    block ? kzi_cursor_last_of(cursor, block - 1) : 0))
		return fail(cursor);
	cursor->packed = blocks + place + bytes;
	cursor->bits = (uint8_t)impact_bits;
	cursor->floor = (uint8_t)floor;
	cursor->count = count;
	return 1;
}

int kzi_cursor_read(struct kzi_cursor *cursor)
{
	if (cursor->count)
		return 1;
	return cursor->block < cursor->blocks && read_long(cursor);
}

/* ---- Moving on --------------------------------------------------------- */

int kzi_cursor_pass(struct kzi_cursor *cursor, uint32_t passage)
{
	uint32_t block = cursor->block;

	if (block == cursor->blocks)
		return 0;
	if (cursor->block_last >= passage)
		return 1;
	while (++block < cursor->blocks)
		if (kzi_cursor_last_of(cursor, block) >= passage) {
			enter_block(cursor, block);
			return 1;
		}
	return end(cursor);
}

/* The first of those from `at` on, of a block whose last one is no less. */
static unsigned first_from(
	const struct kzi_cursor *cursor, unsigned at, uint32_t passage)
{
	unsigned left = cursor->count - at;

	while (left > 1) {
		unsigned half = left / 2;

		at += cursor->passages[at + half - 1] < passage ? half : 0;
		left -= half;
	}
	return at;
}

int kzi_cursor_seek(struct kzi_cursor *cursor, uint32_t passage)
{
	if (!kzi_cursor_pass(cursor, passage) || !kzi_cursor_read(cursor))
		return 0;
	if (cursor->passages[cursor->at] < passage)
		cursor->at = first_from(cursor, cursor->at, passage);
	return 1;
}

int kzi_cursor_next(struct kzi_cursor *cursor)
{
	if (++cursor->at < cursor->count)
		return 1;
	if (cursor->block + 1 >= cursor->blocks)
		return end(cursor);
	enter_block(cursor, cursor->block + 1);
	return kzi_cursor_read(cursor);
}
