/* test_html.c -- the HTML reader on the pages of tests/html: NAME.html must
 * give the blocks of NAME.txt, one a line, in order:
 *
 *     TITLE the title        P paragraph      TR cell | cell
 *     H1 heading             LI item          LINK target
 *     LI2 item of a list in a list
 *
 * and the word 4-grams of all of them together what a reader would keep. Then
 * the pages that no one wrote: broken, deep, long and in odd encodings. */
#include "unit.h"

#include <dirent.h>
#include <iconv.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/hash.h"
#include "indexer/encoding.h"
#include "indexer/format.h"

#ifndef PAGES
#define PAGES "tests/html"
#endif

enum { REASON = 200, PATH = 512 };

/* ---- A document as lines ------------------------------------------------ */

static void print_block(struct kzi_buf *out, const struct kzi_block *block)
{
	char level[16] = "";

	if (block->type == KZI_HEADING ||
		(block->type == KZI_ITEM && block->level > 1))
		snprintf(level, sizeof(level), "%d", block->level);
	kzi_buf_text(out, block->type == KZI_HEADING ? "H"
			: block->type == KZI_ITEM    ? "LI"
			: block->type == KZI_ROW     ? "TR"
						     : "P");
	kzi_buf_text(out, level);
	kzi_buf_byte(out, ' ');
	kzi_buf_append(out, block->text, block->length);
	kzi_buf_byte(out, '\n');
}

static int print_document(void *context, struct kzi_document *document)
{
	struct kzi_buf *out = context;
	const struct kzi_link *links =
		(const struct kzi_link *)(const void *)document->links.data;
	size_t count = kzi_document_block_count(document), i;

	kzi_buf_text(out, "TITLE ");
	kzi_buf_text(out, document->title ? document->title : "");
	kzi_buf_byte(out, '\n');
	for (i = 0; i < count; i++)
		print_block(out, kzi_document_block_at(document, i));
	for (i = 0; i < document->links.length / sizeof(*links); i++) {
		kzi_buf_text(out, "LINK ");
		kzi_buf_text(out, links[i].target);
		kzi_buf_byte(out, '\n');
	}
	return 0;
}

/* Read bytes as a page; what it gives, as lines, in *out. */
static int read_page(struct kzi_buf *out, const char *bytes, size_t length)
{
	char reason[REASON] = "";
	struct kzi_input input = { .path = "page.html", .bytes = bytes,
		.length = length, .emit = print_document, .context = out,
		.reason = reason, .reason_size = sizeof(reason) };

	kzi_buf_clear(out);
	return kzi_read_html(&input);
}

static void expect(const char *html, const char *lines)
{
	struct kzi_buf out = { 0 };

	assert_int_equal(read_page(&out, html, strlen(html)), 0);
	assert_string_equal(out.data, lines);
	kzi_buf_release(&out);
}

static void load(struct kzi_buf *out, const char *path)
{
	FILE *file = fopen(path, "rb");
	char piece[4096];
	size_t got;

	assert_non_null(file);
	kzi_buf_clear(out);
	while ((got = fread(piece, 1, sizeof(piece), file)) > 0)
		kzi_buf_append(out, piece, got);
	fclose(file);
}

/* ---- Shingles ----------------------------------------------------------- */

enum { SHINGLE = 4, TABLE = 1 << 16 };

struct shingles {
	int count[TABLE]; /* By hash: more wanted or, below 0, more found. */
	long wanted, found;
};

static void add_shingles(struct shingles *shingles, const char *lines, int sign)
{
	const char *words[SHINGLE] = { NULL };
	const char *line = lines;

	while (*line) {
		const char *end = strchr(line, '\n');
		const char *at = line + strcspn(line, " \n");
		int is_text = strncmp(line, "TITLE", 5) &&
			strncmp(line, "LINK", 4);

		while (is_text && (at += strspn(at, " ")) < end) {
			memmove(words, words + 1,
				sizeof(words) - sizeof(words[0]));
			words[SHINGLE - 1] = at;
			at += strcspn(at, " \n");
			if (words[0]) {
				uint64_t hash = kzi_hash("", 0, 0);
				int i;

				for (i = 0; i < SHINGLE; i++)
					hash = kzi_hash(words[i],
						strcspn(words[i], " \n"), hash);
				shingles->count[hash % TABLE] += sign;
				*(sign > 0 ? &shingles->wanted
					   : &shingles->found) += 1;
			}
		}
		line = end + 1;
	}
}

