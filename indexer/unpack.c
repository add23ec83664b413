/* unpack.c -- see unpack.h. */
#include "indexer/unpack.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <archive.h>
#include <archive_entry.h>

#include "base/alloc.h"
#include "base/hash.h"

enum {
	STEP = 1 << 16,	      /* Bytes unpacked at a time. */
	MEMBER_MOST = 128,    /* MB, as for any file. */
	RATIO = 200,	      /* Text is packed to a hundredth at best ... */
	RATIO_FROM = 32 << 20, /* ... and a small file may be odd. */
	PLAIN = 100,          /* Bytes of a reason of ours. */
	RESTS_MOST = 100      /* Damaged members that are looked for. */
};

/* ---- One member after the other ---------------------------------------- */

static int fail_as(
	struct kzi_unpack *unpack, struct kzi_input *input, const char *what)
{
	const char *why = unpack->is_salvage
				  ? unpack->fault
				  : archive_error_string(unpack->archive);

	if (!why)
		return kzi_input_fail(input, "%s", what);
	/* Some end with a line. */
	return kzi_input_fail(
		input, "%s: %.*s", what, (int)strcspn(why, "\n"), why);
}

int kzi_unpack_open(struct kzi_unpack *unpack, struct kzi_input *input)
{
	struct archive *archive = archive_read_new();

	memset(unpack, 0, sizeof(*unpack));
	unpack->is_gzip = input->length > 2 &&
			  !memcmp(input->bytes, "\x1F\x8B", 2);
	unpack->archive = archive;
	unpack->packed = input->length;
	unpack->bytes = input->bytes;
	unpack->nest = input->nest ? input->nest : &unpack->own;
	if (!archive)
		return kzi_input_fail_memory(input);
	unpack->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	if (unpack->is_gzip) {
		archive_read_support_filter_gzip(archive);
		archive_read_support_format_raw(archive);
	} else {
		archive_read_support_format_zip(archive);
	}
	if (archive_read_open_memory(archive, input->bytes, input->length) ==
		ARCHIVE_OK)
		return 0;
	fail_as(unpack, input, "damaged archive");
	kzi_unpack_close(unpack);
	return -1;
}

void kzi_unpack_close(struct kzi_unpack *unpack)
{
	if (unpack->archive)
		archive_read_free(unpack->archive);
	kzi_salvage_close(&unpack->salvage);
	kzi_salvage_close(&unpack->rest);
	if (unpack->locale)
		freelocale(unpack->locale);
	unpack->archive = unpack->locale = NULL;
}

int kzi_unpack_is_full(const struct kzi_unpack *unpack)
{
	size_t bytes = unpack->nest->bytes;

	return bytes > (size_t)KZI_UNPACK_MEGABYTES << 20 ||
	       unpack->nest->members > KZI_UNPACK_MEMBERS ||
	       (bytes > RATIO_FROM && bytes / RATIO > unpack->packed);
}

static int fail_as_bomb(
	const struct kzi_unpack *unpack, struct kzi_input *input)
{
	if (unpack->nest->members > KZI_UNPACK_MEMBERS)
		return kzi_input_fail(
			input, "holds more than %d files", KZI_UNPACK_MEMBERS);
	if (unpack->nest->bytes > (size_t)KZI_UNPACK_MEGABYTES << 20)
		return kzi_input_fail(input, "unpacks to more than %d MB",
			KZI_UNPACK_MEGABYTES);
	return kzi_input_fail(input,
		"unpacks to more than %d times its size: made to do harm?",
		RATIO);
}

/* As UTF-8 if the archive says what it is; else its bytes. */
static const char *name_of(struct archive_entry *entry)
{
	const char *name = archive_entry_pathname_utf8(entry);

	if (!name)
		name = archive_entry_pathname(entry);
	return name ? name : "";
}

