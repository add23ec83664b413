/* office.c -- packed documents: which one it is, what is told of it, and how
 * its parts refer to each other. The parts themselves are read by docx.c,
 * pptx.c, odf.c and epub.c. */
#include "indexer/office.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "indexer/furniture.h"
#include "indexer/title.h"
#include "text/text.h"

int kzi_office_walk(
	struct kzi_office *office, const char *name, const struct kzi_xml *xml)
{
	const struct kzi_part *part = kzi_package_find(office->package, name);

	if (!part)
		return 0;
	if (kzi_xml_walk(xml, part->bytes.data, part->bytes.length))
		office->is_damaged = 1;
	return 1;
}

/* ---- Title and language ------------------------------------------------- */

struct meta {
	struct kzi_office *office;
	char *open; /* Where text goes, or NULL. */
};

static void meta_start(void *context, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	struct meta *meta = context;

	(void)attributes;
	meta->open = !strcmp(name, "title")	 ? meta->office->title
		     : !strcmp(name, "language") ? meta->office->language
						 : NULL;
	/* The first of several is the main one. */
	if (meta->open && *meta->open)
		meta->open = NULL;
}

static void meta_end(void *context, const char *name)
{
	struct meta *meta = context;

	(void)name;
	meta->open = NULL;
}

static void meta_text(void *context, const char *text, size_t length)
{
	struct meta *meta = context;
	size_t filled;

	if (!meta->open)
		return;
	filled = strlen(meta->open);
	snprintf(meta->open + filled, KZI_XML_VALUE - filled, "%.*s",
		(int)(length < KZI_XML_VALUE ? length : KZI_XML_VALUE), text);
}

void kzi_office_meta(struct kzi_office *office, const char *name)
{
	struct meta meta = {.office = office};
	struct kzi_xml xml = {&meta, meta_start, meta_end, meta_text};

	kzi_office_walk(office, name, &xml);
}

/* ---- Relations ---------------------------------------------------------- */

struct relation {
	const char *id, *type;
	char target[KZI_XML_VALUE];
};

static int ends_with(const char *text, const char *ending)
{
	size_t length = strlen(text), tail = strlen(ending);

	return length >= tail && !strcmp(text + length - tail, ending);
}

static void relation_start(void *context, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	struct relation *relation = context;
	char value[KZI_XML_VALUE];

	if (strcmp(name, "Relationship") != 0 || *relation->target)
		return;
	if (relation->id) {
		kzi_xml_attribute(attributes, "Id", value);
		if (strcmp(value, relation->id) != 0)
			return;
	} else {
		kzi_xml_attribute(attributes, "Type", value);
		if (!ends_with(value, relation->type))
			return;
	}
	kzi_xml_attribute(attributes, "Target", relation->target);
}

static void walk_relations(
	struct kzi_office *office, const char *base, const struct kzi_xml *xml)
{
	const char *slash = strrchr(base, '/');
	int folder = slash ? (int)(slash + 1 - base) : 0;
	char name[2 * KZI_XML_VALUE];

	snprintf(name, sizeof(name), "%.*s_rels/%s.rels", folder, base,
		base + folder);
	kzi_office_walk(office, name, xml);
}

int kzi_office_relation(struct kzi_office *office, const char *base,
	const char *id, const char *type, char out[KZI_XML_VALUE])
{
	struct relation relation = {.id = id, .type = type};
	struct kzi_xml xml = {.context = &relation, .start = relation_start};

	walk_relations(office, base, &xml);
	kzi_package_name(base, relation.target, out, KZI_XML_VALUE);
	return *relation.target != '\0';
}

void kzi_office_link(struct kzi_office *office, const char *target)
{
	char path[KZI_XML_VALUE], *at;

	snprintf(path, sizeof(path), "%s", target);
	for (at = path; (at = strchr(at, '\\'));)
		*at = '/'; /* As Windows has it. */
	if (kzi_is_material(path))
		kzi_document_link(&office->document, path, path);
}

static void link_start(void *context, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	char value[KZI_XML_VALUE];

	if (strcmp(name, "Relationship") != 0 ||
		!kzi_xml_attribute(attributes, "Type", value) ||
		!ends_with(value, "/hyperlink"))
		return;
	kzi_xml_attribute(attributes, "Target", value);
	kzi_office_link(context, value);
}

void kzi_office_links(struct kzi_office *office, const char *base)
{
	struct kzi_xml xml = {.context = office, .start = link_start};

	walk_relations(office, base, &xml);
}

