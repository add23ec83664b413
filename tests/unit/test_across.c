/* test_across.c -- what the best passages are heard to speak of, and how that
 * is asked of passages in other languages. That counterparts are found at all
 * is for tests/across.py. */
#include <math.h>

#include "indexer/dictionaries.h"
#include "indexer/run.h"
#include "scratch.h"
#include "search/across_hear.h"
#include "search/constants.h"

enum { PASSAGES_MOST = 8 };

static const char table[] = "en\thu\tcy\n"
	"village\tfalu\tpentref\n"
	"bridge\thíd\tpont\n"
	"stone bridge\tkőhíd\tpont faen\n"
	"bread\tkenyér\tbara\n";

#define PASSAGE(lang, id, text) \
	"{\"lang\": \"" lang "\", \"id\": \"" id "\", \"text\": \"" text "\"}\n"

static const char *const texts =
	PASSAGE("hu", "bread", "A falu kenyere jó, mindenki eszik belőle.")
	PASSAGE("hu", "bridge", "A falu hídja jó, mindenki átmegy rajta.")
	PASSAGE("cy", "pont", "Mae pont y pentref yn hen iawn, meddai Blodwen.");

static const char *const with_english =
	PASSAGE("hu", "bridge", "A falu hídja jó, mindenki átmegy rajta.")
	PASSAGE("en", "two", "The village by the river is an old village.")
	PASSAGE("en", "one", "From the village nobody came to the meeting"
		" about roads, pipes, wires and poles that evening.");

/* ---- A question, as far as its candidates ------------------------------- */

struct question {
	kz_index *index;
	kz_search_options options;
	struct kzi_ask ask;
	struct kzi_candidate items[PASSAGES_MOST]; /* The best first. */
	size_t count;
	kz_error err;
};

static void make_index(struct question *question, const char *passages)
{
	char path[SCRATCH_PATH], *paths[1] = { path };
	struct kzi_run_options options = { .index = scratch_path("index"),
		.paths = paths, .path_count = 1, .fallback = -1, .jobs = 1,
		.rebuilds = 1 };
	struct kzi_run_report report;

	scratch_write("texts.jsonl", passages, strlen(passages));
	snprintf(path, sizeof(path), "%s", scratch_path("texts.jsonl"));
	assert_int_equal(
		kzi_run(&options, &report, NULL, NULL, &question->err), KZ_OK);
	kzi_run_report_release(&report);
}

static void make_table(struct question *question)
{
	char to[SCRATCH_PATH], path[SCRATCH_PATH], *paths[1] = { path };
	struct kzi_dictionaries dictionaries = { .table = to,
		.sources = paths, .source_count = 1 };
	struct kzi_dictionaries_report report;

	scratch_write("own.tsv", table, sizeof(table) - 1);
	snprintf(path, sizeof(path), "%s", scratch_path("own.tsv"));
	snprintf(to, sizeof(to), "%s", scratch_path("index/glossary"));
	assert_int_equal(kzi_dictionaries_compile(
				 &dictionaries, &report, &question->err),
		KZ_OK);
	kzi_dictionaries_report_release(&report);
}

static int compare(const void *a, const void *b)
{
	const struct kzi_candidate *x = a, *y = b;

	return (x->score < y->score) - (x->score > y->score);
}

static void find_candidates(struct question *question)
{
	struct kzi_match matches[PASSAGES_MOST];
	struct kzi_matches found;
	struct kzi_plan plan;
	size_t i;

	assert_int_equal(kzi_plan(&question->ask, &plan), KZ_OK);
	assert_int_equal(kzi_store_match(question->index->store, plan.queries,
				 plan.count, matches, PASSAGES_MOST, &found,
				 &question->err),
		KZ_OK);
	for (i = 0; i < found.count; i++) {
		struct kzi_candidate *item = &question->items[i];

		item->passage = matches[i].passage;
		item->score = item->first = matches[i].weight;
		assert_int_equal(kzi_store_row(question->index->store,
					 item->passage, &item->row,
					 &question->err),
			KZ_OK);
	}
	question->count = found.count;
	assert_int_equal(
		kzi_rank(&question->ask, question->items, found.count), KZ_OK);
	qsort(question->items, found.count, sizeof(*question->items), compare);
}

