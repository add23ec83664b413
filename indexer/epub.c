/* epub.c -- electronic books: their pages in the order of the spine, each read
 * as any page is, as one document.
 *
 *     META-INF/container.xml  names  OEBPS/book.opf, which has
 *     <item id="c1" href="one.xhtml"/> ... <itemref idref="c1"/> */
#include "indexer/office.h"

#include <string.h>

struct item {
	uint64_t id; /* Hash. */
	char href[KZI_XML_VALUE];
	int is_left_out; /* A table of contents, or no page. */
};

struct epub {
	struct kzi_office *office;
	char opf[KZI_XML_VALUE]; /* The part that lists the others. */
	struct kzi_buf items;	 /* Of struct item. */
	size_t pages;		 /* Read. */
};

static void container_start(void *context, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	struct epub *epub = context;

	if (!strcmp(name, "rootfile") && !*epub->opf)
		kzi_xml_attribute(attributes, "full-path", epub->opf);
}

/* ---- Tables of contents ------------------------------------------------- */

struct letters {
	int in_link;
	size_t linked, all;
};

static void letters_start(void *context, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	struct letters *letters = context;

	(void)attributes;
	letters->in_link |= !strcmp(name, "a");
}

static void letters_end(void *context, const char *name)
{
	struct letters *letters = context;

	letters->in_link &= strcmp(name, "a") != 0;
}

static void letters_text(void *context, const char *text, size_t length)
{
	struct letters *letters = context;
	size_t i;

	for (i = 0; i < length; i++) {
		letters->all += (unsigned char)text[i] > ' ';
		letters->linked +=
			letters->in_link && (unsigned char)text[i] > ' ';
	}
}

/* Most of it are links. Programs that make books call the page with all the
 * text so too, when there is no other. */
static int is_contents(const struct epub *epub, const char *href)
{
	struct letters letters = {0};
	struct kzi_xml xml = {
		&letters, letters_start, letters_end, letters_text};
	const struct kzi_part *part;
	char name[KZI_XML_VALUE];

	kzi_package_name(epub->opf, href, name, sizeof(name));
	part = kzi_package_find(epub->office->package, name);
	if (part)
		kzi_xml_walk(&xml, part->bytes.data, part->bytes.length);
	return letters.linked * 2 > letters.all;
}

/* ---- Pages -------------------------------------------------------------- */

/* A page of its own with the title comes before the first with text. */
static int is_said(
	const struct kzi_document *book, const struct kzi_block *block)
{
	size_t count = kzi_document_block_count(book);
	const struct kzi_block *last;

	if (!count || block->type != KZI_HEADING)
		return 0;
	last = kzi_document_block_at(book, count - 1);
	return last->type == KZI_HEADING && last->length == block->length &&
	       !memcmp(last->text, block->text, last->length);
}

/* Take the blocks of a page over into the book. */
static int take_page(void *context, struct kzi_document *page)
{
	struct kzi_document *book = &((struct epub *)context)->office->document;
	size_t count = kzi_document_block_count(page), i;

	for (i = 0; i < count; i++) {
		const struct kzi_block *from = kzi_document_block_at(page, i);
		struct kzi_block *to;

		if (is_said(book, from))
			continue;
		to = kzi_document_block(
			book, from->type, from->text, from->length);
		if (!to)
			continue;
		to->level = from->level;
		to->declared =
			from->declared >= 0 ? from->declared : page->declared;
	}
	return 0;
}

static void read_part(struct epub *epub, const struct kzi_part *part)
{
	struct kzi_office *office = epub->office;
	struct kzi_input input = *office->input;

	input.bytes = part->bytes.data ? part->bytes.data : "";
	input.length = part->bytes.length;
	input.emit = take_page;
	input.context = epub;
	if (kzi_read_html(&input))
		office->is_damaged = 1;
	epub->pages++;
}

static void read_page(struct epub *epub, const char *href)
{
	const struct kzi_part *part;
	char name[KZI_XML_VALUE];

	kzi_package_name(epub->opf, href, name, sizeof(name));
	part = kzi_package_find(epub->office->package, name);
	if (part)
		read_part(epub, part);
	else
		epub->office->is_damaged = 1;
}

