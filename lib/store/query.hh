// query.hh -- a struct kzi_query as Xapian's. Private to lib/store.
#ifndef KZI_QUERY_HH
#define KZI_QUERY_HH

#include <vector>

#include <xapian.h>

#include "store/reader.hh"

namespace kzi {

// The terms that a query is the sum of; false if it is not a sum.
bool take_sum(const struct kzi_query *query,
	std::vector<const struct kzi_query *> &terms);

// A query asked of settled postings, or of those in Xapian's tables.
enum class Where { SETTLED, TABLES };

struct Made {
	Xapian::Query query;

	// Xapian may pass over what weighs too little. Not where it adds the
	// weights of several sides itself: 1.4 turns an OR into an AND_MAYBE and
	// that into an AND when one side alone is no longer enough, and then
	// begins behind both of them, though one may stand where the other has
	// still to come (AndMaybePostList::next).
	bool may_prune;
};

Made make_query(const struct kzi_store &store, const struct kzi_query *query,
	Where where);

} // namespace kzi

#endif
