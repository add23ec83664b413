/* stop.h -- the lists of stop words, made quick to look up. Private. */
#ifndef KZI_STOP_H
#define KZI_STOP_H

#include <stdint.h>

#include "base/hash.h"

enum { KZI_STOP_SLOTS = 1024 }; /* A power of two, several times the words. */

/* Where the words of a list begin, by their hash; 0: free (a list begins with
 * a space). What is taken goes on to the next slot. Made by the build: see
 * lang/compile_stop.c. */
struct kzi_stop_table {
	uint16_t longest; /* Word, in bytes. */
	uint16_t starts[KZI_STOP_SLOTS];
};

static inline uint32_t kzi_stop_slot(const char *word, size_t length)
{
	return (uint32_t)kzi_hash(word, length, 0) & (KZI_STOP_SLOTS - 1);
}

static inline uint32_t kzi_stop_next(uint32_t slot)
{
	return (slot + 1) & (KZI_STOP_SLOTS - 1);
}

/* 1 if the word is a stop word of the language. */
int kzi_is_stop(int language, const char *word, size_t length);

#endif
