// query.hh -- a struct kzi_query as Xapian's. Private to lib/store.
#ifndef KZI_QUERY_HH
#define KZI_QUERY_HH

#include <xapian.h>

extern "C" {
#include "store/tables.h"
}

namespace kzi {

struct Made {
	Xapian::Query query;

	// Xapian may pass over what weighs too little. Not where it adds the
	// weights of several sides itself: 1.4 turns an OR into an AND_MAYBE
	// and that into an AND when one side alone is no longer enough, and
	// then begins behind both of them, though one may stand where the other
	// has still to come (AndMaybePostList::next).
	bool may_prune;
};

Made make_query(const struct kzi_scene &scene, const struct kzi_query *query);

} // namespace kzi

#endif
