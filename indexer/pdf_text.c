/* pdf_text.c -- lines of a PDF to headings, paragraphs, items and rows.
 *
 * Where a paragraph ends is told by white, indents, bullets, another font, and
 * by lines that end before their next word would have to. It goes on over
 * columns and pages if a sentence does. Headings have larger letters than most
 * of the text, or are short and bold. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "indexer/pdf_page.h"

enum {
	SIZES = 5,	    /* Levels of headings told by size. */
	HEADING_WORDS = 30, /* Longer ones are large paragraphs. */
	BOLD_WORDS = 14,
	LEADER = 5,	 /* Dots between a chapter and its page. */
	SIZE_STEPS = 400 /* Sizes of letters in quarters of a point. */
};

static const float LARGER = 1.12f;    /* Than the text: a heading. */
static const float SAME_SIZE = 0.08f; /* Share by which sizes may differ. */
static const float WHITE = 1.25f;     /* Line spacings between paragraphs. */
static const float INDENT = 0.8f;     /* Ems. */

struct writer {
	const struct kzi_pdf *pdf;
	struct kzi_document *document;
	float body;	    /* Size of most letters. */
	float spacing;	    /* Of most lines, in sizes. */
	float sizes[SIZES]; /* Of headings, from large to small. */
	int size_count;
	struct kzi_buf text;			 /* Of the open paragraph. */
	const struct kzi_pdf_line *first, *last; /* Of its lines; or NULL. */
	int is_item;
	int last_number; /* Of the last item that had one. */
	int is_bold;	 /* All lines of it. */
};

static const char *text_of(
	const struct writer *writer, const struct kzi_pdf_line *line)
{
	return writer->pdf->line_text.data + line->start;
}

/* ---- Measures of the whole file ----------------------------------------- */

/* The size that most letters have. */
static float body_size(const struct kzi_pdf *pdf, size_t count)
{
	uint32_t letters[SIZE_STEPS] = {0};
	size_t i, best = 0;

	for (i = 0; i < count; i++) {
		const struct kzi_pdf_line *line = kzi_pdf_line(pdf, i);
		size_t step = (size_t)(line->size * 4);

		if (step < SIZE_STEPS)
			letters[step] += line->length;
	}
	for (i = 1; i < SIZE_STEPS; i++)
		if (letters[i] > letters[best])
			best = i;
	return best ? ((float)best + 0.5f) / 4 : 10;
}

static int by_number(const void *a, const void *b)
{
	float one = *(const float *)a, other = *(const float *)b;

	return one < other ? -1 : one > other;
}

/* From line to line within paragraphs, in sizes of the letters: of all spaces
 * the one at two fifths, since most are within. */
static float usual_spacing(const struct kzi_pdf *pdf, size_t count)
{
	float *spacings = kzi_malloc((count + 1) * sizeof(*spacings));
	float usual = 1.2f;
	size_t filled = 0, i;

	if (!spacings)
		return usual;
	for (i = 1; i < count; i++) {
		const struct kzi_pdf_line *line = kzi_pdf_line(pdf, i);
		const struct kzi_pdf_line *last = line - 1;
		float spacing = (line->y1 - last->y1) / line->size;

		if (line->column == last->column && !line->is_row &&
			!last->is_row && spacing > 0.7f && spacing < 3)
			spacings[filled++] = spacing;
	}
	if (filled > 2) {
		qsort(spacings, filled, sizeof(*spacings), by_number);
		usual = spacings[filled * 2 / 5];
	}
	kzi_free(spacings);
	return usual;
}

/* The sizes of headings, the largest first. */
static void find_sizes(struct writer *writer, size_t count)
{
	float last = 1e9f;

	while (writer->size_count < SIZES) {
		float largest = 0;
		size_t i;

		for (i = 0; i < count; i++) {
			float size = kzi_pdf_line(writer->pdf, i)->size;

			if (size < last * (1 - SAME_SIZE) && size > largest)
				largest = size;
		}
		if (largest < writer->body * LARGER)
			return;
		writer->sizes[writer->size_count++] = last = largest;
	}
}

/* ---- Blocks ------------------------------------------------------------- */

static size_t count_words(const struct kzi_buf *text)
{
	size_t words = 1, i;

	for (i = 0; i < text->length; i++)
		words += text->data[i] == ' ';
	return words;
}

