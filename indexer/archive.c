/* archive.c -- archives: a document for each member that can be read, named
 * "folder.zip/member". Also tells archives from what is only packed like one:
 * office documents and electronic books (office.c).
 *
 * A member with a bad name, a password or damage is told of, and the others are
 * read. Members of other formats, such as pictures, are passed over. */
#include "indexer/format.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "indexer/encoding.h"
#include "indexer/unpack.h"

enum {
	SNIFF = 4096, /* Bytes that tell the format of a member. */
	REASON = 200,
	PATH_MOST = 4000 /* Bytes of the name of a document. */
};

struct archive_run {
	struct kzi_input *input; /* Of the archive. */
	struct kzi_unpack unpack;
	struct kzi_buf bytes; /* Of the member. */
	unsigned members;     /* That could be read, or should have been. */
	unsigned bad;
	char first[2 * REASON]; /* What is wrong with the first bad one. */
	int stopped;		/* By the caller of the reader. */
};

/* ---- Names -------------------------------------------------------------- */

/* 1 if one of the folders of the name is "..". */
static int climbs(const char *name)
{
	const char *at = name;

	while ((at = strstr(at, ".."))) {
		if ((at == name || at[-1] == '/') &&
			(at[2] == '/' || at[2] == '\0'))
			return 1;
		at += 2;
	}
	return 0;
}

/* "/etc/x", "C:/x": names that mean a place outside of the archive. */
static int is_bad_name(const char *name)
{
	return name[0] == '/' || (name[0] && name[1] == ':') || climbs(name);
}

/* What programs put beside the members for themselves. */
static int is_passed_over(const char *name)
{
	const char *slash = strrchr(name, '/');

	return !strncmp(name, "__MACOSX/", 9) ||
	       (slash ? slash[1] : name[0]) == '.';
}

/* The name of the member as UTF-8 with slashes; free it with kzi_free. */
static char *name_of(const struct kzi_unpack *unpack)
{
	size_t length, i;
	char *name =
		kzi_to_utf8(unpack->name, strlen(unpack->name), NULL, &length);

	for (i = 0; name && i < length; i++)
		if (name[i] == '\\')
			name[i] = '/';
	return name;
}

/* ---- Members ------------------------------------------------------------ */

static void note_fault(
	struct archive_run *run, const char *name, const char *reason)
{
	if (run->bad++ == 0)
		snprintf(run->first, sizeof(run->first), "%.*s: %s", REASON,
			name, reason);
}

static int pass_on(void *context, struct kzi_document *document)
{
	struct archive_run *run = context;

	run->stopped = run->input->emit(run->input->context, document);
	return run->stopped;
}

/* Read a member as a file of its own. Of a damaged one, what came is read, and
 * the fault told: text that breaks off is better than none. */
static void read_as(struct archive_run *run, kzi_reader *reader,
	const char *path, const char *name, char reason[REASON])
{
	char other[REASON] = "";
	struct kzi_input input = {.path = path,
		.emit = pass_on,
		.context = run,
		.reason = reason,
		.reason_size = REASON,
		.nest = run->unpack.nest};
	int failed = *reason != '\0';

	if (!failed)
		failed = kzi_unpack_read(
			&run->unpack, &input, &run->bytes, 0);
	if (failed)
		input.reason = other; /* The first one counts. */
	input.bytes = run->bytes.data;
	input.length = run->bytes.length;
	run->members++;
	if (!kzi_unpack_is_full(&run->unpack) && !run->bytes.failed)
		failed |= reader(&input) && !run->stopped;
	if (failed)
		note_fault(run, name, reason);
}

static void read_member(
	struct archive_run *run, const char *name, const char *path)
{
	char reason[REASON] = "";
	struct kzi_input scratch = {
		.reason = reason, .reason_size = sizeof(reason)};
	kzi_reader *reader;
	int failed;

	kzi_buf_clear(&run->bytes);
	if (is_bad_name(name)) {
		run->members++;
		note_fault(run, name, "its name leads out of the archive");
		return;
	}
	failed = kzi_unpack_read(&run->unpack, &scratch, &run->bytes, SNIFF);
	if (run->bytes.length) {
		reader = kzi_format_find(
			name, run->bytes.data, run->bytes.length);
		if (reader)
			read_as(run, reader, path, name, reason);
	} else if (failed) {
		run->members++;
		note_fault(run, name, reason);
	}
}

static void take_member(struct archive_run *run)
{
	char *name = name_of(&run->unpack), *path = NULL;
	int length;

	if (name && !is_passed_over(name)) {
		length = snprintf(NULL, 0, "%s/%s", run->input->path, name);
		if (length < PATH_MOST)
			path = kzi_malloc((size_t)length + 1);
		if (path) {
			snprintf(path, (size_t)length + 1, "%s/%s",
				run->input->path, name);
			read_member(run, name, path);
		} else {
			run->members++;
			note_fault(run, "a member", "its name is too long");
		}
	}
	kzi_free(path);
	kzi_free(name);
}

