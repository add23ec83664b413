/* pdf_layout.c -- the order in which the words of a PDF page are read.
 *
 * A gutter is a strip of white with several lines on both sides. What is above
 * it comes first, then what is on its left, on its right, and below; each of
 * these may have gutters of its own. Where the lines on both sides are short
 * and stand at the same heights, it is not columns of text that it divides but
 * those of a table, which is read row by row. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "indexer/pdf_page.h"

enum {
	DEPTH = 12,	     /* Gutters in each other. */
	WORDS_MOST = 8000,   /* On a page; one with more is read as it comes. */
	LINES_LEAST = 3,     /* On each side of a gutter. */
	COLUMN_LETTERS = 22, /* Letters a line of a column of text. */
	CELLS_MOST = 32,     /* Columns of a table. */
	LINE_WORDS = 128,    /* Longer lines are not asked. */
	WINDOW = 60,	     /* Words that may be on the line of one. */
	ROW_LINES = 8	     /* Lines of a row in a table of much text. */
};

static const float GUTTER = 0.8f; /* Ems that it is wide at least. */
static const float SPREAD = 1.5f; /* Times a space in its line that it is. */
static const float WORD_SPACE = 1.2f; /* Ems: wider is no space of words. */
static const float CELL_GAP = 0.6f;   /* The same in a table found to be one. */

/* Words looked at for a file, some ten seconds. A page of a book takes a few
 * hundred thousand; pages made to do harm, a thousand times that. */
static const uint64_t WORK_MOST = 10000000000ULL;

typedef struct kzi_pdf_word word; /* Of which this file is full. */

struct layout {
	struct kzi_pdf *pdf;
	uint32_t page;
	word *spare; /* Room to divide words in. */
};

/* A strip that begins at x0, and is all white from y0 to y1. */
struct gutter {
	float x0, y0, y1;
	float height; /* That both sides have in common. */
};

static void lay_out(
	struct layout *layout, word *words, size_t count, int depth);

/* ---- Lines -------------------------------------------------------------- */

static int by_height(const void *a, const void *b)
{
	const word *one = a, *other = b;
	float difference = one->y0 + one->y1 - other->y0 - other->y1;

	return difference < 0 ? -1 : difference > 0;
}

static int by_left(const void *a, const void *b)
{
	const word *one = a, *other = b;

	return one->x0 < other->x0 ? -1 : one->x0 > other->x0;
}

/* How many of the words, sorted by height, are on one line from the first on.
 * Small ones above or below it (notes) count in. */
static size_t line_length(const word *words, size_t count)
{
	float y0 = words[0].y0, y1 = words[0].y1;
	size_t i;

	for (i = 1; i < count; i++) {
		float middle = (words[i].y0 + words[i].y1) / 2;
		float own = (y0 + y1) / 2;

		if (middle > y1 ||
			(own < words[i].y0 && middle > y0 + 0.75f * (y1 - y0)))
			break;
		if (words[i].y1 - words[i].y0 > y1 - y0) {
			y0 = words[i].y0;
			y1 = words[i].y1;
		}
	}
	return i;
}

/* The size of most of its letters counts for the line. */
static void measure(struct kzi_pdf_line *line, const word *words, size_t count)
{
	size_t letters = 0, i;

	line->x0 = words[0].x0;
	line->x1 = words[0].x1;
	line->y0 = words[0].y0;
	line->y1 = words[0].y1;
	line->is_bold = 1;
	line->first_width = words[0].x1 - words[0].x0;
	for (i = 0; i < count; i++) {
		if (words[i].length >= letters) {
			letters = words[i].length;
			line->size = words[i].size;
			line->y0 = words[i].y0;
			line->y1 = words[i].y1;
		}
		line->is_bold &= words[i].is_bold;
		if (words[i].x0 < line->x0)
			line->x0 = words[i].x0;
		if (words[i].x1 > line->x1)
			line->x1 = words[i].x1;
	}
}

