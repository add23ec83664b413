/* test_formats.c -- the readers of office documents, books, PDF, RTF and
 * archives on the files of tests/formats: FILE must give the blocks of
 * FILE.txt, one a line, in order:
 *
 *     DOCUMENT name      P paragraph          TR cell | cell
 *     TITLE the title    LI item              LANG as the file says
 *     PAGE number        LI2 item in a list   FAILED the reason
 *     H1 heading             of a list       LINK to a supporting material
 *
 * Then what no program wrote: files cut off, changed, and made to do harm. */
#include "unit.h"

#include <dirent.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "indexer/format.h"
#include "text/text.h"

#ifndef FILES
#define FILES "tests/formats"
#endif

enum { REASON = 300, PATH = 512, NAME = 256, FILES_MOST = 400 };

/* ---- A document as lines ------------------------------------------------ */

struct printer {
	struct kzi_buf out;
	uint32_t page;
};

static void print_line(struct printer *printer, const char *key,
	const char *text, size_t length)
{
	kzi_buf_text(&printer->out, key);
	kzi_buf_byte(&printer->out, ' ');
	kzi_buf_append(&printer->out, text, length);
	kzi_buf_byte(&printer->out, '\n');
}

static void print_block(struct printer *printer, const struct kzi_block *block)
{
	char key[16];

	if (block->page != printer->page) {
		snprintf(key, sizeof(key), "%u", (unsigned)block->page);
		print_line(printer, "PAGE", key, strlen(key));
		printer->page = block->page;
	}
	if (block->type == KZI_HEADING)
		snprintf(key, sizeof(key), "H%d", block->level);
	else if (block->type == KZI_ITEM && block->level > 1)
		snprintf(key, sizeof(key), "LI%d", block->level);
	else
		snprintf(key, sizeof(key), "%s",
			block->type == KZI_ITEM ? "LI"
			: block->type == KZI_ROW ? "TR"
						 : "P");
	print_line(printer, key, block->text, block->length);
}

static void print_links(
	struct printer *printer, const struct kzi_document *document)
{
	const struct kzi_link *links =
		(const struct kzi_link *)(void *)document->links.data;
	size_t count = document->links.length / sizeof(*links), i;

	for (i = 0; i < count; i++)
		if (links[i].target)
			print_line(printer, "LINK", links[i].target,
				strlen(links[i].target));
}

static int print_document(void *context, struct kzi_document *document)
{
	struct printer *printer = context;
	size_t count = kzi_document_block_count(document), i;
	const char *title = document->title ? document->title : "";

	printer->page = 0;
	print_line(printer, "DOCUMENT", document->path,
		strlen(document->path));
	print_line(printer, "TITLE", title, strlen(title));
	if (document->declared >= 0) {
		const char *tag = kzi_language_tag(document->declared);

		print_line(printer, "LANG", tag, strlen(tag));
	}
	for (i = 0; i < count; i++) {
		const struct kzi_block *block =
			kzi_document_block_at(document, i);

		assert_true(kzi_utf8_valid(block->text, block->length));
		print_block(printer, block);
	}
	print_links(printer, document);
	return 0;
}

/* Read bytes as a file of that name; what it gives, as lines. */
static void read_bytes(struct printer *printer, const char *name,
	const char *bytes, size_t length)
{
	char reason[REASON] = "";
	struct kzi_input input = { .path = name, .bytes = bytes,
		.length = length, .emit = print_document, .context = printer,
		.reason = reason, .reason_size = sizeof(reason) };
	kzi_reader *reader = kzi_format_find(name, bytes, length);

	kzi_buf_clear(&printer->out);
	if (!reader)
		print_line(printer, "SKIPPED", "", 0);
	else if (reader(&input))
		print_line(printer, "FAILED", reason, strlen(reason));
	kzi_buf_byte(&printer->out, '\0');
}

static int load(struct kzi_buf *out, const char *path)
{
	FILE *file = fopen(path, "rb");
	char piece[4096];
	size_t got;

	kzi_buf_clear(out);
	if (!file)
		return 0;
	while ((got = fread(piece, 1, sizeof(piece), file)) > 0)
		kzi_buf_append(out, piece, got);
	fclose(file);
	kzi_buf_byte(out, '\0'); /* As every reader is given it. */
	out->length--;
	return 1;
}

