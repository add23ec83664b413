// settle.hh -- postings out of Xapian's tables into lists (lists.h).
// Private to lib/store.
#ifndef KZI_SETTLE_HH
#define KZI_SETTLE_HH

#include <xapian.h>

#include "kalauz.h"
#include "store/out.hh"
#include "store/removed.hh"

extern "C" {
#include "store/lists.h"
}

namespace kzi {

// Write the file of the postings that are in `lists` and in `db` behind them, but
// for those of passages that are removed. May throw what Xapian throws.
kz_status settle(const Xapian::Database &db, const struct kzi_lists &lists,
	const Removed &removed, Out &out, kz_error *err);

} // namespace kzi

#endif
