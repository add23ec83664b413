/* settled.c -- see settled.h. */
#include "store/settled.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "store/schema.h"

static kz_status look(struct kzi_settled *settled, const char *path,
	const char *remedy, kz_error *err)
{
	if (kzi_lists_open(&settled->lists, &settled->part))
		return KZ_OK;
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"%s: its postings are damaged; %s", path, remedy);
}

static kz_status open_file(struct kzi_settled *settled, const char *folder,
	const char *path, kz_error *err)
{
	char name[4096];
	kz_status status;

	if (snprintf(name, sizeof(name), "%s/%s", folder, KZI_POSTINGS_FILE) >=
		(int)sizeof(name))
		return kzi_fail(err, KZ_ERR_IO, "%s: path too long", folder);
	status = kzi_part_open(&settled->part, name, UINT64_MAX, err);
	if (status == KZ_END)
		return kzi_fail(err, KZ_ERR_CORRUPT,
			"%s: its postings are missing; index again with"
			" --rebuild",
			path);
	settled->is_mine = status == KZ_OK;
	return status;
}

kz_status kzi_settled_open(struct kzi_settled *settled, const char *folder,
	const struct kzi_state *state, const char *path, kz_error *err)
{
	kz_status status;

	kzi_settled_close(settled);
	if (!state->settled)
		return KZ_OK;
	status = open_file(settled, folder, path, err);
	if (status != KZ_OK)
		return status;
	kzi_part_scatter(&settled->part);
	return look(settled, path, "index again with --rebuild", err);
}

kz_status kzi_settled_use(struct kzi_settled *settled,
	const struct kzi_part *section, const char *path, kz_error *err)
{
	kzi_settled_close(settled);
	settled->part = *section;
	return look(settled, path,
		"make it again with kalauz-index --compact", err);
}

void kzi_settled_close(struct kzi_settled *settled)
{
	if (settled->is_mine)
		kzi_part_close(&settled->part);
	memset(settled, 0, sizeof(*settled));
}

int kzi_settled_gather(struct kzi_settled *settled, const char *term,
	size_t length, struct kzi_list *list)
{
	if (!kzi_lists_find(&settled->lists, term, length, list))
		return 0;
	if (list->count > KZI_LIST_BLOCK)
		kzi_part_gather(&settled->part,
			(uint64_t)(list->at - settled->part.bytes),
			(size_t)(list->end - list->at));
	return 1;
}
