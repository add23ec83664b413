/* flat_read.c -- rows and records out of mapped files. Whatever the bytes are,
 * the answer is a record that its checksum vouches for, or KZ_ERR_CORRUPT. */
#define ZSTD_STATIC_LINKING_ONLY /* By reference, no magic number, beginning. */
#include "store/flat.h"

#include <stdio.h>
#include <string.h>

#include <zstd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/load.h"
#include "store/schema.h"

struct kzi_flat {
	struct kzi_part rows;
	struct kzi_part text;
	uint64_t row_count;
	ZSTD_DCtx *context;
	ZSTD_DDict *dictionary; /* NULL: none yet. */
	int is_borrowed;        /* The parts are another's. */
	struct kzi_buf room;    /* For what is looked at, ... */
	uint64_t seen;          /* ... which begins here in the text. */
};

static kz_status damaged(kz_error *err, const char *what, uint64_t at)
{
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"the index is damaged: %s %llu; index again with --rebuild",
		what, (unsigned long long)at);
}

/* ---- Opening ----------------------------------------------------------- */

static kz_status open_part(struct kzi_part *part, const char *folder,
	const char *name, uint64_t length, kz_error *err)
{
	char path[4096];
	kz_status status;

	if (snprintf(path, sizeof(path), "%s/%s", folder, name) >=
		(int)sizeof(path))
		return kzi_fail(err, KZ_ERR_IO, "%s: path too long", folder);
	status = kzi_part_open(part, path, length, err);
	return status == KZ_END
		? kzi_fail(err, KZ_ERR_CORRUPT,
			  "%s: missing; index again with --rebuild", path)
		: status;
}

static kz_status load_dictionary(
	struct kzi_flat *flat, const struct kzi_state *state, kz_error *err)
{
	flat->context = ZSTD_createDCtx();
	if (!flat->context ||
		ZSTD_isError(ZSTD_DCtx_setParameter(flat->context,
			ZSTD_d_format, ZSTD_f_zstd1_magicless)))
		return kzi_fail_memory(err);
	if (!state->dictionary_length)
		return KZ_OK;
	if (state->dictionary > flat->text.length ||
		state->dictionary_length >
			flat->text.length - state->dictionary)
		return damaged(err, "dictionary at", state->dictionary);
	flat->dictionary = ZSTD_createDDict_byReference(
		flat->text.bytes + state->dictionary,
		(size_t)state->dictionary_length);
	return flat->dictionary ? KZ_OK : kzi_fail_memory(err);
}

kz_status kzi_flat_open(struct kzi_flat **out, const char *path,
	const struct kzi_state *state, kz_error *err)
{
	struct kzi_flat *flat = kzi_calloc(1, sizeof(*flat));
	kz_status status;

	*out = NULL;
	if (!flat)
		return kzi_fail_memory(err);
	flat->row_count = state->rows;
	if (state->rows > UINT64_MAX / KZI_ROW_BYTES)
		status = damaged(err, "row count", state->rows);
	else
		status = open_part(&flat->rows, path, KZI_ROWS_FILE,
			state->rows * KZI_ROW_BYTES, err);
	if (status == KZ_OK)
		status = open_part(&flat->text, path, KZI_TEXT_FILE,
			state->text_length, err);
	if (status == KZ_OK)
		status = load_dictionary(flat, state, err);
	if (status != KZ_OK) {
		kzi_flat_close(flat);
		return status;
	}
	*out = flat;
	return KZ_OK;
}

kz_status kzi_flat_open_parts(struct kzi_flat **out,
	const struct kzi_part *rows, const struct kzi_part *text,
	const struct kzi_state *state, kz_error *err)
{
	struct kzi_flat *flat = kzi_calloc(1, sizeof(*flat));
	kz_status status;

	*out = NULL;
	if (!flat)
		return kzi_fail_memory(err);
	flat->is_borrowed = 1;
	flat->row_count = state->rows;
	flat->rows = *rows;
	flat->text = *text;
	if (state->rows != rows->length / KZI_ROW_BYTES)
		status = damaged(err, "row count", state->rows);
	else
		status = load_dictionary(flat, state, err);
	if (status != KZ_OK) {
		kzi_flat_close(flat);
		return status;
	}
	*out = flat;
	return KZ_OK;
}

void kzi_flat_close(struct kzi_flat *flat)
{
	if (!flat)
		return;
	if (!flat->is_borrowed) {
		kzi_part_close(&flat->rows);
		kzi_part_close(&flat->text);
	}
	kzi_buf_release(&flat->room);
	ZSTD_freeDDict(flat->dictionary);
	ZSTD_freeDCtx(flat->context);
	kzi_free(flat);
}

/* Valid until the next look. What the last one read is not read again. */
static const char *look(struct kzi_flat *flat, uint64_t at, size_t length)
{
	struct kzi_buf *room = &flat->room;
	const char *bytes;
	char *start;

	if (at >= flat->seen && at - flat->seen <= room->length &&
		length <= room->length - (at - flat->seen))
		return room->data + (at - flat->seen);
	kzi_buf_clear(room);
	start = kzi_buf_room(room, length);
	if (!start)
		return (const char *)flat->text.bytes + at;
	bytes = (const char *)kzi_part_look(&flat->text, at, length, start);
	if (bytes == start)
		room->length = length;
	flat->seen = at;
	return bytes;
}

/* ---- Rows -------------------------------------------------------------- */

