/* seal.c -- see seal.h. */
#include "store/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/failpoint.h"
#include "base/hash.h"
#include "store/durable.h"
#include "store/record.h"
#include "store/schema.h"

enum {
	PARTS = 10, /* Besides postings. */
	FILES_MOST = PARTS + KZI_SEGMENTS_MOST,
	NAME_MOST = 40,
	SUM_LINE = sizeof("sum 0123456789abcdef\n"),
	TEXT_MOST = 8192, /* Of a whole seal; ours have one or two kilobytes. */
	PATH_MOST = 4096,
	PIECE = 256 * 1024 /* Bytes summed at a time. */
};

static const char head[] = "kalauz seal 2\nstate ";

struct entry {
	char scope; /* 'r' or 'w'. */
	char name[NAME_MOST];
	uint64_t size;
	int64_t seconds, nanoseconds;
	uint64_t offset, length; /* The part that is summed. */
	uint64_t sum;
};

/* ---- Files ------------------------------------------------------------- */

static int join(char path[PATH_MOST], const char *folder, const char *name)
{
	return snprintf(path, PATH_MOST, "%s/%s", folder, name) < PATH_MOST;
}

static kz_status fail_io(kz_error *err, const char *path)
{
	return kzi_fail(err, KZ_ERR_IO, "%s: %s", path, strerror(errno));
}

static kz_status damaged(kz_error *err, const char *path, const char *how)
{
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"%s: damaged: %s; index again with --rebuild", path, how);
}

static kz_status sum_pieces(int fd, const char *path, uint64_t offset,
	uint64_t length, unsigned char *piece, struct kzi_sum *sum,
	kz_error *err)
{
	while (length > 0) {
		size_t most = length < PIECE ? (size_t)length : PIECE;
		size_t got = 0;

		while (got < most) {
			ssize_t more = pread(fd, piece + got, most - got,
				(off_t)(offset + got));

			if (more < 0 && errno == EINTR)
				continue;
			if (more < 0)
				return fail_io(err, path);
			if (more == 0)
				return damaged(err, path, "cut short");
			got += (size_t)more;
		}
		kzi_sum_add(sum, piece, got);
		offset += got;
		length -= got;
	}
	return KZ_OK;
}

kz_status kzi_seal_sum(int fd, const char *path, uint64_t offset,
	uint64_t length, uint64_t *result, kz_error *err)
{
	unsigned char *piece = kzi_malloc(PIECE);
	struct kzi_sum sum;
	kz_status status;

	if (!piece)
		return kzi_fail_memory(err);
	kzi_sum_init(&sum);
	status = sum_pieces(fd, path, offset, length, piece, &sum, err);
	kzi_free(piece);
	*result = kzi_sum_end(&sum);
	return status;
}

/* ---- Making ------------------------------------------------------------ */

/* What is summed of each file: all of it, but of those that are appended to
 * what the commit counts. Readers look at the dictionary in the text alone:
 * records have sums of their own. */
struct part {
	char scope;
	const char *name;
	uint64_t offset, length; /* UINT64_MAX: to the end. */
};

/* Of the file if it is there; KZ_END if not. */
static kz_status measure(const char *folder, const struct part *part,
	struct entry *entry, kz_error *err)
{
	char path[PATH_MOST];
	struct stat status;
	kz_status result;
	int fd;

	if (!join(path, folder, part->name))
		return kzi_fail(err, KZ_ERR_IO, "%s: path too long", folder);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 && errno == ENOENT)
		return KZ_END;
	if (fd < 0)
		return fail_io(err, path);
	if (fstat(fd, &status) != 0) {
		close(fd);
		return fail_io(err, path);
	}
	entry->scope = part->scope;
	snprintf(entry->name, sizeof(entry->name), "%s", part->name);
	entry->size = (uint64_t)status.st_size;
	entry->seconds = status.st_mtim.tv_sec;
	entry->nanoseconds = status.st_mtim.tv_nsec;
	entry->offset = part->offset;
	entry->length = part->length == UINT64_MAX
		? entry->size - part->offset
		: part->length;
	result = kzi_seal_sum(
		fd, path, entry->offset, entry->length, &entry->sum, err);
	close(fd);
	return result;
}

static size_t put_entry(char *at, size_t room, const struct entry *entry)
{
	return (size_t)snprintf(at, room,
		"%c %s %" PRIu64 " %" PRId64 " %" PRId64 " %" PRIu64
		" %" PRIu64 " %016" PRIx64 "\n",
		entry->scope, entry->name, entry->size, entry->seconds,
		entry->nanoseconds, entry->offset, entry->length, entry->sum);
}

