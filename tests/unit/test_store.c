/* lib/store from end to end: what is written is found, counted, removed,
 * published, and never seen by halves. */
#include "scratch.h"

#include "store/store.h"

static struct kzi_string string(const char *text)
{
	struct kzi_string s = { text, strlen(text) };

	return s;
}

static struct kzi_writer *open_writer(int flags)
{
	struct kzi_writer *writer;
	kz_error err;

	assert_int_equal(kzi_writer_open(&writer, scratch_path("ix"), flags,
				 "0123456789abcdef", &err),
		KZ_OK);
	return writer;
}

/* A document of `count` passages whose words are "all", `word`, and its
 * number. */
static void add(struct kzi_writer *writer, const char *source,
	const char *word, int count)
{
	struct kzi_document_record document = { .path = string(source),
		.title = string("A title"), .place = string("wales") };
	struct kzi_named terms[3] = { { .bytes = string("all") },
		{ .bytes = string(word) } };
	kz_error err;
	int i;

	assert_int_equal(kzi_writer_document(writer, string(source), &document,
				 KZI_STORY, &err),
		KZ_OK);
	for (i = 1; i <= count; i++) {
		char text[100], number[20];
		struct kzi_posting postings[3] = { { &terms[0], 10, 0 },
			{ &terms[1], 20, 0 }, { &terms[2], 0, 0 } };
		struct kzi_passage_record passage = { .ordinal = (uint32_t)i };

		snprintf(number, sizeof(number), "n%d", i);
		snprintf(text, sizeof(text), "All of %s, number %d.", word, i);
		terms[2] = (struct kzi_named){ .bytes = string(number) };
		postings[2].impact = (uint32_t)((i - 1) % KZI_IMPACT_MOST + 1);
		passage.text = string(text);
		assert_int_equal(kzi_writer_passage(writer, &passage, i % 2,
					 postings, 3, &err),
			KZ_OK);
	}
}

static void publish(struct kzi_writer *writer)
{
	kz_error err;

	assert_int_equal(kzi_writer_publish(writer, &err), KZ_OK);
}

static struct kzi_store *open_store(void)
{
	struct kzi_store *store;
	kz_error err;

	assert_int_equal(
		kzi_store_open(&store, scratch_path("ix"), &err), KZ_OK);
	return store;
}

static uint32_t frequency(struct kzi_store *store, const char *term)
{
	uint32_t count;
	kz_error err;

	assert_int_equal(kzi_store_frequency(store, term, strlen(term), &count,
				 &err),
		KZ_OK);
	return count;
}

static int check(void)
{
	kz_error err;

	return kzi_store_check(scratch_path("ix"), &err);
}

/* ---- Tests ------------------------------------------------------------- */

static void what_is_written_is_found(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	struct kzi_arena arena = { 0 };
	struct kzi_passage_record passage;
	struct kzi_document_record document;
	struct kzi_match matches[4];
	struct kzi_matches found;
	struct kzi_query term = { .op = KZI_OP_TERM, .weight = 2 };
	struct kzi_query *query = &term;
	struct kzi_store *store;
	struct kzi_row row;
	kz_error err;

	(void)state;
	add(writer, "one.html", "chair", 3);
	add(writer, "two.html", "table", 5);
	publish(writer);
	kzi_writer_close(writer);
	store = open_store();
	assert_int_equal(kzi_store_get_info(store)->documents, 2);
	assert_int_equal(kzi_store_get_info(store)->passages, 8);
	assert_int_equal(kzi_store_get_info(store)->passages_of[0], 3);
	assert_int_equal(kzi_store_get_info(store)->passages_of[1], 5);
	assert_int_equal(frequency(store, "all"), 8);
	assert_int_equal(frequency(store, "_Dtwo.html"), 5);
	term.term = string("n3");
	assert_int_equal(kzi_store_match(store, &query, 1, matches, 4, &found,
				 &err),
		KZ_OK);
	assert_int_equal(found.count, 2);
	assert_true(matches[0].weight == 6 && matches[1].weight == 6);
	assert_true(matches[0].passage < matches[1].passage);
	assert_int_equal(
		kzi_store_row(store, matches[1].passage, &row, &err), KZ_OK);
	assert_int_equal(
		kzi_store_passage(store, &row, &arena, &passage, &err), KZ_OK);
	assert_bytes(passage.text.bytes, passage.text.length,
		"All of table, number 3.");
	assert_int_equal(row.kind, KZI_STORY);
	assert_int_equal(row.language, 1);
	assert_int_equal(
		kzi_store_document(store, &row, &arena, &document, &err),
		KZ_OK);
	assert_bytes(document.path.bytes, document.path.length, "two.html");
	assert_int_equal(kzi_store_row(store, 0, &row, &err), KZ_ERR_CORRUPT);
	assert_int_equal(kzi_store_row(store, 9, &row, &err), KZ_ERR_CORRUPT);
	kzi_arena_release(&arena);
	kzi_store_close(store);
	assert_int_equal(check(), KZ_OK);
}

