/* Other spellings, from the index's own words: how often the right one comes
 * among the first, what is never touched, and that the words stay right as
 * passages come and go. */
#include "scratch.h"

#include "base/utf8.h"
#include "indexer/run.h"
#include "indexer/vocabulary.h"
#include "search/suggest.h"

enum { LETTERS_MOST = 100, CASES = 400, SHOWN = 3 };

static void index_path(const char *name, const char *path, int rebuilds)
{
	char *paths[1];
	struct kzi_run_options options = { .index = scratch_path(name),
		.paths = paths, .path_count = 1, .fallback = -1, .jobs = 1,
		.rebuilds = rebuilds };
	struct kzi_run_report report;
	kz_error err = { KZ_OK, 0, "" };
	char copy[SCRATCH_PATH];

	snprintf(copy, sizeof(copy), "%s", path);
	paths[0] = copy;
	if (kzi_run(&options, &report, NULL, NULL, &err) != KZ_OK)
		fail_msg("%s", err.message);
	kzi_run_report_release(&report);
}

/* ---- Corruptions ------------------------------------------------------- */

/* The words of a language, and the letters that corruptions are made of: as
 * frequent as they are in the words. */
struct corpus {
	struct kzi_store *store;
	struct kzi_speller speller;
	int language;
	char (*words)[KZI_VOCABULARY_WORD_MOST + 1];
	size_t count;
	uint32_t *letters;
	size_t letter_count;
	uint64_t random;
};

static size_t decode(uint32_t *letters, const char *word)
{
	size_t length = strlen(word), at = 0, count = 0;

	while (at < length)
		at += kzi_utf8_decode(
			word + at, length - at, &letters[count++]);
	return count;
}

static size_t encode(char *word, const uint32_t *letters, size_t count)
{
	size_t length = 0, i;

	for (i = 0; i < count; i++)
		length += kzi_utf8_encode(word + length, letters[i]);
	word[length] = '\0';
	return length;
}

static void load_words(struct corpus *corpus)
{
	struct kzi_vocabulary walk;
	uint32_t letters[LETTERS_MOST];
	kz_error err;

	assert_int_equal(kzi_store_vocabulary(corpus->store, corpus->language,
				 &walk, &err),
		KZ_OK);
	corpus->words = calloc(walk.count, sizeof(*corpus->words));
	corpus->letters =
		calloc(walk.count * KZI_VOCABULARY_WORD_MOST, sizeof(uint32_t));
	corpus->count = corpus->letter_count = 0;
	while (kzi_vocabulary_next(&walk)) {
		char *word = corpus->words[corpus->count++];
		size_t count;

		assert_true(walk.passages > 0);
		memcpy(word, walk.word, walk.length);
		count = decode(letters, word);
		memcpy(corpus->letters + corpus->letter_count, letters,
			count * sizeof(*letters));
		corpus->letter_count += count;
	}
	assert_int_equal(corpus->count, walk.count);
}

static size_t below(struct corpus *corpus, size_t end)
{
	return (size_t)(unit_random(&corpus->random) % end);
}

static uint32_t any_letter(struct corpus *corpus)
{
	return corpus->letters[below(corpus, corpus->letter_count)];
}

/* A letter left out, put in, changed, or two that changed places. */
static size_t corrupt(struct corpus *corpus, uint32_t *letters, size_t count)
{
	size_t at = below(corpus, count);
	uint32_t letter = letters[at];

	switch (below(corpus, 4)) {
	case 0:
		memmove(letters + at, letters + at + 1,
			(count - at - 1) * sizeof(*letters));
		return count - 1;
	case 1:
		memmove(letters + at + 1, letters + at,
			(count - at) * sizeof(*letters));
		letters[at] = any_letter(corpus);
		return count + 1;
	case 2:
		letters[at] = any_letter(corpus);
		return count;
	default:
		if (at + 1 < count) {
			letters[at] = letters[at + 1];
			letters[at + 1] = letter;
		}
		return count;
	}
}