static void add_words(struct kzi_pdf *pdf, struct kzi_buf *text,
	const word *words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		/* A word in two fonts has no space between, and what poppler
		 * took for two lines may have one all the same. */
		if (i > 0 && (words[i - 1].has_space ||
				     words[i].x0 - words[i - 1].x1 >
					     0.1f * words[i].size))
			kzi_buf_byte(text, ' ');
		kzi_buf_append(
			text, pdf->text.data + words[i].start, words[i].length);
	}
}

static void add_line(struct layout *layout, struct kzi_pdf_line *line)
{
	struct kzi_pdf *pdf = layout->pdf;

	line->length = (uint32_t)(pdf->line_text.length - line->start);
	line->page = layout->page + 1;
	kzi_buf_append(&pdf->lines, line, sizeof(*line));
}

/* Words of one column, which no gutter divides. */
static void add_column(struct layout *layout, word *words, size_t count)
{
	struct kzi_pdf *pdf = layout->pdf;
	float left = 0, right = 0;
	size_t start, length, i;

	pdf->columns++;
	for (i = 0; i < count; i++) {
		if (i == 0 || words[i].x0 < left)
			left = words[i].x0;
		if (i == 0 || words[i].x1 > right)
			right = words[i].x1;
	}
	qsort(words, count, sizeof(*words), by_height);
	for (start = 0; start < count; start += length) {
		struct kzi_pdf_line line = {.left = left,
			.right = right,
			.column = pdf->columns,
			.start = (uint32_t)pdf->line_text.length};

		length = line_length(words + start, count - start);
		qsort(words + start, length, sizeof(*words), by_left);
		measure(&line, words + start, length);
		add_words(pdf, &pdf->line_text, words + start, length);
		add_line(layout, &line);
	}
}

/* ---- Gutters ------------------------------------------------------------ */

static float em_of(const word *words, size_t count)
{
	float sum = 0, letters = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		sum += words[i].size * (float)words[i].length;
		letters += (float)words[i].length;
	}
	return letters > 0 ? sum / letters : 10;
}

/* What is on one side of a gutter, at its height. */
struct beside {
	int lines;
	float y0, y1; /* Where these begin and end. */
};

/* The words in the strip's height on its left (side < 0) or right. */
static struct beside look_beside(
	const word *words, size_t count, const struct gutter *gutter, int side)
{
	struct beside beside = {0};
	float last = -1e9f;
	size_t i;

	for (i = 0; i < count; i++) {
		float middle = (words[i].y0 + words[i].y1) / 2;

		if (middle < gutter->y0 || middle > gutter->y1 ||
			(side < 0) != (words[i].x0 < gutter->x0))
			continue;
		if (!beside.lines)
			beside.y0 = words[i].y0;
		if (middle > last) {
			beside.lines++;
			last = words[i].y1;
		}
		beside.y1 = words[i].y1;
	}
	return beside;
}

/* What the spaces of a line say of a gutter: 1, it is wider than they are; -1,
 * it is one of them; 0, nothing. The words are sorted from left to right. */
static int ask_line(const word *words, size_t count, float em, float x)
{
	float at_gutter = 0, least = 1e9f;
	size_t i;

	for (i = 1; i < count; i++) {
		float space = words[i].x0 - words[i - 1].x1;

		if (words[i - 1].x1 <= x + 0.1f && words[i].x0 > x)
			at_gutter = space;
		else if (space > 0 && space < least)
			least = space;
	}
	if (at_gutter <= 0 || least > WORD_SPACE * em)
		return 0;
	return at_gutter > SPREAD * least ? 1 : -1;
}

/* In text that is set even on both sides, spaces of some lines may happen to
 * stand below each other. */
