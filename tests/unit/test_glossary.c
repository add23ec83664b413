/* test_glossary.c -- word tables: dictionaries read, the table written and
 * looked up, and both with their bytes damaged. */
#include "indexer/dictionaries.h"
#include "indexer/dictionary.h"
#include "scratch.h"
#include "search/search.h"

static const char tsv[] = "concept\ten\thu\tcy\n"
	"1\tlearning community; circle\ttanulóközösség\tcymuned ddysgu\n"
	"2\tvillage\tfalu\tpentref\n";
static const char dix[] = "<dictionary><section><e><p><l>village<s n=\"n\"/></l>"
	"<r>poble<s n=\"n\"/></r></p></e><e><p><l>town<b/>hall</l>"
	"<r>ajuntament</r></p></e></section></dictionary>";
static const char articles[] = "head\n"
	"village /v/ <n>\n1. falu, <n> kozseg (small)\n";
static const char dict_index[] = "00-database-info\tA\tF\nvillage\tF\tr\n";

/* "a<n>:b<n>" as lttoolbox would have it: pairs (a, b) and (n, n). */
static const char bin[] = "LTTB\0\0\0\0\0\0\0\0"
	"\0" "\1\1\x40n" "\2\x40\x62\x40\x63\0\0"
	"\1\1\x40m" "LTTD\0\0\0\0\0\0\0\0" "\0\1\2\3" "\1\0\1" "\1\1\1" "\0";

static const struct {
	const char *name, *bytes;
	size_t length;
} files[] = {
	{ "own.tsv", tsv, sizeof(tsv) - 1 },
	{ "a.eng-cat.dix", dix, sizeof(dix) - 1 },
	{ "d-eng-hun.index", dict_index, sizeof(dict_index) - 1 },
	{ "d-eng-hun.dict", articles, sizeof(articles) - 1 },
	{ "eng-ita.autobil.bin", bin, sizeof(bin) - 1 },
};
enum { FILES = sizeof(files) / sizeof(*files) };

static void write_files(void)
{
	size_t i;

	for (i = 0; i < FILES; i++)
		scratch_write(files[i].name, files[i].bytes, files[i].length);
}

/* Without a table, dictionaries are only read. */
static kz_status compile_into(const char *name, const char *const *names,
	int count, struct kzi_dictionaries_report *report, kz_error *err)
{
	char *paths[FILES];
	struct kzi_dictionaries dictionaries = { .table = NULL,
		.sources = paths, .source_count = count };
	char table[SCRATCH_PATH];
	int i;

	if (name) {
		snprintf(table, sizeof(table), "%s", scratch_path(name));
		dictionaries.table = table;
	}
	for (i = 0; i < count; i++)
		paths[i] = (char *)(uintptr_t)scratch_path(names[i]);
	return kzi_dictionaries_compile(&dictionaries, report, err);
}

static kz_status compile(const char *const *names, int count,
	struct kzi_dictionaries_report *report, kz_error *err)
{
	return compile_into("table", names, count, report, err);
}

/* The translations of a key into a language, with spaces between. */
static void look_up(const struct kzi_glossary *glossary, int from,
	const char *key, int to, char *out, size_t room)
{
	struct kzi_scan walk;
	struct kzi_gloss gloss;
	size_t length = 0;

	out[0] = '\0';
	if (!kzi_glossary_find(glossary, from, key, strlen(key), &walk))
		return;
	while (kzi_glossary_next(&walk, &gloss))
		if (gloss.language == to && length < room)
			length += (size_t)snprintf(out + length, room - length,
				"%.*s|", (int)gloss.text.length,
				gloss.text.bytes);
}

static void test_sources(void **state)
{
	static const char *const names[] = { "a.eng-cat.dix",
		"d-eng-hun.index", "eng-ita.autobil.bin" };
	struct kzi_dictionaries_report report;
	struct kzi_glossary *glossary;
	char found[200];
	kz_error err;

	(void)state;
	write_files();
	assert_int_equal(compile(names, 3, &report, &err), KZ_OK);
	assert_int_equal(report.faults, 0);
	kzi_dictionaries_report_release(&report);
	assert_int_equal(kzi_glossary_open(&glossary, scratch_path("table"),
				 NULL, &err),
		KZ_OK);
	assert_int_equal(kzi_glossary_check(glossary, &err), KZ_OK);
	look_up(glossary, KZI_EN, "villag", KZI_CA, found, sizeof(found));
	assert_string_equal(found, "poble|");
	look_up(glossary, KZI_EN, "town hall", KZI_CA, found, sizeof(found));
	assert_string_equal(found, "ajuntament|");
	look_up(glossary, KZI_EN, "villag", KZI_HU, found, sizeof(found));
	assert_non_null(strstr(found, "falu|"));
	assert_non_null(strstr(found, "kozseg|"));
	look_up(glossary, KZI_EN, "a", KZI_IT, found, sizeof(found));
	kzi_glossary_close(glossary);
}

