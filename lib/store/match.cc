// match.cc -- queries asked of an index.
//
// A sum of terms is found in the settled lists by our own walk, which passes over
// what cannot be among the best (topk.h). Every other query, with conditions or
// filters, is Xapian's to match, and reads the same lists (sources.hh); so is
// what has been added since they were settled.
#include <algorithm>
#include <vector>

#include <xapian.h>

#include "store/guard.hh"
#include "store/impact.hh"
#include "store/query.hh"
#include "store/reader.hh"

extern "C" {
#include "store/best.h"
#include "store/topk.h"
}

using kzi::guarded;

namespace {

// The most that a passage can weigh in a query.
double bound_of(const struct kzi_query *query)
{
	double sum = 0;

	switch (query->op) {
	case KZI_OP_TERM:
		return query->weight * KZI_IMPACT_MOST;
	case KZI_OP_ALL:
	case KZI_OP_STARTS:
		return 0;
	case KZI_OP_FILTER:
	case KZI_OP_NOT:
		return bound_of(query->children[0]);
	default:
		for (size_t i = 0; i < query->count; i++)
			sum += bound_of(query->children[i]);
		return sum;
	}
}

class Matching {
	struct kzi_store *store;
	struct kzi_best *best;
	struct kzi_matches *found;

	double living_share() const
	{
		return static_cast<double>(store->state.info.passages) /
			store->db.get_doccount();
	}

	// How many match, where some are passed over or weigh too little: as
	// many as do in the tables, times the part that is alive. What Xapian
	// makes of it after a match is rounded to a digit, so wide are its
	// bounds then.
	void estimate_set(Xapian::Enquire &enquire, const Xapian::MSet &seen)
	{
		enquire.set_cutoff(0, 0);
		double all = enquire.get_mset(0, 0).get_matches_estimated();

		found->estimate += std::max<uint64_t>(
			static_cast<uint64_t>(all * living_share() + 0.5),
			seen.get_matches_lower_bound());
		found->is_exact = 0;
	}

	// How many hold some of the terms, as if these were spread by chance.
	uint64_t estimate_sum(
		const std::vector<struct kzi_weighted> &terms) const
	{
		double all = store->db.get_doccount(), others = 1;
		uint32_t most = 0;

		for (const auto &term : terms) {
			most = std::max(most, term.list.count);
			others *= 1 - std::min(1., term.list.count / all);
		}
		return static_cast<uint64_t>(
			std::max<double>(most, all * (1 - others)) *
				living_share() +
			0.5);
	}

	static int is_removed(void *context, uint32_t passage)
	{
		return static_cast<kzi::Removed *>(context)->has(passage);
	}

	std::vector<struct kzi_weighted> lists_of(
		const std::vector<const struct kzi_query *> &sum)
	{
		std::vector<struct kzi_weighted> terms;

		for (const struct kzi_query *part : sum) {
			const struct kzi_list list =
				store->settled.list_to_read(std::string(
					part->term.bytes, part->term.length));

			if (list.count)
				terms.push_back({ list, part->weight });
		}
		return terms;
	}

	void count_sum(const std::vector<struct kzi_weighted> &terms,
		const struct kzi_topk &topk)
	{
		if (terms.size() == 1 && !store->removed.count()) {
			found->estimate += terms[0].list.count;
			return;
		}
		found->estimate += topk.is_all
			? topk.seen
			: std::max(topk.seen, estimate_sum(terms));
		found->is_exact &= topk.is_all;
	}

	kz_status match_sum(const std::vector<const struct kzi_query *> &sum,
		kz_error *err)
	{
		const std::vector<struct kzi_weighted> terms = lists_of(sum);
		struct kzi_topk topk = {};

		topk.terms = terms.data();
		topk.count = terms.size();
		topk.is_removed = store->removed.count() ? is_removed : nullptr;
		topk.context = &store->removed;
		kzi_arena_reset(&store->scratch);
		kz_status status = kzi_topk_run(
			&topk, best, &store->window, &store->scratch);
		if (status == KZ_ERR_MEMORY)
			return kzi_fail_memory(err);
		if (status != KZ_OK)
			kzi::throw_damaged();
		count_sum(terms, topk);
		return KZ_OK;
	}

	// What Xapian does not pass over it counts. Where nothing weighs anything
	// ("lang:en") the number is all that is wanted, and two parts of it must
	// both be right.
	void match_by_xapian(const struct kzi_query *query, kzi::Where where)
	{
		const kzi::Living living(store->removed);
		const kzi::Made made = kzi::make_query(*store, query, where);
		const bool counts = !made.may_prune ||
			(store->is_half_settled() && bound_of(query) <= 0);
		const double bar = counts ? 0 : kzi_best_bar(best);
		Xapian::Enquire enquire(store->db);

		enquire.set_weighting_scheme(kzi::ImpactWeight());
		enquire.set_query(made.query, 1);
		enquire.set_cutoff(0, bar);
		Xapian::MSet set = enquire.get_mset(0,
			static_cast<Xapian::doccount>(best->most),
			counts ? store->db.get_doccount() : 0, nullptr,
			store->removed.count() ? &living : nullptr);
		for (auto at = set.begin(); at != set.end(); ++at)
			kzi_best_add(best, *at, at.get_weight());
		// Its bounds are of all passages, removed or not, where it has
		// not looked at each.
		if (bar == 0 && set.size() < best->most)
			found->estimate += set.size();
		else if (bar == 0 && (counts || !store->removed.count()))
			count_set(set);
		else
			estimate_set(enquire, set);
	}

	void count_set(const Xapian::MSet &set)
	{
		found->estimate += set.get_matches_estimated();
		found->is_exact &= set.get_matches_lower_bound() ==
			set.get_matches_upper_bound();
	}

	kz_status match_settled(const struct kzi_query *query, kz_error *err)
	{
		std::vector<const struct kzi_query *> sum;

		if (kzi::take_sum(query, sum))
			return match_sum(sum, err);
		match_by_xapian(query, kzi::Where::SETTLED);
		return KZ_OK;
	}

    public:
	Matching(struct kzi_store *store_, struct kzi_best *best_,
		struct kzi_matches *found_)
	    : store(store_), best(best_), found(found_)
	{
	}

	kz_status match(const struct kzi_query *query, kz_error *err)
	{
		kz_status status = KZ_OK;

		// Its lists need not be opened to see that nothing there counts.
		if (kzi_best_bar(best) > 0 &&
			bound_of(query) < kzi_best_bar(best)) {
			found->is_exact = 0;
			return KZ_OK;
		}
		if (store->state.settled)
			status = match_settled(query, err);
		if (status == KZ_OK && store->has_unsettled())
			match_by_xapian(query, kzi::Where::TABLES);
		return status;
	}
};

} // namespace

extern "C" kz_status kzi_store_match(struct kzi_store *store,
	struct kzi_query *const *queries, size_t query_count,
	struct kzi_match *matches, size_t most, struct kzi_matches *found,
	kz_error *err) noexcept
{
	struct kzi_best best = { matches, 0, most };

	found->count = 0;
	found->estimate = 0;
	found->is_exact = 1;
	return guarded(store->path.c_str(), err, [&] {
		Matching matching(store, &best, found);
		kz_status status = KZ_OK;

		for (size_t i = 0; status == KZ_OK && i < query_count; i++)
			status = matching.match(queries[i], err);
		kzi_best_sort(&best);
		found->count = best.count;
		// No passage matches two of the queries.
		found->estimate = std::max<uint64_t>(found->count,
			std::min(found->estimate, store->state.info.passages));
		return status;
	});
}
