/* topk.c -- see topk.h. */
#include "store/topk.h"

#include <string.h>

enum {
	WINDOW = 2048, /* Passages; their sums lie in the nearest cache. */
	WORD = 64
};

struct term {
	struct kzi_cursor cursor;
	double weight;
	double bound;  /* The most that it adds to a passage of the window. */
	double bounds; /* That of all terms that are ordered before it, and its. */
	uint32_t until; /* The last passage that `bound` holds for. */
};

struct search {
	struct kzi_topk *topk;
	struct kzi_best *best;
	struct term **terms; /* Those that go on, by their bounds. */
	size_t count;
	size_t split; /* The first of them that is read. */
	int failed;
	uint32_t from;
	uint64_t to; /* The first passage behind the window. */
	double sums[WINDOW];
	uint64_t marks[WINDOW / WORD]; /* Passages with a sum. */
};

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
	double bar = kzi_best_bar(search->best);
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

/* Add what a term gives to the sums of the window. */
static void read_term(struct search *search, struct term *term)
{
	struct kzi_cursor *cursor = &term->cursor;
	const uint32_t from = search->from;
	int is_there = kzi_cursor_seek(cursor, from);

	while (is_there && cursor->passages[cursor->at] < search->to) {
		unsigned at = cursor->at;

		for (; at < cursor->count &&
			cursor->passages[at] < search->to;
			at++) {
			uint32_t place = cursor->passages[at] - from;

			search->sums[place] +=
				term->weight * cursor->impacts[at];
			search->marks[place / WORD] |= (uint64_t)1
				<< place % WORD;
		}
		cursor->at = at - 1;
		is_there = kzi_cursor_next(cursor);
	}
	search->failed |= cursor->failed;
}

/* What a term that is not read adds to a passage, unless it cannot add `least`
 * there. */
static double look_up(
	struct search *search, struct term *term, uint32_t passage, double least)
{
	struct kzi_cursor *cursor = &term->cursor;

	if (!kzi_cursor_pass(cursor, passage) ||
		term->weight * cursor->block_top < least)
		return 0;
	if (!kzi_cursor_seek(cursor, passage)) {
		search->failed |= cursor->failed;
		return 0;
	}
	return cursor->passages[cursor->at] == passage
		? term->weight * cursor->impacts[cursor->at]
		: 0;
}

static void weigh(struct search *search, uint32_t passage, double sum)
{
	struct kzi_topk *topk = search->topk;
	double bar = kzi_best_bar(search->best);
	size_t i;

	for (i = search->split; i > 0; i--) {
		struct term *term = search->terms[i - 1];

		if (sum + term->bounds < bar)
			return;
		sum += look_up(search, term, passage,
			bar - sum - (term->bounds - term->bound));
	}
	if (topk->is_removed(topk->context, passage))
		return;
	topk->seen++;
	if (sum >= bar)
		kzi_best_add(search->best, passage, sum);
}

static void weigh_window(struct search *search)
{
	uint32_t word;

	for (word = 0; word < WINDOW / WORD; word++) {
		uint64_t marks = search->marks[word];

		search->marks[word] = 0;
		for (; marks; marks &= marks - 1) {
			uint32_t place = word * WORD +
				(uint32_t)__builtin_ctzll(marks);
			double sum = search->sums[place];

			search->sums[place] = 0;
			weigh(search, search->from + place, sum);
		}
	}
}

static void run(struct search *search)
{
	size_t i;

	while (!search->failed && begin_window(search)) {
		if (!bound_window(search))
			continue;
		for (i = search->split; i < search->count; i++)
			read_term(search, search->terms[i]);
		weigh_window(search);
		search->from = search->to < UINT32_MAX ? (uint32_t)search->to
						       : UINT32_MAX;
	}
}

/* ---- The whole --------------------------------------------------------- */

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
		search->failed |= terms[i].cursor.failed;
		search->terms[i] = &terms[i];
	}
	search->count = topk->count;
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
