/* cy_rules.h -- how a Welsh word is looked up: mutations, endings, vowels.
 *
 * The rules serve twice, over the same form of table: in the stemmer, and in
 * compile_cy.c, which asks them about every form of the lexicon and files the
 * ones that they get wrong as exceptions. So everything here is static and
 * depends on the C library alone. Reading the lexicon, unknown words and the
 * outer form of a word (apostrophes, other alphabets) are not dealt with here.
 *
 *     ngwledydd   radicals      gwledydd
 *                 endings off   gwled-ydd, gwledy-dd ...
 *                 known?        gwledydd is an exception: stem gwlad
 *     ferched     radicals      merched berched ferched
 *                 endings off   merch-ed: base merch, stem merch
 *
 * Keys keep their accents (tan "until", tân "fire"); stems have none. */
#ifndef KZI_CY_RULES_H
#define KZI_CY_RULES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Longest word in bytes: the long name of Llanfair Pwllgwyngyll has 58 letters,
 * and a radical may have one letter more than the written word. */
enum { KZI_CY_ROOM = 64 };

/* ---- The table --------------------------------------------------------- */

/* What is known of one string of letters. Entry 0 stands for none. */
struct kzi_cy_entry {
	uint32_t key;         /* Where it begins in the pool. */
	uint16_t whole;       /* As a whole word: the entry of its stem. */
	uint16_t base;        /* Before an ending: the entry of its stem. */
	uint8_t length;       /* Of the key, in bytes. */
	uint8_t whole_weight; /* How usual that reading is: steps of a */
	uint8_t base_weight;  /* logarithm, see compile_cy.c. */
};

struct kzi_cy_table {
	const struct kzi_cy_entry *entries;
	const char *pool;      /* All keys in one string. */
	const uint16_t *slots; /* Hash table of entry numbers; 0 is free. */
	uint32_t mask;         /* Slots less one; slots are a power of two. */
};

/* FNV-1a: short keys, no set-up. */
static inline uint32_t kzi_cy_hash(const char *key, size_t length)
{
	uint32_t hash = 2166136261u;
	size_t i;

	for (i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)key[i]) * 16777619u;
	return hash ^ hash >> 15;
}

/* The number of the entry with this key, or 0. */
static inline unsigned kzi_cy_find(
	const struct kzi_cy_table *table, const char *key, size_t length)
{
	uint32_t slot = kzi_cy_hash(key, length) & table->mask;

	while (table->slots[slot]) {
		const struct kzi_cy_entry *entry =
			&table->entries[table->slots[slot]];

		if (entry->length == length &&
			!memcmp(table->pool + entry->key, key, length))
			return table->slots[slot];
		slot = (slot + 1) & table->mask;
	}
	return 0;
}

/* ---- Letters ----------------------------------------------------------- */

/* The plain letter of an accented one, or 0; *size is its bytes. Every vowel of
 * Welsh may have a circumflex, a grave, an acute or a diaeresis. */
static inline char kzi_cy_plain(const char *text, size_t length, size_t *size)
{
	/* U+00E0 to U+00FF: the second byte is 0xA0 and up. */
	static const char latin[] = "aaa a   eeeeiiii  ooo o  uuuuy y";
	unsigned char first = (unsigned char)text[0];
	unsigned char second = length > 1 ? (unsigned char)text[1] : 0;
	unsigned char third = length > 2 ? (unsigned char)text[2] : 0;

	*size = 2;
	if (first < 0x80) {
		*size = 1;
		return (char)(first >= 'a' && first <= 'z' ? first : 0);
	}
	if (first == 0xC3 && second >= 0xA0 && second <= 0xBF)
		return (char)(latin[second - 0xA0] == ' '
				      ? 0
				      : latin[second - 0xA0]);
	if (first == 0xC5 && (second == 0xB5 || second == 0xB7))
		return second == 0xB5 ? 'w' : 'y';
	*size = 3;
	if (first == 0xE1 && second == 0xBA &&
		(third == 0x81 || third == 0x83 || third == 0x85))
		return 'w';
	return first == 0xE1 && second == 0xBB && third == 0xB3 ? 'y' : 0;
}

/* Write the word without accents into `out`, which has room for as many bytes.
 * Returns the length, or 0 if a character is no Welsh letter. */
static inline size_t kzi_cy_fold(char *out, const char *text, size_t length)
{
	size_t at = 0, written = 0, size;

	while (at < length) {
		char letter = kzi_cy_plain(text + at, length - at, &size);

		if (!letter)
			return 0;
		out[written++] = letter;
		at += size;
	}
	return written;
}

