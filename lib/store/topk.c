/* topk.c -- see topk.h. */
#include "store/topk.h"

#include <string.h>

enum {
	WINDOW = 4096, /* Passages; their sums lie in the nearest cache. */
	WORD = 64
};

struct term {
	struct kzi_cursor cursor;
	double weight;
	double density; /* Postings in a window, on the average. */
	double bound;  /* The most that it adds to a passage of the window. */
	double bounds; /* That of all terms that are ordered before it, and its. */
	uint32_t until; /* The last passage that `bound` holds for. */
};

struct search {
	struct kzi_topk *topk;
	struct kzi_best *best;
	double floor; /* The best are known to reach it. */
	struct term **terms; /* Those that go on, by their bounds. */
	size_t count;
	size_t split; /* The first of them that is read. */
	int failed;
	uint32_t from;
	uint64_t to; /* The first passage behind the window. */
	double sums[WINDOW];
	uint64_t marks[WINDOW / WORD]; /* Of passages that may count. */
	uint16_t candidates[WINDOW];   /* These, from the first of the window. */
	size_t candidate_count;
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
	search->to = (uint64_t)first + WINDOW;
	return count > 0;
}

static void bound_term(const struct search *search, struct term *term)
{
	const struct kzi_cursor *cursor = &term->cursor;
	uint32_t block = cursor->block, last = cursor->block_last;
	unsigned top = cursor->block_top;

	while (last + (uint64_t)1 < search->to && ++block < cursor->blocks) {
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

/* Add what a term gives to the sums of the window. Where it is one that must be
 * read, mark them. */
static void read_term(struct search *search, struct term *term, int marks)
{
	struct kzi_cursor *cursor = &term->cursor;
	const uint32_t from = search->from;
	int is_there = kzi_cursor_seek(cursor, from);

	while (is_there && cursor->passages[cursor->at] < search->to) {
		unsigned at = cursor->at;

		for (; at < cursor->count && cursor->passages[at] < search->to;
			at++) {
			uint32_t place = cursor->passages[at] - from;

			search->sums[place] +=
				term->weight * kzi_cursor_impact(cursor, at);
			if (marks)
				search->marks[place / WORD] |= (uint64_t)1
					<< place % WORD;
		}
		cursor->at = at - 1;
		is_there = kzi_cursor_next(cursor);
	}
	search->failed |= cursor->failed;
}

/* Add what a term gives to the candidates alone, where it can give enough. */
static void look_up(struct search *search, struct term *term, double bar)
{
	struct kzi_cursor *cursor = &term->cursor;
	const double others = term->bounds - term->bound;
	size_t i;

	for (i = 0; i < search->candidate_count; i++) {
		uint32_t place = search->candidates[i];
		uint32_t passage = search->from + place;
		double least = bar - search->sums[place] - others;

		if (!kzi_cursor_pass(cursor, passage))
			break;
		if (term->weight * cursor->block_top < least)
			continue;
		if (!kzi_cursor_seek(cursor, passage))
			break;
		if (cursor->passages[cursor->at] == passage)
			search->sums[place] += term->weight *
				kzi_cursor_impact(cursor, cursor->at);
	}
	search->failed |= cursor->failed;
}

/* Leave those candidates that reach `least`. */
static void sieve(struct search *search, double least)
{
	size_t i, count = 0;

	for (i = 0; i < search->candidate_count; i++) {
		uint16_t place = search->candidates[i];

		search->candidates[count] = place;
		count += search->sums[place] >= least;
	}
	search->candidate_count = count;
}

static void take_marked(struct search *search)
{
	uint32_t word;
	size_t count = 0;

	for (word = 0; word < WINDOW / WORD; word++) {
		uint64_t marks = search->marks[word];

		search->marks[word] = 0;
		for (; marks; marks &= marks - 1)
			search->candidates[count++] = (uint16_t)(word * WORD +
				(uint32_t)__builtin_ctzll(marks));
	}
	search->candidate_count = count;
}

/* Leave those candidates that are alive. */
static void leave_removed(struct search *search)
{
	const struct kzi_topk *topk = search->topk;
	size_t i, count = 0;

	for (i = 0; topk->is_removed && i < search->candidate_count; i++) {
		uint16_t place = search->candidates[i];

		if (!topk->is_removed(topk->context, search->from + place))
			search->candidates[count++] = place;
	}
	if (topk->is_removed)
		search->candidate_count = count;
}

/* 1 if it takes less to read the postings of a term in the window, as many as
 * there are on the average, than to look up every candidate. */
static int is_dense(const struct search *search, const struct term *term)
{
	const size_t a_look = 8; /* Is worth so many postings read. */

	return term->density < (double)(a_look * search->candidate_count);
}

/* The terms that must be read, then the others where they matter. */
static void weigh_window(struct search *search)
{
	double bar = bar_of(search);
	size_t i;

	for (i = search->split; i < search->count; i++)
		read_term(search, search->terms[i], 1);
	take_marked(search);
	if (search->topk->is_all) {
		leave_removed(search);
		search->topk->seen += search->candidate_count;
	}
	for (i = search->split; i > 0; i--) {
		struct term *term = search->terms[i - 1];

		sieve(search, bar - term->bounds);
		if (!search->candidate_count)
			break;
		if (is_dense(search, term))
			read_term(search, term, 0);
		else
			look_up(search, term, bar);
	}
	sieve(search, bar);
	leave_removed(search);
	for (i = 0; i < search->candidate_count; i++)
		kzi_best_add(search->best,
			search->from + search->candidates[i],
			search->sums[search->candidates[i]]);
	memset(search->sums, 0, sizeof(search->sums));
}

static void run(struct search *search)
{
	while (!search->failed && begin_window(search)) {
		if (!bound_window(search))
			continue;
		weigh_window(search);
		search->from = search->to < UINT32_MAX ? (uint32_t)search->to
						       : UINT32_MAX;
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
	return (double)WINDOW * cursor->list.count /
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
	struct kzi_arena *arena)
{
	struct search *search = kzi_arena_zero(arena, 1, sizeof(*search));

	topk->seen = 0;
	topk->is_all = 1;
	if (!search)
		return KZ_ERR_MEMORY;
	search->topk = topk;
	search->best = best;
	if (!begin(search, arena))
		return KZ_ERR_MEMORY;
	run(search);
	return search->failed ? KZ_ERR_CORRUPT : KZ_OK;
}
