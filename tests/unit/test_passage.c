/* indexer/passage.c: blocks => passages. A document is written as lines:
 *
 *     # heading (## of level 2)     - item     | row     other: paragraph
 *
 * and a number of words "w*90" stands for so many. Expected are the passages:
 * how many words, under which headings. */
#include "unit.h"

#include "base/alloc.h"
#include "indexer/passage.h"
#include "text/text.h"

enum { TEXT_MOST = 200000 };

static void put_words(struct kzi_buf *text, int count, int has_stops)
{
	int i;

	for (i = 1; i <= count; i++) {
		kzi_buf_text(text, i > 1 ? " word" : "word");
		if (has_stops && i % 10 == 0)
			kzi_buf_byte(text, '.');
	}
}

static void add_line(struct kzi_document *document, const char *line)
{
	enum kzi_block_type type = KZI_PARAGRAPH;
	struct kzi_buf text = { 0 };
	struct kzi_block *block;
	int level = 1;

	if (*line == '#') {
		level = (int)strspn(line, "#");
		type = KZI_HEADING;
		line += level + 1;
	} else if (*line == '-' || *line == '|') {
		type = *line == '-' ? KZI_ITEM : KZI_ROW;
		line += 2;
	}
	if (!strncmp(line, "w*", 2))
		put_words(&text, (int)strtol(line + 2, NULL, 10), 1);
	else if (!strncmp(line, "x*", 2)) /* Without sentences. */
		put_words(&text, (int)strtol(line + 2, NULL, 10), 0);
	else
		kzi_buf_text(&text, line);
	block = kzi_document_block(document, type, text.data, text.length);
	block->level = level;
	block->language = KZI_EN;
	kzi_buf_release(&text);
}

static void make_document(struct kzi_document *document, const char *lines)
{
	kzi_document_init(document, "x.html");
	while (*lines) {
		size_t length = strcspn(lines, "\n");
		char line[300];

		snprintf(line, sizeof(line), "%.*s", (int)length, lines);
		add_line(document, line);
		lines += length + (lines[length] == '\n');
	}
}

/* "90 a/b; 12" : words and headings of each passage. */
static void describe(char *out, const struct kzi_buf *passages)
{
	size_t count = passages->length / sizeof(struct kzi_passage), i, k;
	const struct kzi_passage *items =
		(const struct kzi_passage *)(const void *)passages->data;

	*out = '\0';
	for (i = 0; i < count; i++) {
		const struct kzi_passage_record *record = &items[i].record;

		assert_int_equal(record->ordinal, i + 1);
		sprintf(out + strlen(out), "%s%u", i ? "; " : "",
			items[i].words);
		for (k = 0; k < record->heading_count; k++)
			sprintf(out + strlen(out), "%s%.*s", k ? "/" : " ",
				(int)record->headings[k].length,
				record->headings[k].bytes);
	}
}

/* Every passage is a stretch of the text, behind the one before it. */
static void check_cover(const struct kzi_buf *passages,
	const struct kzi_buf *text)
{
	size_t count = passages->length / sizeof(struct kzi_passage), i;
	const struct kzi_passage *items =
		(const struct kzi_passage *)(const void *)passages->data;
	size_t end = 0;

	for (i = 0; i < count; i++) {
		const struct kzi_string *piece = &items[i].record.text;

		assert_true(items[i].record.offset >= end);
		end = items[i].record.offset + piece->length;
		assert_true(end <= text->length);
		assert_ptr_equal(
			piece->bytes, text->data + items[i].record.offset);
		assert_true(piece->length > 0);
		assert_false(strchr(" \n", piece->bytes[0]));
		assert_false(strchr(" \n", piece->bytes[piece->length - 1]));
	}
}

static const struct {
	const char *lines, *passages;
} cases[] = {
	{ "", "" },
	{ "One paragraph.", "2" },
	{ "w*40\nw*40", "80" },
	{ "w*95\nw*40", "95; 40" },        /* Long enough already. */
	{ "w*80\nw*90", "80; 90" },        /* Would be too long. */
	{ "w*240", "240" },                /* Not cut: a little too long. */
	{ "w*300", "90; 90; 90; 30" },     /* Cut at ends of sentences. */
	{ "w*290", "90; 90; 110" },        /* A short rest joins. */
	{ "x*600", "240; 240; 120" },      /* Nowhere else to cut. */
	{ "# a\nw*10\n# b\nw*10", "10 a; 10 b" },
	{ "# a\n## b\nw*10\n## c\nw*10\n# d\nw*10",
		"10 a/b; 10 a/c; 10 d" },
	{ "# a\n### c\nw*10\n## b\nw*10", "10 a/c; 10 a/b" },
	{ "# alone", "1 alone" },          /* Is text of its own. */
	{ "# one\n# two\nw*10", "1 one; 10 two" },
	{ "# a\n## b\nw*10\n# last", "10 a/b; 1 last" },
	/* A list stays with the sentence that leads to it. */
	{ "w*85\nThese are:\n- w*20\n- w*20", "127" },
	{ "w*85\nThese are:\n- w*40\n- w*40", "85; 82" },
	{ "| w*10\n| w*10", "20" },
	{ "- x*100\n- x*100\n- x*100", "101; 101; 98" }, /* Cut between items. */
};

