/* pdf_repeat.c -- headers, footers and page numbers of a PDF.
 *
 * The words of a page that overlap from left to right are a level. A level near
 * the edge that stands apart from the text, and at the same height on other
 * pages with the same words but for its numbers, is none of the text:
 *
 *     "Annual report 2007      12"  and  "Annual report 2007      13"  */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "indexer/pdf_page.h"

enum {
	LEVELS = 3,   /* From each edge. */
	FEW_PAGES = 6 /* Up to so many, twice is often. */
};

static const float EDGE = 0.15f; /* Share of the height: near an edge. */
static const float NUMBER_EDGE = 0.2f; /* For a number below the text. */
static const float SAME = 3;	 /* Points apart: the same height. */
static const float APART = 0.7f; /* Ems of white between it and the text. */

struct level {
	uint64_t key; /* Hash of its text, numbers made one sign. */
	float y0, y1, size;
	uint32_t page;
	uint32_t first, count; /* In the page's words as sorted. */
	int from_edge;	       /* 0: the outermost. */
	int is_number;	       /* Only digits, also Roman, and dashes. */
	int is_repeated;
};

static int by_height(const void *a, const void *b)
{
	const struct kzi_pdf_word *one = a, *other = b;
	float difference = one->y0 + one->y1 - other->y0 - other->y1;

	return difference < 0 ? -1 : difference > 0;
}

static int by_left(const void *a, const void *b)
{
	const struct kzi_pdf_word *one = a, *other = b;

	return one->x0 < other->x0 ? -1 : one->x0 > other->x0;
}

/* Read the text of the level into its key. */
static void make_key(const struct kzi_pdf *pdf, struct level *level,
	const struct kzi_pdf_word *words)
{
	uint32_t i;
	uint16_t j;

	level->is_number = 1;
	for (i = 0; i < level->count; i++) {
		const char *text = pdf->text.data + words[i].start;

		for (j = 0; j < words[i].length; j++) {
			int is_digit = text[j] >= '0' && text[j] <= '9';

			if (is_digit && j > 0 && text[j - 1] >= '0' &&
				text[j - 1] <= '9')
				continue;
			level->key = kzi_hash(
				is_digit ? "#" : &text[j], 1, level->key);
			if (!is_digit && !strchr("-/.|()[]ivxl", text[j]))
				level->is_number = 0;
		}
	}
}

/* The levels of a page from top to bottom, appended to `levels`. The words of
 * the page are left in their order, by level and from left to right. */
static void find_levels(
	struct kzi_pdf *pdf, uint32_t page, struct kzi_buf *levels)
{
	const struct kzi_pdf_page *of = kzi_pdf_page(pdf, page);
	struct kzi_pdf_word *words = kzi_pdf_word(pdf, of->first);
	uint32_t i = 0, start;

	if (of->count)
		qsort(words, of->count, sizeof(*words), by_height);
	for (start = 0; start < of->count; start = i) {
		struct level level = {.y0 = words[start].y0,
			.y1 = words[start].y1,
			.page = page,
			.first = start};

		for (i = start; i < of->count; i++) {
			float middle = (words[i].y0 + words[i].y1) / 2;

			if (middle > level.y1)
				break;
			if (words[i].y0 < level.y0)
				level.y0 = words[i].y0;
			if (words[i].size > level.size)
				level.size = words[i].size;
		}
		level.count = i - start;
		qsort(words + start, level.count, sizeof(*words), by_left);
		make_key(pdf, &level, words + start);
		kzi_buf_append(levels, &level, sizeof(level));
	}
}

/* Keep of the levels of a page, from `start` on, those near the edges that
 * white divides from the rest. */
