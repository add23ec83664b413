/* content.c -- see content.h.
 *
 * From the page down, the region is the child that holds most of the prose, as
 * long as there is one that does: where the prose is spread over several, they
 * all are the region. That paragraphs speak for the elements around them, and
 * that siblings of the best one may belong to it, is in Arc90's Readability
 * (2009); the descent and its thresholds are ours. What an author calls the
 * body of an article is believed on weaker evidence. */
#include "indexer/content.h"

#include <string.h>
#include <strings.h>

#include "indexer/furniture.h"

enum {
	/* Share of the weight, in percent, that a child must hold: any child,
	 * one with the title in it, one that says it is the content. */
	SHARE_ANY = 75,
	SHARE_TITLED = 45,
	SHARE_NAMED = 40,
	BEHIND_SHARE = 25,   /* Below title and text, where footers are. */
	SIBLING_SHARE = 12,  /* A sibling with so much of the prose of the
				chosen one belongs to it. */
	ENOUGH_WORDS = 120,  /* A text of that length is not doubted. */
	ENOUGH_STORY = 50,   /* Nor one so long of a page that is a story. */
	ENOUGH_PERCENT = 50, /* Nor one with so much of all unlinked words. */
	COLUMN_LINKS = 2,    /* Least links of a column beside the text ... */
	COLUMN_LINK_WORDS = 50, /* ... and most words for each. */
	NEXT_WORDS = 90,      /* Most words of a box behind the text ... */
	NEXT_PERCENT = 30,    /* ... and most of all prose. */
	END_TEXTS = 12,      /* Texts with words in which pages end ... */
	END_PROSE = 100,     /* ... and most prose with them. */
	HEADING_NODES = 12,  /* Most nodes from a chapter to its heading. */
	LEAD_WORDS = 8,      /* Least words of a line below the title that is
				more than who wrote it and when. */
	FEW_WORDS = 8,       /* A text so short may be but the heading of a
				page that is a list of links ... */
	FEW_PERCENT = 25,    /* ... unless it is so much of all words. */
	FEW_PROSE = 30,      /* Prose so short may be but a greeting. */
	NAMED_WORDS = 30     /* An empty "article" convinces nobody. */
};

static uint64_t weight(const struct kzi_node *node)
{
	return 4 * (uint64_t)node->prose + (node->words - node->linked);
}

static int equals(const char *value, const char *word)
{
	return value && !strcasecmp(value, word);
}

/* Says of itself that it is the text of the page. */
static int is_named_content(const struct kzi_node *node)
{
	const char *itemprop = kzi_node_attribute(node, KZI_AT_ITEMPROP);

	if (node->tag == KZI_TAG_ARTICLE || node->tag == KZI_TAG_MAIN)
		return 1;
	return equals(kzi_node_attribute(node, KZI_AT_ROLE), "main") ||
		equals(itemprop, "articleBody") || equals(itemprop, "text") ||
		node->hint == KZI_HINT_CONTENT;
}

/* Blocks that are text themselves: the region is what they stand in. */
static int is_text_element(const struct kzi_node *node)
{
	switch (node->tag) {
	case KZI_TAG_P:
	case KZI_TAG_UL:
	case KZI_TAG_OL:
	case KZI_TAG_DL:
	case KZI_TAG_BLOCKQUOTE:
	case KZI_TAG_PRE:
	case KZI_TAG_FIGURE:
	case KZI_TAG_TEXT:
		return 1;
	case KZI_TAG_TABLE:
		return node->is_data;
	default:
		return kzi_tag_heading(node->tag) > 0;
	}
}

/* The heaviest child, or 0. */
static uint32_t heaviest_child(const struct kzi_tree *tree, uint32_t parent)
{
	uint32_t end = kzi_tree_node(tree, parent)->end, best = 0, i;
	uint64_t most = 0;

	for (i = parent + 1; i < end; i = kzi_tree_node(tree, i)->end) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (!node->gone && weight(node) > most) {
			most = weight(node);
			best = i;
		}
	}
	return best;
}