/* Bytes of accented letters count as vowels, which they all are. */
static inline int kzi_cy_is_vowel(char letter)
{
	return (letter & 0x80) || (letter && strchr("aeiouwy", letter));
}

/* ---- Mutations --------------------------------------------------------- */

struct kzi_cy_initial {
	char written[4];
	char radicals[4][4]; /* Most usual first. */
};

/* The first line that the word begins with counts. ff, ll, rh and the letters
 * that are missing here are only ever themselves. */
static const struct kzi_cy_initial kzi_cy_initials[] = {
	{ "ngh", { "c" } },
	{ "ng", { "g" } },
	{ "mh", { "p" } },
	{ "nh", { "t" } },
	{ "ph", { "p", "ph" } },
	{ "th", { "t", "th" } },
	{ "chw", { "chw", "cw" } },
	{ "ch", { "c", "ch" } },
	{ "dd", { "d", "dd" } },
	{ "ff", { "ff" } },
	{ "ll", { "ll" } },
	{ "rh", { "rh" } },
	{ "b", { "b", "p" } },
	{ "d", { "d", "t" } },
	{ "f", { "m", "b", "f" } },
	{ "g", { "g", "c" } },
	{ "l", { "ll", "l", "gl" } },
	{ "m", { "m", "b" } },
	{ "n", { "n", "d", "gn" } },
	{ "r", { "rh", "r", "gr" } },
	{ "w", { "gw", "w" } },
};

enum { KZI_CY_RADICALS = 4 };

struct kzi_cy_radical {
	char text[KZI_CY_ROOM + 2];
	size_t length;
};

static inline void kzi_cy_radical_set(struct kzi_cy_radical *radical,
	const char *initial, const char *rest, size_t rest_length)
{
	size_t initial_length = strlen(initial);

	memcpy(radical->text, initial, initial_length);
	memcpy(radical->text + initial_length, rest, rest_length);
	radical->length = initial_length + rest_length;
}

/* An initial vowel: as it is, with a lost g, without the h of ei, eu, ein. */
static inline int kzi_cy_vowel_radicals(
	struct kzi_cy_radical *out, const char *word, size_t length)
{
	if (word[0] == 'h' && length > 1 && kzi_cy_is_vowel(word[1])) {
		kzi_cy_radical_set(&out[0], "", word + 1, length - 1);
		kzi_cy_radical_set(&out[1], "", word, length);
		return 2;
	}
	kzi_cy_radical_set(&out[0], "", word, length);
	if (!kzi_cy_is_vowel(word[0]))
		return 1;
	kzi_cy_radical_set(&out[1], "g", word, length);
	return 2;
}

/* The words that mutation may have made this one from; returns how many.
 * "ferch" => "merch" "berch" "ferch". */
static inline int kzi_cy_radicals(
	struct kzi_cy_radical *out, const char *word, size_t length)
{
	size_t i, rows = sizeof(kzi_cy_initials) / sizeof(kzi_cy_initials[0]);

	for (i = 0; i < rows; i++) {
		const struct kzi_cy_initial *row = &kzi_cy_initials[i];
		size_t cut = strlen(row->written);
		int count = 0;

		if (length < cut || memcmp(word, row->written, cut))
			continue;
		for (; count < KZI_CY_RADICALS && row->radicals[count][0];
			count++)
			kzi_cy_radical_set(&out[count], row->radicals[count],
				word + cut, length - cut);
		return count;
	}
	return kzi_cy_vowel_radicals(out, word, length);
}

/* ---- Endings and vowels ------------------------------------------------ */

enum {
	KZI_CY_HARDENS = 1, /* teg, tecach: c p t before it may be g b d. */
	KZI_CY_AFFECTS = 2  /* talu, telir: e before it may be a. */
};

struct kzi_cy_ending {
	char text[6];
	char last; /* Its last letter, which settles most comparisons. */
	uint8_t length;
	uint8_t flags;
};