static int ends_sentence(const char *text, size_t length)
{
	while (length > 0 &&
		(strchr(")\"'", text[length - 1]) ||
			(unsigned char)text[length - 1] >= 0x80) &&
		length > 1 && strchr(".!?", text[length - 2]))
		length--;
	return length > 0 && strchr(".!?:;", text[length - 1]);
}

/* Level of the open paragraph as a heading, or 0. */
static int heading_level(const struct writer *writer)
{
	size_t words = count_words(&writer->text);
	float size = writer->first->size;
	int i;

	if (size >= writer->body * LARGER && words <= HEADING_WORDS)
		for (i = 0; i < writer->size_count; i++)
			if (size > writer->sizes[i] * (1 - SAME_SIZE))
				return i + 1;
	if (writer->is_bold && words <= BOLD_WORDS && !writer->is_item &&
		!ends_sentence(writer->text.data, writer->text.length) &&
		writer->text.data[writer->text.length - 1] != ',')
		return writer->size_count + 1;
	return 0;
}

static void flush(struct writer *writer)
{
	struct kzi_block *block;
	enum kzi_block_type type;
	int level;

	if (writer->text.failed)
		writer->document->failed = 1;
	if (writer->text.length && !writer->document->failed) {
		level = heading_level(writer);
		type = level		 ? KZI_HEADING
		       : writer->is_item ? KZI_ITEM
					 : KZI_PARAGRAPH;
		block = kzi_document_block(writer->document, type,
			writer->text.data, writer->text.length);
		if (block) {
			block->level = type == KZI_ITEM ? 1 : level;
			block->page = writer->first->page;
		}
	}
	kzi_buf_clear(&writer->text);
	writer->first = writer->last = NULL;
	writer->is_item = 0;
}

static void add_row(struct writer *writer, const struct kzi_pdf_line *line)
{
	struct kzi_block *block;

	flush(writer);
	block = kzi_document_block(
		writer->document, KZI_ROW, text_of(writer, line), line->length);
	if (block)
		block->page = line->page;
}

/* ---- Where a paragraph ends --------------------------------------------- */

/* The item's number: "12." => 12; 0 for bullets and letters. */
static int number_of(const char *marker)
{
	return *marker >= '0' && *marker <= '9' ? (int)strtol(marker, NULL, 10)
						: 0;
}

/* Bytes of the marker that the line begins with, if it begins an item. A number
 * does so only in its turn: "12. May" does not. */
static size_t marker_length(
	const struct writer *writer, const struct kzi_pdf_line *line)
{
	const char *text = text_of(writer, line);
	size_t length = kzi_pdf_marker(text, line->length);
	int number = length ? number_of(text) : 0;

	if (!length || length == line->length)
		return 0;
	/* A dash may begin a line within a sentence. */
	if (writer->last && writer->last->column == line->column && !number &&
		(text[0] == '-' || text[0] == '\xE2') &&
		writer->last->x0 >= line->x0 - 1 && !writer->is_item &&
		text[length] == ' ' && length < 4 &&
		kzi_pdf_begins_small(
			text + length + 1, line->length - length - 1) &&
		!ends_sentence(
			text_of(writer, writer->last), writer->last->length) &&
		!memcmp(text, "\xE2\x80\x93", 3))
		return 0;
	if (number && number != 1 && number != writer->last_number + 1)
		return 0;
	return length;
}

/* Would the first word of the line have fitted in the last one? */
static int would_fit(
	const struct kzi_pdf_line *last, const struct kzi_pdf_line *line)
{
	return last->x1 + 0.3f * last->size + line->first_width <
	       last->right - 0.5f * last->size;
}

static int is_same_font(
	const struct kzi_pdf_line *last, const struct kzi_pdf_line *line)
{
	float larger = last->size > line->size ? last->size : line->size;
	float difference = last->size - line->size;

	return difference < larger * SAME_SIZE &&
	       difference > -larger * SAME_SIZE;
}

/* The line is the first of another column or page. */
static int goes_over(
	const struct writer *writer, const struct kzi_pdf_line *line)
{
	return !ends_sentence(writer->text.data, writer->text.length) &&
	       kzi_pdf_begins_small(text_of(writer, line), line->length) &&
	       line->size < writer->body * LARGER;
}

