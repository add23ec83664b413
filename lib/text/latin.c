/* latin.c -- see latin.h. */
#include "text/latin.h"

enum {
	FIRST = 0xC0,
	LAST = 0x17F,
	S_CEDILLA = 0x15F, /* And ţ: how old pages write ș and ț. */
	T_CEDILLA = 0x163,
	S_COMMA = 0x219,
	T_COMMA = 0x21B
};

/* From U+00C0; a full stop where a letter has no base, an upper-case letter or
 * a sign. Sixteen a row. */
static const char bases[] = "................" /* À to Ï */
			    "................" /* Ð to ß */
			    "aaaaaa.ceeeeiiii" /* à to ï */
			    ".nooooo..uuuuy.y" /* ð to ÿ */
			    ".a.a.a.c.c.c.c.d" /* Ā to ď */
			    "...e.e.e.e.e.g.g" /* Đ to ğ */
			    ".g.g.h...i.i.i.i" /* Ġ to į */
			    ".....j.k..l.l.l." /* İ to Ŀ */
			    "....n.n.n....o.o" /* ŀ to ŏ */
			    ".o...r.r.r.s.s.s" /* Ő to ş */
			    ".s.t.t...u.u.u.u" /* Š to ů */
			    ".u.u.w.y..z.z.z."; /* Ű to ſ */

/* Ș, ș, Ț or ț. */
static int has_comma(uint32_t c)
{
	return c >= S_COMMA - 1 && c <= T_COMMA;
}

char kzi_latin_base(uint32_t c)
{
	if (c == S_COMMA || c == T_COMMA)
		return c == S_COMMA ? 's' : 't';
	if (c < FIRST || c > LAST || bases[c - FIRST] == '.')
		return 0;
	return bases[c - FIRST];
}

/* In Latin Extended-A case alternates: capitals are even up to U+0137 and from
 * U+014A on, odd between U+0139 and U+0148 and from U+0179 on. */
static uint32_t lower_extended(uint32_t c)
{
	switch (c) {
	case 0x130: /* İ: i and a dot above. */
	case 0x132: /* Ĳ, ĳ: two letters. */
	case 0x133:
	case 0x13F: /* Ŀ, ŀ: l and a middle dot. */
	case 0x140:
	case 0x149: /* ŉ: apostrophe and n. */
	case 0x17F: /* ſ: s. */
		return 0;
	case 0x131:
	case 0x138:
		return c;
	case 0x178:
		return 0xFF;
	default:
		break;
	}
	if ((c >= 0x139 && c <= 0x148) || c >= 0x179)
		return c & 1 ? c + 1 : c;
	return c & 1 ? c : c + 1;
}

uint32_t kzi_latin_lower(uint32_t c)
{
	if (has_comma(c))
		return c | 1;
	if (c < FIRST || c > LAST || c == 0xD7 || c == 0xDF || c == 0xF7)
		return 0;
	if (c < 0xDF)
		return c + 0x20;
	return c < 0x100 ? c : lower_extended(c);
}

static int is_plain(char c)
{
	return (unsigned)((c | 0x20) - 'a') < 26;
}

/* U+00C0 to U+017F are C3 80 to C5 BF, two of them signs; Ș to ț C8 98 to C8
 * 9B. */
static int is_latin_pair(const unsigned char *at, size_t left)
{
	if (left < 2 || (at[1] & 0xC0) != 0x80)
		return 0;
	if (at[0] == 0xC8)
		return at[1] >= 0x98 && at[1] <= 0x9B;
	return (at[0] == 0xC3 && at[1] != 0x97 && at[1] != 0xB7) ||
		at[0] == 0xC4 || at[0] == 0xC5;
}

static uint32_t decode_pair(const char *at)
{
	return (uint32_t)(at[0] & 0x1F) << 6 | (at[1] & 0x3F);
}

static int is_normal_pair(const char *at)
{
	uint32_t c = decode_pair(at);

	return kzi_latin_lower(c) == c && c != S_CEDILLA && c != T_CEDILLA;
}

/* The ASCII letters at the beginning of a text. */
static size_t plain_letters(const char *text, size_t length, int *is_normal)
{
	size_t i = 0, count;

	for (; length - i >= KZI_LATIN_STEP; i += KZI_LATIN_STEP) {
		count = kzi_latin_plain(text + i, is_normal);
		if (count < KZI_LATIN_STEP)
			return i + count;
	}
	for (; i < length && is_plain(text[i]); i++)
		if (!(text[i] & 0x20))
			*is_normal = 0;
	return i;
}

size_t kzi_latin_letters(
	const char *text, size_t length, int *is_normal, int *is_ascii)
{
	size_t i = 0;

	*is_normal = *is_ascii = 1;
	for (;;) {
		i += plain_letters(text + i, length - i, is_normal);
		if (!is_latin_pair(
			    (const unsigned char *)text + i, length - i))
			return i;
		if (!is_normal_pair(text + i))
			*is_normal = 0;
		*is_ascii = 0;
		i += 2;
	}
}

int kzi_latin_normalize(char *out, const char *text, size_t length)
{
	size_t i = 0;

	while (i < length) {
		uint32_t c;

		if ((unsigned char)text[i] < 0x80) {
			out[i] = (char)(text[i] | 0x20);
			i++;
			continue;
		}
		c = kzi_latin_lower(decode_pair(text + i));
		if (c == S_CEDILLA || c == T_CEDILLA)
			c = c == S_CEDILLA ? S_COMMA : T_COMMA;
		if (!c)
			return 0;
		out[i++] = (char)(0xC0 | c >> 6);
		out[i++] = (char)(0x80 | (c & 0x3F));
	}
	return 1;
}

size_t kzi_latin_fold(char *out, const char *text, size_t length)
{
	size_t filled = 0, i = 0;

	while (i < length) {
		if ((unsigned char)text[i] < 0x80) {
			out[filled++] = text[i++];
			continue;
		}
		if (i + 1 >= length || ((unsigned char)text[i] & 0xE0) != 0xC0)
			return 0;
		out[filled] = kzi_latin_base(decode_pair(text + i));
		if (!out[filled++])
			return 0;
		i += 2;
	}
	return filled;
}
