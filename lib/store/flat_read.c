/* flat_read.c -- rows and records out of mapped files. Whatever the bytes are,
 * the answer is a record that its checksum vouches for, or KZ_ERR_CORRUPT. */
#define ZSTD_STATIC_LINKING_ONLY /* By reference, without magic number. */
#include "store/flat.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>
#include <zstd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "store/schema.h"

struct mapping {
	const unsigned char *bytes; /* NULL: empty. */
	size_t length;
};

struct kzi_flat {
	struct mapping rows;
	struct mapping text;
	uint64_t row_count;
	ZSTD_DCtx *context;
	ZSTD_DDict *dictionary; /* NULL: none yet. */
	int is_borrowed;        /* The bytes are another's. */
};

static kz_status damaged(kz_error *err, const char *what, uint64_t at)
{
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"the index is damaged: %s %llu; index again with --rebuild",
		what, (unsigned long long)at);
}

/* ---- Opening ----------------------------------------------------------- */

static kz_status map_open_file(struct mapping *mapping, int fd,
	const char *path, uint64_t length, kz_error *err)
{
	struct stat status;
	void *bytes;

	if (fd < 0 || fstat(fd, &status) != 0)
		return kzi_fail(err,
			errno == ENOENT ? KZ_ERR_CORRUPT : KZ_ERR_IO,
			"%s: %s", path, strerror(errno));
	if ((uint64_t)status.st_size < length)
		return kzi_fail(err, KZ_ERR_CORRUPT,
			"%s: cut short at %llu of %llu bytes; index again with"
			" --rebuild",
			path, (unsigned long long)status.st_size,
			(unsigned long long)length);
	if (length == 0)
		return KZ_OK;
	bytes = mmap(NULL, (size_t)length, PROT_READ, MAP_SHARED, fd, 0);
	if (bytes == MAP_FAILED)
		return kzi_fail(
			err, KZ_ERR_IO, "%s: %s", path, strerror(errno));
	mapping->bytes = bytes;
	mapping->length = (size_t)length;
	return KZ_OK;
}

static kz_status map_file(struct mapping *mapping, const char *folder,
	const char *name, uint64_t length, kz_error *err)
{
	char path[4096];
	kz_status status;
	int fd;

	if (snprintf(path, sizeof(path), "%s/%s", folder, name) >=
		(int)sizeof(path))
		return kzi_fail(err, KZ_ERR_IO, "%s: path too long", folder);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	status = map_open_file(mapping, fd, path, length, err);
	if (fd >= 0)
		close(fd);
	return status;
}

static void unmap(struct mapping *mapping)
{
	if (mapping->bytes)
		munmap((void *)(uintptr_t)mapping->bytes, mapping->length);
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
		status = map_file(&flat->rows, path, KZI_ROWS_FILE,
			state->rows * KZI_ROW_BYTES, err);
	if (status == KZ_OK)
		status = map_file(&flat->text, path, KZI_TEXT_FILE,
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

kz_status kzi_flat_open_bytes(struct kzi_flat **out,
	const struct kzi_flat_bytes *bytes, const struct kzi_state *state,
	kz_error *err)
{
	struct kzi_flat *flat = kzi_calloc(1, sizeof(*flat));
	kz_status status;

	*out = NULL;
	if (!flat)
		return kzi_fail_memory(err);
	flat->is_borrowed = 1;
	flat->row_count = state->rows;
	flat->rows = (struct mapping){ bytes->rows, bytes->rows_length };
	flat->text = (struct mapping){ bytes->text, bytes->text_length };
	if (state->rows != bytes->rows_length / KZI_ROW_BYTES)
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
		unmap(&flat->rows);
		unmap(&flat->text);
	}
	ZSTD_freeDDict(flat->dictionary);
	ZSTD_freeDCtx(flat->context);
	kzi_free(flat);
}

/* ---- Rows -------------------------------------------------------------- */

static uint64_t load64(const unsigned char *bytes)
{
	uint64_t word = 0;
	int i;

	for (i = 7; i >= 0; i--)
		word = word << 8 | bytes[i];
	return word;
}

void kzi_row_get(const unsigned char *bytes, struct kzi_row *row,
	struct kzi_place *place)
{
	uint64_t first = load64(bytes);
	uint64_t second = load64(bytes + 8);

	row->document = second >> 24;
	row->language = (uint8_t)(second >> 20 & 0xF);
	row->kind = (uint8_t)(second >> 16 & 0xF);
	row->text_length = (uint32_t)(second & 0xFFFF);
	place->offset = first >> 24;
	place->length = (uint32_t)(first & 0xFFFFFF);
}

static void store64(unsigned char *at, uint64_t word)
{
	int i;

	for (i = 0; i < 8; i++)
		at[i] = (unsigned char)(word >> (8 * i));
}

void kzi_row_put(unsigned char *bytes, const struct kzi_row *row,
	const struct kzi_place *place)
{
	store64(bytes, place->offset << 24 | place->length);
	store64(bytes + 8,
		row->document << 24 | (uint64_t)row->language << 20 |
			(uint64_t)row->kind << 16 | row->text_length);
}

kz_status kzi_flat_row(const struct kzi_flat *flat, uint32_t passage,
	struct kzi_row *row, struct kzi_place *place, kz_error *err)
{
	if (passage == 0 || passage >= flat->row_count)
		return damaged(err, "no row of passage", passage);
	kzi_row_get(flat->rows.bytes + (size_t)passage * KZI_ROW_BYTES, row,
		place);
	return KZ_OK;
}

/* ---- Records ----------------------------------------------------------- */

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
		if (codec == KZI_CODEC_DICTIONARY && !flat->dictionary)
			return 0;
		/* What came before the dictionary was made has none. */
		if (ZSTD_isError(ZSTD_DCtx_refDDict(flat->context,
			    codec == KZI_CODEC_DICTIONARY ? flat->dictionary
							  : NULL)))
			return 0;
		got = ZSTD_decompressDCtx(flat->context, out, length, payload,
			payload_length);
		return got == length;
	default:
		return 0;
	}
}

