/* What the analysis makes of words: the lines of tests/text/LANG.txt, a test
 * for each language. Their format stands at the top of ca.txt. */
#include "unit.h"

#include <utf8proc.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/latin.h"
#include "text/text.h"

enum { MOST_LINE = 1000, MOST_RESULT = 4000, MOST_MEMORY = 1 << 24 };

struct side {
	struct kzi_tokens tokens;
	char text[MOST_LINE];
	char result[MOST_RESULT];
};

/* "a\u0301" => "á" in two characters. */
static void unescape(char *out, const char *text)
{
	while (*text) {
		if (!strncmp(text, "\\u", 2)) {
			char digits[5] = "";

			memcpy(digits, text + 2, 4);
			out += kzi_utf8_encode(
				out, (uint32_t)strtoul(digits, NULL, 16));
			text += 6;
		} else {
			*out++ = *text++;
		}
	}
	*out = '\0';
}

static void add(char *result, const char *text, size_t length)
{
	size_t used = strlen(result);

	snprintf(result + used, MOST_RESULT - used, "%.*s", (int)length, text);
}

/* Write "+" joined, the word, "*" stop word, and its stems in brackets unless
 * the word is its only one. */
static void add_token(char *result, const struct kzi_token *token)
{
	const struct kzi_word *word = token->word;
	int i, stems = 0;
	size_t length;
	const char *stem;

	if (*result)
		add(result, " ", 1);
	if (token->flags & KZI_TOKEN_JOINED)
		add(result, "+", 1);
	add(result, word->text, word->length);
	if (word->is_stop) {
		add(result, "*", 1);
		return;
	}
	for (i = 0; i < word->term_count; i++) {
		stem = kzi_term_text(&word->terms[i], &length);
		if (word->terms[i].kind != KZI_STEM)
			continue;
		add(result, stems++ ? "," : "(", 1);
		add(result, stem, length);
	}
	add(result, ")", 1);
}

static void analyze(struct kzi_analyzer *analyzer, int language,
	struct side *side, const char *text)
{
	size_t i;

	unescape(side->text, text);
	side->result[0] = '\0';
	assert_true(kzi_analyze(analyzer, language, side->text,
		strlen(side->text), &side->tokens));
	for (i = 0; i < side->tokens.count; i++) {
		assert_true(kzi_word_terms(
			analyzer, side->tokens.items[i].word));
		add_token(side->result, &side->tokens.items[i]);
	}
}

/* Stems and bare stems meet each other: a search asks for both. */
static int is_same(const struct kzi_term *a, const struct kzi_term *b)
{
	size_t length, other;
	const char *text = kzi_term_text(a, &length);
	const char *other_text = kzi_term_text(b, &other);

	return a->kind != KZI_PREFIX && b->kind != KZI_PREFIX &&
		a->kind != KZI_ROOT && b->kind != KZI_ROOT &&
		length == other && !memcmp(text, other_text, length);
}

static int share_term(const struct kzi_word *a, const struct kzi_word *b)
{
	int i, j;

	for (i = 0; i < a->term_count; i++)
		for (j = 0; j < b->term_count; j++)
			if (is_same(&a->terms[i], &b->terms[j]))
				return 1;
	return 0;
}

static int meet(const struct side *a, const struct side *b)
{
	size_t i, j;

	for (i = 0; i < a->tokens.count; i++)
		for (j = 0; j < b->tokens.count; j++)
			if (!a->tokens.items[i].word->is_stop &&
				share_term(a->tokens.items[i].word,
					b->tokens.items[j].word))
				return 1;
	return 0;
}

/* Cut "left OP right" at the operator; returns the right or NULL. */
static char *cut_at(char *line, const char *operator)
{
	char *at = strstr(line, operator);

	if (!at)
		return NULL;
	*at = '\0';
	return at + strlen(operator);
}

