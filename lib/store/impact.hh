// impact.hh -- the weight of a posting without the length of its passage.
//
// At a million passages Xapian's BM25 spends three fifths of its time looking
// up document lengths. Here the writer has worked the length into the impact,
// which is stored where Xapian keeps the wdf, so the match asks for nothing but
// the posting itself: weight = factor x impact.
#ifndef KZI_IMPACT_HH
#define KZI_IMPACT_HH

#include <xapian.h>

#include "store/store.h"

namespace kzi {

class ImpactWeight : public Xapian::Weight {
	double factor = 0;
	double bound = 0;

	void init(double query_factor) override
	{
		Xapian::termcount most = get_wdf_upper_bound();

		if (most > KZI_IMPACT_MOST)
			most = KZI_IMPACT_MOST;
		factor = query_factor;
		bound = factor * most;
	}

    public:
	ImpactWeight()
	{
		need_stat(WDF);
		need_stat(WDF_MAX);
	}

	ImpactWeight *clone() const override
	{
		return new ImpactWeight;
	}

	std::string name() const override
	{
		return "kalauz-impact";
	}

	double get_sumpart(Xapian::termcount impact, Xapian::termcount,
		Xapian::termcount) const override
	{
		return factor * impact;
	}

	double get_maxpart() const override
	{
		return bound;
	}

	double get_sumextra(Xapian::termcount, Xapian::termcount) const override
	{
		return 0;
	}

	double get_maxextra() const override
	{
		return 0;
	}
};

} // namespace kzi

#endif
