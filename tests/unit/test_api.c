/* include/kalauz.h on an index of a few pages: the same analysis on both
 * sides, damage to every file, and memory that runs out. */
#include "pages.h"

#include <dirent.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "kalauz.h"
#include "store/store.h"

enum { ROUNDS = 1000, PIECE = 60 };

static int begin(void **state)
{
	if (scratch_begin(state) != 0)
		return -1;
	pages_index(scratch_path("ix"));
	return 0;
}

static kz_index *open_index(void)
{
	kz_index *index;
	kz_error err;

	assert_int_equal(
		kz_index_open(&index, scratch_path("ix"), &err), KZ_OK);
	return index;
}

/* ---- The same analysis on both sides ----------------------------------- */

/* 1 if the query finds the document and marks something in it. */
static int finds(kz_index *index, const char *query, size_t length,
	const char *document)
{
	kz_results *results;
	const kz_hit *hit;
	int found = 0;
	kz_error err;

	assert_int_equal(
		kz_search(&results, index, query, length, NULL, &err), KZ_OK);
	while (!found && kz_results_next(results, &hit, &err) == KZ_OK)
		found = !strcmp(hit->document, document) &&
			hit->span_count > 0;
	kz_results_free(results);
	return found;
}

static void every_word_of_a_page_finds_it(void **state)
{
	kz_index *index = open_index();
	size_t words = 0, missed = 0;
	int i;

	(void)state;
	for (i = 0; i < PAGES; i++) {
		const struct page *page = &pages[i];
		const kz_token *token;
		kz_tokens *tokens;
		kz_error err;

		assert_int_equal(kz_analyze(&tokens, page->lang, page->text,
					 strlen(page->text), &err),
			KZ_OK);
		while ((token = kz_tokens_next(tokens)) != NULL) {
			const char *at = page->text + token->span.offset;

			if (token->is_stop)
				continue;
			words++;
			if (finds(index, at, token->span.length, page->path))
				continue;
			missed++;
			print_error("%.*s does not find %s\n",
				(int)token->span.length, at, page->path);
		}
		kz_tokens_free(tokens);
	}
	assert_true(words > 60);
	assert_int_equal(missed, 0);
	kz_index_close(index);
}

static void a_whole_page_as_query_finds_it_first(void **state)
{
	kz_index *index = open_index();
	int i;

	(void)state;
	for (i = 0; i < PAGES; i++) {
		kz_results *results;
		const kz_hit *hit;
		kz_error err;

		assert_int_equal(kz_search(&results, index, pages[i].text,
					 strlen(pages[i].text), NULL, &err),
			KZ_OK);
		assert_int_equal(kz_results_next(results, &hit, &err), KZ_OK);
		assert_string_equal(hit->document, pages[i].path);
		assert_string_equal(hit->language, pages[i].lang);
		kz_results_free(results);
	}
	kz_index_close(index);
}

/* ---- The whole way, for what follows ----------------------------------- */

static const char *const queries[] = { "kulcs* OR iskola",
	"\"latteria dell'Alpe\" NEAR/20 conti", "title:chair +e-mail -capel",
	"lang:cy canolfan kind:story", "" };

/* A hash of all that a walk has found. */
static uint64_t walked;

static void note_hit(const kz_hit *hit)
{
	walked = kzi_hash(hit->id, strlen(hit->id), walked);
	walked = kzi_hash(hit->text, hit->text_length, walked);
	walked = kzi_hash(
		hit->spans, hit->span_count * sizeof(*hit->spans), walked);
}

/* Open, ask, read all there is, close; the first status that is no success. */
static kz_status walk(const char *path)
{
	kz_search_options options = KZ_SEARCH_OPTIONS_INIT;
	kz_index *index;
	kz_error err;
	kz_status status = kz_index_open(&index, path, &err);
	size_t i;

	options.explain = 1;
	walked = 0;
	for (i = 0; status == KZ_OK &&
		i < sizeof(queries) / sizeof(queries[0]); i++) {
		kz_results *results = NULL;
		const kz_hit *hit;

		status = kz_search(&results, index, queries[i],
			strlen(queries[i]), &options, &err);
		while (status == KZ_OK) {
			status = kz_results_next(results, &hit, &err);
			if (status == KZ_OK)
				note_hit(hit);
		}
		kz_results_free(results);
		if (status == KZ_END)
			status = KZ_OK;
	}
	if (status == KZ_OK) {
		kz_results *results = NULL;

		status = kz_related(&results, index, "guides/circle.html#p1",
			NULL, &err);
		kz_results_free(results);
		if (status == KZ_ERR_NOT_FOUND)
			status = KZ_OK;
	}
	kz_index_close(index);
	return status;
}

