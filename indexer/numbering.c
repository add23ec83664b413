/* numbering.c -- see numbering.h. Names lie in blocks, as who takes them keeps
 * pointers to them while more are numbered. */
#include "indexer/numbering.h"

#include <string.h>

#include "base/alloc.h"
#include "base/hash.h"

enum { SLOTS_FIRST = 1 << 12 };

struct kzi_numbering_slot {
	uint32_t hash;
	uint32_t number; /* From 1; 0: free. */
};

struct kzi_named *kzi_numbering_at(
	const struct kzi_numbering *numbering, uint32_t number)
{
	return &numbering->blocks[number / KZI_NUMBERING_BLOCK]
				 [number % KZI_NUMBERING_BLOCK];
}

uint32_t kzi_numbering_add(
	struct kzi_numbering *numbering, const char *bytes, size_t length)
{
	uint32_t number = numbering->count;
	struct kzi_named **block =
		&numbering->blocks[number / KZI_NUMBERING_BLOCK];
	struct kzi_named *name;
	char *copy;

	if (number == KZI_NUMBERED_MOST)
		return KZI_NO_NUMBER;
	if (!*block)
		*block = kzi_malloc(KZI_NUMBERING_BLOCK * sizeof(**block));
	copy = kzi_arena_copy(&numbering->arena, bytes, length);
	if (!*block || !copy)
		return KZI_NO_NUMBER;
	name = kzi_numbering_at(numbering, number);
	memset(name, 0, sizeof(*name));
	name->bytes.bytes = copy;
	name->bytes.length = length;
	name->number = number;
	numbering->count++;
	return number;
}

/* ---- By bytes ---------------------------------------------------------- */

/* Where a name is, or the free slot where it would be. */
static struct kzi_numbering_slot *find_slot(
	const struct kzi_numbering *numbering, const char *bytes, size_t length,
	uint32_t hash)
{
	uint32_t mask = numbering->capacity - 1, i = hash & mask;

	for (;; i = (i + 1) & mask) {
		struct kzi_numbering_slot *slot = &numbering->slots[i];
		struct kzi_string there;

		if (!slot->number)
			return slot;
		if (slot->hash != hash)
			continue;
		there = kzi_numbering_at(numbering, slot->number - 1)->bytes;
		if (there.length == length &&
			!memcmp(there.bytes, bytes, length))
			return slot;
	}
}

static int grow(struct kzi_numbering *numbering)
{
	struct kzi_numbering_slot *old = numbering->slots;
	uint32_t count = numbering->capacity, mask, i;
	uint32_t capacity = count ? 2 * count : SLOTS_FIRST;
	struct kzi_numbering_slot *slots =
		kzi_malloc_wide(capacity * sizeof(*slots));

	if (!slots)
		return 0;
	memset(slots, 0, capacity * sizeof(*slots));
	mask = capacity - 1;
	for (i = 0; i < count; i++) {
		uint32_t at = old[i].hash & mask;

		if (!old[i].number)
			continue;
		while (slots[at].number)
			at = (at + 1) & mask;
		slots[at] = old[i];
	}
	kzi_free(old);
	numbering->slots = slots;
	numbering->capacity = capacity;
	return 1;
}

uint32_t kzi_numbering_find(
	struct kzi_numbering *numbering, const char *bytes, size_t length)
{
	uint32_t hash = (uint32_t)kzi_hash_quick(bytes, length, 0), number;
	struct kzi_numbering_slot *slot;

	if (2 * (numbering->count + 1) > numbering->capacity &&
		!grow(numbering))
		return KZI_NO_NUMBER;
	slot = find_slot(numbering, bytes, length, hash);
	if (slot->number)
		return slot->number - 1;
	number = kzi_numbering_add(numbering, bytes, length);
	if (number == KZI_NO_NUMBER)
		return number;
	slot->hash = hash;
	slot->number = number + 1;
	return number;
}

/* ---- The end ----------------------------------------------------------- */

void kzi_numbering_clear(struct kzi_numbering *numbering)
{
	if (numbering->slots)
		memset(numbering->slots, 0,
			numbering->capacity * sizeof(*numbering->slots));
	kzi_arena_reset(&numbering->arena);
	numbering->count = 0;
}

void kzi_numbering_release(struct kzi_numbering *numbering)
{
	size_t i;

	for (i = 0; i < KZI_NUMBERING_BLOCKS; i++)
		kzi_free(numbering->blocks[i]);
	kzi_free(numbering->slots);
	kzi_arena_release(&numbering->arena);
	memset(numbering, 0, sizeof(*numbering));
}
