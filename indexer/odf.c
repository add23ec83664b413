/* odf.c -- text documents and presentations of OpenDocument (content.xml).
 *
 *     <text:h text:outline-level="2">Who comes</text:h>
 *     <text:list><text:list-item><text:p>families</text:p> ...
 *
 * gives a heading of level 2 and an item. A style of the document may only
 * carry another one's name ("P3", of the family of "Title"), so these are
 * followed. A slide is a page. Left out: tables of contents, deletions that are
 * kept in view, hidden text, remarks at the edge, marks of notes, numbers,
 * headers and footers (which lie in another part). */
#include "indexer/office.h"

#include <string.h>

#include "indexer/flow.h"

enum { CHAIN = 8 /* Styles based on each other. */ };

enum place { OTHER, TITLE, FURNITURE };

struct style {
	uint64_t name, parent; /* Hashes; 0: none. */
	int is_bold, is_hidden, is_title;
};

struct odf {
	struct kzi_office *office;
	struct kzi_flow flow;
	struct kzi_buf styles; /* Of struct style. */
	struct style style;    /* The one being read; name 0: none is. */
	struct kzi_buf spans;  /* int: for each open span, is it bold? */
	enum place place;      /* Of the open frame on a slide. */
	int level;	       /* Of the open heading, or 0. */
	int is_title;	       /* The open paragraph is styled as one. */
	int is_bold;	       /* Text as it comes. */
	int lists;	       /* Open ones in each other. */
	int is_first;	       /* No paragraph yet in the open list item. */
	int skip;	       /* Open elements in one that is left out. */
};

/* ---- Styles ------------------------------------------------------------- */

static void take_style(struct odf *odf, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	char value[KZI_XML_VALUE];

	if (!strcmp(name, "style")) {
		kzi_xml_attribute(attributes, "name", value);
		odf->style.name = kzi_office_hash(value);
		kzi_xml_attribute(attributes, "parent-style-name", value);
		odf->style.parent = kzi_office_hash(value);
		odf->style.is_bold = odf->style.is_hidden = 0;
	} else if (!strcmp(name, "text-properties") && odf->style.name) {
		kzi_xml_attribute(attributes, "font-weight", value);
		odf->style.is_bold = !strcmp(value, "bold");
		kzi_xml_attribute(attributes, "display", value);
		odf->style.is_hidden = !strcmp(value, "none");
	}
}

static const struct style *find_style(const struct odf *odf, uint64_t name)
{
	const struct style *style =
		(const struct style *)(const void *)odf->styles.data;
	size_t count = odf->styles.length / sizeof(*style);

	for (; name && count > 0; count--, style++)
		if (style->name == name)
			return style;
	return NULL;
}

/* The style that an element names, with all that it is based on. */
static struct style read_style(
	const struct odf *odf, const struct kzi_xml_attributes *attributes)
{
	uint64_t title = kzi_office_hash("Title"), name;
	struct style sum = {0};
	char value[KZI_XML_VALUE];
	int i;

	kzi_xml_attribute(attributes, "style-name", value);
	name = kzi_office_hash(value);
	for (i = 0; i < CHAIN && name && !sum.is_title; i++) {
		const struct style *style = find_style(odf, name);

		sum.is_title = name == title;
		name = style ? style->parent : 0;
		sum.is_bold |= style && style->is_bold;
		sum.is_hidden |= style && style->is_hidden;
	}
	return sum;
}

/* ---- Paragraphs --------------------------------------------------------- */

static void open_paragraph(
	struct odf *odf, const struct kzi_xml_attributes *attributes, int level)
{
	struct style style = read_style(odf, attributes);

	kzi_flow_open(&odf->flow);
	odf->level = level;
	odf->is_title = style.is_title;
	odf->is_bold = style.is_bold;
}

static void close_paragraph(struct odf *odf)
{
	int is_slide = odf->flow.page > 0;

	if (odf->place == FURNITURE && !odf->office->takes_all)
		kzi_flow_empty(&odf->flow);
	if (odf->place == TITLE)
		kzi_flow_close(
			&odf->flow, KZI_HEADING, odf->flow.page > 1 ? 2 : 1);
	else if (odf->level)
		kzi_flow_close(&odf->flow, KZI_HEADING, odf->level);
	else if (odf->is_title && !is_slide)
		kzi_flow_close(&odf->flow, KZI_HEADING, 1);
	else if (odf->lists && odf->is_first)
		kzi_flow_close(&odf->flow, KZI_ITEM, odf->lists);
	else
		kzi_flow_close(&odf->flow, KZI_PARAGRAPH, 0);
	odf->level = odf->is_title = odf->is_bold = odf->is_first = 0;
}

static void open_span(
	struct odf *odf, const struct kzi_xml_attributes *attributes)
{
	kzi_buf_append(&odf->spans, &odf->is_bold, sizeof(odf->is_bold));
	odf->is_bold |= read_style(odf, attributes).is_bold;
}

static void close_span(struct odf *odf)
{
	if (odf->spans.length < sizeof(odf->is_bold))
		return;
	odf->spans.length -= sizeof(odf->is_bold);
	memcpy(&odf->is_bold, odf->spans.data + odf->spans.length,
		sizeof(odf->is_bold));
}

/* ---- Events ------------------------------------------------------------- */

