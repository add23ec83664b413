/* alloc.h -- the only way to the heap.
 *
 * Everything in lib/ allocates here, so that a test can make any one
 * allocation fail (kzi_alloc_fail_at) and see that the caller survives it. */
#ifndef KZI_ALLOC_H
#define KZI_ALLOC_H

#include <stddef.h>

/* As malloc, calloc, realloc and free; NULL when memory is short. */
void *kzi_malloc(size_t bytes);
void *kzi_calloc(size_t count, size_t bytes);
void *kzi_realloc(void *old, size_t bytes);
void kzi_free(void *memory);

/* As malloc, for memory that will be used here and there: KZI_WIDE bytes or
 * more lie in large pages, where the system has such, since with small ones
 * much of the time would go into finding out where they are. */
enum { KZI_WIDE = 4 << 20 };
void *kzi_malloc_wide(size_t bytes);

/* A copy of `length` bytes with a NUL behind them, or NULL. */
char *kzi_copy(const char *bytes, size_t length);

#ifdef KZI_DEBUG
/* Make the n-th allocation from now on fail (0: the next one); a negative
 * number turns failing off. Returns how many allocations were made since the
 * last call. For tests; not thread-safe. */
long kzi_alloc_fail_at(long n);
#endif

#endif
