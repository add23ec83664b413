// terms.hh -- all terms of an index that begin so, in order: those of settled
// lists and those of Xapian's tables. Private to lib/store.
#ifndef KZI_TERMS_HH
#define KZI_TERMS_HH

#include <string>

#include <xapian.h>

#include "store/postings.hh"

namespace kzi {

class Terms {
	const std::string start;
	struct kzi_lists_walk walk;
	bool has_list;
	Xapian::TermIterator at, end;

	void next_list()
	{
		has_list = kzi_lists_next(&walk) &&
			walk.length >= start.size() &&
			!start.compare(0, start.size(), walk.term, start.size());
		if (walk.failed)
			throw_damaged();
	}

    public:
	// The one at hand, and its settled postings.
	std::string term;
	struct kzi_list list = {};

	Terms(const Xapian::Database &db, const struct kzi_lists &lists,
		const std::string &start_ = std::string())
	    : start(start_), at(db.allterms_begin(start)),
	      end(db.allterms_end(start))
	{
		kzi_lists_begin_at(&walk, &lists, start.data(), start.size());
		next_list();
	}

	// Make the next one the one at hand. False at the end.
	bool next()
	{
		const std::string settled(walk.term, has_list ? walk.length : 0);
		const std::string other = at != end ? *at : std::string();
		const bool is_settled =
			has_list && (at == end || settled <= other);

		if (!has_list && at == end)
			return false;
		term = is_settled ? settled : other;
		list = is_settled ? walk.list : kzi_list();
		if (is_settled)
			next_list();
		if (at != end && term == other)
			++at;
		return true;
	}
};

} // namespace kzi

#endif
