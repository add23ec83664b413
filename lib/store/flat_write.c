/* flat_write.c -- records collected in memory, and written at the commit.
 *
 * The first batch that is large enough trains the dictionary of the generation.
 * A load in bulk that takes several is left raw, as its records will all be packed
 * together when it is done. Bytes behind what the last commit counts belong to
 * nobody: a run that died left them, and they are written over. */
#include "store/flat.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/failpoint.h"
#include "store/durable.h"
#include "store/pack.h"
#include "store/schema.h"

enum { PIECE = 1 << 20 /* Bytes of records that are written at once. */ };

/* A record as it was added; its bytes lie in `raw`. */
struct pending {
	size_t raw;         /* Where it begins. */
	size_t length;
	size_t document;    /* Index of its document's record; own: itself. */
	uint64_t offset;    /* In the file, once written. */
	uint32_t passage;   /* 0: a document. */
	uint32_t stored;    /* Bytes in the file. */
	uint16_t text_length;
	uint8_t language;
	uint8_t kind;
};

struct kzi_flat_writer {
	int text;
	int rows;
	char *folder;              /* For messages. */
	struct kzi_buf raw;
	struct kzi_buf pending;    /* Of struct pending. */
	size_t last_document;
	struct kzi_packer *packer;
	int is_whole; /* The batch being written is all there is ... */
	int is_raw;   /* ... or it is not packed. */
	uint64_t last_offset;      /* Of the last document, once written. */
};

static struct pending *pending_at(struct kzi_flat_writer *writer, size_t i)
{
	return (struct pending *)(void *)writer->pending.data + i;
}

static size_t pending_count(const struct kzi_flat_writer *writer)
{
	return writer->pending.length / sizeof(struct pending);
}

static kz_status fail_io(struct kzi_flat_writer *writer, kz_error *err)
{
	return kzi_fail(err, KZ_ERR_IO, "%s: cannot be written: %s",
		writer->folder, strerror(errno));
}

/* ---- Opening ----------------------------------------------------------- */

