/* arena.h -- memory that is given back all at once.
 *
 * One arena per unit of work (a query, a passage). Nothing inside is freed
 * singly. A struct kzi_arena of zeros is a valid empty arena. */
#ifndef KZI_ARENA_H
#define KZI_ARENA_H

#include <stddef.h>

struct kzi_arena_chunk;

struct kzi_arena {
	struct kzi_arena_chunk *chunks; /* The newest first. */
	size_t used;                    /* Bytes of the newest in use. */
	size_t total;                   /* Bytes of all chunks. */
	int failed;                     /* Memory ran out since the reset. */
};

/* `bytes` bytes, aligned for any type, or NULL when memory is short. */
void *kzi_arena_get(struct kzi_arena *arena, size_t bytes);

/* The same, zeroed; `count` items of `bytes` bytes. NULL on overflow too. */
void *kzi_arena_zero(struct kzi_arena *arena, size_t count, size_t bytes);

/* A copy of `length` bytes with a NUL behind them, or NULL. */
char *kzi_arena_copy(struct kzi_arena *arena, const char *bytes, size_t length);

/* Give everything back, but keep memory for the next unit of work: as much as
 * this one took, or if that is more than a megabyte, less than that. */
void kzi_arena_reset(struct kzi_arena *arena);

/* Give everything back. The arena is then empty and usable. */
void kzi_arena_release(struct kzi_arena *arena);

#endif
