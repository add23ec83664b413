/* Queries of every kind give the same however the postings lie: in one segment
 * or in several, with passages removed since. */
#include "scratch.h"

#include "base/arena.h"
#include "store/record.h"
#include "store/store.h"

enum {
	PASSAGES = 900,
	WORDS = 30,
	DEPTH = 3,
	BEST = 40
};

static struct kzi_string string(const char *text)
{
	struct kzi_string s = { text, strlen(text) };

	return s;
}

/* ---- Writing ----------------------------------------------------------- */

static struct kzi_writer *open_writer(const char *name)
{
	struct kzi_writer *writer;
	kz_error err;

	assert_int_equal(kzi_writer_open(&writer, scratch_path(name), 0,
				 "0123456789abcdef", &err),
		KZ_OK);
	return writer;
}

enum how { COMMIT, PUBLISH /* The index may be rewritten. */ };

static void finish(struct kzi_writer *writer, enum how how)
{
	kz_error err;

	assert_int_equal(how == PUBLISH ? kzi_writer_publish(writer, &err)
					: kzi_writer_commit(writer, &err),
		KZ_OK);
	kzi_writer_close(writer);
}

/* A document of one passage, with words that its number alone decides. */
static void add(struct kzi_writer *writer, int number)
{
	uint64_t seed = (uint64_t)number * 0x9E3779B97F4A7C15u + 1;
	struct kzi_named terms[WORDS] = { 0 };
	struct kzi_posting postings[WORDS];
	char path[20], words[WORDS][16];
	struct kzi_document_record document = { .place = string(
		number % 3 ? "wales" : "hungary") };
	struct kzi_passage_record passage = { .ordinal = 1,
		.text = string("A text.") };
	size_t count = 0;
	kz_error err;
	int i;

	snprintf(path, sizeof(path), "p%d/d%d", number % 5, number);
	document.path = string(path);
	for (i = 0; i < WORDS; i++) {
		uint64_t random = unit_random(&seed) >> 8;

		snprintf(words[i], sizeof(words[i]), "w%d", i);
		terms[i].bytes = string(words[i]);
		if (random % (uint64_t)(1 + i) == 0)
			postings[count++] = (struct kzi_posting){
				.term = &terms[i],
				.impact = 1 + (uint32_t)(random >> 20) %
					KZI_IMPACT_MOST };
	}
	assert_int_equal(kzi_writer_document(writer, string(path), &document,
				 KZI_STORY, &err),
		KZ_OK);
	assert_int_equal(kzi_writer_passage(writer, &passage, number % 4,
				 postings, count, &err),
		KZ_OK);
}

static void add_all(const char *name, int from, int to, enum how how)
{
	struct kzi_writer *writer = open_writer(name);

	for (; from < to; from++)
		add(writer, from);
	finish(writer, how);
}

static void take_out(
	const char *name, int from, int to, int step, enum how how)
{
	struct kzi_writer *writer = open_writer(name);
	kz_error err;

	for (; from < to; from += step) {
		char path[20];

		snprintf(path, sizeof(path), "p%d/d%d", from % 5, from);
		assert_int_equal(
			kzi_writer_remove(writer, path, strlen(path), &err),
			KZ_OK);
	}
	finish(writer, how);
}

static struct kzi_store *open_store(const char *name)
{
	struct kzi_store *store;
	kz_error err;

	assert_int_equal(kzi_store_check(scratch_path(name), &err), KZ_OK);
	assert_int_equal(
		kzi_store_open(&store, scratch_path(name), &err), KZ_OK);
	return store;
}

/* ---- Asking ------------------------------------------------------------ */

static struct kzi_query *make(struct kzi_arena *arena, enum kzi_op op,
	const char *term, double weight)
{
	struct kzi_query *query = kzi_arena_zero(arena, 1, sizeof(*query));

	assert_non_null(query);
	query->op = op;
	query->weight = weight;
	query->term.length = strlen(term);
	query->term.bytes = kzi_arena_copy(arena, term, strlen(term));
	return query;
}

