/* glyph.h -- characters as a terminal or a JSON reader meets them.
 *
 * A second, tiny reader of UTF-8: lib/cli belongs to the programs and uses
 * nothing of the library, and a program must print what is ill-formed. */
#ifndef KZI_GLYPH_H
#define KZI_GLYPH_H

#include <stddef.h>
#include <stdint.h>

/* What kzi_glyph_next() yields for a byte that belongs to no character. */
#define KZI_GLYPH_BAD UINT32_MAX

/* The character at *at (*at < end); moves *at behind it. Each byte that is
 * part of no well-formed character is one KZI_GLYPH_BAD. */
uint32_t kzi_glyph_next(const char **at, const char *end);

/* 1 if a terminal could take it as a command: C0, DEL and C1, what turns the
 * direction of text around (so that "exe.txt" reads "txt.exe"), and the bytes
 * that are no character. Tab and newline are among them. */
int kzi_glyph_is_control(uint32_t glyph);

/* The columns it takes: 0 for what combines with the character before, 2 for
 * the wide ones of East Asia and for emoji, else 1. Asks no locale. */
int kzi_glyph_width(uint32_t glyph);

/* The columns that `length` bytes of text take. */
size_t kzi_glyph_columns(const char *text, size_t length);

#endif