/* ---- Damage ------------------------------------------------------------ */

struct file {
	char name[100];
	char *bytes;
	size_t length;
};

static void read_file(struct file *file)
{
	FILE *open_file = fopen(scratch_path(file->name), "rb");
	struct stat status;

	assert_non_null(open_file);
	assert_int_equal(fstat(fileno(open_file), &status), 0);
	file->length = (size_t)status.st_size;
	file->bytes = malloc(file->length + 1);
	assert_int_equal(fread(file->bytes, 1, file->length, open_file),
		file->length);
	fclose(open_file);
}

/* Write the file with some damage: cut, or bytes changed. */
static void write_damaged(const struct file *file, uint64_t *seed)
{
	size_t length = file->length, changes = unit_random(seed) % 4;
	char *bytes = malloc(length + 1);

	memcpy(bytes, file->bytes, length);
	if (changes == 0 && length)
		length = unit_random(seed) % length;
	for (; length && changes > 0; changes--) {
		size_t at = unit_random(seed) % length, k;
		char value = (char)unit_random(seed);

		/* A run of bytes now and then, as a lost block leaves it. */
		for (k = unit_random(seed) % 3 ? 1 : PIECE; k > 0; k--)
			bytes[(at + k) % length] = value;
	}
	scratch_write(file->name, bytes, length);
	free(bytes);
}

static size_t list_files(struct file *files, size_t most)
{
	DIR *folder = opendir(scratch_path("ix/1"));
	const struct dirent *entry;
	size_t count = 0;

	assert_non_null(folder);
	strcpy(files[count++].name, "ix/kalauz.index");
	while ((entry = readdir(folder)) != NULL && count < most)
		if (entry->d_name[0] != '.' &&
			strcmp(entry->d_name, "flintlock"))
			snprintf(files[count++].name, sizeof(files->name),
				"ix/1/%.80s", entry->d_name);
	closedir(folder);
	return count;
}

/* Ask a damaged index in a process of its own, to see how that ends. */
static int ends_by_signal(void)
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		kz_error err;

		/* cmocka would catch it and go on with the tests. */
		signal(SIGSEGV, SIG_DFL);
		signal(SIGBUS, SIG_DFL);
		signal(SIGABRT, SIG_DFL);
		signal(SIGFPE, SIG_DFL);
		alarm(20);
		walk(scratch_path("ix"));
		kzi_store_check(scratch_path("ix"), &err);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFSIGNALED(status))
		print_error("signal %d\n", WTERMSIG(status));
	return WIFSIGNALED(status);
}

/* Times of files move on in steps of some milliseconds; a seal cannot see what
 * happens within the one in which it was made. */
static void wait_for_another_time(void)
{
	const struct timespec step = { 0, 20 * 1000 * 1000 };

	nanosleep(&step, NULL);
}

/* A status each time, never a signal, never another answer; and the file whole
 * again, all is well. */
static void damage_is_told(void **state)
{
	struct file files[10];
	size_t count = list_files(files, 10), i, told = 0;
	uint64_t seed = 20090615, whole;
	int round;

	(void)state;
	assert_true(count >= 6);
	wait_for_another_time();
	assert_int_equal(walk(scratch_path("ix")), KZ_OK);
	whole = walked;
	for (i = 0; i < count; i++) {
		read_file(&files[i]);
		for (round = 0; round < ROUNDS / (int)count; round++) {
			kz_status status;

			write_damaged(&files[i], &seed);
			if (ends_by_signal())
				fail_msg("%s, round %d", files[i].name, round);
			status = walk(scratch_path("ix"));
			told += status != KZ_OK;
			if (status == KZ_OK && walked != whole)
				fail_msg("%s, round %d: other answers",
					files[i].name, round);
			assert_int_not_equal(status, KZ_ERR_ARGUMENT);
		}
		scratch_write(
			files[i].name, files[i].bytes, files[i].length);
		assert_int_equal(walk(scratch_path("ix")), KZ_OK);
		free(files[i].bytes);
	}
	assert_true(told > ROUNDS / 2);
}

/* ---- Indexes of others -------------------------------------------------- */

