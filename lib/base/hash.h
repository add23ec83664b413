/* hash.h -- a 64-bit hash of bytes, for tables, fingerprints and change
 * detection. Not for adversaries: use it where a collision costs time or is
 * checked, never where it costs correctness.
 *
 * Words of eight bytes are mixed by multiplication and shift in the manner of
 * SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). The value is part of the
 * index format (fingerprints): changing it needs a new format version. */
#ifndef KZI_HASH_H
#define KZI_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t kzi_hash(const void *bytes, size_t length, uint64_t seed);

/* Another one, in half the time: for tables that nobody else sees, by its low
 * bits. */
uint64_t kzi_hash_quick(const void *bytes, size_t length, uint64_t seed);

/* A sum of many bytes, some gigabytes a second: to tell that a file is no
 * longer what it was. Each step can be undone, so a change within eight bytes
 * never goes unseen, and another one only by a chance of one in 2^64. */
enum { KZI_SUM_STEP = 32 };

struct kzi_sum {
	uint64_t lanes[4];
	uint64_t length;
};

void kzi_sum_init(struct kzi_sum *sum);

/* Add bytes; their number is a multiple of KZI_SUM_STEP, but for the last. */
void kzi_sum_add(struct kzi_sum *sum, const void *bytes, size_t length);
uint64_t kzi_sum_end(const struct kzi_sum *sum);

/* The low half of the sum of a few bytes. A CRC of zlib takes eight times as
 * long, with tables of 16 kilobytes that no search leaves in the caches. */
uint32_t kzi_sum_short(const void *bytes, size_t length);

#endif
