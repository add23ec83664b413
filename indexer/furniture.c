/* furniture.c -- see furniture.h.
 *
 * Words, link density and the length of blocks are the "shallow text features"
 * of Kohlschütter, Fankhauser and Nejdl, "Boilerplate detection using shallow
 * text features", WSDM 2010. The thresholds are ours. */
#include "indexer/furniture.h"

#include <string.h>

#include "base/alloc.h"
#include "base/load.h"

enum {
	UNSPACED = 4,      /* Characters taken for a word where a script,
			      such as Chinese, has no spaces. */
	PROSE_WORDS = 10,  /* Words of a block that reads like prose. Captions
			      of menus and buttons have fewer. */
	DATA_BYTES = 100,  /* Least bytes of data that stand as text. */
	CHAPTER_NODES = 12  /* From a chapter to the link in its heading. */
};

/* How many bytes from the first on are signs of ASCII, told by eight. */
static size_t plain_length(const char *text, size_t length)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	size_t i = 0;

	for (; i + 8 <= length; i += 8) {
		uint64_t eight = kzi_load64((const unsigned char *)text + i);
		/* The lowest bit that is set is that of the first other. */
		uint64_t others = (eight | (eight - (' ' + 1) * ones)) &
			0x80 * ones;

		if (others)
			return i + (size_t)__builtin_ctzll(others) / 8;
	}
	while (i < length && (unsigned char)text[i] > ' ' &&
		(unsigned char)text[i] < 0x80)
		i++;
	return i;
}

uint32_t kzi_count_words(const char *text, size_t length)
{
	uint32_t words = 0;
	size_t i, run = 0;
	int inside = 0;

	for (i = 0; i < length; i++) {
		unsigned char c;

		if (inside)
			i += plain_length(text + i, length - i);
		if (i == length)
			break;
		c = (unsigned char)text[i];
		if (c <= ' ') {
			inside = 0;
			run = 0;
		} else if (c == 0xC2 && i + 1 < length) {
			/* No-break space; else a sign such as «. */
			i++;
			inside = inside && (unsigned char)text[i] != 0xA0;
		} else if (c == 0xE2 && i + 2 < length) {
			i += 2; /* Dashes, quotes, arrows. */
		} else if (inside && c >= 0xE0 && ++run == UNSPACED) {
			words++;
			run = 0;
		} else if (!inside && (c >= 0xC3 || (c >= '0' && c <= '9') ||
				((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))) {
			inside = 1;
			words++;
		}
	}
	return words;
}

int kzi_is_material(const char *target)
{
	static const char *const endings[] = { ".pdf", ".doc", ".docx", ".odt",
		".ppt", ".pptx", ".odp", ".rtf", ".epub", ".txt", NULL };
	size_t length = strcspn(target, "?#"), tail;
	const char *dot = memrchr(target, '.', length);
	int i;

	if (!dot || dot == target)
		return 0;
	tail = length - (size_t)(dot - target);
	for (i = 0; endings[i]; i++)
		if (tail == strlen(endings[i]) &&
			!strncasecmp(dot, endings[i], tail))
			return 1;
	return 0;
}

/* ---- Never shown -------------------------------------------------------- */

/* 1 if the style holds "key: value", with any spaces. */
static int style_says(const char *style, const char *key, const char *value)
{
	const char *at = style;

	while ((at = strcasestr(at, key))) {
		at += strlen(key);
		at += strspn(at, " \t");
		if (*at != ':')
			continue;
		at++;
		at += strspn(at, " \t");
		if (!strncasecmp(at, value, strlen(value)))
			return 1;
	}
	return 0;
}

static int is_hidden(const struct kzi_node *node)
{
	const char *style = kzi_node_attribute(node, KZI_AT_STYLE);

	if (kzi_node_attribute(node, KZI_AT_HIDDEN))
		return 1;
	return style && (style_says(style, "display", "none") ||
		style_says(style, "visibility", "hidden"));
}

static const char *const dropped_roles[] = { "navigation", "search", "menu",
	"menubar", "toolbar", "dialog", "alertdialog", "button", "tablist",
	NULL };

/* All words of each element, gone or not. */
static void count_all(struct kzi_tree *tree)
{
	uint32_t i = kzi_tree_count(tree);

	while (i-- > 1)
		kzi_tree_node(tree, kzi_tree_node(tree, i)->parent)->count +=
			kzi_tree_node(tree, i)->count;
}

/* A page may be hidden until a script has dressed it. */
static void show_page(struct kzi_tree *tree)
{
	uint32_t count = kzi_tree_count(tree), hidden = 0, i;
	uint32_t most = kzi_tree_node(tree, 0)->count / 2;

	for (i = 1; i < count; i++) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (node->gone == KZI_GONE_HIDDEN && node->count > most)
			hidden = i;
		if (hidden && node->tag == KZI_TAG_H1 && node->count &&
			kzi_tree_within(tree, hidden, i))
			kzi_tree_set_gone(tree, kzi_tree_node(tree, hidden), 0);
	}
}

