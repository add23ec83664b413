/* test_opts.c -- command lines, good and bad. */
#include "unit.h"

#include "cli/opts.h"

struct values {
	uint64_t limit;
	const char *lang;
	int is_quiet;
	int level;
	int when;
};

static const char *const whens[] = {"auto", "always", "never", NULL};

#define AT(member) offsetof(struct values, member)

static const struct kzi_opt table[] = {
	KZI_ROW_NUMBER("limit", 'n', AT(limit), 1, 100, "N", "a number"),
	KZI_ROW_TEXT("lang", AT(lang), "TAG",
		"words enough that they cannot all stand on one line "
		"of eighty columns"),
	KZI_ROW_FLAG("quiet", 'q', AT(is_quiet), 1, "a flag"),
	KZI_ROW_FLAG("verbose", 'v', AT(level), 7, "another"),
	KZI_ROW_CHOICE("when-and-a-very-long-name", AT(when), whens, "WHEN",
		"a choice"),
	KZI_ROW_END
};

static const struct kzi_program program = {
	.name = "prog",
	.usage = "[OPTION]... INDEX\n--quiet",
	.summary = "A program.",
	.options = table,
	.footer = "The end.\n",
};

enum { MOST = 16 };

/* What became of a command line. */
struct outcome {
	struct values values;
	int count;
	char *operands[MOST];
	char message[KZI_OPTS_MESSAGE];
};

/* Arguments with single spaces between; '_' stands for an empty one. The
 * outcome borrows `line`. */
static struct outcome read_line(char *line)
{
	struct outcome outcome = {.count = 0};
	static char program_name[] = "prog";
	static char empty[] = "";
	int argc = 1;
	char *word;

	outcome.operands[0] = program_name;
	for (word = strsep(&line, " "); word; word = strsep(&line, " "))
		if (argc < MOST)
			outcome.operands[argc++] =
				strcmp(word, "_") ? word : empty;
	outcome.count = kzi_opts_read(&program, &outcome.values, argc,
		outcome.operands, outcome.message);
	return outcome;
}

static void forms_of_values(void **state)
{
	static const char *const forms[] = {
		"-n5", "-n 5", "--limit 5", "--limit=5", "-qn5", "-qn 5"};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		char line[40];
		struct outcome outcome;

		snprintf(line, sizeof(line), "%s x", forms[i]);
		outcome = read_line(line);
		assert_int_equal(outcome.count, 1);
		assert_string_equal(outcome.operands[0], "x");
		assert_int_equal(outcome.values.limit, 5);
	}
}

static void any_order(void **state)
{
	char line[] = "a -q b --lang hu c -v - _ -- -n --lang";
	struct outcome outcome = read_line(line);

	(void)state;
	assert_int_equal(outcome.count, 7);
	assert_string_equal(outcome.operands[0], "a");
	assert_string_equal(outcome.operands[2], "c");
	assert_string_equal(outcome.operands[3], "-");
	assert_string_equal(outcome.operands[4], "");
	assert_string_equal(outcome.operands[5], "-n");
	assert_string_equal(outcome.operands[6], "--lang");
	assert_string_equal(outcome.values.lang, "hu");
	assert_int_equal(outcome.values.is_quiet, 1);
	assert_int_equal(outcome.values.level, 7);
	assert_int_equal(outcome.values.limit, 0);
}

static void values_like_options(void **state)
{
	char line[] = "--lang -q --lang=--lang";
	struct outcome outcome = read_line(line);

	(void)state;
	assert_int_equal(outcome.count, 0);
	assert_string_equal(outcome.values.lang, "--lang");
	assert_int_equal(outcome.values.is_quiet, 0);
}

static void choices(void **state)
{
	char line[] = "--when-and-a-very-long-name never";

	(void)state;
	assert_int_equal(read_line(line).values.when, 2);
}

static void refusals(void **state)
{
	static const struct {
		const char *line;
		const char *message;
	} cases[] = {
		{"--limit x", "--limit: 'x' is not a number from 1 to 100"},
		{"-n 0", "-n: '0' is not a number from 1 to 100"},
		{"-n101", "-n: '101' is not a number from 1 to 100"},
		{"-n -1", "-n: '-1' is not a number from 1 to 100"},
		{"-n _", "-n: '' is not a number from 1 to 100"},
		{"--limit=5x", "--limit: '5x' is not a number from 1 to 100"},
		{"-n 18446744073709551617", "-n: '18446744073709551617' is "
					    "not a number from 1 to 100"},
		{"x -n", "-n needs a value"},
		{"--lang", "--lang needs a value"},
		{"--lang=", "--lang: the value is empty"},
		{"--quiet=1", "--quiet takes no value"},
		{"--quiet=", "--quiet takes no value"},
		{"--lan hu", "there is no option --lan"},
		{"--langs hu", "there is no option --langs"},
		{"--=x", "there is no option --"},
		{"-qx", "there is no option -x; put -- before words that "
			"begin with -"},
		{"-\xC3\xA9", "'-\xC3\xA9' is no option; put -- before words "
			      "that begin with -"},
		{"--when-and-a-very-long-name no",
			"--when-and-a-very-long-name: 'no' is not one of "
			"auto, always, never"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char line[80], wanted[KZI_OPTS_MESSAGE];
		struct outcome outcome;

		snprintf(line, sizeof(line), "%s", cases[i].line);
		snprintf(wanted, sizeof(wanted), "%s; see --help",
			cases[i].message);
		outcome = read_line(line);
		assert_string_equal(outcome.message, wanted);
		assert_int_equal(outcome.count, -1);
	}
}

/* However long the argument, the message stays whole. */
static void long_arguments(void **state)
{
	static const char *const begins[] = {
		"--", "-n", "--lang=x --", "--when-and-a-very-long-name="};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(begins) / sizeof(*begins); i++) {
		char line[2000];
		struct outcome outcome;
		size_t length =
			(size_t)snprintf(line, sizeof(line), "%s", begins[i]);

		memset(line + length, 'z', sizeof(line) - length - 1);
		line[sizeof(line) - 1] = '\0';
		outcome = read_line(line);
		assert_int_equal(outcome.count, -1);
		assert_non_null(strstr(outcome.message, "; see --help"));
	}
}

static void help(void **state)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	(void)state;
	assert_non_null(out);
	kzi_opts_help(&program, out);
	fclose(out);
	assert_string_equal(text,
		"Usage: prog [OPTION]... INDEX\n"
		"       prog --quiet\n"
		"A program.\n"
		"\n"
		"  -n, --limit N           a number\n"
		"      --lang TAG          words enough that they cannot all "
		"stand on one line\n"
		"                          of eighty columns\n"
		"  -q, --quiet             a flag\n"
		"  -v, --verbose           another\n"
		"      --when-and-a-very-long-name WHEN\n"
		"                          a choice\n"
		"\n"
		"The end.\n");
	free(text);
}

static void join(void **state)
{
	char a[] = "a", empty[] = "", b[] = "b c";
	char *words[] = {a, empty, b};
	char *all = kzi_opts_join(words, 3);
	char *none = kzi_opts_join(words, 0);

	(void)state;
	assert_string_equal(all, "a  b c");
	assert_string_equal(none, "");
	free(all);
	free(none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_of_values),
		cmocka_unit_test(any_order),
		cmocka_unit_test(values_like_options),
		cmocka_unit_test(choices),
		cmocka_unit_test(refusals),
		cmocka_unit_test(long_arguments),
		cmocka_unit_test(help),
		cmocka_unit_test(join),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
