/* vocabulary.h -- the words of the index as they are written, for
 * suggestions: what becomes of them when passages come and go. */
#ifndef KZI_INDEXER_VOCABULARY_H
#define KZI_INDEXER_VOCABULARY_H

#include "store/store.h"

/* Count the words of the passages that came and went since the vocabulary was
 * last brought up to date, whichever run that was. Call it before the last
 * commit of a run. */
kz_status kzi_vocabulary_update(struct kzi_writer *writer, kz_error *err);

#endif