static int is_river(
	const word *words, size_t count, float em, const struct gutter *gutter)
{
	word line[LINE_WORDS];
	size_t start, length;
	int sum = 0;

	for (start = 0; start < count; start += length) {
		float middle = (words[start].y0 + words[start].y1) / 2;

		length = line_length(words + start, count - start);
		if (middle < gutter->y0 || middle > gutter->y1 ||
			length > LINE_WORDS)
			continue;
		memcpy(line, words + start, length * sizeof(*line));
		qsort(line, length, sizeof(*line), by_left);
		sum += ask_line(line, length, em, gutter->x0);
	}
	return sum < 0;
}

/* Take the gutter for the best so far if it is. */
static void try_gutter(const word *words, size_t count, float em,
	const struct gutter *gutter, struct gutter *best)
{
	struct beside left = look_beside(words, count, gutter, -1), right;
	float height;
	int lines;

	if (left.lines < LINES_LEAST)
		return;
	right = look_beside(words, count, gutter, 1);
	lines = left.lines < right.lines ? left.lines : right.lines;
	if (lines < LINES_LEAST)
		return;
	height = (left.y1 < right.y1 ? left.y1 : right.y1) -
		 (left.y0 > right.y0 ? left.y0 : right.y0);
	if (height > best->height + 1 && !is_river(words, count, em, gutter)) {
		*best = *gutter;
		best->height = height;
	}
}

/* Look for a gutter whose left edge is at x: the heights between words that
 * stand in its way. The words are sorted by height. Returns how many were
 * looked at. */
static uint64_t try_edge(const word *words, size_t count, float x, float width,
	float em, struct gutter *best)
{
	uint64_t work = count;
	struct gutter gutter = {.x0 = x, .y0 = -1e9f};
	size_t i;

	for (i = 0; i <= count; i++) {
		if (i < count &&
			(words[i].x1 <= x + 0.1f || words[i].x0 >= x + width))
			continue;
		gutter.y1 = i < count ? words[i].y0 : 1e9f;
		if (gutter.y1 - gutter.y0 > LINES_LEAST * em) {
			try_gutter(words, count, em, &gutter, best);
			work += 2 * count;
		}
		if (i < count && words[i].y1 > gutter.y0)
			gutter.y0 = words[i].y1;
	}
	return work;
}

static int by_number(const void *a, const void *b)
{
	float one = *(const float *)a, other = *(const float *)b;

	return one < other ? -1 : one > other;
}

/* The tallest gutter of the words, sorted by height; 0: there is none. */
static int find_gutter(struct layout *layout, const word *words, size_t count,
	struct gutter *best)
{
	float em = em_of(words, count), last = -1e9f;
	float *edges = kzi_malloc(count * sizeof(*edges));
	size_t i;

	memset(best, 0, sizeof(*best));
	if (!edges)
		return 0;
	for (i = 0; i < count; i++)
		edges[i] = words[i].x1;
	qsort(edges, count, sizeof(*edges), by_number);
	for (i = 0; i < count; i++) {
		if (edges[i] - last < 1)
			continue;
		last = edges[i];
		layout->pdf->work +=
			try_edge(words, count, edges[i], GUTTER * em, em, best);
	}
	kzi_free(edges);
	return best->height > 0;
}

/* ---- Is it a table? ----------------------------------------------------- */

/* What is on one side of a gutter, line by line. */
struct side {
	float *tops;  /* Of its lines, from above. */
	float *right; /* Of the same. */
	float *first; /* Width of the first word of each. */
	size_t lines;
	size_t letters;
	size_t full; /* Lines that the next one's word would not fit in. */
};

static void measure_side(struct side *side, const word *words, size_t count)
{
	float em = em_of(words, count), edge = -1e9f;
	size_t start, length, i;

	side->lines = side->letters = side->full = 0;
	for (start = 0; start < count; start += length) {
		const word *first = &words[start];
		float right = -1e9f;

		length = line_length(words + start, count - start);
		for (i = start; i < start + length; i++) {
			side->letters += words[i].length;
			if (words[i].x1 > right)
				right = words[i].x1;
			if (words[i].x0 < first->x0)
				first = &words[i];
		}
		edge = right > edge ? right : edge;
		side->tops[side->lines] = words[start].y1;
		side->right[side->lines] = right;
		side->first[side->lines++] = first->x1 - first->x0;
	}
	for (i = 0; i + 1 < side->lines; i++)
		side->full +=
			side->right[i] + 0.3f * em + side->first[i + 1] > edge;
}

