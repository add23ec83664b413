/* reader_postings.c -- where a term is, and in how many passages: in settled lists
 * first, then in Xapian's tables, whose numbers are all behind those. */
#include "store/reader.h"

#include "base/error.h"

static kz_status find(const struct kzi_store *store, struct kzi_string term,
	struct kzi_list *list, kz_error *err)
{
	return kzi_lists_find(&store->settled.lists, term.bytes, term.length,
		       list)
		? KZ_OK
		: kzi_store_damaged(store, err);
}

/* Visit a settled list from a passage on. KZ_END: the visitor has had enough. */
static kz_status each_settled(const struct kzi_store *store,
	const struct kzi_list *list, uint32_t from, kzi_visit_posting *visit,
	void *context, kz_error *err)
{
	struct kzi_cursor cursor;
	int more;

	if (!list->count)
		return KZ_OK;
	kzi_cursor_begin(&cursor, list);
	more = kzi_cursor_read(&cursor);
	if (more && from > 0)
		more = kzi_cursor_seek(&cursor, from);
	for (; more; more = kzi_cursor_next(&cursor))
		if (!visit(context, cursor.passages[cursor.at],
			    kzi_cursor_impact(&cursor, cursor.at)))
			return KZ_END;
	return cursor.failed ? kzi_store_damaged(store, err) : KZ_OK;
}

static kz_status each(struct kzi_store *store, struct kzi_string term,
	uint32_t from, kzi_visit_posting *visit, void *context, kz_error *err)
{
	struct kzi_list list;
	kz_status status = find(store, term, &list, err);

	if (status == KZ_OK)
		status = each_settled(store, &list, from, visit, context, err);
	if (status == KZ_OK && kzi_has_unsettled(&store->state))
		status = kzi_store_need_tables(store, err);
	if (status == KZ_OK && kzi_has_unsettled(&store->state))
		status = store->xapian->postings(
			store->tables, term, from, visit, context, err);
	return status == KZ_END ? KZ_OK : status;
}

/* ---- How many ---------------------------------------------------------- */

/* In how many passages a term is, alive or not. */
static kz_status count_all(struct kzi_store *store, struct kzi_string term,
	uint32_t *count, kz_error *err)
{
	struct kzi_list list;
	uint32_t others = 0;
	kz_status status = find(store, term, &list, err);

	if (status == KZ_OK && kzi_has_unsettled(&store->state))
		status = kzi_store_need_tables(store, err);
	if (status == KZ_OK && kzi_has_unsettled(&store->state))
		status = store->xapian->frequency(
			store->tables, term, &others, err);
	*count = status == KZ_OK ? list.count + others : 0;
	return status;
}

struct living {
	const struct kzi_removed *removed;
	uint32_t count;
};

static int count_living(void *context, uint32_t passage, uint32_t impact)
{
	struct living *living = context;

	(void)impact;
	living->count += !kzi_removed_has(living->removed, passage);
	return 1;
}

/* Where passages are removed, those of a frequent term are not looked at: they are
 * taken to be alive as often as any. */
kz_status kzi_store_frequency(struct kzi_store *store, const char *term,
	size_t length, uint32_t *frequency, kz_error *err)
{
	const uint32_t few = 20000;
	const struct kzi_string name = { term, length };
	struct living living = { &store->removed, 0 };
	kz_status status = count_all(store, name, frequency, err);

	if (status != KZ_OK || !store->removed.count)
		return status;
	if (*frequency > few) {
		*frequency = (uint32_t)((double)*frequency *
			(double)store->state.info.passages /
			(double)kzi_held(&store->state));
		return KZ_OK;
	}
	status = each(store, name, 0, count_living, &living, err);
	*frequency = living.count;
	return status;
}

/* ---- Which ------------------------------------------------------------- */

struct wanted {
	uint32_t passage;
	uint32_t impact;
};

static int take_impact(void *context, uint32_t passage, uint32_t impact)
{
	struct wanted *wanted = context;

	if (passage == wanted->passage)
		wanted->impact = impact;
	return 0;
}

kz_status kzi_store_impact(struct kzi_store *store, const char *term,
	size_t length, uint32_t passage, uint32_t *impact, kz_error *err)
{
	const struct kzi_string name = { term, length };
	struct wanted wanted = { passage, 0 };
	kz_status status =
		each(store, name, passage, take_impact, &wanted, err);

	*impact = wanted.impact;
	return status;
}

struct room {
	const struct kzi_removed *removed;
	uint32_t *passages;
	size_t most, count;
};

static int take_passage(void *context, uint32_t passage, uint32_t impact)
{
	struct room *room = context;

	(void)impact;
	if (room->count == room->most)
		return 0;
	if (!kzi_removed_has(room->removed, passage))
		room->passages[room->count++] = passage;
	return 1;
}

kz_status kzi_store_postings(struct kzi_store *store, const char *term,
	size_t length, uint32_t after, uint32_t *passages, size_t most,
	size_t *count, kz_error *err)
{
	const struct kzi_string name = { term, length };
	struct room room = { &store->removed, passages, most, 0 };
	kz_status status = each(
		store, name, after ? after + 1 : 0, take_passage, &room, err);

	*count = room.count;
	return status;
}
