/* html_blocks.c -- see html_blocks.h.
 *
 * The nodes are walked in the order of the page. Text gathers in one buffer
 * until a block element begins or the text belongs to another one:
 *
 *     <div>One<p>Two</p>three<br>four</div>   =>  "One", "Two", "three four"
 *
 * A <br> is kept as a line feed until the block is whole; only then is it seen
 * whether it separates paragraphs. */
#include "indexer/html_blocks.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "indexer/furniture.h"
#include "indexer/html_lines.h"
#include "text/text.h"

enum {
	FONT_ORDINARY = 3,  /* What <font size> counts from. */
	LONG_LINE = 20,     /* Words: lines that long on average ... */
	LONG_BLOCK = 100,   /* ... in a block that long are paragraphs. */
	TERM_WORDS = 12,    /* Most words of a term with its definition. */
	ITEM_TEXT = 60      /* Words: a list item with headings or longer than
			       that lays out the page. */
};

/* What a node passes down to the text in it. */
struct look {
	uint32_t item;      /* The li, dt or dd that it is in, or 0. */
	int8_t declared;    /* Language, or -1. */
	uint8_t depth;      /* Lists that it is in. */
	uint8_t font_size;
	uint8_t is_bold;
	uint8_t is_layout;  /* LI: lays out, is no item. */
	uint8_t is_below_body;
};

/* One line of the block at hand, up to its <br>. */
struct part {
	size_t start, end;
	size_t letters;     /* Bytes that are not space ... */
	size_t bold;        /* ... and of those the bold ones. */
	uint32_t words, linked;
	int font_size;      /* The least. */
};

struct writer {
	const struct kzi_tree *tree;
	struct look *looks;
	struct kzi_lines lines;
	struct kzi_buf text;   /* Of the block at hand. */
	struct kzi_buf parts;  /* Of struct part: its lines. */
	uint32_t owner;        /* The block element it belongs to. */
	uint32_t words, materials;
	const char *anchor;    /* The last id seen before it ... */
	const char *inside;    /* ... and the first one in it. */
	uint8_t behind_gap;
};

/* ---- What is passed down ------------------------------------------------ */

static int declared_language(const struct kzi_node *node)
{
	const char *tag = kzi_node_attribute(node, KZI_AT_LANG);

	if (!tag || !*tag)
		tag = kzi_node_attribute(node, KZI_AT_XML_LANG);
	return tag && *tag ? kzi_language_find(tag, strlen(tag)) : -1;
}

static uint8_t font_size(const struct kzi_node *node, uint8_t outer)
{
	const char *size = kzi_node_attribute(node, KZI_AT_SIZE);
	int number;

	if (!size || !*size)
		return outer;
	number = (int)strtol(size, NULL, 10);
	if (*size == '+' || *size == '-')
		number += FONT_ORDINARY;
	return number < 1 ? 1 : number > 7 ? 7 : (uint8_t)number;
}

static void pass_down(struct writer *writer, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(writer->tree, at);
	struct look *look = &writer->looks[at];

	*look = writer->looks[node->parent];
	look->is_layout = 0;
	if (node->attributes && look->is_below_body) {
		int declared = declared_language(node);

		if (declared >= 0)
			look->declared = (int8_t)declared;
	}
	switch (node->tag) {
	case KZI_TAG_BODY:
		look->is_below_body = 1;
		break;
	case KZI_TAG_UL:
	case KZI_TAG_OL:
	case KZI_TAG_DL:
	case KZI_TAG_DIR:
	case KZI_TAG_MENU:
		if (look->depth < 100)
			look->depth++;
		break;
	case KZI_TAG_LI:
	case KZI_TAG_DT:
	case KZI_TAG_DD:
		look->item = at;
		break;
	case KZI_TAG_TD:
		look->item = 0;
		break;
	case KZI_TAG_B:
	case KZI_TAG_STRONG:
		look->is_bold = 1;
		break;
	case KZI_TAG_FONT:
		look->font_size = font_size(node, look->font_size);
		break;
	default:
		break;
	}
}

static int make_looks(struct writer *writer)
{
	uint32_t count = kzi_tree_count(writer->tree), i;

	writer->looks = kzi_calloc(count, sizeof(*writer->looks));
	if (!writer->looks)
		return 0;
	writer->looks[0].declared = -1;
	writer->looks[0].font_size = FONT_ORDINARY;
	for (i = 1; i < count; i++) {
		const struct kzi_node *node = kzi_tree_node(writer->tree, i);

		pass_down(writer, i);
		if (kzi_tag_heading(node->tag) && !node->gone)
			writer->looks[writer->looks[i].item].is_layout = 1;
	}
	return 1;
}

/* ---- A block at its end ------------------------------------------------- */

static struct part *part_at(const struct writer *writer, size_t i)
{
	return (struct part *)(void *)writer->parts.data + i;
}

static size_t part_count(const struct writer *writer)
{
	return writer->parts.length / sizeof(struct part);
}