/* Share of the lines of `one` that have a line of `other` at their height. */
static float share_aligned(
	const struct side *one, const struct side *other, float em)
{
	size_t i, j = 0, aligned = 0;

	for (i = 0; i < one->lines; i++) {
		while (j < other->lines &&
			other->tops[j] < one->tops[i] - 0.3f * em)
			j++;
		aligned += j < other->lines &&
			   other->tops[j] < one->tops[i] + 0.3f * em;
	}
	return one->lines ? (float)aligned / (float)one->lines : 0;
}

/* Bands of white across both sides that are higher than the space between
 * lines: those between the rows of a table. What that space is, the lower
 * quarter tells: beside a heading with large letters there may be next to none.
 * `gaps` has room for one a word. */
static size_t count_bands(
	const word *words, size_t count, float em, float *gaps)
{
	float bottom = words[0].y1, usual;
	size_t bands = 0, found = 0, i;

	for (i = 1; i < count; i++) {
		if (words[i].y0 > bottom)
			gaps[found++] = words[i].y0 - bottom;
		if (words[i].y1 > bottom)
			bottom = words[i].y1;
	}
	if (!found)
		return 0;
	qsort(gaps, found, sizeof(*gaps), by_number);
	usual = gaps[found / 4];
	for (i = 0; i < found; i++)
		bands += gaps[i] > usual + 0.2f * em;
	return bands;
}

/* Text fills its lines, and runs on for several of them. */
static int is_text(const struct side *side, size_t bands)
{
	return side->full * 10 >= side->lines * 6 &&
	       side->lines >= 4 * (bands + 1);
}

/* `all` are the words of both sides, sorted by height. */
static int is_table(const word *all, size_t count, const word *left,
	size_t left_count, const word *right, size_t right_count)
{
	float em = em_of(all, count), aligned;
	float *room = kzi_malloc(4 * count * sizeof(*room));
	struct side one = {.tops = room}, other;
	size_t bands, lines;
	int narrow;

	if (!room)
		return 0;
	one.right = one.tops + left_count;
	one.first = one.right + left_count;
	other.tops = one.first + left_count;
	other.right = other.tops + right_count;
	other.first = other.right + right_count;
	measure_side(&one, left, left_count);
	measure_side(&other, right, right_count);
	aligned = one.lines < other.lines ? share_aligned(&one, &other, em)
					  : share_aligned(&other, &one, em);
	narrow = one.letters < one.lines * COLUMN_LETTERS ||
		 other.letters < other.lines * COLUMN_LETTERS;
	lines = one.lines > other.lines ? one.lines : other.lines;
	bands = count_bands(all, count, em, other.first + right_count);
	kzi_free(room);
	if (is_text(&one, bands) && is_text(&other, bands))
		return 0;
	return narrow ? aligned >= 0.6f
		      : aligned >= 0.8f && bands >= 2 &&
				lines <= (bands + 1) * ROW_LINES;
}

/* ---- Tables ------------------------------------------------------------- */

struct table {
	struct layout *layout;
	float left[CELLS_MOST]; /* Edges of its columns. */
	float right[CELLS_MOST];
	size_t columns;
	float em;
	struct kzi_buf cells[CELLS_MOST]; /* Text of the open row. */
	struct kzi_pdf_line row;
	word last[CELLS_MOST]; /* The last word of each. */
	int has_last[CELLS_MOST];
};