void kzi_row_get(const unsigned char *bytes, struct kzi_row *row)
{
	uint64_t first = kzi_load64(bytes);
	uint64_t second = kzi_load64(bytes + 8);

	row->document = second >> 24;
	row->language = (uint8_t)(second >> 20 & 0xF);
	row->kind = (uint8_t)(second >> 16 & 0xF);
	row->text_length = (uint32_t)(second & 0xFFFF);
	row->place.offset = first >> 24;
	row->place.length = (uint32_t)(first & 0xFFFFFF);
}

void kzi_row_put(unsigned char *bytes, const struct kzi_row *row)
{
	kzi_save(bytes, row->place.offset << 24 | row->place.length, 8);
	kzi_save(bytes + 8,
		row->document << 24 | (uint64_t)row->language << 20 |
			(uint64_t)row->kind << 16 | row->text_length,
		8);
}

kz_status kzi_flat_row(struct kzi_flat *flat, uint32_t passage,
	struct kzi_row *row, kz_error *err)
{
	unsigned char room[KZI_ROW_BYTES];

	if (passage == 0 || passage >= flat->row_count)
		return damaged(err, "no row of passage", passage);
	kzi_row_get(kzi_part_look(&flat->rows,
			    (uint64_t)passage * KZI_ROW_BYTES, KZI_ROW_BYTES,
			    room),
		row);
	return KZ_OK;
}

void kzi_flat_expect_row(const struct kzi_flat *flat, uint32_t passage)
{
	kzi_part_expect(&flat->rows, (uint64_t)passage * KZI_ROW_BYTES,
		KZI_ROW_BYTES);
}

void kzi_flat_expect(const struct kzi_flat *flat, struct kzi_place place)
{
	kzi_part_expect(&flat->text, place.offset, place.length);
}

/* ---- Records ----------------------------------------------------------- */

/* What came before the dictionary was made has none. A context that begins anew
 * takes its dictionary to be out of the caches, and prefetches: half a megabyte
 * of which each record needs some twenty places mostly is. */
static int choose_dictionary(struct kzi_flat *flat, int codec)
{
	if (codec == KZI_CODEC_ZSTD)
		return !ZSTD_isError(ZSTD_DCtx_refDDict(flat->context, NULL));
	return flat->dictionary &&
		!ZSTD_isError(ZSTD_decompressBegin(flat->context)) &&
		!ZSTD_isError(ZSTD_DCtx_refDDict(
			flat->context, flat->dictionary));
}

static int decompress(struct kzi_flat *flat, int codec, char *out,
	size_t length, const char *payload, size_t payload_length)
{
	size_t got;

	switch (codec) {
	case KZI_CODEC_RAW:
		if (payload_length != length)
			return 0;
		memcpy(out, payload, length);
		return 1;
	case KZI_CODEC_ZSTD:
	case KZI_CODEC_DICTIONARY:
		if (!choose_dictionary(flat, codec))
			return 0;
		got = ZSTD_decompressDCtx(flat->context, out, length, payload,
			payload_length);
		return got == length;
	default:
		return 0;
	}
}

/* Documents have no row, so their records begin with their own length. Most of
 * the records are short, and read together with it. */
static int find_length(struct kzi_flat *flat, struct kzi_place *place)
{
	enum { LOOK = 128 };
	struct kzi_scan scan = { 0 };
	uint64_t room, length;
	const char *start;

	if (place->length)
		return 1;
	if (place->offset >= flat->text.length)
		return 0;
	room = flat->text.length - place->offset;
	if (room > LOOK)
		room = LOOK;
	start = look(flat, place->offset, (size_t)room);
	scan.at = start;
	scan.end = start + room;
	length = kzi_scan_varint(&scan);
	if (scan.failed || length > KZI_RECORD_MOST)
		return 0;
	place->offset += (uint64_t)(scan.at - start);
	place->length = (uint32_t)length;
	return 1;
}

/* The payload of a record whose checksum is right. */
static int open_record(struct kzi_flat *flat, struct kzi_place place,
	struct kzi_scan *payload, int *codec, uint64_t *raw_length)
{
	const char *bytes;

	if (place.length < 6 || place.offset > flat->text.length ||
		place.length > flat->text.length - place.offset)
		return 0;
	bytes = look(flat, place.offset, place.length);
	if (kzi_sum_short(bytes + 4, place.length - 4) !=
		kzi_load32((const unsigned char *)bytes))
		return 0;
	*codec = (unsigned char)bytes[4];
	payload->at = bytes + 5;
	payload->end = bytes + place.length;
	payload->failed = 0;
	*raw_length = kzi_scan_varint(payload);
	return !payload->failed && *raw_length <= KZI_RECORD_MOST;
}

kz_status kzi_flat_read(struct kzi_flat *flat, struct kzi_place place,
	struct kzi_arena *arena, struct kzi_string *raw, kz_error *err)
{
	uint64_t at = place.offset, raw_length;
	struct kzi_scan payload;
	int codec;
	char *room;

	if (!find_length(flat, &place) ||
		!open_record(flat, place, &payload, &codec, &raw_length))
		return damaged(err, "record at", at);
	room = kzi_arena_get(arena, (size_t)raw_length + KZI_TEXT_ZEROS);
	if (!room)
		return kzi_fail_memory(err);
	if (!decompress(flat, codec, room, (size_t)raw_length, payload.at,
		    (size_t)(payload.end - payload.at)))
		return damaged(err, "record at", at);
	memset(room + raw_length, 0, KZI_TEXT_ZEROS);
	raw->bytes = room;
	raw->length = (size_t)raw_length;
	return KZ_OK;
}