static int finish(struct archive_run *run, int more)
{
	if (run->stopped)
		return run->stopped;
	if (run->bad)
		return kzi_input_fail(run->input,
			"%u of %u members not read, the first: %s", run->bad,
			run->members, run->first);
	return more; /* Its reason is there already. */
}

static int read_archive(struct archive_run *run)
{
	int more = 0;

	while (!run->stopped && !kzi_unpack_is_full(&run->unpack) &&
		(more = kzi_unpack_next(&run->unpack, run->input)) > 0)
		if (run->unpack.is_file)
			take_member(run);
	return finish(run, more < 0 ? -1 : 0);
}

/* "page.html.gz" holds "page.html", and keeps its own name as a document. */
static int read_stream(struct archive_run *run)
{
	const char *path = run->input->path;
	size_t length = strlen(path);
	char *name = kzi_copy(path, length);

	if (!name)
		return kzi_input_fail_memory(run->input);
	if (length > 3 && !strcasecmp(name + length - 3, ".gz"))
		name[length - 3] = '\0';
	if (kzi_unpack_next(&run->unpack, run->input) > 0) {
		const char *slash = strrchr(name, '/');

		read_member(run, slash ? slash + 1 : name, path);
	}
	kzi_free(name);
	if (!run->members && run->bytes.length)
		return kzi_input_fail(
			run->input, "what is packed in it is no known format");
	return finish(run, 0);
}

/* ---- The readers -------------------------------------------------------- */

static int read_nested(
	struct kzi_input *input, int (*read)(struct archive_run *run))
{
	struct archive_run run = {.input = input};
	int result;

	if (input->nest && input->nest->depth >= KZI_UNPACK_DEPTH)
		return kzi_input_fail(
			input, "archives more than %d deep", KZI_UNPACK_DEPTH);
	if (kzi_unpack_open(&run.unpack, input))
		return -1;
	run.unpack.nest->depth++;
	result = read(&run);
	run.unpack.nest->depth--;
	kzi_unpack_close(&run.unpack);
	kzi_buf_release(&run.bytes);
	return result;
}

/* Documents have one of these; the third is of those of OpenOffice 1, which do
 * not say what they are, and the others of damaged ones. */
static int is_part_of_document(const char *name)
{
	static const char *const names[] = {"[Content_Types].xml", "mimetype",
		"META-INF/manifest.xml", "META-INF/container.xml",
		"_rels/.rels", "word/document.xml", "ppt/presentation.xml",
		NULL};
	int i;

	for (i = 0; names[i]; i++)
		if (!strcmp(name, names[i]))
			return 1;
	return 0;
}

static int is_document(const struct kzi_input *input)
{
	struct kzi_nest nest = {0};
	struct kzi_input scratch = *input;
	struct kzi_unpack unpack;
	char reason[REASON];
	int found = 0;

	scratch.nest = &nest;
	scratch.reason = reason;
	scratch.reason_size = sizeof(reason);
	if (kzi_unpack_open(&unpack, &scratch))
		return 0;
	while (!found && kzi_unpack_next(&unpack, &scratch) > 0)
		found = is_part_of_document(unpack.name);
	kzi_unpack_close(&unpack);
	return found;
}

/* The end of the last part of a split archive, "PK\5\6", counts the parts. */
static int is_last_part(const struct kzi_input *input)
{
	enum { END = 22, COMMENT = 1 << 16 };
	const char *stop, *at;

	if (input->length < END)
		return 0;
	stop = at = input->bytes + input->length - END;
	while (at > input->bytes && stop - at < COMMENT &&
		memcmp(at, "PK\5\6", 4) != 0)
		at--;
	return !memcmp(at, "PK\5\6", 4) && (at[4] || at[5]);
}

/* It has the head of a member, if only behind something else: a program that
 * unpacks it, or noise. Not the container of old office documents, which may
 * hold packed pictures. */
static int has_member(const struct kzi_input *input)
{
	static const char container[] = "\xD0\xCF\x11\xE0";

	if (input->length >= 2 && !memcmp(input->bytes, "PK", 2))
		return 1;
	return input->length >= 4 && memcmp(input->bytes, container, 4) != 0 &&
	       !is_last_part(input) &&
	       memmem(input->bytes, input->length, "PK\3\4", 4);
}

int kzi_read_zip(struct kzi_input *input)
{
	static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c";

	if (!input->length)
		return 0;
	if (has_member(input))
		return is_document(input) ? kzi_read_office(input)
					  : read_nested(input, read_archive);
	/* Office documents with a password lie in a container of another kind
	 * that has a stream of this name. */
	if (memmem(input->bytes, input->length, encrypted,
		    sizeof(encrypted) - 1))
		return kzi_input_fail(input, "needs a password");
	if (is_last_part(input))
		return kzi_input_fail(input,
			"a part of a split archive: put its parts together");
	return kzi_input_fail(input, "not what its name says, or damaged");
}

int kzi_read_gzip(struct kzi_input *input)
{
	return read_nested(input, read_stream);
}
