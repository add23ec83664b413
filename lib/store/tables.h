/* tables.h -- what a reader asks of Xapian: its tables, behind a face of C.
 * Private to lib/store.
 *
 * Most searches ask nothing of it: sums of terms are answered from flat files
 * (match.c). So the tables are opened when they are needed, and the
 * calls are reached through a table of pointers: kalauz-query, which lives for
 * a few milliseconds, then need not load Xapian, nor the C++ library, before it
 * knows that it must (tables_carried.c). */
#ifndef KZI_TABLES_H
#define KZI_TABLES_H

#include "store/best.h"
#include "store/lists.h"
#include "store/record.h"
#include "store/removed.h"

#ifdef __cplusplus
extern "C" {
#endif

struct kzi_tables;

/* What a query is asked of. */
struct kzi_scene {
	const struct kzi_state *state;
	const struct kzi_lists *lists; /* Of one segment, ... */
	uint32_t from, to; /* ... which has the passages before `to`. */
	const struct kzi_removed *removed;
};

struct kzi_xapian {
	/* Open the tables in `folder`, or, if that is NULL, those that begin at
	 * `offset` of the open file, which stays the caller's. `path` names the
	 * index in messages, now and later. */
	kz_status (*open)(struct kzi_tables **out, const char *folder, int fd,
		uint64_t offset, const char *path, kz_error *err);
	void (*close)(struct kzi_tables *tables);

	/* KZ_OK if a run has committed to the folder since they were opened,
	 * KZ_END if not. */
	kz_status (*look)(const struct kzi_tables *tables, const char *folder,
		kz_error *err);

	/* Append the metadata of a key; nothing if there are none. */
	kz_status (*get)(const struct kzi_tables *tables, const char *key,
		struct kzi_buf *value, kz_error *err);

	/* How many passages they hold, alive or not. */
	kz_status (*count)(const struct kzi_tables *tables, uint64_t *passages,
		kz_error *err);

	/* Add the best matches of a query to those so far, and its number to
	 * what was found. */
	kz_status (*match)(const struct kzi_tables *tables,
		const struct kzi_scene *scene, const struct kzi_query *query,
		struct kzi_best *best, struct kzi_matches *found,
		kz_error *err);
};

/* The calls, or NULL if they cannot be had here. */
const struct kzi_xapian *kzi_xapian_get(kz_error *err);

/* How many passages have postings, alive or not. */
static inline uint64_t kzi_held(const struct kzi_state *state)
{
	return state->info.passages + state->removed;
}

/* The most that a passage can weigh in a query. */
double kzi_query_bound(const struct kzi_query *query);

/* The terms that a query is the sum of; 0 if it is no sum. */
size_t kzi_query_terms(const struct kzi_query *query);

/* Those, in `terms`, which has room for them. Returns where they end. */
const struct kzi_query **kzi_query_take(
	const struct kzi_query *query, const struct kzi_query **terms);

#ifdef __cplusplus
}
#endif
#endif
