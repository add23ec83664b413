/* salvage.c -- see salvage.h.
 *
 *     PK\3\4  flags method ... packed size  name  extra  | the bytes | PK\3\4 ..
 *
 * Sizes in a damaged archive may be wrong: what is deflated says itself where
 * it ends, and what is only stored ends at the next head at the latest. From
 * PKWARE's APPNOTE 6.3. */
#include "indexer/salvage.h"

#include <string.h>

#include <zlib.h>

#include "base/alloc.h"

enum {
	HEAD = 30,        /* Bytes of a head, without name and extra. */
	FLAGS = 6,        /* Where they stand in it. */
	METHOD = 8,
	PACKED = 18,
	NAME_LENGTH = 26,
	EXTRA_LENGTH = 28,
	NAME_MOST = 4096, /* A longer name is noise. */
	STORED_MOST = 8 << 20, /* Bytes, where no size is given. */
	IS_ENCRYPTED = 1, /* Of the flags: */
	SIZE_BEHIND = 8,
	STORED = 0,
	DEFLATED = 8
};

static unsigned number16(const char *at)
{
	return (unsigned char)at[0] | (unsigned)(unsigned char)at[1] << 8;
}

static size_t number32(const char *at)
{
	return number16(at) | (size_t)number16(at + 2) << 16;
}

void kzi_salvage_open(
	struct kzi_salvage *salvage, const char *bytes, size_t length)
{
	memset(salvage, 0, sizeof(*salvage));
	salvage->at = bytes;
	salvage->end = bytes + length;
}

void kzi_salvage_open_gzip(
	struct kzi_salvage *salvage, const char *bytes, size_t length)
{
	kzi_salvage_open(salvage, bytes, length);
	salvage->is_gzip = 1;
}

static void close_stream(struct kzi_salvage *salvage)
{
	if (salvage->stream)
		inflateEnd(salvage->stream);
	kzi_free(salvage->stream);
	salvage->stream = NULL;
}

void kzi_salvage_close(struct kzi_salvage *salvage)
{
	close_stream(salvage);
	kzi_buf_release(&salvage->name);
	memset(salvage, 0, sizeof(*salvage));
}

/* ---- Heads -------------------------------------------------------------- */

/* The next signature of a ZIP archive from `at` on, or the end. */
static const char *next_signature(const char *at, const char *end)
{
	const char *found = at;

	while ((found = memmem(found, (size_t)(end - found), "PK", 2))) {
		if (end - found >= 4 &&
			(!memcmp(found + 2, "\3\4", 2) ||
				!memcmp(found + 2, "\1\2", 2) ||
				!memcmp(found + 2, "\5\6", 2) ||
				!memcmp(found + 2, "\7\10", 2)))
			return found;
		found += 2;
	}
	return end;
}

static int is_name(const char *name, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if ((unsigned char)name[i] < 0x20)
			return 0;
	return length > 0;
}

/* Bytes of a member that is stored: as its head says, or up to what follows. */
static size_t stored_length(const struct kzi_salvage *salvage, const char *head)
{
	size_t left = (size_t)(salvage->end - salvage->next);

	if (!(number16(head + FLAGS) & SIZE_BEHIND) &&
		number32(head + PACKED) < left)
		return number32(head + PACKED);
	return (size_t)(next_signature(salvage->next,
				left > STORED_MOST ? salvage->next + STORED_MOST
						   : salvage->end) -
		salvage->next);
}

/* Take the head at `head`; 0: it is none, but noise. */
static int take_head(struct kzi_salvage *salvage, const char *head)
{
	size_t left = (size_t)(salvage->end - head), name, extra;

	if (left < HEAD)
		return 0;
	name = number16(head + NAME_LENGTH);
	extra = number16(head + EXTRA_LENGTH);
	if (name > NAME_MOST || left < HEAD + name ||
		!is_name(head + HEAD, name))
		return 0;
	if (left < HEAD + name + extra)
		extra = 0;
	salvage->next = head + HEAD + name + extra;
	salvage->method = (int)number16(head + METHOD);
	salvage->is_encrypted = number16(head + FLAGS) & IS_ENCRYPTED;
	if (salvage->method == STORED)
		salvage->stored = stored_length(salvage, head);
	kzi_buf_clear(&salvage->name);
	kzi_buf_append(&salvage->name, head + HEAD, name);
	kzi_buf_byte(&salvage->name, '\0');
	return !salvage->name.failed;
}

/* The one member. */
static int take_gzip(struct kzi_salvage *salvage)
{
	if (salvage->next)
		return 0;
	salvage->next = salvage->at;
	salvage->method = DEFLATED;
	kzi_buf_text(&salvage->name, "data");
	kzi_buf_byte(&salvage->name, '\0');
	return !salvage->name.failed;
}

int kzi_salvage_next(struct kzi_salvage *salvage)
{
	close_stream(salvage);
	if (salvage->is_gzip)
		return take_gzip(salvage);
	if (salvage->next > salvage->at)
		salvage->at = salvage->next;
	for (;;) {
		const char *head = memmem(salvage->at,
			(size_t)(salvage->end - salvage->at), "PK\3\4", 4);

		if (!head)
			return 0;
		salvage->at = head + 4;
		if (take_head(salvage, head))
			return 1;
	}
}

/* ---- Bytes -------------------------------------------------------------- */

static ssize_t read_stored(struct kzi_salvage *salvage, char *out, size_t size)
{
	if (size > salvage->stored)
		size = salvage->stored;
	memcpy(out, salvage->next, size);
	salvage->next += size;
	salvage->stored -= size;
	return (ssize_t)size;
}

static int open_stream(struct kzi_salvage *salvage)
{
	z_stream *stream = kzi_calloc(1, sizeof(*stream));
	int bits = salvage->is_gzip ? 16 + MAX_WBITS : -MAX_WBITS;

	if (!stream || inflateInit2(stream, bits) != Z_OK) {
		kzi_free(stream);
		return 0;
	}
	salvage->stream = stream;
	stream->next_in = (Bytef *)(size_t)salvage->next;
	stream->avail_in = (uInt)(salvage->end - salvage->next);
	return 1;
}

ssize_t kzi_salvage_read(struct kzi_salvage *salvage, char *out, size_t size)
{
	z_stream *stream;
	int status;

	if (salvage->method == STORED)
		return read_stored(salvage, out, size);
	if (salvage->method != DEFLATED ||
		(!salvage->stream && !open_stream(salvage)))
		return -1;
	stream = salvage->stream;
	stream->next_out = (Bytef *)out;
	stream->avail_out = (uInt)size;
	status = inflate(stream, Z_NO_FLUSH);
	salvage->next = (const char *)stream->next_in;
	size -= stream->avail_out;
	if (size > 0 || status == Z_STREAM_END)
		return (ssize_t)size;
	return -1;
}
