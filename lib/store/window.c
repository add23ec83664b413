/* window.c -- see window.h. */
#include "store/window.h"

#include <string.h>

void kzi_window_begin(struct kzi_window *window, uint32_t from)
{
	window->from = from;
	window->to = (uint64_t)from + KZI_WINDOW;
	window->marked_count = 0;
	window->count = 0;
}

/* ---- Reading lists ----------------------------------------------------- */

static inline uint64_t mark_of(uint32_t place)
{
	return (uint64_t)1 << place % KZI_WINDOW_WORD;
}

static inline void add_and_mark(
	struct kzi_window *window, uint32_t place, double weight)
{
	window->sums[place] += weight;
	window->marks[place / KZI_WINDOW_WORD] |= mark_of(place);
}

static inline void add_and_list(
	struct kzi_window *window, uint32_t place, double weight)
{
	add_and_mark(window, place, weight);
	window->marked[window->marked_count++] = (uint16_t)place;
}

static inline void add_if_marked(
	struct kzi_window *window, uint32_t place, double weight)
{
	if (window->marks[place / KZI_WINDOW_WORD] & mark_of(place))
		window->sums[place] += weight;
}

/* Call `take` for every posting in the window. Inline, so that so is `take`. */
static inline __attribute__((always_inline)) void read_list(
	struct kzi_window *window, struct kzi_cursor *cursor, double weight,
	void take(struct kzi_window *window, uint32_t place, double weight))
{
	int is_there = kzi_cursor_seek(cursor, window->from);

	while (is_there && cursor->passages[cursor->at] < window->to) {
		unsigned at = cursor->at;

		for (; at < cursor->count && cursor->passages[at] < window->to;
			at++)
			take(window, cursor->passages[at] - window->from,
				weight * kzi_cursor_impact(cursor, at));
		cursor->at = at - 1;
		is_there = kzi_cursor_next(cursor);
	}
}

void kzi_window_read_one(
	struct kzi_window *window, struct kzi_cursor *cursor, double weight)
{
	read_list(window, cursor, weight, add_and_list);
}

void kzi_window_read(
	struct kzi_window *window, struct kzi_cursor *cursor, double weight)
{
	read_list(window, cursor, weight, add_and_mark);
}

void kzi_window_add(
	struct kzi_window *window, struct kzi_cursor *cursor, double weight)
{
	read_list(window, cursor, weight, add_if_marked);
}

void kzi_window_list(struct kzi_window *window)
{
	uint32_t word;
	size_t count = 0;

	for (word = 0; word < KZI_WINDOW / KZI_WINDOW_WORD; word++) {
		uint64_t marks = window->marks[word];

		for (; marks; marks &= marks - 1)
			window->marked[count++] =
				(uint16_t)(word * KZI_WINDOW_WORD +
					(uint32_t)__builtin_ctzll(marks));
	}
	window->marked_count = count;
}

void kzi_window_look_up(struct kzi_window *window, struct kzi_cursor *cursor,
	double weight, double least)
{
	size_t i;

	for (i = 0; i < window->count; i++) {
		uint32_t place = window->candidates[i];
		uint32_t passage = window->from + place;

		if (!kzi_cursor_pass(cursor, passage))
			return;
		if (window->sums[place] + weight * cursor->block_top < least)
			continue;
		if (!kzi_cursor_seek(cursor, passage))
			return;
		if (cursor->passages[cursor->at] == passage)
			window->sums[place] += weight *
				kzi_cursor_impact(cursor, cursor->at);
	}
}

/* ---- Candidates -------------------------------------------------------- */

void kzi_window_take(struct kzi_window *window)
{
	window->count = window->marked_count;
	memcpy(window->candidates, window->marked,
		window->count * sizeof(*window->marked));
}

void kzi_window_sieve(struct kzi_window *window, double least)
{
	size_t i, count = 0;

	for (i = 0; i < window->count; i++) {
		uint16_t place = window->candidates[i];

		window->candidates[count] = place;
		count += window->sums[place] >= least;
	}
	window->count = count;
}

void kzi_window_leave_removed(struct kzi_window *window,
	int is_removed(void *context, uint32_t passage), void *context)
{
	size_t i, count = 0;

	for (i = 0; i < window->count; i++) {
		uint16_t place = window->candidates[i];

		window->candidates[count] = place;
		count += !is_removed(context, window->from + place);
	}
	window->count = count;
}

void kzi_window_give(const struct kzi_window *window, struct kzi_best *best)
{
	size_t i;

	for (i = 0; i < window->count; i++) {
		uint32_t place = window->candidates[i];

		kzi_best_add(best, window->from + place, window->sums[place]);
	}
}

void kzi_window_clear(struct kzi_window *window)
{
	size_t i;

	for (i = 0; i < window->marked_count; i++)
		window->sums[window->marked[i]] = 0;
	memset(window->marks, 0, sizeof(window->marks));
}
