/* kalauz_search.c -- Kalauz as bench/peers.py asks it: ten hits with their
 * texts and highlights, fetched and freed.
 *
 *     kalauz_search INDEX [told]
 *
 * `told`: only passages in the language of the query, as the peers that know
 * one language a query have it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kalauz.h"
#include "serve.h"

struct context {
	kz_index *index;
	int tells_language;
};

static void ask(void *at, const char *language, const char *query,
	struct kzb_found *found)
{
	const struct context *context = at;
	kz_search_options options = KZ_SEARCH_OPTIONS_INIT;
	kz_results *results;
	const kz_hit *hit;
	kz_error error;

	options.limit = KZB_HITS;
	if (context->tells_language)
		options.languages = language;
	if (kz_search(&results, context->index, query, strlen(query), &options,
		    &error) != KZ_OK) {
		fprintf(stderr, "kalauz_search: %s\n", error.message);
		exit(3);
	}
	while (kz_results_next(results, &hit, &error) == KZ_OK)
		kzb_found_id(found, hit->document,
			hit->text_length + hit->span_count);
	kz_results_free(results);
}

int main(int argc, char **argv)
{
	struct context context = {NULL, argc > 2 && !strcmp(argv[2], "told")};
	kz_error error;

	if (argc < 2) {
		fputs("usage: kalauz_search INDEX [told]\n", stderr);
		return 2;
	}
	if (kz_index_open(&context.index, argv[1], &error) != KZ_OK) {
		fprintf(stderr, "kalauz_search: %s\n", error.message);
		return 3;
	}
	kzb_serve(ask, &context);
	kz_index_close(context.index);
	return 0;
}
