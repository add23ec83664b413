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

#endif
