/* compound.c -- see compound.h.
 *
 * Base forms are taken apart, not what stands in a text: an ending that looks
 * like a word ("-talan", perhaps) is off by then, and both parts must be
 * base forms themselves. Of several ways the one with the longest second
 * part is taken, which is what the word is about. */
#include "text/compound.h"

#include <string.h>

#include "text/lang.h"

/* Shorter words are found in anything. */
enum { LEFT_LEAST = 3, RIGHT_LEAST = 4 };

/* Preverbs and endings that are words too, without accents. */
static const char no_left[] =
	" abba agyon ala alul bele belole benn ele ellen elo elot fel felbe"
	" felul fenn fol folul fonn hatra haza hozza ide kette keresztul"
	" korbe korul kozbe kozre leg meg melle mellett neki oda ossze rajta"
	" semmibe szembe szet tele teljesse tova tovabb tonkre tul ujja ujra"
	" utana veghez vegbe veghig vegig vissza ";
static const char no_right[] =
	" talan telen szeru hato heto many meny izmus zolas kodas ";

/* One part at least must be listed, which is told at once; that the other may
 * be derived ("tanulo") is looked into only then. */
static int are_parts(const struct kzi_dict *dict, int has_left,
	const char *word, size_t left, size_t right)
{
	const char *rest = word + left;

	return (has_left || kzi_dict_has(dict, rest, right)) &&
		!kzi_list_has(no_left, word, left) &&
		!kzi_list_has(no_right, rest, right) &&
		kzi_dict_is_base(dict, word, left) &&
		kzi_dict_is_base(dict, rest, right);
}

int kzi_has_compounds(int language)
{
	return language == KZI_HU;
}

size_t kzi_compound_from(int language, size_t length)
{
	return kzi_has_compounds(language) && length >= KZI_COMPOUND_LEAST
		? LEFT_LEAST
		: 0;
}

int kzi_compound_parts(int language, const char *word, size_t length,
	struct kzi_stem_text parts[KZI_COMPOUND_PARTS])
{
	const struct kzi_dict *dict = kzi_lang_data(language)->dict;
	size_t left = kzi_compound_from(language, length);
	uint8_t has[KZI_LEMMA_MOST + 1];

	if (!left || length > KZI_LEMMA_MOST)
		return 0;
	kzi_dict_beginnings(dict, word, length, has);
	for (; length - left >= RIGHT_LEAST; left++) {
		if (!are_parts(dict, has[left], word, left, length - left))
			continue;
		parts[0].bytes = word;
		parts[0].length = left;
		parts[1].bytes = word + left;
		parts[1].length = length - left;
		return KZI_COMPOUND_PARTS;
	}
	return 0;
}
