/* memo.c -- a hash table that is at most three quarters full: what it gains in
 * places of memory is worth more than what it loses in steps. */
#include "base/memo.h"

#include <string.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "base/load.h"

enum {
	FIRST_CAPACITY = 1024,
	LINE = 64 /* Bytes that a processor fetches at once. */
};

/* As memcmp, whose call would take longer than most words. */
static int is_same(const char *a, const char *b, size_t length)
{
	const unsigned char *x = (const unsigned char *)a;
	const unsigned char *y = (const unsigned char *)b;
	size_t i;

	if (length < 4) {
		for (i = 0; i < length && x[i] == y[i]; i++)
			;
		return i == length;
	}
	if (length < 8)
		return kzi_load32(x) == kzi_load32(y) &&
			kzi_load32(x + length - 4) ==
			kzi_load32(y + length - 4);
	for (i = 0; i + 8 < length; i += 8)
		if (kzi_load64(x + i) != kzi_load64(y + i))
			return 0;
	return kzi_load64(x + length - 8) == kzi_load64(y + length - 8);
}

static int is_key(const struct kzi_memo_key *kept, int language,
	const char *bytes, size_t length)
{
	return kept->length == length && kept->language == language &&
		is_same(kept->bytes, bytes, length);
}

/* The first free slot for a hash. */
static struct kzi_memo_slot *free_slot(struct kzi_memo *memo, uint64_t hash)
{
	size_t i = hash & (memo->capacity - 1);

	while (memo->slots[i].kept)
		i = (i + 1) & (memo->capacity - 1);
	return &memo->slots[i];
}

static int grow(struct kzi_memo *memo)
{
	struct kzi_memo old = *memo;
	size_t i;

	memo->capacity = old.capacity ? 2 * old.capacity : FIRST_CAPACITY;
	memo->slots = kzi_malloc_wide(memo->capacity * sizeof(*memo->slots));
	if (!memo->slots) {
		*memo = old;
		return 0;
	}
	memset(memo->slots, 0, memo->capacity * sizeof(*memo->slots));
	for (i = 0; i < old.capacity; i++)
		if (old.slots[i].kept)
			*free_slot(memo, old.slots[i].hash) = old.slots[i];
	kzi_free(old.slots);
	return 1;
}

uint64_t kzi_memo_hash(int language, const char *bytes, size_t length)
{
	return kzi_hash_quick(bytes, length, (uint64_t)language);
}

void kzi_memo_expect_slot(const struct kzi_memo *memo, uint64_t hash)
{
	if (memo->slots)
		__builtin_prefetch(&memo->slots[hash & (memo->capacity - 1)]);
}

void kzi_memo_expect_kept(const struct kzi_memo *memo, uint64_t hash)
{
	size_t i = hash & (memo->capacity - 1);

	if (!memo->slots)
		return;
	while (memo->slots[i].kept && memo->slots[i].hash != hash)
		i = (i + 1) & (memo->capacity - 1);
	if (memo->slots[i].kept) {
		__builtin_prefetch(memo->slots[i].kept);
		__builtin_prefetch((const char *)memo->slots[i].kept + LINE);
	}
}

struct kzi_memo_slot *kzi_memo_find(struct kzi_memo *memo, uint64_t hash,
	int language, const char *bytes, size_t length)
{
	size_t i;

	if (4 * (memo->count + 1) > 3 * memo->capacity && !grow(memo))
		return NULL;
	for (i = hash & (memo->capacity - 1);;
		i = (i + 1) & (memo->capacity - 1)) {
		struct kzi_memo_slot *slot = &memo->slots[i];

		if (!slot->kept) {
			slot->hash = hash;
			return slot;
		}
		if (slot->hash == hash &&
			is_key(slot->kept, language, bytes, length))
			return slot;
	}
}

void kzi_memo_keep(struct kzi_memo *memo, struct kzi_memo_slot *slot,
	struct kzi_memo_key *kept)
{
	slot->kept = kept;
	memo->count++;
}

void kzi_memo_clear(struct kzi_memo *memo)
{
	if (memo->slots)
		memset(memo->slots, 0, memo->capacity * sizeof(*memo->slots));
	memo->count = 0;
}

void kzi_memo_release(struct kzi_memo *memo)
{
	kzi_free(memo->slots);
	memset(memo, 0, sizeof(*memo));
}
