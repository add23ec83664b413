/* pdf_words.c -- words of a PDF that end a line divided, and marks of items.
 *
 * A hyphen at the end of a line may belong to the word ("well-known") or only
 * to the line. The words of the file itself tell which: a form that occurs in
 * it elsewhere is right. */
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "indexer/pdf_page.h"

/* ---- The words of the file ---------------------------------------------- */

/* A part of a word with what is no letter at its ends left off. */
static void trim(const char **text, size_t *length)
{
	while (*length > 0 && strchr("(\"'.,;:!?)", **text)) {
		(*text)++;
		(*length)--;
	}
	while (*length > 0 && strchr("(\"'.,;:!?)", (*text)[*length - 1]))
		(*length)--;
}

static uint64_t *slot_of(const struct kzi_pdf *pdf, uint64_t hash)
{
	uint64_t *slots = (uint64_t *)(void *)pdf->vocabulary.data;
	size_t count = pdf->vocabulary.length / sizeof(*slots);
	size_t i = (size_t)hash & (count - 1);

	while (slots[i] && slots[i] != hash)
		i = (i + 1) & (count - 1);
	return &slots[i];
}

void kzi_pdf_note_words(struct kzi_pdf *pdf)
{
	size_t count = pdf->words.length / sizeof(struct kzi_pdf_word), i;
	size_t slots = 16;
	char *room;

	while (slots < 2 * count)
		slots *= 2;
	room = kzi_buf_room(&pdf->vocabulary, slots * sizeof(uint64_t));
	if (!room) {
		pdf->failed = 1;
		return;
	}
	memset(room, 0, slots * sizeof(uint64_t));
	pdf->vocabulary.length = slots * sizeof(uint64_t);
	for (i = 0; i < count; i++) {
		const struct kzi_pdf_word *word = kzi_pdf_word(pdf, i);
		const char *text = pdf->text.data + word->start;
		size_t length = word->length;
		uint64_t hash;

		trim(&text, &length);
		hash = kzi_hash(text, length, 0) | 1;
		*slot_of(pdf, hash) = hash;
	}
}

/* Does the word occur that the two parts make, with what is between them? */
static int occurs(const struct kzi_pdf *pdf, const char *one, size_t one_length,
	const char *between, const char *other, size_t other_length)
{
	char joined[256];
	size_t gap = strlen(between);
	size_t length = one_length + gap + other_length;

	if (length > sizeof(joined) || !pdf->vocabulary.length || !length)
		return 0;
	memcpy(joined, one, one_length);
	memcpy(joined + one_length, between, gap);
	memcpy(joined + one_length + gap, other, other_length);
	return *slot_of(pdf, kzi_hash(joined, length, 0) | 1) != 0;
}

/* ---- Letters ------------------------------------------------------------ */

enum { MENDED_LEAST = 3 /* Such signs within words; one may be meant. */ };

static int is_letter(char c)
{
	return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c & 0x80);
}

/* Signs between letters, which stand for ő and ű there. */
static size_t count_signs(const char *text, size_t length)
{
	size_t count = 0, i;

	for (i = 1; i + 2 < length; i++)
		count += text[i] == '\xC2' &&
			 strchr("\xAE\xB6", text[i + 1]) &&
			 text[i + 1] && is_letter(text[i - 1]) &&
			 is_letter(text[i + 2]);
	return count;
}

void kzi_pdf_mend_letters(struct kzi_pdf *pdf)
{
	static const char from[] = "\xAE\xB6\x8E\x96";
	static const char to[] = "\x91\xB1\x90\xB0";
	size_t words = pdf->words.length / sizeof(struct kzi_pdf_word);
	size_t signs = 0, i;
	char *text = pdf->text.data;

	for (i = 0; i < words && !pdf->text.failed; i++) {
		const struct kzi_pdf_word *word = kzi_pdf_word(pdf, i);

		signs += count_signs(text + word->start, word->length);
	}
	for (i = 0; signs >= MENDED_LEAST && i + 1 < pdf->text.length; i++) {
		const char *at = text[i] == '\xC2' && text[i + 1]
					 ? strchr(from, text[i + 1])
					 : NULL;

		if (!at)
			continue;
		text[i] = '\xC5';
		text[i + 1] = to[at - from];
	}
}

/* ---- Joining ------------------------------------------------------------ */

