/* search.c -- kz_search: a query from text to hits, step by step. */
#include "search/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "search/across.h"
#include "search/constants.h"
#include "search/facets.h"
#include "search/results.h"
#include "search/suggest.h"

enum {
	LIMIT_DEFAULT = 10,
	PER_DOCUMENT_DEFAULT = 3,
	DEPTH_MOST = 100000, /* The last rank that can be asked for. */
	/* Passages read for one query to check phrases and the like, in
	 * steps. At some ten microseconds each the last bounds the worst case,
	 * a phrase of words that are in every passage, to a twentieth of a
	 * second. */
	FIRST_VERIFIED = 256,
	VERIFIED_MOST = 4096,
	STALE_MOST = 10,       /* Tries when writers are quick. */
	QUERY_MOST = 64 * 1024 /* Bytes of a query that are read. */
};

/* ---- Options ----------------------------------------------------------- */

static kz_status check_kinds(const char *list, kz_error *err)
{
	while (list && *list) {
		size_t length = strcspn(list, ",");

		if (length > 0 && !kzi_kind_named(list, length))
			return kzi_fail(err, KZ_ERR_ARGUMENT,
				"%.*s: not a kind (guide, story, material)",
				(int)(length < 40 ? length : 40), list);
		list += length + (list[length] == ',');
	}
	return KZ_OK;
}

static kz_status read_languages(
	const char *list, uint32_t *languages, kz_error *err)
{
	*languages = 0;
	while (list && *list) {
		size_t length = strcspn(list, ",");
		int language = kzi_language_find(list, length);

		if (length > 0 && language < 0)
			return kzi_fail(err, KZ_ERR_LANGUAGE,
				"%.*s: not a language of this build"
				" (" KZI_LANGUAGE_TAGS ")",
				(int)(length < 40 ? length : 40), list);
		if (length > 0)
			*languages |= (uint32_t)1 << language;
		list += length + (list[length] == ',');
	}
	if (!*languages)
		*languages = UINT32_MAX;
	return KZ_OK;
}

/* The caller's options over the defaults. */
static kz_status read_options(kz_search_options *options,
	const kz_search_options *given, uint32_t *languages, kz_error *err)
{
	kz_status status;

	if (!kzi_known_options(options, sizeof(*options), given))
		return kzi_fail(err, KZ_ERR_ARGUMENT,
			"options: size is not that of kz_search_options");
	if (options->limit == 0)
		options->limit = LIMIT_DEFAULT;
	if (options->per_document == 0)
		options->per_document = PER_DOCUMENT_DEFAULT;
	status = check_kinds(options->kinds, err);
	return status == KZ_OK
		? read_languages(options->languages, languages, err)
		: status;
}

_Static_assert(KZI_CANDIDATES <= KZI_MATCH_FEW,
	"as many candidates as the store finds quickest");

/* ---- Candidates -------------------------------------------------------- */

struct candidates {
	struct kzi_candidate *items; /* On the heap. */
	size_t count;
	uint64_t estimate;
	int is_exact;
	int is_all;        /* There are no more. */
};

/* Matches to candidates, without the passage that is not to be found. */
static kz_status take_matches(struct kzi_ask *ask,
	const struct kzi_match *matches, struct kzi_matches *found,
	struct candidates *candidates)
{
	struct kzi_store *store = ask->index->store;
	kz_status status = KZ_OK;
	size_t i;

	for (i = 0; i < found->count; i++)
		kzi_store_expect_row(store, matches[i].passage);
	for (i = 0; i < found->count && status == KZ_OK; i++) {
		struct kzi_candidate *item =
			&candidates->items[candidates->count];

		if (matches[i].passage == ask->index->without) {
			found->estimate--;
			continue;
		}
		item->passage = matches[i].passage;
		item->score = item->first = matches[i].weight;
		status = kzi_store_row(
			store, item->passage, &item->row, ask->err);
		kzi_store_expect(store, &item->row);
		candidates->count++;
	}
	return status;
}

