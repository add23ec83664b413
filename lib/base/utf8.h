/* utf8.h -- characters in bytes that claim to be UTF-8.
 *
 * Ill-formed input never fails: each offending byte reads as one U+FFFD. */
#ifndef KZI_UTF8_H
#define KZI_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum { KZI_REPLACEMENT = 0xFFFD, KZI_UTF8_MOST = 4 };

/* The character at text (length > 0 bytes are left) into *character. Returns
 * the bytes it takes, at least 1. Overlong forms, surrogates and numbers past
 * U+10FFFF are ill-formed. */
size_t kzi_utf8_decode(const char *text, size_t length, uint32_t *character);

/* Write a character (at most KZI_UTF8_MOST bytes); returns the bytes. */
size_t kzi_utf8_encode(char *out, uint32_t character);

/* The largest length <= `most` at which text of `length` bytes may be cut
 * without cutting a character. */
size_t kzi_utf8_cut(const char *text, size_t length, size_t most);

/* 1 if all of the text is well-formed. */
int kzi_utf8_valid(const char *text, size_t length);

/* Append text with U+FFFD for what is ill-formed. */
void kzi_utf8_append(struct kzi_buf *out, const char *text, size_t length);

#endif
