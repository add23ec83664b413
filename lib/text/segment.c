/* segment.c -- see segment.h. One pass, one character of look-ahead. */
#include "text/segment.h"

#include "base/utf8.h"
#include "text/latin.h"
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
		uint32_t c = (unsigned char)text[at];
		size_t size = 1;

		if ((c | 0x20) - 'a' < 26 || c - '0' < 10)
			return at;
		if (c >= 0x80) {
			size = kzi_utf8_decode(text + at, length - at, &c);
			if (is_word(kzi_char_class(c)))
				return at;
		}
		at += size;
	}
	return length;
}

/* 1 if a run of letters surely ends before `c`: an ASCII character that joins
 * nothing to a letter. */
static int ends_letters(char c, int language)
{
	if (c == ' ')
		return 1;
	return (unsigned char)c < 0x80 && c != '\'' && c != '`' && c != '-' &&
		!(c >= '0' && c <= '9') &&
		!((c == '.' || c == ',') && language == KZI_CA);
}

/* The rest of a run, character by character. `i` is behind letters that were
 * found the fast way, if any. Returns its end. */
static size_t find_end(const char *text, size_t length, size_t start, size_t i,
	int language)
{
	size_t end = i, last = i > start ? i - 1 : start;
	enum kzi_char_class left =
		i > start ? KZI_CHAR_LETTER : KZI_CHAR_OTHER;

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
	return end;
}

/* Tell of a run that letters alone do not end if it is ASCII letters and
 * digits. */
static void look_at_digits(struct kzi_run *run, const char *bytes)
{
	size_t i;

	run->is_plain = run->is_normal = run->is_ascii = 1;
	for (i = 0; i < run->length && run->is_plain; i++) {
		unsigned char c = (unsigned char)bytes[i];

		if (c >= 'A' && c <= 'Z')
			run->is_normal = 0;
		else if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
			run->is_plain = run->is_normal = run->is_ascii = 0;
	}
}

/* Most runs are a few ASCII letters before a space: eight bytes tell. Returns 0
 * if they do not. */
static int find_short(struct kzi_run *run, const char *text, size_t length,
	size_t start, int language)
{
	size_t letters;

	if (length - start < KZI_LATIN_STEP)
		return 0;
	run->is_normal = 1;
	letters = kzi_latin_plain(text + start, &run->is_normal);
	if (letters == 0 || letters == KZI_LATIN_STEP ||
		!ends_letters(text[start + letters], language))
		return 0;
	run->offset = start;
	run->length = letters;
	run->is_plain = run->is_ascii = 1;
	return 1;
}

static void find_long(struct kzi_run *run, const char *text, size_t length,
	size_t start, int language)
{
	/* Room for one character more than a run may have: looking further
	 * would take for ever where a megabyte has no space. */
	size_t room = length - start < KZI_RUN_MOST + 2 ? length - start
							: KZI_RUN_MOST + 2;
	size_t letters = kzi_latin_letters(
		text + start, room, &run->is_normal, &run->is_ascii);
	size_t end = start + letters;

	if (letters > KZI_RUN_MOST)
		end = start + kzi_utf8_cut(text + start, letters, KZI_RUN_MOST);
	else if (letters == 0 ||
		(end < length && !ends_letters(text[end], language)))
		end = find_end(text, length, start, end, language);
	run->offset = start;
	run->length = end - start;
	run->is_plain = end == start + letters;
	if (!run->is_plain)
		look_at_digits(run, text + start);
}

int kzi_segment_next(struct kzi_run *run, const char *text, size_t length,
	size_t *at, int language)
{
	size_t start = skip_to_word(text, length, *at);

	*at = length;
	if (start == length)
		return 0;
	if (!find_short(run, text, length, start, language))
		find_long(run, text, length, start, language);
	*at = run->offset + run->length;
	return 1;
}