static size_t lines_in(const char *text)
{
	size_t lines = 0;

	while ((text = strchr(text, '\n'))) {
		lines++;
		text++;
	}
	return lines;
}

/* ---- The files ---------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* The names of the files with expected blocks beside them; returns how many. */
static size_t list_files(char names[FILES_MOST][NAME])
{
	DIR *folder = opendir(FILES);
	struct dirent *entry;
	size_t count = 0;

	assert_non_null(folder);
	while ((entry = readdir(folder)) && count < FILES_MOST) {
		size_t length = strlen(entry->d_name);

		if (length > 4 && !strcmp(entry->d_name + length - 4, ".txt"))
			snprintf(names[count++], NAME, "%.*s",
				(int)(length - 4), entry->d_name);
	}
	closedir(folder);
	qsort(names, count, sizeof(names[0]), by_name);
	return count;
}

/* The reasons of libraries may change with their version, so of a reason only
 * what stands before the last colon is compared. */
static int is_same(const char *wanted, const char *found)
{
	const char *failed = strstr(wanted, "FAILED ");

	return failed && strchr(failed, '*')
		? !strncmp(wanted, found,
			  (size_t)(strchr(failed, '*') - wanted))
		: !strcmp(wanted, found);
}

static void files_give_their_blocks(void **state)
{
	static char names[FILES_MOST][NAME];
	size_t count = list_files(names), same = 0, i;
	struct kzi_buf file = { 0 }, wanted = { 0 };
	struct printer found = { 0 };

	(void)state;
	for (i = 0; i < count; i++) {
		char path[PATH];
		int is_good;

		snprintf(path, sizeof(path), FILES "/%.200s", names[i]);
		assert_true(load(&file, path));
		snprintf(path, sizeof(path), FILES "/%.200s.txt", names[i]);
		assert_true(load(&wanted, path));
		read_bytes(&found, names[i], file.data, file.length);
		is_good = is_same(wanted.data, found.out.data);
		if (!is_good)
			print_message("%s:\n--- wanted %zu\n%s--- found %zu\n"
				      "%s",
				names[i], lines_in(wanted.data), wanted.data,
				lines_in(found.out.data), found.out.data);
		same += (size_t)is_good;
	}
	kzi_buf_release(&file);
	kzi_buf_release(&wanted);
	kzi_buf_release(&found.out);
	assert_true(count >= 30);
	assert_int_equal(same, count);
}

/* ---- Damage ------------------------------------------------------------- */

/* Small files, one for each reader. */
static const char *const samples[] = { "catala.docx", "catala.odt",
	"magyar.pptx", "cymraeg.odp", "spine.epub", "code-pages.rtf",
	"three.pdf", "form.pdf", "marks.md", "folder.zip", "page.html.gz" };

enum { SAMPLES = sizeof(samples) / sizeof(*samples) };

static void load_sample(struct kzi_buf *out, size_t i)
{
	char path[PATH];

	snprintf(path, sizeof(path), FILES "/%s", samples[i]);
	assert_true(load(out, path));
}

/* Wherever a file ends, it is read as far as it goes, or refused. Each length
 * is tried in memory of its own, so that reading past it shows. */
static void cut_files_do_no_harm(void **state)
{
	struct kzi_buf file = { 0 };
	struct printer found = { 0 };
	size_t i, part;

	(void)state;
	for (i = 0; i < SAMPLES; i++) {
		load_sample(&file, i);
		for (part = 0; part < 40; part++) {
			size_t length = file.length * part / 40;
			char *bytes = kzi_copy(file.data, length);

			assert_non_null(bytes);
			read_bytes(&found, samples[i], bytes, length);
			kzi_free(bytes);
		}
	}
	kzi_buf_release(&file);
	kzi_buf_release(&found.out);
}

static void changed_files_do_no_harm(void **state)
{
	struct kzi_buf file = { 0 };
	struct printer found = { 0 };
	uint64_t random = 1;
	size_t i, round, change;

	(void)state;
	for (i = 0; i < SAMPLES; i++)
		for (round = 0; round < 60; round++) {
			load_sample(&file, i);
			for (change = 0; change < 1 + round / 4; change++)
				file.data[unit_random(&random) % file.length] =
					(char)(unit_random(&random) >> 20);
			read_bytes(&found, samples[i], file.data, file.length);
		}
	kzi_buf_release(&file);
	kzi_buf_release(&found.out);
}

