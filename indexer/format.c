/* format.c -- the table of readers. Content decides; the name only where many
 * formats look alike (text). */
#include "indexer/format.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { SNIFF = 4096 }; /* Bytes looked at from the start. */

static int ends_with(const char *path, const char *ending)
{
	size_t length = strlen(path), tail = strlen(ending);

	return length > tail && !strcasecmp(path + length - tail, ending);
}

static const char *skip_space(const char *at, const char *end)
{
	if (end - at >= 3 && !memcmp(at, "\xEF\xBB\xBF", 3))
		at += 3;
	while (at < end && strchr(" \t\r\n", *at) && *at)
		at++;
	return at;
}

/* A page begins with a tag that only pages have, perhaps after comments. */
static int is_html(const char *at, const char *end)
{
	static const char *const tags[] = { "<!doctype html", "<html", "<head",
		"<body", "<title", "<meta", "<table", "<div", "<p>", "<h1",
		"<?xml", "<!--", NULL };
	int i;

	at = skip_space(at, end);
	for (i = 0; tags[i]; i++) {
		size_t length = strlen(tags[i]);

		if ((size_t)(end - at) >= length &&
			!strncasecmp(at, tags[i], length))
			return 1;
	}
	return 0;
}

/* UTF-16 has a NUL in every other byte and begins with its mark. */
static int is_utf16(const char *bytes, size_t length)
{
	return length >= 2 &&
		(!memcmp(bytes, "\xFF\xFE", 2) || !memcmp(bytes, "\xFE\xFF", 2));
}

static int is_binary(const char *bytes, size_t length)
{
	return memchr(bytes, '\0', length < SNIFF ? length : SNIFF) != NULL &&
		!is_utf16(bytes, length);
}

static int is_text_name(const char *path)
{
	static const char *const endings[] = { ".txt", ".text", ".md",
		".markdown", NULL };
	const char *slash = strrchr(path, '/');
	int i;

	for (i = 0; endings[i]; i++)
		if (ends_with(path, endings[i]))
			return 1;
	/* README, LEGGIMI: names without an ending are text too. */
	return !strchr(slash ? slash : path, '.');
}

kzi_reader *kzi_format_find(const char *path, const char *bytes, size_t length)
{
	const char *end = bytes + (length < SNIFF ? length : SNIFF);

	if (is_binary(bytes, length))
		return NULL;
	if (ends_with(path, ".jsonl") || ends_with(path, ".ndjson"))
		return kzi_read_jsonl;
	if (is_html(bytes, end) || ends_with(path, ".html") ||
		ends_with(path, ".htm") || ends_with(path, ".xhtml"))
		return kzi_read_html;
	return is_text_name(path) ? kzi_read_plain : NULL;
}

int kzi_input_fail(struct kzi_input *input, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(input->reason, input->reason_size, format, args);
	va_end(args);
	return -1;
}