static double f1(const struct shingles *shingles)
{
	long missed = 0, i;

	for (i = 0; i < TABLE; i++)
		if (shingles->count[i] > 0)
			missed += shingles->count[i];
	return shingles->wanted + shingles->found == 0
		? 1
		: 2.0 * (double)(shingles->wanted - missed) /
			(double)(shingles->wanted + shingles->found);
}

/* ---- The pages ---------------------------------------------------------- */

static int compare_page(const char *name, size_t stem)
{
	struct kzi_buf html = { 0 }, wanted = { 0 }, found = { 0 };
	struct shingles *shingles = calloc(1, sizeof(*shingles));
	char path[PATH];
	int same;

	snprintf(path, sizeof(path), PAGES "/%s", name);
	load(&html, path);
	snprintf(path, sizeof(path), PAGES "/%.*s.txt", (int)stem, name);
	load(&wanted, path);
	assert_int_equal(read_page(&found, html.data, html.length), 0);
	same = !strcmp(wanted.data, found.data);
	assert_non_null(shingles);
	add_shingles(shingles, wanted.data, 1);
	add_shingles(shingles, found.data, -1);
	if (!same)
		print_message("%s: F1 %.3f\n--- wanted\n%s--- found\n%s", name,
			f1(shingles), wanted.data, found.data);
	assert_true(f1(shingles) >= 0.97);
	free(shingles);
	kzi_buf_release(&html);
	kzi_buf_release(&wanted);
	kzi_buf_release(&found);
	return same;
}

static void pages_give_what_a_reader_keeps(void **state)
{
	DIR *folder = opendir(PAGES);
	struct dirent *entry;
	int pages = 0, same = 0;

	(void)state;
	assert_non_null(folder);
	while ((entry = readdir(folder))) {
		const char *ending = strrchr(entry->d_name, '.');

		if (!ending || strcmp(ending, ".html"))
			continue;
		pages++;
		same += compare_page(
			entry->d_name, (size_t)(ending - entry->d_name));
	}
	closedir(folder);
	assert_true(pages >= 40);
	assert_int_equal(same, pages);
}

static void an_empty_page_is_empty(void **state)
{
	(void)state;
	expect("", "TITLE \n");
	expect("<html></html>", "TITLE \n");
	expect("<title>A</title>", "TITLE A\n");
}

static void references_mean_windows(void **state)
{
	(void)state;
	expect("<p>&#145;One&#146; &#150; two &amp; &eacute;&#x151;</p>",
		"TITLE \nP ‘One’ – two & éő\n");
}

static void deep_pages_are_read(void **state)
{
	enum { DEPTH = 100000 };
	struct kzi_buf html = { 0 }, out = { 0 };
	int i;

	(void)state;
	for (i = 0; i < DEPTH; i++)
		kzi_buf_text(&html, i % 3 ? "<div>" : "<b><table><tr><td>");
	kzi_buf_text(&html, "<p>Down here.</p>");
	assert_int_equal(read_page(&out, html.data, html.length), 0);
	assert_non_null(strstr(out.data, "Down here."));
	kzi_buf_release(&html);
	kzi_buf_release(&out);
}

/* Whatever bytes of a page are changed, it is read or refused. */
static void damaged_pages_do_no_harm(void **state)
{
	static const char *const names[] = { "broken-markup", "wiki",
		"data-tables", "word-export", "materials-column" };
	struct kzi_buf html = { 0 }, out = { 0 };
	uint64_t random = 1;
	size_t i, round;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		for (round = 0; round < 200; round++) {
			char path[PATH];
			int changes;

			snprintf(path, sizeof(path), PAGES "/%s.html",
				names[i]);
			load(&html, path);
			for (changes = 0; changes < 20; changes++) {
				random = kzi_hash(&random, sizeof(random), i);
				html.data[random % html.length] =
					"<>/ &\0\x80\"ab"[(random >> 40) % 10];
			}
			read_page(&out, html.data,
				html.length - (random >> 50) % 50);
		}
	kzi_buf_release(&html);
	kzi_buf_release(&out);
}

