/* memo.h -- what was worked out once for a (language, bytes) key. Running text
 * repeats itself: of a hundred words some ninety-five were met before. */
#ifndef KZI_MEMO_H
#define KZI_MEMO_H

#include <stddef.h>
#include <stdint.h>

/* The first member of everything that is kept in a memo. */
struct kzi_memo_key {
	const char *bytes;
	uint32_t length;
	int32_t language;
};

struct kzi_memo_slot {
	uint64_t hash;
	struct kzi_memo_key *kept; /* NULL: free. */
};

struct kzi_memo {
	struct kzi_memo_slot *slots; /* Open addressing. */
	size_t capacity;             /* A power of two, or 0. */
	size_t count;
};

/* The hash of a key. */
uint64_t kzi_memo_hash(int language, const char *bytes, size_t length);

/* Two hints that a key with this hash will be looked up: a large table is not in
 * the processor's caches, and fetching takes longer than analysing a word. The
 * first has the slot fetched, the second, some time later, what it keeps. */
void kzi_memo_expect_slot(const struct kzi_memo *memo, uint64_t hash);
void kzi_memo_expect_kept(const struct kzi_memo *memo, uint64_t hash);

/* The slot of a key: what is kept for it, or free, for the caller to put it
 * there with kzi_memo_keep. NULL when memory is short. Borrowed until the next
 * call. */
struct kzi_memo_slot *kzi_memo_find(struct kzi_memo *memo, uint64_t hash,
	int language, const char *bytes, size_t length);

void kzi_memo_keep(struct kzi_memo *memo, struct kzi_memo_slot *slot,
	struct kzi_memo_key *kept);

/* Forget everything; keep the table. */
void kzi_memo_clear(struct kzi_memo *memo);
void kzi_memo_release(struct kzi_memo *memo);

#endif
