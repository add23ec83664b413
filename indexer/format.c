/* format.c -- the table of readers. Content decides; the name only where many
 * formats look alike (text). */
#include "indexer/format.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "indexer/encoding.h"

enum {
	SNIFF = 4096,    /* Bytes looked at from the start. */
	PDF_WITHIN = 1024, /* Where one begins at the latest. */
	PAGE_SHARE = 3,  /* Controls in a page: at most a third ... */
	TEXT_SHARE = 50  /* ... and in a text: a fiftieth. */
};

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

static int is_page_name(const char *path)
{
	return ends_with(path, ".html") || ends_with(path, ".htm") ||
		ends_with(path, ".xhtml");
}

/* Two ends of elements: noise has none. */
static int has_tags(const char *at, const char *end)
{
	int count = 0;

	for (; count < 2 && end - at > 2; at++)
		count += at[0] == '<' && at[1] == '/' &&
			(at[2] | 0x20) >= 'a' && (at[2] | 0x20) <= 'z';
	return count == 2;
}

/* Controls that no text has, among the bytes looked at. */
static size_t count_controls(const char *at, const char *end)
{
	size_t count = 0;

	for (; at < end; at++)
		count += (unsigned char)*at < ' ' &&
			(!*at || !strchr("\t\n\v\f\r\033", *at));
	return count;
}

/* A text may have a NUL here and there, from damage or a careless program; a
 * page, which says what it is, may have many. */
static int is_binary(const char *path, const char *bytes, const char *end)
{
	size_t length = (size_t)(end - bytes);
	int is_page;

	if (!memchr(bytes, '\0', length) || kzi_utf16_order(bytes, length))
		return 0;
	is_page = is_html(path, bytes, end) ||
		(is_page_name(path) && has_tags(bytes, end));
	return count_controls(bytes, end) *
			(is_page ? PAGE_SHARE : TEXT_SHARE) > length;
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

/* Mail programs and web servers put lines before it. A text about PDF has the
 * mark too, but no objects. */
static int is_pdf(const char *bytes, size_t length)
{
	const char *mark = memmem(bytes,
		length < PDF_WITHIN ? length : PDF_WITHIN, "%PDF-", 5);

	return mark && (mark == bytes ||
		memmem(mark, length - (size_t)(mark - bytes), " obj", 4));
}

/* OpenDocument that is not packed: a text or slides, as its first element
 * says behind many names. */
static int is_flat_odf(const char *bytes, size_t length)
{
	static const char *const types[] = { "opendocument.text",
		"opendocument.presentation", NULL };
	static const char root[] = "<office:document";
	const char *at = memmem(bytes, length < SNIFF ? length : SNIFF, root,
		sizeof(root) - 1);
	const char *end = at
		? memchr(at, '>', length - (size_t)(at - bytes))
		: NULL;
	int i;

	for (i = 0; end && types[i]; i++)
		if (memmem(at, (size_t)(end - at), types[i],
			    strlen(types[i])))
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
		{ "\x1F\x8B", 2, kzi_read_gzip } };
	const char *end = bytes + (length < SNIFF ? length : SNIFF);
	const char *text = skip_space(bytes, end);
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (length >= kinds[i].length &&
			!memcmp(bytes, kinds[i].bytes, kinds[i].length))
			return kinds[i].reader;
	if (end - text >= 5 && !memcmp(text, "{\\rtf", 5))
		return kzi_read_rtf;
	if (end - text >= 5 && !memcmp(text, "<?xml", 5) &&
		is_flat_odf(bytes, length))
		return kzi_read_flat_odf;
	return is_pdf(bytes, length) ? kzi_read_pdf : NULL;
}

/* Packed like a document, but without text. */
static int is_other_package(const char *path)
{
	static const char *const endings[] = { ".xlsx", ".xlsm", ".ods", ".odg",
		".odb", ".jar", ".apk", ".war", ".xpi", ".kmz", ".whl", NULL };

	return ends_with_one(path, endings);
}

/* Names of formats that the content would have told, were it whole. */
static kzi_reader *find_by_name(
	const char *path, const char *bytes, const char *end)
{
	static const char *const packed[] = { ".docx", ".docm", ".dotx",
		".dotm", ".pptx", ".pptm", ".ppsx", ".potx", ".odt", ".ott",
		".odp", ".otp", ".sxw", ".sxi", ".epub", ".zip", NULL };
	const char *text = skip_space(bytes, end);

	if (ends_with_one(path, packed))
		return kzi_read_zip;
	if (ends_with(path, ".pdf"))
		return kzi_read_pdf;
	if (!ends_with(path, ".rtf"))
		return NULL;
	/* Behind something else, or a text without the head of RTF. */
	if (memmem(bytes, (size_t)(end - bytes), "{\\rtf", 5))
		return kzi_read_rtf;
	return end - text > 2 && !memcmp(text, "{\\", 2) &&
			!count_controls(bytes, end)
		? kzi_read_rtf
		: NULL;
}

kzi_reader *kzi_format_find(const char *path, const char *bytes, size_t length)
{
	const char *end = bytes + (length < SNIFF ? length : SNIFF);
	kzi_reader *reader = find_by_magic(bytes, length);

	if (reader)
		return reader == kzi_read_zip && is_other_package(path)
			? NULL
			: reader;
	if (is_binary(path, bytes, end))
		return find_by_name(path, bytes, end);
	if (ends_with(path, ".jsonl") || ends_with(path, ".ndjson"))
		return kzi_read_jsonl;
	if (is_html(path, bytes, end) || is_page_name(path))
		return kzi_read_html;
	if (is_markdown_name(path))
		return kzi_read_markdown;
	return is_text_name(path) ? kzi_read_plain
				  : find_by_name(path, bytes, end);
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
