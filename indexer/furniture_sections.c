/* furniture_sections.c -- what stands below a line such as "Comments" or
 * "Related articles" when no class says what it is, and the stories that some
 * sites load below the one that was asked for. See furniture.h.
 *
 *     <h3>Comments</h3> <div>...</div> <div>...</div> <h3>Contact</h3>
 *     `------------ gone ----------------------------'
 *
 * A line alone proves little: a guide may have a chapter "Comments". So what
 * follows must look the part: alike blocks or a form for comments, links for
 * other stories. */
#include "indexer/furniture.h"

#include <string.h>

enum {
	LABEL_WORDS = 8,   /* Most words of the line ... */
	LABEL_NODES = 30,  /* ... and most nodes: each is looked through. */
	TEXT_BEFORE = 40,  /* Words of text that must have been read, title
			      and menus not counted. */
	SIBLINGS_LOOKED = 100, /* Blocks below "Comments" looked at ... */
	FORM_LOOKED = 400, /* ... and nodes, for a form. */
	BESIDE_WORDS = 12, /* Most words beside a label in a box of its own. */
	TEASER_LINES = 12, /* Most words of a teaser without a link. */
	AUTHOR_WORDS = 120, /* Most words on who wrote it. */
	AUTHOR_BEFORE = 100, /* Least words of text before them. */
	CONSENT_WORDS = 400, /* Most words of a question of consent ... */
	CONSENT_REST = 60, /* ... and least prose beside it. */
	OFFER_WORDS = 60,  /* The same for an offer. */
	OFFER_REST = 30,
	STORY_PROSE = 60,  /* Prose of a story that others may follow. */
	BOOK_TIMES = 6     /* So many times that beside it, and it is a preface
			      with its chapters. */
};

static struct kzi_node *parent_of(const struct kzi_tree *tree, uint32_t at)
{
	return kzi_tree_node(tree, kzi_tree_node(tree, at)->parent);
}

/* ---- What follows ------------------------------------------------------- */

/* Level of the heading that the node is or, with all of its words, holds; 0 if
 * there is none. */
static int heading_level(const struct kzi_tree *tree, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);
	uint32_t i;

	for (i = at; i < node->end && i - at < LABEL_NODES; i++) {
		const struct kzi_node *inner = kzi_tree_node(tree, i);

		if (kzi_tag_heading(inner->tag) && inner->words == node->words)
			return kzi_tag_heading(inner->tag);
	}
	return 0;
}

/* 1 if the heading at `at` begins something else than what one of `level`, 0
 * for a line that is none, announced. */
static int ends_section(const struct kzi_tree *tree, uint32_t at, int level)
{
	int other = heading_level(tree, at);

	return other > 0 && level > 0 && other <= level;
}

/* 1 if there is something to fill in between the two. */
static int has_form(const struct kzi_tree *tree, uint32_t from, uint32_t to)
{
	uint32_t i;

	for (i = from; i < to && i - from < FORM_LOOKED; i++)
		if (kzi_tree_node(tree, i)->tag == KZI_TAG_FORM)
			return 1;
	return 0;
}

static size_t digits(const char *text)
{
	return strspn(text, "0123456789");
}

/* 1 if two elements are of one kind, but for numbers in their classes:
 * "c12 odd", "c7 odd". */
static int is_alike(const struct kzi_node *a, const struct kzi_node *b)
{
	const char *one = kzi_node_attribute(a, KZI_AT_CLASS);
	const char *other = kzi_node_attribute(b, KZI_AT_CLASS);

	if (a->tag != b->tag || !one || !other)
		return kzi_node_same_kind(a, b);
	for (;;) {
		one += digits(one);
		other += digits(other);
		if (*one != *other)
			return 0;
		if (!*one)
			return 1;
		one++;
		other++;
	}
}

static void drop_all(struct kzi_tree *tree, uint32_t from, uint32_t to)
{
	uint32_t i;

	for (i = from; i < to; i = kzi_tree_node(tree, i)->end)
		if (!kzi_tree_node(tree, i)->gone)
			kzi_tree_set_gone(tree, kzi_tree_node(tree, i),
				KZI_GONE_FURNITURE);
}

/* Comments are a list with a name, several blocks of one kind, or no more than
 * a form. The section ends before `to` or at the next heading. */
