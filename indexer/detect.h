/* detect.h -- which language each block of a document is in.
 *
 * What the mark-up says is believed unless the text plainly contradicts it
 * (templates lie); what says nothing is identified, with the document around
 * it as context. */
#ifndef KZI_DETECT_H
#define KZI_DETECT_H

#include "indexer/document.h"

/* Set the language of every block. `fallback` is for a document that neither
 * says nor tells, or -1: then the first language of the text's nearest guess. */
void kzi_detect(struct kzi_document *document, int fallback);

#endif