static int check_line(struct kzi_analyzer *analyzer, int language, char *line)
{
	static struct side left, right;
	char *other;
	int ok;

	if ((other = cut_at(line, " => ")) != NULL) {
		analyze(analyzer, language, &left, line);
		ok = !strcmp(left.result, other);
		if (!ok)
			print_error("%s => %s\n", line, left.result);
		return ok;
	}
	if ((other = cut_at(line, " == ")) != NULL) {
		analyze(analyzer, language, &left, line);
		analyze(analyzer, language, &right, other);
		ok = !strcmp(left.result, right.result);
	} else if ((other = cut_at(line, " !~ ")) != NULL) {
		analyze(analyzer, language, &left, line);
		analyze(analyzer, language, &right, other);
		ok = !meet(&left, &right);
	} else {
		other = cut_at(line, " ~ ");
		assert_non_null(other);
		analyze(analyzer, language, &left, line);
		analyze(analyzer, language, &right, other);
		ok = meet(&left, &right);
	}
	if (!ok)
		print_error("%s: %s / %s: %s\n", line, left.result, other,
			right.result);
	return ok;
}

static void check_file(const char *tag)
{
	struct kzi_analyzer *analyzer = kzi_analyzer_new(MOST_MEMORY);
	char path[40], line[MOST_LINE];
	FILE *file;
	int wrong = 0, lines = 0;

	snprintf(path, sizeof(path), "tests/text/%s.txt", tag);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(analyzer);
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		if (!*line || *line == '#')
			continue;
		lines++;
		wrong += !check_line(
			analyzer, kzi_language_find(tag, 2), line);
	}
	fclose(file);
	kzi_analyzer_free(analyzer);
	assert_true(lines > 0);
	assert_int_equal(wrong, 0);
}

static void test_language(void **state)
{
	check_file(*state);
}

/* What the build has worked out is what the analysis gives. */
static void test_fingerprint(void **state)
{
	struct kzi_analyzer *analyzer = kzi_analyzer_new(MOST_MEMORY);
	char digits[KZI_FINGERPRINT];

	(void)state;
	assert_non_null(analyzer);
	assert_true(kzi_fingerprint(analyzer, digits));
	assert_string_equal(digits, kzi_fingerprint_built());
	kzi_analyzer_free(analyzer);
}

/* What was put into a set is there, and nothing else of a thousand words is. */
static void test_word_set(void **state)
{
	struct kzi_word_set set = { .count = 0 };
	struct kzi_arena arena = { 0 };
	char word[20];
	int i;

	(void)state;
	assert_false(kzi_word_set_has(&set, "falu", 4));
	assert_true(kzi_word_set_add(&set, &arena, "", 0));
	for (i = 0; i < 1000; i += 2) {
		int length = snprintf(word, sizeof(word), "falu%d", i);

		assert_true(kzi_word_set_add(
			&set, &arena, word, (size_t)length));
		assert_true(kzi_word_set_add(
			&set, &arena, word, (size_t)length));
	}
	for (i = 0; i < 1000; i++) {
		int length = snprintf(word, sizeof(word), "falu%d", i);

		assert_int_equal(
			kzi_word_set_has(&set, word, (size_t)length),
			i % 2 == 0);
	}
	assert_int_equal(set.count, 500);
	assert_false(kzi_word_set_has(&set, "", 0));
	kzi_arena_release(&arena);
}

/* Words that are asked for by name have their terms, the others are tokens
 * without a word; what stands among punctuation and capitals is found too. */
static void test_words_by_name(void **state)
{
	static const char text[] = "A faluban Falu; falvak és (faluban).";
	struct kzi_analyzer *analyzer = kzi_analyzer_new(MOST_MEMORY);
	struct kzi_word_set set = { .count = 0 };
	struct kzi_starts starts = { .words = &set };
	struct kzi_tokens tokens = { 0 };
	struct kzi_arena arena = { 0 };
	size_t found = 0, i;

	(void)state;
	assert_non_null(analyzer);
	assert_true(kzi_word_set_add(&set, &arena, "faluban", 7));
	assert_true(kzi_word_set_add(&set, &arena, "falu", 4));
	assert_true(kzi_analyze_for(analyzer, KZI_HU, text, sizeof(text) - 1,
		&starts, &tokens));
	assert_int_equal(tokens.count, 6);
	for (i = 0; i < tokens.count; i++)
		found += tokens.items[i].word &&
			!kzi_cannot_start(&starts, tokens.items[i].word);
	assert_int_equal(found, 3);
	assert_null(tokens.items[3].word);
	kzi_tokens_release(&tokens);
	kzi_arena_release(&arena);
	kzi_analyzer_free(analyzer);
}

