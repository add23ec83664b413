// query.hh -- a struct kzi_query as Xapian's. Private to lib/store.
#ifndef KZI_QUERY_HH
#define KZI_QUERY_HH

#include <xapian.h>

#include "store/reader.hh"

namespace kzi {

// Which postings a query is asked of.
enum class Where { ALL, UNSETTLED };

Xapian::Query make_query(const struct kzi_store &store,
	const struct kzi_query *query, Where where);

} // namespace kzi

#endif
