/* stages.c -- see stages.h. Each __wrap function has the type of what it
 * wraps, so that a change there is an error here. */
#include "stages.h"

#include <string.h>
#include <time.h>

#include "search/results.h"
#include "search/search.h"

struct kzb_seen kzb_seen;

#define WRAP(name) __typeof__(name) __wrap_##name, __real_##name
WRAP(kzi_words_read);
WRAP(kzi_plan);
WRAP(kzi_store_match);
WRAP(kzi_verify);
WRAP(kzi_rank);
WRAP(kzi_results_add);

uint64_t kzb_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void kzb_clear(void)
{
	memset(kzb_seen.ns, 0, sizeof(kzb_seen.ns));
	kzb_seen.verified = 0;
	kzb_seen.matched = 0;
	kzb_seen.term_count = 0;
}

static uint64_t start_of(enum kzb_stage stage)
{
	return kzb_seen.times_all || stage == KZB_MATCH ? kzb_now() : 0;
}

static void end_of(enum kzb_stage stage, uint64_t start)
{
	if (start)
		kzb_seen.ns[stage] += kzb_now() - start;
}

static void keep_terms(const struct kzi_query *query)
{
	struct kzb_term *term = &kzb_seen.terms[kzb_seen.term_count];
	size_t i;

	for (i = 0; i < query->count; i++)
		keep_terms(query->children[i]);
	if (query->op != KZI_OP_TERM || query->weight <= 0 ||
		kzb_seen.term_count == KZB_TERMS_MOST ||
		query->term.length > KZB_TERM_BYTES)
		return;
	term->length = query->term.length;
	memcpy(term->bytes, query->term.bytes, term->length);
	kzb_seen.term_count++;
}

kz_status __wrap_kzi_words_read(struct kzi_ask *ask)
{
	uint64_t start = start_of(KZB_WORDS);
	kz_status status = __real_kzi_words_read(ask);

	end_of(KZB_WORDS, start);
	return status;
}

kz_status __wrap_kzi_plan(struct kzi_ask *ask, struct kzi_plan *plan)
{
	uint64_t start = start_of(KZB_PLAN);
	kz_status status = __real_kzi_plan(ask, plan);

	end_of(KZB_PLAN, start);
	return status;
}

kz_status __wrap_kzi_store_match(struct kzi_store *store,
	struct kzi_query *const *queries, size_t query_count,
	struct kzi_match *matches, size_t most, struct kzi_matches *found,
	kz_error *err)
{
	uint64_t start;
	kz_status status;
	size_t i;

	kzb_seen.term_count = 0;
	for (i = 0; i < query_count; i++)
		keep_terms(queries[i]);
	start = start_of(KZB_MATCH);
	status = __real_kzi_store_match(
		store, queries, query_count, matches, most, found, err);
	end_of(KZB_MATCH, start);
	kzb_seen.matched += found->count;
	return status;
}

kz_status __wrap_kzi_verify(struct kzi_ask *ask,
	struct kzi_candidate *candidates, size_t count, size_t wanted,
	size_t *kept, size_t *read)
{
	uint64_t start = start_of(KZB_VERIFY);
	kz_status status = __real_kzi_verify(
		ask, candidates, count, wanted, kept, read);

	end_of(KZB_VERIFY, start);
	kzb_seen.verified += *read;
	return status;
}

kz_status __wrap_kzi_rank(
	struct kzi_ask *ask, struct kzi_candidate *candidates, size_t count)
{
	uint64_t start = start_of(KZB_RANK);
	kz_status status = __real_kzi_rank(ask, candidates, count);

	end_of(KZB_RANK, start);
	return status;
}

kz_status __wrap_kzi_results_add(kz_results *results, struct kzi_ask *ask,
	const struct kzi_candidate *candidate, uint32_t rank)
{
	uint64_t start = start_of(KZB_RESULTS);
	kz_status status =
		__real_kzi_results_add(results, ask, candidate, rank);

	end_of(KZB_RESULTS, start);
	return status;
}