static int compare_words(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* What is a word itself is no error that anyone could see. */
static int is_word(const struct corpus *corpus, const char *word)
{
	return bsearch(word, corpus->words, corpus->count,
		       sizeof(*corpus->words), compare_words) != NULL;
}

/* 1 if the word is among the first that are offered for a corruption of it, 0
 * if not, -1 if there is nothing to be asked. */
static int try_one(struct corpus *corpus, int edits)
{
	const char *word = corpus->words[below(corpus, corpus->count)];
	uint32_t letters[LETTERS_MOST];
	size_t count = decode(letters, word), length, found, i;
	char typed[4 * LETTERS_MOST];
	struct kzi_spelling best[SHOWN];
	kz_error err;

	if (count < 5)
		return -1;
	while (edits-- > 0)
		count = corrupt(corpus, letters, count);
	length = encode(typed, letters, count);
	if (is_word(corpus, typed))
		return -1;
	assert_int_equal(kzi_spellings(&corpus->speller, corpus->language,
				 typed, length, best, SHOWN, &found, &err),
		KZ_OK);
	for (i = 0; i < found; i++)
		if (!strcmp(best[i].word, word))
			return 1;
	return 0;
}

static void try_language(struct corpus *corpus, int edits, int least)
{
	int tried = 0, right = 0;

	while (tried < CASES) {
		int outcome = try_one(corpus, edits);

		tried += outcome >= 0;
		right += outcome > 0;
	}
	print_message("# %s: %zu words, %d edits: %.1f %%\n",
		kzi_language_tag(corpus->language), corpus->count, edits,
		100.0 * right / tried);
	assert_true(right * 100 >= least * tried);
}

static void corruptions_are_put_right(void **state)
{
	struct corpus corpus = { .random = 20080401 };
	kz_error err = { KZ_OK, 0, "" };

	(void)state;
	index_path("corpus", "corpus/stories", 0);
	if (kzi_store_open(&corpus.store, scratch_path("corpus"), &err))
		fail_msg("%s", err.message);
	corpus.speller.store = corpus.store;
	for (; corpus.language < KZI_LANGUAGES; corpus.language++) {
		load_words(&corpus);
		assert_true(corpus.count > 100);
		try_language(&corpus, 1, 90);
		try_language(&corpus, 2, 70);
		free(corpus.words);
		free(corpus.letters);
	}
	kzi_store_close(corpus.store);
}

/* ---- Queries ----------------------------------------------------------- */

static const char texts[] =
	"{\"id\": \"hu1\", \"lang\": \"hu\", \"place\": \"hungary\", \"kind\":"
	" \"story\", \"text\": \"A tanuló közösség este gyűlik össze, és"
	" tizenketten vannak.\"}\n"
	"{\"id\": \"hu2\", \"lang\": \"hu\", \"place\": \"hungary\", \"text\":"
	" \"Egy közösség könyvtára a faluban.\"}\n"
	"{\"id\": \"ro1\", \"lang\": \"ro\", \"text\": \"Oamenii din comunități"
	" vin seara la școală.\"}\n"
	"{\"id\": \"it1\", \"lang\": \"it\", \"kind\": \"guide\", \"text\":"
	" \"La comunità si trova ogni sera nella biblioteca.\"}\n"
	"{\"id\": \"en1\", \"lang\": \"en\", \"text\": \"The library lends"
	" chairs to the neighbours in 2007.\"}\n";

static kz_index *open_texts(void)
{
	kz_index *index;
	kz_error err = { KZ_OK, 0, "" };

	scratch_write("texts.jsonl", texts, sizeof(texts) - 1);
	index_path("texts", scratch_path("texts.jsonl"), 1);
	if (kz_index_open(&index, scratch_path("texts"), &err))
		fail_msg("%s", err.message);
	return index;
}

static kz_results *ask(kz_index *index, const char *query, int no_suggest)
{
	kz_search_options options = KZ_SEARCH_OPTIONS_INIT;
	kz_results *results;
	kz_error err = { KZ_OK, 0, "" };

	options.no_suggest = no_suggest;
	options.facets = 1;
	if (kz_search(&results, index, query, strlen(query), &options, &err))
		fail_msg("%s: %s", query, err.message);
	return results;
}

static void queries_are_put_right(void **state)
{
	static const struct {
		const char *query, *suggestion;
		int is_corrected;
	} cases[] = {
		{ "közöség", "közösség", 0 },
		{ "kzöösség könyvtára", "közösség könyvtára", 0 },
		{ "kzoosseg", "közösség", 1 },
		{ "+LIBARRY -kzöösség", "+library -kzöösség", 1 },
		{ "lang:en (libarry OR chaisr)", "lang:en (library OR chairs)",
			1 },
		{ "közösség", NULL, 0 },
		{ "\"libarry\"", NULL, 0 },
		{ "libarry*", NULL, 0 },
		{ "2008", NULL, 0 },
		{ "qxwvzzz", NULL, 0 },
		{ "the thw", NULL, 0 },
		{ "", NULL, 0 },
	};
	kz_index *index = open_texts();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		kz_results *results = ask(index, cases[i].query, 0);
		const char *suggestion = kz_results_suggestion(results);

		if (cases[i].suggestion) {
			assert_non_null(suggestion);
			assert_string_equal(suggestion, cases[i].suggestion);
		} else {
			assert_null(suggestion);
		}
		assert_int_equal(kz_results_corrected(results) != NULL,
			cases[i].is_corrected);
		if (cases[i].is_corrected)
			assert_true(kz_results_count(results) > 0);
		kz_results_free(results);
	}
	kz_index_close(index);
}

