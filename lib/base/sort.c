/* sort.c -- see sort.h. A radix sort of the keys, from the lowest byte up
 * (Knuth, TAOCP 3, 5.2.5): it compares nothing, so nothing is guessed wrong. */
#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { BYTES = 8, VALUES = 256 };

static unsigned byte_of(const struct kzi_sort_item *item, int byte)
{
	return (unsigned)(item->key >> (8 * byte)) & (VALUES - 1);
}

static void count_all(size_t counts[BYTES][VALUES],
	const struct kzi_sort_item *items, size_t count)
{
	size_t i;
	int byte;

	memset(counts, 0, sizeof(counts[0]) * BYTES);
	for (i = 0; i < count; i++)
		for (byte = 0; byte < BYTES; byte++)
			counts[byte][byte_of(&items[i], byte)]++;
}

/* Order `from` by one byte into `to`; counts become places. */
static void pass(struct kzi_sort_item *to, const struct kzi_sort_item *from,
	size_t count, int byte, size_t places[VALUES])
{
	size_t next = 0, i;
	int value;

	for (value = 0; value < VALUES; value++) {
		size_t here = places[value];

		places[value] = next;
		next += here;
	}
	for (i = 0; i < count; i++)
		to[places[byte_of(&from[i], byte)]++] = from[i];
}

static void order_ties(struct kzi_sort_item *items, size_t count,
	kzi_sort_compare *compare)
{
	size_t i, end;

	for (i = 0; i < count; i = end) {
		for (end = i + 1; end < count && items[end].key == items[i].key;
			end++)
			;
		if (end - i > 1)
			qsort(items + i, end - i, sizeof(*items), compare);
	}
}

int kzi_sort(struct kzi_sort_item *items, size_t count,
	kzi_sort_compare *compare)
{
	size_t counts[BYTES][VALUES];
	struct kzi_sort_item *from = items, *to, *room;
	int byte;

	if (count < 2)
		return 1;
	to = room = kzi_malloc(count * sizeof(*room));
	if (!room)
		return 0;
	count_all(counts, items, count);
	for (byte = 0; byte < BYTES; byte++) {
		struct kzi_sort_item *last = from;

		/* All have the same byte there. */
		if (counts[byte][byte_of(&items[0], byte)] == count)
			continue;
		pass(to, from, count, byte, counts[byte]);
		from = to;
		to = last;
	}
	if (from != items)
		memcpy(items, from, count * sizeof(*items));
	order_ties(items, count, compare);
	kzi_free(room);
	return 1;
}
