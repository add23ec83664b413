/* classify.h -- what a document is (guide, story, material) and where it comes
 * from, when it does not say so itself: by the folders it lies in. */
#ifndef KZI_CLASSIFY_H
#define KZI_CLASSIFY_H

#include "indexer/document.h"

/* "stories/hungary/pecs.html" is a story of hungary; "guides/x.html" a guide;
 * "materials/x.pdf" a material. */
void kzi_classify(struct kzi_document *document);

#endif
