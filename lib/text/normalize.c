/* normalize.c -- spelling made uniform, character class by character class. */
#include "text/normalize.h"

#include <string.h>

#include <utf8proc.h>

#include "base/utf8.h"
#include "text/latin.h"

/* ---- Classes ----------------------------------------------------------- */

static enum kzi_char_class class_by_category(uint32_t c)
{
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return KZI_CHAR_LETTER;
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return KZI_CHAR_DIGIT;
	case UTF8PROC_CATEGORY_CF:
		return KZI_CHAR_IGNORED;
	default:
		return KZI_CHAR_OTHER;
	}
}

static enum kzi_char_class class_of_punctuation(uint32_t c)
{
	switch (c) {
	case '\'':
	case '`':
	case 0xB4:
	case 0x2BC:
	case 0x2018:
	case 0x2019:
	case 0x201B:
	case 0x2032:
	case 0xFF07:
		return KZI_CHAR_APOSTROPHE;
	case '-':
	case 0x2010:
	case 0x2011:
	case 0xFE63:
	case 0xFF0D:
		return KZI_CHAR_HYPHEN;
	case '.':
	case ',':
		return KZI_CHAR_DOT;
	case 0xB7:
	case 0x2022:
	case 0x2027:
	case 0x2219:
	case 0x22C5:
	case 0x30FB:
		return KZI_CHAR_MIDDLE_DOT;
	default:
		return KZI_CHAR_OTHER;
	}
}

enum kzi_char_class kzi_char_class(uint32_t c)
{
	enum kzi_char_class found;

	if (c < 0x80) {
		if ((c | 0x20) - 'a' < 26)
			return KZI_CHAR_LETTER;
		if (c - '0' < 10)
			return KZI_CHAR_DIGIT;
		return class_of_punctuation(c);
	}
	/* Latin letters with marks: by far the most frequent. */
	if (c >= 0xC0 && c < 0x250)
		return c == 0xD7 || c == 0xF7 ? KZI_CHAR_OTHER
					      : KZI_CHAR_LETTER;
	found = class_of_punctuation(c);
	return found == KZI_CHAR_OTHER ? class_by_category(c) : found;
}

/* ---- Normal form ------------------------------------------------------- */

/* A base character and the marks behind it, which compose as one. */
enum { CLUSTER_MOST = 32 };

struct cluster {
	utf8proc_int32_t points[4 * CLUSTER_MOST];
	utf8proc_ssize_t count;
};

static int is_mark(uint32_t c)
{
	utf8proc_category_t category;

	if (c < 0x300)
		return 0;
	category = utf8proc_category((utf8proc_int32_t)c);
	return category == UTF8PROC_CATEGORY_MN ||
		category == UTF8PROC_CATEGORY_MC ||
		category == UTF8PROC_CATEGORY_ME;
}

static uint32_t canonical_punctuation(uint32_t c)
{
	switch (kzi_char_class(c)) {
	case KZI_CHAR_APOSTROPHE:
		return '\'';
	case KZI_CHAR_HYPHEN:
		return '-';
	case KZI_CHAR_MIDDLE_DOT:
		return 0xB7;
	default:
		return c;
	}
}

/* The accents that Hungarian pages of the eighties and nineties put on o and u
 * for want of the right ones stay as they are: folding makes them one. The
 * cedilla that stands for the Romanian comma below is that comma. */
static uint32_t canonical_letter(uint32_t c)
{
	switch (c) {
	case 0x15F:
		return 0x219;
	case 0x163:
		return 0x21B;
	default:
		return c;
	}
}

/* Read one cluster at `at`, folded and decomposed; returns its bytes. */
static size_t read_cluster(
	struct cluster *cluster, const char *at, size_t length)
{
	const utf8proc_option_t options = UTF8PROC_DECOMPOSE |
		UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
		UTF8PROC_IGNORE | UTF8PROC_STABLE;
	char bytes[CLUSTER_MOST * KZI_UTF8_MOST];
	size_t used = 0, filled = 0, points = 0;

