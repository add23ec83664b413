/* Files of postings: what was put is found, gone through and matched as if all
 * of it were looked at, and damage is told. */
#include "unit.h"

#include "base/alloc.h"
#include "store/batch.h"
#include "store/lists.h"
#include "store/merge.h"
#include "store/topk.h"

enum { TERMS = 70, PASSAGES = 9000 };

/* ---- A file in memory -------------------------------------------------- */

static uint8_t impacts[TERMS][PASSAGES]; /* 0: not there. */

static size_t name_term(char name[20], int term)
{
	/* In order, with common beginnings, one the beginning of another. */
	return (size_t)snprintf(name, 20, term % 2 ? "A%03dterms" : "A%03d",
		term / 2);
}

/* Every term about half as frequent as the one before, from all passages on. */
static void fill(uint64_t *seed)
{
	int term, passage;

	memset(impacts, 0, sizeof(impacts));
	for (term = 0; term < TERMS; term++)
		for (passage = 1; passage < PASSAGES; passage++)
			if (unit_random(seed) % ((uint64_t)1 << term % 14) == 0)
				impacts[term][passage] = (uint8_t)(1 +
					unit_random(seed) %
						(KZI_IMPACT_MOST >> term % 3));
}

static size_t list_of(int term, struct kzi_list_posting *postings)
{
	size_t count = 0;
	uint32_t passage;

	for (passage = 0; passage < PASSAGES; passage++)
		if (impacts[term][passage])
			postings[count++] = (struct kzi_list_posting){ passage,
				impacts[term][passage] };
	return count;
}

/* `out` holds the file, in pieces taken from the draft. */
static void write_lists(struct kzi_buf *out)
{
	static struct kzi_list_posting postings[PASSAGES];
	struct kzi_lists_draft draft = { 0 };
	int term;

	kzi_buf_clear(out);
	for (term = 0; term < TERMS; term++) {
		char name[20];
		size_t length = name_term(name, term);
		size_t count = list_of(term, postings);

		if (count)
			kzi_lists_put(&draft, name, length, postings, count);
		if (term % 5)
			continue;
		kzi_buf_append(out, draft.out.data, draft.out.length);
		kzi_lists_taken(&draft);
	}
	assert_true(kzi_lists_finish(&draft));
	kzi_buf_append(out, draft.out.data, draft.out.length);
	kzi_lists_draft_release(&draft);
}

static int open_lists(struct kzi_lists *lists, const struct kzi_buf *file)
{
	struct kzi_part part = { (const unsigned char *)file->data,
		file->length, -1, 0, 0 };

	return kzi_lists_open(lists, &part);
}

/* ---- Terms and postings ------------------------------------------------ */

static void find_term(const struct kzi_lists *lists, int term)
{
	struct kzi_list list;
	struct kzi_cursor cursor;
	uint32_t passage, seen = 0;
	char name[20];
	size_t length = name_term(name, term);

	assert_true(kzi_lists_find(lists, name, length, &list));
	kzi_cursor_begin(&cursor, &list);
	for (passage = 0; passage < PASSAGES; passage++) {
		if (!impacts[term][passage])
			continue;
		assert_true(seen++ ? kzi_cursor_next(&cursor)
				   : kzi_cursor_read(&cursor));
		assert_int_equal(cursor.passages[cursor.at], passage);
		assert_int_equal(
			kzi_cursor_impact(&cursor, cursor.at), impacts[term][passage]);
		assert_true(cursor.block_top >= impacts[term][passage]);
		assert_true(cursor.top >= cursor.block_top);
	}
	assert_int_equal(list.count, seen);
	assert_false(seen && kzi_cursor_next(&cursor));
	assert_false(cursor.failed);
}

