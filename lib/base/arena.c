/* arena.c -- a list of chunks, each twice as large as the one before up to a
 * limit, handed out from the front. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"

enum {
	FIRST_CHUNK = 4096,    /* Most units of work need no more. */
	/* Beyond this doubling wastes memory, ... */
	LARGEST_CHUNK = 1 << 18,
	/* ... but not where there is so much that large pages pay. */
	MUCH = 2 * KZI_WIDE,
	KEPT_MOST = 1 << 20    /* Of one unit of work for the next. */
};

struct kzi_arena_chunk {
	struct kzi_arena_chunk *next;
	size_t size;
	alignas(max_align_t) char bytes[];
};

static size_t next_size(const struct kzi_arena *arena, size_t wanted)
{
	size_t most = arena->total < MUCH ? LARGEST_CHUNK : KZI_WIDE;
	size_t size = arena->chunks ? 2 * arena->chunks->size : FIRST_CHUNK;

	if (size > most)
		size = most;
	return size < wanted ? wanted : size;
}

static int grow(struct kzi_arena *arena, size_t wanted)
{
	size_t size = next_size(arena, wanted);
	struct kzi_arena_chunk *chunk = kzi_malloc_wide(sizeof(*chunk) + size);

	if (!chunk) {
		arena->failed = 1;
		return 0;
	}
	chunk->size = size;
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	arena->used = 0;
	arena->total += size;
	return 1;
}

void *kzi_arena_get(struct kzi_arena *arena, size_t bytes)
{
	const size_t unit = alignof(max_align_t);
	void *result;

	if (bytes > SIZE_MAX / 2)
		return NULL;
	bytes = (bytes + unit - 1) / unit * unit;
	if (!arena->chunks || arena->chunks->size - arena->used < bytes)
		if (!grow(arena, bytes))
			return NULL;
	result = arena->chunks->bytes + arena->used;
	arena->used += bytes;
	return result;
}

void *kzi_arena_zero(struct kzi_arena *arena, size_t count, size_t bytes)
{
	void *result;

	if (bytes && count > SIZE_MAX / 2 / bytes)
		return NULL;
	result = kzi_arena_get(arena, count * bytes);
	if (result)
		memset(result, 0, count * bytes);
	return result;
}

char *kzi_arena_copy(struct kzi_arena *arena, const char *bytes, size_t length)
{
	char *copy = kzi_arena_get(arena, length + 1);

	if (copy) {
		if (length)
			memcpy(copy, bytes, length);
		copy[length] = '\0';
	}
	return copy;
}

static void keep_newest(struct kzi_arena *arena)
{
	struct kzi_arena_chunk *keep = arena->chunks;

	arena->chunks = keep->next;
	kzi_arena_release(arena);
	keep->next = NULL;
	arena->chunks = keep;
	arena->total = keep->size;
}

/* Units of work are alike: one chunk of the size that the last one took, and
 * the next one asks the system for nothing. */
void kzi_arena_reset(struct kzi_arena *arena)
{
	size_t total = arena->total;

	arena->used = 0;
	arena->failed = 0;
	if (!arena->chunks)
		return;
	if (total > KEPT_MOST && arena->chunks->size > KEPT_MOST) {
		kzi_arena_release(arena);
	} else if (total > KEPT_MOST || !arena->chunks->next) {
		keep_newest(arena);
	} else {
		kzi_arena_release(arena);
		if (!grow(arena, total))
			arena->failed = 0; /* Then the next one asks. */
	}
}

void kzi_arena_release(struct kzi_arena *arena)
{
	while (arena->chunks) {
		struct kzi_arena_chunk *next = arena->chunks->next;

		kzi_free(arena->chunks);
		arena->chunks = next;
	}
	arena->used = 0;
	arena->total = 0;
	arena->failed = 0;
}