static struct kzi_query *make_word(struct kzi_arena *arena, uint64_t *seed)
{
	char word[16];

	/* A few are in no passage. */
	snprintf(word, sizeof(word), "w%d",
		(int)(unit_random(seed) % (WORDS + 2)));
	return make(arena, KZI_OP_TERM, word,
		(double)(1 + unit_random(seed) % 64) / 16);
}

static struct kzi_query *make_filter(struct kzi_arena *arena, uint64_t *seed)
{
	switch (unit_random(seed) % 4) {
	case 0:
		return make(arena, KZI_OP_TERM, "_Pwales", 0);
	case 1:
		return make(arena, KZI_OP_TERM, "_Lb", 0);
	case 2:
		return make(arena, KZI_OP_STARTS, "_Dp3/", 0);
	default:
		return make(arena, KZI_OP_STARTS, "_Dp1/d2", 0);
	}
}

static struct kzi_query *make_tree(
	struct kzi_arena *arena, uint64_t *seed, int depth)
{
	static const enum kzi_op ops[] = { KZI_OP_OR, KZI_OP_OR, KZI_OP_AND,
		KZI_OP_MAYBE, KZI_OP_NOT, KZI_OP_FILTER };
	enum kzi_op op = ops[unit_random(seed) % 6];
	struct kzi_query *query;
	size_t i;

	if (depth == 0 || unit_random(seed) % 4 == 0)
		return make_word(arena, seed);
	query = make(arena, op, "", 0);
	query->count = 2 + unit_random(seed) % 3;
	query->children =
		kzi_arena_zero(arena, query->count, sizeof(*query->children));
	assert_non_null(query->children);
	for (i = 0; i < query->count; i++)
		query->children[i] = op == KZI_OP_FILTER && i > 0
			? make_filter(arena, seed)
			: make_tree(arena, seed, depth - 1);
	return query;
}

struct answer {
	struct kzi_match matches[BEST];
	struct kzi_matches found;
};

static void ask(struct kzi_store *store, struct kzi_query *query, size_t most,
	struct answer *answer)
{
	kz_error err;

	assert_int_equal(kzi_store_match(store, &query, 1, answer->matches,
				 most, &answer->found, &err),
		KZ_OK);
}

static void compare(const struct answer *a, const struct answer *b)
{
	size_t i;

	assert_int_equal(a->found.count, b->found.count);
	for (i = 0; i < a->found.count; i++) {
		assert_int_equal(a->matches[i].passage, b->matches[i].passage);
		assert_true(a->matches[i].weight == b->matches[i].weight);
	}
	if (a->found.is_exact && b->found.is_exact)
		assert_int_equal(a->found.estimate, b->found.estimate);
}

/* Ask many things of both, and what else a store tells of terms. */
static void compare_stores(const char *one, const char *other)
{
	struct kzi_store *stores[2] = { open_store(one), open_store(other) };
	struct kzi_arena arena = { 0 };
	uint64_t seed = 17;
	int i, j;

	for (i = 0; i < 500; i++) {
		size_t most = 1 + unit_random(&seed) % BEST;
		struct kzi_query *query = make_tree(&arena, &seed, DEPTH);
		struct answer answers[2];

		for (j = 0; j < 2; j++)
			ask(stores[j], query, most, &answers[j]);
		compare(&answers[0], &answers[1]);
		kzi_arena_reset(&arena);
	}
	for (i = 0; i < WORDS; i++) {
		uint32_t counts[2], impacts[2];
		char word[16];
		kz_error err;

		snprintf(word, sizeof(word), "w%d", i);
		for (j = 0; j < 2; j++) {
			assert_int_equal(kzi_store_frequency(stores[j], word,
						 strlen(word), &counts[j],
						 &err),
				KZ_OK);
			assert_int_equal(kzi_store_impact(stores[j], word,
						 strlen(word), 123, &impacts[j],
						 &err),
				KZ_OK);
		}
		assert_int_equal(counts[0], counts[1]);
		assert_int_equal(impacts[0], impacts[1]);
	}
	kzi_arena_release(&arena);
	kzi_store_close(stores[0]);
	kzi_store_close(stores[1]);
}