int kzi_office_diagram(struct kzi_office *office, const char *base,
	const struct kzi_xml_attributes *attributes, const struct kzi_xml *xml)
{
	char id[KZI_XML_VALUE], name[KZI_XML_VALUE];

	if (office->in_diagram || !kzi_xml_attribute(attributes, ":dm", id) ||
		!kzi_office_relation(office, base, id, NULL, name))
		return 0;
	office->in_diagram = 1;
	kzi_office_walk(office, name, xml);
	office->in_diagram = 0;
	return 1;
}

uint64_t kzi_office_hash(const char *name)
{
	return *name ? kzi_hash(name, strlen(name), 0) | 1 : 0;
}

/* ---- Which one it is ---------------------------------------------------- */

static int has_mimetype(const struct kzi_package *package, const char *type)
{
	const struct kzi_part *part = kzi_package_find(package, "mimetype");

	return part && part->bytes.length >= strlen(type) &&
	       !memcmp(part->bytes.data, type, strlen(type));
}

static kzi_office_reader *find_reader(const struct kzi_package *package)
{
	if (kzi_package_find(package, "META-INF/container.xml") ||
		has_mimetype(package, "application/epub+zip"))
		return kzi_office_epub;
	if (kzi_package_find(package, "content.xml"))
		return kzi_office_odf;
	if (kzi_package_find(package, "ppt/presentation.xml") ||
		kzi_package_find(package, "ppt/slides/slide1.xml"))
		return kzi_office_pptx;
	return kzi_office_docx;
}

static int emit(struct kzi_office *office, int result)
{
	struct kzi_document *document = &office->document;
	struct kzi_input *input = office->input;

	if (!document->title)
		kzi_title_choose(
			document, *office->title ? office->title : NULL);
	if (document->declared < 0)
		document->declared = kzi_language_find(
			office->language, strlen(office->language));
	if (document->failed)
		return kzi_input_fail_memory(input);
	/* Nothing read for a reason is no empty document. */
	if (!result || kzi_document_block_count(document)) {
		int stopped = input->emit(input->context, document);

		if (stopped)
			return stopped;
	}
	return result;
}

/* Contents, headers or even hidden text, if there is nothing else. */
static int read_parts(struct kzi_office *office)
{
	kzi_office_reader *reader = find_reader(office->package);
	int result;

	kzi_document_init(&office->document, office->input->path);
	result = reader(office);
	if (result || office->document.failed ||
		kzi_document_block_count(&office->document))
		return result;
	office->takes_all = 1;
	kzi_document_release(&office->document);
	kzi_document_init(&office->document, office->input->path);
	return reader(office);
}

int kzi_read_office(struct kzi_input *input)
{
	struct kzi_package package;
	struct kzi_office office = {.input = input, .package = &package};
	int result = kzi_package_open(&package, input);

	if (result == 0 &&
		(has_mimetype(
			 &package, "application/vnd.oasis.opendocument.s") ||
			has_mimetype(&package,
				"application/vnd.oasis.opendocument.g") ||
			kzi_package_find(&package, "xl/workbook.xml")))
		result = kzi_input_fail(
			input, "a spreadsheet or drawing, which is not read");
	else if (result == 0) {
		result = read_parts(&office);
		if (result == 0 && office.is_damaged)
			result = kzi_input_fail(
				input, "damaged: some of it is cut off");
		if (result == 0 && package.is_damaged)
			result = -1; /* Its reason is there already. */
		result = emit(&office, result);
		kzi_document_release(&office.document);
	}
	kzi_package_close(&package);
	return result;
}

/* OpenDocument in one file of XML, as if it were the only part of a package. */
int kzi_read_flat_odf(struct kzi_input *input)
{
	static char name[] = "content.xml";
	struct kzi_part part = {name,
		{.data = (char *)(size_t)input->bytes,
			.length = input->length}};
	struct kzi_package package = {0};
	struct kzi_office office = {.input = input, .package = &package};
	int result;

	kzi_buf_append(&package.parts, &part, sizeof(part));
	if (package.parts.failed)
		return kzi_input_fail_memory(input);
	result = read_parts(&office);
	if (result == 0 && office.is_damaged)
		result = kzi_input_fail(input, "damaged: some of it is cut off");
	result = emit(&office, result);
	kzi_document_release(&office.document);
	kzi_buf_release(&package.parts);
	return result;
}
