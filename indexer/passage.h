/* passage.h -- blocks to passages.
 *
 * A passage is what a reader would take in at a glance: some neighbouring
 * paragraphs under the same heading, in one language, of about a hundred words.
 * A list stays with the sentence that leads to it. A block that is too long
 * alone is cut at the ends of sentences (a list between items).
 *
 * The extracted text of a document is its blocks, a line each ("• " before an
 * item); a passage is a stretch of it. */
#ifndef KZI_PASSAGE_H
#define KZI_PASSAGE_H

#include "indexer/document.h"

struct kzi_passage {
	struct kzi_passage_record record; /* Strings in the document's arena. */
	int language;
	uint32_t words;
};

/* Cut the document; its blocks know their languages. The passages go to
 * `passages` (of struct kzi_passage), the extracted text to `text`, both
 * cleared first and alive as long as the buffers. Returns 0 when memory is
 * short. */
int kzi_passages_make(struct kzi_document *document, struct kzi_buf *passages,
	struct kzi_buf *text);

#endif
