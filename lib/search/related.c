/* related.c -- a passage as a query: its most telling words. */
#include "search/search.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"

enum {
	WORDS = 16,           /* More add noise and time, not relevance. */
	PASSAGES_MOST = 65536 /* Of a document, looked at for the ordinal. */
};

/* A word of the passage, with what it tells: its count times its idf. */
struct telling {
	struct kzi_word *word;
	uint32_t count;
	double worth;
};

/* "stories/pecs.html#p4" => document length, ordinal 4; 0 if it is no id, or
 * one that we would not write so, such as "#p04". */
static uint32_t split_id(const char *id, size_t *length)
{
	const char *mark = strrchr(id, '#');
	char written[16];
	uint32_t ordinal;

	if (!mark || mark[1] != 'p')
		return 0;
	*length = (size_t)(mark - id);
	ordinal = (uint32_t)strtoul(mark + 2, NULL, 10);
	snprintf(written, sizeof(written), "#p%u", ordinal);
	return strcmp(written, mark) == 0 ? ordinal : 0;
}

static kz_status find_ordinal(kz_index *index, const uint32_t *passages,
	size_t count, uint32_t ordinal, uint32_t *passage, kz_error *err)
{
	struct kzi_passage_record record;
	struct kzi_row row;
	kz_status status = KZ_OK;
	size_t i;

	for (i = 0; i < count && status == KZ_OK; i++) {
		status = kzi_store_row(index->store, passages[i], &row, err);
		if (status == KZ_OK)
			status = kzi_look_at_passage(
				index, &row, &record, err);
		if (status == KZ_OK && record.ordinal == ordinal) {
			*passage = passages[i];
			return KZ_OK;
		}
	}
	return status;
}

static kz_status find_passage(
	kz_index *index, const char *id, uint32_t *passage, kz_error *err)
{
	uint32_t *passages = kzi_malloc(PASSAGES_MOST * sizeof(*passages));
	char term[KZI_FILTER_MOST];
	size_t length = 0, count = 0;
	uint32_t ordinal = split_id(id, &length);
	kz_status status = KZ_OK;

	*passage = 0;
	if (!passages)
		return kzi_fail_memory(err);
	if (ordinal) {
		length = kzi_filter_term(
			term, KZI_FILTER_DOCUMENT, id, length);
		status = kzi_store_postings(index->store, term, length, 0,
			passages, PASSAGES_MOST, &count, err);
	}
	if (status == KZ_OK)
		status = find_ordinal(
			index, passages, count, ordinal, passage, err);
	kzi_free(passages);
	if (status == KZ_OK && !*passage)
		return kzi_fail(err, KZ_ERR_NOT_FOUND,
			"%s: no passage of that id; ids are those of hits", id);
	return status;
}

static void count_word(
	struct telling *words, size_t *count, struct kzi_word *word)
{
	size_t i;

	for (i = 0; i < *count; i++)
		if (words[i].word == word)
			break;
	words[i].word = word;
	words[i].count++;
	if (i == *count)
		(*count)++;
}

static int compare(const void *a, const void *b)
{
	double x = ((const struct telling *)a)->worth;
	double y = ((const struct telling *)b)->worth;

	return (x < y) - (x > y);
}

static kz_status weigh(kz_index *index, struct telling *words, size_t count,
	kz_error *err)
{
	double passages = (double)index->info.passages;
	kz_status status = KZ_OK;
	size_t i;

	for (i = 0; i < count && status == KZ_OK; i++) {
		const struct kzi_term *stem;
		uint32_t frequency;

		if (!kzi_word_terms(index->analyzer, words[i].word))
			return kzi_fail_memory(err);
		stem = &words[i].word->terms[0];
		status = kzi_store_frequency(index->store, stem->bytes,
			stem->length, &frequency, err);
		words[i].worth = words[i].count *
			log(1 + passages / (frequency + 1.0));
	}
	if (status == KZ_OK)
		qsort(words, count, sizeof(*words), compare);
	return status;
}

static kz_status put_words(kz_index *index, struct kzi_tokens *tokens,
	struct kzi_buf *query, kz_error *err)
{
	struct telling *words =
		kzi_calloc(tokens->count + 1, sizeof(*words));
	size_t count = 0, i;
	kz_status status;

	if (!words)
		return kzi_fail_memory(err);
	for (i = 0; i < tokens->count; i++)
		if (!tokens->items[i].word->is_stop)
			count_word(words, &count, tokens->items[i].word);
	status = weigh(index, words, count, err);
	for (i = 0; i < count && i < WORDS; i++) {
		kzi_buf_append(
			query, words[i].word->text, words[i].word->length);
		kzi_buf_byte(query, ' ');
	}
	kzi_free(words);
	return status == KZ_OK && query->failed ? kzi_fail_memory(err) : status;
}

kz_status kzi_related_query(kz_index *index, const char *id,
	struct kzi_buf *query, uint32_t *passage, kz_error *err)
{
	struct kzi_passage_record record;
	struct kzi_row row;
	kz_status status = find_passage(index, id, passage, err);

	if (status == KZ_OK)
		status = kzi_store_row(index->store, *passage, &row, err);
	if (status == KZ_OK)
		status = kzi_look_at_passage(index, &row, &record, err);
	if (status != KZ_OK)
		return status;
	if (row.language >= KZI_LANGUAGES)
		return kzi_fail(err, KZ_ERR_CORRUPT,
			"%s: a passage is in no language; index again with"
			" --rebuild",
			index->path);
	if (!kzi_analyze(index->analyzer, row.language, record.text.bytes,
		    record.text.length, &index->tokens))
		return kzi_fail_memory(err);
	return put_words(index, &index->tokens, query, err);
}