static int next_entry(struct kzi_unpack *unpack, struct archive_entry **entry)
{
	locale_t before = (locale_t)0;
	int status;

	unpack->left = unpack->given = 0;
	unpack->is_bad = 0;
	kzi_salvage_close(&unpack->rest);
	if (unpack->locale)
		before = uselocale(unpack->locale);
	status = archive_read_next_header(unpack->archive, entry);
	if (status == ARCHIVE_OK || status == ARCHIVE_WARN)
		unpack->name = name_of(*entry);
	if (unpack->locale)
		uselocale(before);
	return status;
}

static uint64_t hash_of(const char *name)
{
	return kzi_hash(name, strlen(name), 0);
}

static int count_member(struct kzi_unpack *unpack, struct kzi_input *input)
{
	unpack->last = hash_of(unpack->name);
	unpack->members++;
	unpack->nest->members++;
	return kzi_unpack_is_full(unpack) ? fail_as_bomb(unpack, input) : 1;
}

/* ---- What libarchive gives up ------------------------------------------- */

/* It wants the lists of a ZIP file to be right to the last byte; others read
 * on. From the place where it failed, members are looked for by their heads. */
static void begin_salvage(struct kzi_unpack *unpack)
{
	const char *why = archive_error_string(unpack->archive);
	la_int64_t at = archive_read_header_position(unpack->archive);
	size_t from = unpack->members && at > 0 ? (size_t)at : 0;

	if (from > unpack->packed)
		from = unpack->packed;
	snprintf(unpack->fault, sizeof(unpack->fault), "%.*s",
		why ? (int)strcspn(why, "\n") : PLAIN,
		why ? why : "its list of members is wrong");
	if (unpack->is_gzip)
		kzi_salvage_open_gzip(
			&unpack->salvage, unpack->bytes, unpack->packed);
	else
		kzi_salvage_open(&unpack->salvage, unpack->bytes + from,
			unpack->packed - from);
	unpack->is_salvage = 1;
}

static int next_salvaged(struct kzi_unpack *unpack, struct kzi_input *input)
{
	struct kzi_salvage *salvage = &unpack->salvage;
	const char *name;

	if (!kzi_salvage_next(salvage))
		return kzi_input_fail(
			input, "damaged archive: %s", unpack->fault);
	name = salvage->name.data;
	unpack->name = name;
	unpack->is_file = name[strlen(name) - 1] != '/';
	unpack->is_encrypted = salvage->is_encrypted;
	return count_member(unpack, input);
}

/* The member that libarchive failed in may have been given already. */
static int salvage_rest(struct kzi_unpack *unpack, struct kzi_input *input)
{
	uint64_t last = unpack->last;
	int is_first = !unpack->members, more;

	begin_salvage(unpack);
	more = next_salvaged(unpack, input);
	if (more > 0 && !is_first && unpack->last == last)
		more = next_salvaged(unpack, input);
	return more;
}

/* Nothing was given, and there is something. */
static int is_list_lost(const struct kzi_unpack *unpack)
{
	return !unpack->members && !unpack->is_gzip &&
	       memmem(unpack->bytes, unpack->packed, "PK\3\4", 4);
}

int kzi_unpack_next(struct kzi_unpack *unpack, struct kzi_input *input)
{
	struct archive_entry *entry;
	int status;

	if (unpack->is_salvage)
		return next_salvaged(unpack, input);
	status = next_entry(unpack, &entry);
	if (status == ARCHIVE_EOF && !is_list_lost(unpack))
		return 0;
	if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
		return salvage_rest(unpack, input);
	unpack->is_file = archive_entry_filetype(entry) == AE_IFREG;
	unpack->is_encrypted = archive_entry_is_encrypted(entry) > 0;
	return count_member(unpack, input);
}

/* What was given of the member is passed over; 0: it is not found, or is no
 * longer than that. */
static int pass_given(struct kzi_unpack *unpack)
{
	char scratch[4096];
	size_t left = unpack->given;

	while (left > 0) {
		ssize_t got = kzi_salvage_read(&unpack->rest, scratch,
			left < sizeof(scratch) ? left : sizeof(scratch));

		if (got <= 0)
			return 0;
		left -= (size_t)got;
	}
	return 1;
}

