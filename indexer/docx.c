/* docx.c -- text documents of Office Open XML (word/document.xml).
 *
 *     <w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>
 *       <w:r><w:t>Learning </w:t></w:r><w:r><w:t>together</w:t></w:r></w:p>
 *
 * gives a heading of level 1, "Learning together". What a paragraph is, is told
 * by its outline level, by that of its style, or of the style that one is based
 * on. Left out: headers and footers (parts of their own), tables of contents,
 * deletions that are kept in view, hidden text, the second form of a
 * drawing. */
#include "indexer/office.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "indexer/flow.h"

enum {
	CHAIN = 12, /* Styles based on each other. */
	NO_LEVEL = -1,
	BODY_LEVEL = 9 /* Outline level of what is no heading. */
};

struct style {
	uint64_t id;	   /* Hash of its name in the file. */
	uint64_t based_on; /* The same, or 0. */
	int level;	   /* Outline level from 0, or NO_LEVEL. */
	int is_list;
	int is_contents; /* Of a table of contents. */
	int is_hidden;
};

struct paragraph {
	uint64_t style;
	struct style unlisted; /* What that says where it is not listed. */
	int level; /* Outline level it has itself. */
	int list;  /* Numbering: 0 none, 1 some, NO_LEVEL not said. */
	int depth; /* Of the list, from 0. */
};

struct docx {
	struct kzi_office *office;
	struct kzi_flow flow;
	struct kzi_buf styles; /* Of struct style. */
	struct style style;    /* The one being read. */
	struct paragraph paragraph; /* The open one. */
	struct kzi_buf outer; /* Of struct paragraph: those it is inside of. */
	/* Of the open run: */
	int in_run;
	int is_bold, is_hidden;
	int in_text;	   /* Inside w:t. */
	int in_properties; /* Of a paragraph. */
	int skip;	   /* Open elements in one that is left out. */
	int is_notes;	   /* Reading notes, not the text. */
	int is_contents;   /* The open control is one. */
	char part[KZI_XML_VALUE]; /* The main one. */
};

/* <w:b/>, <w:b w:val="true"/>, but not <w:b w:val="0"/>. */
static int is_on(const struct kzi_xml_attributes *attributes)
{
	char value[KZI_XML_VALUE];

	kzi_xml_attribute(attributes, "val", value);
	return strcmp(value, "0") && strcmp(value, "false") &&
	       strcmp(value, "off") && strcmp(value, "none");
}

/* ---- Styles ------------------------------------------------------------- */

static const struct style *find_style(const struct docx *docx, uint64_t id)
{
	const struct style *style =
		(const struct style *)(const void *)docx->styles.data;
	size_t count = docx->styles.length / sizeof(*style);

	for (; id && count > 0; count--, style++)
		if (style->id == id)
			return style;
	return NULL;
}

/* The built-in styles have English names in all languages, and ids like them:
 * "heading 1", "Heading1". */
static void take_style_name(struct style *style, const char *name)
{
	const char *level = name + 7 + (strlen(name) > 7 && name[7] == ' ');

	if (!strncasecmp(name, "heading", 7) && *level >= '1' && *level <= '9')
		style->level = *level - '1';
	else if (!strcasecmp(name, "title"))
		style->level = 0;
	else if (!strncasecmp(name, "toc ", 4))
		style->is_contents = 1;
}

static void style_start(void *context, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	struct docx *docx = context;
	struct style *style = &docx->style;
	char value[KZI_XML_VALUE];

	if (!strcmp(name, "style")) {
		kzi_xml_attribute(attributes, "styleId", value);
		*style = (struct style){
			.id = kzi_office_hash(value), .level = NO_LEVEL};
	} else if (!strcmp(name, "name")) {
		kzi_xml_attribute(attributes, "val", value);
		take_style_name(style, value);
	} else if (!strcmp(name, "basedOn")) {
		kzi_xml_attribute(attributes, "val", value);
		style->based_on = kzi_office_hash(value);
	} else if (!strcmp(name, "outlineLvl")) {
		style->level =
			(int)kzi_xml_number(attributes, "val", style->level);
	} else if (!strcmp(name, "numId")) {
		style->is_list = kzi_xml_number(attributes, "val", 0) != 0;
	} else if (!strcmp(name, "vanish")) {
		style->is_hidden = is_on(attributes);
	} else if (!strcmp(name, "lang") && !*docx->office->language) {
		kzi_xml_attribute(attributes, "val", docx->office->language);
	}
}

static void style_end(void *context, const char *name)
{
	struct docx *docx = context;

	if (!strcmp(name, "style") && docx->style.id)
		kzi_buf_append(
			&docx->styles, &docx->style, sizeof(docx->style));
}

