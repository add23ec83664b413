/* form.c -- what leads from a term to the words that have it, or from a root or
 * a beginning to its stems, as bytes in order:
 *
 *     Aprogramar NUL 9 ""       the word "programar"
 *     Aprogramar NUL 8 "em"     "programem"
 *     oprogram   NUL 7 "ar"     the stem "programar"
 *
 * The byte behind NUL tells how many bytes of the term's text the value begins
 * with. */
#include "text/text.h"

#include <string.h>

size_t kzi_form_make(char form[KZI_FORM_BYTES], const struct kzi_term *term,
	const char *value, size_t length)
{
	size_t most = term->length - 1u, shared = 0, size = term->length;

	if (length < most)
		most = length;
	while (shared < most && term->bytes[1 + shared] == value[shared])
		shared++;
	if (size + 2 + length - shared > KZI_FORM_BYTES)
		return 0;
	memcpy(form, term->bytes, size);
	form[size++] = '\0';
	form[size++] = (char)shared;
	memcpy(form + size, value + shared, length - shared);
	return size + length - shared;
}

int kzi_form_read(
	struct kzi_form *out, const char *form, size_t length, int kind)
{
	const char *end = memchr(form, '\0', length);
	size_t shared, rest;

	if (!end || end == form || end - form > KZI_TERM_MOST ||
		(size_t)(end - form) + 2 > length)
		return 0;
	out->term.bytes = form;
	out->term.length = (uint8_t)(end - form);
	out->term.kind = (uint8_t)kind;
	shared = (unsigned char)end[1];
	rest = length - out->term.length - 2u;
	if (shared + 1 > out->term.length || shared + rest > KZI_FORM_BYTES)
		return 0;
	memcpy(out->value, form + 1, shared);
	memcpy(out->value + shared, end + 2, rest);
	out->length = (uint8_t)(shared + rest);
	return 1;
}

int kzi_form_has_stems(const struct kzi_term *term)
{
	return term->kind == KZI_ROOT || term->kind == KZI_PREFIX;
}
