/* record.c -- see record.h. Numbers are varints, strings a length and bytes;
 * reading survives any bytes. */
#include "store/record.h"

#include <string.h>

#include "base/error.h"
#include "store/schema.h"

static void put_string(struct kzi_buf *raw, struct kzi_string string)
{
	kzi_buf_string(raw, string.bytes, string.length);
}

static void put_strings(struct kzi_buf *raw, const struct kzi_string *strings,
	size_t count)
{
	size_t i;

	kzi_buf_varint(raw, count);
	for (i = 0; i < count; i++)
		put_string(raw, strings[i]);
}

static struct kzi_string get_string(struct kzi_scan *scan)
{
	struct kzi_string string;

	string.bytes = kzi_scan_string(scan, &string.length);
	return string;
}

static const struct kzi_string *get_strings(
	struct kzi_scan *scan, struct kzi_arena *arena, size_t *count)
{
	uint64_t wanted = kzi_scan_varint(scan);
	struct kzi_string *strings;
	size_t i;

	*count = 0;
	/* Each takes a byte at least, so a larger count is damage. */
	if (wanted > (size_t)(scan->end - scan->at)) {
		scan->failed = 1;
		return NULL;
	}
	strings = kzi_arena_zero(arena, (size_t)wanted, sizeof(*strings));
	if (!strings) {
		scan->failed = 1;
		return NULL;
	}
	for (i = 0; i < wanted; i++)
		strings[i] = get_string(scan);
	*count = (size_t)wanted;
	return strings;
}

/* Empty fields at the end are left out: most documents are lines or pages
 * without a link. */
void kzi_record_put_document(
	struct kzi_buf *raw, const struct kzi_document_record *record)
{
	const struct kzi_string fields[] = { record->path, record->url,
		record->title, record->place };
	size_t count = sizeof(fields) / sizeof(*fields), i;

	while (count > 1 && !record->material_count && !fields[count - 1].length)
		count--;
	for (i = 0; i < count; i++)
		put_string(raw, fields[i]);
	if (record->material_count)
		put_strings(raw, record->materials, record->material_count);
}

static struct kzi_string get_field(struct kzi_scan *scan)
{
	struct kzi_string none = { "", 0 };

	return scan->at < scan->end ? get_string(scan) : none;
}

int kzi_record_get_document(struct kzi_document_record *record,
	struct kzi_arena *arena, const char *raw, size_t length)
{
	struct kzi_scan scan = { raw, raw + length, 0 };

	record->path = get_string(&scan);
	record->url = get_field(&scan);
	record->title = get_field(&scan);
	record->place = get_field(&scan);
	record->materials = NULL;
	record->material_count = 0;
	if (scan.at < scan.end)
		record->materials = get_strings(
			&scan, arena, &record->material_count);
	return !scan.failed;
}

/* What a passage may have beside its number and text. */
enum {
	HAS_PAGE = 1,
	HAS_OFFSET = 2,
	HAS_ANCHOR = 4,
	HAS_HEADINGS = 8
};

static unsigned parts_of(const struct kzi_passage_record *record)
{
	return (record->page ? HAS_PAGE : 0u) |
		(record->offset ? HAS_OFFSET : 0u) |
		(record->anchor.length ? HAS_ANCHOR : 0u) |
		(record->heading_count ? HAS_HEADINGS : 0u);
}

void kzi_record_put_passage(
	struct kzi_buf *raw, const struct kzi_passage_record *record)
{
	unsigned parts = parts_of(record);

	kzi_buf_varint(raw, record->ordinal);
	kzi_buf_byte(raw, (int)parts);
	if (parts & HAS_PAGE)
		kzi_buf_varint(raw, record->page);
	if (parts & HAS_OFFSET)
		kzi_buf_varint(raw, record->offset);
	if (parts & HAS_ANCHOR)
		put_string(raw, record->anchor);
	if (parts & HAS_HEADINGS)
		put_strings(raw, record->headings, record->heading_count);
	kzi_buf_append(raw, record->text.bytes, record->text.length);
}

int kzi_record_get_passage(struct kzi_passage_record *record,
	struct kzi_arena *arena, const char *raw, size_t length)
{
	struct kzi_scan scan = { raw, raw + length, 0 };
	unsigned parts;

	memset(record, 0, sizeof(*record));
	record->anchor.bytes = "";
	record->ordinal = (uint32_t)kzi_scan_varint(&scan);
	parts = (unsigned)kzi_scan_varint(&scan);
	if (parts & HAS_PAGE)
		record->page = (uint32_t)kzi_scan_varint(&scan);
	if (parts & HAS_OFFSET)
		record->offset = kzi_scan_varint(&scan);
	if (parts & HAS_ANCHOR)
		record->anchor = get_string(&scan);
	if (parts & HAS_HEADINGS)
		record->headings = get_strings(
			&scan, arena, &record->heading_count);
	record->text.bytes = scan.at;
	record->text.length = (size_t)(scan.end - scan.at);
	return !scan.failed;
}