/* The last line, of the `length` bytes before it. */
static void put_sum(char at[SUM_LINE], const char *text, size_t length)
{
	snprintf(at, SUM_LINE, "sum %016" PRIx64 "\n",
		kzi_hash(text, length, 0));
}

/* The first two lines. Returns their length, 0 when memory is short. */
static size_t put_head(char text[TEXT_MOST], const struct kzi_state *state)
{
	size_t length = sizeof(head) - 1, i;
	struct kzi_buf raw = { 0 };

	kzi_state_put(&raw, state);
	memcpy(text, head, length);
	for (i = 0; i < raw.length && length < TEXT_MOST / 2; i++)
		length += (size_t)snprintf(text + length, TEXT_MOST - length,
			"%02x", (unsigned char)raw.data[i]);
	text[length++] = '\n';
	if (raw.failed || i < raw.length)
		length = 0;
	kzi_buf_release(&raw);
	return length;
}

static kz_status put_entries(const char *folder, const struct kzi_state *state,
	const struct part *parts, size_t count, char text[TEXT_MOST],
	kz_error *err)
{
	size_t length = put_head(text, state), i;

	if (!length)
		return kzi_fail_memory(err);
	for (i = 0; i < count; i++) {
		struct entry entry;
		kz_status status = measure(folder, &parts[i], &entry, err);

		if (status == KZ_OK)
			length += put_entry(
				text + length, TEXT_MOST - length, &entry);
		else if (status != KZ_END)
			return status;
	}
	put_sum(text + length, text, length);
	return KZ_OK;
}

static kz_status write_seal(
	const char *folder, const char *text, kz_error *err)
{
	char path[PATH_MOST], aside[PATH_MOST];

	if (!join(path, folder, KZI_SEAL_FILE) ||
		!join(aside, folder, KZI_SEAL_FILE ".new"))
		return kzi_fail(err, KZ_ERR_IO, "%s: path too long", folder);
	if (!kzi_durable_write(aside, text, strlen(text)))
		return fail_io(err, aside);
	KZI_FAILPOINT("seal-rename");
	return rename(aside, path) == 0 && kzi_durable_names(folder)
		? KZ_OK
		: fail_io(err, path);
}

/* Names of files that have numbers. */
struct numbered {
	char vocabulary[NAME_MOST];
	char postings[KZI_SEGMENTS_MOST][NAME_MOST];
};

/* Returns how many parts there are. */
static size_t list_parts(struct part parts[FILES_MOST],
	struct numbered *names, const struct kzi_state *state)
{
	const struct part others[PARTS] = {
		{ 'r', "iamglass", 0, UINT64_MAX },
		{ 'r', "postlist.glass", 0, UINT64_MAX },
		{ 'r', "docdata.glass", 0, UINT64_MAX },
		{ 'r', "position.glass", 0, UINT64_MAX },
		{ 'r', "spelling.glass", 0, UINT64_MAX },
		{ 'r', "synonym.glass", 0, UINT64_MAX },
		{ 'r', names->vocabulary, 0, UINT64_MAX },
		{ 'r', KZI_ROWS_FILE, 0, state->rows * KZI_ROW_BYTES },
		{ 'r', KZI_TEXT_FILE, state->dictionary,
			state->dictionary_length },
		{ 'w', KZI_TEXT_FILE, 0, state->text_length },
	};
	size_t i;

	snprintf(names->vocabulary, NAME_MOST, "vocabulary.%" PRIu64,
		state->vocabulary);
	memcpy(parts, others, sizeof(others));
	for (i = 0; i < state->segment_count; i++) {
		snprintf(names->postings[i], NAME_MOST,
			KZI_POSTINGS_FILE ".%" PRIu64, state->segments[i].file);
		parts[PARTS + i] = (struct part){ 'r', names->postings[i], 0,
			UINT64_MAX };
	}
	return PARTS + state->segment_count;
}

kz_status kzi_seal_make(
	const char *folder, const struct kzi_state *state, kz_error *err)
{
	struct part parts[FILES_MOST];
	struct numbered names;
	char text[TEXT_MOST];
	size_t count = list_parts(parts, &names, state);
	kz_status status =
		put_entries(folder, state, parts, count, text, err);

	return status == KZ_OK ? write_seal(folder, text, err) : status;
}