/* A letter in lower case or a digit as it is, else 0. */
static char plain_letter(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c | 0x20);
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : 0;
}

/* The rest of an id from its next letter or digit on. */
static const char *id_letter(const char *id)
{
	while (*id && !plain_letter(*id))
		id++;
	return id;
}

/* Go on in the id as far as it was made from the text; NULL: it was not. What
 * has an accent may be left out of an id, or stand there without, "szo" for
 * "szó". */
static const char *follow_text(const char *id, const char *text, size_t length)
{
	int accents = 0;
	size_t i;

	for (i = 0; i < length; i++) {
		char wanted = plain_letter(text[i]);

		accents |= (unsigned char)text[i] >= 0x80;
		if (!wanted)
			continue;
		id = id_letter(id);
		if (accents && *id && plain_letter(*id) != wanted)
			id = id_letter(id + 1);
		if (plain_letter(*id) != wanted)
			return NULL;
		id++;
		accents = 0;
	}
	return accents && *id_letter(id) ? id_letter(id) + 1 : id;
}

/* 1 if a heading, or what is in it, has an id made from its words, as many
 * tools make them: <h2 id="related-work">Related work</h2>. */
static int is_own_slug(const struct kzi_tree *tree, uint32_t at, const char *id)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);
	uint32_t i;

	if (!strncmp(id, "h-", 2))
		id += 2;
	for (i = at + 1; id && i < node->end; i++) {
		const struct kzi_node *text = kzi_tree_node(tree, i);

		if (text->tag == KZI_TAG_TEXT)
			id = follow_text(id, tree->text.data + text->text,
				text->length);
	}
	/* The second chapter of a name has a number at its end. */
	while (id && *id && (*id < 'A' || *id > 'z'))
		id++;
	return id && !*id;
}

/* 1 if the id is that of a chapter, made from its heading, as tools for
 * documentation do. It names no furniture then:
 *
 *     <section id="comments"><h2>Comments<a href="#comments">¶</a></h2> */
static int is_chapter(const struct kzi_tree *tree, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);
	const char *id = kzi_node_attribute(node, KZI_AT_ID), *target;
	const char *class = kzi_node_attribute(node, KZI_AT_CLASS);
	uint32_t i;

	if (!id)
		return 0;
	if (kzi_tag_heading(kzi_tree_node(tree, node->block)->tag))
		return is_own_slug(tree, at, id);
	if (node->tag != KZI_TAG_SECTION && node->tag != KZI_TAG_DIV)
		return 0;
	/* "section level2" of Pandoc, "section-level-extent" of Texinfo. */
	if (class && strstr(class, "level"))
		return 1;
	for (i = at + 1; i < node->end && i - at < CHAPTER_NODES; i++) {
		const struct kzi_node *inner = kzi_tree_node(tree, i);

		/* Of Docutils. */
		if (class && !strcmp(class, "section") &&
			kzi_tag_heading(inner->tag))
			return is_own_slug(tree, i, id);
		if (inner->link != i ||
			!kzi_tag_heading(
				kzi_tree_node(tree, inner->parent)->tag))
			continue;
		target = kzi_node_attribute(inner, KZI_AT_HREF);
		if (target[0] == '#' && !strcmp(target + 1, id))
			return 1;
	}
	return 0;
}

/* The sign in a heading that leads to the heading. */
static int is_anchor_sign(
	const struct kzi_tree *tree, const struct kzi_node *text)
{
	return !text->count && text->link &&
		kzi_tag_heading(kzi_tree_node(tree, text->block)->tag) &&
		kzi_node_attribute(kzi_tree_node(tree, text->link),
			KZI_AT_HREF)[0] == '#';
}

