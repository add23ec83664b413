/* The Welsh stemmer. The words are in tests/text/stem_cy.tsv, a test for each
 * of its sections; here is also what no list of words can say. */
#include "unit.h"

#include "text/stem_cy.h"

enum { MOST_WORDS = 32, MOST_LINE = 1000, STEM_ROOM = 100 };

static const char path[] = "tests/text/stem_cy.tsv";

struct stem {
	char text[STEM_ROOM];
	const char *word;
};

static void stem_word(struct stem *stem, const char *word)
{
	size_t length = kzi_stem_cy(
		word, strlen(word), stem->text, sizeof(stem->text) - 1);

	stem->text[length] = '\0';
	stem->word = word;
}

/* Returns 1 and says so if the pair is not what it must be. */
static int is_wrong(
	int number, int is_same, const struct stem *a, const struct stem *b)
{
	if (is_same == !strcmp(a->text, b->text))
		return 0;
	print_error("%s:%d: %s => %s, %s => %s\n", path, number, a->word,
		a->text, b->word, b->text);
	return 1;
}

/* Returns how much is wrong on the line. */
static int check_line(int number, char *line)
{
	struct stem stems[MOST_WORDS];
	char *rule = strtok(line, "\t"), *word;
	int count = 0, wrong = 0, i, k;

	while ((word = strtok(NULL, " \n")) && count < MOST_WORDS)
		stem_word(&stems[count++], word);
	assert_true(count >= 2);
	if (!strcmp(rule, "stem")) {
		snprintf(stems[1].text, STEM_ROOM, "%s", stems[1].word);
		return is_wrong(number, 1, &stems[0], &stems[1]);
	}
	assert_true(!strcmp(rule, "same") || !strcmp(rule, "apart"));
	for (i = 0; i < count; i++)
		for (k = i + 1; k < count; k++)
			wrong += is_wrong(number, rule[0] == 's', &stems[i],
				&stems[k]);
	return wrong;
}

/* Check the lines of one section; the file must have it. */
static void check_section(void **state)
{
	const char *section = *state;
	char line[MOST_LINE], header[MOST_LINE];
	int number = 0, is_open = 0, checked = 0, wrong = 0;
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	snprintf(header, sizeof(header), "[%s]\n", section);
	while (fgets(line, sizeof(line), file)) {
		number++;
		if (line[0] == '[') {
			is_open = !strcmp(line, header);
		} else if (is_open && line[0] != '#' && line[0] != '\n') {
			wrong += check_line(number, line);
			checked++;
		}
	}
	fclose(file);
	assert_true(checked > 0);
	assert_int_equal(wrong, 0);
}

/* However little room there is, nothing is written behind it. */
static void test_capacity(void **state)
{
	static const char *const words[] = { "cathod", "zwmbafen", "école",
		"tŷ", "\xC5", "'", "''", "'r", "" };
	size_t i, capacity, length;
	char stem[16];

	(void)state;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		for (capacity = 0; capacity < 12; capacity++) {
			memset(stem, '#', sizeof(stem));
			length = kzi_stem_cy(
				words[i], strlen(words[i]), stem, capacity);
			assert_true(length <= capacity);
			assert_int_equal(stem[capacity], '#');
		}
}

/* What is cut ends with a whole character. */
static void test_cut(void **state)
{
	char stem[16];

	(void)state;
	assert_int_equal(kzi_stem_cy("éé", 4, stem, 3), 3);
	assert_int_equal(kzi_stem_cy("ñññ", 6, stem, 3), 2);
}

static void test_long(void **state)
{
	char word[200], stem[200];
	size_t length;

	(void)state;
	memset(word, 'a', sizeof(word));
	for (length = 1; length <= sizeof(word); length++)
		assert_true(kzi_stem_cy(word, length, stem, sizeof(stem)) <=
			length + 1);
	assert_int_equal(kzi_stem_cy(word, 65, stem, sizeof(stem)), 65);
	assert_memory_equal(word, stem, 65);
}

#define SECTION(name) \
	{ "test_section_" name, check_section, NULL, NULL, (void *)name }

int main(void)
{
	const struct CMUnitTest tests[] = {
		SECTION("soft"),
		SECTION("nasal"),
		SECTION("aspirate"),
		SECTION("aitch"),
		SECTION("plurals"),
		SECTION("singulatives"),
		SECTION("verbs"),
		SECTION("irregular"),
		SECTION("variants"),
		SECTION("adjectives"),
		SECTION("names"),
		SECTION("minimal"),
		SECTION("unknown"),
		SECTION("clitics"),
		cmocka_unit_test(test_capacity),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
