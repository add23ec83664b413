/* topk.c -- see topk.h. */
#include "store/topk.h"

#include "base/alloc.h"
#include "store/window.h"

struct term {
	struct kzi_cursor cursor;
	double weight;
	double density; /* Postings in a window, on the average. */
	double bound;   /* The most that it adds to a passage of the window. */
	double bounds;  /* That of all terms ordered before it, and its own. */
	uint32_t until; /* The last passage that `bound` holds for. */
};

struct search {
	struct kzi_topk *topk;
	struct kzi_best *best;
	struct kzi_window *window;
	double floor;        /* The best are known to reach it. */
	struct term **terms; /* Those that go on, by their bounds. */
	size_t count;
	size_t split; /* The first of them that is read. */
	uint32_t from; /* What is before was looked at. */
	int failed;
};

/* What a passage must weigh to count. */
static double bar_of(const struct search *search)
{
	double bar = kzi_best_bar(search->best);

	return bar > search->floor ? bar : search->floor;
}

/* ---- Windows ----------------------------------------------------------- */

/* The first passage from `from` on that the list may hold. */
static uint32_t next_of(const struct kzi_cursor *cursor, uint32_t from)
{
	uint32_t next = 0;

	if (cursor->count)
		next = cursor->passages[cursor->at];
	else if (cursor->block > 0)
		next = kzi_cursor_last_of(cursor, cursor->block - 1) + 1;
	return next > from ? next : from;
}

/* Leave out the lists that have ended, and begin the window where one goes on.
 * Returns 0 if none does. */
static int begin_window(struct search *search)
{
	uint32_t first = UINT32_MAX;
	size_t i, count = 0;

	for (i = 0; i < search->count; i++) {
		struct term *term = search->terms[i];
		uint32_t next;

		if (!kzi_cursor_pass(&term->cursor, search->from)) {
			search->failed |= term->cursor.failed;
			continue;
		}
		next = next_of(&term->cursor, search->from);
		first = next < first ? next : first;
		search->terms[count++] = term;
	}
	search->count = count;
	search->from = first;
	kzi_window_begin(search->window, first);
	return count > 0;
}

static void bound_term(const struct search *search, struct term *term)
{
	const struct kzi_cursor *cursor = &term->cursor;
	const uint64_t to = search->window->to;
	uint32_t block = cursor->block, last = cursor->block_last;
	unsigned top = cursor->block_top;

	while (last + (uint64_t)1 < to && ++block < cursor->blocks) {
		unsigned next = kzi_cursor_top_of(cursor, block);

		top = next > top ? next : top;
		last = kzi_cursor_last_of(cursor, block);
	}
	term->bound = term->weight * top;
	term->until = block < cursor->blocks ? last : UINT32_MAX;
}

/* By their bounds, the smallest first; mostly they are. */
static void order_terms(struct search *search)
{
	double sum = 0;
	size_t i, j;

	for (i = 1; i < search->count; i++) {
		struct term *term = search->terms[i];

		for (j = i; j > 0 && search->terms[j - 1]->bound > term->bound;
			j--)
			search->terms[j] = search->terms[j - 1];
		search->terms[j] = term;
	}
	for (i = 0; i < search->count; i++)
		search->terms[i]->bounds = sum += search->terms[i]->bound;
}

/* Find out which terms must be read. Where none must, pass over all that this
 * holds for, and return 0. */
static int bound_window(struct search *search)
{
	double bar = bar_of(search);
	uint32_t until = UINT32_MAX;
	size_t i;

	for (i = 0; i < search->count; i++) {
		bound_term(search, search->terms[i]);
		if (search->terms[i]->until < until)
			until = search->terms[i]->until;
	}
	order_terms(search);
	for (i = 0; i < search->count && search->terms[i]->bounds < bar; i++)
		;
	search->split = i;
	search->topk->is_all &= i == 0;
	if (i < search->count)
		return 1;
	if (until == UINT32_MAX)
		search->count = 0;
	search->from = until + 1;
	return 0;
}

/* ---- Passages ---------------------------------------------------------- */

static void leave_removed(struct search *search)
{
	const struct kzi_topk *topk = search->topk;

	if (topk->is_removed)
		kzi_window_leave_removed(
			search->window, topk->is_removed, topk->context);
}

