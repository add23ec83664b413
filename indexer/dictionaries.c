/* dictionaries.c -- see dictionaries.h: dictionaries found, read one after the
 * other, and written as one table. The glossary of the corpus comes with the
 * program and is in every table. */
#include "indexer/dictionaries.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "indexer/dictionary.h"
#include "indexer/licence.h"

enum { PATH_MOST = 4096, STAMP_MOST = 48 };

static const char corpus_glossary[] =
#include "glossary_data.h"
	;

#define CORPUS_NAME "glossary of the learning communities"
#define CORPUS_LICENCE "CC-BY-4.0"

/* A dictionary to be read. */
struct item {
	struct kzi_dictionary dictionary;
	const char *licence;
	const char *stamp;
	int is_own;
};

struct list {
	struct kzi_arena arena;
	struct kzi_buf items; /* Of struct item. */
	int failed;
};

/* ---- Finding ----------------------------------------------------------- */

static size_t count_items(const struct list *list)
{
	return list->items.length / sizeof(struct item);
}

static struct item *item_at(const struct list *list, size_t i)
{
	return (struct item *)(void *)list->items.data + i;
}

static const char *keep(struct list *list, const char *text)
{
	const char *kept = kzi_arena_copy(&list->arena, text, strlen(text));

	list->failed |= !kept;
	return kept ? kept : "";
}

/* Size and time of a file, from which a change shows. */
static void make_stamp(char stamp[STAMP_MOST], const struct stat *status)
{
	snprintf(stamp, STAMP_MOST, "%lld.%lld.%09ld",
		(long long)status->st_size, (long long)status->st_mtim.tv_sec,
		status->st_mtim.tv_nsec);
}

static void add_corpus(struct list *list)
{
	struct item item = { .licence = CORPUS_LICENCE };
	char stamp[STAMP_MOST];

	snprintf(stamp, sizeof(stamp), "%016llx",
		(unsigned long long)kzi_hash(
			corpus_glossary, sizeof(corpus_glossary), 0));
	item.stamp = keep(list, stamp);
	item.dictionary.kind = KZI_GLOSSARY;
	item.dictionary.path = "";
	snprintf(item.dictionary.name, sizeof(item.dictionary.name), "%s",
		CORPUS_NAME);
	kzi_buf_append(&list->items, &item, sizeof(item));
}

/* Add a file if it is a dictionary. 0 if not. */
static int add_file(
	struct list *list, const char *share, const char *path, int is_own)
{
	struct item item = { .is_own = is_own };
	struct stat status;
	char stamp[STAMP_MOST], licence[KZI_LICENCE_MOST];

	kzi_dictionary_tell(&item.dictionary, path);
	if (item.dictionary.kind == KZI_NO_DICTIONARY ||
		stat(path, &status) != 0)
		return 0;
	make_stamp(stamp, &status);
	kzi_licence_find(licence, share ? share : KZI_SHARE, &item.dictionary);
	item.dictionary.path = keep(list, path);
	item.licence = keep(list, licence);
	item.stamp = keep(list, stamp);
	kzi_buf_append(&list->items, &item, sizeof(item));
	list->failed |= list->items.failed;
	return 1;
}

static int is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Add the dictionaries of a folder, by name; and of the folders in it, `depth`
 * levels down. */
static void add_folder(struct list *list, const char *share, const char *folder,
	int is_own, int depth)
{
	struct dirent **entries = NULL;
	int count = scandir(folder, &entries, is_shown, alphasort), i;
	char path[PATH_MOST];

	for (i = 0; i < count; i++) {
		struct stat status;

		if (snprintf(path, sizeof(path), "%s/%s", folder,
			    entries[i]->d_name) < (int)sizeof(path) &&
			stat(path, &status) == 0) {
			if (S_ISREG(status.st_mode))
				add_file(list, share, path, is_own);
			else if (S_ISDIR(status.st_mode) && depth > 0)
				add_folder(list, share, path, is_own,
					depth - 1);
		}
		free(entries[i]);
	}
	free(entries);
}

static void add_installed(struct list *list, const char *share)
{
	static const char *const places[] = { "dictd", "apertium" };
	char path[PATH_MOST];
	size_t i;

	for (i = 0; share && i < sizeof(places) / sizeof(*places); i++)
		if (snprintf(path, sizeof(path), "%s/%s", share, places[i]) <
			(int)sizeof(path))
			add_folder(list, share, path, 0, 1);
}