/* Rebuild the index: one passage in a language, with terms of an analysis. */
static void rebuild(const char *analysis, int language)
{
	struct kzi_document_record document = {
		.path = { "other.html", 10 } };
	struct kzi_passage_record passage = { .ordinal = 1,
		.text = { "capel", 5 } };
	struct kzi_named term = { .bytes = { "capel", 5 } };
	const struct kzi_posting posting = { &term, 20, 0 };
	struct kzi_writer *writer;
	kz_error err;

	assert_int_equal(kzi_writer_open(&writer, scratch_path("ix"),
				 KZI_WRITER_REBUILD, analysis, &err),
		KZ_OK);
	assert_int_equal(kzi_writer_document(writer, document.path, &document,
				 KZI_STORY, &err),
		KZ_OK);
	assert_int_equal(kzi_writer_passage(writer, &passage, language,
				 &posting, 1, &err),
		KZ_OK);
	assert_int_equal(kzi_writer_publish(writer, &err), KZ_OK);
	kzi_writer_close(writer);
}

static void a_handle_stays_with_its_analysis(void **state)
{
	kz_index *index = open_index();
	kz_error err;

	(void)state;
	rebuild("another", 0);
	assert_int_equal(kz_index_refresh(index, &err), KZ_ERR_FORMAT);
	assert_non_null(strstr(err.message, "analysed by another version"));
	assert_int_equal(kz_index_get_info(index)->passages, PAGES);
	assert_true(finds(index, "capel", 5, "stories/wales/canolfan.html"));
	assert_int_equal(kz_index_refresh(index, &err), KZ_ERR_FORMAT);
	kz_index_close(index);
	assert_int_equal(kz_index_open(&index, scratch_path("ix"), &err),
		KZ_ERR_FORMAT);
}

static void a_passage_in_no_language_is_damage(void **state)
{
	kz_results *results;
	kz_index *index;
	kz_error err;

	(void)state;
	rebuild(kzi_fingerprint_built(), KZI_LANGUAGES);
	index = open_index();
	assert_int_equal(
		kz_related(&results, index, "other.html#p1", NULL, &err),
		KZ_ERR_CORRUPT);
	assert_non_null(strstr(err.message, "in no language"));
	kz_index_close(index);
}

/* ---- Memory that runs out ---------------------------------------------- */

static void each_allocation_may_fail(void **state)
{
	(void)state;
#ifdef KZI_DEBUG
	long count, n;

	kzi_alloc_fail_at(-1);
	assert_int_equal(walk(scratch_path("ix")), KZ_OK);
	count = kzi_alloc_fail_at(-1);
	assert_true(count > 20);
	for (n = 0; n < count; n++) {
		kz_status status;

		kzi_alloc_fail_at(n);
		status = walk(scratch_path("ix"));
		kzi_alloc_fail_at(-1);
		/* What can be done without is done without. */
		if (status != KZ_OK && status != KZ_ERR_MEMORY)
			fail_msg("allocation %ld of %ld: %s", n, count,
				kz_status_string(status));
	}
#else
	skip();
#endif
}

/* An older header has a shorter struct; a newer one a longer, which may ask for
 * nothing that is not known here. */
static void options_of_other_sizes(kz_index *index)
{
	struct {
		kz_search_options known;
		int unknown;
	} options = { .known = KZ_SEARCH_OPTIONS_INIT };
	kz_results *results;

	options.known.size = offsetof(kz_search_options, languages);
	options.known.languages = "xx"; /* Beyond the size: not read. */
	assert_int_equal(
		kz_search(&results, index, "a", 1, &options.known, NULL), KZ_OK);
	kz_results_free(results);
	options.known.languages = NULL;
	options.known.size = sizeof(options);
	assert_int_equal(
		kz_search(&results, index, "a", 1, &options.known, NULL), KZ_OK);
	kz_results_free(results);
	options.unknown = 1;
	assert_int_equal(
		kz_search(&results, index, "a", 1, &options.known, NULL),
		KZ_ERR_ARGUMENT);
	assert_null(results);
}

static void options_of_a_newer_opening(void)
{
	struct {
		kz_open_options known;
		int unknown;
	} options = { .known = KZ_OPEN_OPTIONS_INIT };
	kz_index *index;
	kz_error err;

	options.known.size = sizeof(options);
	assert_int_equal(kz_index_open_with(&index, scratch_path("ix"),
		&options.known, &err), KZ_OK);
	kz_index_close(index);
	options.unknown = 1;
	assert_int_equal(kz_index_open_with(&index, scratch_path("ix"),
		&options.known, &err), KZ_ERR_ARGUMENT);
	assert_null(index);
}

static void commas_alone_name_nothing(kz_index *index)
{
	kz_search_options options = KZ_SEARCH_OPTIONS_INIT;
	kz_results *results;

	options.languages = options.kinds = options.places = ",";
	assert_int_equal(
		kz_search(&results, index, "circle", 6, &options, NULL), KZ_OK);
	assert_true(kz_results_count(results) > 0);
	kz_results_free(results);
}

