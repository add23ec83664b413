// query.cc -- see query.hh.
#include "store/query.hh"

#include <string>
#include <vector>

namespace {

using Xapian::Query;

std::string term_of(const struct kzi_query *query)
{
	return std::string(query->term.bytes, query->term.length);
}

Query combine(Query::op op, const struct kzi_query *query, size_t first)
{
	std::vector<Query> parts;

	for (size_t i = first; i < query->count; i++)
		parts.push_back(kzi::make_query(query->children[i]));
	return Query(op, parts.begin(), parts.end());
}

// The first child under `op` with some one of the others.
Query with_rest(Query::op op, const struct kzi_query *query)
{
	if (query->count == 0)
		return Query();
	Query first = kzi::make_query(query->children[0]);
	if (query->count == 1)
		return first;
	return Query(op, first, combine(Query::OP_OR, query, 1));
}

Query filtered(const struct kzi_query *query)
{
	if (query->count == 0)
		return Query();
	Query result = kzi::make_query(query->children[0]);
	for (size_t i = 1; i < query->count; i++)
		result = Query(Query::OP_FILTER, result,
			kzi::make_query(query->children[i]));
	return result;
}

} // namespace

Xapian::Query kzi::make_query(const struct kzi_query *query)
{
	switch (query->op) {
	case KZI_OP_TERM:
		return Query(Query::OP_SCALE_WEIGHT, Query(term_of(query)),
			query->weight);
	case KZI_OP_ALL:
		return Query(Query::OP_SCALE_WEIGHT, Query(std::string()), 0);
	case KZI_OP_STARTS:
		return Query(Query::OP_SCALE_WEIGHT,
			Query(Query::OP_WILDCARD, term_of(query), 0,
				Query::WILDCARD_LIMIT_ERROR, Query::OP_OR),
			0);
	case KZI_OP_AND:
		return combine(Query::OP_AND, query, 0);
	case KZI_OP_OR:
		return combine(Query::OP_OR, query, 0);
	case KZI_OP_FILTER:
		return filtered(query);
	case KZI_OP_NOT:
		return with_rest(Query::OP_AND_NOT, query);
	case KZI_OP_MAYBE:
		return with_rest(Query::OP_AND_MAYBE, query);
	}
	return Query();
}
