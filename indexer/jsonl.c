/* jsonl.c -- JSON Lines: one document a line. A bad line is left out and told
 * with its number; the others are read. */
#include "indexer/format.h"

#include <stdio.h>
#include <string.h>

#include <yajl/yajl_parse.h>

#include "base/buf.h"
#include "text/text.h"

enum {
	ID_MOST = 4000, /* Bytes; a longer one counts as none. */
	ID_ROOM = 4200
};

/* ---- A line ------------------------------------------------------------ */

static const char *const keys[] = { "id", "text", "lang", "title", "url",
	"kind", "place" };

enum key { ID, TEXT, LANG, TITLE, URL, KIND, PLACE, KEYS };

/* The value of a key, as bytes of the line's room; a key that is given twice
 * has its last one. */
struct value {
	size_t at, length;
	enum { NEITHER, STRING, NUMBER } type;
};

struct line {
	struct kzi_buf room; /* Values, each with a NUL after it. */
	struct value values[KEYS];
	enum key key;   /* Of the value that comes next; KEYS: no matter. */
	unsigned depth; /* Objects and lists around it. */
};

static void take_value(
	struct line *line, const void *bytes, size_t length, int type)
{
	const struct value value = { line->room.length, length, type };

	if (line->depth != 1 || line->key == KEYS)
		return;
	kzi_buf_append(&line->room, bytes, length);
	kzi_buf_byte(&line->room, 0);
	line->values[line->key] = value;
}

static int on_string(void *context, const unsigned char *bytes, size_t length)
{
	take_value(context, bytes, length, STRING);
	return 1;
}

static int on_number(void *context, const char *bytes, size_t length)
{
	take_value(context, bytes, length, NUMBER);
	return 1;
}

/* null, true and false are as if the key was not there. */
static int on_nothing(void *context)
{
	struct line *line = context;

	if (line->depth == 1 && line->key != KEYS)
		memset(&line->values[line->key], 0, sizeof(*line->values));
	return 1;
}

static int on_boolean(void *context, int value)
{
	(void)value;
	return on_nothing(context);
}

static int on_key(void *context, const unsigned char *bytes, size_t length)
{
	struct line *line = context;
	int i;

	if (line->depth != 1)
		return 1;
	for (i = 0; i < KEYS; i++)
		if (strlen(keys[i]) == length &&
			!memcmp(keys[i], bytes, length))
			break;
	line->key = (enum key)i;
	return 1;
}

static int on_begin(void *context)
{
	struct line *line = context;

	on_nothing(line);
	line->depth++;
	return 1;
}

static int on_end(void *context)
{
	struct line *line = context;

	line->depth--;
	return 1;
}

static const yajl_callbacks on = {
	.yajl_null = on_nothing,
	.yajl_boolean = on_boolean,
	.yajl_number = on_number,
	.yajl_string = on_string,
	.yajl_start_map = on_begin,
	.yajl_map_key = on_key,
	.yajl_end_map = on_end,
	.yajl_start_array = on_begin,
	.yajl_end_array = on_end
};

static const char *text_of(const struct line *line, enum key key)
{
	return line->room.data + line->values[key].at;
}

/* The value of a key, if it is a string that is not empty. */
static const char *string_of(const struct line *line, enum key key)
{
	return line->values[key].type == STRING && *text_of(line, key)
		? text_of(line, key)
		: NULL;
}

/* ---- Its document ------------------------------------------------------ */

static const char *keep(struct kzi_document *document, const char *text)
{
	return text ? kzi_document_text(document, text, strlen(text)) : NULL;
}

/* Where an empty line ends the paragraph that begins at `text`. */
static const char *paragraph_end(const char *text, const char *end)
{
	const char *at = text;

	while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
		if (at + 1 < end && at[1] == '\n')
			return at;
		at++;
	}
	return end;
}

/* Paragraphs are divided by empty lines. */
static void add_text(
	struct kzi_document *document, const char *text, size_t length)
{
	const char *end = text + length;

	while (text < end) {
		const char *stop = paragraph_end(text, end);

		kzi_document_block(document, KZI_PARAGRAPH, text,
			(size_t)(stop - text));
		text = stop + (stop < end ? 2 : 0);
	}
}

static int emit_line(
	struct kzi_input *input, const struct line *line, const char *id)
{
	struct kzi_document document;
	const char *lang = string_of(line, LANG);
	const char *kind = string_of(line, KIND);
	int stopped;

