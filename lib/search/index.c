/* index.c -- kz_index: an index opened, and facts about it. */
#include "search/search.h"

#include <string.h>

#include "base/alloc.h"
#include "base/error.h"

/* A handle stays below four megabytes; more words remembered save less time
 * than it takes to fetch them from memory. */
enum { ANALYZER_MEMORY = 5 << 19 };

static void take_info(kz_index *index)
{
	const struct kzi_store_info *info = kzi_store_get_info(index->store);

	index->info.documents = info->documents;
	index->info.passages = info->passages;
	index->info.bytes = info->bytes;
	index->info.analysis = info->analysis;
}

static kz_status open_index(kz_index *index, const char *path,
	enum kz_verify verify, kz_error *err)
{
	kz_status status;

	index->path = kzi_copy(path, strlen(path));
	index->analyzer = kzi_analyzer_new(ANALYZER_MEMORY);
	if (!index->path || !index->analyzer)
		return kzi_fail_memory(err);
	/* Where another analysis made the terms, answers would be wrong. */
	status = kzi_store_open_with(
		&index->store, path, kzi_fingerprint_built(), verify, err);
	if (status == KZ_OK)
		take_info(index);
	return status;
}

kz_status kz_index_open(kz_index **out, const char *path, kz_error *err)
{
	return kz_index_open_with(out, path, NULL, err);
}

int kzi_known_options(void *ours, size_t known, const void *given)
{
	const char *bytes = given;
	size_t size, at;

	memset(ours, 0, known);
	if (!given)
		return 1;
	memcpy(&size, given, sizeof(size));
	if (size < sizeof(size) || size > 16 * known)
		return 0;
	for (at = known; at < size; at++)
		if (bytes[at])
			return 0;
	memcpy(ours, given, size < known ? size : known);
	return 1;
}

static kz_status read_options(
	kz_open_options *all, const kz_open_options *given, kz_error *err)
{
	if (!kzi_known_options(all, sizeof(*all), given))
		return kzi_fail(err, KZ_ERR_ARGUMENT,
			"options: size is not that of kz_open_options");
	if (all->verify > KZ_VERIFY_NONE)
		return kzi_fail(err, KZ_ERR_ARGUMENT,
			"options: verify is no kz_verify");
	return KZ_OK;
}

kz_status kz_index_open_with(kz_index **out, const char *path,
	const kz_open_options *options, kz_error *err)
{
	kz_open_options all;
	kz_index *index;
	kz_status status;

	if (!out)
		return kzi_fail(err, KZ_ERR_ARGUMENT, "out is NULL");
	*out = NULL;
	if (!path || !*path)
		return kzi_fail(err, KZ_ERR_ARGUMENT, "path is empty");
	status = read_options(&all, options, err);
	if (status != KZ_OK)
		return status;
	index = kzi_calloc(1, sizeof(*index));
	if (!index)
		return kzi_fail_memory(err);
	status = open_index(index, path, all.verify, err);
	if (status != KZ_OK) {
		kz_index_close(index);
		return status;
	}
	*out = index;
	return KZ_OK;
}

kz_status kz_index_refresh(kz_index *index, kz_error *err)
{
	kz_status status;

	if (!index)
		return kzi_fail(err, KZ_ERR_ARGUMENT, "index is NULL");
	kzi_glossary_close(index->glossary);
	index->glossary = NULL;
	index->has_no_glossary = 0;
	status = kzi_store_refresh(index->store, err);
	if (status == KZ_OK)
		take_info(index);
	return status;
}

const kz_index_info *kz_index_get_info(const kz_index *index)
{
	return index ? &index->info : NULL;
}

const char *kz_index_language(
	const kz_index *index, size_t i, uint64_t *passages)
{
	const struct kzi_store_info *info;
	int language;

	if (!index)
		return NULL;
	info = kzi_store_get_info(index->store);
	for (language = 0; language < KZI_LANGUAGES; language++) {
		if (!info->passages_of[language] || i-- > 0)
			continue;
		if (passages)
			*passages = info->passages_of[language];
		return kzi_language_tag(language);
	}
	return NULL;
}

void kz_index_close(kz_index *index)
{
	if (!index)
		return;
	kzi_store_close(index->store);
	kzi_analyzer_free(index->analyzer);
	kzi_tokens_release(&index->tokens);
	kzi_tokens_release(&index->foreign);
	kzi_glossary_close(index->glossary);
	kzi_arena_release(&index->scratch);
	kzi_arena_release(&index->arena);
	kzi_free(index->path);
	kzi_free(index);
}
