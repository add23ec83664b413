/* html_title.h -- the title of the story on a page, without the site's name.
 *
 *     <title>Village news - The old mill | Learning towns</title> ...
 *     <h2>The old mill</h2>                     =>  "The old mill" */
#ifndef KZI_HTML_TITLE_H
#define KZI_HTML_TITLE_H

#include "indexer/document.h"
#include "indexer/html_tree.h"

/* The heading, or bold line, that stands in the title of the page; 0: none. */
uint32_t kzi_title_heading(const struct kzi_tree *tree);

/* The only h1 with words, of three words or more and no link, or 0: what the
 * text is below, where the page is called otherwise. */
uint32_t kzi_only_h1(const struct kzi_tree *tree);

/* Set document->title, once the furniture is gone and the blocks are there. */
void kzi_title_find(const struct kzi_tree *tree, uint32_t title_heading,
	struct kzi_document *document);

#endif
