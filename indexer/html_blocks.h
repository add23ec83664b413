/* html_blocks.h -- the tree of a page, its furniture marked, to the blocks and
 * links of a document. */
#ifndef KZI_HTML_BLOCKS_H
#define KZI_HTML_BLOCKS_H

#include "indexer/document.h"
#include "indexer/html_tree.h"

void kzi_html_blocks(const struct kzi_tree *tree,
	struct kzi_document *document);

/* The links to supporting materials, wherever they stand, and what the page
 * declares of itself: its language, kind and place. */
void kzi_html_links(const struct kzi_tree *tree, struct kzi_document *document);
void kzi_html_meta(const struct kzi_tree *tree, struct kzi_document *document);

#endif
