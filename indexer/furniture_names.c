/* furniture_names.c -- furniture by what elements are and are called.
 *
 * That names count against an element is an idea of Arc90's Readability (2009);
 * thresholds and exceptions are ours. What the names say is in
 * furniture_words.c. */
#include "indexer/furniture.h"

#include <string.h>
#include <strings.h>

enum {
	GUARD_PERCENT = 40, /* An element with that much of the prose of a page
			      is not furniture, whatever its name. */
	APART_PROSE = 60,  /* Prose outside of comments that a page must have
			      for comments with most of the prose to go. */
	GALLERY_PROSE = 100, /* Outside of pictures: so much is the text. */
	META_WORDS = 25,   /* Most words of a line with author and date. */
	AUTHOR_WORDS = 90, /* Most words on who wrote it ... */
	AUTHOR_REST = 100, /* ... beside so much prose ... */
	AUTHORS = 2,       /* ... but not on a page about many. */
	MEDIA_WORDS = 50,  /* Most words about something to watch. */
	MAYBE_PROSE = 20,  /* Prose without a link that is text sooner than the
			      advertisement that its element is called ... */
	MAYBE_LINKED = 60, /* ... and prose with some. */
	AROUND_FORM = 60,  /* Most words with and around a form. */
	SHARED_PROSE = 40, /* Least prose of a text that is to be shared. */
	FORM_PROSE = 40,   /* A form with more prose is the whole page. */
	TEXT_PROSE = 60,   /* A text of that length is the page's own ... */
	TEXT_SHARE = 8,    /* ... beside a column so much longer. */
	NEAR_NODES = 4,    /* From a piece of a sentence to the next. */
	LOOKS = 32         /* Of pages built to take long. */
};

/* Elements that name the whole page after something in it, such as
 * <body class="has-sidebar">. */
static int is_above_names(enum kzi_tag tag)
{
	return tag == KZI_TAG_BODY || tag == KZI_TAG_HTML ||
		tag == KZI_TAG_MAIN || tag == KZI_TAG_ARTICLE ||
		tag == KZI_TAG_TEXT || tag == KZI_TAG_H1;
}

/* A page whose elements are told by their names. */
struct naming {
	struct kzi_tree *tree;
	uint32_t title_heading;
	uint32_t all_prose;
	uint32_t last_paragraph; /* That was left, or 0. */
	uint32_t authors;        /* Elements that tell of one. */
	enum kzi_name_trust trust;
	int looks;               /* Through the page that may be taken yet. */
};

/* Prose of the longest text that says it is one and stands outside of the
 * element; 0 if there is a longer one in it. */
static uint32_t text_beside(const struct kzi_tree *tree, uint32_t at)
{
	uint32_t count = kzi_tree_count(tree), beside = 0, inside = 0, i;

	for (i = 1; i < count; i++) {
		const struct kzi_node *node = kzi_tree_node(tree, i);
		uint32_t *longest =
			kzi_tree_within(tree, at, i) ? &inside : &beside;

		if (node->prose > *longest && !kzi_tree_within(tree, i, at) &&
			(node->hint == KZI_HINT_CONTENT ||
				node->tag == KZI_TAG_ARTICLE))
			*longest = node->prose;
	}
	return beside > inside ? beside : 0;
}

/* 1 if the element is too much of the page to be furniture. A column of news
 * beside a short text may be longer than that. */
static int is_guarded(struct naming *naming, uint32_t at)
{
	uint32_t prose = kzi_tree_node(naming->tree, at)->prose, beside;

	if ((uint64_t)prose * 100 <=
		(uint64_t)naming->all_prose * GUARD_PERCENT)
		return 0;
	if (naming->looks-- <= 0)
		return 1;
	beside = text_beside(naming->tree, at);
	return beside < TEXT_PROSE || beside < prose / TEXT_SHARE;
}

