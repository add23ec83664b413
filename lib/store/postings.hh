// postings.hh -- where a term is: in settled lists first, then in Xapian's
// tables, whose numbers are all behind those. Private to lib/store.
#ifndef KZI_POSTINGS_HH
#define KZI_POSTINGS_HH

#include <string>

#include <xapian.h>

extern "C" {
#include "store/lists.h"
}

namespace kzi {

[[noreturn]] inline void throw_damaged()
{
	throw Xapian::DatabaseCorruptError("postings are damaged");
}

// The list of a term. Throws where the file is damaged.
inline struct kzi_list find_list(
	const struct kzi_lists &lists, const std::string &term)
{
	struct kzi_list list;

	if (!kzi_lists_find(&lists, term.data(), term.size(), &list))
		throw_damaged();
	return list;
}

// A walk over all postings of a term, in order.
class Postings {
	struct kzi_cursor cursor;
	bool is_settled; // The one at hand.
	Xapian::PostingIterator at, end;

	void leave_settled()
	{
		if (cursor.failed)
			throw_damaged();
		is_settled = false;
	}

    public:
	Postings(const Xapian::Database &db, const struct kzi_list &list,
		const std::string &term)
	    : is_settled(list.count > 0), at(db.postlist_begin(term)),
	      end(db.postlist_end(term))
	{
		kzi_cursor_begin(&cursor, &list);
		if (is_settled && !kzi_cursor_read(&cursor))
			leave_settled();
	}

	bool at_end() const
	{
		return !is_settled && at == end;
	}

	Xapian::docid passage() const
	{
		return is_settled ? cursor.passages[cursor.at] : *at;
	}

	uint32_t impact() const
	{
		return is_settled ? kzi_cursor_impact(&cursor, cursor.at)
				  : at.get_wdf();
	}

	void next()
	{
		if (!is_settled)
			++at;
		else if (!kzi_cursor_next(&cursor))
			leave_settled();
	}

	// To the first one that is not before `passage`.
	void skip_to(Xapian::docid passage)
	{
		if (is_settled && !kzi_cursor_seek(&cursor, passage))
			leave_settled();
		if (!is_settled && at != end)
			at.skip_to(passage);
	}
};

} // namespace kzi

#endif
