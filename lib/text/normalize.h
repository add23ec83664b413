/* normalize.h -- one spelling for each word; sole user of the Unicode
 * library (utf8proc).
 *
 *     "ﬁnal"         => "final"          NFKC
 *     "Közös" (NFD)  => "közös"          NFC, folded case
 *     "coope­razione" => "cooperazione"   soft hyphen dropped
 *     "dell’arte"    => "dell'arte"      one apostrophe
 *     "ﬁve‑ten"      => "five-ten"       one hyphen
 *     "paraŀlel"     => "paral·lel"      one middle dot */
#ifndef KZI_NORMALIZE_H
#define KZI_NORMALIZE_H

#include <stddef.h>
#include <stdint.h>

enum { KZI_NORMAL_MOST = 1024 }; /* Four times the longest run. */

struct kzi_normal {
	char text[KZI_NORMAL_MOST];
	/* For every byte of text, and for the end, the byte of the source
	 * where the character that it comes from begins. */
	uint16_t source[KZI_NORMAL_MOST + 1];
	size_t length;
};

/* Normalise a run of at most KZI_NORMAL_MOST / 4 bytes. What would not fit
 * is cut at a character. */
void kzi_normalize(struct kzi_normal *out, const char *run, size_t length);

/* Drop the marks of accented letters: "közös" => "kozos", "ł" => "l". The text
 * is normalised. Returns the length, at most `capacity`. */
size_t kzi_fold(char *out, size_t capacity, const char *text, size_t length);

/* What a character is to a word. */
enum kzi_char_class {
	KZI_CHAR_OTHER,      /* Ends a word. */
	KZI_CHAR_LETTER,     /* Letters, marks and what joins them. */
	KZI_CHAR_DIGIT,
	KZI_CHAR_IGNORED,    /* Soft hyphen and the like: as if not there. */
	KZI_CHAR_APOSTROPHE,
	KZI_CHAR_HYPHEN,
	KZI_CHAR_DOT,        /* Full stop or comma: part of a number. */
	KZI_CHAR_MIDDLE_DOT
};

enum kzi_char_class kzi_char_class(uint32_t c);

#endif
