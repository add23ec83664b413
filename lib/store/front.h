/* front.h -- words in order, each by what it shares with the one before (front
 * coding: Witten, Moffat and Bell, Managing Gigabytes, 1999). Before the bytes
 * of a word stand how many it shares and how many are its own:
 *
 *     shared | own << 4     one byte; 15 or more are 15, and the rest follows,
 *                           that of shared first, a byte each
 *
 *     community, communities    90 "community"    38 "ies"
 *     after 20 shared bytes     F3 05 ... */
#ifndef KZI_FRONT_H
#define KZI_FRONT_H

#include <stddef.h>

#include "base/buf.h"

enum { KZI_FRONT_MORE = 15 };

static inline size_t kzi_front_shared(const char *last, size_t last_length,
	const char *word, size_t length)
{
	size_t most = last_length < length ? last_length : length, i = 0;

	while (i < most && last[i] == word[i])
		i++;
	return i;
}

/* Append a word that shares so many bytes with the last one. Both numbers are
 * below 256. */
static inline void kzi_front_put(
	struct kzi_buf *out, const char *word, size_t length, size_t shared)
{
	size_t own = length - shared;
	size_t low = shared < KZI_FRONT_MORE ? shared : KZI_FRONT_MORE;
	size_t high = own < KZI_FRONT_MORE ? own : KZI_FRONT_MORE;

	kzi_buf_byte(out, (int)(low | high << 4));
	if (low == KZI_FRONT_MORE)
		kzi_buf_byte(out, (int)(shared - KZI_FRONT_MORE));
	if (high == KZI_FRONT_MORE)
		kzi_buf_byte(out, (int)(own - KZI_FRONT_MORE));
	kzi_buf_append(out, word + shared, own);
}

/* Read the numbers of the next word; `scan` then stands at its own bytes, all
 * of which are there. Returns 0 if they are not. */
static inline int kzi_front_get(
	struct kzi_scan *scan, size_t *shared, size_t *own)
{
	const unsigned char *at = (const unsigned char *)scan->at;
	size_t left = (size_t)(scan->end - scan->at), used = 1;

	if (left < 1)
		return 0;
	*shared = at[0] & 15;
	*own = at[0] >> 4;
	if (*shared == KZI_FRONT_MORE && used < left)
		*shared += at[used++];
	if (*own == KZI_FRONT_MORE && used < left)
		*own += at[used++];
	if (*own > left - used)
		return 0;
	scan->at += used;
	return 1;
}

#endif
