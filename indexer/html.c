/* html.c -- the HTML reader: bytes to a tree by libxml2's parser, the tree to
 * a document by furniture.h, content.h and html_blocks.h. The only file that
 * knows libxml2's HTML parser; nothing of it is left when this one returns.
 *
 * libxml2 2.9 knows HTML 4. It hands on every tag, known or not, but where an
 * element was left open it lets the end tag of one unknown to it, such as nav,
 * close nothing. So the tree is built here, from its events. */
#include "indexer/format.h"

#include <string.h>
#include <strings.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "indexer/content.h"
#include "indexer/encoding.h"
#include "indexer/furniture.h"
#include "indexer/html_blocks.h"
#include "indexer/html_table.h"
#include "indexer/html_title.h"
#include "indexer/html_tree.h"

enum {
	HEAD_MOST = 8192,    /* Where a page declares its encoding, or never. */
	NAME = 40,           /* Room for an encoding's name. */
	NODES_MOST = 3 << 20, /* 200 MB of tree. A book has some 100,000. */
	RESERVED_MOST = 1 << 20 /* Bytes. */
};

/* Of an entry of `open`: the element was closed before the parser says so. */
#define CLOSED 0x80000000U

/* The parser compares names all the way up for an end tag that matches nothing:
 * so many comparisons, a second or two, then the page is cut off. */
static const unsigned long long WORK_MOST = 500000000ULL;

struct builder {
	struct kzi_tree *tree;
	xmlParserCtxtPtr parser;
	struct kzi_buf open;  /* uint32_t: for each element the parser holds
				 open the node that text goes to. */
	size_t skip_from;     /* Open elements where a dropped one began; 0. */
	uint32_t ended;       /* The block element that ended last, or 0 ... */
	const xmlChar *ended_at; /* ... and how far the page was read then. */
	unsigned long long work;
	int is_cut;           /* Too large, or too tangled. */
};

static uint32_t *open_at(const struct builder *builder, size_t i)
{
	return (uint32_t *)(void *)builder->open.data + i;
}

static size_t open_count(const struct builder *builder)
{
	return builder->open.length / sizeof(uint32_t);
}

static uint32_t current(const struct builder *builder)
{
	size_t count = open_count(builder);

	return count ? *open_at(builder, count - 1) & ~CLOSED : 0;
}

/* Elements without content that libxml2 takes for ones with. */
static int is_void(const char *name)
{
	static const char *const names[] = { "embed", "source", "track", "wbr",
		"keygen", "bgsound", NULL };
	int i;

	for (i = 0; names[i]; i++)
		if (!strcasecmp(name, names[i]))
			return 1;
	return 0;
}

/* What may stand in a head. Anything else shows that its end was left out. */
static int is_of_head(enum kzi_tag tag)
{
	return tag == KZI_TAG_TITLE || tag == KZI_TAG_META ||
		tag == KZI_TAG_LINK || tag == KZI_TAG_SCRIPT ||
		tag == KZI_TAG_STYLE || tag == KZI_TAG_NOSCRIPT ||
		tag == KZI_TAG_TEMPLATE || tag == KZI_TAG_OBJECT ||
		tag == KZI_TAG_OTHER;
}

/* Elements of the web's frameworks that hold no text of the page. */
static int is_gadget(const char *name)
{
	static const char *const names[] = { "amp-ad", "amp-sidebar",
		"amp-embed", "amp-social-share", "amp-consent",
		"amp-user-notification", "amp-sticky-ad", "amp-auto-ads",
		NULL };
	int i;

	for (i = 0; names[i]; i++)
		if (!strcasecmp(name, names[i]))
			return 1;
	return 0;
}

/* Dropped elements that have nothing to tell either; a field to type in tells
 * what is around it. */
static int is_skipped(enum kzi_tag tag)
{
	return kzi_tag_flow(tag) == KZI_DROP && tag != KZI_TAG_HEAD &&
		tag != KZI_TAG_TITLE && tag != KZI_TAG_META &&
		tag != KZI_TAG_LINK && tag != KZI_TAG_INPUT;
}

