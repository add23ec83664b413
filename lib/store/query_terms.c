/* query_terms.c -- what there is to know of a query before it is asked. */
#include "store/tables.h"

double kzi_query_bound(const struct kzi_query *query)
{
	double sum = 0;
	size_t i;

	switch (query->op) {
	case KZI_OP_TERM:
		return query->weight * KZI_IMPACT_MOST;
	case KZI_OP_ALL:
	case KZI_OP_STARTS:
		return 0;
	case KZI_OP_FILTER:
	case KZI_OP_NOT:
		return kzi_query_bound(query->children[0]);
	default:
		for (i = 0; i < query->count; i++)
			sum += kzi_query_bound(query->children[i]);
		return sum;
	}
}

size_t kzi_query_terms(const struct kzi_query *query)
{
	size_t sum = 0, i;

	if (query->op == KZI_OP_TERM)
		return query->weight > 0;
	for (i = 0; query->op == KZI_OP_OR && i < query->count; i++) {
		size_t terms = kzi_query_terms(query->children[i]);

		if (!terms)
			return 0;
		sum += terms;
	}
	return sum;
}

const struct kzi_query **kzi_query_take(
	const struct kzi_query *query, const struct kzi_query **terms)
{
	size_t i;

	if (query->op == KZI_OP_TERM)
		*terms++ = query;
	for (i = 0; i < query->count; i++)
		terms = kzi_query_take(query->children[i], terms);
	return terms;
}
