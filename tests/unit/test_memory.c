/* Every allocation fails once, ours, Xapian's and those of the C library: a
 * status each time, no crash, and nothing is left behind.
 *
 * This program has a malloc of its own before that of the C library, so that
 * `new` comes by here too. When a `new` fails within Xapian 1.4, its half-made
 * plan of a query stays behind: some hundred bytes, not ours to mend, so what
 * is left is counted for the other allocations. Not with a sanitizer, which
 * brings its own heap; there, test_api.c lets ours fail. */
#include "pages.h"

#include <errno.h>

#include "indexer/dictionaries.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { HAS_HEAP = 0 };
static long made, fail_at, live;
static int is_new;
#else
enum { HAS_HEAP = 1 };

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *old, size_t bytes);
void __libc_free(void *memory);

static long made;         /* Since it was set to zero. */
static long fail_at = -1; /* The one that fails. */
static long live;         /* Blocks that were not given back. */
static int is_new;        /* What failed was asked for by C++. */

static int must_fail(void)
{
	if (made++ != fail_at)
		return 0;
	errno = ENOMEM;
	return 1;
}

static void *counted(void *memory)
{
	live += memory != NULL;
	return memory;
}

/* Seen by Xapian too, whatever else is hidden. */
#define FOR_ALL __attribute__((visibility("default")))

FOR_ALL void *malloc(size_t bytes)
{
	return must_fail() ? NULL : counted(__libc_malloc(bytes));
}

FOR_ALL void *calloc(size_t count, size_t bytes)
{
	return must_fail() ? NULL : counted(__libc_calloc(count, bytes));
}

FOR_ALL void *realloc(void *old, size_t bytes)
{
	if (must_fail())
		return NULL;
	return old ? __libc_realloc(old, bytes)
		   : counted(__libc_realloc(old, bytes));
}

FOR_ALL void free(void *memory)
{
	live -= memory != NULL;
	__libc_free(memory);
}

/* std::__throw_bad_alloc() and operator new, as the linker knows them. */
_Noreturn void throw_bad_alloc(void) __asm__("_ZSt17__throw_bad_allocv");
FOR_ALL void *operator_new(size_t bytes) __asm__("_Znwm");

void *operator_new(size_t bytes)
{
	void *memory = malloc(bytes ? bytes : 1);

	if (memory)
		return memory;
	is_new = 1;
	throw_bad_alloc();
}
#endif

/* A word table, so that there is something to search across languages with. */
static void make_table(void)
{
	static const char table[] = "en\thu\tro\n"
		"library\tkönyvtár\tbibliotecă\n"
		"bye bye\tpá pá\tpa pa\n"
		"school\tiskola\tșcoală\n";
	char to[SCRATCH_PATH], path[SCRATCH_PATH], *paths[1] = { path };
	struct kzi_dictionaries dictionaries = { .table = to,
		.sources = paths, .source_count = 1 };
	struct kzi_dictionaries_report report;
	kz_error err;

	scratch_write("own.tsv", table, sizeof(table) - 1);
	snprintf(path, sizeof(path), "%s", scratch_path("own.tsv"));
	snprintf(to, sizeof(to), "%s", scratch_path("ix/glossary"));
	assert_int_equal(
		kzi_dictionaries_compile(&dictionaries, &report, &err), KZ_OK);
	kzi_dictionaries_report_release(&report);
}

static int begin(void **state)
{
	if (scratch_begin(state) != 0)
		return -1;
	pages_index(scratch_path("ix"));
	make_table();
	return 0;
}

/* ---- What is done ------------------------------------------------------ */

static kz_status read_hits(kz_results *results)
{
	kz_status status = KZ_OK;
	const kz_hit *hit;

	while (status == KZ_OK)
		status = kz_results_next(results, &hit, NULL);
	kz_results_free(results);
	return status == KZ_END ? KZ_OK : status;
}

/* All that the header offers, on a handle of its own. */
static kz_status ask(kz_index *index, kz_error *err)
{
	static const char *const queries[] = { "kulcs* OR iskola",
		"\"hen gapel\"", "comunity libarry -chair", "NEAR lang:it conti",
		"the school library" };
	kz_search_options options = KZ_SEARCH_OPTIONS_INIT;
	kz_status status = KZ_OK;
	kz_tokens *tokens;
	size_t i;

	options.explain = options.facets = 1;
	for (i = 0; i < 5 && status == KZ_OK; i++) {
		kz_results *results = NULL;

		options.across = i == 4;
		status = kz_search(&results, index, queries[i],
			strlen(queries[i]), &options, err);
		if (status == KZ_OK)
			status = read_hits(results);
	}
	if (status == KZ_OK) {
		kz_results *results = NULL;

		status = kz_related(&results, index, "guides/circle.html#p1",
			NULL, err);
		if (status == KZ_OK)
			status = read_hits(results);
	}
	if (status == KZ_OK)
		status = kz_analyze(&tokens, "hu", "a kapuk", 7, err);
	if (status == KZ_OK)
		kz_tokens_free(tokens);
	return status;
}

