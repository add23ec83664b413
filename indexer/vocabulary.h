/* vocabulary.h -- the words of the index as they are written, for
 * suggestions: what becomes of them when passages come and go. */
#ifndef KZI_INDEXER_VOCABULARY_H
#define KZI_INDEXER_VOCABULARY_H

#include "indexer/tally.h"
#include "store/store.h"

struct kzi_counting;

/* To be opened before passages are added. */
kz_status kzi_counting_open(struct kzi_counting **out,
	const struct kzi_writer *writer, kz_error *err);

/* Count words of passages that were added since; they may be given before the
 * passages are, or not at all. */
kz_status kzi_counting_add(struct kzi_counting *counting,
	const struct kzi_word_counts *counts, kz_error *err);

/* Count the words of all passages that came and went since the vocabulary was
 * last brought up to date, whichever run that was. Call it before the last
 * commit of a run. */
kz_status kzi_counting_finish(struct kzi_counting *counting,
	struct kzi_writer *writer, kz_error *err);
void kzi_counting_close(struct kzi_counting *counting);

#endif
