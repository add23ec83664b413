// copy_filters.hh -- what stays in Xapian's tables when postings are settled.
// Private to lib/store.
#ifndef KZI_COPY_FILTERS_HH
#define KZI_COPY_FILTERS_HH

#include <string>

#include <xapian.h>

#include "store/removed.hh"

namespace kzi {

// Copy the tables `from` into the folder `to`, which is made: all metadata, and
// the passages that are not removed, under the numbers they have, with their
// filters. May throw what Xapian throws.
void copy_filters(const Xapian::Database &from, const Removed &removed,
	const std::string &to);

} // namespace kzi

#endif
