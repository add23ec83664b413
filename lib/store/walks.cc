// walks.cc -- all filters, and all values of the caller's, for the indexer.
#include "store/guard.hh"
#include "store/tables.hh"
#include "store/terms.hh"
#include "store/values.hh"

extern "C" {
#include "store/reader.h"
}

using kzi::guarded;

static uint32_t count_living(const struct kzi_store *store, kzi::Postings at)
{
	uint32_t living = 0;

	for (; !at.at_end(); at.next())
		living += !kzi_removed_has(&store->removed, at.passage());
	return living;
}

extern "C" kz_status kzi_store_filters(struct kzi_store *store,
	enum kzi_filter filter, kzi_visit_term *visit, void *context,
	kz_error *err) noexcept
{
	kz_status status = kzi_store_need_tables(store, err);

	if (status != KZ_OK)
		return status;
	return guarded(store->path, err, [&] {
		const Xapian::Database &db = store->tables->db;
		kzi::Terms terms(db, store->settled.lists,
			{ '_', static_cast<char>(filter) });

		while (terms.next()) {
			uint32_t living = count_living(store,
				kzi::Postings(db, terms.list, terms.term));

			if (living &&
				!visit(context, terms.term.data(),
					terms.term.size(), living))
				break;
		}
		return KZ_OK;
	});
}

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
