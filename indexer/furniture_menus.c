/* furniture_menus.c -- what is links and not much else, and where links lead.
 * See furniture.h. */
#include "indexer/furniture.h"

#include <string.h>
#include <strings.h>

enum {
	SENTENCE_WORDS = 8, /* Least words of a sentence that is one link ... */
	SENTENCE_NODES = 30, /* ... and most nodes: each is looked through. */
	DATA_ROWS = 3,      /* Least rows of data whose names are links ... */
	AROUND_NODES = 8,   /* ... and most nodes above them. */
	SOURCE_WORDS = 3,   /* Least words of a link to a source, on average. */
	SOURCE_LOOKS = 40   /* Nodes looked at for the text before them. */
};

/* ---- Where links lead --------------------------------------------------- */

struct kzi_site kzi_site_of(const char *target)
{
	const char *name = strstr(target, "//"), *at;
	int dots = 0;

	if (!name || (name != target && name[-1] != ':'))
		return (struct kzi_site){ "", 0 };
	name += 2;
	at = name + strcspn(name, "/?#:");
	for (target = name, name = at; name > target; name--)
		if (name[-1] == '.' && ++dots == 2)
			break;
	return (struct kzi_site){ name, (size_t)(at - name) };
}

int kzi_same_site(struct kzi_site a, struct kzi_site b)
{
	return a.length == b.length && !strncasecmp(a.name, b.name, a.length);
}

struct kzi_site kzi_own_site(const struct kzi_tree *tree)
{
	uint32_t count = kzi_tree_count(tree), i;

	for (i = 1; i < count; i++) {
		const struct kzi_node *node = kzi_tree_node(tree, i);
		const char *rel, *href;

		if (node->tag == KZI_TAG_BODY)
			break;
		if (node->tag != KZI_TAG_LINK)
			continue;
		rel = kzi_node_attribute(node, KZI_AT_REL);
		href = kzi_node_attribute(node, KZI_AT_HREF);
		if (rel && href && !strcasecmp(rel, "canonical"))
			return kzi_site_of(href);
	}
	return (struct kzi_site){ "", 0 };
}

/* ---- Links and not much else --------------------------------------------- */

/* 1 if the text ends as sentences do, and not as what is cut short: "...". */
static int ends_in_stop(const char *text, size_t length)
{
	static const char *const behind[] = { "\"", "'", ")", "”", "’", "»", " ",
		"\n", "\t", "\r", "\xC2\xA0", NULL };
	int i = 0;

	while (behind[i]) {
		size_t bytes = strlen(behind[i]);
		int is_there = length >= bytes &&
			!memcmp(text + length - bytes, behind[i], bytes);

		length -= is_there ? bytes : 0;
		i = is_there ? 0 : i + 1;
	}
	if (length >= 3 && !memcmp(text + length - 3, "。", 3))
		return 1;
	return length && text[length - 1] == '.' &&
		(length < 2 || text[length - 2] != '.');
}

/* A paragraph that is one link may be a sentence, amid others. */
static int is_sentence(const struct kzi_tree *tree, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);
	uint32_t i = node->end;

	if (node->words < SENTENCE_WORDS || i - at > SENTENCE_NODES ||
		!kzi_tree_node(tree, node->parent)->prose)
		return 0;
	while (i-- > at) {
		const struct kzi_node *text = kzi_tree_node(tree, i);
		const char *bytes = tree->text.data + text->text;

		if (text->tag != KZI_TAG_TEXT || text->gone)
			continue;
		if (ends_in_stop(bytes, text->length))
			return 1;
		if (text->words)
			break;
	}
	return 0;
}

/* A table of data whose first column leads to more: its heads say what it is,
 * and most rows tell something that is no link. */