static kz_status read_index(kz_error *err)
{
	kz_index *index;
	kz_status status = kz_index_open(&index, scratch_path("ix"), err);

	if (status == KZ_OK)
		status = ask(index, err);
	if (status == KZ_OK) {
		status = kz_index_refresh(index, err);
		if (status == KZ_END)
			status = KZ_OK;
	}
	kz_index_close(index);
	return status;
}

/* A handle that stays open. */
static kz_index *kept;

static kz_status ask_kept(kz_error *err)
{
	return ask(kept, err);
}

static int see_passage(void *context, int language, int change,
	const struct kzi_passage_record *record, struct kzi_string title)
{
	(void)context;
	(void)language;
	(void)record;
	(void)title;
	return change == 1 || change == -1;
}

/* A run that changes a page. */
static kz_status write_page(struct kzi_builder *builder,
	struct kzi_writer *writer, struct kzi_document *document, kz_error *err)
{
	const struct kzi_sink sink = { pages_take_document,
		pages_take_passage, NULL, writer };
	static const char text[] = "Another round of the learning circle.";
	struct kzi_block *block = kzi_document_block(
		document, KZI_PARAGRAPH, text, sizeof(text) - 1);
	kz_status status;

	if (!block)
		return KZ_ERR_MEMORY;
	block->language = kzi_language_find("en", 2);
	status = kzi_writer_remove(writer, "round.html", 10, err);
	if (status == KZ_OK)
		status = kzi_builder_add(builder, document, 1, &sink);
	if (status == KZ_OK)
		status = kzi_writer_uncounted(writer, UINT32_MAX, see_passage, NULL, err);
	return status == KZ_OK ? kzi_writer_publish(writer, err) : status;
}

static kz_status write_index(kz_error *err)
{
	struct kzi_builder *builder = kzi_builder_new();
	struct kzi_writer *writer = NULL;
	struct kzi_document document;
	char fingerprint[KZI_FINGERPRINT];
	kz_status status = KZ_ERR_MEMORY;

	kzi_document_init(&document, "round.html");
	if (builder &&
		kzi_fingerprint(kzi_builder_analyzer(builder), fingerprint))
		status = kzi_writer_open(
			&writer, scratch_path("ix"), 0, fingerprint, err);
	if (status == KZ_OK)
		status = write_page(builder, writer, &document, err);
	kzi_writer_close(writer);
	kzi_document_release(&document);
	kzi_builder_free(builder);
	return status;
}

/* ---- Failing ----------------------------------------------------------- */

enum { WARM = 3 /* Times, until libraries have what they keep. */ };

/* Let the n-th allocation fail. 1 if it was made at all. */
static int fails_well(kz_status (*work)(kz_error *err), long n)
{
	kz_error err = { KZ_OK, 0, "" };
	long before = live, wanted;
	kz_status status;

	made = 0;
	is_new = 0;
	fail_at = n;
	status = work(&err);
	wanted = made;
	fail_at = -1;
	/* What can be done without is done without. */
	if (status != KZ_OK && status != KZ_ERR_MEMORY &&
		!strstr(err.message, strerror(ENOMEM)))
		fail_msg("allocation %ld: %s: %s", n, kz_status_string(status),
			err.message);
	if (live != before && !is_new && work != ask_kept)
		fail_msg("allocation %ld: %ld blocks left behind", n,
			live - before);
	return wanted > n;
}

static void a_reader_survives_each_allocation(void **state)
{
	long n = 0;
	int i;

	(void)state;
	if (!HAS_HEAP)
		skip();
	for (i = 0; i < WARM; i++)
		assert_int_equal(read_index(NULL), KZ_OK);
	while (fails_well(read_index, n))
		n++;
	assert_true(n > 200);
}

static void a_handle_answers_after_each_failure(void **state)
{
	long n = 0;

	(void)state;
	if (!HAS_HEAP)
		skip();
	assert_int_equal(
		kz_index_open(&kept, scratch_path("ix"), NULL), KZ_OK);
	assert_int_equal(ask_kept(NULL), KZ_OK);
	while (fails_well(ask_kept, n++))
		assert_int_equal(ask_kept(NULL), KZ_OK);
	assert_true(n > 100);
	kz_index_close(kept);
}

enum { EACH = 250, STEP = 7 /* Each write waits for the disk. */ };

/* What was committed stays, and the next run does what this one could not. */
static void a_writer_survives_allocations(void **state)
{
	long n = 0;
	int i;

	(void)state;
	if (!HAS_HEAP)
		skip();
	for (i = 0; i < WARM; i++) {
		assert_int_equal(write_index(NULL), KZ_OK);
		assert_int_equal(read_index(NULL), KZ_OK);
	}
	while (fails_well(write_index, n)) {
		assert_int_equal(read_index(NULL), KZ_OK);
		n += n < EACH ? 1 : STEP;
	}
	assert_true(n > 300);
	assert_int_equal(write_index(NULL), KZ_OK);
	assert_int_equal(kzi_store_check(scratch_path("ix"), NULL), KZ_OK);
}

#define ON_INDEX(test) cmocka_unit_test_setup_teardown(test, begin, scratch_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_INDEX(a_reader_survives_each_allocation),
		ON_INDEX(a_handle_answers_after_each_failure),
		ON_INDEX(a_writer_survives_allocations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