static void what_was_put_is_found(void **state)
{
	struct kzi_buf file = { 0 };
	struct kzi_lists_walk walk;
	struct kzi_lists lists;
	struct kzi_list list;
	uint64_t seed = 7, terms = 0;
	int term;

	(void)state;
	fill(&seed);
	write_lists(&file);
	assert_true(open_lists(&lists, &file));
	for (term = 0; term < TERMS; term++)
		find_term(&lists, term);
	kzi_lists_begin(&walk, &lists);
	while (kzi_lists_next(&walk))
		terms++;
	assert_false(walk.failed);
	assert_int_equal(terms, lists.terms);
	assert_true(kzi_lists_find(&lists, "A", 1, &list));
	assert_int_equal(list.count, 0);
	assert_true(kzi_lists_find(&lists, "A000t", 5, &list));
	assert_int_equal(list.count, 0);
	assert_true(kzi_lists_find(&lists, "B", 1, &list));
	assert_int_equal(list.count, 0);
	kzi_buf_release(&file);
}

static void the_example_of_the_format(void **state)
{
	const struct kzi_list_posting postings[] = { { 7, 12 }, { 9, 30 } };
	const char leaf[] = "\x0D\x80"
			    "Aposadas\x02\x8C\x03\x5E";
	struct kzi_lists_draft draft = { 0 };

	(void)state;
	kzi_lists_put(&draft, "Aposadas", 8, postings, 2);
	assert_true(kzi_lists_finish(&draft));
	assert_memory_equal(draft.out.data + sizeof(KZI_LISTS_MAGIC), leaf,
		sizeof(leaf) - 1);
	kzi_lists_draft_release(&draft);
}

static void a_file_without_terms_has_none(void **state)
{
	struct kzi_lists_draft draft = { 0 };
	struct kzi_lists lists;
	struct kzi_list list;

	(void)state;
	assert_true(kzi_lists_finish(&draft));
	assert_true(open_lists(&lists, &draft.out));
	assert_true(kzi_lists_find(&lists, "A", 1, &list));
	assert_int_equal(list.count, 0);
	kzi_lists_draft_release(&draft);
}

/* Passages far apart need all bits there are. */
static void distances_may_be_wide(void **state)
{
	static struct kzi_list_posting postings[300];
	struct kzi_lists_draft draft = { 0 };
	struct kzi_lists lists;
	struct kzi_list list;
	struct kzi_cursor cursor;
	uint32_t i;

	(void)state;
	for (i = 0; i < 300; i++)
		postings[i] = (struct kzi_list_posting){ i < 200
				? 1 + i
				: UINT32_MAX - 1000 + i,
			1 + i % KZI_IMPACT_MOST };
	kzi_lists_put(&draft, "A", 1, postings, 300);
	assert_true(kzi_lists_finish(&draft));
	assert_true(open_lists(&lists, &draft.out));
	assert_true(kzi_lists_find(&lists, "A", 1, &list));
	kzi_cursor_begin(&cursor, &list);
	assert_true(kzi_cursor_seek(&cursor, 1000));
	assert_int_equal(cursor.passages[cursor.at], UINT32_MAX - 800);
	assert_true(kzi_cursor_seek(&cursor, UINT32_MAX - 701));
	assert_int_equal(kzi_cursor_impact(&cursor, cursor.at), postings[299].impact);
	assert_false(kzi_cursor_seek(&cursor, UINT32_MAX));
	kzi_lists_draft_release(&draft);
}

static void seeking_goes_where_walking_does(void **state)
{
	struct kzi_buf file = { 0 };
	struct kzi_lists lists;
	uint64_t seed = 11;
	int term;

	(void)state;
	fill(&seed);
	write_lists(&file);
	assert_true(open_lists(&lists, &file));
	for (term = 0; term < TERMS; term++) {
		struct kzi_list list;
		struct kzi_cursor cursor;
		uint32_t passage = 1;
		char name[20];
		size_t length = name_term(name, term);

		assert_true(kzi_lists_find(&lists, name, length, &list));
		kzi_cursor_begin(&cursor, &list);
		while (passage < PASSAGES) {
			uint32_t next = passage;

			while (next < PASSAGES && !impacts[term][next])
				next++;
			if (next == PASSAGES) {
				assert_false(kzi_cursor_seek(&cursor, passage));
				break;
			}
			assert_true(kzi_cursor_seek(&cursor, passage));
			assert_int_equal(cursor.passages[cursor.at], next);
			passage += 1 + (uint32_t)(unit_random(&seed) % 400);
		}
	}
	kzi_buf_release(&file);
}

