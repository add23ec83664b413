/* plain.c -- plain text to blocks.
 *
 * Paragraphs are divided by empty lines (lines of no-break spaces count as
 * empty), a line that begins with a bullet or a number is an item, "# " and
 * underlines are Markdown's headings, and a short line alone is a heading too.
 * A page saved from a browser begins with its menu, ends with its share button,
 * and lists its supporting materials: these are told apart (see below). */
#include "indexer/format.h"

#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "indexer/encoding.h"
#include "indexer/phrases.h"

enum {
	HEADING_WORDS = 10, /* A longer line alone is a paragraph. */
	MENU_WORDS = 6,     /* A longer line is no entry of a menu. */
	MENU_LEAST = 5,     /* Entries; fewer may be a poem or an address. */
	MENU_GAP = 4        /* Empty lines that divide a menu from the text. */
};

struct line {
	const char *at;
	size_t length; /* Without the spaces around it. */
};

struct plain {
	struct kzi_document document;
	struct kzi_buf lines;     /* Of struct line. */
	struct kzi_buf paragraph; /* Lines joined. */
	const struct line *line;
	size_t count;
};

/* ---- Lines ------------------------------------------------------------- */

static int is_space_at(const char *at, size_t length, size_t *size)
{
	uint32_t c;

	*size = kzi_utf8_decode(at, length, &c);
	return c <= 0x20 || c == 0xA0 || c == 0x3000 || c == 0xFEFF ||
		(c >= 0x2000 && c <= 0x200B);
}

static void add_line(struct plain *plain, const char *at, size_t length)
{
	struct line line = { at, length };
	size_t size;

	while (line.length > 0 && is_space_at(line.at, line.length, &size)) {
		line.at += size;
		line.length -= size;
	}
	while (line.length > 0) {
		size_t start = line.length - 1;

		while (start > 0 &&
			((unsigned char)line.at[start] & 0xC0) == 0x80)
			start--;
		if (!is_space_at(line.at + start, line.length - start, &size))
			break;
		line.length = start;
	}
	kzi_buf_append(&plain->lines, &line, sizeof(line));
}

static void split_lines(struct plain *plain, const char *at, size_t length)
{
	const char *end = at + length, *stop;

	for (; at < end; at = stop + 1) {
		stop = at;
		while (stop < end && *stop != '\n' && *stop != '\r' &&
			*stop != '\f')
			stop++;
		add_line(plain, at, (size_t)(stop - at));
		if (stop + 1 < end && stop[0] == '\r' && stop[1] == '\n')
			stop++;
	}
	plain->line = (const struct line *)(void *)plain->lines.data;
	plain->count = plain->lines.length / sizeof(struct line);
}

static size_t words_in(const struct line *line)
{
	size_t words = 0, i;

	for (i = 0; i < line->length; i++)
		words += line->at[i] != ' ' &&
			(i == 0 || line->at[i - 1] == ' ');
	return words;
}

/* ---- What a line is ---------------------------------------------------- */

/* Bytes of the bullet or number that a list item begins with, or 0. */
static size_t bullet_length(const struct line *line)
{
	static const char *const bullets[] = { "\xE2\x80\xA2", "\xE2\x97\xA6",
		"\xE2\x96\xAA", "\xC2\xB7", "*", "-", "+", "\xE2\x80\x93",
		"\xE2\x80\x94", NULL };
	size_t i, digits = 0;

	for (i = 0; bullets[i]; i++) {
		size_t length = strlen(bullets[i]), size;

		if (line->length > length + 1 &&
			!memcmp(line->at, bullets[i], length) &&
			is_space_at(line->at + length, line->length - length,
				&size))
			return length;
	}
	while (digits < line->length && digits < 3 &&
		line->at[digits] >= '0' && line->at[digits] <= '9')
		digits++;
	if (digits > 0 && digits + 2 < line->length &&
		strchr(".)", line->at[digits]) && line->at[digits + 1] == ' ')
		return digits + 1;
	return 0;
}

/* Level of a Markdown heading, or 0. */
static size_t hashes(const struct line *line)
{
	size_t level = 0;

	while (level < line->length && line->at[level] == '#')
		level++;
	return level >= 1 && level <= 6 && level < line->length &&
			line->at[level] == ' '
		? level
		: 0;
}

static int is_underline(const struct line *line)
{
	size_t i;

	for (i = 0; i < line->length; i++)
		if (line->at[i] != line->at[0] || !strchr("=-", line->at[i]))
			return 0;
	return line->length >= 3;
}

static int ends_like_sentence(const struct line *line)
{
	return line->length > 0 &&
		strchr(".,;:!?)\"", line->at[line->length - 1]) != NULL;
}

static int is_empty(const struct plain *plain, size_t i)
{
	return i >= plain->count || plain->line[i].length == 0;
}

/* A title may ask: "What would you like to learn?" */
static int is_question(const struct line *line)
{
	return line->length > 0 &&
		strchr("?!", line->at[line->length - 1]) != NULL;
}

/* A short line between empty ones that does not end like a sentence, or is the
 * first of the document and asks. */
static int is_lone_heading(const struct plain *plain, size_t i)
{
	return (i == 0 || is_empty(plain, i - 1)) && is_empty(plain, i + 1) &&
		words_in(&plain->line[i]) <= HEADING_WORDS &&
		(!ends_like_sentence(&plain->line[i]) ||
			(!plain->document.title &&
				is_question(&plain->line[i]))) &&
		!bullet_length(&plain->line[i]);
}