static int is_indented(
	const struct writer *writer, const struct kzi_pdf_line *line)
{
	const struct kzi_pdf_line *last = writer->last;
	float em = line->size;

	if (writer->is_item)
		return 0;
	if (line->x0 > last->x0 + INDENT * em && last != writer->first &&
		last->x0 < line->left + 0.5f * em)
		return 1;
	if (line->x0 > last->x0 + INDENT * em && last == writer->first)
		return ends_sentence(text_of(writer, last), last->length) &&
		       would_fit(last, line);
	return 0;
}

static int goes_on(const struct writer *writer, const struct kzi_pdf_line *line)
{
	const struct kzi_pdf_line *last = writer->last;
	int is_large = line->size >= writer->body * LARGER;
	int ends;

	if (!last || !is_same_font(last, line))
		return 0;
	if (line->column != last->column)
		return goes_over(writer, line);
	if (line->y1 - last->y1 >
		WHITE * (is_large ? 1.25f : 1) * writer->spacing * line->size)
		return 0;
	if (is_large)
		return 1;
	if (line->is_bold != last->is_bold &&
		!kzi_pdf_begins_small(text_of(writer, line), line->length))
		return 0;
	if (is_indented(writer, line))
		return 0;
	/* An item's lines stand further right than its marker, or go on. */
	ends = ends_sentence(text_of(writer, last), last->length);
	if (would_fit(last, line) &&
		(ends || !kzi_pdf_begins_small(
				 text_of(writer, line), line->length)))
		return writer->is_item && !ends &&
		       line->x0 > writer->first->x0 + 0.3f * line->size &&
		       kzi_pdf_begins_small(
			       text_of(writer, line), line->length);
	return !(writer->is_item && ends &&
		 line->x0 < writer->first->x0 + 0.3f * line->size &&
		 would_fit(last, line));
}

static void add_line(struct writer *writer, const struct kzi_pdf_line *line)
{
	size_t marker = marker_length(writer, line);
	const char *text = text_of(writer, line);
	size_t length = line->length;

	if (marker || !goes_on(writer, line))
		flush(writer);
	if (!writer->first) {
		writer->first = line;
		writer->is_bold = 1;
		/* Chapters have numbers too, which are theirs. */
		if (marker && line->size < writer->body * LARGER &&
			!(line->is_bold && number_of(text))) {
			writer->is_item = 1;
			if (number_of(text))
				writer->last_number = number_of(text);
			text += marker;
			length -= marker;
			while (length > 0 && *text == ' ') {
				text++;
				length--;
			}
		}
	}
	writer->is_bold &= line->is_bold;
	kzi_pdf_join(writer->pdf, &writer->text, text, length);
	writer->last = line;
}

/* "Chapter one . . . . . . 12": a line of a table of contents. A form has dots
 * too, but no number behind them. */
static int is_contents(
	const struct writer *writer, const struct kzi_pdf_line *line)
{
	const char *text = text_of(writer, line);
	size_t length = line->length, dots = 0;

	while (length > 0 && strchr("0123456789ivxl ", text[length - 1]))
		length--;
	if (length == line->length)
		return 0;
	for (; length > 0 && strchr(". ", text[length - 1]); length--)
		dots += text[length - 1] == '.';
	return dots >= LEADER;
}

/* Where most lines look like that, they are the text: a list of prices, say. */
static int has_contents(const struct writer *writer, size_t count)
{
	size_t found = 0, i;

	for (i = 0; i < count; i++)
		found += is_contents(writer, kzi_pdf_line(writer->pdf, i));
	return found * 2 < count;
}

void kzi_pdf_blocks(struct kzi_pdf *pdf, struct kzi_document *document)
{
	struct writer writer = {.pdf = pdf, .document = document};
	size_t count = pdf->lines.length / sizeof(struct kzi_pdf_line), i;
	int drops_contents = has_contents(&writer, count);

	writer.body = body_size(pdf, count);
	writer.spacing = usual_spacing(pdf, count);
	find_sizes(&writer, count);
	for (i = 0; i < count && !document->failed; i++) {
		const struct kzi_pdf_line *line = kzi_pdf_line(pdf, i);

		if (drops_contents && is_contents(&writer, line))
			continue;
		if (line->is_row)
			add_row(&writer, line);
		else
			add_line(&writer, line);
	}
	flush(&writer);
	kzi_buf_release(&writer.text);
}
