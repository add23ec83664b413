/* lists_write.c -- see lists.h. */
#include "store/lists.h"

#include <string.h>

#include "store/front.h"

/* ---- Numbers ----------------------------------------------------------- */

static void put_number(struct kzi_buf *to, uint64_t number, size_t bytes)
{
	char saved[8];

	kzi_save(saved, number, (int)bytes);
	kzi_buf_append(to, saved, bytes);
}

/* Bits gathered into bytes, low ones first. */
struct packing {
	char *at;
	uint64_t held;
	unsigned count;
};

static void pack(struct packing *packing, uint32_t number, unsigned bits)
{
	packing->held |= (uint64_t)number << packing->count;
	packing->count += bits;
	for (; packing->count >= 8; packing->count -= 8) {
		*packing->at++ = (char)(packing->held & 0xFF);
		packing->held >>= 8;
	}
}

static void pack_rest(struct packing *packing)
{
	if (packing->count)
		*packing->at++ = (char)packing->held;
	packing->held = 0;
	packing->count = 0;
}

/* ---- Lists ------------------------------------------------------------- */

struct block {
	const struct kzi_list_posting *postings;
	size_t count;
	uint32_t before; /* The passage before the first. */
	uint32_t top, floor;
	unsigned bits;
};

static uint32_t distance(const struct block *block, size_t i)
{
	uint32_t before =
		i ? block->postings[i - 1].passage : block->before;

	return block->postings[i].passage - before - 1;
}

static struct block cut_block(
	const struct kzi_list_posting *postings, size_t count, size_t start)
{
	struct block block = { postings + start, count - start,
		start ? postings[start - 1].passage : 0, 0, UINT32_MAX, 0 };
	uint32_t widest = 0;
	size_t i;

	if (block.count > KZI_LIST_BLOCK)
		block.count = KZI_LIST_BLOCK;
	for (i = 0; i < block.count; i++) {
		uint32_t impact = block.postings[i].impact;

		widest |= distance(&block, i);
		block.top = impact > block.top ? impact : block.top;
		block.floor = impact < block.floor ? impact : block.floor;
	}
	block.bits = kzi_list_bits(widest);
	return block;
}

static size_t block_bytes(const struct block *block)
{
	unsigned impact_bits = kzi_list_bits(block->top - block->floor);

	return (block->count * block->bits + 7) / 8 +
		(block->count * impact_bits + 7) / 8;
}

static void put_block(struct kzi_buf *to, const struct block *block)
{
	unsigned impact_bits = kzi_list_bits(block->top - block->floor);
	size_t bytes = block_bytes(block), i;
	struct packing packing = { kzi_buf_room(to, bytes), 0, 0 };

	if (!packing.at)
		return;
	for (i = 0; i < block->count; i++)
		pack(&packing, distance(block, i), block->bits);
	pack_rest(&packing);
	for (i = 0; i < block->count; i++)
		pack(&packing, block->postings[i].impact - block->floor,
			impact_bits);
	pack_rest(&packing);
	to->length += bytes;
}

/* What the table before the blocks has of each, and where: a column after the
 * other, each with a cell for every block. */
enum { LAST = 0, PLACE = 4, TOP = 8, FLOOR = 9, BITS = 10, ROW = 11 };

static void put_row(char *table, size_t blocks, size_t row,
	const struct block *block, size_t place)
{
	uint32_t last = block->postings[block->count - 1].passage;

	kzi_save(table + LAST * blocks + 4 * row, last, 4);
	kzi_save(table + PLACE * blocks + 4 * row, place, 4);
	table[TOP * blocks + row] = (char)block->top;
	table[FLOOR * blocks + row] = (char)block->floor;
	table[BITS * blocks + row] = (char)block->bits;
}

static void put_blocks(struct kzi_buf *to,
	const struct kzi_list_posting *postings, size_t count)
{
	size_t blocks = (count + KZI_LIST_BLOCK - 1) / KZI_LIST_BLOCK;
	size_t table = to->length, first = table + ROW * blocks, row;

	if (!kzi_buf_room(to, ROW * blocks))
		return;
	to->length = first;
	for (row = 0; row < blocks && !to->failed; row++) {
		struct block block =
			cut_block(postings, count, row * KZI_LIST_BLOCK);

		put_row(to->data + table, blocks, row, &block,
			to->length - first);
		put_block(to, &block);
	}
}

