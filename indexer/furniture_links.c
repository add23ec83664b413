/* furniture_links.c -- furniture told by its links: paths through the site,
 * teasers of other stories, and lines such as "Read more: <a>...</a>"; for
 * menus see furniture_menus.c. See furniture.h. */
#include "indexer/furniture.h"

#include <string.h>
#include <strings.h>

#include "base/alloc.h"

enum {
	PATH_WORDS = 40,   /* Most words of a path through the site. */
	PATH_LABEL = 5,    /* Most words before its first link. */
	PATH_NODES = 400,  /* And most nodes: each is looked through. */
	TEASER_WORDS = 70, /* Most words of a teaser, on average ... */
	TEASER_LEAD = 40,  /* ... and of prose above the first of them. */
	TEASER_NODES = 400, /* Nodes looked through for it. */
	CARDS = 3,         /* Least cards in a row ... */
	CARD_LINKED = 3,   /* ... words of the link that each begins with ... */
	CARD_WORDS = 45,   /* ... most words ... */
	CARD_NODES = 60,   /* ... and nodes of each. */
	TEXT_BEFORE = 80,  /* Least words of text before them. */
	CAPITALS = 3,      /* Least letters of a label in capitals. */
	POINTER_LINKED = 3, /* Least words of the link of a pointer ... */
	POINTER_BEHIND = 2, /* ... most words behind it: "(video)" ... */
	POINTER_WORDS = 8, /* ... most words around it ... */
	POINTER_NODES = 30, /* ... and most nodes: each is looked through. */
	INVITATION_WORDS = 40, /* Most words of an invitation ... */
	INVITATION_BYTES = 512, /* ... and bytes, indentation included. */
	LABEL_BYTES = 256  /* Bytes before the link, indentation included. */
};

/* Bytes of a sign that stands between the steps of a path, or 0. */
static size_t path_sign(const char *text, size_t length)
{
	static const char *const signs[] = { "›", "»", "→", ">", "::", "/", "\\",
		"▸", "►", "|", "•", "·", NULL };
	int i;

	for (i = 0; signs[i]; i++) {
		size_t bytes = strlen(signs[i]);

		if (length >= bytes && !memcmp(text, signs[i], bytes))
			return bytes;
	}
	return 0;
}

/* 1 if the text between two links is such a sign and nothing else. */
static int is_path_step(
	const struct kzi_tree *tree, const struct kzi_node *node)
{
	const char *text = tree->text.data + node->text;
	size_t length = node->length, i = 0, bytes;

	while (i < length && (unsigned char)text[i] <= ' ')
		i++;
	if (length - i >= 2 && !memcmp(text + i, "\xC2\xA0", 2))
		i += 2;
	bytes = path_sign(text + i, length - i);
	return bytes > 0 && (node->link == 0 || length == i + bytes);
}

/* "You are here: <a>Home</a> > <a>Stories</a> > The mill", and the line of
 * links to the same page in other languages. */
static int is_path(const struct kzi_tree *tree, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);
	uint32_t links = 0, steps = 0, before = 0, i;

	if (!node->linked || node->words > PATH_WORDS ||
		node->end - at > PATH_NODES)
		return 0;
	for (i = at + 1; i < node->end; i++) {
		const struct kzi_node *inner = kzi_tree_node(tree, i);

		if (!links && inner->tag == KZI_TAG_TEXT && !inner->link)
			before += inner->words;
		if (inner->link == i) {
			/* "You are here:", but no sentence with a link. */
			if (node->prose && before > PATH_LABEL)
				return 0;
			links++;
			if (kzi_node_attribute(inner, KZI_AT_HREFLANG))
				return 1;
		} else if (inner->tag == KZI_TAG_TEXT && links) {
			steps += (uint32_t)is_path_step(tree, inner);
		}
	}
	return steps >= 1 && steps + 2 >= links;
}

