/* fuzz_record.c -- what the store reads back: the state of a commit, records of
 * documents and passages, and the flat files they lie in. The checksum of the
 * record is made right here, or nothing would come past it. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "base/hash.h"
#include "store/flat.h"
#include "store/schema.h"

/* What is read from a record and written again is read the same. */
static void check_passage(struct kzi_arena *arena, const char *raw, size_t length)
{
	struct kzi_passage_record record, again;
	struct kzi_buf written = { 0 };

	if (!kzi_record_get_passage(&record, arena, raw, length))
		return;
	kzi_record_put_passage(&written, &record);
	FUZZ_REQUIRE(kzi_record_get_passage(
		&again, arena, written.data, written.length));
	FUZZ_REQUIRE(again.text.length == record.text.length &&
		again.heading_count == record.heading_count &&
		again.ordinal == record.ordinal &&
		again.offset == record.offset);
	kzi_buf_release(&written);
}

static void check_document(
	struct kzi_arena *arena, const char *raw, size_t length)
{
	struct kzi_document_record record, again;
	struct kzi_buf written = { 0 };

	if (!kzi_record_get_document(&record, arena, raw, length))
		return;
	kzi_record_put_document(&written, &record);
	FUZZ_REQUIRE(kzi_record_get_document(
		&again, arena, written.data, written.length));
	FUZZ_REQUIRE(again.material_count == record.material_count);
	kzi_buf_release(&written);
}

/* One row, and the bytes as its record. */
static void check_flat(const char *bytes, size_t length)
{
	unsigned char rows[2 * KZI_ROW_BYTES] = { 0 };
	struct kzi_row row = { .place = { 0, (uint32_t)(length + 4) } };
	struct kzi_place document = { 4, 0 }; /* It tells its length. */
	struct kzi_state state = { .rows = 2 };
	struct kzi_buf text = { 0 };
	struct kzi_arena arena = { 0 };
	struct kzi_string raw;
	struct kzi_part row_part = { rows, sizeof(rows), -1, 0, 0 };
	struct kzi_part text_part = { NULL, length + 4, -1, 0, 0 };
	uint32_t sum = kzi_sum_short(bytes, length);
	struct kzi_flat *flat;
	int i;

	for (i = 0; i < 4; i++)
		kzi_buf_byte(&text, (unsigned char)(sum >> (8 * i)));
	kzi_buf_append(&text, bytes, length);
	FUZZ_REQUIRE(!text.failed);
	text_part.bytes = (const unsigned char *)text.data;
	state.text_length = text.length;
	kzi_row_put(rows + KZI_ROW_BYTES, &row);
	if (kzi_flat_open_parts(
		    &flat, &row_part, &text_part, &state, NULL) == KZ_OK) {
		if (kzi_flat_row(flat, 1, &row, NULL) == KZ_OK)
			kzi_flat_read(flat, row.place, &arena, &raw, NULL);
		kzi_flat_read(flat, document, &arena, &raw, NULL);
		kzi_flat_close(flat);
	}
	kzi_arena_release(&arena);
	kzi_buf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const char *raw = (const char *)bytes;
	struct kzi_arena arena = { 0 };
	struct kzi_state state;

	kzi_state_get(&state, raw, length);
	check_passage(&arena, raw, length);
	check_document(&arena, raw, length);
	if (length > 0 && length < KZI_RECORD_MOST - 4)
		check_flat(raw, length);
	kzi_arena_release(&arena);
	return 0;
}
