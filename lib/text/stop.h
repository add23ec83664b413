/* stop.h -- the lists of stop words, made quick to look up. Private. */
#ifndef KZI_STOP_H
#define KZI_STOP_H

#include <stdint.h>

#include "text/lang.h"

enum { KZI_STOP_SLOTS = 1024 }; /* A power of two, several times the words. */

/* Where the words of a list begin, by their hash; 0: free (a list begins with
 * a space). Zeros: not made yet. */
struct kzi_stop_table {
	uint16_t starts[KZI_STOP_SLOTS];
	uint16_t longest;
};

/* 1 if the word is a stop word of the language. */
int kzi_is_stop(struct kzi_stop_table *table, const struct kzi_lang *lang,
	const char *word, size_t length);

#endif
