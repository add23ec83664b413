/* alloc.c -- the heap, with a fault to inject in debug builds. */
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { LARGE_PAGE = 2 << 20 };

#ifdef KZI_DEBUG
static long made;
static long fail_at = -1;

long kzi_alloc_fail_at(long n)
{
	long count = made;

	made = 0;
	fail_at = n;
	return count;
}

static int must_fail(void)
{
	return __atomic_fetch_add(&made, 1, __ATOMIC_RELAXED) == fail_at;
}
#else
static int must_fail(void)
{
	return 0;
}
#endif

void *kzi_malloc(size_t bytes)
{
	return must_fail() ? NULL : malloc(bytes ? bytes : 1);
}

void *kzi_calloc(size_t count, size_t bytes)
{
	return must_fail() ? NULL
			   : calloc(count ? count : 1, bytes ? bytes : 1);
}

void *kzi_realloc(void *old, size_t bytes)
{
	return must_fail() ? NULL : realloc(old, bytes ? bytes : 1);
}

void kzi_free(void *memory)
{
	free(memory);
}

void *kzi_malloc_wide(size_t bytes)
{
	void *memory;

	if (bytes < KZI_WIDE)
		return kzi_malloc(bytes);
	if (must_fail() || posix_memalign(&memory, LARGE_PAGE, bytes))
		return NULL;
#ifdef MADV_HUGEPAGE
	madvise(memory, bytes, MADV_HUGEPAGE); /* Small ones will do, too. */
#endif
	return memory;
}

char *kzi_copy(const char *bytes, size_t length)
{
	char *copy = kzi_malloc(length + 1);

	if (copy) {
		if (length)
			memcpy(copy, bytes, length);
		copy[length] = '\0';
	}
	return copy;
}
