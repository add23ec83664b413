/* markdown.c -- see markdown.h. Line by line, and each from left to right; what
 * is written never overtakes what is read. */
#include "indexer/markdown.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum {
	LINK_MOST = 600, /* Bytes from a bracket to its other half. */
	DEPTH_MOST = 3   /* A picture in a link in a picture. */
};

struct markdown {
	char *out;
	const char *end; /* Of the text. */
	int is_fenced;   /* Between lines of ``` or ~~~. */
	int was_empty;   /* The line before. */
};

/* ---- Within a line ------------------------------------------------------ */

static int is_break(char c)
{
	return isspace((unsigned char)c) || ispunct((unsigned char)c);
}

/* Bytes of a run of * or _ at `at` that is a sign of emphasis, otherwise 0: a
 * space or mark stands on one side of it, but not spaces on both. */
static size_t emphasis(const char *start, const char *at, const char *end)
{
	const char *stop = at;
	char before = at > start ? at[-1] : ' ', after;

	while (stop < end && *stop == *at)
		stop++;
	after = stop < end ? *stop : ' ';
	if (isspace((unsigned char)before) && isspace((unsigned char)after))
		return 0;
	return is_break(before) || is_break(after) ? (size_t)(stop - at) : 0;
}

/* The bracket that closes the one at `at`, or NULL. */
static const char *partner(const char *at, const char *end)
{
	char open = *at, close = open == '[' ? ']' : ')';
	const char *most = end - at > LINK_MOST ? at + LINK_MOST : end;
	int depth = 0;

	for (; at < most; at++) {
		depth += *at == open;
		depth -= *at == close;
		if (depth == 0)
			return at;
	}
	return NULL;
}

/* Where the link "[words](target)" or "[words][name]" at `at` ends; *words_end
 * is the bracket behind its words. NULL: it is none. */
static const char *link_end(
	const char *at, const char *end, const char **words_end)
{
	const char *close = partner(at, end);
	const char *stop;

	if (!close || close + 1 == end || (close[1] != '(' && close[1] != '['))
		return NULL;
	stop = partner(close + 1, end);
	*words_end = close;
	return stop ? stop + 1 : NULL;
}

/* Where the tag at `at` ends, NULL if it is none: "<br>" and "<a href=x>", but
 * not "<y and z>". */
static const char *tag_end(const char *at, const char *end)
{
	size_t most = end - at > LINK_MOST ? LINK_MOST : (size_t)(end - at);
	const char *stop = memchr(at, '>', most);
	size_t length = stop ? (size_t)(stop - at) : 0;

	if (!stop || length < 2 ||
		!(isalpha((unsigned char)at[1]) || strchr("/!", at[1])))
		return NULL;
	return memchr(at, ' ', length) && !memchr(at, '=', length) &&
			at[1] != '!'
		? NULL
		: stop + 1;
}

/* "<https://x.org>" and "<me@x.org>" are text; other tags are not. */
static int is_address(const char *at, const char *stop)
{
	size_t length = (size_t)(stop - at);

	return !memchr(at, ' ', length) && (memmem(at, length, "://", 3) ||
		memchr(at, '@', length));
}

/* Bytes at `at` that are mark-up alone. */
static size_t mark_length(const char *start, const char *at, const char *end)
{
	const char *words_end;

	switch (*at) {
	case '\\':
		return at + 1 < end && ispunct((unsigned char)at[1]);
	case '`':
		return 1;
	case '!':
		return at + 1 < end && at[1] == '[' &&
			link_end(at + 1, end, &words_end);
	case '*':
	case '_':
		return emphasis(start, at, end);
	case '~':
		return at + 1 < end && at[1] == '~' ? 2 : 0;
	default:
		return 0;
	}
}

static char *strip_line(char *out, const char *at, const char *end, int depth)
{
	const char *start = at, *stop, *words_end;

	while (at < end) {
		size_t length = mark_length(start, at, end);

		if (length) {
			if (*at == '\\')
				*out++ = at[1];
			at += length + (*at == '\\');
		} else if (*at == '[' && depth < DEPTH_MOST &&
			(stop = link_end(at, end, &words_end))) {
			out = strip_line(out, at + 1, words_end, depth + 1);
			at = stop;
		} else if (*at == '<' && (stop = tag_end(at, end))) {
			if (is_address(at, stop))
				out = strip_line(out, at + 1, stop - 1,
					DEPTH_MOST);
			else if (!strncasecmp(at + 1, "br", 2))
				*out++ = ' ';
			at = stop;
		} else {
			*out++ = *at++;
		}
	}
	return out;
}

/* ---- Lines -------------------------------------------------------------- */

static const char *skip_blanks(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
		at++;
	return at;
}

static int is_only(const char *at, const char *end, const char *signs)
{
	for (; at < end; at++)
		if (!strchr(signs, *at) || !*at)
			return 0;
	return 1;
}

