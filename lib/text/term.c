/* term.c -- words and fields to the bytes that are filed. The only place.
 *
 * The first byte tells kind and language, so that a stem of one language is
 * never a stem of another, and terms of a kind stand together in the index:
 *
 *     A to G   stem      of ca cy en hu it pt ro
 *     H to N   bare      "
 *     O to U   prefix    "
 *     a to g   title     "
 *     h to n   part      "
 *     o to u   root      "
 *     _        filters; made where documents are (store.h)
 *
 * Then the text, as it is; text that is too long keeps its beginning and ends
 * in a hash of the whole. */
#include "text/text.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "text/normalize.h"

enum {
	HASH_DIGITS = 16,
	TEXT_MOST = KZI_TERM_MOST - 1,
	KEPT = TEXT_MOST - HASH_DIGITS - 1 /* One for the NUL of snprintf. */
};

static const char first_of_kind[KZI_TERM_KINDS] = { 'A', 'H', 'O', 'a', 'h',
	'o' };

_Static_assert(KZI_LANGUAGES <= 'H' - 'A' && KZI_LANGUAGES <= 'h' - 'a',
	"the letters of one kind run into those of the next");

size_t kzi_term_make(
	char *term, int kind, int language, const char *text, size_t length)
{
	size_t kept = length;

	term[0] = (char)(first_of_kind[kind] + language);
	if (length > TEXT_MOST) {
		kept = kzi_utf8_cut(text, length, KEPT);
		memcpy(term + 1, text, kept);
		snprintf(term + 1 + kept, HASH_DIGITS + 1, "%016llx",
			(unsigned long long)kzi_hash(text, length, 0));
		return 1 + kept + HASH_DIGITS;
	}
	memcpy(term + 1, text, kept);
	return 1 + kept;
}

int kzi_term_equal(const struct kzi_term *a, const struct kzi_term *b)
{
	return a->length == b->length && !memcmp(a->bytes, b->bytes, a->length);
}

const char *kzi_term_text(const struct kzi_term *term, size_t *length)
{
	*length = term->length - 1u;
	return term->bytes + 1;
}

size_t kzi_fold_text(
	char *out, size_t capacity, const char *text, size_t length)
{
	struct kzi_normal normal;

	if (length > KZI_NORMAL_MOST / 4)
		length = kzi_utf8_cut(text, length, KZI_NORMAL_MOST / 4);
	kzi_normalize(&normal, text, length);
	return kzi_fold(out, capacity, normal.text, normal.length);
}
