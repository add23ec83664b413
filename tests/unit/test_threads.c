/* Handles in many threads, while a writer works; and what a handle costs. Run
 * with MODE=tsan to see that nothing is shared that should not be. */
#include "pages.h"

#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>

enum {
	THREADS = 8,
	COMMITS = 12,
	HANDLES = 8,
	WORDS = 3000,
	HANDLE_MOST = 5 << 20 /* Bytes. */
};

static int begin(void **state)
{
	if (scratch_begin(state) != 0)
		return -1;
	pages_index(scratch_path("ix"));
	return 0;
}

/* ---- Threads ----------------------------------------------------------- */

static atomic_int is_done;

static const char *const queries[] = { "kulcs iskola", "\"hen gapel\"",
	"libarry comunity", "title:circle OR vecinii", "crian*", "round" };
enum { QUERIES = sizeof(queries) / sizeof(queries[0]) };

struct asker {
	pthread_t thread;
	char path[SCRATCH_PATH];
	int moves; /* It asks for the newest state before each question. */
	kz_error error;
	int asked; /* Questions that were answered. */
};

static kz_status ask(kz_index *index, const char *query, kz_error *error)
{
	kz_search_options options = KZ_SEARCH_OPTIONS_INIT;
	kz_results *results;
	const kz_hit *hit;
	kz_status status;

	options.facets = options.explain = 1;
	status = kz_search(&results, index, query, strlen(query), &options,
		error);
	while (status == KZ_OK)
		status = kz_results_next(results, &hit, error);
	kz_results_free(results);
	return status == KZ_END ? KZ_OK : status;
}

static kz_status related(kz_index *index, kz_error *error)
{
	kz_results *results;
	kz_status status = kz_related(
		&results, index, "guides/circle.html#p1", NULL, error);

	kz_results_free(results);
	return status;
}

/* Half of them move on with each question, half when they must. */
static void *keep_asking(void *context)
{
	struct asker *asker = context;
	kz_index *index;
	kz_status status = kz_index_open(&index, asker->path, &asker->error);

	while (status == KZ_OK && !atomic_load(&is_done)) {
		if (asker->moves) {
			status = kz_index_refresh(index, &asker->error);
			if (status == KZ_END)
				status = KZ_OK;
		}
		if (status == KZ_OK)
			status = ask(index, queries[asker->asked % QUERIES],
				&asker->error);
		if (status == KZ_OK && asker->asked++ % 5 == 0)
			status = related(index, &asker->error);
	}
	kz_index_close(index);
	asker->error.status = status;
	return NULL;
}

/* Runs that add a page, and now and then begin anew. */
static void write_again_and_again(void)
{
	struct kzi_builder *builder = kzi_builder_new();
	int run;

	for (run = 0; run < COMMITS; run++) {
		struct page page = { "round.html", "en",
			"Another round of the learning circle." };
		int anew = run % 4 == 3;
		struct kzi_writer *writer =
			pages_writer(scratch_path("ix"), builder,
				anew ? KZI_WRITER_REBUILD : 0);
		int i;

		for (i = 0; anew && i < PAGES; i++)
			pages_add(builder, writer, &pages[i]);
		pages_add(builder, writer, &page);
		assert_int_equal(kzi_writer_publish(writer, NULL), KZ_OK);
		kzi_writer_close(writer);
	}
	kzi_builder_free(builder);
}

static void threads_ask_while_a_writer_works(void **state)
{
	static struct asker askers[THREADS];
	int i;

	(void)state;
	memset(askers, 0, sizeof(askers));
	atomic_store(&is_done, 0);
	for (i = 0; i < THREADS; i++) {
		snprintf(askers[i].path, SCRATCH_PATH, "%s",
			scratch_path("ix"));
		askers[i].moves = i % 2;
		assert_int_equal(pthread_create(&askers[i].thread, NULL,
					 keep_asking, &askers[i]),
			0);
	}
	write_again_and_again();
	atomic_store(&is_done, 1);
	for (i = 0; i < THREADS; i++) {
		pthread_join(askers[i].thread, NULL);
		if (askers[i].error.status != KZ_OK)
			fail_msg("thread %d: %s", i, askers[i].error.message);
		assert_true(askers[i].asked > 0);
	}
}

/* ---- What a handle costs ----------------------------------------------- */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { COUNTS_MEMORY = 0 }; /* The sanitizer's heap is another. */
#else
enum { COUNTS_MEMORY = 1 };
#endif

static size_t bytes_in_use(void)
{
	struct mallinfo2 info = mallinfo2();

	return info.uordblks + info.hblkhd;
}

/* Words that no query has had before, so that every cache fills. */
static void ask_many(kz_index *index, uint64_t *random)
{
	char query[64];
	int i;

	for (i = 0; i < WORDS; i++) {
		const char *vowels = "aeiouáőéü";
		uint64_t bits = unit_random(random);

		snprintf(query, sizeof(query), "%c%c%c%c%cek %c%clor tanul%c",
			"bdfgklmnprst"[bits % 12], vowels[bits / 12 % 5],
			"bdfgklmnprst"[bits / 60 % 12],
			vowels[bits / 720 % 5],
			"bdfgklmnprst"[bits / 3600 % 12],
			"bdfgklmnprst"[bits / 43200 % 12],
			vowels[bits / 518400 % 5],
			"bdfgklmnprst"[bits / 2592000 % 12]);
		assert_int_equal(ask(index, query, NULL), KZ_OK);
	}
}

static void a_handle_is_small(void **state)
{
	kz_index *handles[HANDLES];
	uint64_t random = 5;
	size_t before, each;
	int i;

	(void)state;
	if (!COUNTS_MEMORY)
		skip();
	/* The first one pays for what the C library keeps. */
	assert_int_equal(
		kz_index_open(&handles[0], scratch_path("ix"), NULL), KZ_OK);
	ask_many(handles[0], &random);
	before = bytes_in_use();
	for (i = 1; i < HANDLES; i++) {
		assert_int_equal(kz_index_open(&handles[i],
					 scratch_path("ix"), NULL),
			KZ_OK);
		ask_many(handles[i], &random);
	}
	each = (bytes_in_use() - before) / (HANDLES - 1);
	print_message("%zu bytes a handle\n", each);
	assert_in_range(each, 1, HANDLE_MOST);
	for (i = 0; i < HANDLES; i++)
		kz_index_close(handles[i]);
}

#define ON_INDEX(test) cmocka_unit_test_setup_teardown(test, begin, scratch_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_INDEX(threads_ask_while_a_writer_works),
		ON_INDEX(a_handle_is_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
