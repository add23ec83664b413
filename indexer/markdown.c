/* markdown.c -- Markdown, by md4c: its blocks in reading order, without marks.
 *
 * Of raw HTML the text stays, and of pictures nothing. Facts about a page that
 * a site is made from, between lines of --- at its head, are not its text. */
#include "indexer/format.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/HTMLparser.h>
#include <md4c.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "indexer/encoding.h"
#include "indexer/phrases.h"
#include "text/text.h"

enum { ENTITY_MOST = 32 };

struct markdown {
	struct kzi_document document;
	struct kzi_buf text;   /* Of the block at hand. */
	struct kzi_buf target; /* Where its first link leads. */
	int lists;             /* Open ones, each in the one before. */
	int pictures;          /* Likewise. */
	int cells;             /* Of the row at hand. */
	int is_raw;            /* The block is HTML. */
	const char *awaited;   /* What ends the tag at hand; NULL: none. */
	int has_caption;       /* Items that follow are supporting materials. */
};

/* ---- Blocks ------------------------------------------------------------- */

static void take_material(struct markdown *markdown, const char *text)
{
	kzi_buf_byte(&markdown->target, '\0');
	kzi_document_link(&markdown->document,
		markdown->target.length > 1 ? markdown->target.data : NULL,
		text);
}

static void add_block(struct markdown *markdown, enum kzi_block_type type,
	int level, const char *text, size_t length)
{
	struct kzi_document *document = &markdown->document;
	struct kzi_block *block =
		kzi_document_append(document, type, text, length);

	if (!block)
		return;
	block->level = level;
	if (type == KZI_HEADING && !document->title)
		document->title = text;
}

/* Take the block at hand, if there is one. */
static void take(struct markdown *markdown, enum kzi_block_type type, int level)
{
	struct kzi_buf *raw = &markdown->text;
	size_t length = raw->length;
	const char *text = length
		? kzi_document_tidy(
			  &markdown->document, raw->data, length, &length)
		: NULL;

	if (!text || kzi_is_furniture_text(text, length)) {
		/* Nothing to read. */
	} else if (type == KZI_ITEM && markdown->has_caption) {
		take_material(markdown, text);
	} else {
		markdown->has_caption = kzi_is_material_caption(text, length);
		if (!markdown->has_caption)
			add_block(markdown, type, level, text, length);
	}
	kzi_buf_clear(raw);
	kzi_buf_clear(&markdown->target);
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *at)
{
	struct markdown *markdown = at;

	(void)detail;
	switch (type) {
	case MD_BLOCK_UL:
	case MD_BLOCK_OL:
		take(markdown, KZI_ITEM, markdown->lists++);
		break;
	case MD_BLOCK_TR:
		markdown->cells = 0;
		break;
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		if (markdown->cells++ > 0)
			kzi_buf_text(&markdown->text, " | ");
		break;
	case MD_BLOCK_HTML:
		markdown->is_raw = 1;
		break;
	default:
		break;
	}
	return 0;
}

static void take_row(struct markdown *markdown)
{
	struct kzi_buf *text = &markdown->text;
	size_t i = 0;

	while (i < text->length && strchr("| ", text->data[i]))
		i++;
	if (i == text->length)
		kzi_buf_clear(text);
	take(markdown, KZI_ROW, 0);
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *at)
{
	struct markdown *markdown = at;

	switch (type) {
	case MD_BLOCK_UL:
	case MD_BLOCK_OL:
		markdown->lists--;
		break;
	case MD_BLOCK_H:
		take(markdown, KZI_HEADING,
			(int)((const MD_BLOCK_H_DETAIL *)detail)->level);
		break;
	case MD_BLOCK_TR:
		take_row(markdown);
		break;
	case MD_BLOCK_LI:
	case MD_BLOCK_P:
	case MD_BLOCK_CODE:
	case MD_BLOCK_HTML:
		markdown->is_raw = 0;
		markdown->awaited = NULL;
		take(markdown, markdown->lists ? KZI_ITEM : KZI_PARAGRAPH,
			markdown->lists);
		break;
	default:
		break;
	}
	return 0;
}

/* ---- Within a block ----------------------------------------------------- */

static int enter_span(MD_SPANTYPE type, void *detail, void *at)
{
	struct markdown *markdown = at;
	const MD_SPAN_A_DETAIL *link = detail;

	markdown->pictures += type == MD_SPAN_IMG;
	if (type == MD_SPAN_A && markdown->target.length == 0)
		kzi_buf_append(&markdown->target, link->href.text,
			link->href.size);
	return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *at)
{
	struct markdown *markdown = at;

	(void)detail;
	markdown->pictures -= type == MD_SPAN_IMG;
	return 0;
}

/* "&eacute;", "&#233;" or "&#xE9;"; what is none of them stays as it is. */
static void add_entity(struct kzi_buf *out, const char *text, size_t length)
{
	char name[ENTITY_MOST], bytes[4];
	const htmlEntityDesc *known;
	unsigned long c = 0;

	if (length < 3 || length >= sizeof(name)) {
		kzi_buf_append(out, text, length);
		return;
	}
	memcpy(name, text + 1, length - 2);
	name[length - 2] = '\0';
	if (name[0] == '#') {
		int is_hex = name[1] == 'x' || name[1] == 'X';

		c = strtoul(name + 1 + is_hex, NULL, is_hex ? 16 : 10);
	} else if ((known = htmlEntityLookup((const xmlChar *)name))) {
		c = known->value;
	}
	if (c > 0 && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF))
		kzi_buf_append(out, bytes, kzi_utf8_encode(bytes, (uint32_t)c));
	else
		kzi_buf_append(out, text, length);
}

