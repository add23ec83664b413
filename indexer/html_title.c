/* html_title.c -- see html_title.h. */
#include "indexer/html_title.h"

#include <string.h>
#include <strings.h>

#include "indexer/furniture.h"

enum {
	PARTS = 8,        /* Of a title; what is behind stays together. */
	LINE_WORDS = 30,  /* Most words of a line that may be the title ... */
	LINE_NODES = 100, /* ... and most nodes: each is looked through. */
	LINE_BYTES = 400,
	H1_WORDS = 3      /* Least words of a heading that is no name. */
};

/* What stands between a story and its site. */
static const char *const separators[] = { " - ", " | ", " – ", " — ", " :: ",
	" » ", "»", " · ", " • ", " « ", " ~ ", " / ", "|", NULL };

/* "Site: story"; but stories have colons too. */
static const char *const colons[] = { ": ", NULL };

struct parts {
	const char *start[PARTS];
	const char *end[PARTS];
	int count;
};

static size_t separator_at(const char *at, const char *const *signs)
{
	int i;

	for (i = 0; signs[i]; i++) {
		size_t length = strlen(signs[i]);

		if (!strncmp(at, signs[i], length))
			return length;
	}
	return 0;
}

static void split_title(
	struct parts *parts, const char *title, const char *const *signs)
{
	const char *at = title;

	memset(parts, 0, sizeof(*parts));
	parts->start[0] = title;
	while (*at) {
		size_t length = parts->count + 1 < PARTS ? separator_at(at, signs)
							 : 0;

		if (!length) {
			at++;
			continue;
		}
		parts->end[parts->count++] = at;
		at += length;
		parts->start[parts->count] = at;
	}
	parts->end[parts->count++] = at;
}

/* ---- Comparing lines ---------------------------------------------------- */

static int is_significant(unsigned char c)
{
	return c >= 0x80 || (c >= '0' && c <= '9') ||
		((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static const char *skip_signs(const char *at, const char *end)
{
	while (at < end) {
		if (end - at >= 2 && !memcmp(at, "\xC2\xA0", 2))
			at += 2;
		else if (is_significant((unsigned char)*at))
			break;
		else
			at++;
	}
	return at;
}

/* 1 if two lines have the same letters, whatever the case and the signs. */
static int is_same_line(
	const char *a, const char *a_end, const char *b, const char *b_end)
{
	const char *start = a;

	for (;;) {
		a = skip_signs(a, a_end);
		b = skip_signs(b, b_end);
		if (a == a_end || b == b_end)
			return a == a_end && b == b_end && a > start;
		if (*a != *b && !(!(*a & 0x80) && (*a | 0x20) == (*b | 0x20)))
			return 0;
		a++;
		b++;
	}
}

/* How many parts of the title in a row the line is; 0: none. */
static int parts_matched(
	const struct parts *parts, const char *line, size_t length)
{
	int from, to, best = 0;

	for (from = 0; from < parts->count; from++)
		for (to = from; to < parts->count; to++)
			if (to - from + 1 > best &&
				is_same_line(parts->start[from],
					parts->end[to], line, line + length))
				best = to - from + 1;
	return best;
}

/* 1 if most words of the line, three at least, stand in the title: it may have
 * been cut short there, or edited in one place. */
static int is_like_title(const char *title, const char *line)
{
	uint32_t words = 0, common = 0;
	const char *at = line + strspn(line, " \t\r\n");

	while (*at) {
		size_t length = strcspn(at, " \t\r\n");
		char word[LINE_BYTES + 1];

		memcpy(word, at, length);
		word[length] = '\0';
		words++;
		common += strcasestr(title, word) != NULL;
		at += length;
		at += strspn(at, " \t\r\n");
	}
	return words >= 3 && common * 3 >= words * 2;
}

/* ---- Finding it --------------------------------------------------------- */

/* Text of the first title element, tidied of nothing yet; 0: there is none. */
static int page_title(const struct kzi_tree *tree, struct kzi_buf *out)
{
	uint32_t count = kzi_tree_count(tree), i;

	for (i = 1; i < count; i++)
		if (kzi_tree_node(tree, i)->tag == KZI_TAG_TITLE)
			break;
	if (i == count)
		return 0;
	for (i++; i < count && kzi_tree_node(tree, i)->tag == KZI_TAG_TEXT; i++)
		kzi_buf_append(out,
			tree->text.data + kzi_tree_node(tree, i)->text,
			kzi_tree_node(tree, i)->length);
	return out->length > 0 && !out->failed;
}

/* 1 if the node is in what calls itself furniture, such as the form by which a
 * story is sent to a friend: it repeats the title. */
static int is_in_furniture(const struct kzi_tree *tree, uint32_t at)
{
	for (; at; at = kzi_tree_node(tree, at)->parent) {
		const struct kzi_node *node = kzi_tree_node(tree, at);

		if (node->tag == KZI_TAG_BODY || node->tag == KZI_TAG_ARTICLE)
			return 0;
		if (node->hint == KZI_HINT_FURNITURE ||
			node->hint == KZI_HINT_SHARE ||
			node->hint == KZI_HINT_APART)
			return 1;
	}
	return 0;
}

/* How good a line is as the title: the words, a heading before others, one
 * that leads elsewhere, as the name of the site does, behind others. */
static uint32_t line_rank(const struct kzi_tree *tree, uint32_t at, int matched)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);
	uint32_t rank = node->words * 4 + (uint32_t)matched;

	if (kzi_tag_heading(node->tag))
		rank *= 4;
	if (is_in_furniture(tree, at))
		rank /= 4;
	if (node->linked * 2 > node->words)
		rank /= 16;
	return rank + 1;
}

static int may_be_line(const struct kzi_tree *tree, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);

	if (!node->words || node->words > LINE_WORDS ||
		node->end - at > LINE_NODES)
		return 0;
	return kzi_tag_heading(node->tag) || node->tag == KZI_TAG_P ||
		node->tag == KZI_TAG_DIV || node->tag == KZI_TAG_TD ||
		node->tag == KZI_TAG_CENTER || node->tag == KZI_TAG_B ||
		node->tag == KZI_TAG_STRONG || node->tag == KZI_TAG_FONT;
}

