/* candidate.c -- what a passage says: looked at for a moment, or, of a
 * candidate, read once for all who ask: ranking, comparing copies,
 * highlights. */
#include "search/search.h"

#include <string.h>

#include "base/error.h"

kz_status kzi_look_at_passage(kz_index *index, const struct kzi_row *row,
	struct kzi_passage_record *record, kz_error *err)
{
	kzi_arena_reset(&index->scratch);
	return kzi_store_passage(
		index->store, row, &index->scratch, record, err);
}

kz_status kzi_look_at_document(kz_index *index, const struct kzi_row *row,
	struct kzi_document_record *record, kz_error *err)
{
	kzi_arena_reset(&index->scratch);
	return kzi_store_document(
		index->store, row, &index->scratch, record, err);
}

kz_status kzi_candidate_read(
	struct kzi_ask *ask, struct kzi_candidate *candidate)
{
	struct kzi_passage_record *record;
	kz_status status;

	if (candidate->record)
		return KZ_OK;
	record = kzi_arena_get(&ask->arena, sizeof(*record));
	if (!record)
		return kzi_fail_memory(ask->err);
	status = kzi_store_passage(ask->index->store, &candidate->row,
		&ask->arena, record, ask->err);
	if (status == KZ_OK)
		candidate->record = record;
	return status;
}

/* A copy, which stays while others are cut, of the tokens that have a word: no
 * others can answer the query, and of a text they are a few. */
static const struct kzi_tokens *keep(
	struct kzi_ask *ask, const struct kzi_tokens *tokens)
{
	struct kzi_tokens *kept = kzi_arena_get(&ask->arena, sizeof(*kept));
	size_t count = 0, i;

	for (i = 0; i < tokens->count; i++)
		count += tokens->items[i].word != NULL;
	if (!kept)
		return NULL;
	*kept = *tokens;
	kept->items =
		kzi_arena_get(&ask->arena, count * sizeof(*kept->items));
	if (!kept->items)
		return NULL;
	for (i = kept->count = 0; kept->count < count; i++)
		if (tokens->items[i].word)
			kept->items[kept->count++] = tokens->items[i];
	return kept;
}

kz_status kzi_candidate_mark(struct kzi_ask *ask,
	struct kzi_candidate *candidate, const struct kzi_tokens **all)
{
	static const struct kzi_tokens none;
	const struct kzi_version *version =
		kzi_version_of(ask, candidate->row.language);
	struct kzi_tokens *tokens = &ask->index->tokens;
	kz_status status = kzi_candidate_read(ask, candidate);

	*all = candidate->tokens = &none;
	if (status != KZ_OK || !version)
		return status;
	if (!kzi_mark_text(ask, version, candidate->record->text.bytes,
		    candidate->record->text.length, tokens))
		return kzi_fail_memory(ask->err);
	*all = tokens;
	candidate->tokens = keep(ask, tokens);
	return candidate->tokens ? KZ_OK : kzi_fail_memory(ask->err);
}
