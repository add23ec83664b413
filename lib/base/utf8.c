/* utf8.c -- decode and encode, by the table of well-formed sequences of the
 * Unicode Standard (3-7). */
#include "base/utf8.h"

#include "base/load.h"

static size_t ill_formed(uint32_t *character)
{
	*character = KZI_REPLACEMENT;
	return 1;
}

static int is_tail(unsigned char byte)
{
	return (byte & 0xC0) == 0x80;
}

static size_t decode_three(
	const unsigned char *at, size_t length, uint32_t *character)
{
	uint32_t c;

	if (length < 3 || !is_tail(at[1]) || !is_tail(at[2]))
		return ill_formed(character);
	c = (uint32_t)(at[0] & 0x0F) << 12 | (uint32_t)(at[1] & 0x3F) << 6 |
		(at[2] & 0x3F);
	if (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF))
		return ill_formed(character);
	*character = c;
	return 3;
}

static size_t decode_four(
	const unsigned char *at, size_t length, uint32_t *character)
{
	uint32_t c;

	if (length < 4 || !is_tail(at[1]) || !is_tail(at[2]) || !is_tail(at[3]))
		return ill_formed(character);
	c = (uint32_t)(at[0] & 0x07) << 18 | (uint32_t)(at[1] & 0x3F) << 12 |
		(uint32_t)(at[2] & 0x3F) << 6 | (at[3] & 0x3F);
	if (c < 0x10000 || c > 0x10FFFF)
		return ill_formed(character);
	*character = c;
	return 4;
}

size_t kzi_utf8_decode(const char *text, size_t length, uint32_t *character)
{
	const unsigned char *at = (const unsigned char *)text;

	if (at[0] < 0x80) {
		*character = at[0];
		return 1;
	}
	if (at[0] >= 0xC2 && at[0] <= 0xDF) {
		if (length < 2 || !is_tail(at[1]))
			return ill_formed(character);
		*character = (uint32_t)(at[0] & 0x1F) << 6 | (at[1] & 0x3F);
		return 2;
	}
	if ((at[0] & 0xF0) == 0xE0)
		return decode_three(at, length, character);
	if (at[0] >= 0xF0 && at[0] <= 0xF4)
		return decode_four(at, length, character);
	return ill_formed(character);
}

size_t kzi_utf8_encode(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

size_t kzi_utf8_cut(const char *text, size_t length, size_t most)
{
	size_t cut = most;
	unsigned back;

	if (most >= length)
		return length;
	for (back = 0; back < KZI_UTF8_MOST; back++, cut--)
		if (cut == 0 || !is_tail((unsigned char)text[cut]))
			return cut;
	return most;
}

static int is_pair(const char *text, size_t length)
{
	unsigned char first = (unsigned char)text[0];

	return first >= 0xC2 && first < 0xE0 && length > 1 &&
		is_tail((unsigned char)text[1]);
}

/* How many bytes from the first on are ASCII. */
static size_t ascii_length(const char *text, size_t length)
{
	const uint64_t high_bits = UINT64_C(0x8080808080808080);
	size_t i = 0;

	for (; length - i >= 8; i += 8) {
		uint64_t others =
			kzi_load64((const unsigned char *)text + i) & high_bits;

		if (others)
			return i + (size_t)__builtin_ctzll(others) / 8;
	}
	while (i < length && (unsigned char)text[i] < 0x80)
		i++;
	return i;
}

int kzi_utf8_valid(const char *text, size_t length)
{
	size_t i = ascii_length(text, length);

	while (i < length) {
		uint32_t c;
		size_t bytes = 2;

		/* Letters with accents, in most of our languages. */
		if (!is_pair(text + i, length - i))
			bytes = kzi_utf8_decode(text + i, length - i, &c);
		if (bytes == 1)
			return 0;
		i += bytes;
		i += ascii_length(text + i, length - i);
	}
	return 1;
}

void kzi_utf8_append(struct kzi_buf *out, const char *text, size_t length)
{
	size_t at = 0;

	if (kzi_utf8_valid(text, length)) {
		kzi_buf_append(out, text, length);
		return;
	}
	while (at < length) {
		char bytes[KZI_UTF8_MOST];
		uint32_t c;

		at += kzi_utf8_decode(text + at, length - at, &c);
		kzi_buf_append(out, bytes, kzi_utf8_encode(bytes, c));
	}
}
