/* buf.h -- bytes that grow.
 *
 * Appending is sticky: when memory runs out `failed` is set and every later
 * append does nothing, so a caller appends ten times and checks once. A struct
 * kzi_buf of zeros is a valid empty buffer. There is always a NUL behind the
 * bytes once something was appended; no code may rely on it for text that can
 * hold NUL itself. */
#ifndef KZI_BUF_H
#define KZI_BUF_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct kzi_buf {
	char *data;      /* NULL as long as nothing was appended. */
	size_t length;   /* Bytes in use. */
	size_t capacity; /* Bytes allocated. */
	int failed;      /* Memory ran out: the content is not whole. */
};

/* kzi_buf_append where there is no room yet. */
void kzi_buf_append_more(
	struct kzi_buf *buf, const void *bytes, size_t length);

static inline void kzi_buf_append(
	struct kzi_buf *buf, const void *bytes, size_t length)
{
	if (buf->failed || length >= buf->capacity - buf->length) {
		kzi_buf_append_more(buf, bytes, length);
		return;
	}
	if (length)
		memcpy(buf->data + buf->length, bytes, length);
	buf->length += length;
	buf->data[buf->length] = '\0';
}

void kzi_buf_byte(struct kzi_buf *buf, int byte);
void kzi_buf_text(struct kzi_buf *buf, const char *text);

/* An unsigned number in groups of seven bits, low ones first, the top bit of
 * a byte telling that more follow: 300 => AC 02. */
void kzi_buf_varint(struct kzi_buf *buf, uint64_t number);

/* The same where there is room for it, ten bytes at most: returns what is behind
 * it. */
static inline char *kzi_varint_put(char *at, uint64_t number)
{
	for (; number >= 0x80; number >>= 7)
		*at++ = (char)(number | 0x80);
	*at++ = (char)number;
	return at;
}

/* A length as a varint, then so many bytes. */
void kzi_buf_string(struct kzi_buf *buf, const char *bytes, size_t length);

/* Room for `bytes` more at data + length, which the caller fills and counts.
 * NULL when memory is short. */
char *kzi_buf_room(struct kzi_buf *buf, size_t bytes);

/* Forget the content, keep the memory. */
void kzi_buf_clear(struct kzi_buf *buf);

/* Give the memory back. The buffer is then empty and usable. */
void kzi_buf_release(struct kzi_buf *buf);

/* ---- Reading what was written ------------------------------------------ */

/* A walk over bytes that may be damaged. Reading past the end, or a number
 * that does not fit, sets `failed` and yields 0 or an empty string for ever. */
struct kzi_scan {
	const char *at;
	const char *end;
	int failed;
};

uint64_t kzi_scan_varint(struct kzi_scan *scan);

/* Borrowed from the bytes walked over; not NUL-ended. */
const char *kzi_scan_string(struct kzi_scan *scan, size_t *length);

#endif
