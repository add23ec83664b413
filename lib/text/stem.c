/* stem.c -- see stem.h. Accents are folded after stemming, never before:
 * endings need them (Hungarian loses .07 wF otherwise). */
#include "text/stem.h"

#include <string.h>

#include <libstemmer.h>

#include "text/lang.h"
#include "text/normalize.h"
#include "text/stem_cy.h"

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

static size_t snowball(struct kzi_stemmers *stemmers, int language,
	char out[KZI_STEM_MOST], const char *word, size_t length)
{
	struct sb_stemmer **stemmer = &stemmers->snowball[language];
	char spelled[KZI_STEM_MOST];
	const sb_symbol *stem;
	size_t stem_length;

	if (!*stemmer)
		*stemmer = sb_stemmer_new(
			kzi_lang_data(language)->stemmer, "UTF_8");
	if (!*stemmer)
		return 0;
	if (language == KZI_RO) {
		length = spell_romanian(spelled, word, length);
		word = spelled;
	}
	stem = sb_stemmer_stem(
		*stemmer, (const sb_symbol *)word, (int)length);
	if (!stem)
		return 0;
	stem_length = (size_t)sb_stemmer_length(*stemmer);
	return kzi_fold(out, KZI_STEM_MOST, (const char *)stem, stem_length);
}

/* A word with a digit in it has no endings to take off. */
static int has_digit(const char *word, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (word[i] >= '0' && word[i] <= '9')
			return 1;
	return 0;
}

size_t kzi_stem(struct kzi_stemmers *stemmers, int language,
	char stem[KZI_STEM_MOST], const char *word, size_t length)
{
	if (length > KZI_STEM_MOST)
		length = KZI_STEM_MOST;
	if (has_digit(word, length))
		return kzi_fold(stem, KZI_STEM_MOST, word, length);
	if (language == KZI_CY)
		return kzi_stem_cy(word, length, stem, KZI_STEM_MOST);
	return snowball(stemmers, language, stem, word, length);
}

void kzi_stemmers_release(struct kzi_stemmers *stemmers)
{
	int l;

	for (l = 0; l < KZI_LANGUAGES; l++) {
		if (stemmers->snowball[l])
			sb_stemmer_delete(stemmers->snowball[l]);
		stemmers->snowball[l] = NULL;
	}
}
