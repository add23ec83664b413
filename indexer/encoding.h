/* encoding.h -- bytes of any encoding to UTF-8.
 *
 * For pages and texts of our languages, of which many say nothing of their
 * encoding, or something that is not so. What is well-formed UTF-8 is taken for
 * it, whatever is declared: other encodings practically never look so. */
#ifndef KZI_ENCODING_H
#define KZI_ENCODING_H

#include <stddef.h>
#include <stdint.h>

/* The bytes as UTF-8, without a byte order mark, NUL made a space, with a NUL
 * behind them; free it with kzi_free. What cannot be read becomes U+FFFD.
 * `declared` is the name of the encoding as the file or its neighbours say it
 * ("Windows-1250"), or NULL. NULL: memory is short.
 *
 *     "t\xFBzolt\xF3", NULL  =>  "tűzoltó"  (windows-1250 by its letters) */
char *kzi_to_utf8(const char *bytes, size_t length, const char *declared,
	size_t *out_length);

/* 'l' or 'b' for UTF-16 with its low or high byte first, else 0: by its mark,
 * or because every other byte of Latin text is NUL. */
int kzi_utf16_order(const char *bytes, size_t length);

/* The character of a byte from 80 to 9F in windows-1252, as pages mean it where
 * they say &#149; or declare ISO-8859-1: 95 => U+2022. */
uint32_t kzi_windows_1252(unsigned char byte);

#endif