static int may_be_path(const struct kzi_node *node)
{
	return node->tag == KZI_TAG_P || node->tag == KZI_TAG_DIV ||
		node->tag == KZI_TAG_UL || node->tag == KZI_TAG_OL ||
		node->tag == KZI_TAG_CENTER || node->tag == KZI_TAG_TD;
}

/* ---- Pointers ----------------------------------------------------------- */

/* Append a text to a line that has room for `size` bytes. Returns 0 if it does
 * not fit. */
static int add_text(const struct kzi_tree *tree, const struct kzi_node *text,
	char *line, size_t size, size_t *filled)
{
	if (text->length >= size - *filled)
		return 0;
	memcpy(line + *filled, tree->text.data + text->text, text->length);
	*filled += text->length;
	return 1;
}

/* 1 if all letters are capitals and a colon ends them: "MORE MILLS:". */
static int is_in_capitals(const char *label, size_t length)
{
	size_t letters = 0, i;

	while (length && (unsigned char)label[length - 1] <= ' ')
		length--;
	for (i = 0; i < length; i++) {
		if (label[i] >= 'a' && label[i] <= 'z')
			return 0;
		letters += label[i] >= 'A' && label[i] <= 'Z';
	}
	return letters >= CAPITALS && label[length - 1] == ':';
}

/* "Read also: <a>The mill that never closes</a>" in a line of its own, and
 * nothing behind the link that would make it a sentence. */
static int is_pointer(const struct kzi_tree *tree, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);
	uint32_t linked = 0, behind = 0, i;
	char label[LABEL_BYTES];
	size_t filled = 0;

	if (node->linked < POINTER_LINKED ||
		node->words - node->linked > POINTER_WORDS ||
		node->end - at > POINTER_NODES ||
		(node->tag != KZI_TAG_P && node->tag != KZI_TAG_DIV &&
			node->tag != KZI_TAG_LI && !kzi_tag_heading(node->tag)))
		return 0;
	for (i = at; i < node->end; i++) {
		const struct kzi_node *text = kzi_tree_node(tree, i);

		if (text->gone || text->tag != KZI_TAG_TEXT)
			continue;
		linked += text->linked;
		if (linked) {
			behind += text->words - text->linked;
			continue;
		}
		if (!add_text(tree, text, label, sizeof(label), &filled))
			return 0;
	}
	return filled > 0 && behind <= POINTER_BEHIND &&
		(kzi_is_pointer(label, filled) || (node->tag == KZI_TAG_P &&
			is_in_capitals(label, filled)));
}

/* "Like this? <a>Sign up</a> for our newsletter." */
static int is_invitation(const struct kzi_tree *tree, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);
	char line[INVITATION_BYTES];
	size_t filled = 0;
	uint32_t i;

	if (!node->linked || node->words > INVITATION_WORDS ||
		node->end - at > POINTER_NODES ||
		(node->tag != KZI_TAG_P && node->tag != KZI_TAG_DIV &&
			!kzi_tag_heading(node->tag)))
		return 0;
	for (i = at; i < node->end; i++) {
		const struct kzi_node *text = kzi_tree_node(tree, i);

		if (!text->gone && text->tag == KZI_TAG_TEXT &&
			!add_text(tree, text, line, sizeof(line), &filled))
			return 0;
	}
	return kzi_is_invitation(line, filled);
}

/* ---- Where links lead --------------------------------------------------- */

/* Where the link that the element begins with leads; NULL if it does not begin
 * with one, or that leads to no page. */
static const char *first_target(const struct kzi_tree *tree, uint32_t at)
{
	uint32_t end = kzi_tree_node(tree, at)->end, i;
	const char *target;

	for (i = at; i < end; i++) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (node->tag != KZI_TAG_TEXT || !node->words)
			continue;
		if (node->link <= at)
			return NULL;
		target = kzi_node_attribute(
			kzi_tree_node(tree, node->link), KZI_AT_HREF);
		return target[0] == '#' || !strncasecmp(target, "mailto:", 7)
			? NULL
			: target;
	}
	return NULL;
}

/* ---- Teasers ------------------------------------------------------------ */

