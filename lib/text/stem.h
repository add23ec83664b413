/* stem.h -- one call for every stemmer: libstemmer's, or our own for Welsh. */
#ifndef KZI_STEM_H
#define KZI_STEM_H

#include <stddef.h>

#include "text/text.h"

struct sb_stemmer;

/* libstemmer's objects, made when first needed. Zeros: none yet. */
struct kzi_stemmers {
	struct sb_stemmer *snowball[KZI_LANGUAGES];
};

enum { KZI_STEM_MOST = 256 };

/* A stem, or what is filed like one. */
struct kzi_stem_text {
	const char *bytes;
	size_t length;
};

/* Stem one normalised word; the stem has no accents. Returns its length, at
 * most KZI_STEM_MOST, or 0 when memory is short. */
size_t kzi_stem(struct kzi_stemmers *stemmers, int language,
	char stem[KZI_STEM_MOST], const char *word, size_t length);

void kzi_stemmers_release(struct kzi_stemmers *stemmers);

#endif