/* The endings of verbs and what is made of them, plurals and comparison. */
static const struct kzi_cy_ending kzi_cy_endings[] = {
	{ "iadau", 'u', 5, 0 }, { "asoch", 'h', 5, 0 }, { "asant", 't', 5, 0 },
	{ "asech", 'h', 5, 0 }, { "asent", 't', 5, 0 }, { "asom", 'm', 4, 0 },
	{ "aswn", 'n', 4, 0 }, { "asit", 't', 4, 0 }, { "asai", 'i', 4, 0 },
	{ "asem", 'm', 4, 0 }, { "asen", 'n', 4, 0 }, { "asid", 'd', 4, 0 },
	{ "aist", 't', 4, KZI_CY_AFFECTS }, { "oedd", 'd', 4, 0 },
	{ "iaid", 'd', 4, 0 }, { "edig", 'g', 4, 0 }, { "adwy", 'y', 4, 0 },
	{ "edau", 'u', 4, 0 }, { "aint", 't', 4, 0 },
	{ "ais", 's', 3, KZI_CY_AFFECTS }, { "odd", 'd', 3, 0 },
	{ "wyd", 'd', 3, 0 }, { "wch", 'h', 3, KZI_CY_AFFECTS },
	{ "ant", 't', 3, 0 }, { "ech", 'h', 3, 0 }, { "ent", 't', 3, 0 },
	{ "och", 'h', 3, KZI_CY_AFFECTS }, { "ont", 't', 3, 0 },
	{ "wyf", 'f', 3, 0 }, { "ych", 'h', 3, KZI_CY_AFFECTS },
	{ "iff", 'f', 3, 0 }, { "ith", 'h', 3, 0 }, { "ian", 'n', 3, 0 },
	{ "iau", 'u', 3, 0 }, { "nau", 'u', 3, 0 }, { "ion", 'n', 3, 0 },
	{ "eon", 'n', 3, 0 }, { "ydd", 'd', 3, 0 }, { "edd", 'd', 3, 0 },
	{ "aid", 'd', 3, 0 }, { "nod", 'd', 3, 0 },
	{ "ach", 'h', 3, KZI_CY_HARDENS }, { "wn", 'n', 2, 0 },
	{ "af", 'f', 2, KZI_CY_HARDENS }, { "ai", 'i', 2, 0 },
	{ "em", 'm', 2, 0 }, { "er", 'r', 2, 0 }, { "an", 'n', 2, 0 },
	{ "en", 'n', 2, 0 }, { "on", 'n', 2, 0 }, { "om", 'm', 2, 0 },
	{ "id", 'd', 2, KZI_CY_AFFECTS }, { "ir", 'r', 2, KZI_CY_AFFECTS },
	{ "es", 's', 2, 0 }, { "et", 't', 2, 0 },
	{ "it", 't', 2, KZI_CY_AFFECTS }, { "ed", 'd', 2, KZI_CY_HARDENS },
	{ "io", 'o', 2, 0 }, { "yd", 'd', 2, 0 }, { "au", 'u', 2, 0 },
	{ "ni", 'i', 2, 0 }, { "od", 'd', 2, 0 }, { "ys", 's', 2, 0 },
	{ "nt", 't', 2, 0 }, { "o", 'o', 1, 0 }, { "a", 'a', 1, 0 },
	{ "i", 'i', 1, KZI_CY_AFFECTS }, { "u", 'u', 1, 0 }, { "s", 's', 1, 0 },
};

/* Take one vowel change back in the last syllable, in place; 0 if there is
 * none. "geir" => "gair", "cym" => "cwm"; "tel" => "tal" where it affects. */
static inline int kzi_cy_undo_vowel(char *text, size_t length, int flags)
{
	size_t last = length;

	while (last > 0 && !kzi_cy_is_vowel(text[last - 1]))
		last--;
	if (!last--)
		return 0;
	if (text[last] == 'i' && last && text[last - 1] == 'e')
		text[last - 1] = 'a';
	else if (text[last] == 'y' && last + 1 < length)
		text[last] = 'w';
	else if (text[last] == 'e' && flags & KZI_CY_AFFECTS)
		text[last] = 'a';
	else
		return 0;
	return 1;
}

/* ---- Readings ---------------------------------------------------------- */

enum kzi_cy_rank {
	KZI_CY_UNKNOWN,
	KZI_CY_SHORT,   /* An ending off a base of two letters. */
	KZI_CY_CHANGED, /* An ending off and something undone. */
	KZI_CY_ENDED,   /* An ending off. */
	KZI_CY_WHOLE    /* The word itself. */
};

/* Added to the weight of a whole word that was mutated: between words about as
 * usual, nos is "night" rather than a mutated dos "go". */
enum { KZI_CY_MUTATED = -10 };

struct kzi_cy_reading {
	int rank;
	int weight;
	unsigned stem; /* The entry whose key is the stem. */
};

static inline void kzi_cy_offer(
	struct kzi_cy_reading *best, int rank, int weight, unsigned stem)
{
	if (rank < best->rank ||
		(rank == best->rank && weight <= best->weight))
		return;
	best->rank = rank;
	best->weight = weight;
	best->stem = stem;
}

