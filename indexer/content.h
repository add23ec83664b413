/* content.h -- which region of a page holds its text.
 *
 * When kzi_content_find returns, all that is not the text of the page is
 * marked gone, and the tree measured. A page that would be left with next to
 * nothing is taken less strictly, in the end as it is. */
#ifndef KZI_CONTENT_H
#define KZI_CONTENT_H

#include "indexer/html_tree.h"

void kzi_content_find(struct kzi_tree *tree);

#endif
