/* batch.c -- see batch.h. A term's postings lie in chunks that double, so that
 * most terms, which are rare, take little and frequent ones are not copied.
 *
 * Hardly anything of this is in the processor's caches when a passage comes: so
 * its terms are looked up together, in steps that ask for what the next one
 * needs, and what adding a posting asks of a term stands in one place. */
#include "store/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "base/order.h"

enum {
	SLOTS_FIRST = 1 << 14,
	CHUNK_FIRST = 2,
	CHUNK_MOST = 1 << 10,
	TOGETHER = 32 /* Terms looked up at once. */
};

struct chunk {
	struct chunk *next;
	struct kzi_list_posting postings[];
};

struct kzi_batch_term {
	struct chunk *first, *last;
	uint32_t hash;
	uint32_t count; /* Postings. */
	uint32_t passage; /* Of the last one. */
	uint32_t length;
	char bytes[];
};

/* ---- Terms ------------------------------------------------------------- */

static uint32_t hash_of(struct kzi_string term)
{
	return (uint32_t)kzi_hash_quick(term.bytes, term.length, 0);
}

/* Where looking for a term begins. */
static struct kzi_batch_term **first_slot(
	const struct kzi_batch *batch, uint32_t hash)
{
	return &batch->slots[hash & (batch->capacity - 1)];
}

static struct kzi_batch_term **slot_of(
	const struct kzi_batch *batch, struct kzi_string term, uint32_t hash)
{
	size_t mask = batch->capacity - 1, i = hash & mask;

	for (;; i = (i + 1) & mask) {
		struct kzi_batch_term *there = batch->slots[i];

		if (!there ||
			(there->hash == hash && there->length == term.length &&
				!memcmp(there->bytes, term.bytes, term.length)))
			return &batch->slots[i];
	}
}

static int grow(struct kzi_batch *batch)
{
	struct kzi_batch more = *batch;
	size_t i;

	more.capacity = batch->capacity ? 2 * batch->capacity : SLOTS_FIRST;
	more.slots = kzi_calloc(more.capacity, sizeof(*more.slots));
	if (!more.slots)
		return 0;
	for (i = 0; i < batch->capacity; i++) {
		struct kzi_batch_term *term = batch->slots[i];
		size_t at;

		if (!term)
			continue;
		at = term->hash & (more.capacity - 1);
		while (more.slots[at])
			at = (at + 1) & (more.capacity - 1);
		more.slots[at] = term;
	}
	kzi_free(batch->slots);
	*batch = more;
	return 1;
}

static struct kzi_batch_term *new_term(
	struct kzi_batch *batch, struct kzi_string name, uint32_t hash)
{
	struct kzi_batch_term *term =
		kzi_arena_get(&batch->arena, sizeof(*term) + name.length);

	if (!term)
		return NULL;
	memset(term, 0, sizeof(*term));
	term->hash = hash;
	term->length = (uint32_t)name.length;
	memcpy(term->bytes, name.bytes, name.length);
	batch->count++;
	return term;
}

static struct kzi_batch_term *find_or_add(
	struct kzi_batch *batch, struct kzi_string name, uint32_t hash)
{
	struct kzi_batch_term **slot = slot_of(batch, name, hash);

	if (!*slot)
		*slot = new_term(batch, name, hash);
	return *slot;
}

/* ---- Postings ---------------------------------------------------------- */

/* Of the chunk that posting `n` of a term is in: 2, 4, 8 ... */
static uint32_t capacity_at(uint32_t n)
{
	n += CHUNK_FIRST;
	return n < CHUNK_MOST ? 1U << (31 - __builtin_clz(n)) : CHUNK_MOST;
}

static uint32_t place_in_chunk(uint32_t n)
{
	return (n + CHUNK_FIRST) & (capacity_at(n) - 1);
}

static int add_chunk(struct kzi_batch *batch, struct kzi_batch_term *term)
{
	struct chunk *chunk = kzi_arena_get(
		&batch->arena, sizeof(*chunk) + capacity_at(term->count) *
				       sizeof(chunk->postings[0]));

	if (!chunk)
		return 0;
	chunk->next = NULL;
	if (term->last)
		term->last->next = chunk;
	else
		term->first = chunk;
	term->last = chunk;
	return 1;
}

static int add_posting(struct kzi_batch *batch, struct kzi_batch_term *term,
	uint32_t passage, uint32_t impact)
{
	uint32_t place = place_in_chunk(term->count);

	if (term->count > 0 && term->passage == passage)
		return 1;
	if (!place && !add_chunk(batch, term))
		return 0;
	term->last->postings[place] = (struct kzi_list_posting){
		.passage = passage,
		.impact = impact < KZI_IMPACT_MOST ? impact : KZI_IMPACT_MOST
	};
	term->passage = passage;
	term->count++;
	return 1;
}