static void the_best_of_many_are_in_order(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	struct kzi_query all = { .op = KZI_OP_TERM, .weight = 1 };
	struct kzi_query *query = &all;
	struct kzi_match matches[10];
	struct kzi_matches found;
	struct kzi_store *store;
	kz_error err;
	size_t i;

	(void)state;
	add(writer, "a", "chair", 30);
	add(writer, "b", "table", 40);
	publish(writer);
	kzi_writer_close(writer);
	store = open_store();
	all.term = string("all");
	assert_int_equal(kzi_store_match(store, &query, 1, matches, 10, &found,
				 &err),
		KZ_OK);
	assert_int_equal(found.count, 10);
	for (i = 0; i < 10; i++)
		assert_int_equal(matches[i].passage, i + 1);
	kzi_store_close(store);
}

static void what_is_removed_is_gone_and_uncounted(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	struct kzi_store *store;
	kz_error err;

	(void)state;
	add(writer, "one", "chair", 3);
	publish(writer);
	add(writer, "two", "table", 4);
	/* One is on disk, two is not yet. */
	assert_int_equal(kzi_writer_remove(writer, "two", 3, &err), KZ_OK);
	assert_int_equal(kzi_writer_remove(writer, "none", 4, &err), KZ_OK);
	add(writer, "two", "lamp", 2);
	assert_int_equal(kzi_writer_remove(writer, "one", 3, &err), KZ_OK);
	publish(writer);
	assert_int_equal(kzi_writer_get_info(writer)->passages, 2);
	kzi_writer_close(writer);
	store = open_store();
	assert_int_equal(kzi_store_get_info(store)->documents, 1);
	assert_int_equal(frequency(store, "chair"), 0);
	assert_int_equal(frequency(store, "table"), 0);
	assert_int_equal(frequency(store, "lamp"), 2);
	kzi_store_close(store);
	assert_int_equal(check(), KZ_OK);
}

static int see_passage(void *context, int language, int change,
	const struct kzi_passage_record *record, struct kzi_string title)
{
	(void)language, (void)record, (void)title;
	*(int *)context += change;
	return 1;
}

static void put_form(struct kzi_word_list *list, const char *form)
{
	kzi_word_list_put(list, form, strlen(form), 0, 1);
}

enum { TANGLED = 500, TANGLED_MOST = 12 };

/* Words of two letters that share beginnings of every length. */
static void tangle(unsigned number, char word[TANGLED_MOST + 1])
{
	unsigned bits = number * 2654435761u, i;
	unsigned length = 1 + (bits >> 8) % TANGLED_MOST;

	for (i = 0; i < length; i++)
		word[i] = bits >> (12 + i) & 1 ? 'a' : 'b';
	word[length] = '\0';
}

