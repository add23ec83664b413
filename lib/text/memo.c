/* memo.c -- a hash table that is at most half full. */
#include "text/memo.h"

#include <string.h>

#include "base/alloc.h"
#include "base/hash.h"

enum { FIRST_CAPACITY = 1024 };

static struct kzi_memo_entry *probe(struct kzi_memo *memo, uint64_t hash,
	int language, const char *key, size_t length)
{
	size_t i = hash & (memo->capacity - 1);

	for (;; i = (i + 1) & (memo->capacity - 1)) {
		struct kzi_memo_entry *entry = &memo->entries[i];

		if (!entry->value)
			return entry;
		if (entry->hash == hash && entry->length == length &&
			entry->language == language &&
			!memcmp(entry->key, key, length))
			return entry;
	}
}

static int grow(struct kzi_memo *memo)
{
	struct kzi_memo old = *memo;
	size_t i;

	memo->capacity = old.capacity ? 2 * old.capacity : FIRST_CAPACITY;
	memo->entries = kzi_calloc(memo->capacity, sizeof(*memo->entries));
	if (!memo->entries) {
		*memo = old;
		return 0;
	}
	for (i = 0; i < old.capacity; i++) {
		struct kzi_memo_entry *from = &old.entries[i];

		if (from->value)
			*probe(memo, from->hash, from->language, from->key,
				from->length) = *from;
	}
	kzi_free(old.entries);
	return 1;
}

struct kzi_memo_entry *kzi_memo_find(
	struct kzi_memo *memo, int language, const char *key, size_t length)
{
	if (2 * (memo->count + 1) > memo->capacity && !grow(memo))
		return NULL;
	return probe(memo, kzi_hash(key, length, (uint64_t)language), language,
		key, length);
}

void kzi_memo_fill(struct kzi_memo *memo, struct kzi_memo_entry *entry,
	int language, const char *key, size_t length, void *value)
{
	entry->hash = kzi_hash(key, length, (uint64_t)language);
	entry->key = key;
	entry->length = (uint32_t)length;
	entry->language = language;
	entry->value = value;
	memo->count++;
}

void kzi_memo_clear(struct kzi_memo *memo)
{
	if (memo->entries)
		memset(memo->entries, 0,
			memo->capacity * sizeof(*memo->entries));
	memo->count = 0;
}

void kzi_memo_release(struct kzi_memo *memo)
{
	kzi_free(memo->entries);
	memset(memo, 0, sizeof(*memo));
}