/* ---- Furniture --------------------------------------------------------- */

/* The menu of a saved page: short lines each alone, then a gap. Returns the
 * index of the first line behind it, or 0 if there is none. */
static size_t skip_menu(const struct plain *plain)
{
	size_t i, gap = 0, entries = 0, before_gap;

	for (i = 0; i < plain->count; i++) {
		const struct line *line = &plain->line[i];

		if (line->length == 0) {
			gap++;
			continue;
		}
		before_gap = gap;
		gap = 0;
		if (entries >= MENU_LEAST && before_gap >= MENU_GAP)
			return i;
		if (words_in(line) > MENU_WORDS || ends_like_sentence(line) ||
			bullet_length(line) || hashes(line))
			return 0;
		entries++;
	}
	return 0;
}

/* The list of supporting materials: a caption that says so, then a title a
 * line up to an empty one. Returns the index behind it, or `i` if none. */
static size_t take_materials(struct plain *plain, size_t i)
{
	size_t next = i + 1;

	if (!kzi_is_material_caption(plain->line[i].at, plain->line[i].length))
		return i;
	for (; !is_empty(plain, next); next++) {
		const char *title = kzi_document_text(&plain->document,
			plain->line[next].at, plain->line[next].length);

		if (title)
			kzi_document_link(&plain->document, NULL, title);
	}
	return next > i + 1 ? next : i;
}

/* ---- Blocks ------------------------------------------------------------ */

static size_t take_item(struct plain *plain, size_t i)
{
	size_t skip = bullet_length(&plain->line[i]);
	struct kzi_block *block;

	kzi_buf_clear(&plain->paragraph);
	kzi_buf_append(&plain->paragraph, plain->line[i].at + skip,
		plain->line[i].length - skip);
	/* Lines that go on with it were indented, or are at least no item. */
	while (!is_empty(plain, i + 1) && !bullet_length(&plain->line[i + 1]) &&
		plain->line[i + 1].at > plain->line[i].at +
				plain->line[i].length + 1) {
		i++;
		kzi_buf_byte(&plain->paragraph, ' ');
		kzi_buf_append(&plain->paragraph, plain->line[i].at,
			plain->line[i].length);
	}
	block = kzi_document_block(&plain->document, KZI_ITEM,
		plain->paragraph.data, plain->paragraph.length);
	if (block)
		block->level = 1;
	return i + 1;
}

static size_t take_paragraph(struct plain *plain, size_t i)
{
	kzi_buf_clear(&plain->paragraph);
	for (; !is_empty(plain, i) && !hashes(&plain->line[i]); i++) {
		if (plain->paragraph.length > 0) {
			if (bullet_length(&plain->line[i]) ||
				kzi_is_material_caption(plain->line[i].at,
					plain->line[i].length))
				break;
			kzi_buf_byte(&plain->paragraph, ' ');
		}
		kzi_buf_append(&plain->paragraph, plain->line[i].at,
			plain->line[i].length);
	}
	kzi_document_block(&plain->document, KZI_PARAGRAPH,
		plain->paragraph.data, plain->paragraph.length);
	return i;
}

/* Take what begins at line i; returns the index behind it. */
static size_t take(struct plain *plain, size_t i)
{
	const struct line *line = &plain->line[i];
	size_t level = hashes(line), next;

	if (line->length == 0 || kzi_is_furniture_text(line->at, line->length))
		return i + 1;
	next = take_materials(plain, i);
	if (next > i)
		return next;
	if (level) {
		kzi_document_heading(&plain->document, line->at + level,
			line->length - level, (int)level);
		return i + 1;
	}
	if (!is_empty(plain, i + 1) && is_underline(&plain->line[i + 1])) {
		kzi_document_heading(&plain->document, line->at, line->length,
			plain->line[i + 1].at[0] == '=' ? 1 : 2);
		return i + 2;
	}
	if (bullet_length(line))
		return take_item(plain, i);
	if (is_lone_heading(plain, i)) {
		kzi_document_heading(&plain->document, line->at, line->length,
			plain->document.title ? 2 : 1);
		return i + 1;
	}
	return take_paragraph(plain, i);
}

static int read_lines(struct plain *plain, struct kzi_input *input,
	const char *text, size_t length)
{
	size_t i;

	split_lines(plain, text, length);
	if (plain->lines.failed)
		return kzi_input_fail_memory(input);
	i = skip_menu(plain);
	while (i < plain->count)
		i = take(plain, i);
	if (plain->document.failed || plain->paragraph.failed)
		return kzi_input_fail_memory(input);
	return input->emit(input->context, &plain->document);
}

int kzi_read_plain(struct kzi_input *input)
{
	struct plain plain = { 0 };
	size_t length;
	char *text = kzi_to_utf8(input->bytes, input->length, NULL, &length);
	int result;

	if (!text)
		return kzi_input_fail_memory(input);
	kzi_document_init(&plain.document, input->path);
	result = read_lines(&plain, input, text, length);
	kzi_document_release(&plain.document);
	kzi_buf_release(&plain.lines);
	kzi_buf_release(&plain.paragraph);
	kzi_free(text);
	return result;
}
