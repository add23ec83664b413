/* pdf_mend.c -- see pdf_mend.h.
 *
 *     4 0 obj <</Type/Page /Contents 5 0 R ...>> endobj
 *
 * Objects are looked for by that head, those that lie packed in streams, too.
 * To the file is added: the unpacked ones, a list of all pages, a catalog, and a
 * table of where each object is. poppler makes such a table itself, but gives
 * up without a trailer, which stands at the end that a cut file lacks. From ISO
 * 32000-1, 7.5. */
#include "indexer/pdf_mend.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <zlib.h>

#include "base/alloc.h"

enum {
	HEAD_WITHIN = 1024,	/* Where "%PDF-" is, or nowhere. */
	NUMBER_MOST = 1 << 23,	/* Of an object; poppler knows no more. */
	PACKED_MOST = 64 << 20, /* Bytes that all streams may unpack to. */
	PAGES_MOST = 20000,
	LINE = 64
};

struct object {
	uint32_t number, generation;
	size_t offset; /* In `out`. */
};

struct mend {
	const char *start, *end; /* The file from its head on. */
	struct kzi_buf objects;	 /* Of struct object, as they come. */
	struct kzi_buf unpacked; /* Those from streams, and the new ones. */
	struct kzi_buf kids;	 /* "4 0 R 7 0 R ..." */
	struct kzi_buf shared;	 /* What pages have from their parents. */
	unsigned char *is_page;	 /* A bit for each number. */
	uint32_t last;		 /* Greatest number. */
	size_t pages;
};

/* ---- Words -------------------------------------------------------------- */

static int is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' ||
	       c == '\0';
}

static int is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static const char *skip_space(const char *at, const char *end)
{
	while (at < end && is_space(*at))
		at++;
	return at;
}

static const char *find(const char *at, const char *end, const char *word)
{
	return at < end ? memmem(at, (size_t)(end - at), word, strlen(word))
			: NULL;
}

/* The number that ends before `at`, with white between; NULL: there is none. */
static const char *number_before(
	const char *start, const char *at, uint32_t *number)
{
	uint64_t sum = 0, place = 1;
	const char *stop;

	while (at > start && is_space(at[-1]))
		at--;
	for (stop = at; at > start && is_digit(at[-1]) && stop - at < 10; at--) {
		sum += place * (uint64_t)(at[-1] - '0');
		place *= 10;
	}
	*number = (uint32_t)sum;
	return at < stop && sum < NUMBER_MOST ? at : NULL;
}

/* Read a number behind white; returns what is behind it, NULL: it is none. */
static const char *take_number(const char *at, const char *end, size_t *number)
{
	*number = 0;
	at = skip_space(at, end);
	if (at == end || !is_digit(*at))
		return NULL;
	for (; at < end && is_digit(*at); at++)
		if (*number < NUMBER_MOST)
			*number = *number * 10 + (size_t)(*at - '0');
	return at;
}

/* The number behind a key such as "/First"; 0: there is none. */
static size_t number_of(const char *at, const char *end, const char *key)
{
	size_t number = 0;

	at = find(at, end, key);
	if (at)
		take_number(at + strlen(key), end, &number);
	return number;
}

/* Is one of the /Type in the dictionary that one, "/Page" and not "/Pages"? */
static int has_type(const char *at, const char *end, const char *type)
{
	size_t length = strlen(type);

	while ((at = find(at, end, "/Type"))) {
		at = skip_space(at + 5, end);
		if ((size_t)(end - at) > length && !memcmp(at, type, length) &&
			(is_space(at[length]) ||
				strchr("/<>[]()", at[length])))
			return 1;
	}
	return 0;
}

/* ---- Objects ------------------------------------------------------------ */

static void note_object(struct mend *mend, uint32_t number,
	uint32_t generation, size_t offset)
{
	struct object object = {number, generation, offset};

	kzi_buf_append(&mend->objects, &object, sizeof(object));
	if (number > mend->last)
		mend->last = number;
}

static void note_page(struct mend *mend, uint32_t number, uint32_t generation)
{
	unsigned char *bits = &mend->is_page[number / 8];
	char line[LINE];

	if ((*bits & 1U << number % 8) || mend->pages >= PAGES_MOST)
		return;
	*bits |= (unsigned char)(1U << number % 8);
	snprintf(line, sizeof(line), "%" PRIu32 " %" PRIu32 " R ", number,
		generation);
	kzi_buf_text(&mend->kids, line);
	mend->pages++;
}