static int are_comments(const struct kzi_tree *tree, uint32_t from, uint32_t to,
	int level)
{
	uint32_t alike = 0, words = 0, looked = 0, i;
	const struct kzi_node *last = NULL;

	for (i = from; i < to && looked < SIBLINGS_LOOKED;
		i = kzi_tree_node(tree, i)->end, looked++) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (i > from && ends_section(tree, i, level))
			break;
		if (node->tag == KZI_TAG_FORM || (node->tag == KZI_TAG_OL &&
				kzi_node_attribute(node, KZI_AT_CLASS)))
			return 1;
		if (node->gone || !node->words)
			continue;
		words += node->words;
		if (node->tag != KZI_TAG_DIV && node->tag != KZI_TAG_ARTICLE &&
			node->tag != KZI_TAG_UL && node->tag != KZI_TAG_LI)
			continue;
		alike += !last || is_alike(last, node);
		last = node;
	}
	return alike >= 2 || (!words && i == to) || has_form(tree, from, i);
}

static uint32_t drop_comments(struct kzi_tree *tree, uint32_t from, uint32_t to,
	int level)
{
	uint32_t dropped = 0, i;

	if (!are_comments(tree, from, to, level))
		return 0;
	for (i = from; i < to; i = kzi_tree_node(tree, i)->end) {
		struct kzi_node *node = kzi_tree_node(tree, i);

		if (i > from && ends_section(tree, i, level))
			break;
		dropped++;
		if (!node->gone)
			kzi_tree_set_gone(tree, node, KZI_GONE_FURNITURE);
	}
	return dropped;
}

/* A teaser: a link, and perhaps some words of where it leads. */
static int is_pointing(const struct kzi_node *node)
{
	if (!node->words)
		return 1;
	if (node->materials)
		return 0;
	if (node->linked)
		return !node->prose || node->linked * 5 >= node->words;
	return !node->prose && node->words <= TEASER_LINES &&
		kzi_tag_flow(node->tag) == KZI_BLOCK &&
		!kzi_tag_heading(node->tag);
}

static uint32_t drop_related(struct kzi_tree *tree, uint32_t from, uint32_t to,
	int level)
{
	uint32_t links = 0, end = from, i;

	for (i = from; i < to; i = kzi_tree_node(tree, i)->end) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (node->gone)
			continue;
		if (ends_section(tree, i, level) || !is_pointing(node))
			break;
		links += node->linked > 0;
		end = node->end;
	}
	if (links)
		drop_all(tree, from, end);
	return links;
}

/* Who wrote it, if that is what ends the text. */
static uint32_t drop_author(
	struct kzi_tree *tree, uint32_t from, uint32_t to, int level)
{
	uint32_t words = 0, i;

	for (i = from; i < to; i = kzi_tree_node(tree, i)->end) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (!node->gone && node->words && ends_section(tree, i, level))
			return 0;
		words += node->words;
	}
	if (!words || words > AUTHOR_WORDS)
		return 0;
	drop_all(tree, from, to);
	return words;
}

/* ---- The line ----------------------------------------------------------- */

static int may_be_label(const struct kzi_tree *tree, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);

	if (!node->words || node->words > LABEL_WORDS ||
		node->end - at > LABEL_NODES)
		return 0;
	return kzi_tag_heading(node->tag) || node->tag == KZI_TAG_P ||
		node->tag == KZI_TAG_DIV || node->tag == KZI_TAG_HEADER;
}

/* The box in which visitors are asked whether they mind, or to subscribe, with
 * at most so many words beside so much prose. */
static void drop_box(struct kzi_tree *tree, uint32_t at,
	uint32_t title_heading, uint32_t most, uint32_t rest)
{
	uint32_t all_prose = kzi_tree_node(tree, 0)->prose;
	uint32_t box = kzi_tree_node(tree, at)->parent;
	struct kzi_node *node = kzi_tree_node(tree, box);

	if ((node->tag == KZI_TAG_DIV || node->tag == KZI_TAG_SECTION) &&
		!kzi_tree_within(tree, box, title_heading) &&
		node->words <= most && all_prose - node->prose >= rest)
		kzi_tree_set_gone(tree, node, KZI_GONE_FURNITURE);
}

/* A heading that is alone in its box heads what is beside the box; so does
 * "Comments" with "Post yours" and "House rules". */
static int is_box_of_label(
	const struct kzi_tree *tree, uint32_t at, enum kzi_label label)
{
	const struct kzi_node *box = parent_of(tree, at);
	uint32_t beside = box->words - kzi_tree_node(tree, at)->words;

	if (box->tag != KZI_TAG_DIV || box->end - at > LABEL_NODES)
		return 0;
	return !beside || (label == KZI_LABEL_COMMENTS &&
		beside <= BESIDE_WORDS && beside <= box->linked &&
		kzi_tag_heading(kzi_tree_node(tree, at)->tag));
}

