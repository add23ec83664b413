/* match.c -- queries asked of an index, of one segment after the other.
 *
 * A sum of terms is found by our own walk of the lists, which passes over what
 * cannot be among the best (topk.h). Every other query, with conditions or
 * filters, is Xapian's to match, and reads the same lists (tables_match.cc). */
#include "store/best.h"
#include "store/reader.h"
#include "store/topk.h"

#include "base/error.h"

/* ---- Sums -------------------------------------------------------------- */

struct matching {
	struct kzi_store *store;
	size_t segment; /* The one that is asked. */
	struct kzi_best *best;
	struct kzi_matches *found;
	kz_error *err;
};

/* How many of the segment hold some of the terms, as if these were spread by
 * chance. */
static uint64_t estimate_sum(
	const struct matching *matching, const struct kzi_topk *topk)
{
	const struct kzi_state *state = &matching->store->state;
	const struct kzi_scene scene =
		kzi_store_scene(matching->store, matching->segment);
	double all = scene.to - scene.from, others = 1, sum;
	uint32_t most = 0;
	size_t i;

	/* Numbers of passages that went before a rewrite are not used again. */
	if (all > (double)kzi_held(state))
		all = (double)kzi_held(state);
	for (i = 0; i < topk->count; i++) {
		uint32_t count = topk->terms[i].list.count;

		if (count > most)
			most = count;
		others *= count < all ? 1 - count / all : 0;
	}
	sum = all * (1 - others);
	if (sum < most)
		sum = most;
	return (uint64_t)(sum * (double)state->info.passages /
			(double)kzi_held(state) +
		0.5);
}

static void count_sum(
	const struct matching *matching, const struct kzi_topk *topk)
{
	const struct kzi_store *store = matching->store;
	struct kzi_matches *found = matching->found;
	uint64_t estimate;

	if (topk->count == 1 && !store->removed.count) {
		found->estimate += topk->terms[0].list.count;
		return;
	}
	estimate = topk->is_all ? 0 : estimate_sum(matching, topk);
	found->estimate += estimate > topk->seen ? estimate : topk->seen;
	found->is_exact &= topk->is_all;
}

static int is_removed(void *context, uint32_t passage)
{
	return kzi_removed_has(context, passage);
}

/* Those of `count` terms that are in the segment. *filled tells how many. */
static kz_status find_lists(const struct matching *matching,
	const struct kzi_query *const *sum, size_t count,
	struct kzi_weighted *terms, size_t *filled)
{
	size_t i;

	*filled = 0;
	for (i = 0; i < count; i++) {
		struct kzi_list list;

		if (!kzi_segments_gather(&matching->store->segments,
			    matching->segment, sum[i]->term.bytes,
			    sum[i]->term.length, &list))
			return kzi_store_damaged(
				matching->store, matching->err);
		if (!list.count)
			continue;
		terms[*filled].list = list;
		terms[(*filled)++].weight = sum[i]->weight;
	}
	return KZ_OK;
}

static kz_status match_sum(struct matching *matching,
	const struct kzi_query *query, size_t count)
{
	struct kzi_store *store = matching->store;
	const struct kzi_query **sum;
	struct kzi_weighted *terms;
	struct kzi_topk topk = { 0 };
	kz_status status;

	kzi_arena_reset(&store->scratch);
	sum = kzi_arena_zero(&store->scratch, count, sizeof(*sum));
	terms = kzi_arena_zero(&store->scratch, count, sizeof(*terms));
	if (!sum || !terms)
		return kzi_fail_memory(matching->err);
	kzi_query_take(query, sum);
	status = find_lists(matching, sum, count, terms, &topk.count);
	if (status != KZ_OK)
		return status;
	topk.terms = terms;
	topk.is_removed = store->removed.count ? is_removed : NULL;
	topk.context = &store->removed;
	status = kzi_topk_run(
		&topk, matching->best, &store->window, &store->scratch);
	if (status == KZ_ERR_MEMORY)
		return kzi_fail_memory(matching->err);
	if (status != KZ_OK)
		return kzi_store_damaged(store, matching->err);
	count_sum(matching, &topk);
	return KZ_OK;
}

/* ---- All queries ------------------------------------------------------- */

static kz_status match_by_xapian(
	struct matching *matching, const struct kzi_query *query)
{
	struct kzi_store *store = matching->store;
	const struct kzi_scene scene =
		kzi_store_scene(store, matching->segment);
	kz_status status = kzi_store_need_tables(store, matching->err);

	return status == KZ_OK
		? store->xapian->match(store->tables, &scene, query,
			  matching->best, matching->found, matching->err)
		: status;
}

static kz_status match(
	struct matching *matching, const struct kzi_query *query)
{
	double bar = kzi_best_bar(matching->best);
	size_t terms;

	/* Its lists need not be opened to see that nothing there counts. */
	if (bar > 0 && kzi_query_bound(query) < bar) {
		matching->found->is_exact = 0;
		return KZ_OK;
	}
	terms = kzi_query_terms(query);
	return terms ? match_sum(matching, query, terms)
		     : match_by_xapian(matching, query);
}

/* The newest segment is the least one: the bar that the others have set is
 * known by then. */
static kz_status match_all(
	struct matching *matching, const struct kzi_query *query)
{
	kz_status status = KZ_OK;
	size_t i;

	for (i = 0; i < matching->store->segments.count && status == KZ_OK;
		i++) {
		matching->segment = i;
		status = match(matching, query);
	}
	return status;
}

kz_status kzi_store_match(struct kzi_store *store,
	struct kzi_query *const *queries, size_t query_count,
	struct kzi_match *matches, size_t most, struct kzi_matches *found,
	kz_error *err)
{
	struct kzi_best best = { matches, 0, most };
	struct matching matching = { store, 0, &best, found, err };
	uint64_t passages = store->state.info.passages;
	kz_status status = KZ_OK;
	size_t i;

	found->count = 0;
	found->estimate = 0;
	found->is_exact = 1;
	for (i = 0; status == KZ_OK && i < query_count; i++)
		status = match_all(&matching, queries[i]);
	kzi_best_sort(&best);
	found->count = best.count;
	/* No passage matches two of the queries. */
	if (found->estimate > passages)
		found->estimate = passages;
	if (found->estimate < found->count)
		found->estimate = found->count;
	return status;
}