/* Where the list of pages is lost, all there are, by their names. */
static void read_all_pages(struct epub *epub)
{
	const struct kzi_package *package = epub->office->package;
	const struct kzi_part *part =
		(const struct kzi_part *)(const void *)package->parts.data;
	size_t count = package->parts.length / sizeof(*part);

	for (; count > 0; count--, part++) {
		const char *ending = strrchr(part->name, '.');

		if (!ending || (!strstr(ending, "htm") && strcmp(ending, ".xht")))
			continue;
		epub->office->is_damaged = 1;
		read_part(epub, part);
	}
}

/* ---- The list ----------------------------------------------------------- */

/* Is it one of the words in the list, which spaces divide? */
static int has_word(const char *list, const char *word)
{
	size_t length = strlen(word), part;

	for (; *list; list += part + (list[part] == ' ')) {
		part = strcspn(list, " ");
		if (part == length && !memcmp(list, word, length))
			return 1;
	}
	return 0;
}

static void take_item(
	struct epub *epub, const struct kzi_xml_attributes *attributes)
{
	struct item item = {0};
	char value[KZI_XML_VALUE];

	kzi_xml_attribute(attributes, "id", value);
	item.id = kzi_office_hash(value);
	kzi_xml_attribute(attributes, "href", item.href);
	kzi_xml_attribute(attributes, "media-type", value);
	item.is_left_out = !strstr(value, "html");
	kzi_xml_attribute(attributes, "properties", value);
	item.is_left_out |= has_word(value, "nav");
	kzi_buf_append(&epub->items, &item, sizeof(item));
}

static void take_reference(
	struct epub *epub, const struct kzi_xml_attributes *attributes)
{
	struct item *item = (struct item *)(void *)epub->items.data;
	size_t count = epub->items.length / sizeof(*item);
	char value[KZI_XML_VALUE];
	uint64_t id;

	kzi_xml_attribute(attributes, "idref", value);
	id = kzi_office_hash(value);
	for (; count > 0; count--, item++)
		if (item->id == id && !item->is_left_out) {
			item->is_left_out = 1; /* Once is enough. */
			read_page(epub, item->href);
			return;
		}
}

/* <guide> names the table of contents of older books. It stands behind the
 * spine, so that all this is read before the pages are. */
static void take_guide(
	struct epub *epub, const struct kzi_xml_attributes *attributes)
{
	struct item *item = (struct item *)(void *)epub->items.data;
	size_t count = epub->items.length / sizeof(*item);
	char value[KZI_XML_VALUE];

	kzi_xml_attribute(attributes, "type", value);
	if (strcmp(value, "toc") != 0)
		return;
	kzi_xml_attribute(attributes, "href", value);
	if (!is_contents(epub, value))
		return;
	for (; count > 0; count--, item++)
		item->is_left_out |= !strcmp(item->href, value);
}

static void list_start(void *context, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	struct epub *epub = context;

	if (!strcmp(name, "item"))
		take_item(epub, attributes);
	else if (!strcmp(name, "reference"))
		take_guide(epub, attributes);
}

static void spine_start(void *context, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	struct epub *epub = context;

	if (!strcmp(name, "itemref"))
		take_reference(epub, attributes);
}

int kzi_office_epub(struct kzi_office *office)
{
	struct epub epub = {.office = office};
	struct kzi_xml container = {.context = &epub, .start = container_start};
	struct kzi_xml list = {.context = &epub, .start = list_start};
	struct kzi_xml spine = {.context = &epub, .start = spine_start};

	if (kzi_package_find(office->package, "META-INF/rights.xml"))
		return kzi_input_fail(
			office->input, "locked (digital rights management)");
	kzi_office_walk(office, "META-INF/container.xml", &container);
	kzi_office_meta(office, epub.opf);
	kzi_office_walk(office, epub.opf, &list);
	kzi_office_walk(office, epub.opf, &spine);
	if (!epub.pages)
		read_all_pages(&epub);
	kzi_buf_release(&epub.items);
	/* The publisher's, which need not stand in the text. */
	if (*office->title)
		office->document.title = kzi_document_text(&office->document,
			office->title, strlen(office->title));
	return epub.pages ? 0
			  : kzi_input_fail(
				    office->input, "no pages of a book in it");
}
