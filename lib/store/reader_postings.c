/* reader_postings.c -- where a term is, and in how many passages. */
#include "store/reader.h"

#include "base/error.h"
#include "store/merge.h"

/* The lists of a term, one for each segment. */
static kz_status find(const struct kzi_store *store, struct kzi_string term,
	struct kzi_list *lists, kz_error *err)
{
	size_t i;

	for (i = 0; i < store->segments.count; i++)
		if (!kzi_lists_find(&store->segments.lists[i], term.bytes,
			    term.length, &lists[i]))
			return kzi_store_damaged(store, err);
	return KZ_OK;
}

static kz_status visit_all(const struct kzi_store *store,
	const struct kzi_list *lists, uint32_t from, kzi_visit_posting *visit,
	void *context, kz_error *err)
{
	return kzi_lists_visit(
		       lists, store->segments.count, from, visit, context)
		? KZ_OK
		: kzi_store_damaged(store, err);
}

static kz_status each(const struct kzi_store *store, struct kzi_string term,
	uint32_t from, kzi_visit_posting *visit, void *context, kz_error *err)
{
	struct kzi_list lists[KZI_SEGMENTS_MOST];
	kz_status status = find(store, term, lists, err);

	return status == KZ_OK
		? visit_all(store, lists, from, visit, context, err)
		: status;
}

/* ---- How many ---------------------------------------------------------- */

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

static kz_status count_all_living(const struct kzi_store *store,
	const struct kzi_list *lists, uint32_t *count, kz_error *err)
{
	struct living living = { &store->removed, 0 };
	kz_status status =
		visit_all(store, lists, 0, count_living, &living, err);

	*count = living.count;
	return status;
}

/* Where passages are removed, those of a frequent term are not looked at: they
 * are taken to be alive as often as any. */
kz_status kzi_store_frequency(struct kzi_store *store, const char *term,
	size_t length, uint32_t *frequency, kz_error *err)
{
	const uint32_t few = 20000;
	const struct kzi_string name = { term, length };
	struct kzi_list lists[KZI_SEGMENTS_MOST];
	kz_status status = find(store, name, lists, err);
	size_t i;

	*frequency = 0;
	for (i = 0; status == KZ_OK && i < store->segments.count; i++)
		*frequency += lists[i].count;
	if (status != KZ_OK || !store->removed.count)
		return status;
	if (*frequency <= few)
		return count_all_living(store, lists, frequency, err);
	*frequency = (uint32_t)((double)*frequency *
		(double)store->state.info.passages /
		(double)kzi_held(&store->state));
	return KZ_OK;
}

kz_status kzi_store_filters(struct kzi_store *store, enum kzi_filter filter,
	kzi_visit_term *visit, void *context, kz_error *err)
{
	const char start[] = { '_', (char)filter };
	struct kzi_merge merge;

	kzi_merge_begin(&merge, store->segments.lists, store->segments.count,
		start, sizeof(start));
	while (kzi_merge_next(&merge) &&
		kzi_merge_begins(&merge, start, sizeof(start))) {
		uint32_t living;
		kz_status status = count_all_living(
			store, merge.lists, &living, err);

		if (status != KZ_OK)
			return status;
		if (living && !visit(context, merge.term, merge.length, living))
			return KZ_OK;
	}
	return merge.failed ? kzi_store_damaged(store, err) : KZ_OK;
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