/* The best `most` of a plan, in the place of what was fetched before. */
static kz_status fetch(struct kzi_ask *ask, const struct kzi_plan *plan,
	size_t most, struct candidates *candidates)
{
	struct kzi_match *matches = kzi_malloc(most * sizeof(*matches));
	struct kzi_matches found;
	kz_status status;

	kzi_free(candidates->items);
	candidates->items = kzi_calloc(most, sizeof(*candidates->items));
	candidates->count = 0;
	if (matches && candidates->items)
		status = kzi_store_match(ask->index->store, plan->queries,
			plan->count, matches, most, &found, ask->err);
	else
		status = kzi_fail_memory(ask->err);
	if (status == KZ_OK)
		status = take_matches(ask, matches, &found, candidates);
	kzi_free(matches);
	if (status != KZ_OK)
		return status;
	candidates->estimate = found.estimate;
	candidates->is_exact = found.is_exact;
	candidates->is_all = found.count < most;
	return KZ_OK;
}

/* Add those from *read on that bear out the query to the *kept ones at the
 * front. *read counts on. */
static kz_status verify_from(struct kzi_ask *ask,
	struct candidates *candidates, size_t wanted, size_t *kept,
	size_t *read)
{
	struct kzi_candidate *items = candidates->items;
	size_t more, looked;
	kz_status status = kzi_verify(ask, items + *read,
		candidates->count - *read, wanted - *kept, &more, &looked);

	memmove(items + *kept, items + *read, more * sizeof(*items));
	*kept += more;
	*read += looked;
	return status;
}

/* Fetch and check in growing steps until enough bear out the query. What one
 * step fetched stands at the front of the next one too, and is not read
 * again. */
static kz_status fetch_verified(struct kzi_ask *ask,
	const struct kzi_plan *plan, size_t wanted,
	struct candidates *candidates)
{
	struct kzi_candidate *kept_items =
		kzi_malloc(wanted * sizeof(*kept_items));
	size_t most = FIRST_VERIFIED, kept = 0, read = 0;
	kz_status status = kept_items ? KZ_OK : kzi_fail_memory(ask->err);

	while (status == KZ_OK) {
		status = fetch(ask, plan, most, candidates);
		if (status != KZ_OK || read > candidates->count)
			break;
		memcpy(candidates->items, kept_items,
			kept * sizeof(*kept_items));
		status = verify_from(ask, candidates, wanted, &kept, &read);
		memcpy(kept_items, candidates->items,
			kept * sizeof(*kept_items));
		if (kept == wanted || candidates->is_all ||
			most >= VERIFIED_MOST)
			break;
		most *= 4;
	}
	kzi_free(kept_items);
	if (status != KZ_OK)
		return status;
	candidates->is_exact = candidates->is_all && read == candidates->count;
	candidates->estimate = candidates->is_exact
		? kept
		: (uint64_t)((double)candidates->estimate * (double)kept /
			  (double)(read ? read : 1));
	if (candidates->estimate < kept)
		candidates->estimate = kept;
	candidates->count = kept;
	candidates->is_all = candidates->is_exact ||
		(most >= VERIFIED_MOST && kept < wanted);
	return KZ_OK;
}

/* ---- Order ------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
	const struct kzi_candidate *x = a, *y = b;

	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return (x->passage > y->passage) - (x->passage < y->passage);
}

/* Of the first `ranked`, each text once. */
static void join_copies(struct candidates *candidates, size_t ranked)
{
	size_t kept = kzi_copies_join(candidates->items, ranked);

	memmove(candidates->items + kept, candidates->items + ranked,
		(candidates->count - ranked) * sizeof(*candidates->items));
	candidates->count -= ranked - kept;
}

static size_t at_most(const struct candidates *candidates, size_t most)
{
	return candidates->count < most ? candidates->count : most;
}

/* How many of the first ones may be among the best. This must not depend on how
 * many are shown: pages of an answer would not fit together. */
