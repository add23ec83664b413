/* html_tree.c -- see html_tree.h. */
#include "indexer/html_tree.h"

#include <string.h>
#include <strings.h>

#include "indexer/patterns.h"

#define TAG_NAME(name, text, flow) text,
#define TAG_FLOW(name, text, flow) KZI_##flow,
#define ATTRIBUTE_NAME(name, text) text,

static const char *const tag_names[] = { KZI_TAGS(TAG_NAME) };
static const uint8_t tag_flows[] = { KZI_TAGS(TAG_FLOW) };
static const char *const attribute_names[] = {
	KZI_ATTRIBUTES(ATTRIBUTE_NAME) };

/* Where the name stands in a list of `count`, or `count`; `known` becomes these
 * names, each meaning its place and one. */
static int find_name(struct kzi_patterns *known, const char *const *names,
	int count, const char *name)
{
	int place;

	for (place = known->count; place < count; place++)
		kzi_patterns_add_one(
			known, names[place], (uint32_t)place + 1);
	place = *name ? (int)kzi_patterns_match(known, name) : 0;
	return place ? place - 1 : count;
}

enum kzi_tag kzi_tag_find(const char *name)
{
	static struct kzi_patterns known;

	return (enum kzi_tag)find_name(
		&known, tag_names, KZI_TAG_OTHER, name);
}

enum kzi_tag_flow kzi_tag_flow(enum kzi_tag tag)
{
	return tag < KZI_TAG_OTHER ? (enum kzi_tag_flow)tag_flows[tag]
				   : KZI_INLINE;
}

int kzi_tag_heading(enum kzi_tag tag)
{
	return tag >= KZI_TAG_H1 && tag <= KZI_TAG_H6
		? (int)tag - KZI_TAG_H1 + 1
		: 0;
}

void kzi_tree_release(struct kzi_tree *tree)
{
	kzi_arena_release(&tree->arena);
	kzi_buf_release(&tree->nodes);
	kzi_buf_release(&tree->text);
	memset(tree, 0, sizeof(*tree));
}

uint32_t kzi_tree_add(struct kzi_tree *tree, enum kzi_tag tag, uint32_t parent)
{
	struct kzi_node node = { .tag = (uint8_t)tag, .parent = parent };
	uint32_t at = kzi_tree_count(tree);

	kzi_buf_append(&tree->nodes, &node, sizeof(node));
	if (tree->nodes.failed) {
		tree->failed = 1;
		return 0;
	}
	return at;
}

void kzi_tree_add_text(struct kzi_tree *tree, uint32_t parent, const char *text,
	size_t length)
{
	uint32_t at = kzi_tree_count(tree) - 1;
	struct kzi_node *node = kzi_tree_node(tree, at);

	if (node->tag != KZI_TAG_TEXT || node->parent != parent) {
		at = kzi_tree_add(tree, KZI_TAG_TEXT, parent);
		if (!at)
			return;
		node = kzi_tree_node(tree, at);
		node->text = tree->text.length;
	}
	kzi_buf_append(&tree->text, text, length);
	node->length += length;
	if (tree->text.failed)
		tree->failed = 1;
}

void kzi_tree_add_attribute(struct kzi_tree *tree, uint32_t node,
	const char *name, const char *value)
{
	static struct kzi_patterns known;
	int number = find_name(
		&known, attribute_names, KZI_ATTRIBUTE_NAMES, name);
	struct kzi_attribute *attribute;

	if (number == KZI_ATTRIBUTE_NAMES)
		return;
	attribute = kzi_arena_get(&tree->arena, sizeof(*attribute));
	if (attribute)
		attribute->value =
			kzi_arena_copy(&tree->arena, value, strlen(value));
	if (!attribute || !attribute->value) {
		tree->failed = 1;
		return;
	}
	attribute->name = (enum kzi_attribute_name)number;
	attribute->next = kzi_tree_node(tree, node)->attributes;
	kzi_tree_node(tree, node)->attributes = attribute;
}

void kzi_tree_finish(struct kzi_tree *tree)
{
	uint32_t count = kzi_tree_count(tree), i;

	for (i = count; i-- > 0;) {
		struct kzi_node *node = kzi_tree_node(tree, i);
		struct kzi_node *above = kzi_tree_node(tree, node->parent);

		if (node->end < i + 1)
			node->end = i + 1;
		if (above->end < node->end)
			above->end = node->end;
	}
	for (i = 1; i < count; i++) {
		struct kzi_node *node = kzi_tree_node(tree, i);
		const struct kzi_node *parent =
			kzi_tree_node(tree, node->parent);

		node->block = kzi_tag_flow(node->tag) == KZI_INLINE
			? parent->block
			: i;
		node->link = parent->link;
		if (node->tag == KZI_TAG_A &&
			kzi_node_attribute(node, KZI_AT_HREF))
			node->link = i;
	}
}

const char *kzi_node_attribute(
	const struct kzi_node *node, enum kzi_attribute_name name)
{
	const struct kzi_attribute *attribute = node->attributes;

	while (attribute && attribute->name != name)
		attribute = attribute->next;
	return attribute ? attribute->value : NULL;
}

int kzi_node_same_kind(const struct kzi_node *a, const struct kzi_node *b)
{
	const char *a_class = kzi_node_attribute(a, KZI_AT_CLASS);
	const char *b_class = kzi_node_attribute(b, KZI_AT_CLASS);

	return a->tag == b->tag && !a_class == !b_class &&
		(!a_class || !strcasecmp(a_class, b_class));
}

int kzi_node_has_role(const struct kzi_node *node, const char *const *roles)
{
	const char *role = kzi_node_attribute(node, KZI_AT_ROLE);

	for (; role && *roles; roles++)
		if (!strcasecmp(role, *roles))
			return 1;
	return 0;
}

void kzi_tree_text(const struct kzi_tree *tree, uint32_t node,
	struct kzi_buf *out)
{
	uint32_t end = kzi_tree_node(tree, node)->end, i = node;

	while (i < end) {
		const struct kzi_node *at = kzi_tree_node(tree, i);

		if (at->gone) {
			i = at->end;
			continue;
		}
		if (at->tag == KZI_TAG_TEXT)
			kzi_buf_append(out, tree->text.data + at->text,
				at->length);
		else if (at->tag == KZI_TAG_BR || at->block == i)
			kzi_buf_byte(out, ' ');
		i++;
	}
}