#ifdef KZI_DEBUG
/* Whichever allocation fails, the reader says so or does without. */
static void short_memory_is_survived(void **state)
{
	static const char html[] = "<title>A - B</title><body><h1>A</h1><ul>"
				   "<li>One<li>Two</ul><table><tr><th>1<th>2"
				   "</table><a href=x.pdf>x</a><p>Three.";
	long n;

	(void)state;
	for (n = 0; n < 60; n++) {
		char reason[REASON];
		struct kzi_buf out = { 0 };
		struct kzi_input input = { .path = "p", .bytes = html,
			.length = sizeof(html) - 1, .emit = print_document,
			.context = &out, .reason = reason,
			.reason_size = sizeof(reason) };

		kzi_alloc_fail_at(n);
		kzi_read_html(&input);
		kzi_alloc_fail_at(-1);
		kzi_buf_release(&out);
	}
}
#endif

/* ---- Encodings ---------------------------------------------------------- */

static void expect_utf8(
	const char *bytes, const char *declared, const char *wanted)
{
	size_t length;
	char *text = kzi_to_utf8(bytes, strlen(bytes), declared, &length);

	assert_non_null(text);
	assert_string_equal(text, wanted);
	assert_int_equal(length, strlen(wanted));
	kzi_free(text);
}

static void declared_encodings_are_read(void **state)
{
	(void)state;
	expect_utf8("caff\xE8 \x93x\x94", "ISO-8859-1", "caffè “x”");
	expect_utf8("t\xFBz", "windows-1250", "tűz");
	expect_utf8("d\xF0r", "iso-8859-14", "dŵr");
	/* What is UTF-8 is so whatever it says. */
	expect_utf8("tűz", "windows-1250", "tűz");
	expect_utf8("tűz \xFF kút víz", "utf-8", "tűz \xEF\xBF\xBD kút víz");
	expect_utf8("\xEF\xBB\xBFok", NULL, "ok");
	/* ASCII, whose meaning escapes change. */
	expect_utf8("x \x1B$B$3$N\x1B(B y", "iso-2022-jp", "x この y");
	expect_utf8("caff\xE8 \xE8", "no-such-thing", "caffè è");
}

/* Convert UTF-8 to an encoding and see whether it is found out again. */
static void expect_found(const char *text, const char *encoding)
{
	iconv_t converter = iconv_open(encoding, "UTF-8");
	char bytes[1024], *from = (char *)(size_t)text, *to = bytes;
	size_t left = strlen(text), room = sizeof(bytes) - 1;

	assert_true(converter != (iconv_t)-1);
	assert_int_equal(iconv(converter, &from, &left, &to, &room), 0);
	iconv_close(converter);
	*to = '\0';
	expect_utf8(bytes, NULL, text);
}

static void undeclared_encodings_are_told(void **state)
{
	static const char hu[] = "A hűvös őszi estén húsz idős ember üldögélt "
				 "a művelődési házban, és kötélről álmodott.";
	static const char ro[] = "În satul acesta toată lumea ştie că "
				 "fântâna veche ţine apa rece şi vara.";
	static const char ro16[] = "În satul acesta toată lumea „știe” că "
				   "fântâna veche ține apa rece și vara.";

	(void)state;
	expect_found(hu, "WINDOWS-1250");
	expect_found(hu, "ISO-8859-2");
	expect_found(ro, "WINDOWS-1250");
	expect_found(ro, "ISO-8859-2");
	expect_found(ro16, "ISO-8859-16");
	expect_found("Però la città è già più in là, perché così è.",
		"ISO-8859-1");
	expect_found("As mães não dão lições ao coração: põem a mesa.",
		"WINDOWS-1252");
	expect_found("Què hi fa això? L’acció és única, però vindrà.",
		"WINDOWS-1252");
	expect_found("Mae dŵr yn y tŷ, a gŵr ar y bryn.", "ISO-8859-14");
	expect_found("“Plain” English – with quotes.", "WINDOWS-1252");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_give_what_a_reader_keeps),
		cmocka_unit_test(an_empty_page_is_empty),
		cmocka_unit_test(references_mean_windows),
		cmocka_unit_test(deep_pages_are_read),
		cmocka_unit_test(damaged_pages_do_no_harm),
#ifdef KZI_DEBUG
		cmocka_unit_test(short_memory_is_survived),
#endif
		cmocka_unit_test(declared_encodings_are_read),
		cmocka_unit_test(undeclared_encodings_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
