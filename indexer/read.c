/* read.c -- see read.h.
 *
 * JSON Lines may be of any size and are read in parts that end with a line;
 * any other file is held whole. The hash of a file is its sum. */
#include "indexer/read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "indexer/classify.h"
#include "indexer/detect.h"
#include "indexer/links.h"

enum {
	PART = 1 << 20,
	/* A page, story or material is never larger; what is, is something
	 * else. Nor is a line of JSON. */
	MEGABYTES_MOST = 128,
	LINE_MEGABYTES_MOST = 32
};

/* A file on its way through kzi_read_file. */
struct file {
	int fd;
	const struct kzi_job *job;
	struct kzi_reading *reading;
	struct kzi_sum sum; /* Of what was read. */
	struct kzi_input input;
	const struct kzi_detector *detector;
	kzi_emit *emit;
	void *context;
	int is_page; /* HTML, and not in an archive. */
	int stopped; /* By emit. */
};

static int fail(struct kzi_reading *reading, const char *reason)
{
	reading->outcome = KZI_FAILED;
	snprintf(reading->reason, sizeof(reading->reason), "%s", reason);
	return -1;
}

/* ---- Opening ----------------------------------------------------------- */

int kzi_read_open(int *fd, const struct kzi_source *source,
	struct kzi_reading *reading)
{
	const char *fault = source->fault;
	struct stat status;

	memset(reading, 0, sizeof(*reading));
	*fd = -1;
	if (!fault) {
		*fd = open(source->path,
			O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
		if (*fd < 0 || fstat(*fd, &status) != 0)
			fault = strerror(errno);
		/* It may have become a pipe since it was found. */
		else if (!S_ISREG(status.st_mode))
			fault = "not a regular file";
	}
	if (!fault)
		return 0;
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
	reading->is_refused = 1;
	return fail(reading, fault);
}

/* ---- Bytes ------------------------------------------------------------- */

/* Fill `bytes` as far as the file goes; returns how many came, or -1 with the
 * reason set. */
static ssize_t read_part(
	struct kzi_reading *reading, int fd, char *bytes, size_t length)
{
	size_t done = 0;

	while (done < length) {
		ssize_t got = read(fd, bytes + done, length - done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail(reading, strerror(errno));
		if (got == 0)
			break;
		done += (size_t)got;
	}
	return (ssize_t)done;
}

/* Append a part of the file, and count it in. 1: there may be more; 0: the end;
 * -1: failed. */
static int take_part(struct file *file, struct kzi_buf *bytes)
{
	char *room = kzi_buf_room(bytes, PART + 1);
	ssize_t got;

	if (!room)
		return fail(file->reading, KZI_NO_MEMORY);
	got = read_part(file->reading, file->fd, room, PART);
	if (got <= 0)
		return (int)got;
	room[got] = '\0';
	bytes->length += (size_t)got;
	file->reading->length += (size_t)got;
	kzi_sum_add(&file->sum, room, (size_t)got);
	file->reading->hash = kzi_sum_end(&file->sum);
	return got == PART;
}

/* ---- Documents --------------------------------------------------------- */

/* Between the reader and the caller: a document is finished on its way. */
static int finish(void *context, struct kzi_document *document)
{
	struct file *file = context;
	const struct kzi_origin *origin = &file->job->origin;

	if (file->job->is_for_edges) {
		kzi_edges_take(&file->reading->edges, document);
		return 0;
	}
	if (file->is_page && origin->repeated.count)
		kzi_edges_drop(document, &origin->repeated);
	kzi_detect(file->detector, document);
	kzi_classify(document, origin);
	kzi_links_resolve(document);
	file->stopped = file->emit(file->context, document);
	return file->stopped;
}

static void read_whole(
	struct file *file, struct kzi_buf *bytes, kzi_reader *reader)
{
	struct kzi_input *input = &file->input;

	input->bytes = bytes->data;
	input->length = bytes->length;
	if (reader(input))
		file->reading->outcome = KZI_FAILED;
}

/* Everything up to the last line end of `bytes`, or all of it at the end of
 * the file; what is left moves to the front. */
static int take_lines(struct file *file, struct kzi_buf *bytes,
	struct kzi_jsonl *lines, int is_end)
{
	const char *stop = is_end || !bytes->length
		? NULL
		: memrchr(bytes->data, '\n', bytes->length);
	size_t length = stop ? (size_t)(stop - bytes->data) + 1
		: is_end     ? bytes->length
			     : 0;

