/* sort.h -- many items put in order by the first bytes of what orders them,
 * which tell most apart. */
#ifndef KZI_SORT_H
#define KZI_SORT_H

#include <stddef.h>
#include <stdint.h>

struct kzi_sort_item {
	uint64_t key; /* Orders the item, mostly; see kzi_order_key. */
	void *item;
};

/* As of qsort, for two struct kzi_sort_item with the same key. */
typedef int kzi_sort_compare(const void *a, const void *b);

/* Put items in order, by their keys first. Returns 0 when memory is short, and
 * then they are as they were. */
int kzi_sort(struct kzi_sort_item *items, size_t count,
	kzi_sort_compare *compare);

#endif