/* Bytes of the hyphen that the text ends with, or 0. */
static size_t hyphen_at_end(const char *text, size_t length, int *is_soft)
{
	*is_soft = length > 2 && !memcmp(text + length - 2, "\xC2\xAD", 2);
	if (*is_soft)
		return 2;
	if (length > 3 && !memcmp(text + length - 3, "\xE2\x80\x90", 3))
		return 3;
	return length > 1 && text[length - 1] == '-';
}

/* Of letters past ASCII, of which ours are Latin, the capitals have even
 * numbers in most blocks. */
int kzi_pdf_begins_small(const char *text, size_t length)
{
	uint32_t c;

	if (!length)
		return 0;
	kzi_utf8_decode(text, length, &c);
	if (c < 0x80)
		return c >= 'a' && c <= 'z';
	if (c < 0x100)
		return c >= 0xDF && c != 0xF7;
	return (c < 0x180 || (c >= 0x218 && c < 0x220) ||
		       (c >= 0x1E00 && c < 0x1F00)) &&
	       (c & 1) == !(c >= 0x139 && c <= 0x148);
}

/* Where the last word of the text begins. */
static size_t last_word(const char *text, size_t length)
{
	while (length > 0 && text[length - 1] != ' ')
		length--;
	return length;
}

/* Is the hyphen one of the word? The parts are without it. */
static int keeps_hyphen(const struct kzi_pdf *pdf, const char *one,
	size_t one_length, const char *other, size_t other_length)
{
	trim(&one, &one_length);
	trim(&other, &other_length);
	if (occurs(pdf, one, one_length, "", other, other_length))
		return 0;
	if (occurs(pdf, one, one_length, "-", other, other_length))
		return 1;
	/* Of "hard-to-reach" only what is next to the hyphen matters. */
	while (memchr(one, '-', one_length)) {
		one++;
		one_length--;
	}
	return one_length > 1 && other_length > 1 &&
	       occurs(pdf, one, one_length, "", "", 0) &&
	       occurs(pdf, "", 0, "", other, other_length);
}

void kzi_pdf_join(const struct kzi_pdf *pdf, struct kzi_buf *text,
	const char *line, size_t length)
{
	const char *space = memchr(line, ' ', length);
	size_t first = space ? (size_t)(space - line) : length, hyphen, start;
	int is_soft;

	if (!text->length || text->failed) {
		kzi_buf_append(text, line, length);
		return;
	}
	hyphen = hyphen_at_end(text->data, text->length, &is_soft);
	start = last_word(text->data, text->length - hyphen);
	if (!hyphen || text->length - hyphen == start) {
		kzi_buf_byte(text, ' ');
	} else if (is_soft || (kzi_pdf_begins_small(line, length) &&
				      !keeps_hyphen(pdf, text->data + start,
					      text->length - hyphen - start,
					      line, first))) {
		text->length -= hyphen;
	}
	kzi_buf_append(text, line, length);
}

/* ---- Marks -------------------------------------------------------------- */

size_t kzi_pdf_marker(const char *text, size_t length)
{
	/* The last are what Symbol and Wingdings have for bullets. */
	static const char *const bullets[] = {"\xE2\x80\xA2", "\xE2\x97\xA6",
		"\xE2\x96\xAA", "\xE2\x96\xAB", "\xE2\x96\xA0", "\xE2\x97\x8F",
		"\xE2\x97\x8B", "\xE2\x80\xA3", "\xE2\x9E\xA2", "\xE2\x9C\x93",
		"\xE2\x96\xA1", "\xE2\x9D\x91", "\xE2\x80\x93", "\xC2\xB7", "-",
		"*", "\xEF\x82\xB7", "\xEF\x82\xA7", "\xEF\x83\x98", NULL};
	size_t i, digits = 0;

	for (i = 0; bullets[i]; i++) {
		size_t size = strlen(bullets[i]);

		if (length >= size && !memcmp(text, bullets[i], size) &&
			(length == size || text[size] == ' '))
			return size;
	}
	while (digits < length && digits < 2 && text[digits] >= '0' &&
		text[digits] <= '9')
		digits++;
	if (digits == 0 && length > 1 && text[0] >= 'a' && text[0] <= 'z' &&
		text[1] == ')')
		digits = 1;
	return digits > 0 && digits < length && strchr(".)", text[digits]) &&
			       (digits + 1 == length || text[digits + 1] == ' ')
		       ? digits + 1
		       : 0;
}