struct headings {
	uint32_t all, linked;
};

/* Where the heading leads to with all of its words; NULL: nowhere. It may be
 * in a link, or have one in it. */
static const char *heading_target(const struct kzi_tree *tree, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);
	const char *target;

	if (node->linked != node->words)
		return NULL;
	if (!node->link)
		return first_target(tree, at);
	target = kzi_node_attribute(
		kzi_tree_node(tree, node->link), KZI_AT_HREF);
	return target[0] == '#' ? NULL : target;
}

/* 1 if the heading leads to another page of the site. One that leads to itself
 * or to a shop is a chapter of this page. */
static int leads_on(
	const struct kzi_tree *tree, uint32_t at, struct kzi_site own)
{
	const char *target = heading_target(tree, at);
	struct kzi_site site = kzi_site_of(target ? target : "");

	return target &&
		(!site.length || !own.length || kzi_same_site(site, own));
}

/* Count the headings in each node, and those that lead to other pages. */
static void count_headings(const struct kzi_tree *tree, struct kzi_site own,
	struct headings *counts)
{
	uint32_t i = kzi_tree_count(tree);

	while (i-- > 1) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (kzi_tag_heading(node->tag) && node->words) {
			counts[i].all++;
			counts[i].linked += (uint32_t)leads_on(tree, i, own);
		}
		counts[node->parent].all += counts[i].all;
		counts[node->parent].linked += counts[i].linked;
	}
}

/* 1 if there is prose above the first heading in the element: a short story,
 * and below it others. */
static int begins_with_prose(const struct kzi_tree *tree, uint32_t at)
{
	uint32_t end = kzi_tree_node(tree, at)->end, prose = 0, i = at + 1;

	while (i < end && i - at < TEASER_NODES && prose < TEASER_LEAD) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (!node->gone && kzi_tag_heading(node->tag) && node->words)
			return 0;
		if (node->tag == KZI_TAG_P)
			prose += node->prose;
		i = node->gone || node->tag == KZI_TAG_P ? node->end : i + 1;
	}
	return prose >= TEASER_LEAD;
}

/* Other stories of the site: each a heading that leads there, and some words
 * of it. */
static int is_teasers(const struct kzi_tree *tree, uint32_t at,
	const struct headings *counts)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);

	return kzi_tag_flow(node->tag) == KZI_BLOCK && counts->linked >= 2 &&
		counts->linked * 4 >= counts->all * 3 &&
		node->words < counts->linked * TEASER_WORDS &&
		!begins_with_prose(tree, at);
}

/* ---- Cards -------------------------------------------------------------- */

int kzi_begins_elsewhere(const struct kzi_tree *tree, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);
	uint32_t i;

	for (i = at; i < node->end; i++) {
		const struct kzi_node *inner = kzi_tree_node(tree, i);

		if (inner->tag == KZI_TAG_TEXT && inner->words)
			return 0;
		if (kzi_tag_heading(inner->tag) && inner->words)
			return heading_target(tree, i) != NULL;
	}
	return 0;
}

/* 1 if the first words of the element are a line for themselves: an item with
 * a link and a box of text below is laid out, not written. */
static int begins_with_line(const struct kzi_tree *tree, uint32_t at)
{
	uint32_t end = kzi_tree_node(tree, at)->end, first = 0, i;

	for (i = at; i < end; i++) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (node->tag != KZI_TAG_TEXT || !node->words)
			continue;
		if (!first)
			first = node->block;
		else if (node->block != first)
			return first != at;
		else if (!node->linked)
			return 0;
	}
	return 0;
}

/* A teaser without a heading: its first words, not so few, are a link. Those
 * beside it lead to the same site; a list of links to several is a text. */
