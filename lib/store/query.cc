// query.cc -- see query.hh.
#include "store/query.hh"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "store/postings.hh"
#include "store/sources.hh"
#include "store/terms.hh"

namespace {

using Xapian::Query;
using Sum = std::vector<const struct kzi_query *>;

std::string term_of(const struct kzi_query *query)
{
	return std::string(query->term.bytes, query->term.length);
}

Query weightless(const Query &query)
{
	return Query(Query::OP_SCALE_WEIGHT, query, 0);
}

// The terms that a query is the sum of, behind others; false if it is no sum.
bool take_sum(const struct kzi_query *query, Sum &terms)
{
	size_t more = kzi_query_terms(query), before = terms.size();

	terms.resize(before + more);
	if (more)
		kzi_query_take(query, terms.data() + before);
	return more > 0;
}

// What has children, whatever its leaves are.
class Maker {
	bool weighs = true; // Not within a condition.

	Query combine(Query::op op, const struct kzi_query *query, size_t first)
	{
		std::vector<Query> parts;

		for (size_t i = first; i < query->count; i++)
			parts.push_back(make(query->children[i]));
		if (op == Query::OP_OR && parts.size() > 1 && weighs)
			may_prune = false;
		return Query(op, parts.begin(), parts.end());
	}

	// Where nothing is weighed "+a b" is a; Xapian's AND_MAYBE would compare
	// weights there that it has not computed.
	Query with_others(const struct kzi_query *query)
	{
		Query first = make(query->children[0]);

		if (query->count == 1 || !weighs)
			return first;
		may_prune = false;
		return Query(Query::OP_AND_MAYBE, first,
			combine(Query::OP_OR, query, 1));
	}

	// The first child, under the conditions that the others are.
	Query under(Query::op op, const struct kzi_query *query)
	{
		const bool weighed = weighs;
		Query result = make(query->children[0]);

		weighs = false;
		for (size_t i = 1; i < query->count; i++)
			result = Query(op, result, make(query->children[i]));
		weighs = weighed;
		return result;
	}

    protected:
	const Xapian::Database &db;
	const struct kzi_state &state;
	const struct kzi_lists &lists;

	virtual Query of_term(const struct kzi_query *query) = 0;
	virtual Query of_start(const struct kzi_query *query) = 0;

	// Passages of this place alone.
	virtual Query all() = 0;

	// Something better than what follows from the children, or nothing.
	virtual bool make_whole(const struct kzi_query *, Query &)
	{
		return false;
	}

	// All passages from one number on and before another.
	Query range(uint64_t from, uint64_t to) const
	{
		if (!kzi_is_half_settled(&state))
			return weightless(Query(std::string()));
		return weightless(Query(Query::OP_FILTER, Query(std::string()),
			Query((new kzi::RangeSource(
				       static_cast<Xapian::docid>(from),
				       static_cast<Xapian::docid>(to)))
					->release())));
	}

	// Passages with a term that begins so. Xapian's wildcard would keep a
	// list open for each term, which takes minutes with a hundred thousand.
	static Query starting(const Xapian::Database &tables,
		const struct kzi_lists &settled, const struct kzi_query *query)
	{
		std::vector<Xapian::docid> passages;
		kzi::Terms terms(tables, settled, term_of(query));

		while (terms.next())
			for (kzi::Postings at(tables, terms.list, terms.term);
				!at.at_end(); at.next())
				passages.push_back(at.passage());
		if (passages.empty())
			return Query();
		std::sort(passages.begin(), passages.end());
		passages.erase(std::unique(passages.begin(), passages.end()),
			passages.end());
		return weightless(
			Query((new kzi::SetSource(std::move(passages)))
					->release()));
	}

    public:
	bool may_prune = true;

	Maker(const Xapian::Database &db_, const struct kzi_scene &scene)
	    : db(db_), state(*scene.state), lists(*scene.lists)
	{
	}

