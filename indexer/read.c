/* read.c -- see read.h. */
#include "indexer/read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "indexer/classify.h"
#include "indexer/detect.h"
#include "indexer/links.h"

/* A page, story or material is never larger; what is, is something else. JSON
 * Lines hold many documents and are read whatever their size. */
static const uint64_t MOST_BYTES = 128u << 20;

static int fail(struct kzi_file *file, const char *reason)
{
	snprintf(file->reason, sizeof(file->reason), "%s", reason);
	return -1;
}

static int read_bytes(struct kzi_file *file, int fd, size_t size)
{
	file->bytes = kzi_malloc(size + 1);
	if (!file->bytes)
		return fail(file, "out of memory");
	while (file->length < size) {
		ssize_t got = read(fd, file->bytes + file->length,
			size - file->length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail(file, strerror(errno));
		if (got == 0)
			break;
		file->length += (size_t)got;
	}
	file->bytes[file->length] = '\0';
	return 0;
}

int kzi_file_open(struct kzi_file *file, const struct kzi_source *source)
{
	int fd, failed;

	memset(file, 0, sizeof(*file));
	file->is_refused = 1;
	if (source->fault)
		return fail(file, source->fault);
	if (source->size > MOST_BYTES &&
		kzi_format_find(source->name, "", 0) != kzi_read_jsonl) {
		snprintf(file->reason, sizeof(file->reason),
			"larger than %llu MB, the most that is read",
			(unsigned long long)(MOST_BYTES >> 20));
		file->is_refused = 0;
		return -1;
	}
	fd = open(source->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return fail(file, strerror(errno));
	failed = read_bytes(file, fd, (size_t)source->size);
	close(fd);
	if (failed)
		return -1;
	file->is_refused = 0;
	file->hash = kzi_hash(file->bytes, file->length, 0);
	file->reader =
		kzi_format_find(source->name, file->bytes, file->length);
	return 0;
}

void kzi_file_close(struct kzi_file *file)
{
	kzi_free(file->bytes);
	file->bytes = NULL;
}

/* Between the reader and the caller: a document is finished on its way. */
struct finishing {
	int fallback;
	kzi_emit *emit;
	void *context;
};

static int finish(void *context, struct kzi_document *document)
{
	struct finishing *finishing = context;

	/* A title taken from the text may be as long as that. */
	if (document->title)
		document->title = kzi_document_text(
			document, document->title, strlen(document->title));
	kzi_detect(document, finishing->fallback);
	kzi_classify(document);
	kzi_links_resolve(document);
	return finishing->emit(finishing->context, document);
}

int kzi_file_read(struct kzi_file *file, const struct kzi_source *source,
	int fallback, kzi_emit *emit, void *context)
{
	struct finishing finishing = { fallback, emit, context };
	struct kzi_input input = { source->name, file->bytes, file->length,
		finish, &finishing, file->reason, sizeof(file->reason) };

	return file->reader(&input);
}
