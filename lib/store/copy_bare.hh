// copy_bare.hh -- what Xapian's tables hold of an index, without what is dead.
// Private to lib/store.
#ifndef KZI_COPY_BARE_HH
#define KZI_COPY_BARE_HH

#include <string>

#include <xapian.h>

#include "store/removed.hh"

namespace kzi {

// Write tables into the folder `to`, which is made: all metadata of `from`, and
// its passages that are not removed, under the numbers they have, without a
// term. May throw what Xapian throws.
void copy_bare(const Xapian::Database &from, const Removed &removed,
	const std::string &to);

} // namespace kzi

#endif