static size_t count_promising(const struct candidates *candidates)
{
	enum { SURELY = 10 };
	size_t most = at_most(candidates, KZI_RERANKED), count;
	double least;

	if (most <= SURELY)
		return most;
	least = KZI_RERANKED_SHARE * candidates->items[SURELY - 1].first;
	for (count = SURELY; count < most; count++)
		if (candidates->items[count].first < least)
			break;
	return count;
}

/* Read the first `read` of `count` that are in order by what is known of them,
 * and put all in order by what is known then. */
static kz_status rank_first(struct kzi_ask *ask, struct candidates *candidates,
	size_t read, size_t count)
{
	kz_status status = kzi_rank(ask, candidates->items, read);

	qsort(candidates->items, count, sizeof(*candidates->items), compare);
	return status;
}

/* Once the first ones are ranked: hear what the best of them say, which lifts
 * others, and read those that now come first. */
static kz_status rank_across(struct kzi_ask *ask,
	struct candidates *candidates, size_t ranked, size_t count)
{
	kz_status status =
		kzi_across_echo(ask, candidates->items, ranked, count);

	if (status != KZ_OK)
		return status;
	qsort(candidates->items, count, sizeof(*candidates->items), compare);
	return rank_first(
		ask, candidates, at_most(candidates, KZI_RERANKED), count);
}

/* Rank the first ones again; the rest stay behind them, in their order. */
static kz_status rank(struct kzi_ask *ask, struct candidates *candidates)
{
	size_t count = ask->across ? at_most(candidates, KZI_RERANKED)
				   : count_promising(candidates),
	       i;
	kz_status status = rank_first(ask, candidates, count, count);

	if (status == KZ_OK && ask->across) {
		size_t ranked = count;

		count = at_most(candidates, KZI_ACROSS_LISTENED);
		status = rank_across(ask, candidates, ranked, count);
	}
	if (status != KZ_OK || count == 0)
		return status;
	for (i = count; i < candidates->count; i++)
		if (candidates->items[i].score >
			candidates->items[i - 1].score)
			candidates->items[i].score =
				candidates->items[i - 1].score;
	join_copies(candidates, count);
	return KZ_OK;
}

/* What is kept of a document: how many, and where the last one stands. */
struct place {
	uint64_t document;
	uint32_t count; /* 0: the place is free. */
	uint32_t last;
};

/* Of a document among places, whose number is a power of two. */
static struct place *find_place(
	struct place *places, size_t room, uint64_t document)
{
	size_t at = document * 0x9E3779B97F4A7C15u >> 32 & (room - 1);

	while (places[at].count > 0 && places[at].document != document)
		at = (at + 1) & (room - 1);
	places[at].document = document;
	return &places[at];
}

/* Drop what is beyond the limit of its document, and tell the last one that
 * stays of it. */
static kz_status collapse(
	struct kzi_ask *ask, struct candidates *candidates)
{
	uint32_t per_document = ask->options->per_document;
	struct kzi_candidate *items = candidates->items;
	struct place *places, *place;
	size_t room = 64, kept = 0, i;

	if (per_document == KZ_NO_LIMIT)
		return KZ_OK;
	while (room < 2 * candidates->count)
		room *= 2;
	places = kzi_calloc(room, sizeof(*places));
	if (!places)
		return kzi_fail_memory(ask->err);
	for (i = 0; i < candidates->count; i++) {
		place = find_place(places, room, items[i].row.document);
		if (place->count == per_document) {
			items[place->last].more++;
			continue;
		}
		place->count++;
		place->last = (uint32_t)kept;
		items[kept++] = items[i];
	}
	kzi_free(places);
	candidates->count = kept;
	return KZ_OK;
}

/* ---- The way of a query ------------------------------------------------ */

/* The rank of the last hit that is asked for. */
static size_t last_rank(const kz_search_options *options)
{
	size_t last = (size_t)options->offset + options->limit;

	return last < DEPTH_MOST ? last : DEPTH_MOST;
}