static void each_document_has_its_passages(void **state)
{
	char *got = malloc(TEXT_MOST);
	size_t i, wrong = 0;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct kzi_buf passages = { 0 }, text = { 0 };
		struct kzi_document document;

		make_document(&document, cases[i].lines);
		assert_true(kzi_passages_make(&document, &passages, &text));
		describe(got, &passages);
		check_cover(&passages, &text);
		if (strcmp(got, cases[i].passages)) {
			print_error("%s\n  is        %s\n  should be %s\n",
				cases[i].lines, got, cases[i].passages);
			wrong++;
		}
		kzi_buf_release(&passages);
		kzi_buf_release(&text);
		kzi_document_release(&document);
	}
	free(got);
	assert_int_equal(wrong, 0);
}

static size_t count_passages(const char *lines, int stays_whole)
{
	struct kzi_buf passages = { 0 }, text = { 0 };
	struct kzi_document document;
	size_t count;

	make_document(&document, lines);
	document.stays_whole = stays_whole;
	assert_true(kzi_passages_make(&document, &passages, &text));
	check_cover(&passages, &text);
	count = passages.length / sizeof(struct kzi_passage);
	kzi_buf_release(&passages);
	kzi_buf_release(&text);
	kzi_document_release(&document);
	return count;
}

static void a_short_document_may_stay_whole(void **state)
{
	(void)state;
	assert_int_equal(count_passages("w*200\nw*200", 1), 1);
	assert_int_equal(count_passages("w*200\nw*200", 0), 2);
	assert_int_equal(count_passages("w*200\nw*201", 1), 2);
}

static void languages_and_pages_divide(void **state)
{
	struct kzi_buf passages = { 0 }, text = { 0 };
	struct kzi_document document;

	(void)state;
	make_document(&document, "One.\nTwo.\nThree.");
	kzi_document_block_at(&document, 1)->language = KZI_CY;
	assert_true(kzi_passages_make(&document, &passages, &text));
	assert_int_equal(passages.length / sizeof(struct kzi_passage), 3);
	kzi_document_block_at(&document, 1)->language = KZI_EN;
	kzi_document_block_at(&document, 2)->page = 2;
	assert_true(kzi_passages_make(&document, &passages, &text));
	assert_int_equal(passages.length / sizeof(struct kzi_passage), 2);
	kzi_buf_release(&passages);
	kzi_buf_release(&text);
	kzi_document_release(&document);
}

static void an_item_has_its_bullet(void **state)
{
	struct kzi_buf passages = { 0 }, text = { 0 };
	struct kzi_document document;

	(void)state;
	make_document(&document, "We need:\n- a chair\n- a lamp");
	assert_true(kzi_passages_make(&document, &passages, &text));
	assert_bytes(text.data, text.length,
		"We need:\n\xE2\x80\xA2 a chair\n\xE2\x80\xA2 a lamp");
	kzi_buf_release(&passages);
	kzi_buf_release(&text);
	kzi_document_release(&document);
}

/* Without a space there is nothing to cut at; still no piece is endless, and no
 * character is cut. */
static void text_without_spaces_is_cut_between_characters(void **state)
{
	struct kzi_buf passages = { 0 }, text = { 0 }, line = { 0 };
	const struct kzi_passage *items;
	struct kzi_document document;
	size_t i;

	(void)state;
	for (i = 0; i < 50000; i++)
		kzi_buf_text(&line, "\xE2\x82\xAC");
	kzi_document_init(&document, "x");
	kzi_document_block(&document, KZI_PARAGRAPH, line.data, line.length)
		->language = KZI_EN;
	assert_true(kzi_passages_make(&document, &passages, &text));
	items = (const struct kzi_passage *)(const void *)passages.data;
	for (i = 0; i < passages.length / sizeof(*items); i++) {
		assert_true(items[i].record.text.length <= 16384);
		assert_int_equal(items[i].record.text.length % 3, 0);
	}
	assert_true(i > 8);
	kzi_buf_release(&line);
	kzi_buf_release(&passages);
	kzi_buf_release(&text);
	kzi_document_release(&document);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_document_has_its_passages),
		cmocka_unit_test(a_short_document_may_stay_whole),
		cmocka_unit_test(languages_and_pages_divide),
		cmocka_unit_test(an_item_has_its_bullet),
		cmocka_unit_test(text_without_spaces_is_cut_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