/* What the style of the paragraph says, or one that it is based on. */
static struct style effective_style(const struct docx *docx)
{
	struct style sum = {.level = NO_LEVEL};
	const struct style *style = find_style(docx, docx->paragraph.style);
	int i;

	if (!style)
		return docx->paragraph.unlisted;
	for (i = 0; style && i < CHAIN; i++) {
		if (sum.level == NO_LEVEL)
			sum.level = style->level;
		sum.is_list |= style->is_list;
		sum.is_contents |= style->is_contents;
		sum.is_hidden |= style->is_hidden;
		style = find_style(docx, style->based_on);
	}
	return sum;
}

/* ---- Paragraphs --------------------------------------------------------- */

static void open_paragraph(struct docx *docx)
{
	kzi_flow_open(&docx->flow);
	kzi_buf_append(
		&docx->outer, &docx->paragraph, sizeof(docx->paragraph));
	docx->paragraph = (struct paragraph){
		.unlisted = {.level = NO_LEVEL}, .level = NO_LEVEL,
		.list = NO_LEVEL};
}

static void close_paragraph(struct docx *docx)
{
	struct style style = effective_style(docx);
	const struct paragraph *own = &docx->paragraph;
	int level = own->level != NO_LEVEL ? own->level : style.level;
	int is_list = own->list != NO_LEVEL ? own->list : style.is_list;

	if ((style.is_contents || style.is_hidden) && !docx->office->takes_all)
		kzi_flow_empty(&docx->flow);
	if (level >= 0 && level < BODY_LEVEL && !docx->is_notes)
		kzi_flow_close(&docx->flow, KZI_HEADING, level + 1);
	else if (is_list)
		kzi_flow_close(&docx->flow, KZI_ITEM, own->depth + 1);
	else
		kzi_flow_close(&docx->flow, KZI_PARAGRAPH, 0);
	/* Out of a text box, into the paragraph that it is fixed to. */
	if (docx->outer.length < sizeof(*own))
		return;
	docx->outer.length -= sizeof(*own);
	memcpy(&docx->paragraph, docx->outer.data + docx->outer.length,
		sizeof(*own));
}

static void take_property(struct docx *docx, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	struct paragraph *paragraph = &docx->paragraph;
	char value[KZI_XML_VALUE];

	if (!strcmp(name, "pStyle")) {
		kzi_xml_attribute(attributes, "val", value);
		paragraph->style = kzi_office_hash(value);
		take_style_name(&paragraph->unlisted, value);
	} else if (!strcmp(name, "outlineLvl")) {
		paragraph->level =
			(int)kzi_xml_number(attributes, "val", NO_LEVEL);
	} else if (!strcmp(name, "numId")) {
		paragraph->list = kzi_xml_number(attributes, "val", 0) != 0;
	} else if (!strcmp(name, "ilvl")) {
		long depth = kzi_xml_number(attributes, "val", 0);

		paragraph->depth =
			depth > 0 && depth < BODY_LEVEL ? (int)depth : 0;
	}
}

static void take_run(struct docx *docx, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	const struct style *style;
	char value[KZI_XML_VALUE];

	if (!strcmp(name, "rStyle")) {
		kzi_xml_attribute(attributes, "val", value);
		style = find_style(docx, kzi_office_hash(value));
		docx->is_hidden |= style && style->is_hidden;
	} else if (!strcmp(name, "b"))
		docx->is_bold = is_on(attributes);
	else if (!strcmp(name, "vanish") || !strcmp(name, "webHidden"))
		docx->is_hidden = is_on(attributes);
	else if (!strcmp(name, "tab") || !strcmp(name, "br") ||
		 !strcmp(name, "cr"))
		kzi_flow_space(&docx->flow);
	else if (!strcmp(name, "noBreakHyphen"))
		kzi_flow_text(&docx->flow, "-", 1, docx->is_bold);
}

/* What a content control is. A prompt in one that is still to be filled in may
 * be all that a form or template says, so it is text. */
static void take_control(struct docx *docx, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	char value[KZI_XML_VALUE];

	if (!strcmp(name, "sdtPr")) {
		docx->is_contents = 0;
	} else if (!strcmp(name, "docPartGallery")) {
		kzi_xml_attribute(attributes, "val", value);
		docx->is_contents = !strcmp(value, "Table of Contents");
	}
}

/* ---- Events ------------------------------------------------------------- */

static void read_diagram(
	struct docx *docx, const struct kzi_xml_attributes *attributes);