static kz_status add_hits(struct kzi_ask *ask,
	const struct candidates *candidates, kz_results *results)
{
	size_t end = last_rank(ask->options), i;
	kz_status status = KZ_OK;

	for (i = ask->options->offset; i < candidates->count && i < end &&
		status == KZ_OK;
		i++)
		status = kzi_results_add(results, ask, &candidates->items[i],
			(uint32_t)i + 1);
	return status;
}

static kz_status explain(struct kzi_ask *ask,
	const struct candidates *candidates, kz_results *results)
{
	const kz_hit *hits =
		(const kz_hit *)(const void *)results->hits.data;
	kz_status status;
	size_t i;

	if (!ask->options->explain)
		return KZ_OK;
	status = kzi_explain_query(ask, &results->explanation);
	for (i = 0; i < kz_results_count(results) && status == KZ_OK; i++)
		status = kzi_explain_candidate(ask,
			&candidates->items[ask->options->offset + i],
			hits[i].id, &results->explanation);
	return status;
}

/* How many candidates are enough, mostly, when some fall to the limit of their
 * document. Those that are ranked again are always among them. */
static size_t count_enough(
	const struct kzi_ask *ask, const struct kzi_plan *plan, size_t wanted)
{
	size_t most = plan->checks ? wanted * KZI_VERIFIED_TIMES
				   : wanted + wanted / 2;
	size_t least = plan->checks ? KZI_RERANKED : KZI_CANDIDATES;

	/* One that is not to be found takes a place until it is fetched. */
	if (ask->across && least < KZI_ACROSS_LISTENED)
		least = KZI_ACROSS_LISTENED + (ask->index->without != 0);
	return most < least ? least : most;
}

/* Enough candidates for the hits wanted; more are fetched when that was not
 * enough. */
static kz_status gather(struct kzi_ask *ask, const struct kzi_plan *plan,
	struct candidates *candidates)
{
	size_t wanted = last_rank(ask->options);
	size_t most = count_enough(ask, plan, wanted);
	kz_status status;

	for (;;) {
		status = plan->checks
			? fetch_verified(ask, plan, most, candidates)
			: fetch(ask, plan, most, candidates);
		if (status == KZ_OK)
			status = rank(ask, candidates);
		if (status == KZ_OK)
			status = collapse(ask, candidates);
		if (status != KZ_OK)
			return status;
		if (candidates->count >= wanted || candidates->is_all ||
			most >= DEPTH_MOST)
			return KZ_OK;
		most *= 4;
	}
}

static kz_status answer(struct kzi_ask *ask, kz_results *results)
{
	struct candidates candidates = { .is_exact = 1, .is_all = 1 };
	struct kzi_plan plan;
	kz_status status;

	ask->tree = kzi_parse(
		&ask->arena, ask->query, ask->length, &ask->faults);
	if (!ask->tree)
		return kzi_fail_memory(ask->err);
	status = kzi_words_read(ask);
	if (status == KZ_OK)
		status = kzi_plan(ask, &plan);
	if (status == KZ_OK && plan.count > 0)
		status = gather(ask, &plan, &candidates);
	if (status == KZ_OK)
		status = add_hits(ask, &candidates, results);
	results->total = candidates.estimate;
	results->is_exact = candidates.is_exact;
	if (status == KZ_OK)
		status = kzi_facets(ask, &plan, results);
	if (status == KZ_OK)
		status = explain(ask, &candidates, results);
	kzi_free(candidates.items);
	return status;
}

static kz_status search_once(kz_results **out, kz_index *index,
	const char *query, size_t length, const kz_search_options *options,
	uint32_t languages, kz_error *err)
{
	struct kzi_ask ask = { .index = index, .arena = index->arena,
		.options = options, .languages = languages, .err = err };
	kz_results *results = kzi_calloc(1, sizeof(*results));
	kz_status status;

	index->queries++;
	if (length > QUERY_MOST)
		length = QUERY_MOST;
	ask.query = kzi_arena_copy(&ask.arena, query, length);
	ask.length = length;
	status = results && ask.query ? answer(&ask, results)
				      : kzi_fail_memory(err);
	if (status == KZ_OK && !options->no_suggest)
		status = kzi_suggest(
			&ask, results->total > 0, &results->suggestion);
	kzi_arena_reset(&ask.arena);
	index->arena = ask.arena;
	kzi_analyzer_trim(index->analyzer);
	if (status != KZ_OK) {
		kz_results_free(results);
		return status;
	}
	*out = results;
	return KZ_OK;
}

