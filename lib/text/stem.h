/* stem.h -- one call for every way to a stem.
 *
 *     hu ca ro pt  the base forms that the dictionary has, else Snowball's stem
 *     en it        Snowball's stem, of the base form if the word is irregular
 *     cy           our own stemmer */
#ifndef KZI_STEM_H
#define KZI_STEM_H

#include <stddef.h>

#include "text/text.h"

struct sb_stemmer;

/* libstemmer's objects, made when first needed. Zeros: none yet. */
struct kzi_stemmers {
	struct sb_stemmer *snowball[KZI_LANGUAGES];
};

enum {
	KZI_STEM_MOST = 256,
	KZI_STEMS_MOST = 2 /* Portuguese "foi": was, went. */
};

/* A stem, or what is filed like one. */
struct kzi_stem_text {
	const char *bytes;
	size_t length;
};

struct kzi_stems {
	struct kzi_stem_text items[KZI_STEMS_MOST];
	int count;
	int is_known; /* To a dictionary, and so without accents too. */
	int is_root;  /* The only one is what kzi_root would find. */
	char room[KZI_STEMS_MOST][KZI_STEM_MOST];
};

/* Find the stems of one normalised word; stems have no accents. There is at
 * least one. Returns 0 when memory is short. */
int kzi_stem(struct kzi_stemmers *stemmers, int language, const char *word,
	size_t length, struct kzi_stems *stems);

/* 1 if words of the language have roots: its stems are base forms. */
int kzi_has_roots(int language);

/* Find what Snowball leaves of a normalised word, whatever a dictionary says of
 * it; nothing of a word with digits. Returns 0 when memory is short. */
int kzi_root(struct kzi_stemmers *stemmers, int language, const char *word,
	size_t length, struct kzi_stems *root);

/* 0 if every stem of the folded word begins with its first two letters, told
 * without stemming it. */
int kzi_stem_is_strange(int language, const char *word, size_t length);

void kzi_stemmers_release(struct kzi_stemmers *stemmers);

#endif
