// segment_write.hh -- several segments put together (segments.h). Private to
// lib/store.
#ifndef KZI_SEGMENT_WRITE_HH
#define KZI_SEGMENT_WRITE_HH

#include "store/out.hh"

extern "C" {
#include "store/lists.h"
#include "store/removed.h"
}

namespace kzi {

// Write the postings of lists, each behind the one before, as one file, but for
// those of passages that are removed. Throws where they are damaged.
kz_status write_segment(const struct kzi_lists *lists, size_t count,
	const struct kzi_removed &removed, Out &out, kz_error *err);

} // namespace kzi

#endif