static size_t column_of(const struct table *table, const word *at)
{
	size_t i = 0;

	while (i + 1 < table->columns && at->x0 >= table->left[i + 1] - 0.1f)
		i++;
	return i;
}

/* Columns are what white divides from top to bottom. */
static void find_columns(struct table *table, word *words, size_t count)
{
	float gap = CELL_GAP * table->em, end;
	size_t i;

	qsort(words, count, sizeof(*words), by_left);
	end = words[0].x1;
	table->columns = 1;
	table->left[0] = words[0].x0;
	for (i = 1; i < count; i++) {
		if (words[i].x0 - end > gap && table->columns < CELLS_MOST) {
			table->right[table->columns - 1] = end;
			table->left[table->columns++] = words[i].x0;
		}
		if (words[i].x1 > end)
			end = words[i].x1;
	}
	table->right[table->columns - 1] = end;
}

static void flush_row(struct table *table)
{
	struct kzi_pdf *pdf = table->layout->pdf;
	size_t cells = 0, i;

	table->row.start = (uint32_t)pdf->line_text.length;
	for (i = 0; i < table->columns; i++) {
		if (!table->cells[i].length)
			continue;
		if (cells++)
			kzi_buf_text(&pdf->line_text, " | ");
		kzi_buf_append(&pdf->line_text, table->cells[i].data,
			table->cells[i].length);
		pdf->failed |= table->cells[i].failed;
		kzi_buf_clear(&table->cells[i]);
	}
	if (cells) {
		table->row.is_row = cells > 1;
		add_line(table->layout, &table->row);
	}
	memset(table->has_last, 0, sizeof(table->has_last));
}

/* May the line of words go on with cells of the open row? It does if in some
 * column of several words the next word would not have fitted in the last
 * line, and `is_close` to it. Where all is close, the first column tells. */
static int goes_on(const struct table *table, const word *words, size_t count,
	int is_close, int is_even)
{
	size_t i, column, last_column = CELLS_MOST;
	int would_fit = 1, has_first = 0;

	if (!is_close)
		return 0;
	for (i = 0; i < count; i++) {
		const word *last;

		column = column_of(table, &words[i]);
		if (column == last_column)
			continue;
		last_column = column;
		has_first |= column == 0;
		last = &table->last[column];
		if (!table->has_last[column])
			continue;
		if (table->right[column] - table->left[column] >
				4 * table->em &&
			last->x1 + 0.25f * last->size +
					(words[i].x1 - words[i].x0) >
				table->right[column] - 0.5f)
			would_fit = 0;
	}
	return !would_fit && !(is_even && has_first);
}

/* Put a line of words, sorted from left to right, into the cells. */
static void add_to_row(struct table *table, const word *words, size_t count)
{
	struct kzi_pdf *pdf = table->layout->pdf;
	struct kzi_buf piece = {0};
	size_t start, end;

	for (start = 0; start < count; start = end) {
		size_t column = column_of(table, &words[start]);

		for (end = start;
			end < count && column_of(table, &words[end]) == column;
			end++)
			;
		kzi_buf_clear(&piece);
		add_words(pdf, &piece, words + start, end - start);
		if (!piece.failed)
			kzi_pdf_join(pdf, &table->cells[column], piece.data,
				piece.length);
		pdf->failed |= piece.failed;
		table->last[column] = words[end - 1];
		table->has_last[column] = 1;
	}
	kzi_buf_release(&piece);
}

/* The least space between lines, and whether all have about the same. */
static float least_gap(const word *words, size_t count, float em, int *is_even)
{
	float least = 1e9f, most = -1e9f;
	float bottom = 0;
	size_t start, length;

	for (start = 0; start < count; start += length) {
		length = line_length(words + start, count - start);
		if (start > 0) {
			float gap = words[start].y0 - bottom;

			least = gap < least ? gap : least;
			most = gap > most ? gap : most;
		}
		bottom = words[start].y1;
	}
	*is_even = most - least < 0.2f * em;
	return least;
}