/* Most of a packed file is packed, where changes only spoil a check sum. So
 * the text in RTF, and what stands open in the others, is changed by words. */
static void odd_rtf_does_no_harm(void **state)
{
	static const char *const words[] = { "{", "}", "\\par", "\\cell",
		"\\row", "\\trowd\\intbl", "\\u-10179", "\\'f5", "\\footnote ",
		"{\\footnote ", "\\bin99999", "\\uc63", "\\f511 ", "\\f9999 ",
		"{\\fonttbl\\f3", "\\fcharset238", "\\ansicpg99999", "\\*",
		"\\pard", "text ", "\\outlinelevel3", "\\ls2\\ilvl8", "\\tab ",
		"{\\pict", "{\\title ", "\\s2 ", "\xC5\xB1" };
	struct kzi_buf file = { 0 };
	struct printer found = { 0 };
	uint64_t random = 1;
	int round, i;

	(void)state;
	for (round = 0; round < 2000; round++) {
		kzi_buf_clear(&file);
		kzi_buf_text(&file, "{\\rtf1 ");
		for (i = 0; i < 60; i++)
			kzi_buf_text(&file,
				words[unit_random(&random) %
					(sizeof(words) / sizeof(*words))]);
		read_bytes(&found, "odd.rtf", file.data, file.length);
	}
	kzi_buf_release(&file);
	kzi_buf_release(&found.out);
}

#ifdef KZI_DEBUG
/* Whichever allocation of ours fails, the reader says so or does without. */
static void short_memory_is_survived(void **state)
{
	struct kzi_buf file = { 0 };
	size_t i;
	long n;

	(void)state;
	for (i = 0; i < SAMPLES; i++) {
		load_sample(&file, i);
		for (n = 0; n < 120; n++) {
			char reason[REASON];
			struct printer found = { 0 };
			struct kzi_input input = { .path = samples[i],
				.bytes = file.data, .length = file.length,
				.emit = print_document, .context = &found,
				.reason = reason,
				.reason_size = sizeof(reason) };
			kzi_reader *reader = kzi_format_find(
				samples[i], file.data, file.length);

			kzi_alloc_fail_at(n);
			reader(&input);
			kzi_alloc_fail_at(-1);
			kzi_buf_release(&found.out);
		}
	}
	kzi_buf_release(&file);
}
#endif

/* ---- Limits ------------------------------------------------------------- */

static int stop_at_once(void *context, struct kzi_document *document)
{
	(void)document;
	++*(int *)context;
	return 1;
}

static void a_caller_may_stop_an_archive(void **state)
{
	char reason[REASON] = "";
	struct kzi_buf file = { 0 };
	int documents = 0;
	struct kzi_input input = { .path = "folder.zip",
		.emit = stop_at_once, .context = &documents, .reason = reason,
		.reason_size = sizeof(reason) };

	(void)state;
	assert_true(load(&file, FILES "/folder.zip"));
	input.bytes = file.data;
	input.length = file.length;
	assert_int_not_equal(kzi_read_zip(&input), 0);
	assert_int_equal(documents, 1);
	kzi_buf_release(&file);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_give_their_blocks),
		cmocka_unit_test(cut_files_do_no_harm),
		cmocka_unit_test(changed_files_do_no_harm),
		cmocka_unit_test(odd_rtf_does_no_harm),
#ifdef KZI_DEBUG
		cmocka_unit_test(short_memory_is_survived),
#endif
		cmocka_unit_test(a_caller_may_stop_an_archive),
	};

	/* With names of files: print what they give, for FILE.txt. */
	if (argc > 1) {
		struct kzi_buf file = { 0 };
		struct printer found = { 0 };
		int i;

		for (i = 1; i < argc; i++) {
			const char *slash = strrchr(argv[i], '/');

			if (!load(&file, argv[i]))
				return 1;
			read_bytes(&found, slash ? slash + 1 : argv[i],
				file.data, file.length);
			fputs(found.out.data, stdout);
		}
		kzi_buf_release(&file);
		kzi_buf_release(&found.out);
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
