/* lid.h -- which of our languages is a text in?
 *
 * A letter Markov model of each language, compared by Bayes' rule. It needs no
 * memory and no initialisation, and may be used by any number of threads. Who
 * has many texts may lend it memory, so that it weighs frequent words once. */
#ifndef KZI_LID_H
#define KZI_LID_H

#include <stddef.h>
#include <stdint.h>

enum { KZI_LID_LANGUAGES = 7 }; /* ca cy en hu it pt ro, as in text.h. */

struct kzi_lid {
	/* They sum to 1. All are alike where the text has no letters, nearly
	 * alike for a lone name. Of the texts for which the largest is .9,
	 * about nine in ten are in that language, if they are in any of
	 * ours. */
	float probability[KZI_LID_LANGUAGES];

	/* The n-grams looked at, and those that the model has: total 0 says
	 * that there were no letters. */
	uint32_t known;
	uint32_t total;

	/* How far the text looks like the language it is most likely in: its
	 * mean log-likelihood a letter, in nats, less that of ordinary prose.
	 * 0 is typical, below KZI_LID_FOREIGN_FIT it is most likely none of
	 * ours, if it has a hundred letters; 0 where there are no letters. */
	float fit;
};

#define KZI_LID_FOREIGN_FIT (-0.5F)

/* What was worked out of words that were met, the latest of those with a hash.
 * Zeros: none. */
enum {
	KZI_LID_SPELLING = 20, /* Letters of a word that is kept. */
	KZI_LID_WORDS = 4096   /* Those of running text fit into a cache. */
};

struct kzi_lid_words {
	struct kzi_lid_word {
		unsigned char spelling[KZI_LID_SPELLING]; /* Zeros behind it. */
		int16_t weight[KZI_LID_LANGUAGES + 1];
		uint16_t known;
		uint16_t total;
	} slots[KZI_LID_WORDS];
};

/* `text` is UTF-8, well-formed or not, in any case, with composed or combining
 * marks. Of a long text pieces from all of it are read: 1.5 kB together, or 256
 * bytes if all of these are in one language. `met` is changed; the result does
 * not depend on it, and it may be NULL. */
void kzi_lid_identify(struct kzi_lid *result, const char *text, size_t length,
	struct kzi_lid_words *met);

/* 1 if the text is so plainly in a language that its beginning and its end tell:
 * half of what it takes to identify it. Of a short text, 0. */
int kzi_lid_is_plainly(const char *text, size_t length, int language,
	struct kzi_lid_words *met);

#endif
