/* wire.c -- see wire.h. Numbers are varints, strings a length and bytes. */
#include "indexer/wire.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "text/text.h"

/* ---- Writing ----------------------------------------------------------- */

/* Begin a frame; returns where, for end_frame to fill in the length. */
static size_t begin_frame(struct kzi_buf *wire, enum kzi_frame_type type)
{
	size_t start = wire->length;

	kzi_buf_append(wire, "\0\0\0\0", KZI_FRAME_HEAD - 1);
	kzi_buf_byte(wire, (int)type);
	return start;
}

static void end_frame(struct kzi_buf *wire, size_t start)
{
	size_t length = wire->length - start - (KZI_FRAME_HEAD - 1);
	int i;

	if (wire->failed)
		return;
	for (i = 0; i < KZI_FRAME_HEAD - 1; i++)
		wire->data[start + (size_t)i] = (char)(length >> (8 * i));
}

static void put_string(struct kzi_buf *wire, struct kzi_string string)
{
	kzi_buf_string(wire, string.bytes, string.length);
}

static void put_strings(struct kzi_buf *wire, const struct kzi_string *strings,
	size_t count)
{
	size_t i;

	kzi_buf_varint(wire, count);
	for (i = 0; i < count; i++)
		put_string(wire, strings[i]);
}

void kzi_wire_put_job(struct kzi_buf *wire, const struct kzi_job *job)
{
	const char *place = job->origin.place ? job->origin.place : "";

	kzi_buf_byte(wire, job->has_hash | job->is_for_edges << 1);
	kzi_buf_varint(wire, job->hash);
	kzi_buf_string(wire, job->name, strlen(job->name));
	kzi_buf_byte(wire, (int)job->origin.kind);
	kzi_buf_string(wire, place, strlen(place));
	kzi_lines_set_put(wire, &job->origin.repeated);
}

void kzi_wire_put_ready(struct kzi_buf *wire, unsigned guards)
{
	size_t start = begin_frame(wire, KZI_FRAME_READY);

	kzi_buf_varint(wire, guards);
	end_frame(wire, start);
}

void kzi_wire_put_document(struct kzi_buf *wire,
	const struct kzi_document_record *record, enum kzi_kind kind)
{
	size_t start = begin_frame(wire, KZI_FRAME_DOCUMENT);

	kzi_buf_byte(wire, (int)kind);
	put_string(wire, record->path);
	put_string(wire, record->url);
	put_string(wire, record->title);
	put_string(wire, record->place);
	put_strings(wire, record->materials, record->material_count);
	end_frame(wire, start);
}

/* The impact and the number of a posting, in the room that it takes. */
static char *put_posting(char *at, uint32_t impact, uint32_t number)
{
	*at++ = (char)impact;
	return kzi_varint_put(at, number);
}

/* Most of what a load says: so room is made once, not for each byte. */
static void put_postings(
	struct kzi_buf *wire, const struct kzi_made_passage *passage)
{
	enum { MOST = 1 + 5 + 1 + KZI_TERM_MOST };
	uint32_t known = passage->known;
	char *at;
	size_t i;

	static_assert(KZI_TERM_MOST < 0x80, "a length is a varint of one byte");
	kzi_buf_varint(wire, known);
	kzi_buf_varint(wire, passage->count);
	at = kzi_buf_room(wire, passage->count * MOST);
	if (!at)
		return;
	for (i = 0; i < passage->count; i++) {
		const struct kzi_posting *posting = &passage->postings[i];
		const struct kzi_named *term = posting->term;

		at = put_posting(at, posting->impact, posting->number);
		if (posting->number < known)
			continue;
		known++;
		*at++ = (char)term->bytes.length;
		memcpy(at, term->bytes.bytes, term->bytes.length);
		at += term->bytes.length;
	}
	wire->length = (size_t)(at - wire->data);
}

void kzi_wire_put_passage(
	struct kzi_buf *wire, const struct kzi_made_passage *passage)
{
	const struct kzi_passage_record *record = &passage->record;
	size_t start = begin_frame(wire, KZI_FRAME_PASSAGE);

	kzi_buf_byte(wire, passage->language);
	kzi_buf_varint(wire, record->ordinal);
	kzi_buf_varint(wire, record->page);
	kzi_buf_varint(wire, record->offset);
	put_string(wire, record->anchor);
	put_strings(wire, record->headings, record->heading_count);
	put_string(wire, record->text);
	put_postings(wire, passage);
	end_frame(wire, start);
}

void kzi_wire_put_words(
	struct kzi_buf *wire, const struct kzi_word_counts *counts)
{
	size_t start = begin_frame(wire, KZI_FRAME_WORDS), i;

	kzi_buf_varint(wire, counts->passages);
	kzi_buf_varint(wire, counts->known);
	kzi_buf_varint(wire, counts->count);
	for (i = 0; i < counts->count; i++) {
		const struct kzi_word_count *count = &counts->items[i];

		kzi_buf_varint(wire, count->passages);
		kzi_buf_varint(wire, count->number);
		if (count->number >= counts->known)
			put_string(wire, count->word->bytes);
	}
	end_frame(wire, start);
}