/* Add the postings of at most TOGETHER terms. */
static int put_together(struct kzi_batch *batch, uint32_t passage,
	const struct kzi_posting *postings, size_t count)
{
	uint32_t hashes[TOGETHER];
	size_t i;

	if (2 * (batch->count + count) > batch->capacity && !grow(batch))
		return 0;
	for (i = 0; i < count; i++) {
		hashes[i] = hash_of(postings[i].term);
		__builtin_prefetch(first_slot(batch, hashes[i]));
	}
	for (i = 0; i < count; i++)
		__builtin_prefetch(*first_slot(batch, hashes[i]));
	for (i = 0; i < count; i++) {
		struct kzi_batch_term *term =
			find_or_add(batch, postings[i].term, hashes[i]);

		if (!term ||
			!add_posting(batch, term, passage, postings[i].impact))
			return 0;
	}
	return 1;
}

void kzi_batch_put(struct kzi_batch *batch, uint32_t passage,
	const struct kzi_posting *postings, size_t count)
{
	size_t i, next;

	for (i = 0; i < count; i = next) {
		next = count - i < TOGETHER ? count : i + TOGETHER;
		if (!put_together(batch, passage, postings + i, next - i))
			batch->failed = 1;
	}
}

/* The postings in the chunk whose first is posting `n` of the term. */
static uint32_t count_in_chunk(const struct kzi_batch_term *term, uint32_t n)
{
	uint32_t capacity = capacity_at(n), left = term->count - n;

	return left < capacity ? left : capacity;
}

void kzi_batch_visit(const struct kzi_batch *batch, struct kzi_string name,
	kzi_visit_posting *visit, void *context)
{
	const struct kzi_batch_term *term;
	const struct chunk *chunk;
	uint32_t n = 0, i;

	if (!batch->capacity)
		return;
	term = *slot_of(batch, name, hash_of(name));
	for (chunk = term ? term->first : NULL; chunk; chunk = chunk->next) {
		uint32_t count = count_in_chunk(term, n);

		for (i = 0; i < count; i++)
			if (!visit(context, chunk->postings[i].passage,
				    chunk->postings[i].impact))
				return;
		n += count;
	}
}

/* ---- Lists ------------------------------------------------------------- */

/* A term to be sorted by its first bytes, which tell most apart. */
struct sorted {
	uint64_t key;
	const struct kzi_batch_term *term;
};

static int compare(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;

	return kzi_order_keyed(x->key, x->term->bytes, x->term->length, y->key,
		y->term->bytes, y->term->length);
}

/* The terms in order, or NULL when memory is short. */
static struct sorted *sort_terms(const struct kzi_batch *batch)
{
	struct sorted *terms = kzi_malloc((batch->count + 1) * sizeof(*terms));
	size_t filled = 0, i;

	if (!terms)
		return NULL;
	for (i = 0; i < batch->capacity; i++) {
		const struct kzi_batch_term *term = batch->slots[i];

		if (term)
			terms[filled++] = (struct sorted){
				kzi_order_key(term->bytes, term->length), term
			};
	}
	qsort(terms, filled, sizeof(*terms), compare);
	return terms;
}

static void put_term(struct kzi_lists_draft *draft, struct kzi_buf *room,
	const struct kzi_batch_term *term)
{
	const struct chunk *chunk;
	uint32_t n = 0;

	kzi_buf_clear(room);
	for (chunk = term->first; chunk; chunk = chunk->next) {
		uint32_t count = count_in_chunk(term, n);

		kzi_buf_append(room, chunk->postings,
			count * sizeof(chunk->postings[0]));
		n += count;
	}
	if (room->failed)
		draft->out.failed = 1;
	else
		kzi_lists_put(draft, term->bytes, term->length,
			(const struct kzi_list_posting *)(const void *)
				room->data,
			term->count);
}

int kzi_batch_write(const struct kzi_batch *batch, struct kzi_buf *bytes)
{
	struct sorted *terms = sort_terms(batch);
	struct kzi_lists_draft draft = { 0 };
	struct kzi_buf room = { 0 };
	int is_done = 0;
	size_t i;

	for (i = 0; terms && i < batch->count; i++)
		put_term(&draft, &room, terms[i].term);
	if (terms && !batch->failed && kzi_lists_finish(&draft)) {
		*bytes = draft.out;
		memset(&draft.out, 0, sizeof(draft.out));
		is_done = 1;
	}
	kzi_lists_draft_release(&draft);
	kzi_buf_release(&room);
	kzi_free(terms);
	return is_done;
}

void kzi_batch_clear(struct kzi_batch *batch)
{
	kzi_arena_reset(&batch->arena);
	if (batch->slots)
		memset(batch->slots, 0,
			batch->capacity * sizeof(*batch->slots));
	batch->count = 0;
	batch->failed = 0;
}

void kzi_batch_release(struct kzi_batch *batch)
{
	kzi_arena_release(&batch->arena);
	kzi_free(batch->slots);
	memset(batch, 0, sizeof(*batch));
}