/* 1 if the node is a heading, or within its line all is large or bold. */
static int is_prominent(const struct kzi_tree *tree, uint32_t at)
{
	const struct kzi_node *node = kzi_tree_node(tree, at);
	uint32_t i;

	if (kzi_tag_heading(node->tag))
		return 1;
	for (i = at; i < node->end; i++) {
		const struct kzi_node *inner = kzi_tree_node(tree, i);

		if ((inner->tag == KZI_TAG_B || inner->tag == KZI_TAG_STRONG ||
			    inner->tag == KZI_TAG_FONT) &&
			inner->words == node->words)
			return 1;
	}
	return 0;
}

static uint32_t find_line(
	const struct kzi_tree *tree, const struct parts *parts)
{
	uint32_t count = kzi_tree_count(tree), best = 0, best_rank = 0, i = 1;
	struct kzi_buf line = { 0 };

	while (i < count) {
		const struct kzi_node *node = kzi_tree_node(tree, i);
		int matched;

		if (node->gone || !may_be_line(tree, i) ||
			!is_prominent(tree, i)) {
			i = node->gone ? node->end : i + 1;
			continue;
		}
		kzi_buf_clear(&line);
		kzi_tree_text(tree, i, &line);
		matched = line.length && line.length < LINE_BYTES
			? parts_matched(parts, line.data, line.length)
			: 0;
		if (matched && line_rank(tree, i, matched) > best_rank) {
			best_rank = line_rank(tree, i, matched);
			best = i;
		}
		i++;
	}
	kzi_buf_release(&line);
	return best;
}

static uint32_t find_like(const struct kzi_tree *tree, const char *title)
{
	uint32_t count = kzi_tree_count(tree), i;
	struct kzi_buf line = { 0 };
	int is_like = 0;

	for (i = 1; i < count && !is_like; i++) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (node->gone || node->tag < KZI_TAG_H1 ||
			node->tag > KZI_TAG_H2 || !may_be_line(tree, i) ||
			node->linked)
			continue;
		kzi_buf_clear(&line);
		kzi_tree_text(tree, i, &line);
		is_like = line.length && line.length < LINE_BYTES &&
			is_like_title(title, line.data);
	}
	kzi_buf_release(&line);
	return is_like ? i - 1 : 0;
}

/* 1 if the line is the shorter half of the title, in furniture: there the name
 * of the site is told, when a newsletter is offered and the like. */
static int is_site_name(
	const struct kzi_tree *tree, uint32_t line, const struct kzi_buf *title)
{
	return is_in_furniture(tree, line) &&
		kzi_tree_node(tree, line)->words * 2 <
		kzi_count_words(title->data, title->length);
}

uint32_t kzi_title_heading(const struct kzi_tree *tree)
{
	struct kzi_buf title = { 0 };
	struct parts parts;
	uint32_t found = 0;

	if (page_title(tree, &title)) {
		split_title(&parts, title.data, separators);
		found = find_line(tree, &parts);
		if (!found) {
			split_title(&parts, title.data, colons);
			found = find_line(tree, &parts);
		}
		if (found && is_site_name(tree, found, &title))
			found = 0;
		/* The name of the site, which leads to its first page, is in
		 * the title too. */
		if (!found || kzi_tree_node(tree, found)->linked) {
			uint32_t like = find_like(tree, title.data);

			found = like ? like : found;
		}
	}
	kzi_buf_release(&title);
	return found;
}

uint32_t kzi_only_h1(const struct kzi_tree *tree)
{
	uint32_t count = kzi_tree_count(tree), found = 0, i;

	for (i = 1; i < count; i++) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (node->tag != KZI_TAG_H1 || !node->words)
			continue;
		if (found)
			return 0;
		found = i;
	}
	return found && kzi_tree_node(tree, found)->words >= H1_WORDS &&
			!kzi_tree_node(tree, found)->linked &&
			!kzi_tree_node(tree, found)->link &&
			!is_in_furniture(tree, found)
		? found
		: 0;
}

/* The longest part, the earlier of two alike: sites have short names. */
static const char *longest_part(
	struct kzi_document *document, const struct parts *parts)
{
	int best = 0, i;

	for (i = 1; i < parts->count; i++)
		if (parts->end[i] - parts->start[i] >
			parts->end[best] - parts->start[best])
			best = i;
	return kzi_document_text(document, parts->start[best],
		(size_t)(parts->end[best] - parts->start[best]));
}

static const char *first_heading(const struct kzi_document *document)
{
	size_t count = kzi_document_block_count(document), i;

	for (i = 0; i < count; i++)
		if (kzi_document_block_at(document, i)->type == KZI_HEADING)
			return kzi_document_block_at(document, i)->text;
	return NULL;
}

void kzi_title_find(const struct kzi_tree *tree, uint32_t title_heading,
	struct kzi_document *document)
{
	struct kzi_buf title = { 0 };
	struct parts parts;

	if (title_heading) {
		kzi_tree_text(tree, title_heading, &title);
		document->title = kzi_document_text(
			document, title.data ? title.data : "", title.length);
	} else if (page_title(tree, &title)) {
		split_title(&parts, title.data, separators);
		document->title = longest_part(document, &parts);
	}
	if (!document->title)
		document->title = first_heading(document);
	kzi_buf_release(&title);
}