/* libarchive unpacks a member in large blocks, and gives nothing of the one in
 * which it fails: that is unpacked here once more, as far as it goes. */
static void open_rest(struct kzi_unpack *unpack)
{
	struct kzi_salvage *rest = &unpack->rest;
	int found = 0;

	if (unpack->rests++ >= RESTS_MOST)
		return;
	if (unpack->is_gzip)
		kzi_salvage_open_gzip(rest, unpack->bytes, unpack->packed);
	else
		kzi_salvage_open(rest, unpack->bytes, unpack->packed);
	while (!found && kzi_salvage_next(rest))
		found = unpack->is_gzip ||
			hash_of(rest->name.data) == unpack->last;
	if (!found || !pass_given(unpack))
		kzi_salvage_close(rest);
}

static la_ssize_t read_rest(
	struct kzi_unpack *unpack, char *room, size_t length)
{
	ssize_t got = -1;

	if (unpack->rest.name.length)
		got = kzi_salvage_read(&unpack->rest, room, length);
	return got > 0 ? got : -1;
}

/* Next bytes of the member, by blocks: archive_read_data keeps those before a
 * fault to itself. 0: its end; -1: damaged. */
static la_ssize_t read_block(
	struct kzi_unpack *unpack, char *room, size_t length)
{
	while (!unpack->left) {
		const void *block = NULL;
		la_int64_t offset;
		int status;

		if (unpack->is_bad)
			return read_rest(unpack, room, length);
		status = archive_read_data_block(
			unpack->archive, &block, &unpack->left, &offset);
		if (status == ARCHIVE_EOF)
			return 0;
		unpack->is_bad = status != ARCHIVE_OK;
		unpack->block = block;
		if (!block)
			unpack->left = 0;
		if (unpack->is_bad && !unpack->left)
			open_rest(unpack);
	}
	if (length > unpack->left)
		length = unpack->left;
	unpack->given += length;
	memcpy(room, unpack->block, length);
	unpack->block += length;
	unpack->left -= length;
	return (la_ssize_t)length;
}

static la_ssize_t read_some(
	struct kzi_unpack *unpack, char *room, size_t length)
{
	return unpack->is_salvage
		       ? kzi_salvage_read(&unpack->salvage, room, length)
		       : read_block(unpack, room, length);
}

int kzi_unpack_read(struct kzi_unpack *unpack, struct kzi_input *input,
	struct kzi_buf *out, size_t most)
{
	if (unpack->is_encrypted)
		return kzi_input_fail(input, "needs a password");
	while (!most || out->length < most) {
		size_t step = most && most - out->length < STEP
				      ? most - out->length
				      : STEP;
		char *room = kzi_buf_room(out, step + 1);
		la_ssize_t got;

		if (!room)
			return kzi_input_fail_memory(input);
		got = read_some(unpack, room, step);
		if (got < 0)
			return fail_as(unpack, input, "damaged");
		room[got] = '\0';
		if (got == 0)
			return 0;
		out->length += (size_t)got;
		unpack->nest->bytes += (size_t)got;
		if (kzi_unpack_is_full(unpack))
			return fail_as_bomb(unpack, input);
		if (out->length > (size_t)MEMBER_MOST << 20)
			return kzi_input_fail(input,
				"unpacks to more than %d MB", MEMBER_MOST);
	}
	return 0;
}

/* ---- All parts of a document ------------------------------------------- */

static int is_wanted(const char *name)
{
	static const char *const endings[] = {".xml", ".rels", ".opf", ".html",
		".htm", ".xhtml", ".xht", NULL};
	size_t length = strlen(name), i;

	if (!strcmp(name, "mimetype"))
		return 1;
	for (i = 0; endings[i]; i++) {
		size_t tail = strlen(endings[i]);

		if (length > tail &&
			!strcasecmp(name + length - tail, endings[i]))
			return 1;
	}
	return 0;
}

static int by_name(const void *a, const void *b)
{
	const struct kzi_part *one = a, *other = b;

	return strcmp(one->name, other->name);
}