/* The longest text that says it is one, or 0. */
static uint32_t find_named(const struct kzi_tree *tree)
{
	uint32_t count = kzi_tree_count(tree), most = NAMED_WORDS, named = 0, i;

	for (i = 1; i < count; i++) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (node->prose > most && is_named_content(node)) {
			most = node->prose;
			named = i;
		}
	}
	return named;
}

static uint64_t share_needed(const struct kzi_tree *tree, uint32_t child,
	uint32_t title_heading, uint32_t named)
{
	const struct kzi_node *node = kzi_tree_node(tree, child);

	if (node->prose >= NAMED_WORDS && is_named_content(node))
		return SHARE_NAMED;
	if (kzi_tree_within(tree, child, title_heading) ||
		(named && kzi_tree_within(tree, child, named)))
		return SHARE_TITLED;
	return SHARE_ANY;
}

/* What is left of a box whose better part was menus and teasers: captions and
 * summaries of these. */
static int is_leftover(const struct kzi_node *node, const struct kzi_node *text)
{
	return node->words * 2 < node->count &&
		node->prose * 3 < text->prose * 2 &&
		!node->materials && !is_text_element(node);
}

/* Weight of what stands beside the child. */
static uint64_t weight_beside(
	const struct kzi_tree *tree, uint32_t parent, uint32_t child)
{
	uint32_t end = kzi_tree_node(tree, parent)->end, i;
	uint64_t sum = 0;

	for (i = parent + 1; i < end; i = kzi_tree_node(tree, i)->end) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (i != child && !node->gone &&
			!is_leftover(node, kzi_tree_node(tree, child)))
			sum += weight(node);
	}
	return sum;
}

/* ---- Siblings ----------------------------------------------------------- */

static int is_same_kind(const struct kzi_node *a, const struct kzi_node *b)
{
	return kzi_node_attribute(a, KZI_AT_CLASS) && kzi_node_same_kind(a, b);
}

/* A column beside the one with the title: much shorter, and every few lines a
 * link to another page. */
static int is_side_column(
	const struct kzi_tree *tree, uint32_t at, uint32_t main_column)
{
	const struct kzi_node *sibling = kzi_tree_node(tree, at);
	const struct kzi_node *chosen = kzi_tree_node(tree, main_column);
	uint32_t end = sibling->end, links = 0, i;

	if (is_text_element(sibling) || sibling->prose * 2 > chosen->prose ||
		sibling->materials)
		return 0;
	for (i = at; i < end; i++) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		links += node->link == i && node->words > 0 &&
			kzi_node_attribute(node, KZI_AT_HREF)[0] != '#';
	}
	return links >= COLUMN_LINKS &&
		links * COLUMN_LINK_WORDS >= sibling->words;
}

/* A box behind the text that begins with who wrote it or what comes next. */
static int is_next(const struct kzi_tree *tree, uint32_t at, uint32_t text)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);

	return at > text && !is_text_element(node) && !node->materials &&
		node->words <= NEXT_WORDS &&
		(uint64_t)node->prose * 100 <
			(uint64_t)kzi_tree_node(tree, text)->prose *
				NEXT_PERCENT &&
		kzi_begins_elsewhere(tree, at);
}

/* 1 if the element, behind the text, ends as pages do: with whose they are. So
 * may the last part of a text, but that is longer. */
static int is_end_of_page(
	const struct kzi_tree *tree, uint32_t at, uint32_t text)
{
	const struct kzi_node *box = kzi_tree_node(tree, at);
	uint32_t i = box->end, texts = 0;

	if (at < text || is_text_element(box) ||
		box->prose >= kzi_tree_node(tree, text)->prose ||
		box->prose > END_PROSE)
		return 0;
	while (i-- > at && texts < END_TEXTS) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (node->tag != KZI_TAG_TEXT || !node->length)
			continue;
		if (kzi_is_rights(tree->text.data + node->text, node->length))
			return 1;
		texts += node->words > 0;
	}
	return 0;
}

/* Level of the heading that the element begins with; 0: it does not. */
static int first_heading(const struct kzi_tree *tree, uint32_t at)
{
	uint32_t end = kzi_tree_node(tree, at)->end, i;

	for (i = at + 1; i < end && i - at < HEADING_NODES; i++) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (node->words && kzi_tag_heading(node->tag))
			return kzi_tag_heading(node->tag);
		if (node->words && node->tag == KZI_TAG_TEXT)
			return 0;
	}
	return 0;
}