/* A radical as it is: an exception, or else a base. `weight` is added. */
static inline void kzi_cy_offer_whole(const struct kzi_cy_table *table,
	struct kzi_cy_reading *best, const struct kzi_cy_radical *word,
	int weight)
{
	const struct kzi_cy_entry *entry = &table->entries[kzi_cy_find(
		table, word->text, word->length)];

	if (entry->whole)
		kzi_cy_offer(best, KZI_CY_WHOLE, entry->whole_weight + weight,
			entry->whole);
	else if (entry->base)
		kzi_cy_offer(best, KZI_CY_WHOLE, entry->base_weight + weight,
			entry->base);
}

static inline void kzi_cy_offer_base(const struct kzi_cy_table *table,
	struct kzi_cy_reading *best, const char *base, size_t length, int rank)
{
	const struct kzi_cy_entry *entry =
		&table->entries[kzi_cy_find(table, base, length)];

	if (entry->base)
		kzi_cy_offer(best, length < 3 ? KZI_CY_SHORT : rank,
			entry->base_weight, entry->base);
}

/* One shape of what stands before an ending, and the same with its vowel. */
static inline void kzi_cy_offer_shape(const struct kzi_cy_table *table,
	struct kzi_cy_reading *best, const char *text, size_t length, int rank,
	int flags)
{
	char undone[KZI_CY_ROOM + 2];

	if (length < 2)
		return;
	kzi_cy_offer_base(table, best, text, length, rank);
	memcpy(undone, text, length);
	if (kzi_cy_undo_vowel(undone, length, flags))
		kzi_cy_offer_base(
			table, best, undone, length, KZI_CY_CHANGED);
}

/* What stands before an ending: "gweithi" => gweith, "torr" => tor,
 * "tec" => teg. */
static inline void kzi_cy_offer_shapes(const struct kzi_cy_table *table,
	struct kzi_cy_reading *best, const char *text, size_t length, int flags)
{
	char shape[KZI_CY_ROOM + 2];
	char last = text[length - 1];
	const char *hard;

	kzi_cy_offer_shape(table, best, text, length, KZI_CY_ENDED, flags);
	if (last == 'i')
		kzi_cy_offer_shape(
			table, best, text, length - 1, KZI_CY_CHANGED, flags);
	memcpy(shape, text, length);
	if ((last == 'n' || last == 'r') && length > 2 &&
		(text[length - 2] == last || text[length - 2] == 'h')) {
		shape[length - 2] = last;
		kzi_cy_offer_shape(
			table, best, shape, length - 1, KZI_CY_CHANGED, flags);
	}
	hard = last ? strchr("cgpbtd", last) : NULL;
	if (flags & KZI_CY_HARDENS && hard && strchr("cpt", last)) {
		shape[length - 1] = hard[1];
		kzi_cy_offer_shape(
			table, best, shape, length, KZI_CY_CHANGED, flags);
	}
}

static inline void kzi_cy_offer_endings(const struct kzi_cy_table *table,
	struct kzi_cy_reading *best, const struct kzi_cy_radical *radical)
{
	size_t i, count = sizeof(kzi_cy_endings) / sizeof(kzi_cy_endings[0]);
	char last = radical->text[radical->length - 1];

	for (i = 0; i < count; i++) {
		const struct kzi_cy_ending *ending = &kzi_cy_endings[i];
		size_t left = radical->length - ending->length;

		if (ending->last != last ||
			radical->length < ending->length + 2u ||
			memcmp(radical->text + left, ending->text,
				ending->length))
			continue;
		kzi_cy_offer_shapes(
			table, best, radical->text, left, ending->flags);
	}
}

/* 1 if the radical is the word as written. */
static inline int kzi_cy_is_same(const struct kzi_cy_radical *radical,
	const char *word, size_t length)
{
	return radical->length == length &&
		!memcmp(radical->text, word, length);
}

/* The best reading of a word; the rank is KZI_CY_UNKNOWN if there is none. */
static inline struct kzi_cy_reading kzi_cy_read(
	const struct kzi_cy_table *table, const char *word, size_t length)
{
	struct kzi_cy_radical radicals[KZI_CY_RADICALS];
	struct kzi_cy_reading best = { KZI_CY_UNKNOWN, 0, 0 };
	int i, count;

	if (!length || length > KZI_CY_ROOM)
		return best;
	count = kzi_cy_radicals(radicals, word, length);
	for (i = 0; i < count; i++)
		kzi_cy_offer_whole(table, &best, &radicals[i],
			kzi_cy_is_same(&radicals[i], word, length)
				? 0
				: KZI_CY_MUTATED);
	for (i = 0; i < count && best.rank != KZI_CY_WHOLE; i++)
		kzi_cy_offer_endings(table, &best, &radicals[i]);
	return best;
}

#endif