	if (length == 0)
		return bytes->length > (size_t)LINE_MEGABYTES_MOST << 20
			? kzi_input_fail(&file->input,
				  "a line longer than %d MB",
				  LINE_MEGABYTES_MOST)
			: 0;
	file->input.bytes = bytes->data;
	file->input.length = length;
	if (kzi_jsonl_lines(lines, &file->input))
		return -1;
	bytes->length -= length;
	memmove(bytes->data, bytes->data + length, bytes->length);
	return 0;
}

static void read_stream(struct file *file, struct kzi_buf *bytes, int more)
{
	struct kzi_jsonl lines = { 0 };

	while (more >= 0 && take_lines(file, bytes, &lines, more == 0) == 0) {
		if (more == 0) {
			if (kzi_jsonl_end(&lines, &file->input))
				file->reading->outcome = KZI_FAILED;
			return;
		}
		more = take_part(file, bytes);
	}
	file->reading->outcome = KZI_FAILED;
}

/* ---- All of it --------------------------------------------------------- */

static void read_rest(struct file *file, struct kzi_buf *bytes, int more)
{
	const char *start = bytes->data ? bytes->data : "";
	kzi_reader *reader =
		kzi_format_find(file->job->name, start, bytes->length);

	file->is_page = reader == kzi_read_html;
	if (file->job->is_for_edges && !file->is_page)
		return;
	if (reader == kzi_read_jsonl) {
		read_stream(file, bytes, more);
		return;
	}
	while (more > 0 && bytes->length <= (size_t)MEGABYTES_MOST << 20)
		more = take_part(file, bytes);
	if (more < 0)
		return;
	if (more > 0) {
		file->reading->hash = 0;
		file->reading->outcome = KZI_FAILED;
		kzi_input_fail(&file->input,
			"larger than %d MB, the most that is read",
			MEGABYTES_MOST);
	} else if (file->job->has_hash &&
		file->job->hash == file->reading->hash) {
		file->reading->outcome = KZI_UNCHANGED;
	} else if (!reader) {
		file->reading->outcome = KZI_SKIPPED;
	} else {
		kzi_buf_byte(bytes, 0);
		bytes->length -= bytes->failed ? 0 : 1;
		read_whole(file, bytes, reader);
	}
}

/* A file of lines is hashed before it is read, if its hash may be all that is
 * wanted of it. 1: it is the same; 0: it is not, and the file is at its start
 * again; -1: failed. */
static int is_same(struct file *file, struct kzi_buf *bytes)
{
	int more, same;

	if (!file->job->has_hash ||
		kzi_format_find(file->job->name, "", 0) != kzi_read_jsonl)
		return 0;
	do {
		kzi_buf_clear(bytes);
		more = take_part(file, bytes);
	} while (more > 0);
	if (more < 0)
		return -1;
	same = file->reading->hash == file->job->hash;
	if (!same) {
		kzi_buf_clear(bytes);
		kzi_sum_init(&file->sum);
		file->reading->hash = 0;
		file->reading->length = 0;
		if (lseek(file->fd, 0, SEEK_SET) != 0)
			return fail(file->reading, strerror(errno));
	}
	return same;
}

void kzi_read_file(struct kzi_reading *reading, int fd,
	const struct kzi_job *job, const struct kzi_detector *detector,
	kzi_emit *emit, void *context)
{
	struct file file = { .fd = fd, .job = job, .reading = reading,
		.detector = detector, .emit = emit, .context = context };
	struct kzi_buf bytes = { 0 };
	int same, more;

	memset(reading, 0, sizeof(*reading));
	reading->outcome = KZI_INDEXED;
	kzi_sum_init(&file.sum);
	file.input.path = job->name;
	file.input.emit = finish;
	file.input.context = &file;
	file.input.reason = reading->reason;
	file.input.reason_size = sizeof(reading->reason);
	same = is_same(&file, &bytes);
	if (same > 0) {
		reading->outcome = KZI_UNCHANGED;
	} else if (same == 0) {
		more = take_part(&file, &bytes);
		if (more >= 0)
			read_rest(&file, &bytes, more);
	}
	kzi_buf_release(&bytes);
}