static int open_file(const char *folder, const char *name, uint64_t length)
{
	char path[4096];
	int fd;

	if (snprintf(path, sizeof(path), "%s/%s", folder, name) >=
		(int)sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd >= 0 && ftruncate(fd, (off_t)length) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static int read_whole(int fd, void *bytes, size_t length, uint64_t offset)
{
	char *at = bytes;

	while (length > 0) {
		ssize_t got = pread(fd, at, length, (off_t)offset);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return 0;
		at += got;
		length -= (size_t)got;
		offset += (uint64_t)got;
	}
	return 1;
}

static kz_status load_dictionary(struct kzi_flat_writer *writer,
	const struct kzi_state *state, kz_error *err)
{
	size_t length = (size_t)state->dictionary_length;
	void *bytes;
	int done;

	if (!length)
		return KZ_OK;
	bytes = kzi_malloc(length);
	if (!bytes)
		return kzi_fail_memory(err);
	done = read_whole(writer->text, bytes, length, state->dictionary) &&
		kzi_packer_use(writer->packer, bytes, length);
	kzi_free(bytes);
	return done ? KZ_OK : fail_io(writer, err);
}

kz_status kzi_flat_writer_open(struct kzi_flat_writer **out, const char *path,
	const struct kzi_state *state, kz_error *err)
{
	struct kzi_flat_writer *writer = kzi_calloc(1, sizeof(*writer));
	kz_status status = KZ_OK;

	*out = NULL;
	if (!writer)
		return kzi_fail_memory(err);
	writer->folder = kzi_copy(path, strlen(path));
	writer->packer = kzi_packer_new(KZI_PACK_QUICKLY);
	writer->text = writer->rows = -1;
	if (!writer->folder || !writer->packer) {
		kzi_flat_writer_close(writer);
		return kzi_fail_memory(err);
	}
	writer->text = open_file(path, KZI_TEXT_FILE, state->text_length);
	writer->rows = open_file(
		path, KZI_ROWS_FILE, state->rows * KZI_ROW_BYTES);
	if (writer->text < 0 || writer->rows < 0)
		status = fail_io(writer, err);
	if (status == KZ_OK)
		status = load_dictionary(writer, state, err);
	if (status != KZ_OK) {
		kzi_flat_writer_close(writer);
		return status;
	}
	*out = writer;
	return KZ_OK;
}

void kzi_flat_writer_close(struct kzi_flat_writer *writer)
{
	if (!writer)
		return;
	if (writer->text >= 0)
		close(writer->text);
	if (writer->rows >= 0)
		close(writer->rows);
	kzi_buf_release(&writer->raw);
	kzi_buf_release(&writer->pending);
	kzi_packer_free(writer->packer);
	kzi_free(writer->folder);
	kzi_free(writer);
}

/* ---- Collecting -------------------------------------------------------- */

static kz_status add_pending(struct kzi_flat_writer *writer,
	struct pending *pending, size_t raw, kz_error *err)
{
	pending->raw = raw;
	pending->length = writer->raw.length - raw;
	if (pending->length > KZI_RECORD_MOST / 2)
		return kzi_fail(err, KZ_ERR_ARGUMENT, "passage too long");
	kzi_buf_append(&writer->pending, pending, sizeof(*pending));
	if (writer->raw.failed || writer->pending.failed)
		return kzi_fail_memory(err);
	return KZ_OK;
}

kz_status kzi_flat_add_document(struct kzi_flat_writer *writer,
	const struct kzi_document_record *record, kz_error *err)
{
	struct pending pending = { 0 };
	size_t raw = writer->raw.length;

	writer->last_document = pending_count(writer);
	pending.document = writer->last_document;
	kzi_record_put_document(&writer->raw, record);
	return add_pending(writer, &pending, raw, err);
}

kz_status kzi_flat_add_passage(struct kzi_flat_writer *writer,
	uint32_t passage, const struct kzi_passage_record *record,
	int language, enum kzi_kind kind, kz_error *err)
{
	struct pending pending = { 0 };
	size_t raw = writer->raw.length;

	pending.document = writer->last_document;
	pending.passage = passage;
	pending.text_length = record->text.length > KZI_ROW_TEXT_MOST
		? KZI_ROW_TEXT_MOST
		: (uint16_t)record->text.length;
	pending.language = (uint8_t)language;
	pending.kind = (uint8_t)kind;
	kzi_record_put_passage(&writer->raw, record);
	return add_pending(writer, &pending, raw, err);
}

size_t kzi_flat_pending(const struct kzi_flat_writer *writer)
{
	return writer->raw.length;
}

kz_status kzi_flat_written_row(struct kzi_flat_writer *writer,
	uint32_t passage, struct kzi_row *row, kz_error *err)
{
	unsigned char bytes[KZI_ROW_BYTES];

	if (!read_whole(writer->rows, bytes, sizeof(bytes),
		    (uint64_t)passage * KZI_ROW_BYTES))
		return kzi_fail(err, KZ_ERR_CORRUPT,
			"%s: no row of passage %u; index again with --rebuild",
			writer->folder, passage);
	kzi_row_get(bytes, row);
	return KZ_OK;
}

/* ---- The dictionary ---------------------------------------------------- */

/* Of the passages in the batch; documents are short and of another kind. */
static void take_sample(
	struct kzi_flat_writer *writer, struct kzi_sample *sample)
{
	size_t every = kzi_sample_every(writer->raw.length), seen = 0, i;

	for (i = 0; i < pending_count(writer); i++) {
		const struct pending *pending = pending_at(writer, i);

		if (pending->passage && seen++ % every == 0)
			kzi_sample_add(sample, writer->raw.data + pending->raw,
				pending->length);
	}
}

/* It is the first of what is written. */
static void make_dictionary(struct kzi_flat_writer *writer,
	struct kzi_state *state, struct kzi_buf *out)
{
	struct kzi_sample sample = { 0 };

	if (kzi_packer_has_dictionary(writer->packer))
		return;
	take_sample(writer, &sample);
	kzi_sample_train(&sample, writer->raw.length, out);
	kzi_sample_release(&sample);
	if (!out->length)
		return;
	state->dictionary = state->text_length;
	state->dictionary_length = out->length;
	out->failed |= !kzi_packer_use(writer->packer, out->data, out->length);
}

/* ---- How to pack ------------------------------------------------------- */

/* 1 if a run that ends with this batch rewrites the index: to pack its records
 * now would be done in vain. */
static int will_be_rewritten(
	struct kzi_flat_writer *writer, const struct kzi_state *state)
{
	struct kzi_state after = *state;
	size_t i;

	for (i = 0; i < pending_count(writer); i++)
		if (pending_at(writer, i)->passage >= after.rows)
			after.rows = pending_at(writer, i)->passage + 1;
	return kzi_state_is_loose(&after);
}

/* A first batch that is also the last one needs no rewriting: its dictionary is
 * of all records, and to pack them better would take a tenth of the load. */
static void choose_packing(struct kzi_flat_writer *writer,
	const struct kzi_state *state, int is_last)
{
	writer->is_whole = is_last && state->rows == 0;
	writer->is_raw = !writer->is_whole && will_be_rewritten(writer, state);
}

/* ---- Writing ----------------------------------------------------------- */

static void put_pending(struct kzi_flat_writer *writer,
	struct pending *pending, struct kzi_buf *out, struct kzi_buf *record,
	uint64_t base)
{
	const char *raw = writer->raw.data + pending->raw;

	if (writer->is_raw)
		kzi_pack_raw(record, raw, pending->length);
	else
		kzi_pack(writer->packer, record, raw, pending->length);
	pending->offset = base + out->length;
	if (!pending->passage) /* Documents tell their own length. */
		kzi_buf_varint(out, record->length);
	kzi_buf_append(out, record->data, record->length);
	pending->stored = (uint32_t)record->length;
	if (record->failed)
		out->failed = 1;
}

static void make_row(char row[KZI_ROW_BYTES], const struct pending *passage,
	uint64_t document)
{
	const struct kzi_row facts = { { passage->offset, passage->stored },
		document, passage->text_length, passage->language,
		passage->kind };

	kzi_row_put((unsigned char *)row, &facts);
}

static void put_empty_row(struct kzi_buf *rows)
{
	static const char zeros[KZI_ROW_BYTES];

	kzi_buf_append(rows, zeros, sizeof(zeros));
}

/* Passages are numbered in the order they were added, so the new rows are one
 * run behind the old ones; numbers that were skipped leave rows of zeros, and
 * so does number 0, which no passage has. */
static void put_rows(struct kzi_flat_writer *writer, struct kzi_buf *rows,
	uint64_t first)
{
	size_t i;

	if (first == 0)
		put_empty_row(rows);
	for (i = 0; i < pending_count(writer); i++) {
		const struct pending *pending = pending_at(writer, i);
		size_t at;
		uint64_t document;

		if (!pending->passage || pending->passage < first)
			continue;
		at = (size_t)(pending->passage - first) * KZI_ROW_BYTES;
		while (!rows->failed && rows->length <= at)
			put_empty_row(rows);
		document = pending->document == SIZE_MAX
			? writer->last_offset
			: pending_at(writer, pending->document)->offset;
		if (!rows->failed)
			make_row(rows->data + at, pending, document);
	}
}

/* The last document may get passages in the next batch too. */
static void forget_pending(struct kzi_flat_writer *writer)
{
	if (writer->last_document != SIZE_MAX && pending_count(writer) > 0)
		writer->last_offset =
			pending_at(writer, writer->last_document)->offset;
	writer->last_document = SIZE_MAX;
	kzi_buf_clear(&writer->raw);
	kzi_buf_clear(&writer->pending);
}

/* The records, in pieces, as all of them would take as much memory again as the
 * batch. *end is where they end in the file. */
static kz_status write_text(struct kzi_flat_writer *writer,
	struct kzi_state *state, uint64_t *end, kz_error *err)
{
	struct kzi_buf out = { 0 }, record = { 0 };
	kz_status status = KZ_OK;
	size_t i;

	*end = state->text_length;
	if (!writer->is_raw)
		make_dictionary(writer, state, &out);
	for (i = 0; status == KZ_OK && i < pending_count(writer); i++) {
		put_pending(writer, pending_at(writer, i), &out, &record, *end);
		if (out.length < PIECE)
			continue;
		if (!kzi_durable_put_some(
			    writer->text, out.data, out.length, *end))
			status = fail_io(writer, err);
		*end += out.length;
		out.length = 0;
	}
	if (status == KZ_OK && out.failed)
		status = kzi_fail_memory(err);
	KZI_FAILPOINT("flush-before");
	if (status == KZ_OK &&
		!kzi_durable_put(writer->text, out.data, out.length, *end))
		status = fail_io(writer, err);
	*end += out.length;
	KZI_FAILPOINT("flush-text");
	kzi_buf_release(&out);
	kzi_buf_release(&record);
	return status;
}

static kz_status write_rows(struct kzi_flat_writer *writer,
	const struct kzi_state *state, struct kzi_buf *rows, kz_error *err)
{
	put_rows(writer, rows, state->rows);
	if (rows->failed)
		return kzi_fail_memory(err);
	return kzi_durable_put(writer->rows, rows->data, rows->length,
		       state->rows * KZI_ROW_BYTES)
		? KZ_OK
		: fail_io(writer, err);
}

kz_status kzi_flat_flush(struct kzi_flat_writer *writer,
	struct kzi_state *state, int is_last, kz_error *err)
{
	struct kzi_buf rows = { 0 };
	uint64_t end;
	kz_status status;

	choose_packing(writer, state, is_last);
	status = write_text(writer, state, &end, err);
	if (status == KZ_OK)
		status = write_rows(writer, state, &rows, err);
	KZI_FAILPOINT("flush-after");
	if (status == KZ_OK) {
		state->text_length = end;
		state->rows += rows.length / KZI_ROW_BYTES;
		if (writer->is_whole)
			state->rewritten = state->rows;
		forget_pending(writer);
	}
	kzi_buf_release(&rows);
	return status;
}
