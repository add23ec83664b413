/* split.c -- see split.h. First hyphens, then apostrophes inside what is left;
 * the lists of short words that decide are data of the language. */
#include "text/split.h"

#include <string.h>

/* A piece of the run while it is being taken apart. */
struct piece {
	size_t start, end;
};

static const char *next_hyphen(const char *at, const char *end)
{
	for (; at < end; at++)
		if (*at == '-' || *at == '.' || *at == ',')
			return at;
	return end;
}

static struct kzi_part *add_part(struct kzi_parts *parts, const char *text,
	size_t length, struct piece piece)
{
	struct kzi_part *part = &parts->items[parts->count];

	if (!length || parts->count == KZI_PARTS_MOST ||
		parts->used + length > sizeof(parts->room))
		return NULL;
	memset(part, 0, sizeof(*part));
	part->start = piece.start;
	part->end = piece.end;
	part->text = parts->used;
	part->length = length;
	memcpy(parts->room + parts->used, text, length);
	parts->used += length;
	parts->count++;
	return part;
}

static void add_clitic(
	struct kzi_parts *parts, const char *run, struct piece piece)
{
	struct kzi_part *part = add_part(
		parts, run + piece.start, piece.end - piece.start, piece);

	if (part)
		part->is_clitic = 1;
}

/* A word as it stands, less the marks that only join its letters. */
static struct kzi_part *add_word(
	struct kzi_parts *parts, const char *run, struct piece piece)
{
	char text[KZI_PART_ROOM];
	size_t length = 0, i;

	for (i = piece.start; i < piece.end && length < sizeof(text); i++) {
		if (run[i] == '\'' || run[i] == '-' || run[i] == '.' ||
			run[i] == ',')
			continue;
		if ((unsigned char)run[i] == 0xC2 && i + 1 < piece.end &&
			(unsigned char)run[i + 1] == 0xB7) {
			i++;
			continue;
		}
		text[length++] = run[i];
	}
	return add_part(parts, text, length, piece);
}

/* ---- Apostrophes ------------------------------------------------------- */

static size_t find_apostrophe(const char *run, struct piece piece)
{
	const char *found = memchr(
		run + piece.start, '\'', piece.end - piece.start);

	return found ? (size_t)(found - run) : piece.end;
}

static int is_number(const char *run, struct piece piece)
{
	size_t i;

	for (i = piece.start; i < piece.end; i++)
		if (run[i] < '0' || run[i] > '9')
			return 0;
	return piece.end > piece.start;
}

/* "dell'esperienza": the article off, and again for "d'un'altra"; "mae'n": the
 * clitics off. An apostrophe that neither list explains is dropped, as in
 * O'Brien; "didn't" stays whole for the list of stop words. */
static void split_apostrophes(struct kzi_parts *parts,
	const struct kzi_lang *lang, const char *run, struct piece piece)
{
	size_t mark = find_apostrophe(run, piece);
	struct piece left = { piece.start, mark };
	struct piece right = { mark + 1, piece.end };
	size_t length = piece.end - piece.start;

	if (mark == piece.end) {
		add_word(parts, run, piece);
	} else if (kzi_list_has(lang->stop_words, run + piece.start, length)) {
		struct kzi_part *part =
			add_part(parts, run + piece.start, length, piece);

		if (part)
			part->is_clitic = 1;
	} else if (kzi_list_has(lang->elisions, run + left.start,
			   left.end - left.start) ||
		is_number(run, right)) {
		add_clitic(parts, run, left);
		split_apostrophes(parts, lang, run, right);
	} else if (kzi_list_has(lang->clitics, run + right.start,
			   right.end - right.start)) {
		add_word(parts, run, left);
		add_clitic(parts, run, right);
	} else {
		add_word(parts, run, piece);
	}
}

/* ---- Hyphens ----------------------------------------------------------- */

/* Portuguese verbs lose an r before -lo, -la, -los, -las and mark the vowel:
 * convencê-lo is convencer, ajudá-la is ajudar, dispô-los is dispor; pôr keeps
 * its mark, which tells it from por. */
static int restore_infinitive(struct kzi_parts *parts, const char *run,
	struct piece verb, struct piece pronoun)
{
	static const char vowels[4][3] = { "\xC3\xA1", "\xC3\xAA", "\xC3\xAD",
		"\xC3\xB4" };
	static const char plain[] = "aeio";
	char text[KZI_PART_ROOM];
	size_t length = verb.end - verb.start;
	int i;

	if (pronoun.end - pronoun.start < 2 || run[pronoun.start] != 'l' ||
		length < 2 || length + 2 > sizeof(text))
		return 0;
	memcpy(text, run + verb.start, length);
	for (i = 0; i < 4; i++) {
		if (memcmp(text + length - 2, vowels[i], 2))
			continue;
		if (length == 3 && !memcmp(text, "p\xC3\xB4", 3))
			break;
		text[length - 2] = plain[i];
		text[length - 1] = 'r';
		return add_part(parts, text, length, verb) != NULL;
	}
	if (i == 4 && text[length - 1] != 'i')
		return 0;
	text[length] = 'r';
	return add_part(parts, text, length + 1, verb) != NULL;
}

/* The first person plural loses its s before -nos and -lo: vamo-nos is
 * vamos. */
