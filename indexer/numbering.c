/* numbering.c -- see numbering.h. Names lie in blocks, as who takes them keeps
 * pointers to them while more are numbered. */
#include "indexer/numbering.h"

#include <string.h>

#include "base/alloc.h"

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
	numbering->count++;
	return number;
}

/* ---- By bytes ---------------------------------------------------------- */

struct known {
	struct kzi_memo_key key;
	uint32_t number;
};

uint32_t kzi_numbering_find(
	struct kzi_numbering *numbering, const char *bytes, size_t length)
{
	struct kzi_memo_slot *slot = kzi_memo_find(&numbering->memo,
		kzi_memo_hash(0, bytes, length), 0, bytes, length);
	struct known *known;
	uint32_t number;

	if (!slot)
		return KZI_NO_NUMBER;
	if (slot->kept)
		return ((struct known *)(void *)slot->kept)->number;
	known = kzi_arena_get(&numbering->arena, sizeof(*known));
	number = known ? kzi_numbering_add(numbering, bytes, length)
		       : KZI_NO_NUMBER;
	if (number == KZI_NO_NUMBER)
		return number;
	known->number = number;
	known->key = (struct kzi_memo_key){
		kzi_numbering_at(numbering, number)->bytes.bytes,
		(uint32_t)length, 0
	};
	kzi_memo_keep(&numbering->memo, slot, &known->key);
	return number;
}

/* ---- The end ----------------------------------------------------------- */

void kzi_numbering_clear(struct kzi_numbering *numbering)
{
	kzi_memo_clear(&numbering->memo);
	kzi_arena_reset(&numbering->arena);
	numbering->count = 0;
}

void kzi_numbering_release(struct kzi_numbering *numbering)
{
	size_t i;

	for (i = 0; i < KZI_NUMBERING_BLOCKS; i++)
		kzi_free(numbering->blocks[i]);
	kzi_memo_release(&numbering->memo);
	kzi_arena_release(&numbering->arena);
	memset(numbering, 0, sizeof(*numbering));
}
