/* The small files of the indexer: where links lead, what a path says, how files
 * are named, which reader a file gets, and plain text. */
#include "scratch.h"

#include "base/alloc.h"
#include "indexer/classify.h"
#include "indexer/format.h"
#include "indexer/links.h"
#include "indexer/source.h"

/* ---- Links ------------------------------------------------------------- */

static void links_lead_to_documents(void **state)
{
	/* In guides/part/x.html. */
	static const char *const targets[][2] = {
		{ "y.html", "guides/part/y.html" },
		{ "./y.html", "guides/part/y.html" },
		{ "../y.html", "guides/y.html" },
		{ "../../materials/a%20b.pdf#p2", "materials/a b.pdf" },
		{ "../../../../z.pdf", "z.pdf" },
		{ "sub//y.html?q=1", "guides/part/sub/y.html" },
		{ "caf%C3%A9.pdf", "guides/part/caf\xC3\xA9.pdf" },
		{ "100%.pdf", "guides/part/100%.pdf" },
		{ "a%00b.pdf", "guides/part/a%00b.pdf" },
		{ "http://example.org/a.pdf", "http://example.org/a.pdf" },
		{ "mailto:a@example.org", "mailto:a@example.org" },
		{ "c:d.pdf", "guides/part/c:d.pdf" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
		struct kzi_document document;
		const struct kzi_link *link;

		kzi_document_init(&document, "guides/part/x.html");
		kzi_document_link(&document, targets[i][0], "text");
		kzi_links_resolve(&document);
		link = (const struct kzi_link *)(const void *)
			       document.links.data;
		assert_string_equal(link->target, targets[i][1]);
		kzi_document_release(&document);
	}
}

static void a_link_counts_once_and_may_have_only_its_text(void **state)
{
	struct kzi_document document;
	const struct kzi_link *links;

	(void)state;
	kzi_document_init(&document, "x.html");
	kzi_document_link(&document, "a.pdf", "one");
	kzi_document_link(&document, "./a.pdf#top", "again");
	kzi_document_link(&document, NULL, "Only a title");
	kzi_document_link(&document, NULL, "  ");
	kzi_links_resolve(&document);
	links = (const struct kzi_link *)(const void *)document.links.data;
	assert_int_equal(document.links.length, 2 * sizeof(*links));
	assert_string_equal(links[1].target, "Only a title");
	kzi_document_release(&document);
}

static void endless_links_end(void **state)
{
	struct kzi_document document;
	char target[30];
	int i;

	(void)state;
	kzi_document_init(&document, "x.html");
	for (i = 0; i < 100000; i++) {
		snprintf(target, sizeof(target), "%d.pdf", i);
		kzi_document_link(&document, target, "x");
	}
	kzi_links_resolve(&document);
	assert_true(document.links.length / sizeof(struct kzi_link) <= 1000);
	kzi_document_release(&document);
}

/* ---- Kind and place ---------------------------------------------------- */

static void folders_tell_kind_and_place(void **state)
{
	static const struct {
		const char *path;
		enum kzi_kind kind;
		const char *place;
	} rows[] = {
		{ "stories/hungary/pecs.html", KZI_STORY, "hungary" },
		{ "corpus/stories/wales/deep/x.html", KZI_STORY, "wales" },
		{ "stories/x.html", KZI_STORY, NULL },
		{ "guides/x.html", KZI_GUIDE, NULL },
		{ "guides/wales/x.html", KZI_GUIDE, NULL },
		{ "materials/x.pdf", KZI_MATERIAL, NULL },
		{ "story/italy/x.html", KZI_STORY, "italy" },
		{ "my-stories/italy/x.html", KZI_KIND_NONE, NULL },
		{ "stories", KZI_KIND_NONE, NULL },
		{ "", KZI_KIND_NONE, NULL },
	};
	const struct kzi_origin nothing = { .kind = KZI_KIND_NONE };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct kzi_document document;

		kzi_document_init(&document, rows[i].path);
		kzi_classify(&document, &nothing);
		assert_int_equal(document.kind, rows[i].kind);
		if (rows[i].place)
			assert_string_equal(document.place, rows[i].place);
		else
			assert_null(document.place);
		kzi_document_release(&document);
	}
}

/* ---- Names of files ---------------------------------------------------- */

static void put_tree(void)
{
	mkdir(scratch_path("top"), 0777);
	mkdir(scratch_path("top/b"), 0777);
	mkdir(scratch_path("top/a"), 0777);
	scratch_write("top/z.txt", "z", 1);
	scratch_write("top/b/x.txt", "x", 1);
	scratch_write("top/a/x.txt", "x", 1);
	scratch_write("top/.hidden", "x", 1);
}

/* The names, with spaces between them. */
static void names_of(char *out, size_t size, int count, const char *one,
	const char *two)
{
	char *paths[2] = { strdup(scratch_path(one)),
		two ? strdup(scratch_path(two)) : NULL };
	struct kzi_sources sources;
	size_t i;

	*out = '\0';
	assert_true(kzi_sources_find(&sources, NULL, paths, count));
	for (i = 0; i < kzi_sources_count(&sources); i++) {
		const struct kzi_source *source = kzi_sources_at(&sources, i);

		snprintf(out + strlen(out), size - strlen(out), "%s%s%s",
			i ? " " : "", source->name, source->fault ? "!" : "");
	}
	kzi_sources_release(&sources);
	free(paths[0]);
	free(paths[1]);
}