void kzi_wire_put_end(struct kzi_buf *wire, const struct kzi_reading *reading)
{
	size_t start = begin_frame(wire, KZI_FRAME_END);

	kzi_buf_byte(wire, (int)reading->outcome);
	kzi_buf_varint(wire, reading->hash);
	kzi_buf_varint(wire, reading->length);
	kzi_buf_string(wire, reading->reason, strlen(reading->reason));
	kzi_edges_put(wire, &reading->edges);
	end_frame(wire, start);
}

/* ---- Reading ----------------------------------------------------------- */

size_t kzi_wire_frame(
	const char *bytes, size_t length, struct kzi_frame *frame)
{
	size_t payload = 0;
	int i;

	if (length < KZI_FRAME_HEAD)
		return 0;
	for (i = KZI_FRAME_HEAD - 2; i >= 0; i--)
		payload = payload << 8 | (unsigned char)bytes[i];
	if (payload < 1 || payload > KZI_FRAME_MOST ||
		(unsigned char)bytes[KZI_FRAME_HEAD - 1] >= KZI_FRAMES)
		return SIZE_MAX;
	if (length < payload + KZI_FRAME_HEAD - 1)
		return 0;
	frame->type =
		(enum kzi_frame_type)(unsigned char)bytes[KZI_FRAME_HEAD - 1];
	frame->bytes = bytes + KZI_FRAME_HEAD;
	frame->length = payload - 1;
	return payload + KZI_FRAME_HEAD - 1;
}

static struct kzi_scan scan_of(const struct kzi_frame *frame)
{
	struct kzi_scan scan = { frame->bytes, frame->bytes + frame->length,
		0 };

	return scan;
}

static int is_done(const struct kzi_scan *scan)
{
	return !scan->failed && scan->at == scan->end;
}

static unsigned get_byte(struct kzi_scan *scan)
{
	if (scan->failed || scan->at == scan->end) {
		scan->failed = 1;
		return 0;
	}
	return (unsigned char)*scan->at++;
}

static uint32_t get_number(struct kzi_scan *scan)
{
	uint64_t number = kzi_scan_varint(scan);

	if (number > UINT32_MAX)
		scan->failed = 1;
	return (uint32_t)number;
}

static struct kzi_string get_string(struct kzi_scan *scan)
{
	struct kzi_string string;

	string.bytes = kzi_scan_string(scan, &string.length);
	return string;
}

/* Room for a counted array; each item takes `least` bytes at least, so a count
 * too large for the rest of the frame is no count. */
static void *get_array(struct kzi_scan *scan, struct kzi_arena *arena,
	size_t *count, size_t least, size_t bytes)
{
	uint64_t wanted = kzi_scan_varint(scan);
	void *items = NULL;

	*count = 0;
	if (!scan->failed && wanted <= (size_t)(scan->end - scan->at) / least)
		items = kzi_arena_zero(arena, (size_t)wanted, bytes);
	if (items)
		*count = (size_t)wanted;
	else
		scan->failed = 1;
	return items;
}

static const struct kzi_string *get_strings(
	struct kzi_scan *scan, struct kzi_arena *arena, size_t *count)
{
	struct kzi_string *strings =
		get_array(scan, arena, count, 1, sizeof(*strings));
	size_t i;

	for (i = 0; i < *count; i++)
		strings[i] = get_string(scan);
	return strings;
}

/* How many names were told before, which the two sides must agree on. */
static uint32_t get_known(struct kzi_scan *scan, struct kzi_numbering *numbering)
{
	uint32_t known = get_number(scan);

	if (known == 0)
		kzi_numbering_clear(numbering);
	if (known != numbering->count)
		scan->failed = 1;
	return known;
}

/* The name of a number: one that was told before, or the next one, which is
 * told now. */
static struct kzi_named *get_named(struct kzi_scan *scan,
	struct kzi_numbering *numbering, int (*is_sound)(struct kzi_string),
	uint32_t *told)
{
	uint32_t number = get_number(scan);
	struct kzi_string bytes;

	*told = number;
	if (number < numbering->count)
		return kzi_numbering_at(numbering, number);
	bytes = get_string(scan);
	if (scan->failed || number != numbering->count || !is_sound(bytes) ||
		kzi_numbering_add(numbering, bytes.bytes, bytes.length) ==
			KZI_NO_NUMBER) {
		scan->failed = 1;
		return NULL;
	}
	return kzi_numbering_at(numbering, number);
}

/* '_' begins a filter, which is not for a worker to give. */
static int is_term(struct kzi_string bytes)
{
	return bytes.length >= 1 && bytes.length <= KZI_TERM_MOST &&
		bytes.bytes[0] != '_';
}

static void get_postings(struct kzi_scan *scan, struct kzi_arena *arena,
	struct kzi_numbering *numbering, struct kzi_made_passage *passage)
{
	struct kzi_posting *postings;
	size_t i;