/* ---- The best of a sum ------------------------------------------------- */

/* Every seventh passage. */
static int is_removed(void *context, uint32_t passage)
{
	return *(int *)context && passage % 7 == 0;
}

static int compare_matches(const void *left, const void *right)
{
	const struct kzi_match *a = left, *b = right;

	if (a->weight != b->weight)
		return a->weight < b->weight ? 1 : -1;
	return a->passage > b->passage ? 1 : -1;
}

/* All that hold one of the terms, in order; returns how many. */
static size_t match_all(struct kzi_match *all, const int *terms,
	const double *weights, size_t count, int removes)
{
	size_t found = 0, i;
	uint32_t passage;

	for (passage = 0; passage < PASSAGES; passage++) {
		struct kzi_match match = { passage, 0 };

		for (i = 0; i < count; i++)
			match.weight += weights[i] * impacts[terms[i]][passage];
		if (match.weight > 0 && !is_removed(&removes, passage))
			all[found++] = match;
	}
	qsort(all, found, sizeof(*all), compare_matches);
	return found;
}

/* A sum of some terms for the best `most` of all passages. */
static void compare_sums(const struct kzi_lists *lists, uint64_t *seed,
	struct kzi_window **window, struct kzi_arena *arena)
{
	static struct kzi_match all[PASSAGES];
	struct kzi_match matches[50];
	struct kzi_weighted terms[12];
	double weights[12];
	int numbers[12], removes = unit_random(seed) % 2;
	struct kzi_best best = { matches, 0, 1 + unit_random(seed) % 50 };
	struct kzi_topk topk = { .terms = terms,
		.is_removed = removes ? is_removed : NULL,
		.context = &removes,
		.count = 1 + unit_random(seed) % 12 };
	size_t i, found;

	for (i = 0; i < topk.count; i++) {
		char name[20];

		numbers[i] = (int)(unit_random(seed) % TERMS);
		weights[i] = (double)(1 + unit_random(seed) % 1000) / 64;
		assert_true(kzi_lists_find(lists, name,
			name_term(name, numbers[i]), &terms[i].list));
		terms[i].weight = weights[i];
	}
	assert_int_equal(kzi_topk_run(&topk, &best, window, arena), KZ_OK);
	kzi_best_sort(&best);
	found = match_all(all, numbers, weights, topk.count, removes);
	assert_int_equal(best.count, found < best.most ? found : best.most);
	for (i = 0; i < best.count; i++) {
		assert_int_equal(matches[i].passage, all[i].passage);
		assert_true(matches[i].weight == all[i].weight);
	}
	assert_true(topk.seen <= found);
	if (topk.is_all)
		assert_int_equal(topk.seen, found);
}

static void the_best_are_those_of_all(void **state)
{
	struct kzi_buf file = { 0 };
	struct kzi_arena arena = { 0 };
	struct kzi_window *window = NULL;
	struct kzi_lists lists;
	uint64_t seed = 5;
	int i;

	(void)state;
	fill(&seed);
	write_lists(&file);
	assert_true(open_lists(&lists, &file));
	for (i = 0; i < 400; i++) {
		compare_sums(&lists, &seed, &window, &arena);
		kzi_arena_reset(&arena);
	}
	kzi_free(window);
	kzi_arena_release(&arena);
	kzi_buf_release(&file);
}

/* ---- Damage ------------------------------------------------------------ */

