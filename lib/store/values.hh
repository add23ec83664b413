// values.hh -- the caller's values in Xapian's metadata, read the same way by
// the reader and by the writer.
#ifndef KZI_VALUES_HH
#define KZI_VALUES_HH

#include <string>

#include <xapian.h>

extern "C" {
#include "store/schema.h"
#include "store/store.h"
}

namespace kzi {

inline void visit_values(
	const Xapian::Database &db, kzi_visit_value *visit, void *context)
{
	Xapian::TermIterator end = db.metadata_keys_end(KZI_VALUE_PREFIX);
	auto at = db.metadata_keys_begin(KZI_VALUE_PREFIX);

	for (; at != end; ++at) {
		const std::string key = *at;
		const std::string value = db.get_metadata(key);
		struct kzi_string k = { key.data() + 1, key.size() - 1 };
		struct kzi_string v = { value.data(), value.size() };

		if (!visit(context, k, v))
			break;
	}
}

} // namespace kzi

#endif
