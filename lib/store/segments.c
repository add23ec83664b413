/* segments.c -- see segments.h. */
#include "store/segments.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "store/schema.h"

int kzi_segment_name(
	char name[KZI_SEGMENT_NAME], const char *folder, uint64_t file)
{
	return snprintf(name, KZI_SEGMENT_NAME, "%s/" KZI_POSTINGS_FILE ".%llu",
		       folder, (unsigned long long)file) < KZI_SEGMENT_NAME;
}

static kz_status look(struct kzi_segments *segments, size_t segment,
	const char *path, const char *remedy, kz_error *err)
{
	if (kzi_lists_open(
		    &segments->lists[segment], &segments->parts[segment]))
		return KZ_OK;
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"%s: its postings are damaged; %s", path, remedy);
}

static kz_status open_file(struct kzi_part *part, const char *folder,
	uint64_t file, const char *path, kz_error *err)
{
	char name[KZI_SEGMENT_NAME];
	kz_status status;

	if (!kzi_segment_name(name, folder, file))
		return kzi_fail(err, KZ_ERR_IO, "%s: path too long", folder);
	status = kzi_part_open(part, name, UINT64_MAX, err);
	if (status == KZ_END)
		return kzi_fail(err, KZ_ERR_CORRUPT,
			"%s: its postings are missing; index again with"
			" --rebuild",
			path);
	return status;
}

kz_status kzi_segments_open(struct kzi_segments *segments, const char *folder,
	const struct kzi_state *state, const char *path, kz_error *err)
{
	kz_status status = KZ_OK;
	size_t i;

	kzi_segments_close(segments);
	segments->are_mine = 1;
	for (i = 0; i < state->segment_count && status == KZ_OK; i++) {
		status = open_file(&segments->parts[i], folder,
			state->segments[i].file, path, err);
		if (status != KZ_OK)
			break;
		segments->count++;
		kzi_part_scatter(&segments->parts[i]);
		status = look(segments, i, path, "index again with --rebuild",
			err);
	}
	return status;
}

kz_status kzi_segments_use(struct kzi_segments *segments,
	const struct kzi_part *section, const char *path, kz_error *err)
{
	kzi_segments_close(segments);
	segments->parts[0] = *section;
	segments->count = 1;
	return look(segments, 0, path,
		"make it again with kalauz-index --compact", err);
}

void kzi_segments_close(struct kzi_segments *segments)
{
	size_t i;

	for (i = 0; segments->are_mine && i < segments->count; i++)
		kzi_part_close(&segments->parts[i]);
	memset(segments, 0, sizeof(*segments));
}

int kzi_segments_gather(struct kzi_segments *segments, size_t segment,
	const char *term, size_t length, struct kzi_list *list)
{
	struct kzi_part *part = &segments->parts[segment];

	if (!kzi_lists_find(&segments->lists[segment], term, length, list))
		return 0;
	if (list->count > KZI_LIST_BLOCK)
		kzi_part_gather(part, (uint64_t)(list->at - part->bytes),
			(size_t)(list->end - list->at));
	return 1;
}