static int restore_plural(struct kzi_parts *parts, const char *run,
	struct piece verb, struct piece pronoun)
{
	char text[KZI_PART_ROOM];
	size_t length = verb.end - verb.start;

	if (length < 4 || length + 1 > sizeof(text) ||
		memcmp(run + verb.end - 2, "mo", 2) ||
		(run[pronoun.start] != 'l' &&
			!kzi_list_has(" nos ", run + pronoun.start,
				pronoun.end - pronoun.start)))
		return 0;
	memcpy(text, run + verb.start, length);
	text[length] = 's';
	return add_part(parts, text, length + 1, verb) != NULL;
}

/* Romanian gerunds have a u before a pronoun: ducându-se is ducând, fiindu-i is
 * fiind. The letter before is a, i, â or î. */
static int restore_gerund(
	struct kzi_parts *parts, const char *run, struct piece verb)
{
	size_t length = verb.end - verb.start;
	const char *end = run + verb.end;

	if (length < 5 || memcmp(end - 3, "ndu", 3) ||
		!strchr("ai\xA2\xAE", end[-4]))
		return 0;
	return add_part(parts, run + verb.start, length - 1, verb) != NULL;
}

/* A verb as it is without the pronoun that it carries. */
static int restore_verb(struct kzi_parts *parts, int language, const char *run,
	struct piece verb, struct piece pronoun)
{
	if (language == KZI_RO)
		return restore_gerund(parts, run, verb);
	return language == KZI_PT &&
		(restore_plural(parts, run, verb, pronoun) ||
			restore_infinitive(parts, run, verb, pronoun));
}

static struct piece next_piece(const char *run, size_t start, size_t length)
{
	const char *end = next_hyphen(run + start, run + length);
	struct piece piece = { start, (size_t)(end - run) };

	return piece;
}

static int listed(const char *list, const char *run, struct piece piece)
{
	return kzi_list_has(list, run + piece.start, piece.end - piece.start);
}

/* A pronoun behind a hyphen may carry an apostrophe: -se'n. */
static int is_enclitic(
	const struct kzi_lang *lang, const char *run, struct piece piece)
{
	struct piece head = piece;

	head.end = find_apostrophe(run, piece);
	return listed(lang->enclitics, run, head);
}

/* Endings cut after a hyphen are those of numbers, abbreviations and foreign
 * words, which the page writes so because they have no ending of their own. */
static int is_ending(
	const struct kzi_lang *lang, const char *run, struct piece piece)
{
	return listed(lang->endings, run, piece);
}

static void add_enclitics(
	struct kzi_parts *parts, const char *run, struct piece piece)
{
	size_t mark = find_apostrophe(run, piece);

	while (mark < piece.end) {
		struct piece head = { piece.start, mark };

		add_clitic(parts, run, head);
		piece.start = mark + 1;
		mark = find_apostrophe(run, piece);
	}
	add_clitic(parts, run, piece);
}

/* 1 if the run is a Catalan word whose l·l is typed l-l. */
static int is_double_l(const char *run, size_t length, size_t hyphen,
	int language)
{
	return language == KZI_CA && hyphen > 0 && hyphen + 1 < length &&
		run[hyphen - 1] == 'l' && run[hyphen + 1] == 'l';
}

static struct piece whole_piece(const char *run, size_t start, size_t length,
	int language)
{
	struct piece piece = next_piece(run, start, length);

	while (piece.end < length &&
		is_double_l(run, length, piece.end, language))
		piece.end = next_piece(run, piece.end + 1, length).end;
	return piece;
}

/* Add the parts in one, ahead of them all, if at least two are words. */
static void add_joined(
	struct kzi_parts *parts, const char *run, size_t length, size_t words)
{
	struct piece whole = { 0, length };
	struct kzi_part *joined, first;

	if (words < 2)
		return;
	joined = add_word(parts, run, whole);
	if (!joined)
		return;
	joined->is_joined = 1;
	first = *joined;
	memmove(parts->items + 1, parts->items,
		(parts->count - 1) * sizeof(parts->items[0]));
	parts->items[0] = first;
}

void kzi_split(struct kzi_parts *parts, int language, const char *run,
	size_t length)
{
	const struct kzi_lang *lang = kzi_lang_data(language);
	struct piece piece = whole_piece(run, 0, length, language);
	size_t words = 0;
	int is_first = 1;

	parts->count = 0;
	parts->used = 0;
	while (piece.start < length) {
		struct piece next = { length, length };

		if (piece.end < length)
			next = whole_piece(
				run, piece.end + 1, length, language);
		if (!is_first && is_enclitic(lang, run, piece)) {
			add_enclitics(parts, run, piece);
		} else if (!is_first && is_ending(lang, run, piece)) {
			add_clitic(parts, run, piece);
		} else if (next.start < length &&
			listed(lang->proclitics, run, piece)) {
			add_clitic(parts, run, piece);
		} else if (next.start < length &&
			is_enclitic(lang, run, next) &&
			restore_verb(parts, language, run, piece, next)) {
			words++;
		} else {
			split_apostrophes(parts, lang, run, piece);
			words++;
		}
		is_first = 0;
		piece = next;
	}
	add_joined(parts, run, length, words);
}
