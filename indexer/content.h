/* content.h -- which region of a page holds its text. */
#ifndef KZI_CONTENT_H
#define KZI_CONTENT_H

#include "indexer/html_tree.h"

/* Mark as gone all that is not the text of the page. `title_heading` and
 * `only_h1`, or 0: see html_title.h. A page that would be left with next to
 * nothing is taken less strictly, in the end as it is. Returns 0 when memory is
 * short. */
int kzi_content_find(
	struct kzi_tree *tree, uint32_t title_heading, uint32_t only_h1);

#endif