static int is_card(const struct kzi_tree *tree, uint32_t at, const char *beside)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);
	const char *target;

	if ((node->tag != KZI_TAG_DIV && node->tag != KZI_TAG_ARTICLE &&
		    node->tag != KZI_TAG_SECTION && node->tag != KZI_TAG_LI) ||
		node->words > CARD_WORDS || node->linked < CARD_LINKED ||
		node->materials || node->end - at > CARD_NODES ||
		(node->tag == KZI_TAG_LI && !begins_with_line(tree, at)))
		return 0;
	target = first_target(tree, at);
	return target &&
		(!beside || kzi_same_site(kzi_site_of(target),
				    kzi_site_of(beside)));
}

/* From the card at `first` on, those beside it, if they are enough. */
static void mark_cards(struct kzi_tree *tree, uint32_t first)
{
	const struct kzi_node *card = kzi_tree_node(tree, first);
	uint32_t end = kzi_tree_node(tree, card->parent)->end, behind = first;
	const char *target = first_target(tree, first);
	uint32_t cards = 0, i;

	for (i = first; i < end; i = kzi_tree_node(tree, i)->end) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (node->gone || !node->words)
			continue;
		if (!kzi_node_same_kind(card, node) ||
			!is_card(tree, i, target))
			break;
		cards++;
		behind = node->end;
	}
	for (i = first; cards >= CARDS && i < behind;
		i = kzi_tree_node(tree, i)->end)
		if (!kzi_tree_node(tree, i)->gone)
			kzi_tree_set_gone(tree, kzi_tree_node(tree, i),
				KZI_GONE_FURNITURE);
}

/* A single one with a heading, amid the text. */
static int is_headed_card(const struct kzi_tree *tree, uint32_t at,
	const struct headings *counts)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);

	return (node->tag == KZI_TAG_DIV || node->tag == KZI_TAG_ARTICLE ||
		       node->tag == KZI_TAG_SECTION) &&
		counts->all == 1 && counts->linked == 1 &&
		node->words <= CARD_WORDS && !node->materials &&
		kzi_begins_elsewhere(tree, at);
}

/* Behind a text of some length. */
static void find_cards(struct kzi_tree *tree, uint32_t title_heading,
	const struct headings *counts)
{
	uint32_t count = kzi_tree_count(tree), before = 0, i = title_heading;

	while (i < count) {
		struct kzi_node *node = kzi_tree_node(tree, i);
		int is_behind = !node->gone && before >= TEXT_BEFORE;

		if (is_behind && is_headed_card(tree, i, &counts[i]))
			kzi_tree_set_gone(tree, node, KZI_GONE_FURNITURE);
		if (is_behind && !node->gone && is_card(tree, i, NULL)) {
			mark_cards(tree, i);
			i = node->end;
			continue;
		}
		if (!node->gone && node->tag == KZI_TAG_TEXT)
			before += node->words - node->linked;
		i = node->gone ? node->end : i + 1;
	}
}

static void mark_links(struct kzi_tree *tree, uint32_t title_heading,
	struct kzi_site own, const struct headings *counts)
{
	uint32_t count = kzi_tree_count(tree), i = 1;

	while (i < count) {
		struct kzi_node *node = kzi_tree_node(tree, i);
		int keeps_title = kzi_tree_within(tree, i, title_heading);

		if (!node->gone && !keeps_title && !node->materials &&
			node->tag != KZI_TAG_BODY && node->tag != KZI_TAG_HTML &&
			(kzi_is_links(tree, i, own) ||
				is_teasers(tree, i, &counts[i]) ||
				(may_be_path(node) && is_path(tree, i)) ||
				is_pointer(tree, i) ||
				is_invitation(tree, i)))
			kzi_tree_set_gone(tree, node, KZI_GONE_FURNITURE);
		i = node->gone ? node->end : i + 1;
	}
}

int kzi_furniture_by_links(struct kzi_tree *tree, uint32_t title_heading)
{
	struct headings *counts =
		kzi_calloc(kzi_tree_count(tree), sizeof(*counts));
	struct kzi_site own = kzi_own_site(tree);

	if (!counts)
		return 0;
	count_headings(tree, own, counts);
	mark_links(tree, title_heading, own, counts);
	find_cards(tree, title_heading, counts);
	kzi_free(counts);
	return 1;
}