/* 1 if what an element is called matters less than how it reads. */
static int reads_like_text(const struct kzi_node *node)
{
	if (node->prose * 3 < node->words * 2)
		return 0;
	return node->linked ? node->prose >= MAYBE_LINKED &&
			node->linked * 10 < node->words
			    : node->prose >= MAYBE_PROSE;
}

/* More than an invitation to share a text: the text. */
static int is_nothing_but_text(const struct kzi_node *node)
{
	return node->prose >= SHARED_PROSE &&
		node->prose * 10 >= node->words * 9 &&
		node->linked * 10 < node->words;
}

static int is_meta(const struct kzi_node *node)
{
	int is_line = node->tag == KZI_TAG_P || kzi_tag_heading(node->tag);

	if (node->tag == KZI_TAG_LI || node->tag == KZI_TAG_TD)
		return 0;
	return node->words <= (is_line ? META_WORDS / 4 : META_WORDS);
}

/* 1 if words of the block stand at `at`, or a few nodes on or back. */
static int has_text_at(
	const struct kzi_tree *tree, uint32_t at, int step, uint32_t block)
{
	int looked;

	for (looked = 0; looked < NEAR_NODES; looked++) {
		const struct kzi_node *node;

		if (at >= kzi_tree_count(tree))
			return 0;
		node = kzi_tree_node(tree, at);
		if (node->block != block)
			return 0;
		if (node->tag == KZI_TAG_TEXT && node->words)
			return 1;
		at += (uint32_t)step;
	}
	return 0;
}

/* "A <a class="popup">retired miller</a> told us": words inside of a sentence
 * belong to it whatever they are called, but for those that are only read out
 * to the blind. */
static int is_in_sentence(const struct kzi_tree *tree, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);
	const struct kzi_node *block = kzi_tree_node(tree, node->block);
	int before, behind;

	/* All of a heading may lead back to the contents: "toc-backref". */
	if (node->hint == KZI_HINT_MAYBE && kzi_tag_heading(block->tag) &&
		node->words == block->words)
		return 1;
	if (kzi_tag_flow(node->tag) != KZI_INLINE || !block->prose ||
		((node->hint == KZI_HINT_FURNITURE ||
			 node->hint == KZI_HINT_SHARE) &&
			node->tag != KZI_TAG_A))
		return 0;
	before = has_text_at(tree, at - 1, -1, node->block);
	behind = has_text_at(tree, node->end, 1, node->block);
	/* A name that leads to what else there is on it may open a story. */
	return node->hint == KZI_HINT_MAYBE ||
			(node->hint == KZI_HINT_META && node->tag == KZI_TAG_A)
		? before || behind
		: before && behind;
}

/* One of several paragraphs of a class, which then is how paragraphs look. */
static int is_in_series(const struct naming *naming, uint32_t at)
{
	const struct kzi_tree *tree = naming->tree;
	const struct kzi_node *node = kzi_tree_node(tree, at);
	const struct kzi_node *last =
		kzi_tree_node(tree, naming->last_paragraph);
	const struct kzi_node *next;

	if (node->tag != KZI_TAG_P || !reads_like_text(node))
		return 0;
	if (last->prose && last->parent == node->parent &&
		kzi_node_same_kind(last, node))
		return 1;
	for (at = node->end; at < kzi_tree_node(tree, node->parent)->end;
		at = next->end) {
		next = kzi_tree_node(tree, at);
		if (next->tag != KZI_TAG_TEXT)
			return next->prose && kzi_node_same_kind(node, next);
	}
	return 0;
}

/* Words of a program, which tools call after what they are in its language:
 *
 *     <pre><div><span class="hljs-comment">// Twice</span></div></pre> */
static int is_code(const struct kzi_tree *tree, const struct kzi_node *node)
{
	const struct kzi_node *block = kzi_tree_node(tree, node->block);

	return kzi_tag_flow(node->tag) == KZI_INLINE &&
		node->hint != KZI_HINT_FURNITURE &&
		(block->tag == KZI_TAG_PRE ||
			kzi_tree_node(tree, block->parent)->tag == KZI_TAG_PRE);
}

