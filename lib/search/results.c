/* results.c -- candidates to hits. Everything is copied, so that results stay
 * readable whatever becomes of the index. */
#include "search/results.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "search/across.h"

enum {
	GUIDES_MOST = 16,    /* Guides told for a material. */
	MENTIONS_MOST = 256, /* Passages looked at for them. */
	ID_TAIL = 16         /* "#p" and a number. */
};

/* ---- Copies ------------------------------------------------------------ */

static const char *copy(
	kz_results *results, struct kzi_string string, kz_status *status)
{
	const char *text = kzi_arena_copy(
		&results->arena, string.bytes, string.length);

	if (!text)
		*status = KZ_ERR_MEMORY;
	return text;
}

/* NULL for an empty one. */
static const char *copy_or_null(
	kz_results *results, struct kzi_string string, kz_status *status)
{
	return string.length ? copy(results, string, status) : NULL;
}

static const char *const *copy_all(kz_results *results,
	const struct kzi_string *strings, size_t count, kz_status *status)
{
	const char **all =
		kzi_arena_zero(&results->arena, count + 1, sizeof(*all));
	size_t i;

	if (!all) {
		*status = KZ_ERR_MEMORY;
		return NULL;
	}
	for (i = 0; i < count; i++)
		all[i] = copy(results, strings[i], status);
	return all;
}

static void set_id(kz_results *results, kz_hit *hit, uint32_t ordinal,
	kz_status *status)
{
	size_t room = strlen(hit->document) + ID_TAIL;
	char *id = kzi_arena_get(&results->arena, room);

	if (id)
		snprintf(id, room, "%s#p%u", hit->document, ordinal);
	else
		*status = KZ_ERR_MEMORY;
	hit->id = id;
}

/* ---- What a passage says ----------------------------------------------- */

static kz_status take_passage(kz_results *results, struct kzi_ask *ask,
	const struct kzi_candidate *candidate, kz_hit *hit, uint32_t *ordinal)
{
	const struct kzi_passage_record *record = candidate->record;
	struct kzi_passage_record read;
	kz_status status = KZ_OK;

	if (!record) {
		record = &read;
		status = kzi_look_at_passage(
			ask->index, &candidate->row, &read, ask->err);
	}
	if (status != KZ_OK)
		return status;
	*ordinal = record->ordinal;
	hit->page = record->page;
	hit->offset = record->offset;
	hit->anchor = copy_or_null(results, record->anchor, &status);
	hit->text = copy(results, record->text, &status);
	hit->text_length = record->text.length;
	hit->headings = copy_all(
		results, record->headings, record->heading_count, &status);
	hit->heading_count = record->heading_count;
	return status == KZ_OK ? KZ_OK : kzi_fail_memory(ask->err);
}

static kz_status take_document(kz_results *results, struct kzi_ask *ask,
	const struct kzi_candidate *candidate, kz_hit *hit)
{
	struct kzi_document_record record;
	kz_status status = kzi_look_at_document(
		ask->index, &candidate->row, &record, ask->err);

	if (status != KZ_OK)
		return status;
	hit->document = copy(results, record.path, &status);
	hit->url = copy_or_null(results, record.url, &status);
	hit->title = copy(results, record.title, &status);
	hit->place = copy_or_null(results, record.place, &status);
	hit->materials = copy_all(
		results, record.materials, record.material_count, &status);
	hit->material_count = record.material_count;
	return status == KZ_OK ? KZ_OK : kzi_fail_memory(ask->err);
}

/* ---- Guides of a material ---------------------------------------------- */

/* Add the document of a passage to the list unless it was the last one. */
static kz_status take_guide(kz_results *results, struct kzi_ask *ask,
	uint32_t passage, uint64_t *last, const char **guides, size_t *count)
{
	struct kzi_document_record record;
	struct kzi_row row;
	kz_status status = kzi_store_row(
		ask->index->store, passage, &row, ask->err);

	if (status != KZ_OK || row.document == *last)
		return status;
	*last = row.document;
	status = kzi_look_at_document(ask->index, &row, &record, ask->err);
	if (status == KZ_OK)
		guides[(*count)++] = copy(results, record.path, &status);
	return status;
}

static kz_status take_guides(
	kz_results *results, struct kzi_ask *ask, kz_hit *hit)
{
	uint32_t passages[MENTIONS_MOST];
	char term[KZI_FILTER_MOST];
	size_t length = kzi_filter_term(term, KZI_FILTER_MATERIAL,
		hit->document, strlen(hit->document));
	uint64_t last = UINT64_MAX;
	size_t count, i;
	const char **guides;
	kz_status status = kzi_store_postings(ask->index->store, term, length,
		0, passages, MENTIONS_MOST, &count, ask->err);

	if (status != KZ_OK || count == 0)
		return status;
	guides = kzi_arena_zero(&results->arena, GUIDES_MOST, sizeof(*guides));
	if (!guides)
		return kzi_fail_memory(ask->err);
	for (i = 0; i < count && hit->guide_count < GUIDES_MOST &&
		status == KZ_OK;
		i++)
		status = take_guide(results, ask, passages[i], &last, guides,
			&hit->guide_count);
	hit->guides = guides;
	return status;
}

