/* stop.h -- the lists of stop words, made quick to say no. Private. */
#ifndef KZI_STOP_H
#define KZI_STOP_H

#include <stdint.h>

#include "text/lang.h"

enum { KZI_STOP_FIRSTS = 32 };

/* Which lengths the words of a list have, by the low bits of their first byte.
 * Zeros: not made yet. */
struct kzi_stop_lengths {
	uint32_t lengths[KZI_STOP_FIRSTS];
	int is_made;
};

/* 1 if the word is a stop word of the language. */
int kzi_is_stop(struct kzi_stop_lengths *lengths, const struct kzi_lang *lang,
	const char *word, size_t length);

#endif
