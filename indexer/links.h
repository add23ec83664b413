/* links.h -- where the links of a page lead, as names of documents. */
#ifndef KZI_LINKS_H
#define KZI_LINKS_H

#include "indexer/document.h"

/* Replace the target of each link by the name of the document it leads to:
 * "../materials/a%20b.pdf#p2" in "guides/x.html" is "materials/a b.pdf". Links
 * out of the corpus keep their address, and a link without a target is known by
 * its text alone; what is met twice goes. */
void kzi_links_resolve(struct kzi_document *document);

#endif
