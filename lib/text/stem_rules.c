/* stem_rules.c -- see stem_rules.h. */
#include "text/stem_rules.h"

#include <string.h>

#include "text/lang.h"
#include "text/stem_it.h"
#include "text/text.h"

/* ---- Romanian ---------------------------------------------------------- */

/* libstemmer 2 knows Romanian only with cedillas, 3 takes either. Inside a
 * word î and â are one letter, spelled by period: "pîine" is "pâine". */
static size_t spell_romanian(char *out, const char *word, size_t length)
{
	size_t i;

	memcpy(out, word, length);
	for (i = 0; i + 1 < length; i++) {
		unsigned char a = (unsigned char)out[i];
		unsigned char b = (unsigned char)out[i + 1];

		if (a == 0xC8 && (b == 0x99 || b == 0x9B)) {
			out[i] = (char)0xC5;
			out[i + 1] = (char)(b == 0x99 ? 0x9F : 0xA3);
		} else if (a == 0xC3 && b == 0xAE && i > 0 &&
			i + 2 < length) {
			out[i + 1] = (char)0xA2;
		}
	}
	return length;
}

/* ---- Hungarian --------------------------------------------------------- */

/* Put `prefix` before every base form. */
static void put_before(
	struct kzi_lemmas *lemmas, const char *prefix, size_t length)
{
	int i, kept = 0;

	for (i = 0; i < lemmas->count; i++) {
		size_t size = lemmas->length[i];

		if (length + size > KZI_LEMMA_MOST)
			continue;
		memmove(lemmas->text[kept] + length, lemmas->text[i], size);
		memcpy(lemmas->text[kept], prefix, length);
		lemmas->length[kept++] = (uint8_t)(length + size);
	}
	lemmas->count = kept;
}

/* Preverbs, without accents. */
static const char preverbs[] =
	" abba agyon ala alul at be bele belole benn el ele ellen elo fel felbe"
	" felul fenn fol folul fonn hatra haza hozza ide kette keresztul ki"
	" korbe korul kozbe kozre le letre meg melle mellett neki oda ossze"
	" rajta ra semmibe szembe szet tele teljesse tova tovabb tonkre tul"
	" ujja ujra utana veghez vegbe veghig vegig vissza ";

/* The smallest parts that are taken for words of a compound: shorter ones are
 * found in anything. */
enum { LEFT_LEAST = 4, RIGHT_LEAST = 4, VERB_LEAST = 3, PREVERB_MOST = 9 };

/* 1 if a word may be taken apart behind `left` bytes: there a word ends, or a
 * preverb before a verb. */
static int may_part(const char *word, size_t left, size_t right, int has_left)
{
	if (has_left && left >= LEFT_LEAST && right >= RIGHT_LEAST)
		return 1;
	return left <= PREVERB_MOST && right >= VERB_LEAST &&
		kzi_list_has(preverbs, word, left);
}

static void find_parts(const struct kzi_dict *dict, const char *word,
	size_t length, struct kzi_lemmas *lemmas)
{
	uint8_t has[KZI_LEMMA_MOST + 1];
	size_t left;

	kzi_dict_beginnings(dict, word, length, has);
	for (left = length - 1; left >= 2; left--) {
		if (!may_part(word, left, length - left, has[left]))
			continue;
		kzi_dict_find(dict, word + left, length - left, lemmas);
		put_before(lemmas, word, left);
		if (lemmas->count)
			return;
	}
}

/* The comparative and superlative: legnagyobbak, legeslegnagyobb => nagy. */
static size_t superlative_length(const char *word, size_t length)
{
	size_t size = length > 9 && !memcmp(word, "legesleg", 8) ? 8
		: length > 6 && !memcmp(word, "leg", 3)		 ? 3
								 : 0;

	return size && memmem(word + size, length - size, "bb", 2) ? size : 0;
}

/* What stands behind the t of a verb in -at or -et in the past: mutatta,
 * fizettek, lathattuk. */
static const char pasts[] = " ta te tak tek tam tem tad ted tuk tal tel tunk"
			    " tatok tetek talak telek ";

