/* lexicon.h -- pairs of words that dictionaries give, brought together and
 * written as a word table.
 *
 *     en community  ~  hu közösség     from FreeDict
 *     en community  ~  cy cymuned      from Eurfa
 *
 * A pair holds in both directions. What two languages have only by way of
 * Spanish is joined here; what they have by way of English is joined by who
 * asks the table. */
#ifndef KZI_LEXICON_H
#define KZI_LEXICON_H

#include <stddef.h>
#include <stdint.h>

#include "store/store.h"
#include "text/text.h"

/* Known to dictionaries, not to the index. */
enum { KZI_SPANISH = KZI_LANGUAGES, KZI_LEXICON_LANGUAGES };

enum { KZI_LEXICON_SOURCES = 255 };

struct kzi_lexicon;

struct kzi_lexicon *kzi_lexicon_new(void);
void kzi_lexicon_free(struct kzi_lexicon *lexicon);

/* The language of a code of two or three letters ("cy", "cym"), or -1. */
int kzi_lexicon_language(const char *code, size_t length);

/* How far a source is trusted. */
enum kzi_trust {
	KZI_GENERAL, /* A dictionary of the language at large. */
	KZI_OF_FIELD, /* Of the field of the corpus: goes before those. */
	KZI_OWN /* The user's: what it says of a word is said by no other. */
};

/* Add a source; the pairs that follow are its own. */
void kzi_lexicon_source(struct kzi_lexicon *lexicon,
	const struct kzi_glossary_source *source, enum kzi_trust trust);

/* How many pairs the source begun last has given that none before it had. */
uint64_t kzi_lexicon_pairs(const struct kzi_lexicon *lexicon);

/* A side of a pair, as a dictionary writes it. */
struct kzi_side {
	int language;
	const char *text;
	size_t length;
};

/* Add a pair. What stands in brackets is left out; long phrases are no words
 * and are left out as well. */
void kzi_lexicon_add(struct kzi_lexicon *lexicon, const struct kzi_side *a,
	const struct kzi_side *b);

/* Write the table; `flags` are those of the store. */
kz_status kzi_lexicon_write(struct kzi_lexicon *lexicon, const char *path,
	uint32_t flags, kz_error *err);

#endif