static void put(struct question *question, const char *passages, char *query)
{
	struct kzi_ask *ask = &question->ask;

	memset(question, 0, sizeof(*question));
	make_index(question, passages);
	make_table(question);
	assert_int_equal(kz_index_open(&question->index, scratch_path("index"),
				 &question->err),
		KZ_OK);
	question->options.across = 1;
	ask->index = question->index;
	ask->options = &question->options;
	ask->err = &question->err;
	ask->languages = UINT32_MAX;
	ask->query = query;
	ask->length = strlen(query);
	question->index->queries++;
	ask->tree = kzi_parse(&ask->arena, query, ask->length, &ask->faults);
	assert_non_null(ask->tree);
	assert_int_equal(kzi_words_read(ask), KZ_OK);
	find_candidates(question);
}

static void drop(struct question *question)
{
	kzi_arena_release(&question->ask.arena);
	kz_index_close(question->index);
}

/* The candidate whose text holds `word`. */
static struct kzi_candidate *holding(
	struct question *question, const char *word)
{
	size_t i;

	for (i = 0; i < question->count; i++) {
		assert_int_equal(kzi_candidate_read(&question->ask,
					 &question->items[i]),
			KZ_OK);
		if (strstr(question->items[i].record->text.bytes, word))
			return &question->items[i];
	}
	fail_msg("%s: not among the candidates", word);
	return NULL;
}

/* ---- What is heard ----------------------------------------------------- */

static const struct kzi_heard_concept *concept_of(
	const struct kzi_heard *heard, const char *key)
{
	uint32_t i;

	for (i = 0; i < heard->count; i++)
		if (heard->concepts[i].length == strlen(key) &&
			!memcmp(heard->concepts[i].key, key, strlen(key)))
			return &heard->concepts[i];
	return NULL;
}

/* What the table knows is heard as an English stem, a name as it stands there,
 * and a stop word not at all. */
static void words_are_heard_in_english(void **state)
{
	char query[] = "village";
	struct question question;
	struct kzi_heard heard;

	(void)state;
	put(&question, texts, query);
	assert_int_equal(kzi_across_hear(&question.ask,
				 holding(&question, "pont"), 1, &heard),
		KZ_OK);
	assert_non_null(concept_of(&heard, "bridg"));
	assert_true(concept_of(&heard, "bridg")->is_english);
	assert_non_null(concept_of(&heard, "villag"));
	assert_non_null(concept_of(&heard, "blodwen"));
	assert_false(concept_of(&heard, "blodwen")->is_english);
	assert_null(concept_of(&heard, "bread"));
	assert_null(concept_of(&heard, "yn"));
	drop(&question);
}

/* A year and a word of two letters that all have tell no more than another word
 * that all have, and less than one that hardly any has. */
static void what_all_have_tells_little(void **state)
{
	static const char years[] =
		PASSAGE("hu", "a", "A tó hídja 2019 nyarán, kőműves építette.")
		PASSAGE("hu", "b", "A tó hídja 2019 telén, festő látta.")
		PASSAGE("hu", "c", "A tó hídja 2019 tavaszán, halász mesélte.")
		PASSAGE("hu", "d", "A tó hídja 2019 őszén, vándor kereste.")
		PASSAGE("cy", "e", "Mae pont y pentref yn hen iawn.");
	char query[] = "bridge";
	struct question question;
	struct kzi_heard heard;
	const struct kzi_heard_concept *year, *rare, *bridge;

	(void)state;
	put(&question, years, query);
	assert_int_equal(kzi_across_hear(&question.ask,
				 holding(&question, "kőműves"), 1, &heard),
		KZ_OK);
	year = concept_of(&heard, "2019");
	rare = concept_of(&heard, "komuves");
	bridge = concept_of(&heard, "bridg");
	assert_true(year && rare && bridge);
	assert_true(year->weight < rare->weight);
	assert_true(fabs(year->weight - bridge->weight) < 1e-6);
	drop(&question);
}

/* Of a text with more words than are kept the strongest are, in order. */
static void the_strongest_are_kept(void **state)
{
	char query[] = "village", passages[4000];
	struct question question;
	struct kzi_heard heard;
	size_t length, i;
	double sum = 0;

	(void)state;
	length = (size_t)snprintf(passages, sizeof(passages),
		"%s{\"lang\": \"hu\", \"id\": \"long\", \"text\": \"falu", texts);
	for (i = 0; i < 100; i++)
		length += (size_t)snprintf(passages + length,
			sizeof(passages) - length, " szó%c%c", (char)('a' + i / 10),
			(char)('a' + i % 10));
	snprintf(passages + length, sizeof(passages) - length, "\"}\n");
	put(&question, passages, query);
	assert_int_equal(kzi_across_hear(&question.ask, question.items,
				 question.count, &heard),
		KZ_OK);
	assert_int_equal(heard.count, KZI_HEARD_MOST);
	for (i = 0; i < heard.count; i++) {
		sum += heard.concepts[i].weight;
		assert_true(i == 0 ||
			heard.concepts[i].weight <=
				heard.concepts[i - 1].weight);
	}
	assert_true(sum == heard.sum);
	drop(&question);
}