/* The label at `at`, and what it heads, up to the end of what it stands in. */
static void drop_below(struct kzi_tree *tree, uint32_t at, enum kzi_label label)
{
	int level = heading_level(tree, at);
	uint32_t from, to, dropped = 0;

	while (is_box_of_label(tree, at, label))
		at = kzi_tree_node(tree, at)->parent;
	from = kzi_tree_node(tree, at)->end;
	to = parent_of(tree, at)->end;
	switch (label) {
	case KZI_LABEL_COMMENTS:
		dropped = drop_comments(tree, from, to, level);
		break;
	case KZI_LABEL_RELATED:
		dropped = drop_related(tree, from, to, level);
		break;
	case KZI_LABEL_AUTHOR:
		dropped = drop_author(tree, from, to, level);
		break;
	default:
		break;
	}
	if (dropped)
		kzi_tree_set_gone(tree, kzi_tree_node(tree, at),
			KZI_GONE_FURNITURE);
}

/* ---- Other stories ------------------------------------------------------ */

static int has_h1(const struct kzi_tree *tree, uint32_t at)
{
	uint32_t i;

	for (i = at; i < kzi_tree_node(tree, at)->end; i++)
		if (kzi_tree_node(tree, i)->tag == KZI_TAG_H1 &&
			kzi_tree_node(tree, i)->words)
			return 1;
	return 0;
}

static int is_story_beside(
	const struct kzi_node *story, const struct kzi_node *node)
{
	return !node->gone && (kzi_node_same_kind(story, node) ||
		(story->tag == KZI_TAG_ARTICLE && node->tag == story->tag));
}

/* Drop the stories beside the one at `at`. Where they are far more than that,
 * they are the chapters of a book, and it is the preface. */
static void drop_stories_beside(struct kzi_tree *tree, uint32_t at)
{
	const struct kzi_node *story = kzi_tree_node(tree, at);
	uint32_t end = parent_of(tree, at)->end, i;
	uint64_t beside = 0;
	int drops;

	for (drops = 0; drops < 2; drops++) {
		for (i = story->end; i < end; i = kzi_tree_node(tree, i)->end) {
			struct kzi_node *node = kzi_tree_node(tree, i);

			if (!is_story_beside(story, node) || !has_h1(tree, i))
				continue;
			beside += node->prose;
			if (drops)
				kzi_tree_set_gone(
					tree, node, KZI_GONE_FURNITURE);
		}
		if (beside > (uint64_t)story->prose * BOOK_TIMES)
			return;
	}
}

/* Some sites put the next story below, title and all, in a box of the same
 * kind. */
static void drop_other_stories(struct kzi_tree *tree, uint32_t title_heading)
{
	uint32_t at = title_heading;

	if (kzi_tree_node(tree, at)->tag != KZI_TAG_H1)
		return;
	for (; at; at = kzi_tree_node(tree, at)->parent) {
		const struct kzi_node *story = kzi_tree_node(tree, at);

		if ((story->tag != KZI_TAG_ARTICLE &&
			    story->tag != KZI_TAG_DIV) ||
			story->prose < STORY_PROSE)
			continue;
		drop_stories_beside(tree, at);
	}
}

/* What the line at `at` announces; `before` is text that was read. */
static enum kzi_label find_label(const struct kzi_tree *tree, uint32_t at,
	uint32_t before, struct kzi_buf *line)
{
	enum kzi_label label = KZI_LABEL_NONE;

	if (!may_be_label(tree, at))
		return KZI_LABEL_NONE;
	kzi_buf_clear(line);
	kzi_tree_text(tree, at, line);
	if (line->length)
		label = kzi_label_of(line->data, line->length);
	if (label == KZI_LABEL_CONSENT)
		return label;
	return before >= (label == KZI_LABEL_AUTHOR ? AUTHOR_BEFORE
						    : TEXT_BEFORE)
		? label
		: KZI_LABEL_NONE;
}

void kzi_furniture_by_labels(struct kzi_tree *tree, uint32_t title_heading)
{
	uint32_t count = kzi_tree_count(tree), before = 0, i = 1;
	struct kzi_buf line = { 0 };

	drop_other_stories(tree, title_heading);
	while (i < count) {
		const struct kzi_node *node = kzi_tree_node(tree, i);
		enum kzi_label label = KZI_LABEL_NONE;

		if (!node->gone && i != title_heading)
			label = find_label(tree, i, before, &line);
		if (label == KZI_LABEL_CONSENT)
			drop_box(tree, i, title_heading, CONSENT_WORDS,
				CONSENT_REST);
		else if (label == KZI_LABEL_OFFER)
			drop_box(tree, i, title_heading, OFFER_WORDS,
				OFFER_REST);
		else if (label)
			drop_below(tree, i, label);
		else if (!node->gone && node->tag == KZI_TAG_TEXT &&
			i > title_heading)
			before += node->words - node->linked;
		i = node->gone || label ? node->end : i + 1;
	}
	kzi_buf_release(&line);
}