static void begin_part(struct writer *writer)
{
	struct part part = { .start = writer->text.length,
		.end = writer->text.length, .font_size = 8 };

	kzi_buf_append(&writer->parts, &part, sizeof(part));
}

static void set_type(const struct writer *writer, struct kzi_line *line)
{
	const struct kzi_node *owner =
		kzi_tree_node(writer->tree, writer->owner);
	const struct look *look = &writer->looks[writer->owner];

	line->declared = look->declared;
	line->type = KZI_PARAGRAPH;
	if (kzi_tag_heading(owner->tag)) {
		line->type = KZI_HEADING;
		line->level = kzi_tag_heading(owner->tag);
		line->is_real = 1;
	} else if (owner->is_data) {
		line->type = KZI_ROW;
	} else if (look->item && !writer->looks[look->item].is_layout &&
		kzi_tree_node(writer->tree, look->item)->words <=
			ITEM_TEXT * 4) {
		line->type = KZI_ITEM;
		line->level = look->depth ? look->depth : 1;
	}
}

/* A row of links with signs between, typed without any element around it:
 * "<a>Home</a> | <a>News</a> | <a>Contact</a>". */
static int is_menu(const struct writer *writer, size_t from, size_t to)
{
	const struct part *part = part_at(writer, from);
	const char *text = writer->text.data + part->start;
	size_t length = part->end - part->start;

	return to == from + 1 && part->linked > 1 &&
		part->linked == part->words &&
		(memmem(text, length, "|", 1) || memmem(text, length, "·", 2) ||
			memmem(text, length, "•", 3) ||
			memmem(text, length, "»", 2) ||
			memmem(text, length, "::", 2));
}

/* Append the lines from `from` to before `to` as one block. */
static void add_line(struct writer *writer, struct kzi_line *line, size_t from,
	size_t to)
{
	size_t start = part_at(writer, from)->start, letters = 0, bold = 0, i;

	line->font_size = 8;
	for (i = from; i < to; i++) {
		const struct part *part = part_at(writer, i);

		letters += part->letters;
		bold += part->bold;
		if (part->letters && part->font_size < line->font_size)
			line->font_size = part->font_size;
	}
	if (!letters || is_menu(writer, from, to))
		return;
	line->is_bold = bold == letters;
	kzi_lines_add(&writer->lines, line, writer->text.data + start,
		part_at(writer, to - 1)->end - start);
	line->behind_gap = 0;
}

static int ends_sentence(const struct writer *writer, const struct part *part)
{
	size_t end = part->end;

	while (end > part->start &&
		strchr(" \t\r\n\"')", writer->text.data[end - 1]))
		end--;
	return end > part->start &&
		strchr(".!?:", writer->text.data[end - 1]) != NULL;
}

/* 1 if the single <br> of the block stand between paragraphs: long lines that
 * end as sentences do. */
static int breaks_are_paragraphs(const struct writer *writer)
{
	size_t count = part_count(writer), i;

	if (writer->words < LONG_BLOCK || writer->words < count * LONG_LINE)
		return 0;
	for (i = 0; i + 1 < count; i++) {
		const struct part *part = part_at(writer, i);

		if (part->letters && !ends_sentence(writer, part))
			return 0;
	}
	return 1;
}

/* 1 if the line is wholly bold or large and short, and the next is not: such a
 * heading is set off by one <br>. */
static int is_set_off(const struct writer *writer, size_t i)
{
	const struct part *part = part_at(writer, i), *next = part + 1;

	return part->letters && i + 1 < part_count(writer) && next->letters &&
		part->letters < 80 && part->bold == part->letters &&
		next->bold < next->letters;
}

static int begins_item(const struct writer *writer, const struct part *part)
{
	int is_dash = 0;

	return kzi_bullet_length(writer->text.data + part->start,
		part->end - part->start, &is_dash) > 0;
}

/* Cut the block where an empty line, a bullet or a heading shows that it is
 * several. */
static void split_block(struct writer *writer, struct kzi_line *line)
{
	size_t count = part_count(writer), from = 0, i;
	int all = breaks_are_paragraphs(writer);

	for (i = 0; i < count; i++) {
		const struct part *part = part_at(writer, i);
		int cuts = i > from && (all || !part->letters ||
			begins_item(writer, part) ||
			is_set_off(writer, i - 1));

		if (!cuts)
			continue;
		add_line(writer, line, from, i);
		from = i;
	}
	add_line(writer, line, from, count);
}

static int is_materials(const struct writer *writer)
{
	/* Beside a link stand its kind and size: "(PDF, 200 kB)". */
	return writer->materials &&
		writer->words - writer->materials <= 4;
}

