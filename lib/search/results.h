/* results.h -- hits, whole and independent of the index. Private. */
#ifndef KZI_RESULTS_H
#define KZI_RESULTS_H

#include "search/search.h"

struct kz_results {
	struct kzi_arena arena;
	struct kzi_buf hits; /* Of kz_hit; all they point to in the arena. */
	size_t next;
	uint64_t total;
	int is_exact;
	struct kzi_buf explanation;
	struct kzi_buf suggestion; /* Another spelling of the query; or none. */
	int is_corrected;          /* It was asked instead. */
	struct kzi_buf facets;     /* Of kz_facet; values in the arena. */
	int facets_exact;
};

/* Append the hit of a candidate: its texts read and copied, spans marked. */
kz_status kzi_results_add(kz_results *results, struct kzi_ask *ask,
	const struct kzi_candidate *candidate, uint32_t rank);

/* Of the results for what was typed and those for its other spelling (or NULL)
 * the ones to show; the others are freed. */
kz_results *kzi_results_correct(kz_results *typed, kz_results *corrected);

#endif
