/* buf.c -- growing bytes, and the walk over bytes that may be damaged. */
#include "base/buf.h"

#include <string.h>

#include "base/alloc.h"

enum { FIRST_CAPACITY = 64 };

char *kzi_buf_room(struct kzi_buf *buf, size_t bytes)
{
	size_t capacity = buf->capacity ? buf->capacity : FIRST_CAPACITY;
	char *data;

	if (buf->failed || bytes > SIZE_MAX / 4 - buf->length) {
		buf->failed = 1;
		return NULL;
	}
	if (buf->length + bytes + 1 <= buf->capacity)
		return buf->data + buf->length;
	while (capacity < buf->length + bytes + 1)
		capacity *= 2;
	data = kzi_realloc(buf->data, capacity);
	if (!data) {
		buf->failed = 1;
		return NULL;
	}
	buf->data = data;
	buf->capacity = capacity;
	return data + buf->length;
}

void kzi_buf_append_more(
	struct kzi_buf *buf, const void *bytes, size_t length)
{
	char *room = kzi_buf_room(buf, length);

	if (!room)
		return;
	if (length)
		memcpy(room, bytes, length);
	buf->length += length;
	buf->data[buf->length] = '\0';
}

void kzi_buf_byte(struct kzi_buf *buf, int byte)
{
	char c = (char)byte;

	kzi_buf_append(buf, &c, 1);
}

void kzi_buf_text(struct kzi_buf *buf, const char *text)
{
	kzi_buf_append(buf, text, strlen(text));
}

void kzi_buf_varint(struct kzi_buf *buf, uint64_t number)
{
	char bytes[10];

	kzi_buf_append(
		buf, bytes, (size_t)(kzi_varint_put(bytes, number) - bytes));
}

void kzi_buf_string(struct kzi_buf *buf, const char *bytes, size_t length)
{
	kzi_buf_varint(buf, length);
	kzi_buf_append(buf, bytes, length);
}

void kzi_buf_clear(struct kzi_buf *buf)
{
	buf->length = 0;
	buf->failed = 0;
}

void kzi_buf_release(struct kzi_buf *buf)
{
	kzi_free(buf->data);
	memset(buf, 0, sizeof(*buf));
}

uint64_t kzi_scan_varint(struct kzi_scan *scan)
{
	uint64_t number = 0;
	unsigned shift;

	for (shift = 0; shift < 64 && scan->at < scan->end; shift += 7) {
		unsigned char byte = (unsigned char)*scan->at++;

		number |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80)
			return number;
	}
	scan->failed = 1;
	scan->at = scan->end;
	return 0;
}

const char *kzi_scan_string(struct kzi_scan *scan, size_t *length)
{
	uint64_t wanted = kzi_scan_varint(scan);
	const char *bytes = scan->at;

	if (wanted > (size_t)(scan->end - scan->at)) {
		scan->failed = 1;
		scan->at = scan->end;
		*length = 0;
		return "";
	}
	scan->at += wanted;
	*length = (size_t)wanted;
	return bytes;
}