static void files_are_named_by_their_place_below_the_path(void **state)
{
	char names[400];

	(void)state;
	put_tree();
	names_of(names, sizeof(names), 1, "top", NULL);
	assert_string_equal(names, "a/x.txt b/x.txt z.txt");
	names_of(names, sizeof(names), 1, "top/", NULL);
	assert_string_equal(names, "a/x.txt b/x.txt z.txt");
	names_of(names, sizeof(names), 2, "top/b", "top/a/");
	assert_string_equal(names, "a/x.txt b/x.txt");
	names_of(names, sizeof(names), 1, "top/a/x.txt", NULL);
	assert_string_equal(names, "x.txt");
	names_of(names, sizeof(names), 2, "top/a/x.txt", "top/b/x.txt");
	assert_string_equal(names, "x.txt x.txt!");
	names_of(names, sizeof(names), 2, "top/a", "top/z.txt");
	assert_string_equal(names, "x.txt z.txt");
}

/* ---- Formats ----------------------------------------------------------- */

static void content_decides_before_the_name(void **state)
{
	static const struct {
		const char *path, *bytes;
		kzi_reader *reader;
	} rows[] = {
		{ "a.txt", "text", kzi_read_plain },
		{ "a.md", "# x", kzi_read_markdown },
		{ "a.md", "<div>x</div>", kzi_read_markdown },
		{ "a.md", "<!DOCTYPE html><p>x", kzi_read_html },
		{ "README", "text", kzi_read_plain },
		{ "a.txt", "<!DOCTYPE html><p>x", kzi_read_html },
		{ "a", " \n<HTML>", kzi_read_html },
		{ "a.html", "text", kzi_read_html },
		{ "a.HTM", "text", kzi_read_html },
		{ "a.jsonl", "{}", kzi_read_jsonl },
		{ "a.png", "text", NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (kzi_format_find(rows[i].path, rows[i].bytes,
			    strlen(rows[i].bytes)) != rows[i].reader)
			fail_msg("%s: %s", rows[i].path, rows[i].bytes);
	assert_null(kzi_format_find("a.txt", "a\0b", 3));
}

/* ---- Plain text -------------------------------------------------------- */

static int print_blocks(void *context, struct kzi_document *document)
{
	static const char *const letters[] = { "H", "P", "I", "R" };
	struct kzi_buf *out = context;
	size_t i;

	for (i = 0; i < kzi_document_block_count(document); i++) {
		const struct kzi_block *block =
			kzi_document_block_at(document, i);

		kzi_buf_text(out, letters[block->type]);
		kzi_buf_byte(out, ' ');
		kzi_buf_append(out, block->text, block->length);
		kzi_buf_byte(out, '\n');
	}
	return 0;
}

static void read_plain(const char *text, size_t length, struct kzi_buf *out)
{
	char reason[100] = "";
	struct kzi_input input = { .path = "x.txt", .length = length,
		.emit = print_blocks, .context = out, .reason = reason,
		.reason_size = sizeof(reason) };
	char *exact = malloc(length + 1);

	memcpy(exact, text, length);
	exact[length] = '\0';
	input.bytes = exact;
	assert_int_equal(kzi_read_plain(&input), 0);
	kzi_buf_byte(out, '\0');
	free(exact);
}

static void plain_text_has_blocks(void **state)
{
	static const char *const texts[][2] = {
		{ "", "" },
		{ " \n\n\t\n", "" },
		{ "One line\nand its second, of the same paragraph and"
		  " longer.\n\nAnother paragraph of the same text, with many"
		  " words in it.",
			"P One line and its second, of the same paragraph and"
			" longer.\nP Another paragraph of the same text, with"
			" many words in it.\n" },
		{ "The list of what we need has two:\r\n- one chair\r\n- two"
		  " tables\r\n",
			"P The list of what we need has two:\nI one chair\nI"
			" two tables\n" },
		{ "# Heading\n\nThe text below it is a paragraph, however"
		  " short it may be.",
			"H Heading\nP The text below it is a paragraph, however"
			" short it may be.\n" },
		{ "Title\n=====\n\nThe text below it is a paragraph, however"
		  " short it may be.",
			"H Title\nP The text below it is a paragraph, however"
			" short it may be.\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct kzi_buf out = { 0 };

		read_plain(texts[i][0], strlen(texts[i][0]), &out);
		assert_string_equal(out.data, texts[i][1]);
		kzi_buf_release(&out);
	}
}

static void any_bytes_are_read_as_plain_text(void **state)
{
	uint64_t seed = 99;
	int round;

	(void)state;
	for (round = 0; round < 3000; round++) {
		static const char common[] = "\n\n -*#=1.\t\xC2\xA0"
					     "ab\xE2\x80\xA2\xFF";
		struct kzi_buf out = { 0 };
		char bytes[200];
		size_t length = unit_random(&seed) % sizeof(bytes), i;

		for (i = 0; i < length; i++)
			bytes[i] = common[unit_random(&seed) %
				(sizeof(common) - 1)];
		read_plain(bytes, length, &out);
		kzi_buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(links_lead_to_documents),
		cmocka_unit_test(a_link_counts_once_and_may_have_only_its_text),
		cmocka_unit_test(endless_links_end),
		cmocka_unit_test(folders_tell_kind_and_place),
		cmocka_unit_test_setup_teardown(
			files_are_named_by_their_place_below_the_path,
			scratch_begin, scratch_end),
		cmocka_unit_test(content_decides_before_the_name),
		cmocka_unit_test(plain_text_has_blocks),
		cmocka_unit_test(any_bytes_are_read_as_plain_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
