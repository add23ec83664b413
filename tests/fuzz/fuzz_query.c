/* fuzz_query.c -- a query to its tree: nothing is an error, and what is in the
 * tree lies in the query. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "search/parse.h"

enum { DEPTH_MOST = 200 };

static void check(const struct kzi_node *node, const char *query,
	size_t length, int depth)
{
	FUZZ_REQUIRE(depth < DEPTH_MOST);
	for (; node; node = node->next) {
		FUZZ_REQUIRE(!node->sign || strchr("+-", node->sign));
		if (node->text)
			FUZZ_REQUIRE(node->text >= query &&
				node->text + node->length <= query + length);
		check(node->first, query, length, depth + 1);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct kzi_arena arena = { 0 };
	char *query = malloc(length + (length == 0));
	const struct kzi_node *tree;
	uint32_t faults = 0;

	FUZZ_REQUIRE(query);
	memcpy(query, bytes, length);
	tree = kzi_parse(&arena, query, length, &faults);
	FUZZ_REQUIRE(tree);
	check(tree, query, length, 0);
	kzi_arena_release(&arena);
	free(query);
	return 0;
}
