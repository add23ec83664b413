// tables.hh -- Xapian's tables, opened. Private to lib/store.
#ifndef KZI_TABLES_HH
#define KZI_TABLES_HH

#include <string>

#include <xapian.h>

extern "C" {
#include "store/tables.h"
}

struct kzi_tables {
	std::string path; // Of the index, for messages.
	Xapian::Database db;
};

namespace kzi {

kz_status match(const struct kzi_tables *tables, const struct kzi_scene *scene,
	const struct kzi_query *query, struct kzi_best *best,
	struct kzi_matches *found, kz_error *err) noexcept;

} // namespace kzi

#endif
