/* latin.h -- the letters of U+00C0 to U+017F without the Unicode library: all
 * that our languages write beyond ASCII, and so worth a short way. A test
 * compares every one with utf8proc. */
#ifndef KZI_LATIN_H
#define KZI_LATIN_H

#include <stddef.h>
#include <stdint.h>

/* The lower-case letter, as NFKC with folded case would give it; 0 where that
 * is not one letter of this range (ß is "ss", ŀ is "l·"). */
uint32_t kzi_latin_lower(uint32_t c);

/* The ASCII letter without its marks, of a lower-case letter; 0 where there is
 * none (æ, þ). */
char kzi_latin_base(uint32_t c);

/* Bytes of the letters at the beginning of `text`: ASCII and this range, none
 * of them a combining mark. *is_normal tells if they are what
 * kzi_latin_normalize would make of them. */
size_t kzi_latin_letters(const char *text, size_t length, int *is_normal);

/* Lower-case such letters from `text` into `out`, which has room for as many
 * bytes. Returns 0 if some letter needs the long way. ș and ț come out with
 * the comma, whatever they had. */
int kzi_latin_normalize(char *out, const char *text, size_t length);

/* Fold lower-case letters into `out`. Returns the length, or 0 if some letter
 * needs the long way. */
size_t kzi_latin_fold(char *out, const char *text, size_t length);

#endif