/* A query that found nothing is asked as it may have been meant; if that finds
 * nothing either, there is nothing to suggest. */
static kz_status search(kz_results **out, kz_index *index, const char *query,
	size_t length, const kz_search_options *options, uint32_t languages,
	kz_error *err)
{
	kz_search_options plain = *options;
	kz_results *typed, *corrected = NULL;
	kz_status status = search_once(
		&typed, index, query, length, options, languages, err);

	if (status != KZ_OK)
		return status;
	plain.no_suggest = 1;
	if (typed->total == 0 && typed->suggestion.length > 0)
		status = search_once(&corrected, index, typed->suggestion.data,
			typed->suggestion.length, &plain, languages, err);
	*out = kzi_results_correct(typed, corrected);
	if (status != KZ_OK) {
		kz_results_free(*out);
		*out = NULL;
	}
	return status;
}

/* 1 if a writer has overtaken a search, by two commits while it went on, and
 * the index now reads the newest state; *status becomes what hindered it. */
static int has_refreshed(
	kz_index *index, int tries, kz_status *status, kz_error *err)
{
	kz_status fresh;

	if (*status != KZ_ERR_STALE || tries == STALE_MOST)
		return 0;
	fresh = kz_index_refresh(index, err);
	if (fresh < 0)
		*status = fresh;
	return fresh >= 0;
}

/* The same again if a writer has overtaken the state that this handle reads, on
 * the newest one. */
static kz_status search_fresh(kz_results **out, kz_index *index,
	struct kzi_string query, const kz_search_options *options,
	uint32_t languages, kz_error *err)
{
	kz_status status;
	int tries = 0;

	do
		status = search(out, index, query.bytes, query.length, options,
			languages, err);
	while (has_refreshed(index, ++tries, &status, err));
	return status;
}

kz_status kz_search(kz_results **out, kz_index *index, const char *query,
	size_t length, const kz_search_options *options, kz_error *err)
{
	struct kzi_string text;
	kz_search_options all;
	uint32_t languages = 0;
	kz_status status;

	if (out)
		*out = NULL;
	if (!out || !index || (!query && length))
		return kzi_fail(err, KZ_ERR_ARGUMENT, "an argument is NULL");
	text.bytes = query ? query : "";
	text.length = length;
	status = read_options(&all, options, &languages, err);
	return status == KZ_OK
		? search_fresh(out, index, text, &all, languages, err)
		: status;
}

static kz_status find_related(kz_results **out, kz_index *index,
	const char *id, const kz_search_options *options, uint32_t languages,
	kz_error *err)
{
	struct kzi_buf query = { 0 };
	uint32_t without = 0;
	kz_status status =
		kzi_related_query(index, id, &query, &without, err);

	index->without = without;
	if (status == KZ_OK)
		status = search(out, index, query.data, query.length, options,
			languages, err);
	index->without = 0;
	kzi_buf_release(&query);
	return status;
}

kz_status kz_related(kz_results **out, kz_index *index, const char *id,
	const kz_search_options *options, kz_error *err)
{
	kz_search_options all;
	uint32_t languages = 0;
	kz_status status;
	int tries = 0;

	if (out)
		*out = NULL;
	if (!out || !index || !id)
		return kzi_fail(err, KZ_ERR_ARGUMENT, "an argument is NULL");
	status = read_options(&all, options, &languages, err);
	all.no_suggest = 1; /* Nobody typed the words. */
	if (status != KZ_OK)
		return status;
	/* A number of an old state names nothing in a new one. */
	do
		status = find_related(
			out, index, id, &all, languages, err);
	while (has_refreshed(index, ++tries, &status, err));
	return status;
}
