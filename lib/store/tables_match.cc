// tables_match.cc -- a query that Xapian matches: it reads the lists of a
// segment as posting sources (sources.hh).
#include "store/tables.hh"

#include <algorithm>

#include "store/guard.hh"
#include "store/impact.hh"
#include "store/query.hh"

using kzi::guarded;

namespace {

// What the matcher asks: is it alive?
class Living : public Xapian::MatchDecider {
	const struct kzi_removed &removed;

    public:
	explicit Living(const struct kzi_removed &removed_) : removed(removed_)
	{
	}

	bool operator()(const Xapian::Document &document) const override
	{
		return !kzi_removed_has(&removed, document.get_docid());
	}
};

class Matching {
	const Xapian::Database &db;
	const struct kzi_scene &scene;
	struct kzi_best *best;
	struct kzi_matches *found;

	double living_share() const
	{
		const struct kzi_state &state = *scene.state;

		return static_cast<double>(state.info.passages) /
			static_cast<double>(kzi_held(&state));
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

	void count_set(const Xapian::MSet &set)
	{
		found->estimate += set.get_matches_estimated();
		found->is_exact &= set.get_matches_lower_bound() ==
			set.get_matches_upper_bound();
	}

    public:
	Matching(const Xapian::Database &db_, const struct kzi_scene &scene_,
		struct kzi_best *best_, struct kzi_matches *found_)
	    : db(db_), scene(scene_), best(best_), found(found_)
	{
	}

	// What Xapian does not pass over it counts. Where nothing weighs
	// anything ("lang:en") the number is all that is wanted, and all parts
	// of it must be right.
	void match(const struct kzi_query *query)
	{
		const Living living(*scene.removed);
		const bool has_removed = scene.removed->count > 0;
		const kzi::Made made = kzi::make_query(scene, query);
		const bool counts = !made.may_prune ||
			(scene.state->segment_count > 1 &&
				kzi_query_bound(query) <= 0);
		const double bar = counts ? 0 : kzi_best_bar(best);
		Xapian::Enquire enquire(db);

		enquire.set_weighting_scheme(kzi::ImpactWeight());
		enquire.set_query(made.query, 1);
		enquire.set_cutoff(0, bar);
		Xapian::MSet set = enquire.get_mset(0,
			static_cast<Xapian::doccount>(best->most),
			counts ? db.get_doccount() : 0, nullptr,
			has_removed ? &living : nullptr);
		for (auto at = set.begin(); at != set.end(); ++at)
			kzi_best_add(best, *at, at.get_weight());
		// Its bounds are of all passages, removed or not, where it has
		// not looked at each.
		if (bar == 0 && set.size() < best->most)
			found->estimate += set.size();
		else if (bar == 0 && (counts || !has_removed))
			count_set(set);
		else
			estimate_set(enquire, set);
	}
};

} // namespace

kz_status kzi::match(const struct kzi_tables *tables,
	const struct kzi_scene *scene, const struct kzi_query *query,
	struct kzi_best *best, struct kzi_matches *found,
	kz_error *err) noexcept
{
	return guarded(tables->path.c_str(), err, [&] {
		Matching(tables->db, *scene, best, found).match(query);
		return KZ_OK;
	});
}
