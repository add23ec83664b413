/* hash.c -- see hash.h. Reads bytes as little-endian on every machine. */
#include "base/hash.h"

#include "base/load.h"

static uint64_t mix(uint64_t x)
{
	x ^= x >> 30;
	x *= 0xBF58476D1CE4E5B9u;
	x ^= x >> 27;
	x *= 0x94D049BB133111EBu;
	return x ^ x >> 31;
}

/* Fewer than eight bytes, the first one lowest. Most words are so short, so
 * there is no loop: what is read twice lands where it is already. */
static inline uint64_t load_few(const unsigned char *bytes, size_t count)
{
	size_t middle = count / 2, last = count - 1;

	if (count >= 4)
		return kzi_load32(bytes) |
			(uint64_t)kzi_load32(bytes + count - 4)
				<< 8 * (count - 4);
	if (count == 0)
		return 0;
	return bytes[0] | (uint64_t)bytes[middle] << 8 * middle |
		(uint64_t)bytes[last] << 8 * last;
}

uint64_t kzi_hash(const void *bytes, size_t length, uint64_t seed)
{
	const unsigned char *at = bytes;
	uint64_t hash = mix(seed + 0x9E3779B97F4A7C15u + length);

	for (; length >= 8; at += 8, length -= 8)
		hash = mix(hash ^ kzi_load64(at)) + 0x9E3779B97F4A7C15u;
	return mix(hash ^ load_few(at, length));
}

static uint64_t step(uint64_t lane, uint64_t word)
{
	lane = (lane ^ word) * 0x9E3779B97F4A7C15u;
	return lane << 29 | lane >> 35;
}

uint64_t kzi_hash_quick(const void *bytes, size_t length, uint64_t seed)
{
	const unsigned char *at = bytes;
	uint64_t hash = step(seed, length);

	for (; length >= 8; at += 8, length -= 8)
		hash = step(hash, kzi_load64(at));
	return step(hash, load_few(at, length));
}

/* ---- Sums -------------------------------------------------------------- */

void kzi_sum_init(struct kzi_sum *sum)
{
	int i;

	sum->length = 0;
	for (i = 0; i < 4; i++)
		sum->lanes[i] = mix((uint64_t)i + 1);
}

/* Four lanes, since each step must wait for the one before it in its lane. */
void kzi_sum_add(struct kzi_sum *sum, const void *bytes, size_t length)
{
	const unsigned char *at = bytes;
	uint64_t a = sum->lanes[0], b = sum->lanes[1], c = sum->lanes[2],
		 d = sum->lanes[3];

	sum->length += length;
	for (; length >= KZI_SUM_STEP; at += 32, length -= 32) {
		a = step(a, kzi_load64(at));
		b = step(b, kzi_load64(at + 8));
		c = step(c, kzi_load64(at + 16));
		d = step(d, kzi_load64(at + 24));
	}
	for (; length >= 8; at += 8, length -= 8)
		a = step(a, kzi_load64(at));
	sum->lanes[0] = length ? step(a, load_few(at, length)) : a;
	sum->lanes[1] = b;
	sum->lanes[2] = c;
	sum->lanes[3] = d;
}

uint64_t kzi_sum_end(const struct kzi_sum *sum)
{
	return kzi_hash(sum->lanes, sizeof(sum->lanes), sum->length);
}

uint32_t kzi_sum_short(const void *bytes, size_t length)
{
	struct kzi_sum sum;

	kzi_sum_init(&sum);
	kzi_sum_add(&sum, bytes, length);
	return (uint32_t)kzi_sum_end(&sum);
}