/* Takes over the bytes of `part`. */
static int add_part(
	struct kzi_package *package, struct kzi_part *part, const char *name)
{
	while (*name == '/')
		name++;
	part->name = kzi_copy(name, strlen(name));
	if (part->name)
		kzi_buf_append(&package->parts, part, sizeof(*part));
	if (part->name && !package->parts.failed)
		return 0;
	kzi_free(part->name);
	kzi_buf_release(&part->bytes);
	return -1;
}

/* A damaged part is no reason to lose the others; -1: some of one is lost. */
static int take_parts(struct kzi_package *package, struct kzi_unpack *unpack,
	struct kzi_input *input)
{
	int is_lost = 0, more = 0;

	while (!kzi_unpack_is_full(unpack) &&
		(more = kzi_unpack_next(unpack, input)) > 0) {
		struct kzi_part part = {0};

		if (!unpack->is_file || !is_wanted(unpack->name))
			continue;
		is_lost |= kzi_unpack_read(unpack, input, &part.bytes, 0);
		if (add_part(package, &part, unpack->name))
			return kzi_input_fail_memory(input);
	}
	return is_lost || more < 0 ? -1 : 0;
}

int kzi_package_open(struct kzi_package *package, struct kzi_input *input)
{
	struct kzi_unpack unpack;

	memset(package, 0, sizeof(*package));
	if (kzi_unpack_open(&unpack, input))
		return -1;
	package->is_damaged = take_parts(package, &unpack, input) != 0;
	kzi_unpack_close(&unpack);
	if (package->parts.length)
		qsort(package->parts.data,
			package->parts.length / sizeof(struct kzi_part),
			sizeof(struct kzi_part), by_name);
	else if (!package->is_damaged)
		return kzi_input_fail(input, "nothing in it");
	return package->parts.length ? 0 : -1;
}

void kzi_package_close(struct kzi_package *package)
{
	struct kzi_part *part = (struct kzi_part *)(void *)package->parts.data;
	size_t count = package->parts.length / sizeof(*part);

	for (; count > 0; count--, part++) {
		kzi_free(part->name);
		kzi_buf_release(&part->bytes);
	}
	kzi_buf_release(&package->parts);
}

const struct kzi_part *kzi_package_find(
	const struct kzi_package *package, const char *name)
{
	struct kzi_part wanted = {.name = (char *)(size_t)name};

	if (!package->parts.length)
		return NULL;
	return bsearch(&wanted, package->parts.data,
		package->parts.length / sizeof(wanted), sizeof(wanted),
		by_name);
}

/* ---- Names ------------------------------------------------------------- */

static int hex_digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* One character of a target into *out, "%20" as one. Returns its bytes. */
static size_t take_character(const char *target, char *out)
{
	if (target[0] == '%' && hex_digit(target[1]) >= 0 &&
		hex_digit(target[2]) >= 0) {
		*out = (char)(hex_digit(target[1]) * 16 + hex_digit(target[2]));
		return 3;
	}
	*out = *target;
	return 1;
}

/* Length of the folder of a name, its slash included. */
static size_t folder_length(const char *name, size_t length)
{
	while (length > 0 && name[length - 1] != '/')
		length--;
	return length;
}

void kzi_package_name(
	const char *base, const char *target, char *out, size_t size)
{
	size_t filled = *target == '/' ? 0 : folder_length(base, strlen(base));

	if (filled >= size)
		filled = 0;
	memcpy(out, base, filled);
	target += *target == '/';
	while (*target && *target != '#' && *target != '?' &&
		filled + 1 < size) {
		if (!strncmp(target, "../", 3)) {
			filled -= filled > 0;
			filled = folder_length(out, filled);
			target += 3;
		} else if (!strncmp(target, "./", 2)) {
			target += 2;
		} else {
			do
				target +=
					take_character(target, &out[filled++]);
			while (*target && !strchr("#?", *target) &&
				out[filled - 1] != '/' && filled + 1 < size);
		}
	}
	out[filled] = '\0';
}