/* Letters are looked at eight at a time: every byte, in every place of a word
 * of more than two times eight. */
static void test_letters(void **state)
{
	enum { LENGTH = 19 };
	int byte, is_normal, is_ascii;
	size_t place;

	(void)state;
	for (byte = 0; byte < 256; byte++) {
		int is_capital = byte >= 'A' && byte <= 'Z';
		int is_letter = is_capital || (byte >= 'a' && byte <= 'z');

		for (place = 0; place < LENGTH; place++) {
			char word[] = "abcdefghijklmnoxyza";
			size_t expected = is_letter ? LENGTH : place;

			word[place] = (char)byte;
			assert_int_equal(kzi_latin_letters(word, LENGTH,
						 &is_normal, &is_ascii),
				expected);
			assert_int_equal(is_normal, !is_capital);
			assert_true(is_ascii);
		}
	}
}

static int is_known(uint32_t c)
{
	return (c >= 0xC0 && c <= 0x17F && c != 0xD7 && c != 0xF7) ||
		(c >= 0x218 && c <= 0x21B);
}

/* The letter as the long way gives it, folded by case; 0 if that is more than
 * one or none of those that latin.h knows. */
static uint32_t lower_by_library(uint32_t c)
{
	utf8proc_int32_t room[8];
	int boundary = 0;
	utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)c,
		room, 8,
		UTF8PROC_CASEFOLD | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE,
		&boundary);

	assert_true(count > 0 && count < 8);
	count = utf8proc_normalize_utf32(room, count, UTF8PROC_COMPOSE);
	return count == 1 && is_known((uint32_t)room[0]) ? (uint32_t)room[0]
							 : 0;
}

/* What is left of a lower-case letter without its marks, if that is ASCII. */
static char base_by_library(uint32_t c)
{
	utf8proc_int32_t room[8];
	int boundary = 0;
	utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)c,
		room, 8, UTF8PROC_DECOMPOSE, &boundary);

	return count > 1 && room[0] < 0x80 ? (char)room[0] : 0;
}

static void test_latin(void **state)
{
	uint32_t c;

	(void)state;
	for (c = 0; c < 0x250; c++) {
		uint32_t lower = is_known(c) ? lower_by_library(c) : 0;

		if (kzi_latin_lower(c) != lower)
			fail_msg("U+%04X: lower %04X, not %04X", (unsigned)c,
				(unsigned)kzi_latin_lower(c), (unsigned)lower);
		if (is_known(c) && lower == c)
			assert_int_equal(
				kzi_latin_base(c), base_by_library(c));
	}
}

static void test_tags(void **state)
{
	char tags[200] = "";
	int i;

	(void)state;
	for (i = 0; i < KZI_LANGUAGES; i++) {
		const char *tag = kzi_language_tag(i);
		size_t length = strlen(tags);

		assert_int_equal(kzi_language_find(tag, strlen(tag)), i);
		snprintf(tags + length, sizeof(tags) - length, "%s%s",
			i > 0 ? ", " : "", tag);
	}
	assert_string_equal(tags, KZI_LANGUAGE_TAGS);
}

int main(void)
{
	static char tags[][3] = { "ca", "en", "hu", "it", "pt", "ro" };
	const struct CMUnitTest tests[] = {
		{ "ca", test_language, NULL, NULL, tags[0] },
		{ "en", test_language, NULL, NULL, tags[1] },
		{ "hu", test_language, NULL, NULL, tags[2] },
		{ "it", test_language, NULL, NULL, tags[3] },
		{ "pt", test_language, NULL, NULL, tags[4] },
		{ "ro", test_language, NULL, NULL, tags[5] },
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_fingerprint),
		cmocka_unit_test(test_word_set),
		cmocka_unit_test(test_words_by_name),
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_latin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