/* A heading that folds its chapter in and out has its words in a button. */
static int is_button_of_heading(
	const struct builder *builder, enum kzi_tag tag, uint32_t parent)
{
	enum kzi_tag above = kzi_tree_node(builder->tree, parent)->tag;

	return tag == KZI_TAG_BUTTON &&
		(kzi_tag_heading(above) || above == KZI_TAG_DT ||
			above == KZI_TAG_SUMMARY);
}

static void push(struct builder *builder, uint32_t node)
{
	kzi_buf_append(&builder->open, &node, sizeof(node));
	if (builder->open.failed)
		builder->tree->failed = 1;
}

/* Memory is short, or the page too large: stop, and keep what there is. */
static void cut(struct builder *builder)
{
	builder->is_cut = 1;
	xmlStopParser(builder->parser);
}

/* The head that `node` is, or is in, with nothing but unknown elements between;
 * or 0. Some of these, such as NEXTID, have no end. */
static uint32_t head_around(const struct kzi_tree *tree, uint32_t node)
{
	while (node && kzi_tree_node(tree, node)->tag == KZI_TAG_OTHER)
		node = kzi_tree_node(tree, node)->parent;
	return kzi_tree_node(tree, node)->tag == KZI_TAG_HEAD ? node : 0;
}

/* What comes now goes to the parent of the head, until all is closed that was
 * opened in it. */
static uint32_t leave_head(struct builder *builder, uint32_t head)
{
	uint32_t parent = kzi_tree_node(builder->tree, head)->parent;
	size_t i = open_count(builder);

	while (i-- > 0) {
		uint32_t node = *open_at(builder, i) & ~CLOSED;

		if (head_around(builder->tree, node) != head)
			break;
		*open_at(builder, i) = parent;
	}
	return parent;
}

static uint32_t add_element(
	struct builder *builder, enum kzi_tag tag, const xmlChar **attributes)
{
	struct kzi_tree *tree = builder->tree;
	uint32_t parent = current(builder), node;
	uint32_t head = is_of_head(tag) ? 0 : head_around(tree, parent);

	if (head)
		parent = leave_head(builder, head);
	node = kzi_tree_add(tree, tag, parent);
	if (!node)
		return parent;
	while (attributes && attributes[0]) {
		const char *value = (const char *)attributes[1];

		kzi_tree_add_attribute(tree, node, (const char *)attributes[0],
			value ? value : "");
		attributes += 2;
	}
	return node;
}

static void start_element(
	void *context, const xmlChar *name, const xmlChar **attributes)
{
	struct builder *builder = context;
	enum kzi_tag tag = kzi_tag_find((const char *)name);
	int is_other = tag == KZI_TAG_OTHER || tag == KZI_TAG_EMBED;
	uint32_t parent = current(builder), node;

	if (builder->skip_from || (is_other && is_void((const char *)name))) {
		push(builder, parent);
		return;
	}
	if (is_button_of_heading(builder, tag, parent)) {
		tag = KZI_TAG_OTHER;
	} else if (is_skipped(tag) ||
		(is_other && is_gadget((const char *)name))) {
		push(builder, parent);
		builder->skip_from = open_count(builder);
		return;
	}
	node = add_element(builder, tag, attributes);
	push(builder, node);
	if (builder->tree->failed || node >= NODES_MOST)
		cut(builder);
}

/* The parser closes what is open inside of an element with it. Where that was
 * closed long before, its end tag closes nothing, and text goes on where it
 * was:
 *
 *     <nav><div></nav> <main><p>One</p></div> <p>Two</p></main> */
static void end_element(void *context, const xmlChar *name)
{
	struct builder *builder = context;
	const xmlChar *at = builder->parser->input->cur;
	size_t count = open_count(builder);
	uint32_t node;

	(void)name;
	if (!count)
		return;
	if (builder->skip_from == count)
		builder->skip_from = 0;
	node = *open_at(builder, count - 1);
	builder->open.length -= sizeof(uint32_t);
	if (node & CLOSED) {
		if (count > 1 && builder->ended && builder->ended_at == at)
			*open_at(builder, count - 2) = builder->ended | CLOSED;
		return;
	}
	builder->ended = kzi_tag_flow(kzi_tree_node(builder->tree, node)->tag)
				 == KZI_BLOCK
		? node
		: 0;
	builder->ended_at = at;
}

