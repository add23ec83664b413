/* pptx.c -- presentations of Office Open XML: the slides in the order of the
 * presentation, each a page, and behind each the notes to it.
 *
 *     <p:sp><p:nvSpPr>..<p:ph type="title"/>..</p:nvSpPr>
 *       <p:txBody><a:p><a:r><a:t>Who comes?</a:t></a:r></a:p></p:txBody></p:sp>
 *
 * gives a heading. The paragraphs of a slide's body are items, unless they say
 * that they have no bullet; those of a diagram lie in a part of its own, and
 * are items too. Left out: dates, numbers, headers and footers. */
#include "indexer/office.h"

#include <stdio.h>
#include <string.h>

#include "indexer/flow.h"

enum place { OTHER, TITLE, BODY, FURNITURE };

enum { SLIDES_MOST = 5000 };

struct pptx {
	struct kzi_office *office;
	struct kzi_flow flow;
	char main[KZI_XML_VALUE]; /* The part that lists the slides. */
	char slide[KZI_XML_VALUE]; /* The part being read. */
	enum place place;	  /* What the open shape is. */
	int is_notes;		  /* Only the body of notes is one. */
	int is_item;		  /* The open paragraph. */
	int depth;		  /* Of the list, from 0. */
	int is_bold;
	int in_text; /* Inside a:t. */
	int skip;    /* Open elements in one that is left out. */
};

static enum place place_of(const struct kzi_xml_attributes *attributes)
{
	static const struct {
		const char *type;
		enum place place;
	} types[] = {{"title", TITLE}, {"ctrTitle", TITLE},
		{"sldNum", FURNITURE}, {"dt", FURNITURE}, {"ftr", FURNITURE},
		{"hdr", FURNITURE}, {"subTitle", OTHER}};
	char type[KZI_XML_VALUE];
	size_t i;

	kzi_xml_attribute(attributes, "type", type);
	for (i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (!strcmp(type, types[i].type))
			return types[i].place;
	return BODY;
}

static void open_paragraph(struct pptx *pptx)
{
	kzi_flow_open(&pptx->flow);
	pptx->is_item = pptx->place == BODY && !pptx->is_notes;
	pptx->depth = 0;
	pptx->is_bold = 0;
}

static void close_paragraph(struct pptx *pptx)
{
	int is_left_out = pptx->place == FURNITURE ||
			  (pptx->is_notes && pptx->place != BODY);

	if (is_left_out && !pptx->office->takes_all)
		kzi_flow_empty(&pptx->flow);
	if (pptx->place == TITLE)
		kzi_flow_close(
			&pptx->flow, KZI_HEADING, pptx->flow.page > 1 ? 2 : 1);
	else if (pptx->is_item)
		kzi_flow_close(&pptx->flow, KZI_ITEM, pptx->depth + 1);
	else
		kzi_flow_close(&pptx->flow, KZI_PARAGRAPH, 0);
}

static void read_diagram(
	struct pptx *pptx, const struct kzi_xml_attributes *attributes);

static void start(void *context, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	struct pptx *pptx = context;
	long depth;

	if (pptx->skip || !strcmp(name, "Fallback") || !strcmp(name, "fld")) {
		pptx->skip++;
	} else if (!strcmp(name, "sp") || !strcmp(name, "graphicFrame")) {
		pptx->place = OTHER;
	} else if (!strcmp(name, "ph")) {
		pptx->place = place_of(attributes);
	} else if (!strcmp(name, "p")) {
		open_paragraph(pptx);
	} else if (!strcmp(name, "pPr")) {
		depth = kzi_xml_number(attributes, "lvl", 0);
		pptx->depth = depth > 0 && depth < 9 ? (int)depth : 0;
	} else if (!strcmp(name, "buNone")) {
		pptx->is_item = 0;
	} else if (!strcmp(name, "buChar") || !strcmp(name, "buAutoNum")) {
		pptx->is_item = 1;
	} else if (!strcmp(name, "rPr")) {
		pptx->is_bold = kzi_xml_number(attributes, "b", 0) == 1;
	} else if (!strcmp(name, "t")) {
		pptx->in_text = 1;
	} else if (!strcmp(name, "br")) {
		kzi_flow_space(&pptx->flow);
	} else if (!strcmp(name, "tbl")) {
		kzi_flow_table_open(&pptx->flow);
	} else if (!strcmp(name, "tc")) {
		kzi_flow_cell(&pptx->flow);
	} else if (!strcmp(name, "relIds")) {
		read_diagram(pptx, attributes);
	}
}

static void end(void *context, const char *name)
{
	struct pptx *pptx = context;

	if (pptx->skip)
		pptx->skip--;
	else if (!strcmp(name, "p"))
		close_paragraph(pptx);
	else if (!strcmp(name, "r"))
		pptx->is_bold = 0;
	else if (!strcmp(name, "t"))
		pptx->in_text = 0;
	else if (!strcmp(name, "tr"))
		kzi_flow_row_close(&pptx->flow);
	else if (!strcmp(name, "tbl"))
		kzi_flow_table_close(&pptx->flow);
}

static void text(void *context, const char *bytes, size_t length)
{
	struct pptx *pptx = context;

	if (pptx->in_text && !pptx->skip)
		kzi_flow_text(&pptx->flow, bytes, length, pptx->is_bold);
}

static void read_diagram(
	struct pptx *pptx, const struct kzi_xml_attributes *attributes)
{
	struct kzi_xml xml = {pptx, start, end, text};

