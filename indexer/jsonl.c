/* jsonl.c -- JSON Lines: one document a line. A bad line is left out and told
 * with its number; the others are read. */
#include "indexer/format.h"

#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "text/text.h"

enum {
	ID_MOST = 4000, /* Bytes; a longer one counts as none. */
	ID_ROOM = 4200
};

static const char *string_of(const json_t *line, const char *key)
{
	const char *text = json_string_value(json_object_get(line, key));

	return text && *text ? text : NULL;
}

static const char *keep(struct kzi_document *document, const char *text)
{
	return text ? kzi_document_text(document, text, strlen(text)) : NULL;
}

/* Paragraphs are divided by empty lines. */
static void add_text(
	struct kzi_document *document, const char *text, size_t length)
{
	const char *end = text + length;

	while (text < end) {
		const char *stop = memmem(text, (size_t)(end - text), "\n\n", 2);

		if (!stop)
			stop = end;
		kzi_document_block(document, KZI_PARAGRAPH, text,
			(size_t)(stop - text));
		text = stop + (stop < end ? 2 : 0);
	}
}

static int emit_line(struct kzi_input *input, const json_t *line,
	const char *id, const char *text, size_t text_length)
{
	struct kzi_document document;
	const char *lang = string_of(line, "lang");
	const char *kind = string_of(line, "kind");
	int stopped;

	kzi_document_init(&document, id);
	document.stays_whole = 1;
	document.title = keep(&document, string_of(line, "title"));
	document.url = keep(&document, string_of(line, "url"));
	document.place = keep(&document, string_of(line, "place"));
	if (kind)
		document.kind = kzi_kind_named(kind, strlen(kind));
	if (lang)
		document.declared = kzi_language_find(lang, strlen(lang));
	document.is_told = document.declared >= 0;
	add_text(&document, text, text_length);
	stopped = document.failed
		? kzi_input_fail(input, "out of memory")
		: input->emit(input->context, &document);
	kzi_document_release(&document);
	return stopped;
}

static void note_fault(
	struct kzi_jsonl *faults, const json_t *line, const json_error_t *error)
{
	if (faults->bad++ == 0)
		snprintf(faults->first, sizeof(faults->first), "line %lu: %s",
			faults->lines, line ? "no \"text\"" : error->text);
}

/* The id of a line, which may be a number; one without has its place. */
static const char *id_of(const json_t *line, const struct kzi_input *input,
	unsigned long number, char room[ID_ROOM])
{
	const json_t *value = json_object_get(line, "id");
	const char *id = string_of(line, "id");

	if (id && strlen(id) <= ID_MOST)
		return id;
	if (json_is_integer(value))
		snprintf(room, ID_ROOM, "%" JSON_INTEGER_FORMAT,
			json_integer_value(value));
	else
		snprintf(room, ID_ROOM, "%s:%lu", input->path, number);
	return room;
}

static int read_line(struct kzi_input *input, const char *at, size_t length,
	struct kzi_jsonl *faults)
{
	char room[ID_ROOM];
	json_error_t error;
	json_t *line = json_loadb(at, length, JSON_ALLOW_NUL, &error);
	const json_t *text = json_object_get(line, "text");
	const char *id = id_of(line, input, faults->lines, room);
	int stopped = 0;

	if (!line || !json_is_string(text))
		note_fault(faults, line, &error);
	else
		stopped = emit_line(input, line, id, json_string_value(text),
			json_string_length(text));
	json_decref(line);
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
