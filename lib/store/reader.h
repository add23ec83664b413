/* reader.h -- an index opened for reading, as its files see it. Private to
 * lib/store: reader.c opens, reader_postings.c and match.c ask, check_store.cc
 * verifies. */
#ifndef KZI_READER_H
#define KZI_READER_H

#include "base/arena.h"
#include "store/container.h"
#include "store/flat.h"
#include "store/segments.h"
#include "store/store.h"
#include "store/tables.h"

#ifdef __cplusplus
extern "C" {
#endif

struct kzi_store {
	char *path;
	char *folder;        /* Of the generation; NULL: it is one file. */
	char *home;          /* The same, wherever the process goes. */
	unsigned generation; /* 0 there. */
	const char *analysis; /* What made its terms; NULL: whatever did. */
	enum kz_verify verify;
	struct kzi_state state;
	uint64_t seal; /* Hash of the one that told the state; 0: none did. */
	struct kzi_removed removed;
	struct kzi_flat *flat;
	struct kzi_segments segments;
	struct kzi_part vocabulary;    /* Mapped when asked for. */
	struct kzi_container container; /* If it is one file. */

	const struct kzi_xapian *xapian; /* Once the tables are open. */
	struct kzi_tables *tables;       /* NULL: not yet. */

	struct kzi_arena scratch; /* Of a match. */
	struct kzi_window *window;
};

/* Open the tables, unless they are. KZ_ERR_STALE if a run has written to them,
 * or replaced them, since the state was read. */
kz_status kzi_store_need_tables(struct kzi_store *store, kz_error *err);

/* A segment to be asked. */
struct kzi_scene kzi_store_scene(const struct kzi_store *store, size_t segment);

/* "postings are damaged", with the remedy. */
kz_status kzi_store_damaged(const struct kzi_store *store, kz_error *err);

#ifdef __cplusplus
}
#endif
#endif