/* How many files of postings there are, in any generation. */
static int count_segments(const char *name)
{
	char path[SCRATCH_PATH];
	int generation, number, found = 0;

	for (generation = 1; generation < 9; generation++)
		for (number = 1; number < 1000; number++) {
			snprintf(path, sizeof(path), "%s/%d/postings.%d",
				scratch_path(name), generation, number);
			found += access(path, F_OK) == 0;
		}
	return found;
}

/* The same as add_all, with a commit every `step`. */
static void add_in_steps(
	const char *name, int from, int to, int step, enum how how)
{
	struct kzi_writer *writer = open_writer(name);
	kz_error err;

	for (; from < to; from++) {
		add(writer, from);
		if (from % step == 0)
			assert_int_equal(
				kzi_writer_commit(writer, &err), KZ_OK);
	}
	finish(writer, how);
}

/* ---- Tests ------------------------------------------------------------- */

static void several_segments_are_as_one(void **state)
{
	(void)state;
	add_all("one", 0, PASSAGES, PUBLISH);
	add_in_steps("many", 0, PASSAGES, 130, COMMIT);
	assert_int_equal(count_segments("one"), 1);
	assert_true(count_segments("many") > 5);
	compare_stores("one", "many");
}

/* Those of a large one and of some small ones, by runs of their own. */
static void later_runs_are_as_one(void **state)
{
	int run;

	(void)state;
	add_all("late", 0, 600, PUBLISH);
	for (run = 600; run < PASSAGES; run += 25)
		add_all("late", run, run + 25 < PASSAGES ? run + 25 : PASSAGES,
			PUBLISH);
	assert_in_range(count_segments("late"), 1, 4);
	add_all("one", 0, PASSAGES, COMMIT);
	compare_stores("late", "one");
}

/* There are never more than so many, however often is committed; what was
 * merged is gone from the disk. */
static void segments_stay_few(void **state)
{
	(void)state;
	add_in_steps("many", 0, PASSAGES, 4, COMMIT);
	assert_in_range(count_segments("many"), 2, KZI_SEGMENTS_MOST);
	add_in_steps("few", 0, PASSAGES, 20, PUBLISH);
	assert_int_equal(count_segments("few"), 1);
	compare_stores("few", "many");
	/* As many as there may be, and then a run that ends with a small
	 * one. */
	add_all("full", 0, 600, PUBLISH);
	add_in_steps("full", 600, PASSAGES - 7, 25, COMMIT);
	add_all("full", PASSAGES - 7, PASSAGES - 5, COMMIT);
	while (count_segments("full") < KZI_SEGMENTS_MOST)
		add_all("full", PASSAGES - 5, PASSAGES - 4, COMMIT);
	add_all("full", PASSAGES - 4, PASSAGES, PUBLISH);
	assert_in_range(count_segments("full"), 1, KZI_SEGMENTS_MOST);
	kzi_store_close(open_store("full"));
}

/* What is removed is passed over, and is not taken along when segments are
 * merged or the index is rewritten. */
static void what_is_removed_is_the_same(void **state)
{
	(void)state;
	add_all("half", 0, 3000, PUBLISH);
	add_all("half", 3000, 3300, PUBLISH);
	add_in_steps("steps", 0, 3300, 300, COMMIT);
	take_out("half", 5, 3300, 11, PUBLISH);
	take_out("steps", 5, 3300, 11, COMMIT);
	compare_stores("half", "steps");
	take_out("half", 4, 3300, 4, PUBLISH);
	take_out("steps", 4, 3300, 4, COMMIT);
	compare_stores("half", "steps");
}