kz_status kzi_seal_break(const char *folder, kz_error *err)
{
	char path[PATH_MOST];

	if (!join(path, folder, KZI_SEAL_FILE))
		return kzi_fail(err, KZ_ERR_IO, "%s: path too long", folder);
	if (unlink(path) != 0)
		return errno == ENOENT ? KZ_OK : fail_io(err, path);
	KZI_FAILPOINT("seal-break");
	return kzi_durable_names(folder) ? KZ_OK : fail_io(err, folder);
}

/* ---- Reading ----------------------------------------------------------- */

/* KZ_END if there is none. */
static kz_status read_seal(
	const char *folder, char text[TEXT_MOST], kz_error *err)
{
	char path[PATH_MOST];
	ssize_t got;
	int fd;

	*text = '\0';
	if (!join(path, folder, KZI_SEAL_FILE))
		return kzi_fail(err, KZ_ERR_IO, "%s: path too long", folder);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return errno == ENOENT ? KZ_END : fail_io(err, path);
	got = read(fd, text, TEXT_MOST - 1);
	close(fd);
	if (got < 0)
		return fail_io(err, path);
	text[got] = '\0';
	return KZ_OK;
}

/* The number behind the space at *at, which moves behind it. */
static int take_number(const char **at, int base, uint64_t *number)
{
	const char *start = *at + 1;
	char *end;

	if (**at != ' ')
		return 0;
	*number = strtoull(start, &end, base);
	*at = end;
	return end > start;
}

static int take_name(const char **at, char name[NAME_MOST])
{
	size_t length = strcspn(*at, " /\n");

	if (length == 0 || length >= NAME_MOST)
		return 0;
	memcpy(name, *at, length);
	name[length] = '\0';
	*at += length;
	return 1;
}

static int parse_entry(const char *line, struct entry *entry)
{
	const char *at = line + 2;
	uint64_t seconds, nanoseconds;

	if (line[0] == '\n' || line[1] != ' ' || !take_name(&at, entry->name) ||
		!take_number(&at, 10, &entry->size) ||
		!take_number(&at, 10, &seconds) ||
		!take_number(&at, 10, &nanoseconds) ||
		!take_number(&at, 10, &entry->offset) ||
		!take_number(&at, 10, &entry->length) ||
		!take_number(&at, 16, &entry->sum))
		return 0;
	entry->scope = line[0];
	entry->seconds = (int64_t)seconds;
	entry->nanoseconds = (int64_t)nanoseconds;
	return *at == '\n';
}

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The state of a seal whose sum is right. */
static int parse_state(const char *text, struct kzi_state *state)
{
	const char *at = text + sizeof(head) - 1;
	char raw[TEXT_MOST / 2];
	size_t length = 0;

	for (; digit_of(at[0]) >= 0 && digit_of(at[1]) >= 0; at += 2)
		raw[length++] = (char)(digit_of(at[0]) << 4 | digit_of(at[1]));
	return kzi_state_get(state, raw, length) == KZI_FORMAT;
}

/* Returns how many entries; 0 if the text is not what was written. */
static size_t parse_seal(const char *text, struct entry entries[FILES_MOST])
{
	const char *end = strstr(text, "\nsum "), *at;
	char sum[SUM_LINE];
	size_t count = 0;

	if (strncmp(text, head, sizeof(head) - 1) || !end)
		return 0;
	put_sum(sum, text, (size_t)(end + 1 - text));
	if (strcmp(end + 1, sum))
		return 0;
	for (at = strchr(text + sizeof(head) - 1, '\n') + 1; at <= end;
		at = strchr(at, '\n') + 1)
		if (count == FILES_MOST || !parse_entry(at, &entries[count++]))
			return 0;
	return count;
}

/* ---- Comparing --------------------------------------------------------- */

/* Times to the nanosecond; where a copy kept whole seconds, those. */
static int is_untouched(const struct entry *entry, const struct stat *status)
{
	return entry->seconds == status->st_mtim.tv_sec &&
		(entry->nanoseconds == status->st_mtim.tv_nsec ||
			status->st_mtim.tv_nsec == 0);
}

static kz_status compare_sum(
	const struct entry *entry, const char *path, kz_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	kz_status status;
	uint64_t sum;

	if (fd < 0)
		return fail_io(err, path);
	status = kzi_seal_sum(
		fd, path, entry->offset, entry->length, &sum, err);
	close(fd);
	if (status == KZ_OK && sum != entry->sum)
		return damaged(err, path, "its bytes have changed");
	return status;
}