/* Chapters beside each other, of which one is most of the page. */
static int is_chapter_beside(
	const struct kzi_tree *tree, uint32_t at, uint32_t chosen)
{
	int level = kzi_tree_node(tree, at)->tag == KZI_TAG_SECTION &&
			kzi_tree_node(tree, chosen)->tag == KZI_TAG_SECTION
		? first_heading(tree, chosen)
		: 0;

	return level && level == first_heading(tree, at);
}

/* Place of a sibling in the page. */
struct place {
	int is_before;   /* The chosen one ... */
	int is_titled;   /* ... and behind the title. */
	int is_below;    /* Behind the chosen one, which has the title in it. */
	int is_aside;    /* A column beside it, or a box with the next one. */
	int is_in_text;  /* In an element that says it is the text. */
	int is_chapter;  /* As the chosen one. */
};

/* The rest of a text, below an advertisement: prose, and nothing but that. */
static int is_continuation(
	const struct kzi_node *sibling, const struct kzi_node *chosen)
{
	return (sibling->tag == KZI_TAG_DIV ||
		       sibling->tag == KZI_TAG_SECTION) &&
		sibling->prose * 10 >= sibling->words * 9 &&
		sibling->linked * 20 <= sibling->words &&
		(uint64_t)sibling->prose * 100 >
		(uint64_t)chosen->prose * BEHIND_SHARE;
}

static int belongs(
	const struct kzi_node *sibling, const struct kzi_node *chosen,
	struct place place, int is_named)
{
	if (!sibling->words)
		return 1;
	if (sibling->linked * 3 > sibling->words ||
		(is_leftover(sibling, chosen) && !(place.is_in_text &&
			is_continuation(sibling, chosen))))
		return 0;
	if (place.is_chapter ||
		(sibling->prose && is_same_kind(sibling, chosen)))
		return 1;
	if (place.is_aside)
		return 0;
	if (is_named && !place.is_before)
		return is_continuation(sibling, chosen);
	if (place.is_titled && sibling->prose &&
		sibling->linked * 5 < sibling->words)
		return 1;
	/* Behind the text, a list of short things is who liked it and the
	 * like. */
	if (!place.is_before && !sibling->prose &&
		(sibling->tag == KZI_TAG_UL || sibling->tag == KZI_TAG_OL ||
			sibling->tag == KZI_TAG_DL))
		return 0;
	if (is_text_element(sibling))
		return sibling->tag != KZI_TAG_TEXT || sibling->words > 3;
	return !is_named && (uint64_t)sibling->prose * 100 >
		(uint64_t)chosen->prose *
			(place.is_below ? BEHIND_SHARE : SIBLING_SHARE);
}

/* Below or above the title: what the story begins with. */
static int is_wrapper(const struct kzi_node *node)
{
	return node->words >= LEAD_WORDS && node->linked * 3 < node->words &&
		(node->tag == KZI_TAG_DIV || node->tag == KZI_TAG_HEADER ||
			node->tag == KZI_TAG_SECTION);
}

static int is_lead(const struct kzi_node *node)
{
	if (node->linked * 3 >= node->words)
		return 0;
	if (node->tag == KZI_TAG_P || kzi_tag_heading(node->tag))
		return node->words >= LEAD_WORDS;
	return node->tag == KZI_TAG_DIV && node->prose &&
		node->prose == node->words;
}

/* Of what holds the title, leave that and the lead. */
static void leave_title(
	struct kzi_tree *tree, uint32_t sibling, uint32_t title_heading)
{
	uint32_t end = kzi_tree_node(tree, sibling)->end, i = sibling;

	while (i < end) {
		struct kzi_node *node = kzi_tree_node(tree, i);

		if (i == title_heading) {
			i = node->end;
		} else if (is_lead(node)) {
			i = node->end;
		} else if (kzi_tree_within(tree, i, title_heading) ||
			is_wrapper(node)) {
			i++;
		} else {
			if (!node->gone)
				kzi_tree_set_gone(tree, node, KZI_GONE_OUTSIDE);
			i = node->end;
		}
	}
}

