/* latin.h -- the letters of U+00C0 to U+017F, and ș and ț, without the Unicode
 * library: all that our languages write beyond ASCII, and so worth a short way.
 * A test compares every one with utf8proc. */
#ifndef KZI_LATIN_H
#define KZI_LATIN_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The lower-case letter, as NFKC with folded case would give it; 0 where that
 * is not one of these letters (ß is "ss", ŀ is "l·"). */
uint32_t kzi_latin_lower(uint32_t c);

/* The ASCII letter without its marks, of a lower-case letter; 0 where there is
 * none (æ, þ). */
char kzi_latin_base(uint32_t c);

/* Bytes of the letters at the beginning of `text`: ASCII and these, none of
 * them a combining mark. *is_normal tells if they are what
 * kzi_latin_normalize would make of them, *is_ascii if all are ASCII. */
size_t kzi_latin_letters(
	const char *text, size_t length, int *is_normal, int *is_ascii);

enum { KZI_LATIN_STEP = 8 };

/* The ASCII letters at the beginning of KZI_LATIN_STEP bytes, told in one go.
 * *is_normal becomes 0 if one of them is a capital. */
static inline size_t kzi_latin_plain(const char *text, int *is_normal)
{
	const uint64_t each = 0x0101010101010101;
	uint64_t bytes, lower, others, before;

	memcpy(&bytes, text, sizeof(bytes));
	bytes = le64toh(bytes);
	lower = (bytes | each * 0x20) & each * 0x7F;
	/* The high bit of a byte is set if it is no letter. */
	others = (bytes | ~(lower + each * (0x80 - 'a')) |
			 (lower + each * (0x7F - 'z'))) &
		each * 0x80;
	/* Ones below the first of them, or everywhere. */
	before = (others & -others) / 0x80 - 1;
	if (~bytes & before & each * 0x20)
		*is_normal = 0;
	return others ? (size_t)__builtin_ctzll(others) / 8 : KZI_LATIN_STEP;
}

/* Lower-case such letters from `text` into `out`, which has room for as many
 * bytes. Returns 0 if some letter needs the long way. ș and ț come out with
 * the comma, whatever they had. */
int kzi_latin_normalize(char *out, const char *text, size_t length);

/* Fold lower-case letters into `out`. Returns the length, or 0 if some letter
 * needs the long way. */
size_t kzi_latin_fold(char *out, const char *text, size_t length);

#endif
