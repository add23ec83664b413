/* encoding.c -- see encoding.h. Which encoding it is where nothing says so is
 * told by encoding_guess.c. */
#include "indexer/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "indexer/encoding_guess.h"

enum {
	HIGH = KZI_HIGH_BYTES,
	NAME = 40 /* Room for the name of an encoding. */
};

/* ---- Tables of one byte a character ------------------------------------- */

uint32_t kzi_windows_1252(unsigned char byte)
{
	static const uint16_t characters[32] = { 0x20AC, 0xFFFD, 0x201A, 0x0192,
		0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
		0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C,
		0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
		0x0153, 0xFFFD, 0x017E, 0x0178 };

	return characters[byte & 0x1F];
}

/* What was put together, with a NUL behind it; NULL when memory is short. */
static char *take_text(struct kzi_buf *out, size_t *length)
{
	kzi_buf_byte(out, '\0');
	if (out->failed) {
		kzi_buf_release(out);
		return NULL;
	}
	*length = out->length - 1;
	return out->data;
}

static char *convert_by_table(const char *bytes, size_t length,
	const uint32_t table[HIGH], size_t *out_length)
{
	struct kzi_buf out = { 0 };
	size_t i = 0;

	while (i < length) {
		size_t start = i;
		char character[KZI_UTF8_MOST];
		uint32_t c;

		while (i < length && !(bytes[i] & 0x80))
			i++;
		kzi_buf_append(&out, bytes + start, i - start);
		if (i == length)
			break;
		c = table[(unsigned char)bytes[i] - HIGH];
		/* Controls that no text has: the file is of Windows. */
		if (c >= 0x80 && c < 0xA0)
			c = kzi_windows_1252((unsigned char)bytes[i]);
		i++;
		kzi_buf_append(&out, character,
			kzi_utf8_encode(character, c ? c : KZI_REPLACEMENT));
	}
	return take_text(&out, out_length);
}

/* ---- UTF-8 and UTF-16 --------------------------------------------------- */

/* 1 if the bytes are UTF-8 with some damage rather than something else: more
 * well-formed characters than stray bytes. */
static int is_mostly_utf8(const char *bytes, size_t length)
{
	size_t good = 0, bad = 0, i = 0;

	while (i < length) {
		uint32_t c;
		size_t taken = kzi_utf8_decode(bytes + i, length - i, &c);

		if (taken > 1)
			good++;
		else if (bytes[i] & 0x80)
			bad++;
		i += taken;
	}
	return good > bad;
}

static char *mend_utf8(const char *bytes, size_t length, size_t *out_length)
{
	struct kzi_buf out = { 0 };
	size_t i = 0, start = 0;

	while (i < length) {
		uint32_t c;
		size_t taken = kzi_utf8_decode(bytes + i, length - i, &c);

		if (taken == 1 && (bytes[i] & 0x80)) {
			kzi_buf_append(&out, bytes + start, i - start);
			kzi_buf_append(&out, "\xEF\xBF\xBD", 3);
			start = i + 1;
		}
		i += taken;
	}
	kzi_buf_append(&out, bytes + start, length - start);
	return take_text(&out, out_length);
}

int kzi_utf16_order(const char *bytes, size_t length)
{
	size_t sample = length < 512 ? length & ~(size_t)1 : 512;
	size_t even = 0, odd = 0, i;

	if (length >= 2 && !memcmp(bytes, "\xFF\xFE", 2))
		return 'l';
	if (length >= 2 && !memcmp(bytes, "\xFE\xFF", 2))
		return 'b';
	for (i = 0; i + 1 < sample; i += 2) {
		even += !bytes[i];
		odd += !bytes[i + 1];
	}
	if (sample < 8)
		return 0;
	if (odd * 2 > sample / 2 && !even)
		return 'l';
	return even * 2 > sample / 2 && !odd ? 'b' : 0;
}

static uint32_t utf16_unit(const char *at, int order)
{
	unsigned char first = (unsigned char)at[0];
	unsigned char second = (unsigned char)at[1];

	return order == 'l' ? (uint32_t)second << 8 | first
			    : (uint32_t)first << 8 | second;
}

