/* format.c -- the table of readers. Content decides; the name only where many
 * formats look alike (text). */
#include "indexer/format.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "indexer/encoding.h"

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

static int begins_with(const char *at, const char *end, const char *text)
{
	size_t length = strlen(text);

	return (size_t)(end - at) >= length && !strncasecmp(at, text, length);
}

/* What is declared as XML may also be a picture or a list of news. */
static int is_xhtml(const char *at, const char *end)
{
	for (; (at = memchr(at, '<', (size_t)(end - at))); at++)
		if (begins_with(at, end, "<html") ||
			begins_with(at, end, "<!doctype html"))
			return 1;
	return 0;
}

static int is_markdown_name(const char *path)
{
	return ends_with(path, ".md") || ends_with(path, ".markdown");
}

/* A page begins with a tag that only pages have, perhaps after comments.
 * Markdown, too, may begin with most of them. */
static int is_html(const char *path, const char *at, const char *end)
{
	static const char *const tags[] = { "<!doctype html", "<html", "<head",
		"<body", "<title", "<meta", "<table", "<div", "<p>", "<h1",
		"<!--", NULL };
	int most = is_markdown_name(path) ? 2 : INT_MAX, i;

	at = skip_space(at, end);
	for (i = 0; i < most && tags[i]; i++)
		if (begins_with(at, end, tags[i]))
			return 1;
	return end - at >= 5 && !memcmp(at, "<?xml", 5) && is_xhtml(at, end);
}

static int is_binary(const char *bytes, size_t length)
{
	return memchr(bytes, '\0', length < SNIFF ? length : SNIFF) != NULL &&
		!kzi_utf16_order(bytes, length);
}

static int is_text_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	/* README, LEGGIMI: names without an ending are text too. */
	return ends_with(path, ".txt") || ends_with(path, ".text") ||
		!strchr(slash ? slash : path, '.');
}

static int ends_with_one(const char *path, const char *const endings[])
{
	int i;

	for (i = 0; endings[i]; i++)
		if (ends_with(path, endings[i]))
			return 1;
	return 0;
}

/* Readers of what begins with bytes that nothing else begins with. */
static kzi_reader *find_by_magic(const char *bytes, size_t length)
{
	static const struct {
		const char *bytes;
		size_t length;
		kzi_reader *reader;
	} kinds[] = { { "PK\3\4", 4, kzi_read_zip },
		{ "PK\5\6", 4, kzi_read_zip }, /* An empty one. */
		{ "\x1F\x8B", 2, kzi_read_gzip },
		{ "%PDF-", 5, kzi_read_pdf } };
	const char *end = bytes + (length < SNIFF ? length : SNIFF);
	const char *text = skip_space(bytes, end);
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (length >= kinds[i].length &&
			!memcmp(bytes, kinds[i].bytes, kinds[i].length))
			return kinds[i].reader;
	if (end - text >= 5 && !memcmp(text, "{\\rtf", 5))
		return kzi_read_rtf;
	return NULL;
}

/* Packed like a document, but without text. */
static int is_other_package(const char *path)
{
	static const char *const endings[] = { ".xlsx", ".xlsm", ".ods", ".odg",
		".odb", ".jar", ".apk", ".war", ".xpi", ".kmz", ".whl", NULL };

	return ends_with_one(path, endings);
}

/* Names of formats that the content would have told, were it whole. */
static kzi_reader *find_by_name(const char *path)
{
	static const char *const packed[] = { ".docx", ".pptx", ".odt", ".odp",
		".epub", ".zip", NULL };

	if (ends_with_one(path, packed))
		return kzi_read_zip;
	return ends_with(path, ".pdf") ? kzi_read_pdf : NULL;
}

kzi_reader *kzi_format_find(const char *path, const char *bytes, size_t length)
{
	const char *end = bytes + (length < SNIFF ? length : SNIFF);
	kzi_reader *reader = find_by_magic(bytes, length);

	if (reader)
		return reader == kzi_read_zip && is_other_package(path)
			? NULL
			: reader;
	if (is_binary(bytes, length))
		return find_by_name(path);
	if (ends_with(path, ".jsonl") || ends_with(path, ".ndjson"))
		return kzi_read_jsonl;
	if (is_html(path, bytes, end) || ends_with(path, ".html") ||
		ends_with(path, ".htm") || ends_with(path, ".xhtml"))
		return kzi_read_html;
	if (is_markdown_name(path))
		return kzi_read_markdown;
	return is_text_name(path) ? kzi_read_plain : find_by_name(path);
}

int kzi_input_fail(struct kzi_input *input, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(input->reason, input->reason_size, format, args);
	va_end(args);
	return -1;
}

int kzi_input_fail_memory(struct kzi_input *input)
{
	return kzi_input_fail(input, KZI_NO_MEMORY);
}
