/* lang.h -- what the analysis knows of a language: data only.
 *
 * Every list is one string of words with single spaces between them and around
 * the whole, " el la "; such lists need no relocation when the program starts,
 * and a word is looked up once per analyser. Words are normalised (NFC, lower
 * case, straight apostrophes), with accents. A missing list is "". */
#ifndef KZI_LANG_H
#define KZI_LANG_H

#include <stddef.h>

#include "text/dict.h"
#include "text/text.h"

struct kzi_lang {
	char tag[4];
	char stemmer[12];  /* libstemmer's name, or "": one of our own. */
	const struct kzi_dict *dict; /* Or NULL. */
	int is_dict_small; /* It has the irregular words only, and their base
			      forms go on to the stemmer. */
	const char *stop_words;

	/* Before an apostrophe: articles and the like; "dell" 'esperienza. */
	const char *elisions;
	/* Behind an apostrophe: clitics; Welsh mae "'n", Catalan dona "'m". */
	const char *clitics;
	/* Behind a hyphen: pronouns of a verb; Portuguese fala "-se". */
	const char *enclitics;
	/* Before a hyphen: short words; Romanian "s" -au. */
	const char *proclitics;
	/* Behind a hyphen: endings of a number, name or foreign word;
	 * Hungarian 1991 "-ben", Romanian browser "-ul". */
	const char *endings;
	/* Words whose analysis stands for the language in the fingerprint. */
	const char *probes;
};

extern const struct kzi_lang kzi_lang_ca, kzi_lang_cy, kzi_lang_en, kzi_lang_hu,
	kzi_lang_it, kzi_lang_pt, kzi_lang_ro;

extern const struct kzi_dict kzi_dict_ca, kzi_dict_en, kzi_dict_hu, kzi_dict_it,
	kzi_dict_pt, kzi_dict_ro;

const struct kzi_lang *kzi_lang_data(int language);

enum { KZI_LISTED_MOST = 29 }; /* No list has a longer word; bytes. */

/* 1 if the word stands in the list, which has a space before and behind
 * each. */
int kzi_list_has(const char *list, const char *word, size_t length);

#endif
