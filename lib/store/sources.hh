// sources.hh -- what Xapian's matcher reads beside its own tables. Private to
// lib/store.
#ifndef KZI_SOURCES_HH
#define KZI_SOURCES_HH

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <xapian.h>

#include "store/damaged.hh"

extern "C" {
#include "store/sum.h"
}

namespace kzi {

// Lists of terms, as one sum.
class SumSource : public Xapian::PostingSource {
	std::vector<struct kzi_summand> terms;
	std::vector<struct kzi_summand *> order;
	std::vector<double> bounds;
	mutable struct kzi_sum sum = {}; // To weigh a passage reads lists.
	bool has_ended = false;
	const uint64_t passages; // That there are.

	void settle(bool is_there)
	{
		has_ended = !is_there;
		if (sum.failed)
			throw_damaged();
	}

    public:
	explicit SumSource(uint64_t passages_) : passages(passages_)
	{
	}

	void add(const struct kzi_list &list, double weight, bool is_optional)
	{
		terms.push_back({ weight, is_optional, {} });
		terms.back().cursor.list = list; // It begins in init().
	}

	SumSource *clone() const override
	{
		auto *copy = new SumSource(passages);

		copy->terms = terms;
		return copy;
	}

	std::string name() const override
	{
		return "kalauz-sum";
	}

	Xapian::doccount get_termfreq_min() const override
	{
		Xapian::doccount most = 0;

		for (const auto &term : terms)
			if (!term.is_optional)
				most = std::max(most, term.cursor.list.count);
		return most;
	}

	Xapian::doccount get_termfreq_est() const override
	{
		return get_termfreq_max();
	}

	Xapian::doccount get_termfreq_max() const override
	{
		uint64_t all = 0;

		for (const auto &term : terms)
			if (!term.is_optional)
				all += term.cursor.list.count;
		return static_cast<Xapian::doccount>(std::min(all, passages));
	}

	void init(const Xapian::Database &) override
	{
		order.clear();
		for (auto &term : terms) {
			const struct kzi_list list = term.cursor.list;

			kzi_cursor_begin(&term.cursor, &list);
			order.push_back(&term);
		}
		bounds.resize(terms.size());
		kzi_sum_begin(&sum, order.data(), bounds.data(), order.size());
		has_ended = false;
		set_maxweight(sum.top);
	}

	double get_weight() const override
	{
		return kzi_sum_weight(&sum);
	}

	Xapian::docid get_docid() const override
	{
		return sum.passage;
	}

	bool at_end() const override
	{
		return has_ended;
	}

	void next(double least) override
	{
		settle(kzi_sum_seek(&sum, sum.passage + 1, least));
	}

	void skip_to(Xapian::docid passage, double least) override
	{
		if (passage > sum.passage)
			settle(kzi_sum_seek(&sum, passage, least));
	}
};

// Some passages, which weigh nothing.
class SetSource : public Xapian::PostingSource {
	std::vector<Xapian::docid> passages;
	size_t at = 0;
	bool has_begun = false;

    public:
	// They are in order.
	explicit SetSource(std::vector<Xapian::docid> passages_)
	    : passages(std::move(passages_))
	{
	}

	SetSource *clone() const override
	{
		return new SetSource(passages);
	}

	std::string name() const override
	{
		return "kalauz-set";
	}

	Xapian::doccount get_termfreq_min() const override
	{
		return static_cast<Xapian::doccount>(passages.size());
	}

	Xapian::doccount get_termfreq_est() const override
	{
		return get_termfreq_min();
	}

	Xapian::doccount get_termfreq_max() const override
	{
		return get_termfreq_min();
	}

	void init(const Xapian::Database &) override
	{
		at = 0;
		has_begun = false;
	}

	Xapian::docid get_docid() const override
	{
		return passages[at];
	}

	bool at_end() const override
	{
		return at == passages.size();
	}

	void next(double) override
	{
		at += has_begun;
		has_begun = true;
	}

	void skip_to(Xapian::docid passage, double) override
	{
		const auto from = passages.begin() +
			static_cast<std::ptrdiff_t>(at);

		has_begun = true;
		at = static_cast<size_t>(
			std::lower_bound(from, passages.end(), passage) -
			passages.begin());
	}
};

// All numbers from one on and before another, of passages or not.
class RangeSource : public Xapian::PostingSource {
	const Xapian::docid from, to;
	Xapian::docid at = 0;

    public:
	RangeSource(Xapian::docid from_, Xapian::docid to_)
	    : from(from_), to(to_)
	{
	}

	RangeSource *clone() const override
	{
		return new RangeSource(from, to);
	}

	std::string name() const override
	{
		return "kalauz-range";
	}

	Xapian::doccount get_termfreq_min() const override
	{
		return 0;
	}

	Xapian::doccount get_termfreq_est() const override
	{
		return to - from;
	}

	Xapian::doccount get_termfreq_max() const override
	{
		return to - from;
	}

	void init(const Xapian::Database &) override
	{
		at = from - 1;
	}

	Xapian::docid get_docid() const override
	{
		return at;
	}

	bool at_end() const override
	{
		return at >= to;
	}

	void next(double) override
	{
		at++;
	}

	void skip_to(Xapian::docid passage, double) override
	{
		at = std::max(at, passage);
	}
};

} // namespace kzi

#endif
