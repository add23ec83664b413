/* batch.c -- see batch.h. A term's postings lie in chunks that double, so that
 * most terms, which are rare, take little and frequent ones are not copied. */
#include "store/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "base/order.h"

enum {
	SLOTS_FIRST = 1 << 14,
	CHUNK_FIRST = 2,
	CHUNK_MOST = 1 << 10
};

struct chunk {
	struct chunk *next;
	uint32_t count, capacity;
	struct kzi_list_posting postings[];
};

struct kzi_batch_term {
	uint64_t hash;
	struct chunk *first, *last;
	uint32_t count; /* Postings. */
	uint32_t length;
	char bytes[];
};

/* ---- Terms ------------------------------------------------------------- */

static uint64_t hash_of(struct kzi_string term)
{
	return kzi_hash_quick(term.bytes, term.length, 0);
}

static struct kzi_batch_term **slot_of(
	const struct kzi_batch *batch, struct kzi_string term, uint64_t hash)
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
	struct kzi_batch *batch, struct kzi_string name, uint64_t hash)
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
	struct kzi_batch *batch, struct kzi_string name)
{
	uint64_t hash = hash_of(name);
	struct kzi_batch_term **slot;

	if (2 * (batch->count + 1) > batch->capacity && !grow(batch))
		return NULL;
	slot = slot_of(batch, name, hash);
	if (!*slot)
		*slot = new_term(batch, name, hash);
	return *slot;
}

/* ---- Postings ---------------------------------------------------------- */

static struct chunk *new_chunk(
	struct kzi_batch *batch, struct kzi_batch_term *term)
{
	uint32_t capacity = term->last ? 2 * term->last->capacity : CHUNK_FIRST;
	struct chunk *chunk;

	if (capacity > CHUNK_MOST)
		capacity = CHUNK_MOST;
	chunk = kzi_arena_get(&batch->arena,
		sizeof(*chunk) + capacity * sizeof(chunk->postings[0]));
	if (!chunk)
		return NULL;
	chunk->next = NULL;
	chunk->count = 0;
	chunk->capacity = capacity;
	if (term->last)
		term->last->next = chunk;
	else
		term->first = chunk;
	term->last = chunk;
	return chunk;
}

void kzi_batch_put(struct kzi_batch *batch, struct kzi_string name,
	uint32_t passage, uint32_t impact)
{
	struct kzi_batch_term *term = find_or_add(batch, name);
	struct chunk *chunk = term ? term->last : NULL;

	if (chunk && chunk->postings[chunk->count - 1].passage == passage)
		return;
	if (impact > KZI_IMPACT_MOST)
		impact = KZI_IMPACT_MOST;
	if (term && (!chunk || chunk->count == chunk->capacity))
		chunk = new_chunk(batch, term);
	if (!chunk) {
		batch->failed = 1;
		return;
	}
	chunk->postings[chunk->count].passage = passage;
	chunk->postings[chunk->count++].impact = impact;
	term->count++;
}

void kzi_batch_visit(const struct kzi_batch *batch, struct kzi_string name,
	kzi_visit_posting *visit, void *context)
{
	const struct kzi_batch_term *term;
	const struct chunk *chunk;
	uint32_t i;

	if (!batch->capacity)
		return;
	term = *slot_of(batch, name, hash_of(name));
	for (chunk = term ? term->first : NULL; chunk; chunk = chunk->next)
		for (i = 0; i < chunk->count; i++)
			if (!visit(context, chunk->postings[i].passage,
				    chunk->postings[i].impact))
				return;
}

/* ---- Lists ------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
	const struct kzi_batch_term *x = *(struct kzi_batch_term *const *)a;
	const struct kzi_batch_term *y = *(struct kzi_batch_term *const *)b;

	return kzi_order(x->bytes, x->length, y->bytes, y->length);
}

/* The terms in order, or NULL when memory is short. */
static struct kzi_batch_term **sort_terms(const struct kzi_batch *batch)
{
	struct kzi_batch_term **terms =
		kzi_malloc((batch->count + 1) * sizeof(*terms));
	size_t filled = 0, i;

	if (!terms)
		return NULL;
	for (i = 0; i < batch->capacity; i++)
		if (batch->slots[i])
			terms[filled++] = batch->slots[i];
	qsort(terms, filled, sizeof(*terms), compare);
	return terms;
}

static void put_term(struct kzi_lists_draft *draft, struct kzi_buf *room,
	const struct kzi_batch_term *term)
{
	const struct chunk *chunk;

	kzi_buf_clear(room);
	for (chunk = term->first; chunk; chunk = chunk->next)
		kzi_buf_append(room, chunk->postings,
			chunk->count * sizeof(chunk->postings[0]));
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
	struct kzi_batch_term **terms = sort_terms(batch);
	struct kzi_lists_draft draft = { 0 };
	struct kzi_buf room = { 0 };
	int is_done = 0;
	size_t i;

	for (i = 0; terms && i < batch->count; i++)
		put_term(&draft, &room, terms[i]);
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
