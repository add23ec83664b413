/* batch.c -- see batch.h. A term's postings lie in chunks that double, so that
 * most terms, which are rare, take little and frequent ones are not copied. A
 * posting is one number, its distance from the one before and its impact:
 *
 *     varint((passage - last passage) << KZI_LIST_IMPACT_BITS | impact)
 *
 * Hardly anything of this is in the processor's caches when a passage comes: so
 * its postings are filed together, in steps that ask for what the next one
 * needs, and what adding one asks of a term stands in one place. */
#include "store/batch.h"

#include <stdatomic.h>
#include <string.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "base/order.h"
#include "base/sort.h"

enum {
	SLOTS_FIRST = 1 << 14,
	POSTING_MOST = 6, /* Bytes: 32 bits, and those of the impact. */
	CHUNK_FIRST = 32, /* Bytes, its head included. */
	CHUNK_MOST = 4 << 10,
	TOGETHER = 32 /* Postings filed at once. */
};

/* A posting lies in one chunk: too few bytes at its end stay unused. */
struct chunk {
	struct chunk *next;
	uint32_t size;
	char bytes[];
};

/* What a posting asks of a term comes first: sixteen bytes, which lie in one line
 * of a cache wherever the term does. */
struct kzi_batch_term {
	char *at;          /* Where the next posting goes ... */
	uint32_t passage;  /* ... behind the one of this passage ... */
	uint32_t left;     /* ... in so many bytes of the last chunk. */
	struct chunk *first, *last;
	uint32_t hash;
	uint32_t length;
	char bytes[];
};

/* ---- Terms ------------------------------------------------------------- */