	passage->known = get_known(scan, numbering);
	postings = get_array(
		scan, arena, &passage->count, 2, sizeof(*postings));
	for (i = 0; i < passage->count && !scan->failed; i++) {
		postings[i].impact = get_byte(scan);
		postings[i].term = get_named(
			scan, numbering, is_term, &postings[i].number);
		if (postings[i].impact < 1 ||
			postings[i].impact > KZI_IMPACT_MOST)
			scan->failed = 1;
	}
	passage->postings = postings;
}

int kzi_wire_get_job(const char *bytes, size_t length, struct kzi_arena *arena,
	struct kzi_job *job)
{
	struct kzi_scan scan = { bytes, bytes + length, 0 };
	struct kzi_string name, place;
	unsigned wanted = get_byte(&scan);

	job->has_hash = wanted & 1;
	job->is_for_edges = wanted >> 1 & 1;
	job->hash = kzi_scan_varint(&scan);
	name = get_string(&scan);
	job->name = kzi_arena_copy(arena, name.bytes, name.length);
	job->origin.kind = (enum kzi_kind)(get_byte(&scan) % KZI_KINDS);
	place = get_string(&scan);
	job->origin.place = place.length
		? kzi_arena_copy(arena, place.bytes, place.length)
		: NULL;
	return !scan.failed && job->name &&
		(job->origin.place || !place.length) &&
		kzi_lines_set_get(&job->origin.repeated, scan.at,
			(size_t)(scan.end - scan.at));
}

int kzi_wire_get_ready(const struct kzi_frame *frame, unsigned *guards)
{
	struct kzi_scan scan = scan_of(frame);

	*guards = get_number(&scan);
	return is_done(&scan);
}

int kzi_wire_get_document(const struct kzi_frame *frame,
	struct kzi_arena *arena, struct kzi_document_record *record,
	enum kzi_kind *kind)
{
	struct kzi_scan scan = scan_of(frame);
	unsigned number = get_byte(&scan);

	*kind = number < KZI_KINDS ? (enum kzi_kind)number : KZI_KIND_NONE;
	record->path = get_string(&scan);
	record->url = get_string(&scan);
	record->title = get_string(&scan);
	record->place = get_string(&scan);
	record->materials =
		get_strings(&scan, arena, &record->material_count);
	return is_done(&scan) && number < KZI_KINDS && record->path.length;
}

int kzi_wire_get_passage(const struct kzi_frame *frame,
	struct kzi_arena *arena, struct kzi_numbering *numbering,
	struct kzi_made_passage *passage)
{
	struct kzi_scan scan = scan_of(frame);
	struct kzi_passage_record *record = &passage->record;

	passage->language = (int)get_byte(&scan);
	record->ordinal = get_number(&scan);
	record->page = get_number(&scan);
	record->offset = kzi_scan_varint(&scan);
	record->anchor = get_string(&scan);
	record->headings = get_strings(&scan, arena, &record->heading_count);
	record->text = get_string(&scan);
	get_postings(&scan, arena, numbering, passage);
	return is_done(&scan) && passage->language < KZI_LANGUAGES;
}

/* What analysis makes of any text is valid and of that length. */
static int is_word(struct kzi_string name)
{
	struct kzi_string text;

	if (name.length < 2 || name.length > 1 + KZI_WORD_MOST ||
		kzi_name_language(name) >= KZI_LANGUAGES)
		return 0;
	text = kzi_name_text(name);
	return kzi_utf8_valid(text.bytes, text.length) &&
		!memchr(text.bytes, 0, text.length);
}

int kzi_wire_get_words(const struct kzi_frame *frame, struct kzi_arena *arena,
	struct kzi_numbering *numbering, struct kzi_word_counts *counts)
{
	struct kzi_scan scan = scan_of(frame);
	struct kzi_word_count *items;
	size_t i;

	counts->passages = get_number(&scan);
	counts->known = get_known(&scan, numbering);
	counts->items = items = get_array(
		&scan, arena, &counts->count, 2, sizeof(*items));
	for (i = 0; i < counts->count && !scan.failed; i++) {
		items[i].passages = get_number(&scan);
		items[i].word = get_named(
			&scan, numbering, is_word, &items[i].number);
	}
	return is_done(&scan) && counts->count <= KZI_WORD_COUNTS_MOST;
}

int kzi_wire_get_end(
	const struct kzi_frame *frame, struct kzi_reading *reading)
{
	struct kzi_scan scan = scan_of(frame);
	unsigned outcome = get_byte(&scan);
	struct kzi_string reason;

	memset(reading, 0, sizeof(*reading));
	reading->hash = kzi_scan_varint(&scan);
	reading->length = kzi_scan_varint(&scan);
	reason = get_string(&scan);
	if (scan.failed || outcome >= KZI_OUTCOMES ||
		outcome == KZI_REMOVED || reason.length >= KZI_REASON_MOST ||
		!kzi_edges_get(&reading->edges, scan.at,
			(size_t)(scan.end - scan.at)))
		return 0;
	reading->outcome = (enum kzi_outcome)outcome;
	if (reason.length)
		memcpy(reading->reason, reason.bytes, reason.length);
	return 1;
}
