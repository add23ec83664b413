/* build.h -- documents into the store. Where text and store meet: passages are
 * analysed here, and their terms weighed. */
#ifndef KZI_BUILD_H
#define KZI_BUILD_H

#include "indexer/document.h"
#include "store/store.h"
#include "text/text.h"

struct kzi_builder;

struct kzi_builder *kzi_builder_new(void);
void kzi_builder_free(struct kzi_builder *builder);

/* For the fingerprint: the analyser that the terms come from. */
struct kzi_analyzer *kzi_builder_analyzer(struct kzi_builder *builder);

/* Cut a document, whose blocks know their languages, into passages and add
 * them to the writer under the file `source`. *passages tells how many; a
 * document without any is not added. */
kz_status kzi_builder_add(struct kzi_builder *builder,
	struct kzi_writer *writer, const char *source,
	struct kzi_document *document, size_t *passages, kz_error *err);

#endif