static int is_linked_data(const struct kzi_tree *tree, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);
	uint32_t rows = 0, telling = 0, heads = 0, i;

	if (!node->is_data)
		return 0;
	for (i = at + 1; i < node->end; i++) {
		const struct kzi_node *inner = kzi_tree_node(tree, i);

		heads += inner->tag == KZI_TAG_TH ||
			inner->tag == KZI_TAG_CAPTION;
		if (inner->tag != KZI_TAG_TR || !inner->words)
			continue;
		rows++;
		telling += inner->words > inner->linked;
	}
	return heads && rows >= DATA_ROWS && telling * 4 >= rows * 3;
}

/* 1 if the element is one around such a table, or the table. */
static int is_around_data(const struct kzi_tree *tree, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);
	uint32_t i;

	for (i = at; i < node->end && i - at < AROUND_NODES; i++) {
		const struct kzi_node *inner = kzi_tree_node(tree, i);

		if (inner->tag == KZI_TAG_TABLE)
			return inner->words == node->words &&
				is_linked_data(tree, i);
	}
	return 0;
}

/* 1 if a paragraph of prose stands before the element, at most a few headings
 * and things that show nothing between. */
static int is_behind_prose(const struct kzi_tree *tree, uint32_t at)
{
	uint32_t parent = kzi_tree_node(tree, at)->parent, looks;

	for (looks = 0; --at > parent && looks < SOURCE_LOOKS; looks++) {
		const struct kzi_node *node = kzi_tree_node(tree, at);

		while (node->parent != parent && looks++ < SOURCE_LOOKS) {
			at = node->parent;
			node = kzi_tree_node(tree, at);
		}
		if (!node->gone && node->words && !kzi_tag_heading(node->tag))
			return node->tag == KZI_TAG_P && node->prose;
	}
	return 0;
}

/* A list that a text refers to: its links lead to several other sites, and
 * say in some words what is to be read there. */
static int are_sources(
	const struct kzi_tree *tree, uint32_t at, struct kzi_site own)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);
	struct kzi_site first = { "", 0 };
	uint32_t links = 0, others = 0, i;

	if (!is_behind_prose(tree, at))
		return 0;
	for (i = at + 1; i < node->end; i++) {
		const struct kzi_node *inner = kzi_tree_node(tree, i);
		struct kzi_site site;

		if (inner->link != i || !inner->words)
			continue;
		site = kzi_site_of(kzi_node_attribute(inner, KZI_AT_HREF));
		if (!site.length || kzi_same_site(site, own))
			return 0;
		links++;
		if (!first.length)
			first = site;
		others += !kzi_same_site(site, first);
	}
	return others && node->linked >= links * SOURCE_WORDS;
}

/* 1 if what stands in the element is links and not much else. A list or table
 * of them is a menu sooner than a paragraph, which may have one word beside
 * its link. */
int kzi_is_links(
	const struct kzi_tree *tree, uint32_t at, struct kzi_site own)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);
	uint32_t rest = node->words - node->linked;

	if (!node->linked || node->prose * 2 > node->words)
		return 0;
	switch (node->tag) {
	case KZI_TAG_UL:
	case KZI_TAG_OL:
		return node->linked * 2 > node->words &&
			!are_sources(tree, at, own);
	case KZI_TAG_DL:
		return node->linked * 2 > node->words;
	case KZI_TAG_TABLE:
		return node->linked * 2 > node->words &&
			!is_linked_data(tree, at);
	case KZI_TAG_TD:
		return !node->is_data && node->linked * 2 > node->words;
	case KZI_TAG_P:
		return rest * 5 < node->linked && !is_sentence(tree, at);
	case KZI_TAG_LI:
	case KZI_TAG_TR:
	case KZI_TAG_TH:
		return 0;
	case KZI_TAG_TBODY:
		if (kzi_tree_node(tree, node->parent)->is_data)
			return 0; /* fall through */
	default:
		return kzi_tag_flow(node->tag) == KZI_BLOCK &&
			!kzi_tag_heading(node->tag) &&
			rest * 3 < node->linked * 2 &&
			!is_around_data(tree, at);
	}
}