	kzi_document_init(&document, id);
	document.stays_whole = 1;
	document.title = keep(&document, string_of(line, TITLE));
	document.url = keep(&document, string_of(line, URL));
	document.place = keep(&document, string_of(line, PLACE));
	if (kind)
		document.kind = kzi_kind_named(kind, strlen(kind));
	if (lang)
		document.declared = kzi_language_find(lang, strlen(lang));
	document.is_told = document.declared >= 0;
	add_text(&document, text_of(line, TEXT), line->values[TEXT].length);
	stopped = document.failed
		? kzi_input_fail_memory(input)
		: input->emit(input->context, &document);
	kzi_document_release(&document);
	return stopped;
}

/* The id of a line, which may be a number; one without has its place. */
static const char *id_of(const struct line *line, const struct kzi_input *input,
	unsigned long number, char room[ID_ROOM])
{
	const char *id = string_of(line, ID);

	if (line->values[ID].type == NUMBER)
		id = text_of(line, ID);
	if (id && strlen(id) <= ID_MOST)
		return id;
	snprintf(room, ID_ROOM, "%s:%lu", input->path, number);
	return room;
}

/* ---- Lines ------------------------------------------------------------- */

static void note_fault(struct kzi_jsonl *faults, const char *fault)
{
	int length = (int)strcspn(fault, "\n");

	if (faults->bad++ == 0)
		snprintf(faults->first, sizeof(faults->first),
			"line %lu: %.*s", faults->lines, length, fault);
}

static int parse(yajl_handle parser, const char *at, size_t length)
{
	return yajl_parse(parser, (const unsigned char *)at, length) ==
		yajl_status_ok &&
		yajl_complete_parse(parser) == yajl_status_ok;
}

/* Fill in the line, which has a text then; returns 0 after noting what is wrong
 * with it. */
static int parse_line(struct line *line, const char *at, size_t length,
	struct kzi_jsonl *faults)
{
	yajl_handle parser = yajl_alloc(&on, NULL, line);
	unsigned char *fault = NULL;
	int is_good = 0;

	if (parser && parse(parser, at, length))
		is_good = !line->room.failed;
	else if (parser)
		fault = yajl_get_error(parser, 0, NULL, 0);
	if (!is_good)
		note_fault(faults, fault ? (char *)fault : KZI_NO_MEMORY);
	else if (line->values[TEXT].type != STRING)
		note_fault(faults, "no \"text\"");
	if (fault)
		yajl_free_error(parser, fault);
	if (parser)
		yajl_free(parser);
	return is_good && line->values[TEXT].type == STRING;
}

static int read_line(struct kzi_input *input, const char *at, size_t length,
	struct kzi_jsonl *faults)
{
	struct line line = { .key = KEYS };
	char room[ID_ROOM];
	int stopped = 0;

	if (parse_line(&line, at, length, faults))
		stopped = emit_line(input, &line,
			id_of(&line, input, faults->lines, room));
	kzi_buf_release(&line.room);
	return stopped;
}

static int is_blank(const char *at, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (!strchr(" \t\r", at[i]))
			return 0;
	return 1;
}

int kzi_jsonl_lines(struct kzi_jsonl *lines, struct kzi_input *input)
{
	const char *at = input->bytes, *end = at + input->length;

	if (lines->lines == 0 && input->length >= 3 &&
		!memcmp(at, "\xEF\xBB\xBF", 3))
		at += 3;
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		int stopped = 0;

		if (!stop)
			stop = end;
		lines->lines++;
		if (!is_blank(at, (size_t)(stop - at)))
			stopped = read_line(
				input, at, (size_t)(stop - at), lines);
		if (stopped)
			return stopped;
		at = stop + 1;
	}
	return 0;
}

int kzi_jsonl_end(const struct kzi_jsonl *lines, struct kzi_input *input)
{
	if (!lines->bad)
		return 0;
	return kzi_input_fail(input, "%lu of %lu lines not read, the first: %s",
		lines->bad, lines->lines, lines->first);
}

int kzi_read_jsonl(struct kzi_input *input)
{
	struct kzi_jsonl lines = { 0 };
	int stopped = kzi_jsonl_lines(&lines, input);

	return stopped ? stopped : kzi_jsonl_end(&lines, input);
}