/* A line without text: a fence, a rule, what divides the head of a table from
 * its rows, where "[name]: target" leads. */
static int is_mark_up(
	const struct markdown *markdown, const char *at, const char *end)
{
	const char *close;
	size_t length = (size_t)(end - at);

	if (length < 3)
		return 0;
	if (!memcmp(at, "```", 3) || !memcmp(at, "~~~", 3))
		return 1;
	if (is_only(at, end, "*_ \t\r") || (is_only(at, end, "|-: \t\r") &&
		memchr(at, '|', length)))
		return 1;
	if (markdown->was_empty && is_only(at, end, "-= \t\r"))
		return 1;
	close = *at == '[' ? partner(at, end) : NULL;
	return close && close + 2 < end && !memcmp(close + 1, ": ", 2);
}

/* Behind the marks of quotations. */
static const char *skip_quote(const char *at, const char *end)
{
	while (at < end && *at == '>')
		at = skip_blanks(at + 1, end);
	return at;
}

/* Without the hashes that close a heading, and the bars around a row. */
static const char *cut_end(const char *at, const char *end)
{
	char sign = at < end && (*at == '#' || *at == '|') ? *at : '\0';

	while (end > at && strchr(" \t\r", end[-1]))
		end--;
	while (sign && end > at + 1 && end[-1] == sign)
		end--;
	return end;
}

/* A bullet is one sign of emphasis that stays. */
static size_t bullet(const char *at, const char *end)
{
	return end - at > 1 && strchr("*+-", *at) && at[1] == ' ' ? 2 : 0;
}

static void take_line(struct markdown *markdown, const char *at, const char *end)
{
	const char *text = skip_blanks(at, end);

	if (is_mark_up(markdown, text, end)) {
		if (strchr("`~", *text))
			markdown->is_fenced = !markdown->is_fenced;
	} else if (markdown->is_fenced) {
		/* "# a comment" is no heading. */
		while (text < end && (*text == '#' || *text == ' '))
			text++;
		memmove(markdown->out, text, (size_t)(end - text));
		markdown->out += end - text;
	} else {
		size_t sign;

		text = skip_quote(text, end);
		end = cut_end(text, end);
		text += text < end && *text == '|';
		sign = bullet(text, end);
		/* What is indented goes on with an item. */
		memmove(markdown->out, at, text > at && *at == ' ');
		markdown->out += text > at && *at == ' ';
		memmove(markdown->out, text, sign);
		markdown->out = strip_line(
			markdown->out + sign, text + sign, end, 0);
	}
	markdown->was_empty = skip_blanks(at, end) == end;
}

/* ---- The head ----------------------------------------------------------- */

static const char *line_end(const char *at, const char *end)
{
	const char *stop = memchr(at, '\n', (size_t)(end - at));

	return stop ? stop : end;
}

static int is_line(const char *at, const char *stop, const char *text)
{
	size_t length = strlen(text);

	return (size_t)(stop - at) >= length && !memcmp(at, text, length) &&
		skip_blanks(at + length, stop) == stop;
}

/* Where the head of a page ends that a site is made from, its facts between
 * lines of ---; the start where there is none. Of it the title stays. */
static const char *take_head(struct kzi_document *document, const char *start,
	const char *end)
{
	const char *stop = line_end(start, end), *at, *title = NULL;
	const char *title_end = NULL;

	if (!is_line(start, stop, "---"))
		return start;
	for (at = stop; at < end; at = stop) {
		stop = line_end(++at, end);
		if (is_line(at, stop, "---") || is_line(at, stop, "..."))
			break;
		if (stop - at > 6 && !strncasecmp(at, "title:", 6)) {
			title = skip_blanks(at + 6, stop);
			title_end = cut_end(title, stop);
		}
	}
	if (at >= end)
		return start;
	if (title && title_end - title > 1 && strchr("\"'", *title) &&
		title_end[-1] == *title) {
		title++;
		title_end--;
	}
	if (title && title_end > title)
		document->title = kzi_document_text(
			document, title, (size_t)(title_end - title));
	return stop < end ? stop + 1 : stop;
}

int kzi_is_markdown(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && (!strcasecmp(dot, ".md") || !strcasecmp(dot, ".markdown"));
}

size_t kzi_markdown_strip(
	struct kzi_document *document, char *text, size_t length)
{
	struct markdown markdown = { text, text + length, 0, 1 };
	const char *at = take_head(document, text, markdown.end);

	while (at < markdown.end) {
		const char *stop = line_end(at, markdown.end);
		int has_end = stop < markdown.end;

		take_line(&markdown, at, stop);
		if (has_end)
			*markdown.out++ = '\n';
		at = stop + has_end;
	}
	*markdown.out = '\0';
	return (size_t)(markdown.out - text);
}
