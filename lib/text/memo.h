/* memo.h -- what was worked out once for a (language, bytes) key. Running text
 * repeats itself: of a hundred words some ninety-five were met before. */
#ifndef KZI_MEMO_H
#define KZI_MEMO_H

#include <stddef.h>
#include <stdint.h>

struct kzi_memo_entry {
	uint64_t hash;
	const char *key; /* Owned by the caller's arena. */
	uint32_t length;
	int32_t language;
	void *value;
};

struct kzi_memo {
	struct kzi_memo_entry *entries; /* Open addressing; value NULL: free. */
	size_t capacity;                /* A power of two, or 0. */
	size_t count;
};

/* The entry of a key: found, or free for the caller to fill with
 * kzi_memo_fill. NULL when memory is short. Borrowed until the next call. */
struct kzi_memo_entry *kzi_memo_find(
	struct kzi_memo *memo, int language, const char *key, size_t length);

/* Take a free entry. */
void kzi_memo_fill(struct kzi_memo *memo, struct kzi_memo_entry *entry,
	int language, const char *key, size_t length, void *value);

/* Forget everything; keep the table. */
void kzi_memo_clear(struct kzi_memo *memo);
void kzi_memo_release(struct kzi_memo *memo);

#endif