/* Look for every term, and go through what is there. */
static void read_all(const struct kzi_lists *lists, struct kzi_arena *arena)
{
	struct kzi_match matches[20];
	struct kzi_best best = { matches, 0, 20 };
	struct kzi_weighted terms[TERMS];
	struct kzi_window *window = NULL;
	int removes = 0, term;
	struct kzi_topk topk = { .terms = terms,
		.is_removed = is_removed,
		.context = &removes };

	for (term = 0; term < TERMS; term++) {
		struct kzi_cursor cursor;
		struct kzi_list list;
		uint32_t last = 0;
		char name[20];
		int more;

		if (!kzi_lists_find(
			    lists, name, name_term(name, term), &list))
			continue;
		kzi_cursor_begin(&cursor, &list);
		for (more = kzi_cursor_read(&cursor); more;
			more = kzi_cursor_next(&cursor)) {
			assert_true(cursor.passages[cursor.at] >= last);
			last = cursor.passages[cursor.at];
		}
		terms[topk.count].list = list;
		terms[topk.count++].weight = 1;
	}
	(void)kzi_topk_run(&topk, &best, &window, arena);
	kzi_free(window);
	kzi_arena_reset(arena);
}

/* On memory of its very length, so that a sanitizer sees a read behind it. */
static void damage_is_told_or_does_not_matter(void **state)
{
	struct kzi_buf file = { 0 };
	struct kzi_arena arena = { 0 };
	uint64_t seed = 3;
	int round;

	(void)state;
	fill(&seed);
	write_lists(&file);
	for (round = 0; round < 400; round++) {
		struct kzi_buf copy = { 0 };
		struct kzi_lists lists;
		size_t length = file.length;
		int changes = 1 + (int)(unit_random(&seed) % 8);

		if (round % 4 == 0)
			length = unit_random(&seed) % length;
		copy.data = kzi_malloc(length ? length : 1);
		assert_non_null(copy.data);
		memcpy(copy.data, file.data, length);
		copy.length = length;
		/* Half of them where the tables of the file are. */
		while (changes-- > 0 && length > 200)
			copy.data[round % 2 ? unit_random(&seed) % length
					    : length - 1 -
						unit_random(&seed) % 150] =
				(char)unit_random(&seed);
		if (open_lists(&lists, &copy))
			read_all(&lists, &arena);
		kzi_free(copy.data);
	}
	kzi_arena_release(&arena);
	kzi_buf_release(&file);
}

/* ---- Batches and segments ---------------------------------------------- */

/* As a load does: passage by passage, with the terms of each in any order, some
 * of them twice, which changes nothing. */
static void file_passages(
	struct kzi_batch *batch, uint32_t from, uint32_t to, uint64_t *seed)
{
	static char names[TERMS][20];
	static struct kzi_named terms[TERMS]; /* Kept from batch to batch. */
	struct kzi_posting postings[2 * TERMS];

	for (; from < to; from++) {
		int first = (int)(unit_random(seed) % TERMS), i;
		size_t count = 0;

		for (i = 0; i < TERMS; i++) {
			int term = (first + i * 3) % TERMS;

			terms[term].bytes = (struct kzi_string){ names[term],
				name_term(names[term], term) };
			if (!impacts[term][from])
				continue;
			postings[count++] = (struct kzi_posting){
				&terms[term], impacts[term][from], 0
			};
			if (term % 2)
				postings[count++] = (struct kzi_posting){
					&terms[term], 1, 0 };
		}
		kzi_batch_put(batch, from, postings, count / 2);
		kzi_batch_put(
			batch, from, postings + count / 2, count - count / 2);
	}
}