/* Documents have no row, so their records begin with their own length. */
static int find_length(const struct kzi_flat *flat, struct kzi_place *place)
{
	struct kzi_scan scan;
	uint64_t length;

	if (place->length)
		return 1;
	if (place->offset >= flat->text.length)
		return 0;
	scan.at = (const char *)flat->text.bytes + place->offset;
	scan.end = (const char *)flat->text.bytes + flat->text.length;
	scan.failed = 0;
	length = kzi_scan_varint(&scan);
	if (scan.failed || length > KZI_RECORD_MOST)
		return 0;
	place->offset = (uint64_t)(scan.at - (const char *)flat->text.bytes);
	place->length = (uint32_t)length;
	return 1;
}

static uint32_t load32(const char *bytes)
{
	const unsigned char *at = (const unsigned char *)bytes;

	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
		(uint32_t)at[3] << 24;
}

/* The payload of a record whose checksum is right. */
static int open_record(const struct kzi_flat *flat, struct kzi_place place,
	struct kzi_scan *payload, int *codec, uint64_t *raw_length)
{
	const char *bytes;

	if (place.length < 6 || place.offset > flat->text.length ||
		place.length > flat->text.length - place.offset)
		return 0;
	bytes = (const char *)flat->text.bytes + place.offset;
	if (crc32(0, (const Bytef *)bytes + 4, place.length - 4) !=
		load32(bytes))
		return 0;
	*codec = (unsigned char)bytes[4];
	payload->at = bytes + 5;
	payload->end = bytes + place.length;
	payload->failed = 0;
	*raw_length = kzi_scan_varint(payload);
	return !payload->failed && *raw_length <= KZI_RECORD_MOST;
}

kz_status kzi_flat_read(struct kzi_flat *flat, struct kzi_place place,
	struct kzi_buf *raw, kz_error *err)
{
	uint64_t at = place.offset, raw_length;
	struct kzi_scan payload;
	int codec;
	char *room;

	kzi_buf_clear(raw);
	if (!find_length(flat, &place) ||
		!open_record(flat, place, &payload, &codec, &raw_length))
		return damaged(err, "record at", at);
	room = kzi_buf_room(raw, (size_t)raw_length);
	if (!room)
		return kzi_fail_memory(err);
	if (!decompress(flat, codec, room, (size_t)raw_length, payload.at,
		    (size_t)(payload.end - payload.at)))
		return damaged(err, "record at", at);
	raw->length = (size_t)raw_length;
	room[raw_length] = '\0';
	return KZ_OK;
}

kz_status kzi_flat_stored(const struct kzi_flat *flat, struct kzi_place place,
	const char **bytes, size_t *length, kz_error *err)
{
	uint64_t start = place.offset, raw_length;
	struct kzi_scan payload;
	int codec;

	if (!find_length(flat, &place) ||
		!open_record(flat, place, &payload, &codec, &raw_length))
		return damaged(err, "record at", start);
	*bytes = (const char *)flat->text.bytes + start;
	*length = (size_t)(place.offset - start) + place.length;
	return KZ_OK;
}

const char *kzi_flat_text(const struct kzi_flat *flat)
{
	return (const char *)flat->text.bytes;
}