static int compare_words(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void put_tangled(struct kzi_word_list *list)
{
	char words[TANGLED][TANGLED_MOST + 1];
	unsigned i;

	for (i = 0; i < TANGLED; i++)
		tangle(i, words[i]);
	qsort(words, TANGLED, sizeof(words[0]), compare_words);
	for (i = 0; i < TANGLED; i++)
		if (i == 0 || strcmp(words[i], words[i - 1]) != 0)
			put_form(list, words[i]);
}

/* All passages are counted now; one language has forms 0000 to 0999, the next
 * one tangled words. */
static void count_forms(struct kzi_writer *writer)
{
	static const struct kzi_word_list none;
	struct kzi_word_list lists[KZI_VOCABULARY_SECTIONS];
	int count = 0, i;
	kz_error err;

	for (i = 0; i < KZI_VOCABULARY_SECTIONS; i++)
		lists[i] = none;
	assert_int_equal(
		kzi_writer_uncounted(writer, UINT32_MAX, see_passage, &count,
			&err),
		KZ_OK);
	assert_true(count > 0);
	for (i = 0; i < 1000; i++) {
		char form[20];

		snprintf(form, sizeof(form), "A%04d", i);
		put_form(&lists[KZI_FORMS], form);
	}
	put_tangled(&lists[KZI_FORMS + 1]);
	assert_int_equal(kzi_writer_count(writer, lists, &err), KZ_OK);
	for (i = 0; i < KZI_VOCABULARY_SECTIONS; i++)
		kzi_word_list_release(&lists[i]);
}

static void forms_are_found_by_their_beginning(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	struct kzi_vocabulary forms;
	struct kzi_store *store;
	kz_error err;
	int is_whole, i;

	(void)state;
	add(writer, "one", "chair", 3);
	count_forms(writer);
	publish(writer);
	store = open_store();
	assert_int_equal(
		kzi_store_forms(store, 0, &forms, &is_whole, &err), KZ_OK);
	assert_true(is_whole);
	assert_true(kzi_vocabulary_find(&forms, "A012", 4));
	assert_memory_equal(forms.word, "A0120", 5);
	for (i = 1; i < 10; i++)
		assert_true(kzi_vocabulary_next(&forms) &&
			kzi_vocabulary_begins(&forms, "A012", 4));
	assert_true(kzi_vocabulary_next(&forms));
	assert_false(kzi_vocabulary_begins(&forms, "A012", 4));
	assert_true(kzi_vocabulary_find(&forms, "A0000", 5));
	assert_true(kzi_vocabulary_find(&forms, "A0999", 5));
	assert_false(kzi_vocabulary_find(&forms, "A1", 2));
	assert_false(kzi_vocabulary_find(&forms, "@", 1));
	kzi_store_close(store);
	/* What is not counted may have any term. */
	add(writer, "two", "table", 1);
	publish(writer);
	kzi_writer_close(writer);
	store = open_store();
	assert_int_equal(
		kzi_store_forms(store, 0, &forms, &is_whole, &err), KZ_OK);
	assert_false(is_whole);
	kzi_store_close(store);
}

static int is_less(const struct kzi_vocabulary *walk, const char *word)
{
	char at_hand[KZI_FORM_MOST + 1];

	memcpy(at_hand, walk->word, walk->length);
	at_hand[walk->length] = '\0';
	return strcmp(at_hand, word) < 0;
}

/* Whatever is looked for, the walk stands where one by one it would. */
static void forms_are_found_as_they_are_one_by_one(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	struct kzi_vocabulary found, all;
	char probe[TANGLED_MOST + 1];
	struct kzi_store *store;
	kz_error err;
	unsigned i;
	int is_whole;

	(void)state;
	add(writer, "one", "chair", 3);
	count_forms(writer);
	publish(writer);
	kzi_writer_close(writer);
	store = open_store();
	assert_int_equal(
		kzi_store_forms(store, 1, &all, &is_whole, &err), KZ_OK);
	for (i = 0; i < 4 * TANGLED; i++) {
		struct kzi_vocabulary walk = all;
		int is_there = kzi_vocabulary_next(&walk);

		tangle(i, probe);
		found = all;
		while (is_there && is_less(&walk, probe))
			is_there = kzi_vocabulary_next(&walk);
		assert_int_equal(
			kzi_vocabulary_find(&found, probe, strlen(probe)),
			is_there && kzi_vocabulary_begins(
					    &walk, probe, strlen(probe)));
		if (!is_there)
			continue;
		assert_int_equal(found.length, walk.length);
		assert_memory_equal(found.word, walk.word, walk.length);
	}
	kzi_store_close(store);
}

static void a_load_in_bulk_is_put_together(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	struct kzi_store *store;
	char folder[SCRATCH_PATH];

	(void)state;
	/* One batch is written once ... */
	add(writer, "one", "chair", 1000);
	publish(writer);
	snprintf(folder, sizeof(folder), "%s/2", scratch_path("ix"));
	assert_int_equal(access(folder, F_OK), -1);
	/* ... several are put together. */
	add(writer, "more", "chair", 1500);
	count_forms(writer);
	publish(writer);
	assert_int_equal(access(folder, F_OK), 0);
	/* The writer goes on with what it made. */
	add(writer, "two", "table", 3);
	publish(writer);
	kzi_writer_close(writer);
	store = open_store();
	assert_int_equal(frequency(store, "chair"), 2500);
	assert_int_equal(frequency(store, "table"), 3);
	kzi_store_close(store);
	assert_int_equal(check(), KZ_OK);
}

/* The best passages of a term, and how many are said to match. */
static size_t match(struct kzi_store *store, const char *word,
	struct kzi_match *matches, size_t most, uint64_t *estimate)
{
	struct kzi_query term = { .op = KZI_OP_TERM, .weight = 1 };
	struct kzi_query *query = &term;
	struct kzi_matches found;
	kz_error err;

	term.term = string(word);
	assert_int_equal(kzi_store_match(store, &query, 1, matches, most,
				 &found, &err),
		KZ_OK);
	*estimate = found.estimate;
	return found.count;
}

/* In an index of a size a few passages that go stay where they are, unseen. */
static void few_that_are_gone_are_passed_over(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	struct kzi_store *store;
	struct kzi_match matches[10];
	uint32_t passages[10];
	uint64_t estimate;
	size_t count;
	kz_error err;

	(void)state;
	add(writer, "many", "chair", 2500);
	add(writer, "few", "lamp", 3);
	publish(writer);
	store = open_store();
	assert_int_equal(match(store, "lamp", matches, 10, &estimate), 3);
	assert_int_equal(kzi_writer_remove(writer, "few", 3, &err), KZ_OK);
	publish(writer);
	assert_int_equal(kzi_writer_remove(writer, "few", 3, &err), KZ_OK);
	add(writer, "few", "lamp", 2);
	publish(writer);
	kzi_writer_close(writer);
	assert_int_equal(kzi_store_refresh(store, &err), KZ_OK);
	assert_int_equal(kzi_store_get_info(store)->passages, 2502);
	assert_int_equal(match(store, "lamp", matches, 10, &estimate), 2);
	assert_int_equal(estimate, 2);
	assert_int_equal(matches[0].passage, 2504);
	assert_int_equal(frequency(store, "lamp"), 2);
	assert_int_equal(kzi_store_postings(store, "n3", 2, 0, passages, 10,
				 &count, &err),
		KZ_OK);
	assert_int_equal(count, 1);
	assert_int_equal(passages[0], 3);
	/* Of a frequent term: in proportion. */
	assert_in_range(frequency(store, "chair"), 2490, 2500);
	kzi_store_close(store);
	assert_int_equal(check(), KZ_OK);
}

/* Too many, and they go for good; the others keep their numbers. */
static void many_that_are_gone_are_swept(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	struct kzi_store *store;
	struct kzi_match matches[10];
	uint64_t estimate;
	kz_error err;

	(void)state;
	add(writer, "first", "chair", 2000);
	add(writer, "second", "table", 2500);
	publish(writer);
	assert_int_equal(kzi_writer_remove(writer, "second", 6, &err), KZ_OK);
	publish(writer);
	add(writer, "third", "lamp", 1);
	publish(writer);
	kzi_writer_close(writer);
	store = open_store();
	assert_int_equal(frequency(store, "table"), 0);
	assert_int_equal(frequency(store, "chair"), 2000);
	assert_int_equal(match(store, "lamp", matches, 10, &estimate), 1);
	assert_int_equal(matches[0].passage, 4501);
	assert_int_equal(match(store, "n7", matches, 10, &estimate), 1);
	assert_int_equal(matches[0].passage, 7);
	kzi_store_close(store);
	assert_int_equal(check(), KZ_OK);
}

static int count_values(
	void *context, struct kzi_string key, struct kzi_string value)
{
	char *all = context;

	snprintf(all + strlen(all), 100 - strlen(all), "%.*s=%.*s;",
		(int)key.length, key.bytes, (int)value.length, value.bytes);
	return 1;
}

static void values_are_part_of_the_commit(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	char all[100] = "";
	kz_error err;

	(void)state;
	assert_int_equal(
		kzi_writer_set(writer, string("b"), string("2"), &err), KZ_OK);
	assert_int_equal(
		kzi_writer_set(writer, string("a"), string("1"), &err), KZ_OK);
	publish(writer);
	assert_int_equal(
		kzi_writer_set(writer, string("c"), string("3"), &err), KZ_OK);
	assert_int_equal(
		kzi_writer_set(writer, string("b"), string(""), &err), KZ_OK);
	kzi_writer_close(writer); /* Not committed. */
	writer = open_writer(0);
	assert_int_equal(
		kzi_writer_values(writer, count_values, all, &err), KZ_OK);
	assert_string_equal(all, "a=1;b=2;");
	kzi_writer_close(writer);
}

static void what_was_not_committed_leaves_no_trace(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	struct kzi_store *store;

	(void)state;
	add(writer, "one", "chair", 3);
	publish(writer);
	kzi_writer_close(writer);
	writer = open_writer(0);
	add(writer, "two", "table", 50);
	kzi_writer_close(writer);
	assert_int_equal(check(), KZ_OK);
	/* The next one writes over what lies behind the commit. */
	writer = open_writer(0);
	add(writer, "three", "lamp", 5);
	publish(writer);
	kzi_writer_close(writer);
	store = open_store();
	assert_int_equal(frequency(store, "table"), 0);
	assert_int_equal(frequency(store, "all"), 8);
	kzi_store_close(store);
	assert_int_equal(check(), KZ_OK);
}

static void only_one_writes(void **state)
{
	struct kzi_writer *writer = open_writer(0), *second;
	kz_error err;

	(void)state;
	assert_int_equal(kzi_writer_open(&second, scratch_path("ix"), 0,
				 "0123456789abcdef", &err),
		KZ_ERR_LOCKED);
	assert_null(second);
	kzi_writer_close(writer);
	kzi_writer_close(open_writer(0));
}

static void another_analysis_is_refused(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	kz_error err;

	(void)state;
	publish(writer);
	kzi_writer_close(writer);
	assert_int_equal(kzi_writer_open(&writer, scratch_path("ix"), 0,
				 "fedcba9876543210", &err),
		KZ_ERR_FORMAT);
	assert_int_equal(
		kzi_writer_open(&writer, scratch_path("ix"), KZI_WRITER_REBUILD,
			"fedcba9876543210", &err),
		KZ_OK);
	publish(writer);
	kzi_writer_close(writer);
	assert_int_equal(check(), KZ_OK);
}

/* A reader keeps its state until it asks for the next one. */
static void a_reader_sees_whole_commits(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	struct kzi_store *store;
	kz_error err;
	int i;

	(void)state;
	add(writer, "first", "chair", 10);
	publish(writer);
	store = open_store();
	assert_int_equal(kzi_store_refresh(store, &err), KZ_END);
	for (i = 0; i < 5; i++) {
		char source[20];

		snprintf(source, sizeof(source), "later%d", i);
		add(writer, source, "table", 10);
		assert_int_equal(kzi_store_refresh(store, &err), KZ_END);
		assert_int_equal(kzi_writer_commit(writer, &err), KZ_OK);
		assert_int_equal(
			kzi_store_get_info(store)->passages, 10 + 10 * i);
		assert_int_equal(kzi_store_refresh(store, &err), KZ_OK);
		assert_int_equal(frequency(store, "table"), 10 + 10 * i);
	}
	kzi_writer_close(writer);
	kzi_store_close(store);
}

/* How many passages there are, which Xapian's tables must tell. */
static kz_status count_all(struct kzi_store *store, uint64_t *count)
{
	struct kzi_query all = { .op = KZI_OP_ALL };
	struct kzi_query *query = &all;
	struct kzi_match matches[1];
	struct kzi_matches found;
	kz_error err;
	kz_status status =
		kzi_store_match(store, &query, 1, matches, 1, &found, &err);

	*count = found.estimate;
	return status;
}

/* A reader of a sealed index opens Xapian's tables when it needs them; a run
 * may have written to them by then. */
static void tables_of_another_commit_are_stale(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	struct kzi_store *early, *late;
	uint64_t count;
	kz_error err;

	(void)state;
	add(writer, "first", "chair", 300);
	publish(writer);
	kzi_writer_close(writer);
	early = open_store();
	assert_int_equal(count_all(early, &count), KZ_OK);
	late = open_store();
	writer = open_writer(0);
	add(writer, "later", "table", 10);
	assert_int_equal(kzi_writer_commit(writer, &err), KZ_OK);
	assert_int_equal(frequency(late, "chair"), 300);
	assert_int_equal(count_all(late, &count), KZ_ERR_STALE);
	assert_int_equal(frequency(late, "chair"), 300);
	assert_int_equal(kzi_store_refresh(late, &err), KZ_OK);
	assert_int_equal(count_all(late, &count), KZ_OK);
	assert_int_equal(count, 310);
	assert_int_equal(kzi_store_refresh(late, &err), KZ_END);
	assert_int_equal(kzi_store_refresh(early, &err), KZ_OK);
	assert_int_equal(count_all(early, &count), KZ_OK);
	assert_int_equal(count, 310);
	/* The end of the run seals what they have. */
	publish(writer);
	kzi_writer_close(writer);
	assert_int_equal(kzi_store_refresh(early, &err), KZ_END);
	assert_int_equal(kzi_store_refresh(early, &err), KZ_END);
	kzi_store_close(early);
	kzi_store_close(late);
}

/* Nor may they be of a generation that is gone, or sought in another folder. */
static void tables_are_found_late(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	struct kzi_store *store, *moving;
	char here[4096];
	uint64_t count;
	kz_error err;

	(void)state;
	add(writer, "old", "chair", 300);
	publish(writer);
	kzi_writer_close(writer);
	assert_non_null(getcwd(here, sizeof(here)));
	assert_int_equal(chdir(scratch), 0);
	assert_int_equal(kzi_store_open(&moving, "ix", &err), KZ_OK);
	assert_int_equal(chdir(here), 0);
	assert_int_equal(count_all(moving, &count), KZ_OK);
	assert_int_equal(count, 300);
	kzi_store_close(moving);
	store = open_store();
	writer = open_writer(KZI_WRITER_REBUILD);
	add(writer, "new", "table", 20);
	publish(writer);
	kzi_writer_close(writer);
	assert_int_equal(count_all(store, &count), KZ_ERR_STALE);
	assert_int_equal(kzi_store_refresh(store, &err), KZ_OK);
	assert_int_equal(count_all(store, &count), KZ_OK);
	assert_int_equal(count, 20);
	kzi_store_close(store);
}

static void a_rebuild_shows_when_it_is_whole(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	struct kzi_store *store;
	kz_error err;

	(void)state;
	add(writer, "old", "chair", 10);
	publish(writer);
	kzi_writer_close(writer);
	store = open_store();
	writer = open_writer(KZI_WRITER_REBUILD);
	add(writer, "new", "table", 3);
	assert_int_equal(kzi_writer_commit(writer, &err), KZ_OK);
	assert_int_equal(kzi_store_refresh(store, &err), KZ_END);
	assert_int_equal(frequency(store, "chair"), 10);
	publish(writer);
	/* The old generation is gone, but who has it open still reads it or
	 * is told to open anew. */
	assert_int_equal(kzi_store_refresh(store, &err), KZ_OK);
	assert_int_equal(frequency(store, "chair"), 0);
	assert_int_equal(frequency(store, "table"), 3);
	kzi_store_close(store);
	kzi_writer_close(writer);
	assert_int_equal(check(), KZ_OK);
}

static void an_abandoned_rebuild_leaves_the_old_one(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	struct kzi_store *store;
	kz_error err;

	(void)state;
	add(writer, "old", "chair", 10);
	publish(writer);
	kzi_writer_close(writer);
	writer = open_writer(KZI_WRITER_REBUILD);
	add(writer, "new", "table", 3);
	assert_int_equal(kzi_writer_commit(writer, &err), KZ_OK);
	kzi_writer_close(writer);
	kzi_writer_close(open_writer(0)); /* Sweeps. */
	store = open_store();
	assert_int_equal(frequency(store, "chair"), 10);
	kzi_store_close(store);
	assert_int_not_equal(access(scratch_path("ix/2"), F_OK), 0);
}

/* Enough text for a dictionary, and documents over several commits. */
static void large_batches_come_back(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	char source[30];
	kz_error err;
	int i;

	(void)state;
	for (i = 0; i < 400; i++) {
		snprintf(source, sizeof(source), "folder/page-%d.html", i);
		add(writer, source, i % 2 ? "chair" : "table", 30);
		if (i % 100 == 50)
			assert_int_equal(
				kzi_writer_commit(writer, &err), KZ_OK);
	}
	publish(writer);
	kzi_writer_close(writer);
	assert_int_equal(check(), KZ_OK);
}

static void an_empty_index_is_one(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	struct kzi_store *store;

	(void)state;
	publish(writer);
	kzi_writer_close(writer);
	store = open_store();
	assert_int_equal(kzi_store_get_info(store)->passages, 0);
	assert_int_equal(frequency(store, "all"), 0);
	kzi_store_close(store);
	assert_int_equal(check(), KZ_OK);
}

static void nothing_new_writes_nothing(void **state)
{
	struct kzi_writer *writer = open_writer(0);
	struct stat before, after;

	(void)state;
	add(writer, "one", "chair", 3);
	publish(writer);
	kzi_writer_close(writer);
	assert_int_equal(stat(scratch_path("ix/1/iamglass"), &before), 0);
	writer = open_writer(0);
	publish(writer);
	kzi_writer_close(writer);
	assert_int_equal(stat(scratch_path("ix/1/iamglass"), &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_memory_equal(
		&before.st_mtim, &after.st_mtim, sizeof(after.st_mtim));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(what_is_written_is_found),
		IN_SCRATCH(the_best_of_many_are_in_order),
		IN_SCRATCH(what_is_removed_is_gone_and_uncounted),
		IN_SCRATCH(forms_are_found_by_their_beginning),
		IN_SCRATCH(forms_are_found_as_they_are_one_by_one),
		IN_SCRATCH(a_load_in_bulk_is_put_together),
		IN_SCRATCH(few_that_are_gone_are_passed_over),
		IN_SCRATCH(many_that_are_gone_are_swept),
		IN_SCRATCH(values_are_part_of_the_commit),
		IN_SCRATCH(what_was_not_committed_leaves_no_trace),
		IN_SCRATCH(only_one_writes),
		IN_SCRATCH(another_analysis_is_refused),
		IN_SCRATCH(a_reader_sees_whole_commits),
		IN_SCRATCH(tables_of_another_commit_are_stale),
		IN_SCRATCH(tables_are_found_late),
		IN_SCRATCH(a_rebuild_shows_when_it_is_whole),
		IN_SCRATCH(an_abandoned_rebuild_leaves_the_old_one),
		IN_SCRATCH(large_batches_come_back),
		IN_SCRATCH(an_empty_index_is_one),
		IN_SCRATCH(nothing_new_writes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