static void a_batch_is_the_file_of_its_postings(void **state)
{
	struct kzi_batch batch = { 0 };
	struct kzi_buf expected = { 0 }, got = { 0 };
	uint64_t seed = 4;
	int round;

	(void)state;
	fill(&seed);
	write_lists(&expected);
	for (round = 0; round < 2; round++) {
		file_passages(&batch, 1, PASSAGES, &seed);
		assert_true(kzi_batch_write(&batch, &got));
		assert_int_equal(got.length, expected.length);
		assert_memory_equal(got.data, expected.data, got.length);
		kzi_buf_release(&got);
		kzi_batch_clear(&batch);
	}
	kzi_batch_release(&batch);
	kzi_buf_release(&expected);
}

struct seen {
	int term;
	uint32_t last, count, enough;
};

static int see(void *context, uint32_t passage, uint32_t impact)
{
	struct seen *seen = context;

	assert_true(passage > seen->last);
	assert_int_equal(impact, impacts[seen->term][passage]);
	seen->last = passage;
	return ++seen->count < seen->enough;
}

static uint32_t count_from(int term, uint32_t from)
{
	uint32_t count = 0;

	for (; from < PASSAGES; from++)
		count += impacts[term][from] != 0;
	return count;
}

static void visit_term(const struct kzi_merge *merge, int term)
{
	struct seen all = { term, 0, 0, UINT32_MAX };
	struct seen late = { term, 4999, 0, UINT32_MAX };
	struct seen few = { term, 0, 0, 2 };

	assert_true(kzi_lists_visit(merge->lists, merge->count, 0, see, &all));
	assert_int_equal(all.count, count_from(term, 0));
	assert_true(kzi_lists_visit(
		merge->lists, merge->count, 5000, see, &late));
	assert_int_equal(late.count, count_from(term, 5000));
	assert_true(kzi_lists_visit(merge->lists, merge->count, 0, see, &few));
	assert_int_equal(few.count, all.count < 2 ? all.count : 2);
}

/* Each term once, with what all segments have of it, from any term on. */
static void segments_together_are_the_whole(void **state)
{
	static const uint32_t ends[] = { 1, 5, 3000, 3001, PASSAGES };
	enum { SEGMENTS = sizeof(ends) / sizeof(*ends) - 1 };
	struct kzi_batch batch = { 0 };
	struct kzi_buf bytes[SEGMENTS] = { 0 };
	struct kzi_lists lists[SEGMENTS];
	struct kzi_merge merge;
	uint64_t seed = 5;
	int first, term, i;

	(void)state;
	fill(&seed);
	for (i = 0; i < SEGMENTS; i++) {
		file_passages(&batch, ends[i], ends[i + 1], &seed);
		assert_true(kzi_batch_write(&batch, &bytes[i]));
		kzi_batch_clear(&batch);
		assert_true(open_lists(&lists[i], &bytes[i]));
	}
	kzi_batch_release(&batch);
	for (first = 0; first < TERMS; first += 23) {
		char name[20];
		size_t length = name_term(name, first);

		kzi_merge_begin(&merge, lists, SEGMENTS, name, length);
		for (term = first; kzi_merge_next(&merge); term++) {
			while (!count_from(term, 0))
				term++;
			length = name_term(name, term);
			assert_int_equal(merge.length, length);
			assert_memory_equal(merge.term, name, length);
			assert_true(kzi_merge_begins(&merge, name, 2));
			visit_term(&merge, term);
		}
		assert_false(merge.failed);
		while (term < TERMS && !count_from(term, 0))
			term++;
		assert_int_equal(term, TERMS);
	}
	for (i = 0; i < SEGMENTS; i++)
		kzi_buf_release(&bytes[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_put_is_found),
		cmocka_unit_test(the_example_of_the_format),
		cmocka_unit_test(a_file_without_terms_has_none),
		cmocka_unit_test(distances_may_be_wide),
		cmocka_unit_test(seeking_goes_where_walking_does),
		cmocka_unit_test(the_best_are_those_of_all),
		cmocka_unit_test(damage_is_told_or_does_not_matter),
		cmocka_unit_test(a_batch_is_the_file_of_its_postings),
		cmocka_unit_test(segments_together_are_the_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
