// damaged.hh -- lists that may be damaged. Private to lib/store.
#ifndef KZI_DAMAGED_HH
#define KZI_DAMAGED_HH

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

} // namespace kzi

#endif
