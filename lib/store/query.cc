// query.cc -- see query.hh.
#include "store/query.hh"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "store/sources.hh"

extern "C" {
#include "store/merge.h"
}

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

// Sums are one posting source each, so that Xapian adds no weights of sides
// that need not all be there.
class Maker {
	const struct kzi_scene &scene;
	bool weighs = true; // Not within a condition.

	void add(kzi::SumSource &source, const Sum &sum, bool is_optional) const
	{
		for (const struct kzi_query *term : sum) {
			const struct kzi_list list =
				kzi::find_list(*scene.lists, term_of(term));

			if (list.count)
				source.add(list, term->weight, is_optional);
		}
	}

	Query of_sum(const Sum &sum, const Sum &optional) const
	{
		std::unique_ptr<kzi::SumSource> source(
			new kzi::SumSource(kzi_held(scene.state)));

		add(*source, sum, false);
		if (source->get_termfreq_max() == 0)
			return Query();
		add(*source, optional, true);
		return Query(source.release()->release());
	}

	// All passages of the segment.
	Query all() const
	{
		if (scene.state->segment_count == 1)
			return weightless(Query(std::string()));
		return weightless(Query(Query::OP_FILTER, Query(std::string()),
			Query((new kzi::RangeSource(scene.from, scene.to))
					->release())));
	}

	static int take_passage(void *context, uint32_t passage, uint32_t)
	{
		static_cast<std::vector<Xapian::docid> *>(context)->push_back(
			passage);
		return 1;
	}

	// Passages with a term that begins so. Xapian's wildcard would keep a
	// list open for each term, which takes minutes with a hundred thousand.
	Query starting(const std::string &start) const
	{
		std::vector<Xapian::docid> passages;
		struct kzi_lists_walk walk;

		kzi_lists_begin_at(
			&walk, scene.lists, start.data(), start.size());
		while (kzi_lists_next(&walk) && walk.length >= start.size() &&
			!start.compare(0, start.size(), walk.term, start.size()))
			if (!kzi_lists_visit(
				    &walk.list, 1, 0, take_passage, &passages))
				kzi::throw_damaged();
		if (walk.failed)
			kzi::throw_damaged();
		if (passages.empty())
			return Query();
		std::sort(passages.begin(), passages.end());
		passages.erase(std::unique(passages.begin(), passages.end()),
			passages.end());
		return weightless(
			Query((new kzi::SetSource(std::move(passages)))
					->release()));
	}

	Query combine(Query::op op, const struct kzi_query *query, size_t first)
	{
		std::vector<Query> parts;

		for (size_t i = first; i < query->count; i++)
			parts.push_back(make(query->children[i]));
		if (op == Query::OP_OR && parts.size() > 1 && weighs)
			may_prune = false;
		return Query(op, parts.begin(), parts.end());
	}

	// Where nothing is weighed "+a b" is a; Xapian's AND_MAYBE would
	// compare weights there that it has not computed.
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

	// As one source; false if it is more than a sum.
	bool make_sum(const struct kzi_query *query, Query &whole)
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
	bool may_prune = true;

	explicit Maker(const struct kzi_scene &scene_) : scene(scene_)
	{
	}

	Query make(const struct kzi_query *query)
	{
		Query whole;

		if (make_sum(query, whole))
			return whole;
		switch (query->op) {
		case KZI_OP_TERM: // One that weighs nothing.
			return weightless(of_sum({ query }, {}));
		case KZI_OP_ALL:
			return all();
		case KZI_OP_STARTS:
			return starting(term_of(query));
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

} // namespace

kzi::Made kzi::make_query(
	const struct kzi_scene &scene, const struct kzi_query *query)
{
	Maker maker(scene);
	Query made = maker.make(query);

	return { made, maker.may_prune };
}