int kzi_state_is_loose(const struct kzi_state *state)
{
	const uint64_t least = 200;
	uint64_t loose = state->rows - state->rewritten;

	return loose > least && loose > state->info.passages / 2;
}

void kzi_state_put(struct kzi_buf *raw, const struct kzi_state *state)
{
	const struct kzi_store_info *info = &state->info;
	int i;

	kzi_buf_varint(raw, KZI_FORMAT);
	kzi_buf_string(raw, info->analysis, strlen(info->analysis));
	kzi_buf_varint(raw, info->documents);
	kzi_buf_varint(raw, info->passages);
	kzi_buf_varint(raw, info->bytes);
	for (i = 0; i < KZI_STORE_LANGUAGES; i++)
		kzi_buf_varint(raw, info->passages_of[i]);
	kzi_buf_varint(raw, state->rows);
	kzi_buf_varint(raw, state->text_length);
	kzi_buf_varint(raw, state->dictionary);
	kzi_buf_varint(raw, state->dictionary_length);
	kzi_buf_varint(raw, state->vocabulary);
	kzi_buf_varint(raw, state->counted);
	kzi_buf_varint(raw, state->removed);
	kzi_buf_varint(raw, state->rewritten);
	kzi_buf_varint(raw, state->files);
	kzi_buf_varint(raw, state->segment_count);
	for (i = 0; i < (int)state->segment_count; i++) {
		kzi_buf_varint(raw, state->segments[i].file);
		kzi_buf_varint(raw, state->segments[i].rows);
	}
}

/* Each has passages, behind those of the one before, and a file that was
 * written after that one's. Returns 0 if not. */
static int get_segments(struct kzi_scan *scan, struct kzi_state *state)
{
	uint64_t from = 1, file = 0, i;

	state->segment_count = kzi_scan_varint(scan);
	if (state->segment_count > KZI_SEGMENTS_MOST)
		return 0;
	for (i = 0; i < state->segment_count; i++) {
		struct kzi_segment *segment = &state->segments[i];

		segment->file = kzi_scan_varint(scan);
		segment->rows = kzi_scan_varint(scan);
		if (segment->rows <= from || segment->rows > state->rows)
			return 0;
		if (segment->file <= file || segment->file > state->files)
			return 0;
		from = segment->rows;
		file = segment->file;
	}
	return from == state->rows || !state->rows;
}

int kzi_state_get(struct kzi_state *state, const char *raw, size_t length)
{
	struct kzi_scan scan = { raw, raw + length, 0 };
	struct kzi_store_info *info = &state->info;
	uint64_t format = kzi_scan_varint(&scan);
	struct kzi_string analysis;
	int i;

	memset(state, 0, sizeof(*state));
	if (scan.failed || format == 0 || format > 0xFFFF)
		return 0;
	if (format != KZI_FORMAT)
		return (int)format;
	analysis = get_string(&scan);
	if (analysis.length >= sizeof(info->analysis))
		return 0;
	memcpy(info->analysis, analysis.bytes, analysis.length);
	info->documents = kzi_scan_varint(&scan);
	info->passages = kzi_scan_varint(&scan);
	info->bytes = kzi_scan_varint(&scan);
	for (i = 0; i < KZI_STORE_LANGUAGES; i++)
		info->passages_of[i] = kzi_scan_varint(&scan);
	state->rows = kzi_scan_varint(&scan);
	state->text_length = kzi_scan_varint(&scan);
	state->dictionary = kzi_scan_varint(&scan);
	state->dictionary_length = kzi_scan_varint(&scan);
	state->vocabulary = kzi_scan_varint(&scan);
	state->counted = kzi_scan_varint(&scan);
	state->removed = kzi_scan_varint(&scan);
	state->rewritten = kzi_scan_varint(&scan);
	state->files = kzi_scan_varint(&scan);
	return get_segments(&scan, state) && !scan.failed ? KZI_FORMAT : 0;
}

kz_status kzi_state_read(struct kzi_state *state, const char *raw,
	size_t length, const char *path, kz_error *err)
{
	int format = kzi_state_get(state, raw, length);

	if (format == KZI_FORMAT)
		return KZ_OK;
	if (format != 0)
		return kzi_fail_format(path, (unsigned)format, err);
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"%s: no state in it; index again with --rebuild", path);
}

kz_status kzi_fail_format(const char *path, unsigned format, kz_error *err)
{
	return kzi_fail(err, KZ_ERR_FORMAT,
		"%s: made by format %u, this program reads format %d;"
		" index again with --rebuild",
		path, format, KZI_FORMAT);
}

kz_status kzi_state_check_analysis(const struct kzi_state *state,
	const char *analysis, const char *path, kz_error *err)
{
	if (!strcmp(state->info.analysis, analysis))
		return KZ_OK;
	return kzi_fail(err, KZ_ERR_FORMAT,
		"%s: its words were analysed by another version; index again"
		" with --rebuild",
		path);
}
