/* cc search.c $(pkg-config --cflags --libs kalauz) && ./a.out INDEX WORD... */
#include <kalauz.h>
#include <stdio.h>
#include <string.h>
int main(int argc, char **argv)
{
	kz_search_options options = KZ_SEARCH_OPTIONS_INIT;
	kz_index *index = NULL;
	kz_results *results = NULL;
	const kz_hit *hit;
	kz_error error = { KZ_OK, 0, "usage: search INDEX QUERY" };
	kz_status status = KZ_ERR_ARGUMENT;

	options.limit = 3;
	if (argc == 3)
		status = kz_index_open(&index, argv[1], &error);
	if (status == KZ_OK)
		status = kz_search(&results, index, argv[2], strlen(argv[2]),
			&options, &error);
	while (status == KZ_OK) {
		status = kz_results_next(results, &hit, &error);
		if (status == KZ_OK)
			printf("%s\t%s\t%.*s\n", hit->id, hit->title,
				(int)strcspn(hit->text, "\n"), hit->text);
	}
	if (status != KZ_END)
		fprintf(stderr, "%s\n", error.message);
	kz_results_free(results);
	kz_index_close(index);
	return status == KZ_END ? 0 : 1;
}
