// query.hh -- a struct kzi_query as Xapian's. Private to lib/store.
#ifndef KZI_QUERY_HH
#define KZI_QUERY_HH

#include <xapian.h>

#include "store/store.h"

namespace kzi {

Xapian::Query make_query(const struct kzi_query *query);

} // namespace kzi

#endif