	pptx->place = BODY;
	if (kzi_office_diagram(pptx->office, pptx->slide, attributes, &xml))
		pptx->skip = pptx->in_text = 0;
}

/* ---- Slides ------------------------------------------------------------- */

/* The slide in the part whose name is set, and the notes to it. */
static void read_slide_part(struct pptx *pptx)
{
	struct kzi_xml xml = {pptx, start, end, text};
	char notes[KZI_XML_VALUE];

	pptx->is_notes = pptx->skip = pptx->in_text = 0;
	pptx->place = OTHER;
	if (!kzi_office_walk(pptx->office, pptx->slide, &xml))
		pptx->office->is_damaged = 1;
	kzi_office_links(pptx->office, pptx->slide);
	pptx->is_notes = 1;
	pptx->skip = pptx->in_text = 0;
	pptx->place = OTHER;
	if (kzi_office_relation(
		    pptx->office, pptx->slide, NULL, "/notesSlide", notes))
		kzi_office_walk(pptx->office, notes, &xml);
}

static void read_slide(struct pptx *pptx, const char *id)
{
	pptx->flow.page++;
	if (kzi_office_relation(
		    pptx->office, pptx->main, id, NULL, pptx->slide))
		read_slide_part(pptx);
}

/* Where the list of slides is lost, their names tell the order. */
static void read_by_name(struct pptx *pptx)
{
	int i;

	for (i = 1; i <= SLIDES_MOST; i++) {
		snprintf(pptx->slide, sizeof(pptx->slide),
			"ppt/slides/slide%d.xml", i);
		if (!kzi_package_find(pptx->office->package, pptx->slide))
			continue;
		pptx->flow.page++;
		pptx->office->is_damaged = 1;
		read_slide_part(pptx);
	}
}

static void slide_start(void *context, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	struct pptx *pptx = context;
	char id[KZI_XML_VALUE];

	if (!strcmp(name, "sldId") && pptx->flow.page < SLIDES_MOST &&
		kzi_xml_attribute(attributes, ":id", id))
		read_slide(pptx, id);
}

int kzi_office_pptx(struct kzi_office *office)
{
	struct pptx pptx = {.office = office};
	struct kzi_xml slides = {.context = &pptx, .start = slide_start};
	int is_there;

	if (!kzi_office_relation(
		    office, "", NULL, "/officeDocument", pptx.main))
		memcpy(pptx.main, "ppt/presentation.xml",
			sizeof("ppt/presentation.xml"));
	kzi_office_meta(office, "docProps/core.xml");
	kzi_flow_init(&pptx.flow, &office->document);
	is_there = kzi_office_walk(office, pptx.main, &slides);
	if (!pptx.flow.page)
		read_by_name(&pptx);
	kzi_flow_release(&pptx.flow);
	return is_there || pptx.flow.page ? 0
		       : kzi_input_fail(office->input, "no slides in it");
}