static int is_named_furniture(struct naming *naming, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(naming->tree, at);

	if (!node->hint || is_code(naming->tree, node))
		return 0;
	if (node->hint == KZI_HINT_APART)
		return !is_guarded(naming, at) ||
			naming->all_prose - node->prose > APART_PROSE;
	/* A quotation is called after the network that it was said on. */
	if (naming->trust < KZI_TRUST_ALL ||
		node->tag == KZI_TAG_BLOCKQUOTE ||
		is_in_sentence(naming->tree, at))
		return 0;
	switch (node->hint) {
	case KZI_HINT_FURNITURE:
		return !is_guarded(naming, at) && !is_in_series(naming, at);
	case KZI_HINT_MIXED:
		return !is_guarded(naming, at) && (node->prose < TEXT_PROSE ||
			node->linked * 3 > node->words);
	case KZI_HINT_SHARE:
		return !is_guarded(naming, at) && !is_in_series(naming, at) &&
			!is_nothing_but_text(node);
	case KZI_HINT_MAYBE:
		return !is_guarded(naming, at) && !reads_like_text(node);
	case KZI_HINT_META:
		return is_meta(node);
	case KZI_HINT_AUTHOR:
		return is_meta(node) || (node->words <= AUTHOR_WORDS &&
			naming->authors <= AUTHORS &&
			naming->all_prose - node->prose > AUTHOR_REST);
	case KZI_HINT_MEDIA:
		return is_meta(node) || (node->tag == KZI_TAG_DIV &&
				node->words <= MEDIA_WORDS);
	case KZI_HINT_GALLERY:
		return is_meta(node) ||
			naming->all_prose - node->prose > GALLERY_PROSE;
	default:
		return 0;
	}
}

/* The footer of a quotation says whose it is. */
static int is_source(const struct kzi_tree *tree, const struct kzi_node *node)
{
	return node->tag == KZI_TAG_FOOTER &&
		kzi_tree_node(tree, node->parent)->tag == KZI_TAG_BLOCKQUOTE;
}

static const char *const guarded_roles[] = { "banner", "contentinfo",
	"complementary", "form", "alert", "status", NULL };

/* A note stands aside, but to the text. */
static int is_footnote(const struct kzi_node *node)
{
	static const char *const roles[] = { "doc-footnote", "doc-endnotes",
		"note", NULL };
	const char *class = kzi_node_attribute(node, KZI_AT_CLASS);

	return (class && strcasestr(class, "footnote")) ||
		kzi_node_has_role(node, roles);
}

/* 1 if the element is one that holds furniture, on most pages. */
static int is_furniture_kind(const struct kzi_node *node, int in_article)
{
	const char *aria;

	switch (node->tag) {
	case KZI_TAG_ASIDE:
		return !is_footnote(node);
	case KZI_TAG_FOOTER:
	case KZI_TAG_MENU:
		return 1;
	case KZI_TAG_HEADER:
		return !in_article && node->prose < FORM_PROSE;
	case KZI_TAG_FORM:
	case KZI_TAG_FIELDSET:
		return node->prose < FORM_PROSE;
	default:
		/* A page saved while a dialogue stood before it has all of its
		 * text marked so. */
		aria = kzi_node_attribute(node, KZI_AT_ARIA_HIDDEN);
		return (aria && !strcasecmp(aria, "true")) ||
			kzi_node_has_role(node, guarded_roles);
	}
}

/* Furniture by what the element is. */
static int is_furniture_element(
	struct naming *naming, uint32_t at, int in_article)
{
	const struct kzi_node *node = kzi_tree_node(naming->tree, at);

	if (!is_furniture_kind(node, in_article))
		return 0;
	/* The footer of a page with little text may be the longer half. */
	return (node->tag == KZI_TAG_FOOTER &&
		       naming->all_prose - node->prose >= FORM_PROSE) ||
		!is_guarded(naming, at);
}

