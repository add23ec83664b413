/* classify.c -- see classify.h. */
#include "indexer/classify.h"

#include <string.h>

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

void kzi_classify(struct kzi_document *document)
{
	const char *at = document->path, *slash;

	while ((slash = strchr(at, '/')) != NULL) {
		const struct folder_kind *found =
			find(at, (size_t)(slash - at));
		const char *next = strchr(slash + 1, '/');

		if (found->kind && !document->kind)
			document->kind = found->kind;
		if (found->has_places && next && !document->place)
			document->place = kzi_document_text(document,
				slash + 1, (size_t)(next - slash - 1));
		at = slash + 1;
	}
}