/* The end of the value at `at`: behind the bracket that closes it, or before the
 * next key. NULL: it has none. */
static const char *behind_value(const char *at, const char *end)
{
	int depth = 0;

	for (at = skip_space(at, end); at < end; at++) {
		if (*at == '<' || *at == '[')
			depth++;
		else if (*at == '/' && !depth)
			return at;
		else if ((*at == '>' || *at == ']') && --depth <= 0)
			return depth ? at : at + 1;
	}
	return NULL;
}

static void share_value(
	struct mend *mend, const char *at, const char *end, const char *key)
{
	const char *from = find(at, end, key);
	const char *to = from ? behind_value(from + strlen(key), end) : NULL;

	if (to)
		kzi_buf_append(&mend->shared, from, (size_t)(to - from));
}

static void look_at(struct mend *mend, uint32_t number, uint32_t generation,
	const char *at, const char *end)
{
	if (has_type(at, end, "/Page")) {
		note_page(mend, number, generation);
	} else if (!mend->shared.length && has_type(at, end, "/Pages")) {
		share_value(mend, at, end, "/Resources");
		share_value(mend, at, end, "/MediaBox");
	}
}

/* ---- Packed objects ----------------------------------------------------- */

/* Inflate what lies at `at` as far as it goes. */
static void inflate_all(
	struct mend *mend, const char *at, struct kzi_buf *out)
{
	z_stream stream = {.next_in = (Bytef *)(size_t)at,
		.avail_in = (uInt)(mend->end - at)};
	int status = inflateInit(&stream);

	while (status == Z_OK &&
		out->length + mend->unpacked.length < PACKED_MOST) {
		size_t step = 1 << 16;
		char *room = kzi_buf_room(out, step);

		if (!room)
			break;
		stream.next_out = (Bytef *)room;
		stream.avail_out = (uInt)step;
		status = inflate(&stream, Z_NO_FLUSH);
		if (stream.avail_out == step)
			break;
		out->length += step - stream.avail_out;
	}
	inflateEnd(&stream);
}

static void add_unpacked(
	struct mend *mend, size_t number, const char *at, const char *end)
{
	char line[LINE];

	note_object(mend, (uint32_t)number, 0,
		(size_t)(mend->end - mend->start) + 1 + mend->unpacked.length);
	snprintf(line, sizeof(line), "%zu 0 obj\n", number);
	kzi_buf_text(&mend->unpacked, line);
	kzi_buf_append(&mend->unpacked, at, (size_t)(end - at));
	kzi_buf_text(&mend->unpacked, "\nendobj\n");
	look_at(mend, (uint32_t)number, 0, at, end);
}

/* "11 0 12 57 ... <<...>> <<...>>": numbers and offsets, then from `first` on
 * the objects. Each ends where the next one begins. */
static void take_packed(
	struct mend *mend, const struct kzi_buf *text, size_t first)
{
	const char *at = text->data, *end = text->data + text->length;
	const char *body = at + first;
	size_t number, offset, before = 0, from = 0;
	int is_first = 1;

	while ((at = take_number(at, body, &number)) &&
		(at = take_number(at, body, &offset))) {
		if (number >= NUMBER_MOST || offset < from ||
			offset > (size_t)(end - body))
			break;
		if (!is_first)
			add_unpacked(mend, before, body + from, body + offset);
		is_first = 0;
		before = number;
		from = offset;
	}
	if (!is_first)
		add_unpacked(mend, before, body + from, end);
}

static void unpack(struct mend *mend, const char *at, const char *end)
{
	struct kzi_buf text = {0};
	size_t first = number_of(at, end, "/First");
	const char *data = end + strlen("stream");

	if (!first || !find(at, end, "/FlateDecode") ||
		find(at, end, "/Predictor"))
		return;
	data += data < mend->end && *data == '\r';
	data += data < mend->end && *data == '\n';
	inflate_all(mend, data, &text);
	if (!text.failed && text.length > first)
		take_packed(mend, &text, first);
	kzi_buf_release(&text);
}

/* ---- The file ----------------------------------------------------------- */