/* 1 if something is to be typed into the field, most likely an address. */
static int is_field(const struct kzi_node *node)
{
	const char *name;

	if (node->tag != KZI_TAG_INPUT)
		return 0;
	name = kzi_node_attribute(node, KZI_AT_NAME);
	return kzi_node_attribute(node, KZI_AT_PLACEHOLDER) ||
		(name && strcasestr(name, "mail"));
}

/* What stands around a form, and is little more, belongs to it: "Get our
 * newsletter." */
static void drop_around(
	struct kzi_tree *tree, uint32_t form, uint32_t title_heading)
{
	uint32_t at = kzi_tree_node(tree, form)->parent, box = 0;
	uint32_t all = kzi_tree_node(tree, 0)->words;
	struct kzi_node *node = kzi_tree_node(tree, at);

	while (at && !kzi_tree_within(tree, at, title_heading) &&
		(node->tag == KZI_TAG_DIV || node->tag == KZI_TAG_SECTION ||
			node->tag == KZI_TAG_FORM) &&
		node->words < AROUND_FORM && node->prose < FORM_PROSE &&
		(uint64_t)node->words * 5 < all) {
		box = at;
		at = node->parent;
		node = kzi_tree_node(tree, at);
	}
	if (box && !kzi_tree_node(tree, box)->gone)
		kzi_tree_set_gone(tree, kzi_tree_node(tree, box),
			KZI_GONE_FURNITURE);
}

static uint32_t count_authors(const struct kzi_tree *tree)
{
	uint32_t count = kzi_tree_count(tree), authors = 0, i = 1;

	while (i < count) {
		const struct kzi_node *node = kzi_tree_node(tree, i);
		int tells = node->hint == KZI_HINT_AUTHOR &&
			node->words > META_WORDS &&
			node->words <= AUTHOR_WORDS;

		authors += (uint32_t)tells;
		i = tells ? node->end : i + 1;
	}
	return authors;
}

/* The heading that is the title, what it stands in, and what has all of its
 * words, whatever they are called. */
static int is_title(const struct naming *naming, uint32_t at)
{
	const struct kzi_tree *tree = naming->tree;
	uint32_t heading = naming->title_heading;

	return kzi_tree_within(tree, at, heading) ||
		(heading && kzi_tree_within(tree, heading, at) &&
			kzi_tree_node(tree, at)->words ==
				kzi_tree_node(tree, heading)->words);
}

static int is_by_name(struct naming *naming, uint32_t at, int in_article)
{
	const struct kzi_node *node = kzi_tree_node(naming->tree, at);

	return !node->gone && !is_above_names(node->tag) &&
		!is_title(naming, at) &&
		!is_source(naming->tree, node) &&
		(is_furniture_element(naming, at, in_article) ||
			is_named_furniture(naming, at));
}

void kzi_furniture_by_name(struct kzi_tree *tree, uint32_t title_heading,
	enum kzi_name_trust trust)
{
	uint32_t count = kzi_tree_count(tree), i = 1, article_end = 0;
	struct naming naming = { tree, title_heading,
		kzi_tree_node(tree, 0)->prose, 0, count_authors(tree), trust,
		LOOKS };

	while (i < count) {
		struct kzi_node *node = kzi_tree_node(tree, i);

		if (node->tag == KZI_TAG_ARTICLE || node->tag == KZI_TAG_MAIN)
			if (node->end > article_end)
				article_end = node->end;
		if (is_by_name(&naming, i, i < article_end)) {
			kzi_tree_set_gone(tree, node, KZI_GONE_FURNITURE);
			if (node->tag == KZI_TAG_FORM)
				drop_around(tree, i, title_heading);
		} else if (is_field(node)) {
			drop_around(tree, i, title_heading);
		}
		if (node->tag == KZI_TAG_P && !node->gone)
			naming.last_paragraph = i;
		i = node->gone ? node->end : i + 1;
	}
}