/* Words and paragraphs by their style, sections by themselves. */
static int is_hidden(const struct odf *odf, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	char value[KZI_XML_VALUE];

	if (!strcmp(name, "section"))
		return kzi_xml_attribute(attributes, "display", value) &&
		       !strcmp(value, "none");
	return (!strcmp(name, "span") || !strcmp(name, "p")) &&
	       read_style(odf, attributes).is_hidden;
}

static int is_one_of(const char *name, const char *const names[])
{
	int i;

	for (i = 0; names[i]; i++)
		if (!strcmp(name, names[i]))
			return 1;
	return 0;
}

static int is_left_out(const struct odf *odf, const char *name)
{
	static const char *const names[] = {"tracked-changes", "annotation",
		"note-citation", "title", "desc", "forms", "page-number",
		"page-count", "header-decl", "footer-decl", "date-time-decl",
		"binary-data", "math", "covered-table-cell", "ruby-text",
		"master-styles", NULL};
	static const char *const unless_all[] = {"table-of-content",
		"table-index", "illustration-index", "object-index",
		"alphabetical-index", "hidden-text", "hidden-paragraph", NULL};

	return is_one_of(name, names) || (!odf->office->takes_all &&
						 is_one_of(name, unless_all));
}

static enum place place_of(const struct kzi_xml_attributes *attributes)
{
	char class[KZI_XML_VALUE];

	kzi_xml_attribute(attributes, "class", class);
	if (!strcmp(class, "title"))
		return TITLE;
	if (!strcmp(class, "header") || !strcmp(class, "footer") ||
		!strcmp(class, "date-time") || !strcmp(class, "page-number"))
		return FURNITURE;
	return OTHER;
}

/* Of a path from the file on: the package is taken for a folder. */
static void take_link(
	struct odf *odf, const struct kzi_xml_attributes *attributes)
{
	char target[KZI_XML_VALUE];

	kzi_xml_attribute(attributes, "href", target);
	kzi_office_link(odf->office,
		strncmp(target, "../", 3) ? target : target + 3);
}

static void take_element(struct odf *odf, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	if (!strcmp(name, "p")) {
		open_paragraph(odf, attributes, 0);
	} else if (!strcmp(name, "h")) {
		long level = kzi_xml_number(attributes, "outline-level", 1);

		open_paragraph(odf, attributes,
			level >= 1 && level <= 6 ? (int)level : 6);
	} else if (!strcmp(name, "span")) {
		open_span(odf, attributes);
	} else if (!strcmp(name, "s") || !strcmp(name, "tab") ||
		   !strcmp(name, "line-break")) {
		kzi_flow_space(&odf->flow);
	} else if (!strcmp(name, "list")) {
		odf->lists++;
	} else if (!strcmp(name, "list-item")) {
		odf->is_first = 1;
	} else if (!strcmp(name, "table")) {
		kzi_flow_table_open(&odf->flow);
	} else if (!strcmp(name, "table-cell")) {
		kzi_flow_cell(&odf->flow);
	} else if (!strcmp(name, "page")) {
		odf->flow.page++;
	} else if (!strcmp(name, "frame")) {
		odf->place = place_of(attributes);
	} else if (!strcmp(name, "a")) {
		take_link(odf, attributes);
	} else {
		take_style(odf, name, attributes);
	}
}

static void start(void *context, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	struct odf *odf = context;

	if (odf->skip || is_left_out(odf, name) ||
		(!odf->office->takes_all && is_hidden(odf, name, attributes)))
		odf->skip++;
	else
		take_element(odf, name, attributes);
}

static void end(void *context, const char *name)
{
	struct odf *odf = context;

	if (odf->skip)
		odf->skip--;
	else if (!strcmp(name, "p") || !strcmp(name, "h"))
		close_paragraph(odf);
	else if (!strcmp(name, "span"))
		close_span(odf);
	else if (!strcmp(name, "list"))
		odf->lists--;
	else if (!strcmp(name, "table-row"))
		kzi_flow_row_close(&odf->flow);
	else if (!strcmp(name, "table"))
		kzi_flow_table_close(&odf->flow);
	else if (!strcmp(name, "frame"))
		odf->place = OTHER;
	else if (!strcmp(name, "style") && odf->style.name) {
		kzi_buf_append(&odf->styles, &odf->style, sizeof(odf->style));
		odf->style.name = 0;
	}
}

static void text(void *context, const char *bytes, size_t length)
{
	struct odf *odf = context;

	if (!odf->skip)
		kzi_flow_text(&odf->flow, bytes, length, odf->is_bold);
}

/* ---- All of it ---------------------------------------------------------- */

/* Parts with a password are listed with what it takes to open them. */
static int is_encrypted(const struct kzi_office *office)
{
	const struct kzi_part *part =
		kzi_package_find(office->package, "META-INF/manifest.xml");

	return part && part->bytes.length &&
	       memmem(part->bytes.data, part->bytes.length, ":encryption-data",
		       sizeof(":encryption-data") - 1);
}

int kzi_office_odf(struct kzi_office *office)
{
	struct odf odf = {.office = office};
	struct kzi_xml xml = {&odf, start, end, text};

	if (is_encrypted(office))
		return kzi_input_fail(office->input, "needs a password");
	kzi_office_meta(office, "meta.xml");
	kzi_flow_init(&odf.flow, &office->document);
	kzi_office_walk(office, "content.xml", &xml);
	kzi_flow_release(&odf.flow);
	kzi_buf_release(&odf.styles);
	kzi_buf_release(&odf.spans);
	return 0;
}