static void add_table(struct layout *layout, word *words, size_t count)
{
	struct table table = {.layout = layout, .em = em_of(words, count)};
	float least, bottom = 0;
	size_t start, length, i;
	int is_even;

	find_columns(&table, words, count);
	qsort(words, count, sizeof(*words), by_height);
	least = least_gap(words, count, table.em, &is_even);
	layout->pdf->columns++;
	for (start = 0; start < count; start += length) {
		float y0 = words[start].y0, y1 = words[start].y1;

		length = line_length(words + start, count - start);
		qsort(words + start, length, sizeof(*words), by_left);
		if (start > 0 &&
			!goes_on(&table, words + start, length,
				y0 - bottom < least + 0.2f * table.em, is_even))
			flush_row(&table);
		if (start == 0 || !table.row.size ||
			!memchr(table.has_last, 1, sizeof(table.has_last))) {
			memset(&table.row, 0, sizeof(table.row));
			measure(&table.row, words + start, length);
			table.row.column = layout->pdf->columns;
			table.row.left = table.left[0];
			table.row.right = table.right[table.columns - 1];
		}
		add_to_row(&table, words + start, length);
		bottom = y1;
	}
	flush_row(&table);
	for (i = 0; i < CELLS_MOST; i++)
		kzi_buf_release(&table.cells[i]);
}

/* ---- Regions ------------------------------------------------------------ */

enum where { ABOVE, LEFT, RIGHT, BELOW, PARTS };

static enum where where_is(const word *at, const struct gutter *gutter)
{
	float middle = (at->y0 + at->y1) / 2;

	if (middle < gutter->y0)
		return ABOVE;
	if (middle > gutter->y1)
		return BELOW;
	return at->x0 < gutter->x0 ? LEFT : RIGHT;
}

/* Sort the words by where they are, keeping their order within a part. */
static void divide(struct layout *layout, word *words, size_t count,
	const struct gutter *gutter, size_t counts[PARTS])
{
	size_t filled = 0, i;
	int part;

	for (part = 0; part < PARTS; part++) {
		size_t start = filled;

		for (i = 0; i < count; i++)
			if ((int)where_is(&words[i], gutter) == part)
				layout->spare[filled++] = words[i];
		counts[part] = filled - start;
	}
	memcpy(words, layout->spare, count * sizeof(*words));
}

/* Words at the start of `all`, sorted by height, that are on lines of one side
 * only: what stands above the table and happens to be short. */
static size_t count_above(
	const word *all, size_t count, const struct gutter *gutter)
{
	size_t start, length, i;

	for (start = 0; start < count; start += length) {
		int left = 0, right = 0;

		length = line_length(all + start, count - start);
		for (i = start; i < start + length; i++)
			*(all[i].x0 < gutter->x0 ? &left : &right) = 1;
		if (left && right)
			return start;
	}
	return 0;
}

/* Where the table ends: at a line of one side only that is larger than its
 * letters or far from it (a heading, perhaps of another table), or before the
 * last such lines if they are at least no lines of its last row. */
static size_t find_below(
	const word *all, size_t count, const struct gutter *gutter)
{
	float em = em_of(all, count), least, bottom = all[0].y0;
	size_t start, length, i, end = count;
	int is_even;

	least = least_gap(all, count, em, &is_even);
	for (start = 0; start < count; start += length) {
		float gap = all[start].y0 - bottom;
		int left = 0, right = 0;

		length = line_length(all + start, count - start);
		for (i = start; i < start + length; i++)
			*(all[i].x0 < gutter->x0 ? &left : &right) = 1;
		if (left && right)
			end = count;
		else if (start && (all[start].size > 1.1f * em ||
					  gap > least + 1.2f * em))
			return start;
		else if (end == count && gap > least + 0.35f * em)
			end = start;
		bottom = all[start].y1;
	}
	return end;
}