/* The user's files; the first that is none is an error. */
static kz_status add_own(struct list *list,
	const struct kzi_dictionaries *dictionaries, kz_error *err)
{
	int i;

	for (i = 0; i < dictionaries->source_count; i++) {
		const char *path = dictionaries->sources[i];
		struct stat status;

		if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
			add_folder(list, dictionaries->share, path, 1, 1);
		else if (!add_file(list, dictionaries->share, path, 1))
			return kzi_fail(err, KZ_ERR_ARGUMENT,
				"%s: not there, or not named as a dictionary"
				" (NAME.tsv, NAME-eng-hun.index,"
				" eng-cat.autobil.bin, NAME.eng-cat.dix)",
				path);
	}
	return KZ_OK;
}

static kz_status find(struct list *list,
	const struct kzi_dictionaries *dictionaries, kz_error *err)
{
	kz_status status;

	add_corpus(list);
	add_installed(list, dictionaries->share);
	status = add_own(list, dictionaries, err);
	if (status == KZ_OK && (list->failed || list->items.failed))
		status = kzi_fail_memory(err);
	return status;
}

static void release(struct list *list)
{
	kzi_arena_release(&list->arena);
	kzi_buf_release(&list->items);
}

/* ---- Reading ----------------------------------------------------------- */

static struct kzi_string string_of(const char *text)
{
	struct kzi_string string = { text, strlen(text) };

	return string;
}

static kz_status read_item(
	struct kzi_lexicon *lexicon, const struct item *item, kz_error *err)
{
	const struct kzi_dictionary *dictionary = &item->dictionary;
	struct kzi_glossary_source source = {
		.name = string_of(dictionary->name),
		.licence = string_of(item->licence),
		.path = string_of(dictionary->path),
		.stamp = string_of(item->stamp) };

	kzi_lexicon_source(lexicon, &source,
		item->is_own             ? KZI_OWN
			: *dictionary->path ? KZI_GENERAL
					    : KZI_OF_FIELD);
	if (!*dictionary->path)
		return kzi_glossary_parse(lexicon, dictionary->name,
			corpus_glossary, sizeof(corpus_glossary) - 1, err);
	switch (dictionary->kind) {
	case KZI_DICTD:
		return kzi_dictd_read(lexicon, dictionary, err);
	case KZI_APERTIUM:
		return kzi_apertium_read(lexicon, dictionary, err);
	case KZI_DIX:
		return kzi_dix_read(lexicon, dictionary, err);
	default:
		return kzi_glossary_read(lexicon, dictionary, err);
	}
}

static void tell(struct kzi_dictionaries_report *report,
	const struct item *item, uint64_t pairs, const char *fault)
{
	struct kzi_dictionary_report one = { .pairs = pairs };

	one.name = kzi_arena_copy(&report->arena, item->dictionary.name,
		strlen(item->dictionary.name));
	one.licence = kzi_arena_copy(
		&report->arena, item->licence, strlen(item->licence));
	if (fault) {
		one.fault = kzi_arena_copy(
			&report->arena, fault, strlen(fault));
		report->faults++;
	}
	if (one.name && one.licence)
		kzi_buf_append(&report->items, &one, sizeof(one));
}

/* What is wrong with a dictionary is told; what is wrong with us is an
 * error. */
static kz_status read_list(struct kzi_lexicon *lexicon, const struct list *list,
	struct kzi_dictionaries_report *report, kz_error *err)
{
	kz_status status = KZ_OK;
	size_t i;

	for (i = 0; i < count_items(list) && status != KZ_ERR_MEMORY; i++) {
		kz_error fault;

		status = read_item(lexicon, item_at(list, i), &fault);
		tell(report, item_at(list, i), kzi_lexicon_pairs(lexicon),
			status == KZ_OK ? NULL : fault.message);
	}
	return status == KZ_ERR_MEMORY ? kzi_fail_memory(err) : KZ_OK;
}

static kz_status compile(const struct kzi_dictionaries *dictionaries,
	const struct list *list, struct kzi_dictionaries_report *report,
	kz_error *err)
{
	struct kzi_lexicon *lexicon = kzi_lexicon_new();
	int is_own = dictionaries->source_count > 0 || !dictionaries->share;
	kz_status status = lexicon ? KZ_OK : kzi_fail_memory(err);

	if (status == KZ_OK)
		status = read_list(lexicon, list, report, err);
	if (status == KZ_OK && dictionaries->table)
		status = kzi_lexicon_write(lexicon, dictionaries->table,
			is_own ? KZI_GLOSSARY_OWN : 0, err);
	kzi_lexicon_free(lexicon);
	return status;
}