/* The best come first, and what is of "stone bridge" only after what is of
 * "bridge" itself. */
static void glosses_are_in_order(void **state)
{
	char query[] = "bridge";
	const uint32_t hungarian = (uint32_t)1 << KZI_HU;
	const uint32_t english = (uint32_t)1 << KZI_EN;
	struct kzi_glosses found[KZI_LANGUAGES];
	const struct kzi_glosses *best = &found[KZI_HU];
	struct question question;
	struct kzi_scan walk;

	(void)state;
	put(&question, texts, query);
	assert_true(kzi_glossary_find(question.ask.across->glossary, KZI_EN,
		"bridg", 5, &walk));
	kzi_across_glosses(walk, hungarian, 3, found);
	assert_true(best->count >= 1);
	assert_bytes(best->items[0].text.bytes, best->items[0].text.length,
		"híd");
	assert_true(best->count < 2 || best->shares[1] <= best->shares[0]);
	assert_int_equal(found[KZI_CY].count, 0);
	kzi_across_glosses(walk, hungarian, 1, found);
	assert_int_equal(best->count, 1);
	assert_bytes(best->items[0].text.bytes, best->items[0].text.length,
		"híd");
	kzi_across_glosses(walk, english, 3, found);
	assert_int_equal(found[KZI_EN].count, 0);
	drop(&question);
}

/* ---- The echo ---------------------------------------------------------- */

/* The Welsh passage tells which of two alike in Hungarian is meant. */
static void the_best_lift_others(void **state)
{
	char query[] = "village";
	struct question question;
	struct kzi_candidate *bread, *bridge;

	(void)state;
	put(&question, texts, query);
	assert_int_equal(question.count, 3);
	assert_int_equal(kzi_across_echo(&question.ask, question.items,
				 question.count, question.count),
		KZ_OK);
	bread = holding(&question, "kenyere");
	bridge = holding(&question, "hídja");
	assert_true(bread->echo > 0);
	assert_true(bridge->echo > bread->echo);
	assert_true(bridge->score > bread->score);
	drop(&question);
}

/* Passages in the language of the query keep their order: each has its share of
 * the greatest echo. */
static void own_passages_keep_their_order(void **state)
{
	char query[] = "the village";
	struct question question;
	struct kzi_candidate *one, *two;
	double part;

	(void)state;
	put(&question, with_english, query);
	one = holding(&question, "meeting");
	two = holding(&question, "river");
	assert_true(two->score > one->score);
	part = one->score / two->score;
	assert_int_equal(kzi_across_echo(&question.ask, question.items,
				 question.count, question.count),
		KZ_OK);
	assert_true(two->echo > 0);
	assert_float_equal(one->echo / two->echo, part, 1e-9);
	assert_true(two->score > one->score);
	drop(&question);
}

/* One passage has nobody to listen to; and what is read once the echo is known
 * keeps it in its score. */
static void an_echo_is_a_part_of_the_score(void **state)
{
	char query[] = "village";
	struct question question;
	double before;

	(void)state;
	put(&question, texts, query);
	before = question.items[0].score;
	assert_int_equal(
		kzi_across_echo(&question.ask, question.items, 1, 1), KZ_OK);
	assert_true(question.items[0].score == before);
	question.items[0].is_ranked = 0;
	question.items[0].echo = 2;
	assert_int_equal(kzi_rank(&question.ask, question.items, 1), KZ_OK);
	assert_float_equal(question.items[0].score,
		before + 2 * KZI_ACROSS_ECHO, 1e-9);
	drop(&question);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_heard_in_english),
		cmocka_unit_test(what_all_have_tells_little),
		cmocka_unit_test(the_strongest_are_kept),
		cmocka_unit_test(glosses_are_in_order),
		cmocka_unit_test(the_best_lift_others),
		cmocka_unit_test(own_passages_keep_their_order),
		cmocka_unit_test(an_echo_is_a_part_of_the_score),
	};

	return cmocka_run_group_tests(tests, scratch_begin, scratch_end);
}