/* The bytes of a query may be anything; a suggestion is text. */
static void strange_queries_give_text(void **state)
{
	static const char query[] = "\xFF libarry\0chaisr \xC3";
	kz_index *index = open_texts();
	kz_results *results;

	(void)state;
	assert_int_equal(kz_search(&results, index, query, sizeof(query) - 1,
				 NULL, NULL),
		KZ_OK);
	assert_string_equal(kz_results_suggestion(results),
		"\xEF\xBF\xBD library chairs \xEF\xBF\xBD");
	kz_results_free(results);
	kz_index_close(index);
}

static void nothing_is_suggested_when_told_so(void **state)
{
	kz_index *index = open_texts();
	kz_results *results = ask(index, "kzoosseg", 1);

	(void)state;
	assert_null(kz_results_suggestion(results));
	assert_null(kz_results_corrected(results));
	assert_int_equal(kz_results_count(results), 0);
	kz_results_free(results);
	kz_index_close(index);
}

static void named_words_are_found(void **state)
{
	static const struct {
		const char *typed, *language, *meant;
	} cases[] = {
		{ "közöség", "hu", "közösség" },
		{ "kozosseg", "hu", "közösség" },
		{ "comunitati", "ro", "comunități" },
		{ "comunitati", "it", "comunità" },
		{ "scola", "ro", "școală" },
	};
	struct kzi_speller speller = { 0 };
	struct kzi_spelling best[SHOWN];
	kz_index *index = open_texts();
	size_t count, i;

	(void)state;
	speller.store = index->store;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(kzi_spellings(&speller,
					 kzi_language_find(cases[i].language, 2),
					 cases[i].typed, strlen(cases[i].typed),
					 best, SHOWN, &count, NULL),
			KZ_OK);
		assert_true(count > 0);
		assert_string_equal(best[0].word, cases[i].meant);
	}
	kz_index_close(index);
}

static void matches_are_counted(void **state)
{
	static const kz_facet wanted[] = { { "lang", "hu", 2 },
		{ "kind", "story", 1 }, { "place", "hungary", 2 } };
	kz_index *index = open_texts();
	kz_results *results = ask(index, "közösség", 0);
	const kz_facet *facet;
	size_t i;
	int exact;

	(void)state;
	for (i = 0; (facet = kz_results_facet(results, i, &exact)); i++) {
		assert_true(i < sizeof(wanted) / sizeof(*wanted));
		assert_true(exact);
		assert_string_equal(facet->field, wanted[i].field);
		assert_string_equal(facet->value, wanted[i].value);
		assert_int_equal(facet->passages, wanted[i].passages);
	}
	assert_int_equal(i, sizeof(wanted) / sizeof(*wanted));
	kz_results_free(results);
	kz_index_close(index);
}

/* ---- The words as passages come and go --------------------------------- */

/* All words with their counts, as "hu közösség 2\n"...; to be freed. */
static char *dump(const char *name)
{
	struct kzi_store *store;
	char *text;
	size_t length;
	FILE *out = open_memstream(&text, &length);
	kz_error err = { KZ_OK, 0, "" };
	int language;

	if (kzi_store_open(&store, scratch_path(name), &err))
		fail_msg("%s", err.message);
	for (language = 0; language < KZI_LANGUAGES; language++) {
		struct kzi_vocabulary walk;

		assert_int_equal(
			kzi_store_vocabulary(store, language, &walk, &err),
			KZ_OK);
		while (kzi_vocabulary_next(&walk))
			fprintf(out, "%s %.*s %lld %x\n",
				kzi_language_tag(language), walk.length,
				walk.word, (long long)walk.passages,
				walk.sketch);
	}
	kzi_store_close(store);
	fclose(out);
	return text;
}

static void same_as_built_anew(const char *name)
{
	char *changed = dump(name), *anew;

	index_path("anew", scratch_path("in"), 1);
	anew = dump("anew");
	assert_true(strlen(anew) > 0);
	assert_string_equal(changed, anew);
	free(changed);
	free(anew);
}

static void write_file(const char *name, const char *text)
{
	scratch_write(name, text, strlen(text));
}

static void counts_follow_the_passages(void **state)
{
	(void)state;
	mkdir(scratch_path("in"), 0777);
	write_file("in/a.txt", "The library lends chairs to neighbours.\n");
	write_file("in/b.txt", "Neighbours bring chairs, and chairs again.\n");
	write_file("in/c.txt", "A door and a lamp are all it needs.\n");
	index_path("ix", scratch_path("in"), 0);
	same_as_built_anew("ix");
	write_file("in/b.txt", "Neighbours bring tables to the library now.\n");
	write_file("in/d.txt", "A lamp for every table in the reading room.\n");
	assert_int_equal(unlink(scratch_path("in/c.txt")), 0);
	index_path("ix", scratch_path("in"), 0);
	same_as_built_anew("ix");
	/* Nothing new: nothing is written. */
	index_path("ix", scratch_path("in"), 0);
	assert_int_equal(access(scratch_path("ix/2/vocabulary.2"), F_OK), 0);
	assert_int_not_equal(
		access(scratch_path("ix/2/vocabulary.3"), F_OK), 0);
}

