/* suggest.h -- other spellings of words that the index does not hold. */
#ifndef KZI_SUGGEST_H
#define KZI_SUGGEST_H

#include "search/search.h"

enum { KZI_SPELLER_LETTERS = 0x250 /* The Latin blocks. */ };

/* For one query after the other; zeros are a valid new one. */
struct kzi_speller {
	struct kzi_store *store;
	/* Letters without their accents, as far as they were asked for. */
	uint16_t bases[KZI_SPELLER_LETTERS];
};

struct kzi_spelling {
	char word[KZI_VOCABULARY_WORD_MOST + 1]; /* NUL-ended. */
	uint8_t length;
	int cost;         /* Of the way from what was typed; see suggest.c. */
	int score;        /* The same less a bonus for frequent words. */
	int64_t passages; /* That hold it; 1 for a stop word. */
	int is_stop;
};

/* The words of a language that are likeliest to be meant by `word`, which is in
 * normal form: the best `most` into `best`, best first. A word of six letters
 * and more may be two letters off, a shorter one and a stop word one. */
kz_status kzi_spellings(struct kzi_speller *speller, int language,
	const char *word, size_t length, struct kzi_spelling *best, size_t most,
	size_t *count, kz_error *err);

/* The query with other spellings for words that are not in the index, appended
 * to `out`; nothing if there are none. Words in quotation marks and numbers
 * stay as they are. */
kz_status kzi_suggest(struct kzi_ask *ask, int has_hits, struct kzi_buf *out);

#endif
