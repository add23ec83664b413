/* across_hear.h -- what the best passages speak of, for the echo of a search
 * across languages. Private to across_*.c.
 *
 *     y pont, yr afon   (Welsh)
 *     => bridge, river */
#ifndef KZI_ACROSS_HEAR_H
#define KZI_ACROSS_HEAR_H

#include "search/across.h"

enum { KZI_HEARD_MOST = 24 /* Concepts; the strongest. */ };

/* An English stem, or a word that the table does not know, as it stands
 * there. */
struct kzi_heard_concept {
	const char *key;
	uint32_t length;
	int is_english;
	double weight;
};

struct kzi_heard {
	struct kzi_heard_concept concepts[KZI_HEARD_MOST];
	uint32_t count;
	double sum; /* Of the weights. */
};

/* What the first of `count` candidates, the best first, speak of. Passages
 * count alike however long they are. */
kz_status kzi_across_hear(struct kzi_ask *ask,
	struct kzi_candidate *candidates, size_t count,
	struct kzi_heard *heard);

/* Translations into one language, the best first. */
enum { KZI_GLOSSES_MOST = 4 };
struct kzi_glosses {
	struct kzi_gloss items[KZI_GLOSSES_MOST];
	double shares[KZI_GLOSSES_MOST];
	uint32_t count;
};

/* The best glosses of a walk in each of some languages (bits), at most
 * `most`. */
void kzi_across_glosses(struct kzi_scan walk, uint32_t languages, uint32_t most,
	struct kzi_glosses found[KZI_LANGUAGES]);

/* Cut a text of the table into index->foreign; *count tells how many of its
 * words count. Returns 0 when memory is short. */
int kzi_across_cut(struct kzi_ask *ask, int language, struct kzi_string text,
	uint32_t *count);

#endif
