/* stem_cy.c -- see stem_cy.h. The rules are in lang/cy_rules.h, the words in
 * lang/cy.lexicon, from which the build makes cy_tables.h (lang/compile_cy.c).
 * Here is what surrounds them: clitics, words that the lexicon lacks. */
#include "text/stem_cy.h"

#include <string.h>

#include "text/lang/cy_rules.h"

#include "cy_tables.h"

/* A word while it is being taken apart; ASCII. */
struct guess {
	char text[KZI_CY_ROOM];
	size_t length;
};

static size_t copy_out(
	char *stem, size_t capacity, const char *text, size_t length)
{
	if (length > capacity) {
		length = capacity;
		while (length > 0 &&
			((unsigned char)text[length] & 0xC0) == 0x80)
			length--;
	}
	memcpy(stem, text, length);
	return length;
}

/* ---- Unknown words ----------------------------------------------------- */

/* Endings that a word of its own kind usually has, longest first. The last
 * three are one: gweithiwr, gweithwyr. */
static const char guess_endings[][7] = {
	"asoch", "asant", "asech", "asent", "iadau", "asom", "aswn", "asit",
	"asai", "asem", "asen", "asid", "aist", "edig", "adwy", "oedd", "iaid",
	"ais", "odd", "wyd", "wch", "ant", "ech", "ent", "och", "ont", "wyf",
	"ych", "iff", "ith", "ian", "iau", "ion", "ydd", "edd", "aid", "ach",
	"wn", "af", "ai", "em", "er", "an", "en", "on", "om", "id", "ir", "es",
	"et", "it", "ed", "io", "yd", "au", "yn", "o", "a", "i", "u", "s",
};

static int ends_in(const struct guess *word, const char *ending)
{
	size_t length = strlen(ending);

	return word->length >= length &&
		!memcmp(word->text + word->length - length, ending, length);
}

/* 1 if three letters or more stay, one of them a vowel. */
static int may_lose(const struct guess *word, size_t count)
{
	size_t i;

	if (word->length < count + 3)
		return 0;
	for (i = 0; i < word->length - count; i++)
		if (kzi_cy_is_vowel(word->text[i]))
			return 1;
	return 0;
}

static void strip_ending(struct guess *word)
{
	static const char persons[][4] = { "iwr", "wyr", "wr" };
	size_t i, cut;

	for (i = 0; i < sizeof(persons) / sizeof(persons[0]); i++) {
		cut = strlen(persons[i]);
		if (ends_in(word, persons[i]) && may_lose(word, cut)) {
			memcpy(word->text + word->length - cut, "wr", 2);
			word->length += 2 - cut;
			return;
		}
	}
	for (i = 0; i < sizeof(guess_endings) / sizeof(guess_endings[0]); i++) {
		cut = strlen(guess_endings[i]);
		if (ends_in(word, guess_endings[i]) && may_lose(word, cut)) {
			word->length -= cut;
			return;
		}
	}
}

/* What an ending did to the letters before it. */
static void undo_changes(struct guess *word)
{
	char last;

	if (may_lose(word, 1) && ends_in(word, "i") &&
		!kzi_cy_is_vowel(word->text[word->length - 2]))
		word->length--;
	last = word->text[word->length - 1];
	if ((last == 'n' || last == 'r') && may_lose(word, 1) &&
		word->text[word->length - 2] == last)
		word->length--;
	kzi_cy_undo_vowel(word->text, word->length, 0);
}

/* One letter for all that mutation makes of an initial: p b ph mh m f are one
 * class, so are t d th nh dd n, and c g ch ngh ng h, whose letter is none
 * because a soft g is none. */
static void class_initial(struct guess *word)
{
	static const char classes[][2][4] = { { "ngh", "" }, { "ng", "" },
		{ "mh", "b" }, { "nh", "d" }, { "ph", "b" }, { "th", "d" },
		{ "chw", "chw" }, { "ch", "" }, { "dd", "d" }, { "ff", "ff" },
		{ "ll", "l" }, { "rh", "r" }, { "p", "b" }, { "b", "b" },
		{ "m", "b" }, { "f", "b" }, { "t", "d" }, { "d", "d" },
		{ "n", "d" }, { "c", "" }, { "g", "" }, { "h", "" } };
	size_t i, written, kept;

	for (i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		written = strlen(classes[i][0]);
		kept = strlen(classes[i][1]);
		if (word->length < written ||
			memcmp(word->text, classes[i][0], written))
			continue;
		if (word->length - written + kept < 2)
			return;
		memmove(word->text + kept, word->text + written,
			word->length - written);
		memcpy(word->text, classes[i][1], kept);
		word->length -= written - kept;
		return;
	}
}

/* "nhorthau" => "=dorth" */
static size_t stem_unknown(
	const char *plain, size_t length, char *stem, size_t capacity)
{
	struct guess word;

	memcpy(word.text, plain, length);
	word.length = length;
	strip_ending(&word);
	undo_changes(&word);
	class_initial(&word);
	if (!capacity)
		return 0;
	stem[0] = '=';
	return 1 + copy_out(stem + 1, capacity - 1, word.text, word.length);
}

/* ---- Known words ------------------------------------------------------- */

/* The bytes of a word without the clitic that leans on it: "i'r" => "i", and
 * without an apostrophe ahead: "'sgol" => "sgol". */
static size_t strip_clitic(const char **word, size_t length)
{
	static const char clitics[][3] = { "r", "n", "i", "w", "u", "m", "th",
		"ch" };
	const char *mark;
	size_t i, behind;

	while (length > 1 && **word == '\'') {
		(*word)++;
		length--;
	}
	mark = memchr(*word, '\'', length);
	if (!mark || mark == *word)
		return length;
	behind = length - (size_t)(mark + 1 - *word);
	for (i = 0; i < sizeof(clitics) / sizeof(clitics[0]); i++)
		if (behind == strlen(clitics[i]) &&
			!memcmp(mark + 1, clitics[i], behind))
			return (size_t)(mark - *word);
	return behind ? length : length - 1;
}

size_t kzi_stem_cy(const char *word, size_t length, char *stem, size_t capacity)
{
	const struct kzi_cy_table table = { cy_entries, cy_pool, cy_slots,
		sizeof(cy_slots) / sizeof(cy_slots[0]) - 1 };
	const char *core = word;
	size_t core_length = strip_clitic(&core, length), plain_length = 0;
	struct kzi_cy_reading reading;
	char plain[KZI_CY_ROOM];

	if (core_length <= KZI_CY_ROOM)
		plain_length = kzi_cy_fold(plain, core, core_length);
	if (!plain_length)
		return copy_out(stem, capacity, word, length);
	reading = kzi_cy_read(&table, core, core_length);
	if (!reading.rank && plain_length < core_length)
		reading = kzi_cy_read(&table, plain, plain_length);
	if (!reading.rank)
		return stem_unknown(plain, plain_length, stem, capacity);
	return copy_out(stem, capacity,
		cy_pool + cy_entries[reading.stem].key,
		cy_entries[reading.stem].length);
}
