// sources.hh -- what Xapian's matcher reads beside its own tables. Private to
// lib/store.
#ifndef KZI_SOURCES_HH
#define KZI_SOURCES_HH

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <xapian.h>

#include "store/postings.hh"

namespace kzi {

// A settled list.
class ListSource : public Xapian::PostingSource {
	const struct kzi_list list;
	const double weight;
	struct kzi_cursor cursor;
	bool has_begun = false;
	bool has_ended = false;

	void settle(bool is_there)
	{
		has_begun = true;
		has_ended = !is_there;
		if (has_ended)
			check_cursor(cursor);
	}

	// Pass over blocks in which nothing weighs enough.
	void pass_light(double least)
	{
		while (!has_ended && weight * cursor.block_top < least)
			settle(kzi_cursor_seek(
				&cursor, cursor.block_last + 1));
	}

    public:
	ListSource(const struct kzi_list &list_, double weight_)
	    : list(list_), weight(weight_)
	{
		kzi_cursor_begin(&cursor, &list);
		check_cursor(cursor);
	}

	ListSource *clone() const override
	{
		return new ListSource(list, weight);
	}

	std::string name() const override
	{
		return "kalauz-list";
	}

	Xapian::doccount get_termfreq_min() const override
	{
		return list.count;
	}

	Xapian::doccount get_termfreq_est() const override
	{
		return list.count;
	}

	Xapian::doccount get_termfreq_max() const override
	{
		return list.count;
	}

	void init(const Xapian::Database &) override
	{
		kzi_cursor_begin(&cursor, &list);
		has_begun = has_ended = false;
		set_maxweight(weight * cursor.top);
	}

	double get_weight() const override
	{
		return weight * kzi_cursor_impact(&cursor, cursor.at);
	}

	Xapian::docid get_docid() const override
	{
		return cursor.passages[cursor.at];
	}

	bool at_end() const override
	{
		return has_ended;
	}

	void next(double least) override
	{
		settle(has_begun ? kzi_cursor_next(&cursor)
				 : kzi_cursor_read(&cursor));
		pass_light(least);
	}

	void skip_to(Xapian::docid passage, double least) override
	{
		settle(kzi_cursor_seek(&cursor, passage));
		pass_light(least);
	}
};

// Some passages, which weigh nothing.
class SetSource : public Xapian::PostingSource {
	std::vector<Xapian::docid> passages;
	size_t at = 0;
	bool has_begun = false;

    public:
	explicit SetSource(std::vector<Xapian::docid> passages_)
	    : passages(std::move(passages_))
	{
		std::sort(passages.begin(), passages.end());
		passages.erase(std::unique(passages.begin(), passages.end()),
			passages.end());
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

} // namespace kzi

#endif