/* The terms that must be read. */
static void read_terms(struct search *search)
{
	size_t i;

	if (search->split + 1 == search->count) {
		struct term *term = search->terms[search->split];

		kzi_window_read_one(
			search->window, &term->cursor, term->weight);
	} else {
		for (i = search->split; i < search->count; i++)
			kzi_window_read(search->window,
				&search->terms[i]->cursor,
				search->terms[i]->weight);
		kzi_window_list(search->window);
	}
	kzi_window_take(search->window);
}

/* A term of the others, where a passage may reach the bar with it. To read it
 * in the window, as long as it is on the average, may take less than to look
 * for every candidate. */
static void add_term(struct search *search, struct term *term, double bar)
{
	const size_t a_look = 8; /* Is worth so many postings read. */
	struct kzi_window *window = search->window;

	if (term->density < (double)(a_look * window->count))
		kzi_window_add(window, &term->cursor, term->weight);
	else
		kzi_window_look_up(window, &term->cursor, term->weight,
			bar - (term->bounds - term->bound));
}

static void weigh_window(struct search *search)
{
	struct kzi_window *window = search->window;
	double bar = bar_of(search);
	size_t i;

	read_terms(search);
	if (search->topk->is_all) {
		leave_removed(search);
		search->topk->seen += window->count;
	}
	for (i = search->split; i > 0 && window->count > 0; i--) {
		kzi_window_sieve(window, bar - search->terms[i - 1]->bounds);
		add_term(search, search->terms[i - 1], bar);
	}
	kzi_window_sieve(window, bar);
	leave_removed(search);
	kzi_window_give(window, search->best);
	for (i = 0; i < search->count; i++)
		search->failed |= search->terms[i]->cursor.failed;
	search->from = window->to < UINT32_MAX ? (uint32_t)window->to
					       : UINT32_MAX;
}

static void run(struct search *search)
{
	while (!search->failed && begin_window(search))
		if (bound_window(search)) {
			weigh_window(search);
			kzi_window_clear(search->window);
		}
}

/* ---- The whole --------------------------------------------------------- */

/* As many passages as are wanted reach what the best term gives as many by
 * itself, unless some of them are removed. */
static double find_floor(const struct search *search)
{
	double floor = 0;
	size_t i;

	if (search->best->most > KZI_LIST_GOOD || search->topk->is_removed)
		return 0;
	for (i = 0; i < search->count; i++) {
		const struct term *term = search->terms[i];

		if (term->weight * term->cursor.good > floor)
			floor = term->weight * term->cursor.good;
	}
	return floor;
}

static double find_density(const struct kzi_cursor *cursor)
{
	if (!cursor->blocks)
		return 0;
	return (double)KZI_WINDOW * cursor->list.count /
		((double)kzi_cursor_last_of(cursor, cursor->blocks - 1) + 1);
}

static int begin(struct search *search, struct kzi_arena *arena)
{
	const struct kzi_topk *topk = search->topk;
	struct term *terms =
		kzi_arena_get(arena, topk->count * sizeof(*terms));
	size_t i;

	search->terms =
		kzi_arena_get(arena, topk->count * sizeof(*search->terms));
	if (!terms || !search->terms)
		return 0;
	for (i = 0; i < topk->count; i++) {
		terms[i].weight = topk->terms[i].weight;
		kzi_cursor_begin(&terms[i].cursor, &topk->terms[i].list);
		terms[i].density = find_density(&terms[i].cursor);
		search->failed |= terms[i].cursor.failed;
		search->terms[i] = &terms[i];
	}
	search->count = topk->count;
	search->floor = find_floor(search);
	return 1;
}

kz_status kzi_topk_run(struct kzi_topk *topk, struct kzi_best *best,
	struct kzi_window **window, struct kzi_arena *arena)
{
	struct search search = { .topk = topk, .best = best };

	topk->seen = 0;
	topk->is_all = 1;
	if (!*window)
		*window = kzi_calloc(1, sizeof(**window));
	search.window = *window;
	if (!*window || !begin(&search, arena))
		return KZ_ERR_MEMORY;
	run(&search);
	return search.failed ? KZ_ERR_CORRUPT : KZ_OK;
}
