/* merge.c -- see merge.h. */
#include "store/merge.h"

#include <string.h>

#include "base/order.h"

static void move_on(struct kzi_merge *merge, size_t i)
{
	const struct kzi_lists_walk *walk = &merge->walks[i];

	merge->has[i] = kzi_lists_next(&merge->walks[i]);
	merge->failed |= walk->failed;
	if (merge->has[i])
		merge->keys[i] = kzi_order_key(walk->term, walk->length);
}

void kzi_merge_begin(struct kzi_merge *merge, const struct kzi_lists *lists,
	size_t count, const char *start, size_t length)
{
	size_t i;

	merge->length = 0;
	merge->count = count;
	merge->failed = 0;
	for (i = 0; i < count; i++) {
		kzi_lists_begin_at(&merge->walks[i], &lists[i], start, length);
		move_on(merge, i);
	}
}

/* Which of two walks comes first; mostly their keys tell. */
static int compare(const struct kzi_merge *merge, size_t a, size_t b)
{
	const struct kzi_lists_walk *x = &merge->walks[a],
				    *y = &merge->walks[b];

	return kzi_order_keyed(merge->keys[a], x->term, x->length,
		merge->keys[b], y->term, y->length);
}

/* The walk with the first term; `count` if none has one. */
static size_t find_first(const struct kzi_merge *merge)
{
	size_t first = merge->count, i;

	for (i = 0; i < merge->count; i++)
		if (merge->has[i] && (first == merge->count ||
					     compare(merge, i, first) < 0))
			first = i;
	return first;
}

int kzi_merge_next(struct kzi_merge *merge)
{
	static const struct kzi_list none;
	size_t first = find_first(merge), i;
	uint64_t key;

	if (first == merge->count || merge->failed)
		return 0;
	key = merge->keys[first];
	merge->length = merge->walks[first].length;
	memcpy(merge->term, merge->walks[first].term, merge->length);
	for (i = 0; i < merge->count; i++) {
		const struct kzi_lists_walk *walk = &merge->walks[i];

		merge->lists[i] = none;
		if (!merge->has[i] || merge->keys[i] != key ||
			walk->length != merge->length ||
			memcmp(walk->term, merge->term, merge->length))
			continue;
		merge->lists[i] = walk->list;
		move_on(merge, i);
	}
	return !merge->failed;
}

int kzi_merge_begins(
	const struct kzi_merge *merge, const char *start, size_t length)
{
	return merge->length >= length && !memcmp(merge->term, start, length);
}

/* -1: the visitor has had enough. */
static int visit_list(const struct kzi_list *list, uint32_t from,
	kzi_visit_posting *visit, void *context)
{
	struct kzi_cursor cursor;
	int more;

	kzi_cursor_begin(&cursor, list);
	more = kzi_cursor_read(&cursor);
	if (more && from > 0)
		more = kzi_cursor_seek(&cursor, from);
	for (; more; more = kzi_cursor_next(&cursor))
		if (!visit(context, cursor.passages[cursor.at],
			    kzi_cursor_impact(&cursor, cursor.at)))
			return -1;
	return !cursor.failed;
}

int kzi_lists_visit(const struct kzi_list *lists, size_t count, uint32_t from,
	kzi_visit_posting *visit, void *context)
{
	int status = 1;
	size_t i;

	for (i = 0; i < count && status > 0; i++)
		if (lists[i].count)
			status = visit_list(&lists[i], from, visit, context);
	return status != 0;
}
