/* test_edges.c -- what is dropped from the edges of a page, and edges as
 * bytes. */
#include "unit.h"

#include <string.h>

#include "indexer/edges.h"

/* A page, a line a letter of `kinds`: h a heading, p another line. Texts are
 * "0a long enough text", "1a ..." and so on. */
static void make_page(struct kzi_document *document, const char *kinds)
{
	char text[] = "0 is a line of text";
	size_t i;

	kzi_document_init(document, "page.html");
	for (i = 0; kinds[i]; i++) {
		text[0] = (char)('0' + i);
		if (kinds[i] == 'h')
			kzi_document_heading(document, text, strlen(text), 2);
		else
			kzi_document_block(document, KZI_PARAGRAPH, text,
				strlen(text));
	}
	assert_false(document->failed);
}

/* The lines left, by their first letters, when those named in `repeated` are
 * known to repeat. */
static void check(const char *kinds, const char *repeated, const char *left)
{
	struct kzi_lines_set set = { .count = 0 };
	struct kzi_document document;
	struct kzi_edges edges;
	char found[32] = "";
	size_t i;

	make_page(&document, kinds);
	kzi_edges_take(&edges, &document);
	for (i = 0; i < (size_t)edges.first + edges.last; i++) {
		size_t at = i < edges.first
			? i
			: strlen(kinds) - edges.last + i - edges.first;

		if (strchr(repeated, (int)('0' + at)))
			set.lines[set.count++] = edges.lines[i];
	}
	kzi_edges_drop(&document, &set);
	for (i = 0; i < kzi_document_block_count(&document); i++)
		found[i] = kzi_document_block_at(&document, i)->text[0];
	assert_string_equal(found, left);
	kzi_document_release(&document);
}

static void drops_edges(void **state)
{
	(void)state;
	check("phppppppp", "", "012345678");
	check("phppppppp", "0", "12345678");
	check("phppppppp", "08", "1234567");
	check("phppppppp", "02", "1345678"); /* Behind its title ... */
	check("hppppppppp", "2", "0123456789"); /* ... not behind its text. */
	check("ppppppppp", "078", "123456");
	check("ppppppppp", "07", "12345678");
	check("hpppppppp", "0", "012345678"); /* "Synopsis": what is below? */
	check("hhppppppp", "0", "12345678");
	check("phhpppppp", "02", "12345678");
	check("pppppphpp", "678", "012345");
	check("ppp", "0", "12");
	check("ppp", "01", "012"); /* More than half. */
	check("p", "0", "0");
	check("", "", "");
}

static void packs_edges(void **state)
{
	struct kzi_document document;
	struct kzi_edges edges, again;
	struct kzi_buf bytes = { 0 };
	size_t i;

	(void)state;
	make_page(&document, "phpppphpppp");
	kzi_edges_take(&edges, &document);
	kzi_edges_put(&bytes, &edges);
	assert_true(kzi_edges_get(&again, bytes.data, bytes.length));
	assert_memory_equal(&edges, &again, sizeof(edges));
	for (i = 1; i < bytes.length; i++)
		assert_false(kzi_edges_get(&again, bytes.data, i));
	bytes.data[0] = (char)0xFF;
	assert_false(kzi_edges_get(&again, bytes.data, bytes.length));
	assert_true(kzi_edges_get(&again, "", 0));
	assert_int_equal(again.first, 0);
	kzi_buf_release(&bytes);
	kzi_document_release(&document);
}

static void packs_lines(void **state)
{
	struct kzi_lines_set set = { { 1, 70000, 3 }, 3 }, again;
	struct kzi_buf bytes = { 0 };

	(void)state;
	kzi_lines_set_put(&bytes, &set);
	assert_true(kzi_lines_set_get(&again, bytes.data, bytes.length));
	assert_int_equal(again.count, 3);
	assert_true(kzi_lines_set_has(&again, 70000));
	assert_false(kzi_lines_set_has(&again, 2));
	assert_false(kzi_lines_set_get(&again, bytes.data, bytes.length - 1));
	kzi_buf_release(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(drops_edges),
		cmocka_unit_test(packs_edges),
		cmocka_unit_test(packs_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
