// living.hh -- Xapian's tables copied without passages that are gone.
#ifndef KZI_LIVING_HH
#define KZI_LIVING_HH

#include <string>

#include <xapian.h>

#include "store/removed.hh"

namespace kzi {

// Copy the tables `from` into the folder `to`, which is made: all metadata, and
// the passages that are not removed, under the numbers they have. May throw what
// Xapian throws.
void copy_living(const Xapian::Database &from, const Removed &removed,
	const std::string &to);

} // namespace kzi

#endif
