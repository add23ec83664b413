/* load.h -- numbers out of bytes, the low byte first, wherever they stand. */
#ifndef KZI_LOAD_H
#define KZI_LOAD_H

#include <stdint.h>

static inline uint32_t kzi_load32(const unsigned char *at)
{
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
		(uint32_t)at[3] << 24;
}

static inline uint64_t kzi_load64(const unsigned char *at)
{
	return kzi_load32(at) | (uint64_t)kzi_load32(at + 4) << 32;
}

/* Eight bytes as a number that orders as they do. */
static inline uint64_t kzi_load_big64(const unsigned char *at)
{
	return (uint64_t)at[0] << 56 | (uint64_t)at[1] << 48 |
		(uint64_t)at[2] << 40 | (uint64_t)at[3] << 32 |
		(uint64_t)at[4] << 24 | (uint64_t)at[5] << 16 |
		(uint64_t)at[6] << 8 | at[7];
}

#endif