static void one_file_is_the_same(void **state)
{
	char file[SCRATCH_PATH];
	kz_error err;

	(void)state;
	add_all("half", 0, 600, PUBLISH);
	add_all("half", 600, PASSAGES, PUBLISH);
	take_out("half", 7, PASSAGES, 50, COMMIT);
	snprintf(file, sizeof(file), "%s", scratch_path("file"));
	assert_int_equal(
		kzi_store_compact(scratch_path("half"), file, &err), KZ_OK);
	compare_stores("half", "file");
}

/* What begins with many terms takes no list open for each. */
static void many_documents_may_begin_so(void **state)
{
	struct kzi_query start = { .op = KZI_OP_STARTS };
	struct answer answer;
	struct kzi_store *store;

	(void)state;
	add_in_steps("steps", 0, 3000, 700, COMMIT);
	store = open_store("steps");
	start.term = string("_Dp");
	ask(store, &start, BEST, &answer);
	assert_int_equal(answer.found.count, BEST);
	assert_int_equal(answer.found.estimate, 3000);
	start.term = string("_Dp3/d9");
	ask(store, &start, BEST, &answer);
	assert_int_equal(answer.found.count, answer.found.estimate);
	kzi_store_close(store);
}

/* ---- Damage ------------------------------------------------------------ */

/* The postings as these bytes, and no seal to compare them with. */
static void replace_postings(const char *bytes, size_t length)
{
	unlink(scratch_path("one/1/seal"));
	scratch_write("one/1/postings.1", bytes, length);
}

static void expect_damage(const char *wanted)
{
	struct kzi_store *store;
	kz_error err;

	assert_int_equal(
		kzi_store_open(&store, scratch_path("one"), &err),
		KZ_ERR_CORRUPT);
	assert_non_null(strstr(err.message, wanted));
	assert_non_null(strstr(err.message, "--rebuild"));
}

static void postings_that_are_none_are_damage(void **state)
{
	kz_error err;

	(void)state;
	add_all("one", 0, PASSAGES, PUBLISH);
	replace_postings("", 0);
	expect_damage("postings are damaged");
	replace_postings("kalauz lists 2\n\0and nothing that belongs there", 47);
	expect_damage("postings are damaged");
	unlink(scratch_path("one/1/postings.1"));
	expect_damage("postings are missing");
	assert_int_equal(kzi_store_check(scratch_path("one"), &err),
		KZ_ERR_CORRUPT);
}

/* A run that finds such damage where it rewrites the index says so, and does
 * not seal it. */
static void damage_is_not_sealed(void **state)
{
	struct kzi_writer *writer;
	static char bytes[1 << 20];
	char *from = bytes + 16;
	size_t length;
	FILE *file;
	kz_error err;

	(void)state;
	add_all("one", 0, PASSAGES, PUBLISH);
	file = fopen(scratch_path("one/1/postings.1"), "rb");
	assert_non_null(file);
	length = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	/* Distances that come out behind each other no more. */
	memset(from + length / 4, 0xA5, length / 4);
	replace_postings(bytes, length);
	writer = open_writer("one");
	assert_int_equal(kzi_writer_remove(writer, "p3/d3", 5, &err), KZ_OK);
	assert_int_equal(kzi_writer_publish(writer, &err), KZ_ERR_CORRUPT);
	kzi_writer_close(writer);
	assert_int_equal(access(scratch_path("one/1/seal"), F_OK), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(several_segments_are_as_one),
		IN_SCRATCH(later_runs_are_as_one),
		IN_SCRATCH(segments_stay_few),
		IN_SCRATCH(what_is_removed_is_the_same),
		IN_SCRATCH(one_file_is_the_same),
		IN_SCRATCH(many_documents_may_begin_so),
		IN_SCRATCH(postings_that_are_none_are_damage),
		IN_SCRATCH(damage_is_not_sealed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
