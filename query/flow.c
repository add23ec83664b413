/* flow.c -- see flow.h.
 *
 *     "• llifogydd yn y dyffryn" in 20 columns, indent 4
 *     => "    • llifogydd yn y"
 *        "      dyffryn" */
#include "flow.h"

#include <string.h>

#include "cli/glyph.h"
#include "cli/say.h"

#define MARK_ON "\x1b[1;31m"
#define MARK_OFF "\x1b[0m"
#define ELLIPSIS "\xE2\x80\xA6"
#define BULLET "\xE2\x80\xA2 "

/* A bullet with its space takes two columns. */
enum { BULLET_COLUMNS = 2 };

/* A passage on its way out. */
struct pouring {
	const struct kzi_flow *flow;
	const kz_hit *hit;
	kz_span part;
	size_t span;   /* The first span that ends behind what is printed. */
	size_t margin; /* Where the lines of this paragraph begin. */
	size_t column;
	size_t from, to; /* Words of this line that wait to be printed. */
};

static int is_gap(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Text that no span begins or ends in. */
static void put_piece(
	struct pouring *pouring, size_t from, size_t to, int is_marked)
{
	FILE *out = pouring->flow->out;

	if (from == to)
		return;
	is_marked = is_marked && pouring->flow->has_color;
	if (is_marked)
		fputs(MARK_ON, out);
	kzi_say_safe(out, pouring->hit->text + from, to - from);
	if (is_marked)
		fputs(MARK_OFF, out);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The words that wait, cut where spans begin and end. */
static void put_waiting(struct pouring *pouring)
{
	const kz_hit *hit = pouring->hit;
	size_t from = pouring->from, to = pouring->to;

	while (from < to && pouring->span < hit->span_count) {
		const kz_span *span = &hit->spans[pouring->span];
		size_t start = least(span->offset, to);
		size_t end = least(span->offset + span->length, to);

		if (span->offset + span->length <= from) {
			pouring->span++;
			continue;
		}
		if (start > from) {
			put_piece(pouring, from, start, 0);
			from = start;
		}
		put_piece(pouring, from, end, 1);
		from = end;
	}
	put_piece(pouring, from, to, 0);
	pouring->from = to;
}

static void put_margin(struct pouring *pouring, size_t margin)
{
	static const char spaces[] = "        ";

	while (pouring->column < margin) {
		size_t count =
			least(margin - pouring->column, sizeof(spaces) - 1);

		fwrite(spaces, 1, count, pouring->flow->out);
		pouring->column += count;
	}
}

static void begin_line(struct pouring *pouring)
{
	fputc('\n', pouring->flow->out);
	pouring->column = 0;
	put_margin(pouring, pouring->margin);
}

/* Room for a word of so many columns: behind a space on this line or, if it
 * does not fit, on the next. */
static void put_gap(struct pouring *pouring, size_t columns)
{
	if (pouring->column == pouring->margin)
		return;
	put_waiting(pouring);
	if (pouring->column + 1 + columns > pouring->flow->width) {
		begin_line(pouring);
	} else {
		fputc(' ', pouring->flow->out);
		pouring->column++;
	}
}

/* The words of a line go out together, as they stand in the text. */
static int joins_waiting(
	const struct pouring *pouring, size_t from, size_t columns)
{
	return pouring->from < pouring->to && from == pouring->to + 1 &&
	       pouring->hit->text[pouring->to] == ' ' &&
	       pouring->column + 1 + columns <= pouring->flow->width;
}

static void put_word(
	struct pouring *pouring, size_t from, size_t to, size_t columns)
{
	FILE *out = pouring->flow->out;
	size_t part_end = pouring->part.offset + pouring->part.length;
	int is_cut_before = from == pouring->part.offset && from > 0;
	int is_cut_after = to == part_end && to < pouring->hit->text_length;

	columns += (size_t)is_cut_before + (size_t)is_cut_after;
	if (joins_waiting(pouring, from, columns)) {
		pouring->column++;
	} else {
		put_gap(pouring, columns);
		if (is_cut_before)
			fputs(ELLIPSIS, out);
		pouring->from = from;
	}
	pouring->to = to;
	pouring->column += columns;
	if (is_cut_after) {
		put_waiting(pouring);
		fputs(ELLIPSIS, out);
	}
}

/* Where the word that begins at `from` ends, and how many columns it takes. */
static size_t read_word(
	const char *text, size_t from, size_t to, size_t *columns)
{
	size_t end = from;

	while (end < to && text[end] > ' ' && text[end] <= '~')
		end++;
	*columns = end - from; /* All ASCII, mostly. */
	if (end == to || is_gap(text[end]))
		return end;
	while (end < to && !is_gap(text[end]))
		end++;
	*columns = kzi_glyph_columns(text + from, end - from);
	return end;
}

/* A line of the text, without its newline. */
static void put_paragraph(struct pouring *pouring, size_t from, size_t to)
{
	const char *text = pouring->hit->text;
	size_t bullet = strlen(BULLET);

	pouring->column = 0;
	put_margin(pouring, pouring->flow->indent);
	pouring->margin = pouring->column;
	if (to - from > bullet && !memcmp(text + from, BULLET, bullet)) {
		fputs(BULLET, pouring->flow->out);
		from += bullet;
		pouring->column += BULLET_COLUMNS;
		pouring->margin = pouring->column;
	}
	while (from < to) {
		size_t columns, end = read_word(text, from, to, &columns);

		if (end > from)
			put_word(pouring, from, end, columns);
		from = end < to ? end + 1 : end;
	}
	put_waiting(pouring);
	fputc('\n', pouring->flow->out);
}

/* The part without the white space around it. */
static kz_span trim(const char *text, kz_span part)
{
	while (part.length > 0 && is_gap(text[part.offset])) {
		part.offset++;
		part.length--;
	}
	while (part.length > 0 && is_gap(text[part.offset + part.length - 1]))
		part.length--;
	return part;
}

void kzi_flow_passage(
	const struct kzi_flow *flow, const kz_hit *hit, kz_span part)
{
	struct pouring pouring = {
		.flow = flow, .hit = hit, .part = trim(hit->text, part)};
	size_t from = pouring.part.offset;
	size_t end = from + pouring.part.length;

	while (from < end) {
		const char *stop = memchr(hit->text + from, '\n', end - from);
		size_t to = stop ? (size_t)(stop - hit->text) : end;

		if (to > from)
			put_paragraph(&pouring, from, to);
		from = to + 1;
	}
}