static int is_left_out(
	const char *name, const struct kzi_xml_attributes *attributes)
{
	static const char *const names[] = {"del", "moveFrom", "Fallback",
		"instrText", "delText", "sectPr", "rPrChange", "pPrChange",
		"docPr", NULL};
	char value[KZI_XML_VALUE];
	int i;

	for (i = 0; names[i]; i++)
		if (!strcmp(name, names[i]))
			return 1;
	/* Notes that only hold the line above the notes. */
	if (!strcmp(name, "footnote") || !strcmp(name, "endnote"))
		return kzi_xml_attribute(attributes, "type", value) &&
		       strcmp(value, "normal") != 0;
	return 0;
}

static void take_element(struct docx *docx, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	if (!strcmp(name, "p"))
		open_paragraph(docx);
	else if (!strcmp(name, "pPr"))
		docx->in_properties = 1;
	else if (!strcmp(name, "r"))
		docx->in_run = 1, docx->is_bold = docx->is_hidden = 0;
	else if (!strcmp(name, "t"))
		docx->in_text = 1;
	else if (!strcmp(name, "relIds"))
		read_diagram(docx, attributes);
	else if (!strcmp(name, "tbl"))
		kzi_flow_table_open(&docx->flow);
	else if (!strcmp(name, "tc"))
		kzi_flow_cell(&docx->flow);
	else if (docx->in_properties)
		take_property(docx, name, attributes);
	else if (docx->in_run)
		take_run(docx, name, attributes);
}

static void start(void *context, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	struct docx *docx = context;

	take_control(docx, name, attributes);
	if (docx->skip || is_left_out(name, attributes) ||
		(docx->is_contents && !docx->office->takes_all &&
			!strcmp(name, "sdtContent"))) {
		docx->skip++;
		docx->is_contents = 0;
	} else {
		take_element(docx, name, attributes);
	}
}

static void end(void *context, const char *name)
{
	struct docx *docx = context;

	if (docx->skip)
		docx->skip--;
	else if (!strcmp(name, "p"))
		close_paragraph(docx);
	else if (!strcmp(name, "pPr"))
		docx->in_properties = 0;
	else if (!strcmp(name, "r"))
		docx->in_run = 0;
	else if (!strcmp(name, "t"))
		docx->in_text = 0;
	else if (!strcmp(name, "tr"))
		kzi_flow_row_close(&docx->flow);
	else if (!strcmp(name, "tbl"))
		kzi_flow_table_close(&docx->flow);
}

static void text(void *context, const char *bytes, size_t length)
{
	struct docx *docx = context;

	if (docx->in_text && !docx->skip &&
		(!docx->is_hidden || docx->office->takes_all))
		kzi_flow_text(&docx->flow, bytes, length, docx->is_bold);
}

/* The paragraphs of a diagram come behind the one it stands in. */
static void read_diagram(
	struct docx *docx, const struct kzi_xml_attributes *attributes)
{
	struct kzi_xml xml = {docx, start, end, text};

	if (kzi_office_diagram(docx->office, docx->part, attributes, &xml))
		docx->skip = docx->in_text = 0;
}

/* ---- All of it ---------------------------------------------------------- */

static void read_part(struct docx *docx, const char *type)
{
	struct kzi_xml xml = {docx, start, end, text};
	char name[KZI_XML_VALUE];

	docx->skip = 0;
	docx->is_notes = 1;
	if (kzi_office_relation(docx->office, docx->part, NULL, type, name))
		kzi_office_walk(docx->office, name, &xml);
}

int kzi_office_docx(struct kzi_office *office)
{
	struct docx docx = {.office = office};
	struct kzi_xml styles = {
		.context = &docx, .start = style_start, .end = style_end};
	struct kzi_xml xml = {&docx, start, end, text};
	char name[KZI_XML_VALUE];
	int is_there;

	if (!kzi_office_relation(
		    office, "", NULL, "/officeDocument", docx.part))
		snprintf(docx.part, sizeof(docx.part), "word/document.xml");
	kzi_office_meta(office, "docProps/core.xml");
	if (kzi_office_relation(office, docx.part, NULL, "/styles", name))
		kzi_office_walk(office, name, &styles);
	kzi_flow_init(&docx.flow, &office->document);
	is_there = kzi_office_walk(office, docx.part, &xml);
	/* Where what refers to it is damaged, its usual name may do. */
	if (!is_there) {
		snprintf(docx.part, sizeof(docx.part), "word/document.xml");
		is_there = kzi_office_walk(office, docx.part, &xml);
	}
	if (is_there) {
		kzi_office_links(office, docx.part);
		read_part(&docx, "/footnotes");
		read_part(&docx, "/endnotes");
	}
	if (is_there && office->takes_all) {
		read_part(&docx, "/header");
		read_part(&docx, "/footer");
	}
	kzi_flow_release(&docx.flow);
	kzi_buf_release(&docx.styles);
	kzi_buf_release(&docx.outer);
	return is_there ? 0
			: kzi_input_fail(
				  office->input, "no text document in it");
}
