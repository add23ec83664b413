/* fuzz_search.c -- a whole search, as a host would ask, on an index of
 * tests/cli/small.jsonl. The first byte chooses the options. */
#include "tests/fuzz/fuzz.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "indexer/run.h"
#include "kalauz.h"
#include "store/store.h"

#ifndef PAGES
#define PAGES "tests/cli/small.jsonl"
#endif

static int remove_one(const char *path, const struct stat *status, int flag,
	struct FTW *ftw)
{
	(void)status;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static void remove_folder(const char *path)
{
	enum { OPEN_MOST = 16 };

	nftw(path, remove_one, OPEN_MOST, FTW_DEPTH | FTW_PHYS);
}

static kz_index *open_index(void)
{
	char folder[] = "/tmp/kalauz-fuzz-XXXXXX", page[] = PAGES;
	char *paths[] = { page };
	const struct kzi_run_options options = { .index = folder,
		.paths = paths, .path_count = 1, .fallback = -1, .jobs = 1 };
	struct kzi_run_report report;
	kz_index *index;

	FUZZ_REQUIRE(mkdtemp(folder));
	FUZZ_REQUIRE(kzi_run(&options, &report, NULL, NULL, NULL) == KZ_OK);
	FUZZ_REQUIRE(report.files[KZI_INDEXED] == 1);
	kzi_run_report_release(&report);
	FUZZ_REQUIRE(kz_index_open(&index, folder, NULL) == KZ_OK);
	remove_folder(folder); /* What is open stays readable. */
	return index;
}

/* Marks are in order, apart, and begin and end with characters. */
static void check_hit(const kz_hit *hit)
{
	size_t end = 0, i;

	FUZZ_REQUIRE(hit->score >= 0);
	for (i = 0; i < hit->span_count; i++) {
		const kz_span *span = &hit->spans[i];

		FUZZ_REQUIRE(span->length > 0 && span->offset >= end);
		end = span->offset + span->length;
		FUZZ_REQUIRE(end <= hit->text_length);
		FUZZ_REQUIRE(kzi_utf8_valid(
			hit->text + span->offset, span->length));
	}
}

static void check_results(kz_results *results)
{
	const char *words = kz_results_explanation(results);
	const kz_hit *hit;
	size_t count = 0;

	while (kz_results_next(results, &hit, NULL) == KZ_OK) {
		check_hit(hit);
		count++;
	}
	FUZZ_REQUIRE(count == kz_results_count(results));
	if (words)
		FUZZ_REQUIRE(kzi_utf8_valid(words, strlen(words)));
	words = kz_results_suggestion(results);
	if (words)
		FUZZ_REQUIRE(kzi_utf8_valid(words, strlen(words)));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static kz_index *index;
	kz_search_options options = { .size = sizeof(options), .limit = 5 };
	kz_results *results;
	char *query;

	if (!index)
		index = open_index();
	if (length == 0)
		return 0;
	query = malloc(length);
	FUZZ_REQUIRE(query);
	memcpy(query, bytes + 1, length - 1);
	options.explain = *bytes & 1;
	options.facets = *bytes >> 1 & 1;
	options.no_suggest = *bytes >> 2 & 1;
	options.match = (kz_match)(*bytes >> 3 & 1);
	if (kz_search(&results, index, query, length - 1, &options, NULL) ==
		KZ_OK) {
		check_results(results);
		kz_results_free(results);
	}
	free(query);
	return 0;
}
