/* facets.h -- what matches, counted by language, kind and place. */
#ifndef KZI_FACETS_H
#define KZI_FACETS_H

#include "search/results.h"

/* Count all matches of the plan into the results, if the options ask for it. */
kz_status kzi_facets(struct kzi_ask *ask, const struct kzi_plan *plan,
	kz_results *results);

#endif
