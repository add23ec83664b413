/* html_table.c -- see html_table.h.
 *
 * Data has several rows of several short cells, or says so by th, thead or
 * caption. A table with a table, a heading or a column of text in it lays out
 * the page. */
#include "indexer/html_table.h"

#include <string.h>
#include <strings.h>

enum {
	CELL_WORDS = 40,   /* Most words of a cell of data ... */
	HEADED_WORDS = 120 /* ... in a table that has heads. */
};

struct shape {
	uint32_t rows;
	uint32_t cells;
	uint32_t heads;      /* th. */
	uint32_t widest;     /* Cells of the longest row. */
	uint32_t row_cells;  /* Of the row at hand. */
	uint32_t cell_words; /* Of the cell at hand. */
	uint32_t most_words; /* Of any cell. */
	int says_data;       /* thead or caption. */
	int is_layout;       /* Holds what data does not. */
};

static void see_node(struct shape *shape, const struct kzi_node *node)
{
	switch (node->tag) {
	case KZI_TAG_TR:
		shape->rows++;
		shape->row_cells = 0;
		break;
	case KZI_TAG_TH:
		shape->heads++; /* fall through */
	case KZI_TAG_TD:
		shape->cells++;
		shape->cell_words = 0;
		if (++shape->row_cells > shape->widest)
			shape->widest = shape->row_cells;
		break;
	case KZI_TAG_THEAD:
	case KZI_TAG_CAPTION:
		shape->says_data = 1;
		break;
	case KZI_TAG_TABLE:
	case KZI_TAG_FORM:
	case KZI_TAG_H1:
	case KZI_TAG_H2:
	case KZI_TAG_H3:
		shape->is_layout = 1;
		break;
	case KZI_TAG_TEXT:
		shape->cell_words += node->count;
		if (shape->cell_words > shape->most_words)
			shape->most_words = shape->cell_words;
		break;
	default:
		break;
	}
}

static int is_data(const struct kzi_tree *tree, uint32_t table)
{
	const struct kzi_node *node = kzi_tree_node(tree, table);
	const char *role = kzi_node_attribute(node, KZI_AT_ROLE);
	struct shape shape = { 0 };
	uint32_t i;

	if (role && (!strcasecmp(role, "presentation") ||
			!strcasecmp(role, "none")))
		return 0;
	for (i = table + 1; i < node->end && !shape.is_layout; i++)
		see_node(&shape, kzi_tree_node(tree, i));
	if (shape.is_layout || shape.widest < 2)
		return 0;
	if (shape.says_data || shape.heads)
		return shape.most_words <= HEADED_WORDS;
	/* Rows of uneven length, as a page has: one cell for its head, three
	 * for its columns. */
	return shape.rows >= 2 && shape.most_words <= CELL_WORDS &&
		shape.cells * 4 > shape.rows * shape.widest * 3;
}

static void mark_table(struct kzi_tree *tree, uint32_t table)
{
	uint32_t end = kzi_tree_node(tree, table)->end, row_end = 0, row = 0, i;

	for (i = table; i < end; i++) {
		struct kzi_node *node = kzi_tree_node(tree, i);

		if (node->tag == KZI_TAG_TR) {
			row = i;
			row_end = node->end;
		}
		if (node->tag == KZI_TAG_TABLE || node->tag == KZI_TAG_TR ||
			node->tag == KZI_TAG_TD || node->tag == KZI_TAG_TH)
			node->is_data = 1;
		if (i < row_end)
			node->block = row;
	}
}

void kzi_html_tables(struct kzi_tree *tree)
{
	uint32_t count = kzi_tree_count(tree), i = 1;

	/* A table in a table is looked at itself; so a thousand of them inside
	 * each other are, but each look ends at the first inside. */
	while (i < count) {
		const struct kzi_node *node = kzi_tree_node(tree, i);

		if (node->tag == KZI_TAG_TABLE && is_data(tree, i)) {
			mark_table(tree, i);
			i = kzi_tree_node(tree, i)->end;
		} else {
			i++;
		}
	}
}