kz_status kzi_dictionaries_compile(const struct kzi_dictionaries *dictionaries,
	struct kzi_dictionaries_report *report, kz_error *err)
{
	struct list list = { 0 };
	kz_status status;

	memset(report, 0, sizeof(*report));
	status = find(&list, dictionaries, err);
	if (status == KZ_OK)
		status = compile(dictionaries, &list, report, err);
	release(&list);
	return status;
}

/* ---- Whether anything has changed -------------------------------------- */

static int is_equal(struct kzi_string string, const char *text)
{
	return string.length == strlen(text) &&
		!memcmp(string.bytes, text, string.length);
}

static int is_same(const struct kzi_glossary *table, const struct list *list)
{
	struct kzi_glossary_source source;
	struct kzi_scan walk;
	size_t i = 0;

	kzi_glossary_sources(table, &walk);
	while (kzi_glossary_next_source(&walk, &source)) {
		const struct item *item = item_at(list, i);

		if (i++ == count_items(list) ||
			!is_equal(source.path, item->dictionary.path) ||
			!is_equal(source.stamp, item->stamp))
			return 0;
	}
	return i == count_items(list);
}

/* A damaged table of the user's own is left for --check to tell of: only the
 * user can make it again. */
static int is_fresh(const char *path, const struct list *list)
{
	char analysis[KZI_FINGERPRINT];
	struct kzi_analyzer *analyzer = kzi_analyzer_new(0);
	struct kzi_glossary *table = NULL;
	int answer = analyzer && kzi_fingerprint(analyzer, analysis) &&
		kzi_glossary_open(&table, path, analysis, NULL) == KZ_OK &&
		(kzi_glossary_flags(table) & KZI_GLOSSARY_OWN ||
			(is_same(table, list) &&
				kzi_glossary_is_whole(table)));

	kzi_glossary_close(table);
	kzi_analyzer_free(analyzer);
	return answer;
}

/* The folder of a file and the one above; others have to be there. */
static void make_folders(const char *path)
{
	char folder[PATH_MOST];
	const char *last = strrchr(path, '/');
	const char *before = last;
	int i;

	while (before && before > path && *--before != '/')
		;
	for (i = 0; i < 2 && last; i++) {
		snprintf(folder, sizeof(folder), "%.*s",
			(int)((i == 0 ? before : last) - path), path);
		mkdir(folder, 0700);
	}
}

/* The table in the cache, which the index's then names; what is wrong with that
 * is no matter. */
static int take_cached(const struct kzi_dictionaries *dictionaries,
	const struct list *list)
{
	struct kzi_dictionaries cached = *dictionaries;
	struct kzi_dictionaries_report report = { 0 };
	int is_done = dictionaries->cache && dictionaries->share;

	cached.table = dictionaries->cache;
	if (is_done && !is_fresh(cached.table, list)) {
		make_folders(cached.table);
		is_done = compile(&cached, list, &report, NULL) == KZ_OK;
	}
	kzi_dictionaries_report_release(&report);
	return is_done &&
		kzi_glossary_name(dictionaries->table, dictionaries->cache,
			NULL) == KZ_OK;
}

kz_status kzi_dictionaries_refresh(
	const struct kzi_dictionaries *dictionaries, kz_error *err)
{
	struct kzi_dictionaries own = *dictionaries;
	struct kzi_dictionaries_report report = { 0 };
	struct list list = { 0 };
	kz_status status = find(&list, dictionaries, err);

	if (status == KZ_OK && !is_fresh(dictionaries->table, &list) &&
		!take_cached(dictionaries, &list))
		status = compile(dictionaries, &list, &report, err);
	kzi_dictionaries_report_release(&report);
	release(&list);
	/* A disk that has room for the index may have none for all that is
	 * installed. */
	if (status == KZ_ERR_IO && dictionaries->share) {
		own.share = NULL;
		status = kzi_dictionaries_refresh(&own, err);
	}
	return status;
}

void kzi_dictionaries_report_release(struct kzi_dictionaries_report *report)
{
	kzi_arena_release(&report->arena);
	kzi_buf_release(&report->items);
}