static void flush(struct writer *writer)
{
	struct kzi_line line = { 0 };

	if (writer->words || writer->text.length) {
		size_t count = part_count(writer);

		if (count)
			part_at(writer, count - 1)->end = writer->text.length;
		set_type(writer, &line);
		line.anchor = writer->inside ? writer->inside : writer->anchor;
		line.behind_gap = writer->behind_gap;
		if (writer->words && is_materials(writer)) {
			line.is_links = 1;
			kzi_lines_add(&writer->lines, &line, "", 0);
		} else if (writer->words) {
			split_block(writer, &line);
			writer->behind_gap = 0;
		}
	}
	if (writer->inside)
		writer->anchor = writer->inside;
	writer->inside = NULL;
	writer->words = writer->materials = 0;
	kzi_buf_clear(&writer->text);
	kzi_buf_clear(&writer->parts);
}

/* ---- The walk ----------------------------------------------------------- */

static void take_text(struct writer *writer, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(writer->tree, at);
	const struct look *look = &writer->looks[at];
	const char *text = writer->tree->text.data + node->text;
	struct part *part;
	size_t letters = 0, i;

	for (i = 0; i < node->length; i++)
		letters += (unsigned char)text[i] > ' ' && text[i] != '\xC2' &&
			text[i] != '\xA0';
	if (!part_count(writer))
		begin_part(writer);
	if (writer->parts.failed)
		return;
	part = part_at(writer, part_count(writer) - 1);
	part->letters += letters;
	if (look->is_bold)
		part->bold += letters;
	if (letters && look->font_size < part->font_size)
		part->font_size = look->font_size;
	kzi_buf_append(&writer->text, text, node->length);
	part->words += node->words;
	part->linked += node->linked;
	writer->words += node->words;
	writer->materials += node->materials;
}

static void take_break(struct writer *writer)
{
	size_t count = part_count(writer);

	if (!count)
		return;
	part_at(writer, count - 1)->end = writer->text.length;
	kzi_buf_byte(&writer->text, '\n');
	begin_part(writer);
}

/* Between the cells of a row, and a term and its definition. */
static void take_separator(struct writer *writer, const char *separator)
{
	if (!writer->words)
		return;
	kzi_buf_text(&writer->text, separator);
}

static void take_anchor(struct writer *writer, const struct kzi_node *node)
{
	const char *id = kzi_node_attribute(node, KZI_AT_ID);

	if (!id && node->tag == KZI_TAG_A)
		id = kzi_node_attribute(node, KZI_AT_NAME);
	if (!id || !*id)
		return;
	if (!writer->words)
		writer->anchor = id;
	else if (!writer->inside)
		writer->inside = id;
}

/* A definition without blocks in it goes on in the line of its term. */
static int joins_term(const struct writer *writer, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(writer->tree, at);
	const struct kzi_node *owner =
		kzi_tree_node(writer->tree, writer->owner);
	uint32_t i;

	if (node->tag != KZI_TAG_DD || owner->tag != KZI_TAG_DT ||
		owner->end != at || !writer->words ||
		writer->words > TERM_WORDS)
		return 0;
	for (i = at + 1; i < node->end; i++)
		if (kzi_tree_node(writer->tree, i)->block != at)
			return 0;
	return 1;
}

static void join_term(struct writer *writer)
{
	size_t length = writer->text.length;

	while (length && strchr(" \t\r\n", writer->text.data[length - 1]))
		length--;
	writer->text.length = length;
	kzi_buf_text(&writer->text,
		length && writer->text.data[length - 1] == ':' ? " " : ": ");
}

static void take_element(struct writer *writer, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(writer->tree, at);

	if (joins_term(writer, at)) {
		join_term(writer);
		writer->owner = at;
	} else if (node->block == at) {
		flush(writer);
		writer->owner = at;
	} else if (node->is_data && node->tag != KZI_TAG_TABLE) {
		take_separator(writer, " | ");
	} else if (node->tag == KZI_TAG_BR) {
		take_break(writer);
	} else if (kzi_tag_flow(node->tag) == KZI_BLOCK) {
		kzi_buf_byte(&writer->text, ' ');
	}
	take_anchor(writer, node);
}

static void take_node(struct writer *writer, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(writer->tree, at);

	if (node->tag != KZI_TAG_TEXT) {
		take_element(writer, at);
		return;
	}
	if (node->block != writer->owner && node->words) {
		flush(writer);
		writer->owner = node->block;
	}
	if (node->block == writer->owner)
		take_text(writer, at);
}

void kzi_html_blocks(const struct kzi_tree *tree, struct kzi_document *document)
{
	struct writer writer = { .tree = tree };
	uint32_t count = kzi_tree_count(tree), i = 0;

	if (!make_looks(&writer)) {
		document->failed = 1;
		return;
	}
	while (i < count) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (node->gone) {
			writer.behind_gap |= node->count > 0;
			i = node->end;
			continue;
		}
		take_node(&writer, i++);
	}
	flush(&writer);
	if (writer.text.failed || writer.parts.failed)
		document->failed = 1;
	kzi_lines_finish(&writer.lines, document);
	kzi_lines_release(&writer.lines);
	kzi_buf_release(&writer.text);
	kzi_buf_release(&writer.parts);
	kzi_free(writer.looks);
}