static void drop_siblings(struct kzi_tree *tree, uint32_t parent,
	uint32_t chosen, uint32_t title_heading)
{
	uint32_t end = kzi_tree_node(tree, parent)->end, i;
	const struct kzi_node *best = kzi_tree_node(tree, chosen);
	int is_named = is_named_content(best);
	int holds_title = kzi_tree_within(tree, chosen, title_heading);
	int is_in_text = is_named_content(kzi_tree_node(tree, parent));

	for (i = parent + 1; i < end; i = kzi_tree_node(tree, i)->end) {
		struct kzi_node *node = kzi_tree_node(tree, i);
		struct place place = { i < chosen,
			title_heading && i < chosen && i > title_heading,
			holds_title && i > chosen,
			(holds_title && is_side_column(tree, i, chosen)) ||
				is_next(tree, i, chosen) ||
				is_end_of_page(tree, i, chosen),
			is_in_text, is_chapter_beside(tree, i, chosen) };

		if (i == chosen || node->gone ||
			belongs(node, best, place, is_named))
			continue;
		if (kzi_tree_within(tree, i, title_heading))
			leave_title(tree, i, title_heading);
		else
			kzi_tree_set_gone(tree, node, KZI_GONE_OUTSIDE);
	}
}

static uint32_t choose_region(struct kzi_tree *tree, uint32_t title_heading)
{
	uint32_t region = 0, named = find_named(tree);

	for (;;) {
		uint32_t child = heaviest_child(tree, region);
		uint64_t share, own;

		if (!child || is_text_element(kzi_tree_node(tree, child)))
			return region;
		share = share_needed(tree, child, title_heading, named);
		own = weight(kzi_tree_node(tree, child));
		if (own * 100 <
			(own + weight_beside(tree, region, child)) * share)
			return region;
		drop_siblings(tree, region, child, title_heading);
		region = child;
	}
}

/* ---- The end of the region ---------------------------------------------- */

/* The last child that shows something, and whether one like it comes before;
 * 0: there is none. */
static uint32_t last_child(
	const struct kzi_tree *tree, uint32_t region, int *has_likes)
{
	uint32_t end = kzi_tree_node(tree, region)->end, last = 0, i;

	*has_likes = 0;
	for (i = region + 1; i < end; i = kzi_tree_node(tree, i)->end)
		if (!kzi_tree_node(tree, i)->gone &&
			kzi_tree_node(tree, i)->words)
			last = i;
	for (i = region + 1; i < last; i = kzi_tree_node(tree, i)->end)
		*has_likes |= !kzi_tree_node(tree, i)->gone &&
			kzi_tree_node(tree, i)->prose &&
			is_same_kind(kzi_tree_node(tree, i),
				kzi_tree_node(tree, last));
	return last;
}

/* One of a series of boxes is part of a text made of them. */
static void trim_end(
	struct kzi_tree *tree, uint32_t region, uint32_t title_heading)
{
	int has_likes;
	uint32_t last = last_child(tree, region, &has_likes);

	if (last && !has_likes &&
		!kzi_tree_within(tree, last, title_heading) &&
		is_next(tree, last, region))
		kzi_tree_set_gone(tree, kzi_tree_node(tree, last),
			KZI_GONE_OUTSIDE);
}

/* ---- Strictness --------------------------------------------------------- */

/* What is marked `most` or before stays so. */
static void forget_behind(struct kzi_tree *tree, int most)
{
	uint32_t count = kzi_tree_count(tree), i;

	for (i = 0; i < count; i++)
		if (kzi_tree_node(tree, i)->gone > most)
			kzi_tree_set_gone(tree, kzi_tree_node(tree, i), 0);
}

/* What is done to find the text. Each step may go wrong on a page. */
struct means {
	enum kzi_name_trust names;
	int by_links;
	int by_region;
};

/* From the strictest to the mildest. */
enum {
	NAMES_ONLY = 2,
	WITHOUT_NAMES = 3,
	APART_ONLY = 4,
	STRICTNESSES
};