static void lay_out_table(struct layout *layout, word *all, size_t count,
	const struct gutter *gutter, int depth)
{
	size_t above = count_above(all, count, gutter), below;

	below = above + find_below(all + above, count - above, gutter);
	if (above)
		lay_out(layout, all, above, depth + 1);
	add_table(layout, all + above, below - above);
	if (below < count)
		lay_out(layout, all + below, count - below, depth + 1);
}

static void lay_out_sides(struct layout *layout, word *words, size_t left,
	size_t right, const struct gutter *gutter, int depth)
{
	size_t both = left + right;
	word *all = kzi_malloc(both * sizeof(*all));
	int as_table;

	if (!all) {
		layout->pdf->failed = 1;
		return;
	}
	memcpy(all, words, both * sizeof(*all));
	qsort(all, both, sizeof(*all), by_height);
	as_table = is_table(all, both, words, left, words + left, right);
	if (as_table)
		lay_out_table(layout, all, both, gutter, depth);
	kzi_free(all);
	if (as_table)
		return;
	lay_out(layout, words, left, depth + 1);
	lay_out(layout, words + left, right, depth + 1);
}

static void lay_out(struct layout *layout, word *words, size_t count, int depth)
{
	struct gutter gutter;
	size_t counts[PARTS];

	if (!count || layout->pdf->failed)
		return;
	if (depth >= DEPTH || count > WORDS_MOST ||
		layout->pdf->work > WORK_MOST ||
		!find_gutter(layout, words, count, &gutter)) {
		add_column(layout, words, count);
		return;
	}
	divide(layout, words, count, &gutter, counts);
	lay_out(layout, words, counts[ABOVE], depth + 1);
	words += counts[ABOVE];
	lay_out_sides(
		layout, words, counts[LEFT], counts[RIGHT], &gutter, depth);
	words += counts[LEFT] + counts[RIGHT];
	lay_out(layout, words, counts[BELOW], depth + 1);
}

/* The white behind the bullet or number of an item is no gutter: widen the
 * marker up to the item's first word. The words are sorted by height. */
static void bridge_markers(const struct kzi_pdf *pdf, word *words, size_t count)
{
	size_t i, j;

	for (i = 0; i < count; i++) {
		word *marker = &words[i];
		float best = marker->x1 + 3 * marker->size;
		int is_inside = 0; /* Something stands close before it. */
		size_t from = i > WINDOW ? i - WINDOW : 0;

		if (!kzi_pdf_marker(
			    pdf->text.data + marker->start, marker->length))
			continue;
		for (j = from; j < count && j < i + WINDOW; j++) {
			float middle = (words[j].y0 + words[j].y1) / 2;

			if (middle < marker->y0 || middle > marker->y1)
				continue;
			if (words[j].x0 > marker->x1 && words[j].x0 < best)
				best = words[j].x0;
			is_inside |= words[j].x1 <= marker->x0 &&
				     words[j].x1 > marker->x0 - marker->size;
		}
		if (!is_inside && best < marker->x1 + 3 * marker->size)
			marker->x1 = best;
	}
}

void kzi_pdf_lay_out(struct kzi_pdf *pdf, size_t page)
{
	const struct kzi_pdf_page *of = kzi_pdf_page(pdf, page);
	struct layout layout = {.pdf = pdf, .page = (uint32_t)page};
	word *words;
	size_t count = 0, i;

	if (!of->count)
		return;
	words = kzi_malloc(2 * of->count * sizeof(*words));
	if (!words) {
		pdf->failed = 1;
		return;
	}
	for (i = 0; i < of->count; i++)
		if (!kzi_pdf_word(pdf, of->first + i)->is_dropped)
			words[count++] = *kzi_pdf_word(pdf, of->first + i);
	layout.spare = words + of->count;
	if (count) {
		qsort(words, count, sizeof(*words), by_height);
		bridge_markers(pdf, words, count);
		lay_out(&layout, words, count, 0);
	}
	kzi_free(words);
}