static void characters(void *context, const xmlChar *text, int length)
{
	struct builder *builder = context;
	char mended[KZI_UTF8_MOST];

	if (builder->skip_from || length <= 0)
		return;
	/* A reference such as &#149; comes alone. It means what it does in
	 * windows-1252. */
	if (length == 2 && text[0] == 0xC2 && text[1] < 0xA0) {
		length = (int)kzi_utf8_encode(
			mended, kzi_windows_1252(text[1]));
		text = (const xmlChar *)mended;
	}
	kzi_tree_add_text(builder->tree, current(builder), (const char *)text,
		(size_t)length);
	if (builder->tree->failed)
		cut(builder);
}

/* The parser did not close `name`, since something that it thinks weightier is
 * open inside. Close it here: what follows goes to its parent. */
static void close_anyway(struct builder *builder, const char *name)
{
	enum kzi_tag tag = kzi_tag_find(name);
	size_t count = open_count(builder), i = count;

	if (kzi_tag_flow(tag) != KZI_BLOCK || builder->skip_from)
		return;
	while (i > 0) {
		uint32_t node = *open_at(builder, --i) & ~CLOSED;
		uint32_t parent = kzi_tree_node(builder->tree, node)->parent;

		if (kzi_tree_node(builder->tree, node)->tag != tag)
			continue;
		while (i > 0 && (*open_at(builder, i - 1) & ~CLOSED) == node)
			i--;
		for (; i < count; i++)
			*open_at(builder, i) = parent | CLOSED;
		return;
	}
}

static void take_error(void *context, xmlErrorPtr error)
{
	struct builder *builder = context;

	builder->work += 16 + (unsigned long long)builder->parser->nameNr;
	if (builder->work > WORK_MOST)
		cut(builder);
	else if (error->code == XML_ERR_TAG_NAME_MISMATCH && error->str1 &&
		error->str2)
		close_anyway(builder, error->str1);
}

static void set_handlers(xmlSAXHandlerPtr sax)
{
	memset(sax, 0, sizeof(*sax));
	sax->initialized = XML_SAX2_MAGIC;
	sax->startElement = start_element;
	sax->endElement = end_element;
	sax->characters = characters;
	sax->ignorableWhitespace = characters;
	sax->serror = take_error;
}

/* Room for what a page of some bytes mostly becomes, at once: to grow bit by bit
 * is to be copied as often. */
static void reserve(struct kzi_tree *tree, size_t length)
{
	if (length > RESERVED_MOST)
		length = RESERVED_MOST;
	kzi_buf_room(&tree->nodes, length);
	kzi_buf_room(&tree->text, length / 2);
}

/* Parse UTF-8 into the empty tree. Returns 0 when memory is short; for a page
 * whose length is no int there is none, either. */
static int build_tree(struct builder *builder, const char *text, size_t length)
{
	xmlParserCtxtPtr parser;

	reserve(builder->tree, length);
	kzi_tree_add(builder->tree, KZI_TAG_HTML, 0);
	if (builder->tree->failed || length > INT32_MAX / 2)
		return 0;
	if (!length)
		return 1;
	parser = htmlCreateMemoryParserCtxt(text, (int)length);
	if (!parser)
		return 0;
	htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET |
		HTML_PARSE_IGNORE_ENC);
	xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
	set_handlers(parser->sax);
	parser->userData = builder;
	builder->parser = parser;
	htmlParseDocument(parser);
	if (parser->myDoc)
		xmlFreeDoc(parser->myDoc);
	htmlFreeParserCtxt(parser);
	kzi_buf_release(&builder->open);
	kzi_tree_finish(builder->tree);
	return !builder->tree->failed;
}

/* ---- Encoding ----------------------------------------------------------- */

/* The name behind "charset=" or "encoding=" near the start of the page:
 *
 *     <meta charset=utf-8>                                      "utf-8"
 *     <meta http-equiv=... content="text/html; charset=x-y">    "x-y"
 *     <?xml version="1.0" encoding='x-y'?>                      "x-y" */
