/* classify.c -- see classify.h. */
#include "indexer/classify.h"

#include <string.h>

#include "base/hash.h"

struct folder_kind {
	const char *name;
	enum kzi_kind kind;
	int has_places; /* The folder below names a place. */
};

static const struct folder_kind kinds[] = {
	{ "guide", KZI_GUIDE, 0 },
	{ "guides", KZI_GUIDE, 0 },
	{ "story", KZI_STORY, 1 },
	{ "stories", KZI_STORY, 1 },
	{ "material", KZI_MATERIAL, 1 },
	{ "materials", KZI_MATERIAL, 1 },
	{ NULL, KZI_KIND_NONE, 0 },
};

static const struct folder_kind *find(const char *name, size_t length)
{
	const struct folder_kind *at = kinds;

	while (at->name &&
		(strlen(at->name) != length || memcmp(at->name, name, length)))
		at++;
	return at;
}

enum kzi_kind kzi_classify_path(const char *path, struct kzi_string *place)
{
	enum kzi_kind kind = KZI_KIND_NONE;
	const char *slash;

	place->bytes = NULL;
	place->length = 0;
	while ((slash = strchr(path, '/')) != NULL) {
		const struct folder_kind *found =
			find(path, (size_t)(slash - path));
		const char *next = strchr(slash + 1, '/');

		if (!kind)
			kind = found->kind;
		if (found->has_places && next && !place->bytes) {
			place->bytes = slash + 1;
			place->length = (size_t)(next - slash - 1);
		}
		path = slash + 1;
	}
	return kind;
}

uint64_t kzi_origin_sum(const struct kzi_origin *origin)
{
	const char *place = origin->place ? origin->place : "";
	const struct kzi_lines_set *repeated = &origin->repeated;

	if (!origin->kind && !*place && !repeated->count)
		return 0;
	return kzi_hash(repeated->lines,
		       repeated->count * sizeof(*repeated->lines),
		       kzi_hash(place, strlen(place),
			       (uint64_t)origin->kind)) |
		1;
}

void kzi_classify(
	struct kzi_document *document, const struct kzi_origin *origin)
{
	struct kzi_string place;
	enum kzi_kind kind = kzi_classify_path(document->path, &place);

	if (!document->kind)
		document->kind = origin->kind ? origin->kind : kind;
	if (origin->place) {
		place.bytes = origin->place;
		place.length = strlen(origin->place);
	}
	if (!document->place && place.bytes)
		document->place = kzi_document_text(
			document, place.bytes, place.length);
}
