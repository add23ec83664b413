/* hash.c -- see hash.h. Reads bytes as little-endian on every machine. */
#include "base/hash.h"

#include <endian.h>
#include <string.h>

static uint64_t mix(uint64_t x)
{
	x ^= x >> 30;
	x *= 0xBF58476D1CE4E5B9u;
	x ^= x >> 27;
	x *= 0x94D049BB133111EBu;
	return x ^ x >> 31;
}

/* Up to eight bytes, the first one lowest. */
static uint64_t load_few(const unsigned char *bytes, size_t count)
{
	uint64_t word = 0;

	while (count-- > 0)
		word = word << 8 | bytes[count];
	return word;
}

static uint64_t load_eight(const unsigned char *bytes)
{
	uint64_t word;

	memcpy(&word, bytes, sizeof(word));
	return le64toh(word);
}

uint64_t kzi_hash(const void *bytes, size_t length, uint64_t seed)
{
	const unsigned char *at = bytes;
	uint64_t hash = mix(seed + 0x9E3779B97F4A7C15u + length);

	for (; length >= 8; at += 8, length -= 8)
		hash = mix(hash ^ load_eight(at)) + 0x9E3779B97F4A7C15u;
	return mix(hash ^ load_few(at, length));
}
