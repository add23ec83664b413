// removed.hh -- struct kzi_removed for what writes. Private to lib/store.
#ifndef KZI_REMOVED_HH
#define KZI_REMOVED_HH

#include <new>
#include <string>

#include <xapian.h>

#include "store/bytes.hh"

extern "C" {
#include "store/removed.h"
#include "store/schema.h"
}

namespace kzi {

struct Removed : Owned<kzi_removed, kzi_removed_release> {
	bool has(Xapian::docid passage) const
	{
		return kzi_removed_has(this, passage);
	}

	void add(Xapian::docid passage)
	{
		if (!kzi_removed_add(this, passage))
			throw std::bad_alloc();
	}

	kz_status open(const Xapian::Database &db,
		const struct kzi_state &state,
		const char *path, kz_error *err)
	{
		const std::string raw = state.removed
			? db.get_metadata(KZI_REMOVED_KEY)
			: std::string();

		return kzi_removed_read(this, raw.data(), raw.size(), &state,
			db.get_doccount(), path, err);
	}

	void write(Xapian::WritableDatabase &db) const
	{
		Bytes raw;

		kzi_removed_put(&raw, this);
		db.set_metadata(KZI_REMOVED_KEY, raw.string());
	}
};

} // namespace kzi

#endif
