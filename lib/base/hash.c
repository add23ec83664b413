/* hash.c -- see hash.h. Reads bytes as little-endian on every machine. */
#include "base/hash.h"

static uint64_t mix(uint64_t x)
{
	x ^= x >> 30;
	x *= 0xBF58476D1CE4E5B9u;
	x ^= x >> 27;
	x *= 0x94D049BB133111EBu;
	return x ^ x >> 31;
}

static uint64_t load(const unsigned char *bytes, size_t count)
{
	uint64_t word = 0;
	size_t i;

	for (i = 0; i < count; i++)
		word |= (uint64_t)bytes[i] << (8 * i);
	return word;
}

uint64_t kzi_hash(const void *bytes, size_t length, uint64_t seed)
{
	const unsigned char *at = bytes;
	uint64_t hash = mix(seed + 0x9E3779B97F4A7C15u + length);

	for (; length >= 8; at += 8, length -= 8)
		hash = mix(hash ^ load(at, 8)) + 0x9E3779B97F4A7C15u;
	return mix(hash ^ load(at, length));
}
