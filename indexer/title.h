/* title.h -- the title of a document that is no page: what the file says of
 * itself, if that is so, or its first great heading. */
#ifndef KZI_TITLE_H
#define KZI_TITLE_H

#include "indexer/document.h"

/* Set document->title, once the blocks are there. `declared` (or NULL) is taken
 * if half of its words are in the first blocks, as those that a program made up
 * or a forgotten template left behind are not:
 *
 *     "Microsoft Word - ajanlat_vegl2.doc"  =>  the first heading
 *
 * The first heading is the one of the highest level near the start. */
void kzi_title_choose(struct kzi_document *document, const char *declared);

#endif
