// query.cc -- see query.hh.
#include "store/query.hh"

#include <string>
#include <utility>
#include <vector>

#include "store/sources.hh"
#include "store/terms.hh"

namespace {

using Xapian::Query;

std::string term_of(const struct kzi_query *query)
{
	return std::string(query->term.bytes, query->term.length);
}

class Maker {
	const struct kzi_store &store;
	const kzi::Where where;

	Query in_lists(const std::string &term, double weight) const
	{
		const struct kzi_list list = store.settled.list_of(term);

		if (list.count == 0)
			return Query();
		return Query((new kzi::ListSource(list, weight))->release());
	}

	// Passages with a settled term that begins so.
	Query in_lists_from(const std::string &start) const
	{
		std::vector<Xapian::docid> passages;
		kzi::Terms terms(Xapian::Database(), store.settled.lists, start);

		while (terms.next())
			for (kzi::Postings at(terms.list); !at.at_end();
				at.next())
				passages.push_back(at.passage());
		if (passages.empty())
			return Query();
		return Query((new kzi::SetSource(std::move(passages)))
				->release());
	}

	// What is found in the lists, in the tables, or in both.
	Query both(const Query &lists, const Query &tables, double weight) const
	{
		const Query weighed =
			Query(Query::OP_SCALE_WEIGHT, tables, weight);

		if (where == kzi::Where::UNSETTLED)
			return weighed;
		return store.has_unsettled()
			? Query(Query::OP_OR, lists, weighed)
			: lists;
	}

	Query of_term(const struct kzi_query *query) const
	{
		const std::string term = term_of(query);

		return both(in_lists(term, query->weight), Query(term),
			query->weight);
	}

	Query of_start(const struct kzi_query *query) const
	{
		const std::string start = term_of(query);

		return both(in_lists_from(start),
			Query(Query::OP_WILDCARD, start, 0,
				Query::WILDCARD_LIMIT_ERROR, Query::OP_OR),
			0);
	}

	Query combine(Query::op op, const struct kzi_query *query,
		size_t first) const
	{
		std::vector<Query> parts;

		for (size_t i = first; i < query->count; i++)
			parts.push_back(make(query->children[i]));
		return Query(op, parts.begin(), parts.end());
	}

	// The first child under `op` with some one of the others.
	Query with_rest(Query::op op, const struct kzi_query *query) const
	{
		if (query->count == 0)
			return Query();
		Query first = make(query->children[0]);
		if (query->count == 1)
			return first;
		return Query(op, first, combine(Query::OP_OR, query, 1));
	}

	Query filtered(const struct kzi_query *query) const
	{
		if (query->count == 0)
			return Query();
		Query result = make(query->children[0]);
		for (size_t i = 1; i < query->count; i++)
			result = Query(Query::OP_FILTER, result,
				make(query->children[i]));
		return result;
	}

    public:
	Maker(const struct kzi_store &store_, kzi::Where where_)
	    : store(store_), where(where_)
	{
	}

	Query make(const struct kzi_query *query) const
	{
		switch (query->op) {
		case KZI_OP_TERM:
			return of_term(query);
		case KZI_OP_ALL:
			return Query(Query::OP_SCALE_WEIGHT,
				Query(std::string()), 0);
		case KZI_OP_STARTS:
			return of_start(query);
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
};

} // namespace

Xapian::Query kzi::make_query(const struct kzi_store &store,
	const struct kzi_query *query, Where where)
{
	return Maker(store, where).make(query);
}