/* ---- Spans ------------------------------------------------------------- */

static kz_status take_spans(kz_results *results, struct kzi_ask *ask,
	const struct kzi_candidate *candidate, kz_hit *hit)
{
	const struct kzi_version *version =
		kzi_version_of(ask, candidate->row.language);
	const struct kzi_tokens *tokens = candidate->tokens;
	struct kzi_buf spans = { 0 }, vias = { 0 };
	kz_status status = KZ_OK;

	if (version && !tokens) {
		tokens = &ask->index->tokens;
		if (!kzi_mark_text(ask, version, hit->text, hit->text_length,
			    &ask->index->tokens))
			status = kzi_fail_memory(ask->err);
	}
	if (version && status == KZ_OK &&
		(!kzi_highlight(ask, version, tokens, &spans) ||
			!kzi_across_via(version, hit->text, tokens,
				&results->arena, &vias)))
		status = kzi_fail_memory(ask->err);
	hit->via_count = vias.length / sizeof(kz_via);
	hit->via = (const kz_via *)(const void *)kzi_arena_copy(
		&results->arena, vias.data ? vias.data : "", vias.length);
	hit->span_count = spans.length / sizeof(kz_span);
	hit->spans = (const kz_span *)(const void *)kzi_arena_copy(
		&results->arena, spans.data ? spans.data : "", spans.length);
	if (!hit->spans || !hit->via)
		status = kzi_fail_memory(ask->err);
	kzi_buf_release(&spans);
	kzi_buf_release(&vias);
	return status;
}

kz_status kzi_results_add(kz_results *results, struct kzi_ask *ask,
	const struct kzi_candidate *candidate, uint32_t rank)
{
	kz_hit hit = { .rank = rank, .score = candidate->score };
	uint32_t ordinal = 0;
	kz_status status =
		take_passage(results, ask, candidate, &hit, &ordinal);

	if (status == KZ_OK)
		status = take_document(results, ask, candidate, &hit);
	if (status == KZ_OK && candidate->row.kind == KZI_MATERIAL)
		status = take_guides(results, ask, &hit);
	if (status == KZ_OK)
		status = take_spans(results, ask, candidate, &hit);
	if (status != KZ_OK)
		return status;
	set_id(results, &hit, ordinal, &status);
	hit.language = kzi_language_tag(candidate->row.language);
	hit.more = candidate->more;
	hit.copies = candidate->copies;
	hit.kind = kzi_kind_name((enum kzi_kind)candidate->row.kind);
	kzi_buf_append(&results->hits, &hit, sizeof(hit));
	if (status != KZ_OK || results->hits.failed)
		return kzi_fail_memory(ask->err);
	return KZ_OK;
}

/* ---- Another spelling -------------------------------------------------- */

kz_results *kzi_results_correct(kz_results *typed, kz_results *corrected)
{
	if (typed->total > 0 || !typed->suggestion.length)
		return typed;
	if (!corrected || corrected->total == 0) {
		kz_results_free(corrected);
		kzi_buf_release(&typed->suggestion);
		return typed;
	}
	corrected->suggestion = typed->suggestion;
	corrected->is_corrected = 1;
	memset(&typed->suggestion, 0, sizeof(typed->suggestion));
	kz_results_free(typed);
	return corrected;
}

/* ---- The caller's side ------------------------------------------------- */

kz_status kz_results_next(
	kz_results *results, const kz_hit **hit, kz_error *err)
{
	const kz_hit *hits;

	if (!hit)
		return kzi_fail(err, KZ_ERR_ARGUMENT, "hit is NULL");
	*hit = NULL;
	if (!results)
		return kzi_fail(err, KZ_ERR_ARGUMENT, "results is NULL");
	hits = (const kz_hit *)(const void *)results->hits.data;
	if (results->next >= kz_results_count(results))
		return KZ_END;
	*hit = &hits[results->next++];
	return KZ_OK;
}

size_t kz_results_count(const kz_results *results)
{
	return results ? results->hits.length / sizeof(kz_hit) : 0;
}

uint64_t kz_results_total(const kz_results *results, int *exact)
{
	if (exact)
		*exact = results ? results->is_exact : 1;
	return results ? results->total : 0;
}

const char *kz_results_explanation(const kz_results *results)
{
	return results ? results->explanation.data : NULL;
}

const char *kz_results_suggestion(const kz_results *results)
{
	return results && results->suggestion.length ? results->suggestion.data
						      : NULL;
}

const char *kz_results_corrected(const kz_results *results)
{
	return results && results->is_corrected ? results->suggestion.data
						: NULL;
}

const kz_facet *kz_results_facet(
	const kz_results *results, size_t i, int *exact)
{
	if (exact)
		*exact = results ? results->facets_exact : 1;
	if (!results || i >= results->facets.length / sizeof(kz_facet))
		return NULL;
	return (const kz_facet *)(const void *)results->facets.data + i;
}

void kz_results_free(kz_results *results)
{
	if (!results)
		return;
	kzi_arena_release(&results->arena);
	kzi_buf_release(&results->hits);
	kzi_buf_release(&results->explanation);
	kzi_buf_release(&results->suggestion);
	kzi_buf_release(&results->facets);
	kzi_free(results);
}