	virtual ~Maker() = default;

	Query make(const struct kzi_query *query)
	{
		Query whole;

		if (make_whole(query, whole))
			return whole;
		switch (query->op) {
		case KZI_OP_TERM:
			return of_term(query);
		case KZI_OP_ALL:
			return all();
		case KZI_OP_STARTS:
			return of_start(query);
		case KZI_OP_AND:
			return combine(Query::OP_AND, query, 0);
		case KZI_OP_OR:
			return combine(Query::OP_OR, query, 0);
		case KZI_OP_FILTER:
			return under(Query::OP_FILTER, query);
		case KZI_OP_NOT:
			return under(Query::OP_AND_NOT, query);
		case KZI_OP_MAYBE:
			return with_others(query);
		}
		return Query();
	}
};

class InTables : public Maker {
	Query of_term(const struct kzi_query *query) override
	{
		return Query(Query::OP_SCALE_WEIGHT, Query(term_of(query)),
			query->weight);
	}

	Query of_start(const struct kzi_query *query) override
	{
		return starting(db, {}, query);
	}

	Query all() override
	{
		return range(state.settled, state.rows);
	}

    public:
	using Maker::Maker;
};

// Sums are one posting source each, so that Xapian adds no weights of sides that
// need not all be there.
class InLists : public Maker {
	void add(kzi::SumSource &source, const Sum &sum, bool is_optional) const
	{
		for (const struct kzi_query *term : sum) {
			const struct kzi_list list =
				kzi::find_list(lists, term_of(term));

			if (list.count)
				source.add(list, term->weight, is_optional);
		}
	}

	Query of_sum(const Sum &sum, const Sum &optional) const
	{
		std::unique_ptr<kzi::SumSource> source(
			new kzi::SumSource(kzi_held(&state)));

		add(*source, sum, false);
		if (source->get_termfreq_max() == 0)
			return Query();
		add(*source, optional, true);
		return Query(source.release()->release());
	}

	Query of_term(const struct kzi_query *query) override
	{
		return weightless(of_sum({ query }, {}));
	}

	Query of_start(const struct kzi_query *query) override
	{
		return starting(Xapian::Database(), lists, query);
	}

	Query all() override
	{
		return range(1, state.settled);
	}

	// "+a +b c": c is added where b is looked at.
	bool make_maybe(const struct kzi_query *query, Query &whole)
	{
		const struct kzi_query *must = query->children[0];
		std::vector<Query> parts;
		Sum optional, sum;

		for (size_t i = 1; i < query->count; i++)
			if (!take_sum(query->children[i], optional))
				return false;
		if (take_sum(must, sum)) {
			whole = of_sum(sum, optional);
			return true;
		}
		sum.clear();
		if (must->op != KZI_OP_AND ||
			!take_sum(must->children[must->count - 1], sum))
			return false;
		for (size_t i = 0; i + 1 < must->count; i++)
			parts.push_back(make(must->children[i]));
		parts.push_back(of_sum(sum, optional));
		whole = Query(Query::OP_AND, parts.begin(), parts.end());
		return true;
	}

	bool make_whole(const struct kzi_query *query, Query &whole) override
	{
		Sum sum;

		if (query->op == KZI_OP_MAYBE)
			return make_maybe(query, whole);
		if (!take_sum(query, sum))
			return false;
		whole = of_sum(sum, {});
		return true;
	}

    public:
	using Maker::Maker;
};

} // namespace

kzi::Made kzi::make_query(const Xapian::Database &db,
	const struct kzi_scene &scene, const struct kzi_query *query,
	enum kzi_where where)
{
	InTables in_tables(db, scene);
	InLists in_lists(db, scene);
	Maker &maker = where == KZI_UNSETTLED
		? static_cast<Maker &>(in_tables)
		: in_lists;
	Query made = maker.make(query);

	return { made, maker.may_prune };
}
