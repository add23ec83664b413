// compact.hh -- a generation rewritten without what is dead, its postings in
// one file.
#ifndef KZI_COMPACT_HH
#define KZI_COMPACT_HH

#include <string>

#include "kalauz.h"

namespace kzi {

// Write what lives in the generation in folder `from` into the empty folder
// `to`, durably; passages keep their numbers. A folder `scratch` is there
// meanwhile. May throw what Xapian throws.
kz_status rewrite_generation(const std::string &from, const std::string &to,
	const std::string &scratch, kz_error *err);

} // namespace kzi

#endif