/* A run that died between two commits has not counted; the next one does. */
static void a_lost_count_is_made_up_for(void **state)
{
	struct kzi_writer *writer;
	struct kzi_store *store;
	struct kzi_counting *counting;
	struct kzi_named word = { .bytes = { "\x04" "lost", 5 } };
	const struct kzi_word_count lost = { &word, 1, 0 };
	const struct kzi_word_counts counts = { &lost, 1, 1, 0 };
	static const char gone[] = "a.txt";
	kz_error err = { KZ_OK, 0, "" };
	char analysis[24];

	(void)state;
	index_path("ix", scratch_path("in"), 1);
	assert_int_equal(
		kzi_store_open(&store, scratch_path("ix"), NULL), KZ_OK);
	memcpy(analysis, kzi_store_get_info(store)->analysis, 24);
	kzi_store_close(store);
	assert_int_equal(kzi_writer_open(&writer, scratch_path("ix"), 0,
				 analysis, NULL),
		KZ_OK);
	assert_int_equal(
		kzi_writer_remove(writer, gone, strlen(gone), NULL), KZ_OK);
	assert_int_equal(kzi_writer_commit(writer, NULL), KZ_OK);
	kzi_writer_close(writer);
	assert_int_equal(kzi_writer_open(&writer, scratch_path("ix"), 0,
				 analysis, NULL),
		KZ_OK);
	assert_int_equal(kzi_counting_open(&counting, writer, NULL), KZ_OK);
	/* Words of a passage that did not stay. */
	assert_int_equal(kzi_counting_add(counting, &counts, NULL), KZ_OK);
	assert_int_equal(kzi_counting_finish(counting, writer, NULL), KZ_OK);
	kzi_counting_close(counting);
	assert_int_equal(kzi_writer_publish(writer, NULL), KZ_OK);
	kzi_writer_close(writer);
	if (kzi_store_check(scratch_path("ix"), &err))
		fail_msg("%s", err.message);
	assert_int_equal(unlink(scratch_path("in/a.txt")), 0);
	same_as_built_anew("ix");
}

/* Each rebuilding has a generation of its own. */
static const char *vocabulary_path(void)
{
	char name[64];
	int i;

	for (i = 1; i < 1000; i++) {
		snprintf(name, sizeof(name), "texts/%d/vocabulary.1", i);
		if (!access(scratch_path(name), F_OK))
			return scratch_path(name);
	}
	return scratch_path("texts");
}

/* Also where nobody has compared the file with its sum. */
static void survives(void)
{
	kz_open_options options = KZ_OPEN_OPTIONS_INIT;
	kz_index *index;
	kz_results *results = NULL;

	options.verify = KZ_VERIFY_NONE;
	assert_int_equal(kz_index_open_with(&index, scratch_path("texts"),
				 &options, NULL),
		KZ_OK);
	(void)!kz_search(&results, index, "kzoosseg libarry", 16, NULL, NULL);
	kz_results_free(results);
	kz_index_close(index);
}

/* One byte of the file turned over, anywhere: --check sees it, and a search
 * stays inside. */
static void damage_is_told(void **state)
{
	uint64_t random = 7;
	int i;

	(void)state;
	for (i = 0; i < 40; i++) {
		kz_index *index = open_texts();
		FILE *file;
		int byte;
		long at;

		kz_index_close(index);
		file = fopen(vocabulary_path(), "r+b");
		assert_non_null(file);
		fseek(file, 0, SEEK_END);
		at = (long)(unit_random(&random) % (uint64_t)ftell(file));
		fseek(file, at, SEEK_SET);
		byte = fgetc(file);
		fseek(file, at, SEEK_SET);
		fputc(byte ^ (1 << unit_random(&random) % 8), file);
		fclose(file);
		assert_int_equal(kzi_store_check(scratch_path("texts"), NULL),
			KZ_ERR_CORRUPT);
		survives();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(corruptions_are_put_right),
		cmocka_unit_test(queries_are_put_right),
		cmocka_unit_test(strange_queries_give_text),
		cmocka_unit_test(nothing_is_suggested_when_told_so),
		cmocka_unit_test(named_words_are_found),
		cmocka_unit_test(matches_are_counted),
		cmocka_unit_test(counts_follow_the_passages),
		cmocka_unit_test(a_lost_count_is_made_up_for),
		cmocka_unit_test(damage_is_told),
	};

	return cmocka_run_group_tests(tests, scratch_begin, scratch_end);
}