static kz_status compare(const char *folder, const struct entry *entry,
	int flags, int *is_moved, kz_error *err)
{
	char path[PATH_MOST];
	struct stat status;

	if (!join(path, folder, entry->name))
		return kzi_fail(err, KZ_ERR_IO, "%s: path too long", folder);
	if (stat(path, &status) != 0)
		return errno == ENOENT ? damaged(err, path, "it is missing")
				       : fail_io(err, path);
	if (entry->size != (uint64_t)status.st_size)
		return kzi_fail(err, KZ_ERR_CORRUPT,
			"%s: damaged: %llu of %llu bytes; index again with"
			" --rebuild",
			path, (unsigned long long)status.st_size,
			(unsigned long long)entry->size);
	if (is_untouched(entry, &status)) {
		if (!(flags & KZI_SEAL_SUMS))
			return KZ_OK;
	} else {
		*is_moved = 1;
	}
	return compare_sum(entry, path, err);
}

/* What a seal says. */
struct found {
	char text[TEXT_MOST];
	struct entry entries[FILES_MOST];
	size_t count;
	int is_moved;
};

/* A seal that is trusted, but is none, is as if it were not there. */
static kz_status compare_all(
	const char *folder, int flags, struct found *found, kz_error *err)
{
	kz_status status = KZ_OK;
	size_t i;

	found->count = parse_seal(found->text, found->entries);
	if (flags & KZI_SEAL_TRUST)
		return found->count ? KZ_OK : KZ_END;
	if (found->count == 0)
		return kzi_fail(err, KZ_ERR_CORRUPT,
			"%s/%s: damaged; index again with --rebuild", folder,
			KZI_SEAL_FILE);
	for (i = 0; i < found->count && status == KZ_OK; i++)
		if (flags & KZI_SEAL_WRITER || found->entries[i].scope == 'r')
			status = compare(folder, &found->entries[i], flags,
				&found->is_moved, err);
	return status;
}

static kz_status check(
	const char *folder, int flags, struct found *found, kz_error *err)
{
	char again[TEXT_MOST];
	kz_status status = read_seal(folder, found->text, err);

	found->is_moved = 0;
	if (status == KZ_OK)
		status = compare_all(folder, flags, found, err);
	/* A run that began meanwhile took the seal away before it changed
	 * anything, and may have sealed anew since: nothing to compare with. */
	if (status == KZ_ERR_CORRUPT &&
		(read_seal(folder, again, NULL) != KZ_OK ||
			strcmp(found->text, again)))
		return KZ_END;
	return status;
}

kz_status kzi_seal_check(
	const char *folder, int flags, int *is_moved, kz_error *err)
{
	struct found found;
	kz_status status = check(folder, flags, &found, err);

	if (is_moved)
		*is_moved = found.is_moved;
	return status;
}

static uint64_t hash_of(const char *text)
{
	uint64_t hash = kzi_hash(text, strlen(text), 0);

	return hash ? hash : 1;
}

kz_status kzi_seal_open(const char *folder, int flags, struct kzi_state *state,
	uint64_t *hash, kz_error *err)
{
	struct found found;
	kz_status status = check(folder, flags, &found, err);

	*hash = 0;
	if (status != KZ_OK)
		return status;
	if (!parse_state(found.text, state))
		return KZ_END;
	*hash = hash_of(found.text);
	return KZ_OK;
}

uint64_t kzi_seal_look(const char *folder)
{
	char text[TEXT_MOST];

	return read_seal(folder, text, NULL) == KZ_OK ? hash_of(text) : 0;
}

void kzi_seal_restore_times(const char *folder)
{
	struct entry entries[FILES_MOST];
	char text[TEXT_MOST], path[PATH_MOST];
	size_t count, i;

	if (read_seal(folder, text, NULL) != KZ_OK)
		return;
	count = parse_seal(text, entries);
	for (i = 0; i < count; i++) {
		const struct timespec times[2] = {
			{ .tv_nsec = UTIME_OMIT },
			{ .tv_sec = (time_t)entries[i].seconds,
				.tv_nsec = (long)entries[i].nanoseconds },
		};

		if (join(path, folder, entries[i].name))
			(void)utimensat(AT_FDCWD, path, times, 0);
	}
}
