/* heap.c -- see heap.h. */
#include "cli/heap.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { HEAP = 256 << 10 };

/* All at once where the system can (Linux 5.14). */
static void touch(const char *memory, size_t length)
{
#ifdef MADV_POPULATE_WRITE
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	uintptr_t start = ((uintptr_t)memory + page - 1) / page * page;
	uintptr_t end = ((uintptr_t)memory + length) / page * page;

	madvise((void *)start, end - start, MADV_POPULATE_WRITE);
#else
	(void)memory;
	(void)length;
#endif
}

void kzi_heap_start(void)
{
	char *heap;

	/* What is free goes to the next that asks, not back to the system; and
	 * what is large is cut from it as well. */
	mallopt(M_TRIM_THRESHOLD, 4 * HEAP);
	mallopt(M_MMAP_THRESHOLD, 2 * HEAP);
	heap = malloc(HEAP);
	if (heap)
		touch(heap, HEAP);
	free(heap);
}