static char *convert_utf16(
	const char *bytes, size_t length, int order, size_t *out_length)
{
	struct kzi_buf out = { 0 };
	size_t i;

	for (i = 0; i + 1 < length; i += 2) {
		uint32_t c = utf16_unit(bytes + i, order), low;
		char character[KZI_UTF8_MOST];

		if (c >= 0xD800 && c < 0xDC00 && i + 3 < length) {
			low = utf16_unit(bytes + i + 2, order);
			if (low >= 0xDC00 && low < 0xE000) {
				c = 0x10000 + ((c - 0xD800) << 10) +
					(low - 0xDC00);
				i += 2;
			}
		}
		if (c >= 0xD800 && c < 0xE000)
			c = KZI_REPLACEMENT;
		if (c != 0xFEFF)
			kzi_buf_append(&out, character,
				kzi_utf8_encode(character, c));
	}
	return take_text(&out, out_length);
}

/* ---- Encodings of several bytes ----------------------------------------- */

/* Convert by iconv; a byte it refuses becomes U+FFFD. Returns 0 where the
 * encoding is not known; *text is NULL when memory is short. */
static int convert_by_iconv(const char *bytes, size_t length, const char *name,
	char **text, size_t *out_length)
{
	iconv_t converter = iconv_open("UTF-8", name);
	char *from = (char *)(size_t)bytes; /* iconv does not write there. */
	struct kzi_buf out = { 0 };
	size_t left = length;

	if (converter == (iconv_t)-1)
		return 0;
	while (left) {
		char piece[4096], *to = piece;
		size_t room = sizeof(piece);
		size_t result = iconv(converter, &from, &left, &to, &room);

		kzi_buf_append(&out, piece, (size_t)(to - piece));
		if (out.failed)
			break;
		if (result != (size_t)-1 || errno == E2BIG)
			continue;
		kzi_buf_append(&out, "\xEF\xBF\xBD", 3);
		from++;
		left--;
	}
	iconv_close(converter);
	*text = take_text(&out, out_length);
	return 1;
}

/* ---- All together ------------------------------------------------------- */

/* Names for which the web means another encoding than they say: pages that
 * claim Latin-1 have the quotes of windows-1252. */
static const char *meant(const char *name)
{
	static const char *const western[] = { "iso-8859-1", "iso8859-1",
		"iso_8859-1", "latin1", "latin-1", "l1", "us-ascii", "ascii",
		"cp1252", "ansi", NULL };
	int i;

	for (i = 0; western[i]; i++)
		if (!strcasecmp(name, western[i]))
			return "WINDOWS-1252";
	return name;
}

static int is_utf8_name(const char *name)
{
	return !strcasecmp(name, "utf-8") || !strcasecmp(name, "utf8") ||
		!strncasecmp(name, "utf-16", 6) || !strncasecmp(name, "ucs", 3);
}

/* A NUL in a text is a blank to its reader, and an end to parsers. */
static char *without_nul(char *text, size_t length)
{
	char *at = text;

	while (at && (at = memchr(at, '\0', length - (size_t)(at - text))))
		*at++ = ' ';
	return text;
}

static char *convert_legacy(const char *bytes, size_t length,
	const char *declared, size_t *out_length)
{
	uint32_t table[HIGH];
	char *text;

	if (declared && !is_utf8_name(declared) && strlen(declared) < NAME) {
		const char *name = meant(declared);

		if (kzi_encoding_table(name, table))
			return convert_by_table(
				bytes, length, table, out_length);
		if (convert_by_iconv(bytes, length, name, &text, out_length))
			return text;
	}
	if (is_mostly_utf8(bytes, length) ||
		!kzi_encoding_guess(bytes, length, table))
		return mend_utf8(bytes, length, out_length);
	return convert_by_table(bytes, length, table, out_length);
}

/* ISO-2022-JP and its like are ASCII, whose meaning escapes change. */
static int has_escapes(const char *bytes, size_t length, const char *declared)
{
	return declared && !strncasecmp(declared, "iso-2022-", 9) &&
		memchr(bytes, '\033', length);
}

char *kzi_to_utf8(const char *bytes, size_t length, const char *declared,
	size_t *out_length)
{
	int order = kzi_utf16_order(bytes, length);
	char *text;

	*out_length = 0;
	if (order) {
		text = convert_utf16(bytes, length, order, out_length);
		return without_nul(text, *out_length);
	}
	if (length >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3)) {
		bytes += 3;
		length -= 3;
		declared = "utf-8";
	}
	if (kzi_utf8_valid(bytes, length) &&
		!has_escapes(bytes, length, declared)) {
		text = kzi_copy(bytes, length);
		*out_length = text ? length : 0;
	} else {
		text = convert_legacy(bytes, length, declared, out_length);
	}
	return without_nul(text, *out_length);
}