/* What ends what begins at `at`: a tag, or something of which nothing is
 * text. */
static const char *ending_of(const char *at, size_t length)
{
	static const char *const whole[][2] = {{"<!--", "-->"},
		{"<script", "</script>"}, {"<style", "</style>"}};
	size_t i;

	for (i = 0; i < sizeof(whole) / sizeof(*whole); i++)
		if (length >= strlen(whole[i][0]) &&
			!strncasecmp(at, whole[i][0], strlen(whole[i][0])))
			return whole[i][1];
	return ">";
}

/* Raw HTML without its tags. One that divides lines parts words, too. */
static void add_html(struct markdown *markdown, const char *at, size_t length)
{
	const char *end = at + length, *stop;

	while (at < end) {
		if (markdown->awaited) {
			stop = memmem(at, (size_t)(end - at), markdown->awaited,
				strlen(markdown->awaited));
			at = stop ? stop + strlen(markdown->awaited) : end;
			if (stop)
				markdown->awaited = NULL;
			continue;
		}
		stop = memchr(at, '<', (size_t)(end - at));
		stop = stop ? stop : end;
		kzi_buf_append(&markdown->text, at, (size_t)(stop - at));
		at = stop;
		if (at == end)
			break;
		markdown->awaited = ending_of(at, (size_t)(end - at));
		if (markdown->is_raw ||
			(end - at > 2 && !strncasecmp(at, "<br", 3)))
			kzi_buf_byte(&markdown->text, ' ');
	}
}

static int add_text(
	MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE length, void *at)
{
	struct markdown *markdown = at;

	if (markdown->pictures > 0)
		return 0;
	switch (type) {
	case MD_TEXT_NULLCHAR:
		break;
	case MD_TEXT_BR:
	case MD_TEXT_SOFTBR:
		kzi_buf_byte(&markdown->text, ' ');
		break;
	case MD_TEXT_ENTITY:
		add_entity(&markdown->text, text, length);
		break;
	case MD_TEXT_HTML:
		add_html(markdown, text, length);
		break;
	default:
		kzi_buf_append(&markdown->text, text, length);
		break;
	}
	return 0;
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

	while (stop > at && strchr(" \t\r", stop[-1]))
		stop--;
	return (size_t)(stop - at) == length && !memcmp(at, text, length);
}

/* The value of `name: value`, without quotation marks, or NULL. */
static const char *value_of(struct kzi_document *document, const char *name,
	const char *at, const char *stop)
{
	size_t length = strlen(name);

	if ((size_t)(stop - at) <= length || strncasecmp(at, name, length) ||
		at[length] != ':')
		return NULL;
	at += length + 1;
	while (at < stop && strchr(" \t", *at))
		at++;
	while (stop > at && strchr(" \t\r", stop[-1]))
		stop--;
	if (stop - at > 1 && strchr("\"'", *at) && stop[-1] == *at) {
		at++;
		stop--;
	}
	return kzi_document_text(document, at, (size_t)(stop - at));
}

/* Of what a head declares, title and language are of use. */
static void take_facts(
	struct kzi_document *document, const char *at, const char *end)
{
	while (at < end) {
		const char *stop = line_end(at, end);
		const char *title = value_of(document, "title", at, stop);
		const char *language = value_of(document, "lang", at, stop);

		if (!language)
			language = value_of(document, "language", at, stop);
		if (title)
			document->title = title;
		if (language)
			document->declared = kzi_language_find(
				language, strcspn(language, "-_"));
		at = stop + 1;
	}
}

/* Where the head of a page ends; the start where there is none. */
static const char *take_head(
	struct kzi_document *document, const char *start, const char *end)
{
	const char *stop = line_end(start, end), *at;

	if (!is_line(start, stop, "---"))
		return start;
	while (stop < end) {
		at = stop + 1;
		stop = line_end(at, end);
		if (is_line(at, stop, "---") || is_line(at, stop, "...")) {
			take_facts(document, start, at);
			return stop;
		}
	}
	return start;
}

/* ---- The reader --------------------------------------------------------- */

static int parse(struct markdown *markdown, const char *text, size_t length)
{
	const MD_PARSER parser = { .flags = MD_DIALECT_GITHUB,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = add_text };
	const char *body =
		take_head(&markdown->document, text, text + length);

	return md_parse(body, (MD_SIZE)(text + length - body), &parser,
		       markdown) == 0 &&
		!markdown->document.failed && !markdown->text.failed &&
		!markdown->target.failed;
}

int kzi_read_markdown(struct kzi_input *input)
{
	struct markdown markdown = { 0 };
	size_t length;
	char *text = kzi_to_utf8(input->bytes, input->length, NULL, &length);
	int result;

	if (!text || length > UINT_MAX) {
		kzi_free(text);
		return text ? kzi_input_fail(input, "too large")
			    : kzi_input_fail_memory(input);
	}
	kzi_document_init(&markdown.document, input->path);
	if (parse(&markdown, text, length))
		result = input->emit(input->context, &markdown.document);
	else
		result = kzi_input_fail_memory(input);
	kzi_document_release(&markdown.document);
	kzi_buf_release(&markdown.text);
	kzi_buf_release(&markdown.target);
	kzi_free(text);
	return result;
}
