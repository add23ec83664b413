/* test_json.c -- what the JSON writer writes, and what it refuses to. */
#include "unit.h"

#include <float.h>
#include <math.h>

#include "cli/json.h"

/* A writer into memory. */
struct written {
	struct kzi_json json;
	FILE *out;
	char *text;
	size_t length;
};

static void begin(struct written *written)
{
	written->out = open_memstream(&written->text, &written->length);
	assert_non_null(written->out);
	kzi_json_init(&written->json, written->out);
}

/* Ends with what must have been written; NULL: anything, but it failed. */
static void end(struct written *written, const char *wanted)
{
	int failed = kzi_json_failed(&written->json);

	fclose(written->out);
	assert_int_equal(failed, !wanted);
	if (wanted)
		assert_string_equal(written->text, wanted);
	free(written->text);
}

static void nesting(void **state)
{
	struct written written;
	struct kzi_json *json = &written.json;

	(void)state;
	begin(&written);
	kzi_json_object(json);
	kzi_json_key(json, "a");
	kzi_json_array(json);
	kzi_json_unsigned(json, UINT64_MAX);
	kzi_json_array(json);
	kzi_json_end(json);
	kzi_json_object(json);
	kzi_json_end(json);
	kzi_json_end(json);
	kzi_json_key(json, "b");
	kzi_json_bool(json, 1);
	kzi_json_key(json, "c");
	kzi_json_bool(json, 0);
	kzi_json_key(json, "d");
	kzi_json_text(json, NULL);
	kzi_json_key(json, "e");
	kzi_json_raw(json, "[1]", 3);
	kzi_json_end(json);
	kzi_json_line(json);
	end(&written,
		"{\"a\": [18446744073709551615, [], {}], \"b\": true,"
		" \"c\": false, \"d\": null, \"e\": [1]}\n");
}

static void lines(void **state)
{
	struct written written;

	(void)state;
	begin(&written);
	kzi_json_text(&written.json, "a");
	kzi_json_line(&written.json);
	kzi_json_null(&written.json);
	kzi_json_line(&written.json);
	end(&written, "\"a\"\nnull\n");
}

static void strings(void **state)
{
	static const struct {
		const char *text;
		size_t length;
		const char *wanted;
	} cases[] = {
		{"", 0, "\"\""},
		{"a\"b\\c/d", 7, "\"a\\\"b\\\\c/d\""},
		{"\n\t\r\b\f", 5, "\"\\n\\t\\r\\u0008\\u000c\""},
		{"a\0b\x1f\x7f", 5, "\"a\\u0000b\\u001f\\u007f\""},
		{"\xC3\xA9\xF0\x9F\x98\x80", 6, "\"\xC3\xA9\xF0\x9F\x98\x80\""},
		{"\xC2\x85\xE2\x80\xA8", 5, "\"\\u0085\\u2028\""},
		/* Each byte of no character is one U+FFFD. */
		{"a\xFF"
		 "b",
			3,
			"\"a\xEF\xBF\xBD"
			"b\""},
		{"\xC3", 1, "\"\xEF\xBF\xBD\""},
		{"\xC0\xAF", 2, "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
		{"\xED\xA0\x80", 3, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
		{"\xF4\x90\x80\x80", 4,
			"\"\xEF\xBF\xBD\xEF\xBF\xBD"
			"\xEF\xBF\xBD\xEF\xBF\xBD\""},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct written written;

		begin(&written);
		kzi_json_string(&written.json, cases[i].text, cases[i].length);
		end(&written, cases[i].wanted);
	}
}

static void doubles(void **state)
{
	static const struct {
		double number;
		const char *wanted;
	} cases[] = {
		{0, "0"},
		{-1.5, "-1.5"},
		{11.92, "11.92"},
		{0.1, "0.1"},
		{1e300, "1e+300"},
		{1.0 / 3, "0.3333333333333333"},
		{0.1 + 0.2, "0.30000000000000004"},
		{INFINITY, "null"},
		{NAN, "null"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct written written;

		begin(&written);
		kzi_json_double(&written.json, cases[i].number);
		end(&written, cases[i].wanted);
	}
}

static void doubles_come_back(void **state)
{
	static const double numbers[] = {
		DBL_MIN, DBL_MAX, DBL_EPSILON, 2.996432230593481, 1e-7};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		char text[64] = "";
		FILE *out = fmemopen(text, sizeof(text), "w");
		struct kzi_json json;

		assert_non_null(out);
		kzi_json_init(&json, out);
		kzi_json_double(&json, numbers[i]);
		fclose(out);
		assert_true(strtod(text, NULL) == numbers[i]);
	}
}

static void value_without_key(void **state)
{
	struct written written;

	(void)state;
	begin(&written);
	kzi_json_object(&written.json);
	kzi_json_null(&written.json);
	kzi_json_end(&written.json);
	end(&written, NULL);
}

static void key_without_value(void **state)
{
	struct written written;

	(void)state;
	begin(&written);
	kzi_json_object(&written.json);
	kzi_json_key(&written.json, "a");
	kzi_json_end(&written.json);
	end(&written, NULL);
}

static void key_in_array(void **state)
{
	struct written written;

	(void)state;
	begin(&written);
	kzi_json_array(&written.json);
	kzi_json_key(&written.json, "a");
	kzi_json_end(&written.json);
	end(&written, NULL);
}

static void left_open(void **state)
{
	struct written written;

	(void)state;
	begin(&written);
	kzi_json_array(&written.json);
	end(&written, NULL);
}

static void end_too_many(void **state)
{
	struct written written;

	(void)state;
	begin(&written);
	kzi_json_end(&written.json);
	end(&written, NULL);
}

static void too_deep(void **state)
{
	struct written written;
	int i;

	(void)state;
	begin(&written);
	for (i = 0; i <= KZI_JSON_DEPTH; i++)
		kzi_json_array(&written.json);
	for (i = 0; i <= KZI_JSON_DEPTH; i++)
		kzi_json_end(&written.json);
	end(&written, NULL);
}

/* A stream that takes no more is an error that stays. */
static void stream_fails(void **state)
{
	struct kzi_json json;
	FILE *out = fopen("/dev/full", "w");

	(void)state;
	if (!out)
		skip();
	setvbuf(out, NULL, _IONBF, 0);
	kzi_json_init(&json, out);
	kzi_json_text(&json, "a");
	assert_true(kzi_json_failed(&json));
	fclose(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nesting),
		cmocka_unit_test(lines),
		cmocka_unit_test(strings),
		cmocka_unit_test(doubles),
		cmocka_unit_test(doubles_come_back),
		cmocka_unit_test(value_without_key),
		cmocka_unit_test(key_without_value),
		cmocka_unit_test(key_in_array),
		cmocka_unit_test(left_open),
		cmocka_unit_test(end_too_many),
		cmocka_unit_test(too_deep),
		cmocka_unit_test(stream_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
