/* build.h -- documents to what the store files: passages with their terms,
 * weighed. Where text and store meet. */
#ifndef KZI_BUILD_H
#define KZI_BUILD_H

#include "indexer/document.h"
#include "indexer/wire.h"
#include "text/text.h"

enum { KZI_TITLE_WORDS_MOST = 64 }; /* Of a title that is a whole page. */

struct kzi_builder;

struct kzi_builder *kzi_builder_new(void);
void kzi_builder_free(struct kzi_builder *builder);

/* For the fingerprint: the analyser that the terms come from. */
struct kzi_analyzer *kzi_builder_analyzer(struct kzi_builder *builder);

/* Who is given a document and then its passages, and now and then the words of
 * all that were given since the last time, all borrowed for the call. What is
 * not KZ_OK ends it. */
struct kzi_sink {
	kz_status (*document)(void *context,
		const struct kzi_document_record *record, enum kzi_kind kind);
	kz_status (*passage)(
		void *context, const struct kzi_made_passage *passage);
	kz_status (*words)( /* NULL: they are not wanted. */
		void *context, const struct kzi_word_counts *counts);
	void *context;
};

/* Cut a document, whose blocks know their languages, into passages and give it
 * to the sink; with their terms if `has_terms`. A document without any passage
 * is not given. */
kz_status kzi_builder_add(struct kzi_builder *builder,
	struct kzi_document *document, int has_terms,
	const struct kzi_sink *sink);

/* Give the words that were not given yet. */
kz_status kzi_builder_finish(
	struct kzi_builder *builder, const struct kzi_sink *sink);

#endif
