/* flat.h -- the two flat files of a generation: rows and records. Pure C,
 * private to lib/store. The format is in schema.h. */
#ifndef KZI_FLAT_H
#define KZI_FLAT_H

#include "base/arena.h"
#include "base/buf.h"
#include "store/part.h"
#include "store/record.h"
#include "store/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Reading: both files mapped, as far as the commit reaches ---------- */

struct kzi_flat;

/* Map the files of the folder `path`; `state` says how much of them counts. */
kz_status kzi_flat_open(struct kzi_flat **out, const char *path,
	const struct kzi_state *state, kz_error *err);
void kzi_flat_close(struct kzi_flat *flat);

/* The same with parts of another's, which have to outlive it. */
kz_status kzi_flat_open_parts(struct kzi_flat **out,
	const struct kzi_part *rows, const struct kzi_part *text,
	const struct kzi_state *state, kz_error *err);

/* Take a row of KZI_ROW_BYTES apart, or make one. */
void kzi_row_put(unsigned char *bytes, const struct kzi_row *row);
void kzi_row_get(const unsigned char *bytes, struct kzi_row *row);

kz_status kzi_flat_row(struct kzi_flat *flat, uint32_t passage,
	struct kzi_row *row, kz_error *err);

/* As kzi_store_expect_row and kzi_store_expect. */
void kzi_flat_expect_row(const struct kzi_flat *flat, uint32_t passage);
void kzi_flat_expect(const struct kzi_flat *flat, struct kzi_place place);

/* The raw bytes of a record, in the arena, with KZI_TEXT_ZEROS behind them. A
 * length of 0 in `place` means that the record tells its length itself
 * (documents). */
kz_status kzi_flat_read(struct kzi_flat *flat, struct kzi_place place,
	struct kzi_arena *arena, struct kzi_string *raw, kz_error *err);

/* ---- Writing: records and rows collected, then written at the commit --- */

struct kzi_flat_writer;

kz_status kzi_flat_writer_open(struct kzi_flat_writer **out, const char *path,
	const struct kzi_state *state, kz_error *err);
void kzi_flat_writer_close(struct kzi_flat_writer *writer);

/* Add the raw record of a document, or of a passage of the last document. */
kz_status kzi_flat_add_document(struct kzi_flat_writer *writer,
	const struct kzi_document_record *record, kz_error *err);
kz_status kzi_flat_add_passage(struct kzi_flat_writer *writer,
	uint32_t passage, const struct kzi_passage_record *record,
	int language, enum kzi_kind kind, kz_error *err);

/* Read back the row of a passage that was written. */
kz_status kzi_flat_written_row(struct kzi_flat_writer *writer,
	uint32_t passage, struct kzi_row *row, kz_error *err);

/* Raw bytes collected and not yet written. */
size_t kzi_flat_pending(const struct kzi_flat_writer *writer);

/* Write what was collected, make it durable, and bring `state` up to date.
 * `is_last`: the run adds no more. */
kz_status kzi_flat_flush(struct kzi_flat_writer *writer,
	struct kzi_state *state, int is_last, kz_error *err);

#ifdef __cplusplus
}
#endif
#endif