static uint32_t hash_of(struct kzi_string term)
{
	return (uint32_t)kzi_hash_quick(term.bytes, term.length, 0);
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

static char *end_of(struct chunk *chunk)
{
	return (char *)chunk + chunk->size;
}

static int add_chunk(struct kzi_batch *batch, struct kzi_batch_term *term)
{
	uint32_t size = term->last ? 2 * term->last->size : CHUNK_FIRST;
	struct chunk *chunk;

	if (size > CHUNK_MOST)
		size = CHUNK_MOST;
	chunk = kzi_arena_get(&batch->arena, size);
	if (!chunk)
		return 0;
	chunk->next = NULL;
	chunk->size = size;
	if (term->last)
		term->last->next = chunk;
	else
		term->first = chunk;
	term->last = chunk;
	term->at = chunk->bytes;
	term->left = (uint32_t)(end_of(chunk) - chunk->bytes);
	return 1;
}

static int add_posting(struct kzi_batch *batch, struct kzi_batch_term *term,
	uint32_t passage, uint32_t impact)
{
	uint64_t distance = passage - term->passage;
	char *end;

	if (!distance)
		return 1;
	if (term->left < POSTING_MOST && !add_chunk(batch, term))
		return 0;
	if (impact > KZI_IMPACT_MOST)
		impact = KZI_IMPACT_MOST;
	end = kzi_varint_put(
		term->at, distance << KZI_LIST_IMPACT_BITS | impact);
	term->left -= (uint32_t)(end - term->at);
	term->at = end;
	term->passage = passage;
	return 1;
}

/* A place in a batch that was cleared, or of another writer, is none. */
static uint32_t new_number(void)
{
	static atomic_uint last;

	return atomic_fetch_add(&last, 1) + 1;
}

static int is_placed(
	const struct kzi_batch *batch, const struct kzi_named *term)
{
	return term->owner == batch->number;
}

static void expect_slot(const struct kzi_batch *batch, struct kzi_string term)
{
	__builtin_prefetch(
		&batch->slots[hash_of(term) & (batch->capacity - 1)]);
}

/* Find the place of a term that has none, or none in this batch. */
static int place(struct kzi_batch *batch, struct kzi_named *term)
{
	term->place = find_or_add(batch, term->bytes, hash_of(term->bytes));
	if (!term->place)
		return 0;
	term->owner = batch->number;
	return 1;
}

/* Add at most TOGETHER postings. */
static int put_together(struct kzi_batch *batch, uint32_t passage,
	const struct kzi_posting *postings, size_t count)
{
	size_t i;

	if (2 * (batch->count + count) > batch->capacity && !grow(batch))
		return 0;
	for (i = 0; i < count; i++)
		__builtin_prefetch(postings[i].term);
	for (i = 0; i < count; i++)
		if (!is_placed(batch, postings[i].term))
			expect_slot(batch, postings[i].term->bytes);
	for (i = 0; i < count; i++) {
		struct kzi_named *term = postings[i].term;

		if (!is_placed(batch, term) && !place(batch, term))
			return 0;
		__builtin_prefetch(term->place);
	}
	for (i = 0; i < count; i++) {
		const struct kzi_batch_term *term = postings[i].term->place;

		__builtin_prefetch(term->at);
	}
	for (i = 0; i < count; i++)
		if (!add_posting(batch, postings[i].term->place, passage,
			    postings[i].impact))
			return 0;
	return 1;
}

void kzi_batch_put(struct kzi_batch *batch, uint32_t passage,
	const struct kzi_posting *postings, size_t count)
{
	size_t i, next;

	if (!batch->number)
		batch->number = new_number();
	for (i = 0; i < count; i = next) {
		next = count - i < TOGETHER ? count : i + TOGETHER;
		if (!put_together(batch, passage, postings + i, next - i))
			batch->failed = 1;
	}
}

/* A walk over the postings of a term. */
struct walk {
	const struct kzi_batch_term *term;
	struct chunk *chunk;
	struct kzi_scan scan; /* Of the chunk. */
	struct kzi_list_posting posting;
};

static void enter_chunk(struct walk *walk, struct chunk *chunk)
{
	walk->chunk = chunk;
	walk->scan.at = chunk ? chunk->bytes : NULL;
	walk->scan.end = chunk ? end_of(chunk) : NULL;
}

static struct walk walk_of(const struct kzi_batch_term *term)
{
	struct walk walk = { .term = term };

	enter_chunk(&walk, term->first);
	return walk;
}

static int next_posting(struct walk *walk)
{
	uint64_t number;

	if (walk->scan.at == walk->term->at)
		return 0;
	if (walk->scan.end - walk->scan.at < POSTING_MOST)
		enter_chunk(walk, walk->chunk->next);
	number = kzi_scan_varint(&walk->scan);
	walk->posting.passage += (uint32_t)(number >> KZI_LIST_IMPACT_BITS);
	walk->posting.impact =
		(uint32_t)number & ((1U << KZI_LIST_IMPACT_BITS) - 1);
	return 1;
}

void kzi_batch_visit(const struct kzi_batch *batch, struct kzi_string name,
	kzi_visit_posting *visit, void *context)
{
	const struct kzi_batch_term *term;
	struct walk walk;

	if (!batch->capacity)
		return;
	term = *slot_of(batch, name, hash_of(name));
	if (!term)
		return;
	walk = walk_of(term);
	while (next_posting(&walk))
		if (!visit(context, walk.posting.passage, walk.posting.impact))
			return;
}

/* ---- Lists ------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
	const struct kzi_batch_term *x = ((const struct kzi_sort_item *)a)->item;
	const struct kzi_batch_term *y = ((const struct kzi_sort_item *)b)->item;

	return kzi_order(x->bytes, x->length, y->bytes, y->length);
}

/* The terms in order, or NULL when memory is short. */
static struct kzi_sort_item *sort_terms(const struct kzi_batch *batch)
{
	struct kzi_sort_item *terms =
		kzi_malloc((batch->count + 1) * sizeof(*terms));
	size_t filled = 0, i;

	if (!terms)
		return NULL;
	for (i = 0; i < batch->capacity; i++) {
		struct kzi_batch_term *term = batch->slots[i];

		if (term)
			terms[filled++] = (struct kzi_sort_item){
				kzi_order_key(term->bytes, term->length), term
			};
	}
	if (kzi_sort(terms, filled, compare))
		return terms;
	kzi_free(terms);
	return NULL;
}

static void put_term(struct kzi_lists_draft *draft, struct kzi_buf *room,
	const struct kzi_batch_term *term)
{
	struct walk walk = walk_of(term);

	kzi_buf_clear(room);
	while (next_posting(&walk))
		kzi_buf_append(room, &walk.posting, sizeof(walk.posting));
	if (room->failed) {
		draft->out.failed = 1;
		return;
	}
	kzi_lists_put(draft, term->bytes, term->length,
		(const struct kzi_list_posting *)(void *)room->data,
		room->length / sizeof(walk.posting));
}

int kzi_batch_write(const struct kzi_batch *batch, struct kzi_buf *bytes)
{
	struct kzi_sort_item *terms = sort_terms(batch);
	struct kzi_lists_draft draft = { 0 };
	struct kzi_buf room = { 0 };
	int is_done = 0;
	size_t i;

	for (i = 0; terms && i < batch->count; i++)
		put_term(&draft, &room, terms[i].item);
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
	batch->number = 0;
	batch->failed = 0;
}

void kzi_batch_release(struct kzi_batch *batch)
{
	kzi_arena_release(&batch->arena);
	kzi_free(batch->slots);
	memset(batch, 0, sizeof(*batch));
}
