/* check.c -- see check.h.
 *
 * A passage is filed under the file it was read from, a term _S; its manifest
 * entry has the name of the file, of which that term is made. So both are
 * brought to terms, in order:
 *
 *     manifest: _Sa.html indexed   _Sb.bin skipped   _Sc.html indexed
 *     store:    _Sa.html           _Sc.html          _Sd.html     d: of what? */
#include "indexer/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "indexer/manifest.h"

/* A file of the manifest. */
struct known {
	char term[KZI_FILTER_MOST];
	size_t length;
	const struct kzi_entry *entry;
	int has_passages;
};

struct checking {
	const char *path; /* Of the index. */
	struct kzi_manifest manifest;
	struct kzi_buf known; /* Of struct known, by term. */
	uint64_t passages;    /* Filed under some file. */
	char stray[KZI_FILTER_MOST + 1]; /* A file that is not known, or "". */
};

static struct known *known_at(const struct checking *checking, size_t i)
{
	return (struct known *)(void *)checking->known.data + i;
}

static size_t known_count(const struct checking *checking)
{
	return checking->known.length / sizeof(struct known);
}

static int compare(const void *a, const void *b)
{
	const struct known *one = a, *other = b;
	size_t length = one->length < other->length ? one->length
						    : other->length;
	int order = memcmp(one->term, other->term, length);

	return order ? order
		     : (one->length > other->length) -
				(one->length < other->length);
}

static int list_known(struct checking *checking)
{
	size_t count = kzi_manifest_count(&checking->manifest), i;

	for (i = 0; i < count; i++) {
		struct known known = { .entry = kzi_manifest_at(
			&checking->manifest, i) };

		known.length = kzi_filter_term(known.term, KZI_FILTER_SOURCE,
			known.entry->name, strlen(known.entry->name));
		kzi_buf_append(&checking->known, &known, sizeof(known));
	}
	if (checking->known.failed)
		return 0;
	if (count)
		qsort(checking->known.data, count, sizeof(struct known),
			compare);
	return 1;
}

static int visit_source(
	void *context, const char *term, size_t length, uint32_t frequency)
{
	struct checking *checking = context;
	struct known wanted = { .length = length }, *known = NULL;

	if (length <= sizeof(wanted.term) && known_count(checking) > 0) {
		memcpy(wanted.term, term, length);
		known = bsearch(&wanted, checking->known.data,
			known_count(checking), sizeof(wanted), compare);
	}
	checking->passages += frequency;
	if (known) {
		known->has_passages = 1;
		return 1;
	}
	if (length > KZI_FILTER_MOST)
		length = KZI_FILTER_MOST;
	memcpy(checking->stray, term, length);
	return 0;
}

static kz_status fail(const struct checking *checking, const char *what,
	const char *name, kz_error *err)
{
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"%s: %s (%s); index again with --rebuild", checking->path,
		what, name);
}

/* What the walk over the terms has found. */
static kz_status judge(const struct checking *checking,
	const struct kzi_store_info *info, kz_error *err)
{
	size_t i;

	/* Behind the two letters of a filter. */
	if (checking->stray[0])
		return fail(checking, "holds passages of a file that it does"
				      " not know", checking->stray + 2, err);
	for (i = 0; i < known_count(checking); i++) {
		const struct known *known = known_at(checking, i);

		if (known->entry->outcome == KZI_INDEXED &&
			!known->has_passages)
			return fail(checking, "holds nothing of a file that it"
					      " says is indexed",
				known->entry->name, err);
	}
	if (checking->passages != info->passages)
		return fail(checking, "holds passages of no file",
			"or of several", err);
	return KZ_OK;
}

static kz_status check_manifest(
	struct checking *checking, struct kzi_store *store, kz_error *err)
{
	kz_status status =
		kzi_manifest_read(&checking->manifest, store, err);

	if (status == KZ_OK && !list_known(checking))
		status = kzi_fail_memory(err);
	if (status == KZ_OK)
		status = kzi_store_filters(store, KZI_FILTER_SOURCE,
			visit_source, checking, err);
	if (status == KZ_OK)
		status = judge(checking, kzi_store_get_info(store), err);
	kzi_buf_release(&checking->known);
	kzi_manifest_release(&checking->manifest);
	return status;
}

kz_status kzi_check(const char *path, kz_error *err)
{
	struct checking checking = { .path = path };
	struct kzi_store *store;
	kz_status status = kzi_store_check(path, err);

	if (status == KZ_OK)
		status = kzi_store_open(&store, path, err);
	if (status != KZ_OK)
		return status;
	status = check_manifest(&checking, store, err);
	kzi_store_close(store);
	return status;
}