static const struct means strictness[STRICTNESSES] = {
	{ KZI_TRUST_ALL, 1, 1 },
	{ KZI_TRUST_ALL, 0, 1 },
	[NAMES_ONLY] = { KZI_TRUST_ALL, 0, 0 },
	[WITHOUT_NAMES] = { KZI_TRUST_APART, 1, 1 },
	[APART_ONLY] = { KZI_TRUST_APART, 0, 0 },
};

/* `headline` is the title, or what stands in its place. */
static int mark(struct kzi_tree *tree, int step, uint32_t title_heading,
	uint32_t headline)
{
	const struct means *means = &strictness[step];

	forget_behind(tree, KZI_GONE_HIDDEN);
	if (!kzi_furniture_measure(tree))
		return 0;
	kzi_furniture_by_name(tree, title_heading, means->names);
	if (!kzi_furniture_measure(tree))
		return 0;
	kzi_furniture_by_labels(tree, title_heading);
	if (!kzi_furniture_measure(tree))
		return 0;
	if (means->by_links &&
		(!kzi_furniture_by_links(tree, title_heading) ||
			!kzi_furniture_measure(tree)))
		return 0;
	if (means->by_region)
		trim_end(tree, choose_region(tree, headline), headline);
	return kzi_furniture_measure(tree);
}

/* 1 if the page says that it is one story, and no list of them:
 *
 *     <meta property="og:type" content="article"> */
static int is_story(const struct kzi_tree *tree)
{
	uint32_t count = kzi_tree_count(tree), i;

	for (i = 1; i < count; i++) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (node->tag == KZI_TAG_BODY)
			break;
		if (node->tag == KZI_TAG_META &&
			(equals(kzi_node_attribute(node, KZI_AT_PROPERTY),
				 "og:type") ||
				equals(kzi_node_attribute(node, KZI_AT_NAME),
					"og:type")))
			return equals(kzi_node_attribute(node, KZI_AT_CONTENT),
				"article");
	}
	return 0;
}

/* What is left is enough of what was there. */
static int is_enough(const struct kzi_tree *tree, uint32_t all_words,
	uint32_t all_unlinked)
{
	const struct kzi_node *page = kzi_tree_node(tree, 0);
	uint64_t left = page->words - page->linked;

	if (!left)
		return 0;
	if (page->prose >= ENOUGH_WORDS ||
		(page->prose >= ENOUGH_STORY && is_story(tree)))
		return 1;
	if (left < FEW_WORDS &&
		left * 100 < (uint64_t)all_words * FEW_PERCENT)
		return 0;
	return left * 100 >= (uint64_t)all_unlinked * ENOUGH_PERCENT;
}

static uint32_t unlinked(const struct kzi_tree *tree)
{
	const struct kzi_node *page = kzi_tree_node(tree, 0);

	return page->words - page->linked;
}

/* 1 if the names of elements are to be believed on this page: of what would be
 * left without comments, they leave some. */
static int names_are_sound(uint32_t all_prose, uint32_t named_prose)
{
	return named_prose >= FEW_PROSE || named_prose * 3 >= all_prose;
}

int kzi_content_find(
	struct kzi_tree *tree, uint32_t title_heading, uint32_t only_h1)
{
	const struct kzi_node *page = kzi_tree_node(tree, 0);
	uint32_t headline = title_heading ? title_heading : only_h1;
	uint32_t words, all, prose;
	int step = 0;

	if (!mark(tree, APART_ONLY, title_heading, headline))
		return 0;
	prose = page->prose;
	if (!mark(tree, NAMES_ONLY, title_heading, headline))
		return 0;
	if (!names_are_sound(prose, page->prose)) {
		step = WITHOUT_NAMES;
		if (!mark(tree, APART_ONLY, title_heading, headline))
			return 0;
	}
	words = page->words;
	all = unlinked(tree);
	for (; step < STRICTNESSES; step++) {
		if (!mark(tree, step, title_heading, headline))
			return 0;
		if (is_enough(tree, words, all))
			return 1;
	}
	/* Furniture or even hidden, if there is nothing else. */
	forget_behind(tree, KZI_GONE_HIDDEN);
	if (!kzi_furniture_measure(tree))
		return 0;
	if (page->words)
		return 1;
	forget_behind(tree, KZI_GONE_NEVER_SHOWN);
	return kzi_furniture_measure(tree);
}
