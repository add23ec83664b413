/* facets.c -- how all that matches is spread over languages, kinds and places.
 *
 * Language and kind are in the rows, the place in the document's record, which
 * is read once for all of its passages. Beyond FACETS_MOST matches the best so
 * many stand for the rest. */
#include "search/facets.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"

enum { FACETS_MOST = 10000 };

/* A place met so far. */
struct place {
	const char *name; /* In the arena of the results. */
	size_t length;
	uint64_t passages;
};

struct counting {
	struct kzi_ask *ask;
	kz_results *results;
	struct kzi_candidate *items; /* What matches, on the heap. */
	size_t count;
	uint64_t languages[KZI_LANGUAGES];
	uint64_t kinds[KZI_KINDS];
	struct kzi_buf places; /* Of struct place. */
	double scale;          /* Matches that a counted one stands for. */
};

/* ---- What matches ------------------------------------------------------ */

static kz_status take_rows(struct counting *counting,
	const struct kzi_match *matches, size_t count)
{
	struct kzi_ask *ask = counting->ask;
	kz_status status = KZ_OK;
	size_t i;

	for (i = 0; i < count && status == KZ_OK; i++) {
		struct kzi_candidate *item = &counting->items[counting->count];

		if (matches[i].passage == ask->index->without)
			continue;
		item->passage = matches[i].passage;
		status = kzi_store_row(ask->index->store, item->passage,
			&item->row, ask->err);
		counting->count++;
	}
	return status;
}

/* Phrases and the like are checked on the texts, as for hits. */
static kz_status verify(struct counting *counting)
{
	size_t kept, read;
	kz_status status = kzi_verify(counting->ask, counting->items,
		counting->count, counting->count, &kept, &read);

	if (status == KZ_OK)
		counting->count = kept;
	return status;
}

static kz_status find_all(
	struct counting *counting, const struct kzi_plan *plan)
{
	struct kzi_match *matches =
		kzi_malloc(FACETS_MOST * sizeof(*matches));
	struct kzi_matches found;
	kz_status status;

	counting->items = kzi_calloc(FACETS_MOST, sizeof(*counting->items));
	if (matches && counting->items)
		status = kzi_store_match(counting->ask->index->store,
			plan->queries, plan->count, matches, FACETS_MOST,
			&found, counting->ask->err);
	else
		status = kzi_fail_memory(counting->ask->err);
	if (status == KZ_OK)
		status = take_rows(counting, matches, found.count);
	kzi_free(matches);
	if (status != KZ_OK)
		return status;
	counting->results->facets_exact = found.count < FACETS_MOST;
	counting->scale = found.count < FACETS_MOST
		? 1
		: (double)found.estimate / (double)found.count;
	return plan->checks ? verify(counting) : KZ_OK;
}

/* ---- Counting ---------------------------------------------------------- */

static struct place *place_at(struct counting *counting, size_t i)
{
	return (struct place *)(void *)counting->places.data + i;
}

static kz_status count_place(
	struct counting *counting, struct kzi_string name, uint64_t passages)
{
	size_t count = counting->places.length / sizeof(struct place), i;
	struct place place = { NULL, name.length, passages };

	for (i = 0; i < count; i++) {
		struct place *known = place_at(counting, i);

		if (known->length == name.length &&
			!memcmp(known->name, name.bytes, name.length)) {
			known->passages += passages;
			return KZ_OK;
		}
	}
	place.name = kzi_arena_copy(
		&counting->results->arena, name.bytes, name.length);
	if (place.name)
		kzi_buf_append(&counting->places, &place, sizeof(place));
	return place.name && !counting->places.failed
		? KZ_OK
		: kzi_fail_memory(counting->ask->err);
}

static int compare_documents(const void *a, const void *b)
{
	const struct kzi_candidate *x = a, *y = b;

	return (x->row.document > y->row.document) -
		(x->row.document < y->row.document);
}