static void keep_edges(const struct kzi_pdf *pdf, struct kzi_buf *levels,
	size_t start, struct kzi_buf *kept)
{
	const struct level *level =
		(const struct level *)(const void *)levels->data;
	size_t count = levels->length / sizeof(*level), i;
	size_t top = start, bottom = count;
	float height;

	if (start == count)
		return;
	if (start + 1 == count) /* A page of nothing else. */
		kzi_buf_append(kept, &level[start], sizeof(*level));
	height = kzi_pdf_page(pdf, level[start].page)->height;
	for (i = start; i + 1 < count && i < start + LEVELS; i++)
		if (level[i].y1 < EDGE * height &&
			level[i + 1].y0 - level[i].y1 > APART * level[i].size)
			top = i + 1;
	for (i = count; i > top && i > start + 1 && i + LEVELS > count; i--) {
		float edge = level[i - 1].is_number ? NUMBER_EDGE : EDGE;

		if (level[i - 1].y0 > (1 - edge) * height &&
			level[i - 1].y0 - level[i - 2].y1 >
				APART * level[i - 1].size)
			bottom = i - 1;
	}
	for (i = start; i < count; i++) {
		struct level copy = level[i];

		copy.from_edge = (int)(i < top ? i - start : count - 1 - i);
		if (i < top || i >= bottom)
			kzi_buf_append(kept, &copy, sizeof(copy));
	}
}

static int by_key(const void *a, const void *b)
{
	const struct level *one = a, *other = b;

	if (one->key != other->key)
		return one->key < other->key ? -1 : 1;
	return one->y0 < other->y0 ? -1 : one->y0 > other->y0;
}

/* Mark those that have enough like them. */
static void find_repeated(struct level *levels, size_t count, size_t pages)
{
	size_t least = pages <= FEW_PAGES ? 2 : 3, start, i;

	qsort(levels, count, sizeof(*levels), by_key);
	for (start = 0; start < count; start = i) {
		for (i = start + 1;
			i < count && levels[i].key == levels[start].key &&
			levels[i].y0 - levels[i - 1].y0 < SAME;
			i++)
			;
		if (i - start >= least || levels[start].is_number)
			for (size_t j = start; j < i; j++)
				levels[j].is_repeated = 1;
	}
}

static int by_page(const void *a, const void *b)
{
	const struct level *one = a, *other = b;

	if (one->page != other->page)
		return one->page < other->page ? -1 : 1;
	return one->from_edge - other->from_edge;
}

static void drop(struct kzi_pdf *pdf, const struct level *level)
{
	uint32_t first = kzi_pdf_page(pdf, level->page)->first + level->first;
	uint32_t i;

	for (i = 0; i < level->count; i++)
		kzi_pdf_word(pdf, first + i)->is_dropped = 1;
}

/* Words of the page of levels[*i] that are in no repeated level; *i becomes the
 * first of the next page. */
static size_t words_left(const struct kzi_pdf *pdf, const struct level *levels,
	size_t count, size_t *i)
{
	uint32_t page = levels[*i].page;
	size_t left = kzi_pdf_page(pdf, page)->count;

	for (; *i < count && levels[*i].page == page; (*i)++)
		if (levels[*i].is_repeated)
			left -= levels[*i].count;
	return left;
}

/* Where most pages with text would have none without what is repeated, that is
 * the text: pages with a line each. Of these, the numbers at most say nothing.
 * A page without levels here keeps all it has. */
static int has_more(const struct kzi_pdf *pdf, const struct level *levels,
	size_t count)
{
	size_t pages = kzi_pdf_page_count(pdf), emptied = 0, full = 0, i;

	for (i = 0; i < pages; i++)
		full += kzi_pdf_page(pdf, i)->count > 0;
	for (i = 0; i < count;)
		emptied += !words_left(pdf, levels, count, &i);
	return emptied * 2 < full;
}

void kzi_pdf_drop_repeated(struct kzi_pdf *pdf)
{
	struct kzi_buf all = {0}, edges = {0};
	size_t pages = kzi_pdf_page_count(pdf), count, i;
	struct level *levels;
	int is_more;

	for (i = 0; i < pages; i++) {
		kzi_buf_clear(&all);
		find_levels(pdf, (uint32_t)i, &all);
		if (!all.failed)
			keep_edges(pdf, &all, 0, &edges);
	}
	if (all.failed || edges.failed)
		pdf->failed = 1;
	levels = (struct level *)(void *)edges.data;
	count = pdf->failed ? 0 : edges.length / sizeof(*levels);
	if (count) {
		find_repeated(levels, count, pages);
		qsort(levels, count, sizeof(*levels), by_page);
	}
	is_more = has_more(pdf, levels, count);
	for (i = 0; i < count; i++)
		if (levels[i].is_repeated &&
			(is_more || levels[i].is_number))
			drop(pdf, &levels[i]);
	kzi_buf_release(&all);
	kzi_buf_release(&edges);
}