/* The bytes of such a verb at the beginning of a word, or 0. */
static size_t past_length(const char *word, size_t length)
{
	size_t size;

	for (size = 5; size >= 2; size--)
		if (length > size + 3 && word[length - size - 1] == 't' &&
			strchr("ae", word[length - size - 2]) &&
			kzi_list_has(pasts, word + length - size, size))
			return length - size;
	return 0;
}

static void find_hungarian(const struct kzi_dict *dict, const char *word,
	size_t length, struct kzi_lemmas *lemmas)
{
	size_t size = superlative_length(word, length);
	size_t verb = past_length(word, length);

	if (size)
		kzi_dict_find(dict, word + size, length - size, lemmas);
	if (!lemmas->count && verb)
		kzi_dict_find(dict, word, verb, lemmas);
	if (!lemmas->count && length <= KZI_LEMMA_MOST)
		find_parts(dict, word, length, lemmas);
}

/* ---- Portuguese -------------------------------------------------------- */

/* Plurals, the longer first, and what a word has in the singular. */
static const char *const plurals[][2] = { { "oes", "ao" }, { "ais", "al" },
	{ "eis", "el" }, { "ois", "ol" }, { "res", "r" }, { "zes", "z" },
	{ "ns", "m" }, { "s", "" } };

/* The dictionary has many nouns in the singular only: agostos, gols. */
static void find_portuguese(const struct kzi_dict *dict, const char *word,
	size_t length, struct kzi_lemmas *lemmas)
{
	size_t i;

	for (i = 0; i < sizeof(plurals) / sizeof(*plurals); i++) {
		size_t left = strlen(plurals[i][0]);
		size_t size = strlen(plurals[i][1]);
		char singular[KZI_LEMMA_MOST];

		if (length < left + 2 ||
			memcmp(word + length - left, plurals[i][0], left) != 0)
			continue;
		memcpy(singular, word, length - left);
		memcpy(singular + length - left, plurals[i][1], size);
		kzi_dict_find(dict, singular, length - left + size, lemmas);
		if (lemmas->count)
			return;
	}
}

/* ---- The face ---------------------------------------------------------- */

size_t kzi_rules_spell(
	int language, char *out, const char *word, size_t length)
{
	if (language == KZI_RO)
		return spell_romanian(out, word, length);
	memcpy(out, word, length);
	return length;
}

size_t kzi_rules_before(
	int language, char *out, const char *word, size_t length)
{
	length = kzi_rules_spell(language, out, word, length);
	return language == KZI_IT ? kzi_it_before(out, length) : length;
}

size_t kzi_rules_stem(int language, const char *word, size_t length)
{
	return language == KZI_IT ? kzi_it_stem(word, length) : 0;
}

size_t kzi_rules_lead(int language, char *word, size_t length)
{
	return language == KZI_IT ? kzi_it_lead(word, length) : 0;
}

size_t kzi_rules_after(
	int language, const char *stem, size_t length, size_t word_length)
{
	return language == KZI_IT ? kzi_it_after(stem, length, word_length)
				  : length;
}

size_t kzi_rules_second(int language, const char *word, size_t length)
{
	return language == KZI_IT ? kzi_it_second(word, length) : 0;
}

void kzi_rules_find(int language, const struct kzi_dict *dict,
	const char *word, size_t length, struct kzi_lemmas *lemmas)
{
	char verb[KZI_LEMMA_MOST + KZI_RULES_ADD];
	size_t left;

	if (!length || length > KZI_LEMMA_MOST)
		return; /* Nothing but marks, or no word. */
	if (language == KZI_HU) {
		find_hungarian(dict, word, length, lemmas);
	} else if (language == KZI_PT) {
		find_portuguese(dict, word, length, lemmas);
	} else if (language == KZI_IT) {
		memcpy(verb, word, length);
		left = kzi_it_before(verb, length);
		if (left != length || verb[left - 1] != word[length - 1])
			kzi_dict_find(dict, verb, left, lemmas);
	}
}

int kzi_rules_is_strange(int language, const char *word, size_t length)
{
	return language == KZI_HU && superlative_length(word, length) > 0;
}