	while (used < length && points < CLUSTER_MOST) {
		uint32_t c;
		size_t size = kzi_utf8_decode(at + used, length - used, &c);

		if (points > 0 && !is_mark(c))
			break;
		filled += kzi_utf8_encode(
			bytes + filled, canonical_punctuation(c));
		used += size;
		points++;
	}
	cluster->count = utf8proc_decompose((const utf8proc_uint8_t *)bytes,
		(utf8proc_ssize_t)filled, cluster->points,
		(utf8proc_ssize_t)(sizeof(cluster->points) /
			sizeof(cluster->points[0])),
		options);
	if (cluster->count < 0 || cluster->count > 4 * CLUSTER_MOST)
		cluster->count = 0;
	cluster->count = utf8proc_normalize_utf32(cluster->points,
		cluster->count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
	return used;
}

/* Append one byte sequence that stems from `source`; 0 when full. */
static int put(struct kzi_normal *out, uint32_t c, size_t source)
{
	char bytes[KZI_UTF8_MOST];
	size_t size = kzi_utf8_encode(bytes, c);
	size_t i;

	if (out->length + size > KZI_NORMAL_MOST)
		return 0;
	for (i = 0; i < size; i++) {
		out->text[out->length] = bytes[i];
		out->source[out->length++] = (uint16_t)source;
	}
	return 1;
}

static int put_cluster(
	struct kzi_normal *out, const struct cluster *cluster, size_t source)
{
	utf8proc_ssize_t i;

	for (i = 0; i < cluster->count; i++)
		if (!put(out, canonical_letter((uint32_t)cluster->points[i]),
			    source))
			return 0;
	return 1;
}

/* 1 if the next character is plain ASCII that no mark follows. */
static int is_plain(const char *at, size_t length)
{
	return (unsigned char)at[0] < 0x80 && at[0] != '`' &&
		(length < 2 || (unsigned char)at[1] < 0x80);
}

static char lower_ascii(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

void kzi_normalize(struct kzi_normal *out, const char *run, size_t length)
{
	size_t i = 0;

	out->length = 0;
	while (i < length) {
		struct cluster cluster;
		size_t start = i;

		if (is_plain(run + i, length - i)) {
			if (out->length == KZI_NORMAL_MOST)
				break;
			out->text[out->length] = lower_ascii(run[i]);
			out->source[out->length++] = (uint16_t)i++;
			continue;
		}
		i += read_cluster(&cluster, run + i, length - i);
		if (!put_cluster(out, &cluster, start))
			break;
	}
	out->source[out->length] = (uint16_t)length;
}

/* ---- Without accents --------------------------------------------------- */

/* Letters that are accented to a reader but have no decomposition. */
static const char *plain_letter(uint32_t c)
{
	switch (c) {
	case 0xE6:
		return "ae";
	case 0xF0:
	case 0x111:
		return "d";
	case 0xF8:
		return "o";
	case 0xFE:
		return "th";
	case 0x127:
		return "h";
	case 0x131:
		return "i";
	case 0x142:
		return "l";
	case 0x153:
		return "oe";
	case 0x167:
		return "t";
	default:
		return NULL;
	}
}

/* The bytes of one folded character into `bytes`; returns how many. */
static size_t fold_one(char bytes[8 * KZI_UTF8_MOST], uint32_t c)
{
	const char *plain = plain_letter(c);
	utf8proc_int32_t points[8];
	utf8proc_ssize_t count, i;
	size_t size = 0;
	int boundary = 0;

	if (plain) {
		size = strlen(plain);
		memcpy(bytes, plain, size);
		return size;
	}
	count = utf8proc_decompose_char((utf8proc_int32_t)c, points, 8,
		UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK, &boundary);
	for (i = 0; i < count && i < 8; i++)
		size += kzi_utf8_encode(bytes + size, (uint32_t)points[i]);
	return size;
}

static size_t fold_all(
	char *out, size_t capacity, const char *text, size_t length)
{
	size_t i = 0, filled = 0;

	while (i < length && filled < capacity) {
		char bytes[8 * KZI_UTF8_MOST];
		size_t size;
		uint32_t c;

		if ((unsigned char)text[i] < 0x80) {
			out[filled++] = text[i++];
			continue;
		}
		i += kzi_utf8_decode(text + i, length - i, &c);
		size = fold_one(bytes, c);
		if (filled + size > capacity)
			break;
		memcpy(out + filled, bytes, size);
		filled += size;
	}
	return filled;
}

/* Nearly all text goes the short way. */
size_t kzi_fold(char *out, size_t capacity, const char *text, size_t length)
{
	size_t size =
		length <= capacity ? kzi_latin_fold(out, text, length) : 0;

	return size ? size : fold_all(out, capacity, text, length);
}
