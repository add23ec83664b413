/* html_meta.c -- what a page says of itself rather than to its reader: its
 * language, kind and place, and the files it links to. See html_blocks.h. */
#include "indexer/html_blocks.h"

#include <string.h>
#include <strings.h>

#include "indexer/furniture.h"
#include "text/text.h"

static int equals(const char *value, const char *word)
{
	return value && !strcasecmp(value, word);
}

/* The name behind the last slash, for a link that shows a picture only. */
static const char *file_name(const char *target)
{
	const char *slash = strrchr(target, '/');

	return slash ? slash + 1 : target;
}

void kzi_html_links(const struct kzi_tree *tree, struct kzi_document *document)
{
	uint32_t count = kzi_tree_count(tree), i = 1;
	const char *before = "";
	struct kzi_buf text = { 0 };

	while (i < count) {
		const struct kzi_node *node = kzi_tree_node(tree, i);
		const char *target = node->link == i
			? kzi_node_attribute(node, KZI_AT_HREF)
			: NULL;

		if (node->gone == KZI_GONE_NEVER_SHOWN ||
			node->gone == KZI_GONE_HIDDEN ||
			node->tag == KZI_TAG_FOOTER) {
			i = node->end;
			continue;
		}
		i++;
		if (!target || !kzi_is_material(target) ||
			!strcmp(target, before))
			continue;
		kzi_buf_clear(&text);
		kzi_tree_text(tree, i - 1, &text);
		kzi_document_link(document, target,
			text.length && kzi_count_words(text.data, text.length)
				? text.data
				: file_name(target));
		before = target;
	}
	if (text.failed)
		document->failed = 1;
	kzi_buf_release(&text);
}

/* "pt-BR, en": the first counts. */
static int find_language(const char *tags)
{
	size_t length;

	if (!tags)
		return -1;
	tags += strspn(tags, " \t");
	length = strcspn(tags, ", ;\t");
	return length ? kzi_language_find(tags, length) : -1;
}

static void take_kind(struct kzi_document *document, const char *kind)
{
	if (equals(kind, "guide"))
		document->kind = KZI_GUIDE;
	else if (equals(kind, "story"))
		document->kind = KZI_STORY;
	else if (equals(kind, "material"))
		document->kind = KZI_MATERIAL;
}

static void take_meta(
	struct kzi_document *document, const struct kzi_node *node)
{
	const char *name = kzi_node_attribute(node, KZI_AT_NAME);
	const char *content = kzi_node_attribute(node, KZI_AT_CONTENT);

	if (!content)
		return;
	if (equals(name, "kind"))
		take_kind(document, content);
	else if (equals(name, "place"))
		document->place = kzi_document_text(
			document, content, strlen(content));
	else if (document->declared < 0 &&
		(equals(kzi_node_attribute(node, KZI_AT_HTTP_EQUIV),
			 "content-language") ||
			equals(name, "language") ||
			equals(name, "dc.language")))
		document->declared = find_language(content);
}

void kzi_html_meta(const struct kzi_tree *tree, struct kzi_document *document)
{
	uint32_t count = kzi_tree_count(tree), i;

	for (i = 0; i < count; i++) {
		const struct kzi_node *node = kzi_tree_node(tree, i);
		int language;

		if (!node->attributes || (node->tag != KZI_TAG_HTML &&
				node->tag != KZI_TAG_BODY))
			continue;
		language = find_language(kzi_node_attribute(node, KZI_AT_LANG));
		if (language < 0)
			language = find_language(
				kzi_node_attribute(node, KZI_AT_XML_LANG));
		if (language >= 0)
			document->declared = language;
	}
	for (i = 0; i < count; i++)
		if (kzi_tree_node(tree, i)->tag == KZI_TAG_META)
			take_meta(document, kzi_tree_node(tree, i));
}
