/* stem.c -- see stem.h. Snowball gets words with their accents, which endings
 * need (Hungarian loses .07 wF otherwise); what it leaves is folded. The
 * dictionary is folded itself. */
#include "text/stem.h"

#include <string.h>

#include <libstemmer.h>

#include "text/dict.h"
#include "text/lang.h"
#include "text/normalize.h"
#include "text/stem_cy.h"
#include "text/stem_rules.h"

static void add_stem(struct kzi_stems *stems, const char *text, size_t length)
{
	struct kzi_stem_text *item = &stems->items[stems->count];
	int i;

	for (i = 0; i < stems->count; i++)
		if (stems->items[i].length == length &&
			!memcmp(stems->items[i].bytes, text, length))
			return;
	if (stems->count == KZI_STEMS_MOST || !length)
		return;
	item->bytes = memcpy(stems->room[stems->count++], text, length);
	item->length = length;
}

static void add_folded(struct kzi_stems *stems, const char *text, size_t length)
{
	char folded[KZI_STEM_MOST];

	add_stem(stems, folded,
		kzi_fold(folded, sizeof(folded), text, length));
}

/* ---- Snowball ---------------------------------------------------------- */

static int add_snowball(struct kzi_stemmers *stemmers, int language,
	const char *word, size_t length, struct kzi_stems *stems)
{
	struct sb_stemmer **stemmer = &stemmers->snowball[language];
	char spelled[KZI_STEM_MOST + KZI_RULES_ADD];
	const sb_symbol *stem;
	size_t lead, stem_length;

	if (!*stemmer)
		*stemmer = sb_stemmer_new(
			kzi_lang_data(language)->stemmer, "UTF_8");
	if (!*stemmer)
		return 0;
	length = kzi_rules_before(language, spelled, word, length);
	stem_length = kzi_rules_stem(language, spelled, length);
	if (stem_length) {
		add_folded(stems, spelled, stem_length);
		return 1;
	}
	lead = kzi_rules_lead(language, spelled, length);
	stem = sb_stemmer_stem(
		*stemmer, (const sb_symbol *)spelled, (int)(lead + length));
	if (!stem)
		return 0;
	stem_length = (size_t)sb_stemmer_length(*stemmer) - lead;
	add_folded(stems, (const char *)stem + lead,
		kzi_rules_after(language, (const char *)stem + lead,
			stem_length, length));
	add_folded(stems, spelled + lead,
		kzi_rules_second(language, spelled + lead, length));
	return 1;
}

/* ---- Dictionaries ------------------------------------------------------ */

/* A small dictionary holds what is irregular, so its base forms go on to
 * Snowball, where the regular forms end up. */
static int add_lemmas(struct kzi_stemmers *stemmers, int language,
	const struct kzi_lemmas *lemmas, struct kzi_stems *stems)
{
	int is_small = kzi_lang_data(language)->is_dict_small;
	int i;

	for (i = 0; i < lemmas->count; i++) {
		if (lemmas->length[i] == 1)
			continue; /* The name of a letter: "e", plural "es". */
		if (!is_small)
			add_stem(stems, lemmas->text[i], lemmas->length[i]);
		else if (!add_snowball(stemmers, language, lemmas->text[i],
				 lemmas->length[i], stems))
			return 0;
	}
	return 1;
}

static int add_known(struct kzi_stemmers *stemmers, int language,
	const char *word, size_t length, struct kzi_stems *stems)
{
	const struct kzi_dict *dict = kzi_lang_data(language)->dict;
	char spelled[KZI_STEM_MOST + KZI_RULES_ADD], folded[KZI_STEM_MOST];
	struct kzi_lemmas lemmas;

	if (!dict)
		return 1;
	length = kzi_rules_spell(language, spelled, word, length);
	length = kzi_fold(folded, sizeof(folded), spelled, length);
	kzi_dict_find(dict, folded, length, &lemmas);
	if (!lemmas.count)
		kzi_rules_find(language, dict, folded, length, &lemmas);
	if (!add_lemmas(stemmers, language, &lemmas, stems))
		return 0;
	stems->is_known = stems->count > 0;
	return 1;
}

/* ---- All --------------------------------------------------------------- */

/* A word of nothing but marks is its own stem. */
static void add_any(struct kzi_stems *stems, const char *word, size_t length)
{
	if (!stems->count)
		add_stem(stems, word, length);
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

static int add_stems(struct kzi_stemmers *stemmers, int language,
	const char *word, size_t length, struct kzi_stems *stems)
{
	char stem[KZI_STEM_MOST];

	if (has_digit(word, length)) {
		add_folded(stems, word, length);
		return 1;
	}
	if (language == KZI_CY) {
		add_stem(stems, stem,
			kzi_stem_cy(word, length, stem, sizeof(stem)));
		return 1;
	}
	if (!add_known(stemmers, language, word, length, stems))
		return 0;
	if (stems->count)
		return 1;
	if (!add_snowball(stemmers, language, word, length, stems))
		return 0;
	stems->is_root = stems->count > 0;
	return 1;
}

int kzi_stem(struct kzi_stemmers *stemmers, int language, const char *word,
	size_t length, struct kzi_stems *stems)
{
	stems->count = 0;
	stems->is_known = 0;
	stems->is_root = 0;
	if (length > KZI_STEM_MOST)
		length = KZI_STEM_MOST;
	if (!add_stems(stemmers, language, word, length, stems))
		return 0;
	add_any(stems, word, length);
	return 1;
}

int kzi_has_roots(int language)
{
	const struct kzi_lang *data = kzi_lang_data(language);

	return data->dict && !data->is_dict_small;
}

int kzi_root(struct kzi_stemmers *stemmers, int language, const char *word,
	size_t length, struct kzi_stems *root)
{
	root->count = 0;
	if (length > KZI_STEM_MOST)
		length = KZI_STEM_MOST;
	return has_digit(word, length) ||
		add_snowball(stemmers, language, word, length, root);
}

int kzi_stem_is_strange(int language, const char *word, size_t length)
{
	const struct kzi_dict *dict = kzi_lang_data(language)->dict;

	return dict ? kzi_dict_is_strange(dict, word, length) ||
			kzi_rules_is_strange(language, word, length)
		    : language == KZI_CY;
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
