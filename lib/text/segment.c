/* segment.c -- see segment.h. One pass, one character of look-ahead. */
#include "text/segment.h"

#include "base/utf8.h"
#include "text/normalize.h"
#include "text/text.h"

static int is_word(enum kzi_char_class class)
{
	return class == KZI_CHAR_LETTER || class == KZI_CHAR_DIGIT;
}

static int is_l(char c)
{
	return c == 'l' || c == 'L';
}

/* 1 if a joiner of `class` stands between word characters of classes `left`
 * and `right`, so that the run goes on across it. */
static int joins(enum kzi_char_class class, enum kzi_char_class left,
	enum kzi_char_class right, int both_l, int language)
{
	switch (class) {
	case KZI_CHAR_APOSTROPHE:
		return is_word(left) && is_word(right);
	case KZI_CHAR_HYPHEN:
		return is_word(left) && is_word(right);
	case KZI_CHAR_DOT:
		return (left == KZI_CHAR_DIGIT && right == KZI_CHAR_DIGIT) ||
			(language == KZI_CA && both_l);
	case KZI_CHAR_MIDDLE_DOT:
		return both_l;
	default:
		return 0;
	}
}

/* What stands at `at`, past characters that count as not there. */
static size_t look(const char *text, size_t length, size_t at,
	enum kzi_char_class *class)
{
	while (at < length) {
		uint32_t c;
		size_t size = kzi_utf8_decode(text + at, length - at, &c);

		*class = kzi_char_class(c);
		if (*class != KZI_CHAR_IGNORED)
			return at;
		at += size;
	}
	*class = KZI_CHAR_OTHER;
	return at;
}

static size_t skip_to_word(const char *text, size_t length, size_t at)
{
	while (at < length) {
		uint32_t c;
		size_t size = kzi_utf8_decode(text + at, length - at, &c);

		if (is_word(kzi_char_class(c)))
			return at;
		at += size;
	}
	return length;
}

static int is_plain_letter(char c)
{
	return (unsigned)((c | 0x20) - 'a') < 26;
}

/* Behind the plain letters at `at`: most of most words, found the fast way. */
static size_t skip_letters(const char *text, size_t length, size_t at)
{
	while (at < length && is_plain_letter(text[at]))
		at++;
	return at;
}

int kzi_segment_next(struct kzi_run *run, const char *text, size_t length,
	size_t *at, int language)
{
	size_t start = skip_to_word(text, length, *at);
	size_t i = skip_letters(text, length, start);
	size_t end = i, last = i > start ? i - 1 : start;
	enum kzi_char_class left =
		i > start ? KZI_CHAR_LETTER : KZI_CHAR_OTHER;

	if (start == length) {
		*at = length;
		return 0;
	}
	if (i - start > KZI_RUN_MOST)
		i = end = start + KZI_RUN_MOST;
	while (i < length) {
		enum kzi_char_class class, right;
		uint32_t c;
		size_t size = kzi_utf8_decode(text + i, length - i, &c);

		class = kzi_char_class(c);
		if (i + size - start > KZI_RUN_MOST)
			break;
		if (is_word(class)) {
			left = class;
			last = i;
			end = i + size;
		} else if (class != KZI_CHAR_IGNORED) {
			size_t next = look(text, length, i + size, &right);
			int both_l = next < length && is_l(text[last]) &&
				is_l(text[next]);

			if (!joins(class, left, right, both_l, language))
				break;
		}
		i += size;
	}
	run->offset = start;
	run->length = end - start;
	*at = end;
	return 1;
}