static int find_declared(
	const char *bytes, size_t length, const char *key, char name[NAME])
{
	size_t key_length = strlen(key), i, filled = 0;

	if (length > HEAD_MOST)
		length = HEAD_MOST;
	for (i = 0; i + key_length < length; i++)
		if ((bytes[i] | 0x20) == *key &&
			!strncasecmp(bytes + i, key, key_length))
			break;
	i += key_length;
	while (i < length && strchr(" \t\r\n=\"'", bytes[i]) && bytes[i])
		i++;
	while (i < length && filled + 1 < NAME && bytes[i] &&
		!strchr(" \t\r\n\"'/>;?", bytes[i]))
		name[filled++] = bytes[i++];
	name[filled] = '\0';
	return filled > 0;
}

static char *page_to_utf8(const char *bytes, size_t length, size_t *out_length)
{
	char name[NAME];
	int is_declared = find_declared(bytes, length, "charset", name);

	if (!is_declared && length > 5 && !memcmp(bytes, "<?xml", 5))
		is_declared = find_declared(bytes, length < 200 ? length : 200,
			"encoding", name);
	return kzi_to_utf8(
		bytes, length, is_declared ? name : NULL, out_length);
}

/* Behind the comment that begins at `at`; the end where it is left open. A
 * parser that knows HTML takes "<!-->" for a whole one. */
static char *behind_comment(char *at, char *end)
{
	char *close = at + 2 < end ? memmem(at + 2, (size_t)(end - at - 2),
					     "-->", 3)
				   : NULL;

	return close ? close + 3 : end;
}

/* The next "<!", or NULL. */
static char *find_declaration(char *text, const char *end)
{
	char *at = text;

	while ((at = memchr(at, '!', (size_t)(end - at)))) {
		if (at > text && at[-1] == '<')
			return at - 1;
		at++;
	}
	return NULL;
}

/* Take out what the parser shows as text and browsers do not: the conditions
 * of word processors, <![if !supportLists]>. Of <![CDATA[text]]>, which XHTML
 * may have, the text stays. In a comment they are left alone, or it would lose
 * its end: <!--[if lt IE 9]> ... <![endif]--> */
static void blank_conditions(char *text, size_t length)
{
	char *end = text + length, *at = text;

	while ((at = find_declaration(at, end))) {
		char *close;

		if (end - at > 3 && at[2] == '-' && at[3] == '-') {
			at = behind_comment(at, end);
			continue;
		}
		close = end - at > 9 && !memcmp(at, "<![CDATA[", 9)
			? at + 8
			: memchr(at, '>', (size_t)(end - at));
		if (!close)
			return;
		if (at[2] == '[')
			memset(at, ' ', (size_t)(close + 1 - at));
		at = close + 1;
	}
}

/* ---- The reader --------------------------------------------------------- */

static int emit_page(struct kzi_input *input, struct kzi_tree *tree)
{
	struct kzi_document document;
	uint32_t title_heading;
	int failed;

	kzi_document_init(&document, input->path);
	kzi_furniture_hide(tree);
	kzi_html_tables(tree);
	if (!kzi_furniture_measure(tree))
		tree->failed = 1;
	title_heading = kzi_title_heading(tree);
	if (!kzi_content_find(tree, title_heading,
			title_heading ? 0 : kzi_only_h1(tree)))
		tree->failed = 1;
	kzi_html_meta(tree, &document);
	kzi_html_blocks(tree, &document);
	kzi_html_links(tree, &document);
	kzi_title_find(tree, title_heading, &document);
	failed = document.failed || tree->failed;
	if (!failed)
		input->emit(input->context, &document);
	kzi_document_release(&document);
	return failed ? kzi_input_fail_memory(input) : 0;
}

int kzi_read_html(struct kzi_input *input)
{
	struct kzi_tree tree = { 0 };
	struct builder builder = { .tree = &tree };
	size_t length;
	char *text = page_to_utf8(input->bytes, input->length, &length);
	int result;

	if (!text)
		return kzi_input_fail_memory(input);
	blank_conditions(text, length);
	if (build_tree(&builder, text, length))
		result = emit_page(input, &tree);
	else
		result = kzi_input_fail_memory(input);
	if (!result && builder.is_cut)
		result = kzi_input_fail(input,
			"cut off: too many elements, or too badly nested");
	kzi_free(text);
	kzi_tree_release(&tree);
	return result;
}