/* Take the object whose "obj" is at `at`, if it is one. What it says of itself
 * stands before its stream, or the next "obj", which may be of "endobj". */
static void take_object(struct mend *mend, const char *at)
{
	const char *end, *stream, *head;
	uint32_t number, generation;

	head = number_before(mend->start, at, &generation);
	head = head ? number_before(mend->start, head, &number) : NULL;
	if (!head)
		return;
	note_object(mend, number, generation, (size_t)(head - mend->start));
	at += 3;
	end = find(at, mend->end, "obj");
	if (!end)
		end = mend->end;
	stream = find(at, end, "stream");
	if (stream)
		end = stream;
	if (stream && has_type(at, end, "/ObjStm"))
		unpack(mend, at, stream);
	else
		look_at(mend, number, generation, at, end);
}

static void add_lists(struct mend *mend)
{
	struct kzi_buf *out = &mend->unpacked;
	size_t base = (size_t)(mend->end - mend->start) + 1;
	uint32_t list = mend->last + 1;
	char line[2 * LINE];

	note_object(mend, list, 0, base + out->length);
	snprintf(line, sizeof(line),
		"%" PRIu32 " 0 obj\n<</Type/Pages/Count %zu", list,
		mend->pages);
	kzi_buf_text(out, line);
	kzi_buf_append(out, mend->shared.data, mend->shared.length);
	kzi_buf_text(out, "/Kids[");
	kzi_buf_append(out, mend->kids.data, mend->kids.length);
	kzi_buf_text(out, "]>>\nendobj\n");
	note_object(mend, list + 1, 0, base + out->length);
	snprintf(line, sizeof(line),
		"%" PRIu32 " 0 obj\n<</Type/Catalog/Pages %" PRIu32
		" 0 R>>\nendobj\n",
		list + 1, list);
	kzi_buf_text(out, line);
}

/* Of an object that is there twice the first entry counts, so the last comes
 * first. */
static void add_table(struct mend *mend, struct kzi_buf *out)
{
	const struct object *objects =
		(const struct object *)(const void *)mend->objects.data;
	size_t i = mend->objects.length / sizeof(*objects);
	size_t table = out->length;
	char line[2 * LINE];

	kzi_buf_text(out, "xref\n");
	while (i-- > 0) {
		snprintf(line, sizeof(line),
			"%" PRIu32 " 1\n%010zu %05" PRIu32 " n \n",
			objects[i].number, objects[i].offset,
			objects[i].generation & 0xFFFF);
		kzi_buf_text(out, line);
	}
	snprintf(line, sizeof(line),
		"trailer<</Size %" PRIu32 "/Root %" PRIu32
		" 0 R>>\nstartxref\n%zu\n%%%%EOF\n",
		mend->last + 1, mend->last, table);
	kzi_buf_text(out, line);
}

static void write_file(struct mend *mend, struct kzi_buf *out)
{
	add_lists(mend);
	kzi_buf_append(out, mend->start, (size_t)(mend->end - mend->start));
	kzi_buf_byte(out, '\n');
	kzi_buf_append(out, mend->unpacked.data, mend->unpacked.length);
	add_table(mend, out);
	if (mend->objects.failed || mend->unpacked.failed ||
		mend->kids.failed || mend->shared.failed || out->failed)
		mend->pages = 0;
}

size_t kzi_pdf_mend(const char *bytes, size_t length, struct kzi_buf *out)
{
	struct mend mend = {.start = bytes, .end = bytes + length};
	const char *at = find(bytes,
		bytes + (length < HEAD_WITHIN ? length : HEAD_WITHIN),
		"%PDF-");

	if (find(bytes, mend.end, "/Encrypt"))
		return 0;
	if (at)
		mend.start = at;
	mend.is_page = kzi_calloc(NUMBER_MOST / 8, 1);
	at = mend.is_page ? mend.start : mend.end;
	while ((at = find(at, mend.end, "obj"))) {
		take_object(&mend, at);
		at += 3;
	}
	if (mend.pages)
		write_file(&mend, out);
	kzi_free(mend.is_page);
	kzi_buf_release(&mend.objects);
	kzi_buf_release(&mend.unpacked);
	kzi_buf_release(&mend.kids);
	kzi_buf_release(&mend.shared);
	return mend.pages;
}
