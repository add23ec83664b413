/* load.h -- numbers out of bytes and into them, the low byte first, wherever
 * they stand. */
#ifndef KZI_LOAD_H
#define KZI_LOAD_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

static inline uint32_t kzi_load32(const unsigned char *at)
{
	uint32_t number;

	memcpy(&number, at, sizeof(number));
	return le32toh(number);
}

static inline uint64_t kzi_load64(const unsigned char *at)
{
	uint64_t number;

	memcpy(&number, at, sizeof(number));
	return le64toh(number);
}

/* Eight bytes as a number that orders as they do. */
static inline uint64_t kzi_load_big64(const unsigned char *at)
{
	uint64_t number;

	memcpy(&number, at, sizeof(number));
	return be64toh(number);
}

/* The lowest `bytes` bytes of a number. */
static inline void kzi_save(void *at, uint64_t number, int bytes)
{
	unsigned char *to = (unsigned char *)at; /* C++ reads this, too. */
	int i;

	for (i = 0; i < bytes; i++)
		to[i] = (unsigned char)(number >> (8 * i));
}

#endif