/* What the user's glossary says of a word is said by no other. */
static void test_own_overrides(void **state)
{
	static const char *const names[] = { "own.tsv" };
	struct kzi_dictionaries_report report;
	struct kzi_glossary *glossary;
	char found[200];
	kz_error err;

	(void)state;
	write_files();
	assert_int_equal(compile(names, 1, &report, &err), KZ_OK);
	kzi_dictionaries_report_release(&report);
	assert_int_equal(kzi_glossary_open(&glossary, scratch_path("table"),
				 NULL, &err),
		KZ_OK);
	look_up(glossary, KZI_EN, "villag", KZI_HU, found, sizeof(found));
	assert_string_equal(found, "falu|");
	kzi_glossary_close(glossary);
}

static void refresh(const char *share, const char *table, const char *cache)
{
	struct kzi_dictionaries dictionaries = { .share = share,
		.table = table, .cache = cache };
	kz_error err;

	assert_int_equal(
		kzi_dictionaries_refresh(&dictionaries, &err), KZ_OK);
}

/* The Hungarian for "village" in a table, "" if there is no table. */
static void find_village(const char *table, char found[200])
{
	struct kzi_glossary *glossary;
	kz_status status = kzi_glossary_open(&glossary, table, NULL, NULL);

	found[0] = '\0';
	assert_true(status == KZ_OK || status == KZ_END);
	if (status == KZ_OK)
		look_up(glossary, KZI_EN, "villag", KZI_HU, found, 200);
	kzi_glossary_close(glossary);
}

/* What is installed is in one table, which those of all indexes name. */
static void test_shared(void **state)
{
	char table[SCRATCH_PATH], cache[SCRATCH_PATH], found[200];
	struct stat status;

	(void)state;
	strcpy(table, scratch_path("index"));
	strcpy(cache, scratch_path("cache/kalauz/glossary"));
	mkdir(scratch_path("share"), 0700);
	mkdir(scratch_path("share/dictd"), 0700);
	scratch_write("share/dictd/d-eng-hun.index", dict_index,
		sizeof(dict_index) - 1);
	scratch_write(
		"share/dictd/d-eng-hun.dict", articles, sizeof(articles) - 1);
	refresh(scratch_path("share"), table, cache);
	assert_int_equal(stat(table, &status), 0);
	assert_true(status.st_size < SCRATCH_PATH);
	find_village(table, found);
	assert_non_null(strstr(found, "kozseg|"));

	assert_int_equal(unlink(cache), 0);
	find_village(table, found);
	assert_string_equal(found, "");
	refresh(scratch_path("share"), table, cache);
	find_village(table, found);
	assert_non_null(strstr(found, "kozseg|"));

	/* Without what is installed the index has its own. */
	refresh(NULL, scratch_path("alone"), cache);
	assert_int_equal(unlink(cache), 0);
	find_village(scratch_path("alone"), found);
	assert_non_null(strstr(found, "falu|"));
	/* Nor is there a cache: a file is in its place. */
	scratch_write("full", "", 0);
	refresh(scratch_path("share"), table, scratch_path("full/glossary"));
	find_village(table, found);
	assert_non_null(strstr(found, "kozseg|"));
}

/* A table that is named is no name of another. */
static void test_named_in_turn(void **state)
{
	const char *table = scratch_path("turn");
	struct kzi_glossary *glossary;
	kz_error err;

	(void)state;
	assert_int_equal(kzi_glossary_name(table, table, &err), KZ_OK);
	assert_int_equal(kzi_glossary_open(&glossary, table, NULL, &err),
		KZ_ERR_CORRUPT);
	assert_null(glossary);
}

