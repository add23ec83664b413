/* detect.h -- which language each block of a document is in.
 *
 * What the mark-up says is believed unless the text plainly contradicts it
 * (templates lie), and the `lang` of a JSON line in any case, since somebody
 * put it there for that line; what says nothing is identified, with the
 * document around it as context. */
#ifndef KZI_DETECT_H
#define KZI_DETECT_H

#include "indexer/document.h"
#include "text/text.h"

struct kzi_detector {
	/* For a document that neither says nor tells, or -1: then the first
	 * language of the text's nearest guess. */
	int fallback;
	struct kzi_guesser *guesser; /* Borrowed, or NULL. */
};

/* Set the language of every block. */
void kzi_detect(
	const struct kzi_detector *detector, struct kzi_document *document);

#endif
