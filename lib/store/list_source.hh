// list_source.hh -- a settled list as Xapian's matcher reads one. Private to
// lib/store.
#ifndef KZI_LIST_SOURCE_HH
#define KZI_LIST_SOURCE_HH

#include <string>

#include <xapian.h>

#include "store/postings.hh"

namespace kzi {

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

} // namespace kzi

#endif