static void test_not_there(void **state)
{
	static const char *const names[] = { "none.tsv" };
	struct kzi_dictionaries_report report;
	struct kzi_glossary *glossary = NULL;
	kz_error err;

	(void)state;
	assert_int_equal(compile(names, 1, &report, &err), KZ_ERR_ARGUMENT);
	kzi_dictionaries_report_release(&report);
	assert_int_equal(kzi_glossary_open(&glossary, scratch_path("none"),
				 NULL, &err),
		KZ_END);
	scratch_write("short", "kalauz", 6);
	assert_int_equal(kzi_glossary_open(&glossary, scratch_path("short"),
				 NULL, &err),
		KZ_ERR_CORRUPT);
	assert_null(glossary);
}

/* A generator of its own, so that every run makes the same damage. */
static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static size_t damage(char *bytes, size_t length, uint32_t *seed)
{
	uint32_t hits = 1 + next_random(seed) % 4;

	while (hits-- > 0)
		bytes[next_random(seed) % length] = (char)next_random(seed);
	return next_random(seed) % 4 ? length
				     : next_random(seed) % length;
}

/* Any bytes are read to an end. */
static void test_damaged_sources(void **state)
{
	static const char *const names[] = { "own.tsv", "a.eng-cat.dix",
		"d-eng-hun.index", "eng-ita.autobil.bin" };
	uint32_t seed = 8;
	int round;

	(void)state;
	write_files();
	for (round = 0; round < 300; round++) {
		struct kzi_dictionaries_report report;
		size_t which = next_random(&seed) % FILES, length;
		char bytes[512];
		kz_error err;

		memcpy(bytes, files[which].bytes, files[which].length);
		length = damage(bytes, files[which].length, &seed);
		scratch_write(files[which].name, bytes, length);
		assert_int_equal(
			compile_into(NULL, names, 4, &report, &err), KZ_OK);
		kzi_dictionaries_report_release(&report);
		scratch_write(files[which].name, files[which].bytes,
			files[which].length);
	}
}

static void walk_all(const struct kzi_glossary *glossary)
{
	static const char *const keys[] = { "villag", "learn commun", "" };
	struct kzi_glossary_source source;
	struct kzi_scan walk;
	char found[200];
	size_t i;
	int from, to;

	for (i = 0; i < 3; i++)
		for (from = 0; from < KZI_LANGUAGES; from++)
			for (to = 0; to < KZI_LANGUAGES; to++)
				look_up(glossary, from, keys[i], to, found,
					sizeof(found));
	kzi_glossary_sources(glossary, &walk);
	while (kzi_glossary_next_source(&walk, &source))
		;
	(void)kzi_glossary_check(glossary, NULL);
}

static void test_damaged_tables(void **state)
{
	static const char *const names[] = { "own.tsv" };
	struct kzi_dictionaries_report report;
	struct kzi_buf whole = { 0 };
	uint32_t seed = 80;
	char *bytes;
	kz_error err;
	int round;

	(void)state;
	write_files();
	assert_int_equal(compile(names, 1, &report, &err), KZ_OK);
	kzi_dictionaries_report_release(&report);
	assert_int_equal(kzi_dictionary_bytes(
				 scratch_path("table"), &whole, &err),
		KZ_OK);
	bytes = malloc(whole.length);
	assert_non_null(bytes);
	for (round = 0; round < 300; round++) {
		struct kzi_glossary *glossary;
		size_t length;

		memcpy(bytes, whole.data, whole.length);
		/* Mostly the head and the slots, where damage does most. */
		if (round % 3)
			length = damage(bytes, 256, &seed) == 256
				? whole.length
				: next_random(&seed) % whole.length;
		else
			length = damage(bytes, whole.length, &seed);
		scratch_write("damaged", bytes, length);
		if (kzi_glossary_open(&glossary, scratch_path("damaged"), NULL,
			    &err) == KZ_OK)
			walk_all(glossary);
		kzi_glossary_close(glossary);
	}
	free(bytes);
	kzi_buf_release(&whole);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sources),
		cmocka_unit_test(test_own_overrides),
		cmocka_unit_test(test_shared),
		cmocka_unit_test(test_named_in_turn),
		cmocka_unit_test(test_not_there),
		cmocka_unit_test(test_damaged_sources),
		cmocka_unit_test(test_damaged_tables),
	};

	return cmocka_run_group_tests(tests, scratch_begin, scratch_end);
}
