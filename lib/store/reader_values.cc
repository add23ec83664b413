// reader_values.cc -- all values of the caller's, for the indexer.
#include "store/guard.hh"
#include "store/tables.hh"
#include "store/values.hh"

extern "C" {
#include "store/reader.h"
}

using kzi::guarded;

extern "C" kz_status kzi_store_values(struct kzi_store *store,
	kzi_visit_value *visit, void *context, kz_error *err) noexcept
{
	kz_status status = kzi_store_need_tables(store, err);

	if (status != KZ_OK)
		return status;
	return guarded(store->path, err, [&] {
		kzi::visit_values(store->tables->db, visit, context);
		return KZ_OK;
	});
}