static void put_long(struct kzi_buf *to,
	const struct kzi_list_posting *postings, size_t count)
{
	kzi_list_counts counts = { 0 };
	size_t i;

	for (i = 0; i < count; i++)
		counts[postings[i].impact]++;
	kzi_buf_byte(to, kzi_list_reached(counts, 1));
	kzi_buf_byte(to, kzi_list_reached(counts, KZI_LIST_GOOD));
	put_blocks(to, postings, count);
}

static void put_short(struct kzi_buf *to,
	const struct kzi_list_posting *postings, size_t count)
{
	struct block block = cut_block(postings, count, 0);
	size_t i;

	for (i = 0; i < count; i++)
		kzi_buf_varint(to,
			(uint64_t)distance(&block, i) << KZI_LIST_IMPACT_BITS |
				postings[i].impact);
}

/* ---- Leaves ------------------------------------------------------------ */

static void add(struct kzi_buf *to, struct kzi_buf *from)
{
	kzi_buf_append(to, from->data, from->length);
	to->failed |= from->failed;
	kzi_buf_clear(from);
}

/* `out` begins with the head. */
static struct kzi_buf *out_of(struct kzi_lists_draft *draft)
{
	if (!draft->taken && !draft->out.length)
		kzi_buf_append(&draft->out, KZI_LISTS_MAGIC,
			sizeof(KZI_LISTS_MAGIC));
	return &draft->out;
}

static void end_leaf(struct kzi_lists_draft *draft)
{
	struct kzi_buf *out = out_of(draft);

	kzi_buf_varint(out, draft->leaf.length);
	add(out, &draft->leaf);
	add(out, &draft->lists);
}

static void begin_leaf(
	struct kzi_lists_draft *draft, const char *term, size_t length)
{
	char key[KZI_LISTS_KEY] = { 0 };

	memcpy(key, term, length < sizeof(key) ? length : sizeof(key));
	kzi_buf_append(&draft->table, key, sizeof(key));
	put_number(&draft->table, draft->taken + out_of(draft)->length, 8);
	draft->leaves++;
	draft->last_length = 0;
}

static void put_term(
	struct kzi_lists_draft *draft, const char *term, size_t length)
{
	kzi_front_put(&draft->leaf, term, length,
		kzi_front_shared(
			draft->last, draft->last_length, term, length));
	memcpy(draft->last, term, length);
	draft->last_length = length;
}

void kzi_lists_put(struct kzi_lists_draft *draft, const char *term,
	size_t length, const struct kzi_list_posting *postings, size_t count)
{
	size_t before = draft->lists.length;

	if (draft->terms++ % KZI_LISTS_TERMS == 0) {
		if (draft->leaves)
			end_leaf(draft);
		begin_leaf(draft, term, length);
		before = 0;
	}
	put_term(draft, term, length);
	kzi_buf_varint(&draft->leaf, count);
	if (count <= KZI_LIST_BLOCK) {
		put_short(&draft->leaf, postings, count);
		return;
	}
	put_long(&draft->lists, postings, count);
	kzi_buf_varint(&draft->leaf, draft->lists.length - before);
}

void kzi_lists_taken(struct kzi_lists_draft *draft)
{
	draft->taken += draft->out.length;
	kzi_buf_clear(&draft->out);
}

int kzi_lists_finish(struct kzi_lists_draft *draft)
{
	struct kzi_buf *out = out_of(draft);
	uint64_t table;

	if (draft->leaves)
		end_leaf(draft);
	table = draft->taken + out->length;
	add(out, &draft->table);
	put_number(out, table, 8);
	put_number(out, draft->leaves, 8);
	put_number(out, draft->terms, 8);
	return !out->failed;
}

void kzi_lists_draft_release(struct kzi_lists_draft *draft)
{
	kzi_buf_release(&draft->out);
	kzi_buf_release(&draft->leaf);
	kzi_buf_release(&draft->lists);
	kzi_buf_release(&draft->table);
}