/* Only the id of a hit is an id: not what a number may be read from. */
static void ids_are_those_of_hits(kz_index *index)
{
	static const char *const ids[] = { "none#p1", "guides/circle.html",
		"guides/circle.html#p0", "guides/circle.html#p1x",
		"guides/circle.html#p01", "guides/circle.html#p+1",
		"guides/circle.html#p4294967297" };
	kz_results *results;
	size_t i;

	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		assert_int_equal(
			kz_related(&results, index, ids[i], NULL, NULL),
			KZ_ERR_NOT_FOUND);
		assert_null(results);
	}
}

static void an_excerpt_keeps_its_measure(void **state)
{
	static const kz_span spans[] = { { 6, 9 } };
	static const char text[] = "\xE2\x80\x99\xE2\x80\x99\xC5\x91r\xC3\xA9g"
		"i\xC5\x91 \xC3\xA1ll \xE2\x80\x99s mondd el, mire v\xC3\xA1gysz";
	kz_hit hit = { .text = text, .text_length = sizeof(text) - 1,
		.spans = spans, .span_count = 1 };
	size_t most;

	(void)state;
	for (most = 0; most < sizeof(text) + 2; most++) {
		kz_span span = kz_hit_excerpt(&hit, most);

		assert_true(span.length <= most);
		assert_true(span.offset + span.length <= hit.text_length);
		assert_true(kzi_utf8_valid(text + span.offset, span.length));
	}
}

static void nothing_is_no_handle(void **state)
{
	kz_results *results = (kz_results *)1;
	kz_tokens *tokens = (kz_tokens *)1;
	const kz_hit *hit;

	(void)state;
	assert_int_equal(kz_search(&results, NULL, "a", 1, NULL, NULL),
		KZ_ERR_ARGUMENT);
	assert_null(results);
	results = (kz_results *)1;
	assert_int_equal(
		kz_related(&results, NULL, "a", NULL, NULL), KZ_ERR_ARGUMENT);
	assert_null(results);
	assert_int_equal(
		kz_analyze(&tokens, "en", NULL, 1, NULL), KZ_ERR_ARGUMENT);
	assert_null(tokens);
	assert_int_equal(
		kz_results_next(NULL, &hit, NULL), KZ_ERR_ARGUMENT);
	assert_int_equal(kz_hit_excerpt(NULL, 9).length, 0);
}

static void what_the_caller_does_wrong_is_said(void **state)
{
	kz_search_options options = KZ_SEARCH_OPTIONS_INIT;
	kz_index *index;
	kz_results *results;
	kz_error err;

	(void)state;
	assert_int_equal(kz_index_open(&index, "", &err), KZ_ERR_ARGUMENT);
	assert_int_equal(kz_index_open(&index, scratch_path("none"), &err),
		KZ_ERR_NO_INDEX);
	assert_null(index);
	assert_int_equal(
		kz_index_open(&index, scratch_path("none"), NULL),
		KZ_ERR_NO_INDEX);
	index = open_index();
	options.languages = "xx";
	assert_int_equal(kz_search(&results, index, "a", 1, &options, &err),
		KZ_ERR_LANGUAGE);
	assert_null(results);
	options = (kz_search_options)KZ_SEARCH_OPTIONS_INIT;
	options.kinds = "poem";
	assert_int_equal(kz_search(&results, index, "a", 1, &options, &err),
		KZ_ERR_ARGUMENT);
	options = (kz_search_options)KZ_SEARCH_OPTIONS_INIT;
	options.size = 3;
	assert_int_equal(kz_search(&results, index, "a", 1, &options, &err),
		KZ_ERR_ARGUMENT);
	options_of_other_sizes(index);
	options_of_a_newer_opening();
	commas_alone_name_nothing(index);
	ids_are_those_of_hits(index);
	kz_index_close(index);
	kz_index_close(NULL);
	kz_results_free(NULL);
	kz_tokens_free(NULL);
}

#define ON_INDEX(test) cmocka_unit_test_setup_teardown(test, begin, scratch_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_INDEX(every_word_of_a_page_finds_it),
		ON_INDEX(a_whole_page_as_query_finds_it_first),
		ON_INDEX(damage_is_told),
		ON_INDEX(a_handle_stays_with_its_analysis),
		ON_INDEX(a_passage_in_no_language_is_damage),
		ON_INDEX(each_allocation_may_fail),
		ON_INDEX(what_the_caller_does_wrong_is_said),
		cmocka_unit_test(an_excerpt_keeps_its_measure),
		cmocka_unit_test(nothing_is_no_handle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
