/* encoding_guess.h -- encodings of one byte a character: their tables, and
 * which one a text is in that does not say. For encoding.c. */
#ifndef KZI_ENCODING_GUESS_H
#define KZI_ENCODING_GUESS_H

#include <stddef.h>
#include <stdint.h>

enum { KZI_HIGH_BYTES = 128 }; /* From 80 on; those before are ASCII. */

/* Fill the table with the characters of the bytes from 80; 0 where there is
 * none. Returns 0 if the encoding is not known, or not of one byte. */
int kzi_encoding_table(const char *name, uint32_t table[KZI_HIGH_BYTES]);

/* The table of the encoding that the bytes, which are not UTF-8, are most
 * likely in. Returns 0 if there is none. */
int kzi_encoding_guess(
	const char *bytes, size_t length, uint32_t best[KZI_HIGH_BYTES]);

#endif