/* The place of `count` passages of one document. */
static kz_status count_document(
	struct counting *counting, const struct kzi_row *row, uint64_t count)
{
	struct kzi_ask *ask = counting->ask;
	struct kzi_document_record record;
	kz_status status =
		kzi_look_at_document(ask->index, row, &record, ask->err);

	return status == KZ_OK && record.place.length
		? count_place(counting, record.place, count)
		: status;
}

static kz_status count_all(struct counting *counting)
{
	kz_status status = KZ_OK;
	size_t i = 0, first;

	if (counting->count > 0)
		qsort(counting->items, counting->count,
			sizeof(*counting->items), compare_documents);
	while (i < counting->count && status == KZ_OK) {
		const struct kzi_row *row = &counting->items[i].row;

		for (first = i; i < counting->count &&
			counting->items[i].row.document == row->document;
			i++) {
			if (counting->items[i].row.language < KZI_LANGUAGES)
				counting->languages[counting->items[i]
							    .row.language]++;
			if (counting->items[i].row.kind < KZI_KINDS)
				counting->kinds[counting->items[i].row.kind]++;
		}
		status = count_document(counting, row, i - first);
	}
	return status;
}

/* ---- Results ----------------------------------------------------------- */

static void add_facet(struct counting *counting, const char *field,
	const char *value, uint64_t passages)
{
	kz_facet facet = { field, value,
		(uint64_t)((double)passages * counting->scale + 0.5) };

	if (passages > 0 && value)
		kzi_buf_append(
			&counting->results->facets, &facet, sizeof(facet));
}

/* Fields in their order, then the most frequent first, then by name. */
static int compare_facets(const void *a, const void *b)
{
	const kz_facet *x = a, *y = b;
	int order = strcmp(x->field, y->field);

	if (order)
		/* "kind", "lang", "place": the language stands first. */
		return !strcmp(x->field, "lang") ? -1
			: !strcmp(y->field, "lang") ? 1
						    : order;
	if (x->passages != y->passages)
		return x->passages > y->passages ? -1 : 1;
	return strcmp(x->value, y->value);
}

static kz_status add_facets(struct counting *counting)
{
	struct kzi_buf *facets = &counting->results->facets;
	size_t places = counting->places.length / sizeof(struct place), i;

	for (i = 0; i < KZI_LANGUAGES; i++)
		add_facet(counting, "lang", kzi_language_tag((int)i),
			counting->languages[i]);
	for (i = 0; i < KZI_KINDS; i++)
		add_facet(counting, "kind", kzi_kind_name((enum kzi_kind)i),
			counting->kinds[i]);
	for (i = 0; i < places; i++)
		add_facet(counting, "place", place_at(counting, i)->name,
			place_at(counting, i)->passages);
	if (facets->failed)
		return kzi_fail_memory(counting->ask->err);
	if (facets->length > 0)
		qsort(facets->data, facets->length / sizeof(kz_facet),
			sizeof(kz_facet), compare_facets);
	return KZ_OK;
}

/* Who counted every match knows how many there are, and need not guess. */
static void tell_total(struct counting *counting)
{
	kz_results *results = counting->results;

	if (!results->facets_exact)
		return;
	results->total = counting->count;
	results->is_exact = 1;
}

kz_status kzi_facets(struct kzi_ask *ask, const struct kzi_plan *plan,
	kz_results *results)
{
	struct counting counting = { .ask = ask, .results = results };
	kz_status status;

	results->facets_exact = 1;
	if (!ask->options->facets || plan->count == 0)
		return KZ_OK;
	status = find_all(&counting, plan);
	if (status == KZ_OK)
		status = count_all(&counting);
	if (status == KZ_OK)
		status = add_facets(&counting);
	if (status == KZ_OK)
		tell_total(&counting);
	kzi_buf_release(&counting.places);
	kzi_free(counting.items);
	return status;
}
