/* fuzz_lists.c -- a file of postings: whatever is in it, walks and
 * matches stay inside, and passages come in order. */
#include "tests/fuzz/fuzz.h"

#include "base/alloc.h"
#include "store/lists.h"
#include "store/topk.h"

enum { TERMS_MOST = 8, BEST_MOST = 3 };

static void go_through(const struct kzi_list *list)
{
	struct kzi_cursor cursor;
	uint32_t last = 0, seen = 0;
	int more;

	kzi_cursor_begin(&cursor, list);
	for (more = kzi_cursor_read(&cursor); more;
		more = kzi_cursor_next(&cursor)) {
		FUZZ_REQUIRE(cursor.passages[cursor.at] > last);
		last = cursor.passages[cursor.at];
		FUZZ_REQUIRE(kzi_cursor_impact(&cursor, cursor.at) <= 0x7F);
		seen++;
	}
	FUZZ_REQUIRE(cursor.failed || seen == list->count);
}

static void seek(const struct kzi_list *list, uint32_t step)
{
	struct kzi_cursor cursor;
	uint32_t passage = 1;

	kzi_cursor_begin(&cursor, list);
	while (kzi_cursor_seek(&cursor, passage)) {
		FUZZ_REQUIRE(cursor.passages[cursor.at] >= passage);
		if (cursor.passages[cursor.at] > UINT32_MAX - step)
			break;
		passage = cursor.passages[cursor.at] + step;
	}
}

static void match(const struct kzi_weighted *terms, size_t count)
{
	struct kzi_match matches[BEST_MOST];
	struct kzi_best best = { matches, 0, BEST_MOST };
	struct kzi_topk topk = { .terms = terms, .count = count };
	struct kzi_arena arena = { 0 };
	struct kzi_window *window = NULL;

	(void)kzi_topk_run(&topk, &best, &window, &arena);
	kzi_best_sort(&best);
	kzi_free(window);
	kzi_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct kzi_part part = { bytes, length, -1, 0, 0 };
	struct kzi_weighted terms[TERMS_MOST];
	struct kzi_lists lists;
	struct kzi_lists_walk walk;
	struct kzi_list found;
	size_t count = 0;

	if (!kzi_lists_open(&lists, &part))
		return 0;
	kzi_lists_begin(&walk, &lists);
	while (kzi_lists_next(&walk)) {
		(void)kzi_lists_find(&lists, walk.term, walk.length, &found);
		go_through(&walk.list);
		seek(&walk.list, 1 + (uint32_t)walk.length);
		if (count == TERMS_MOST)
			continue;
		terms[count].weight = 1;
		terms[count++].list = walk.list;
	}
	match(terms, count);
	return 0;
}