/* Data for scripts of the page, straight in a box of it: { "id": 12, ... */
static int is_data_for_scripts(
	const struct kzi_tree *tree, const struct kzi_node *text)
{
	const char *at = tree->text.data + text->text;
	const char *end = at + text->length;

	if (text->length < DATA_BYTES ||
		kzi_tree_node(tree, text->parent)->tag != KZI_TAG_DIV)
		return 0;
	while (at < end && (unsigned char)*at <= ' ')
		at++;
	if (at == end || *at++ != '{')
		return 0;
	while (at < end && (unsigned char)*at <= ' ')
		at++;
	return at < end && *at == '"';
}

void kzi_furniture_hide(struct kzi_tree *tree)
{
	struct kzi_hint_memo memo = { 0 };
	uint32_t count = kzi_tree_count(tree), i = 1;

	while (i < count) {
		struct kzi_node *node = kzi_tree_node(tree, i);
		int is_body = node->tag == KZI_TAG_BODY ||
			node->tag == KZI_TAG_HTML;

		if (kzi_tag_flow(node->tag) == KZI_DROP)
			kzi_tree_set_gone(tree, node, KZI_GONE_NEVER_SHOWN);
		else if (node->tag == KZI_TAG_NAV ||
			(!is_body && node->attributes &&
				(is_hidden(node) ||
					kzi_node_has_role(node, dropped_roles))))
			kzi_tree_set_gone(tree, node, KZI_GONE_HIDDEN);
		else if (node->tag == KZI_TAG_TEXT)
			node->count = kzi_count_words(
				tree->text.data + node->text, node->length);
		if (node->tag == KZI_TAG_TEXT && (is_anchor_sign(tree, node) ||
				is_data_for_scripts(tree, node)))
			kzi_tree_set_gone(tree, node, KZI_GONE_NEVER_SHOWN);
		node->hint = (uint8_t)kzi_node_hint(&memo, node, 1);
		if (node->hint && is_chapter(tree, i))
			node->hint = (uint8_t)kzi_node_hint(&memo, node, 0);
		/* What is hidden may have to be shown after all. */
		i = node->gone == KZI_GONE_NEVER_SHOWN ? node->end : i + 1;
	}
	count_all(tree);
	show_page(tree);
}

/* ---- Measures ----------------------------------------------------------- */

struct own {
	uint32_t words, linked;
};

static void measure_text(
	const struct kzi_tree *tree, uint32_t at, struct own *own)
{
	struct kzi_node *node = kzi_tree_node(tree, at);
	const char *target;

	node->words = node->count;
	own[node->block].words += node->words;
	if (!node->link)
		return;
	node->linked = node->words;
	own[node->block].linked += node->words;
	target = kzi_node_attribute(
		kzi_tree_node(tree, node->link), KZI_AT_HREF);
	if (kzi_is_material(target))
		node->materials = node->words;
}

static void measure_down(struct kzi_tree *tree, struct own *own)
{
	uint32_t count = kzi_tree_count(tree), shown = 0, i;

	for (i = 0; i < count; i++) {
		struct kzi_node *node = kzi_tree_node(tree, i);

		node->words = node->linked = node->materials = node->prose = 0;
		if (i < shown)
			continue;
		if (node->gone)
			shown = node->end;
		else if (node->tag == KZI_TAG_TEXT)
			measure_text(tree, i, own);
	}
}

int kzi_furniture_measure(struct kzi_tree *tree)
{
	uint32_t count = kzi_tree_count(tree), i;
	struct own *own;

	if (tree->is_measured)
		return 1;
	own = kzi_calloc(count, sizeof(*own));
	if (!own)
		return 0;
	measure_down(tree, own);
	for (i = count; i-- > 1;) {
		struct kzi_node *node = kzi_tree_node(tree, i);
		struct kzi_node *parent = kzi_tree_node(tree, node->parent);

		if (own[i].words >= PROSE_WORDS &&
			own[i].linked * 5 < own[i].words * 2)
			node->prose += own[i].words;
		parent->words += node->words;
		parent->linked += node->linked;
		parent->materials += node->materials;
		parent->prose += node->prose;
	}
	kzi_free(own);
	tree->is_measured = 1;
	return 1;
}
