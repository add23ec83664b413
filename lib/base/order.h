/* order.h -- how two runs of bytes are ordered: by the first byte that differs,
 * and a beginning before what it begins. */
#ifndef KZI_ORDER_H
#define KZI_ORDER_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/load.h"

/* Negative, 0 or positive, as memcmp. */
static inline int kzi_order(
	const char *a, size_t a_length, const char *b, size_t b_length)
{
	int order = memcmp(a, b, a_length < b_length ? a_length : b_length);

	return order ? order : (a_length > b_length) - (a_length < b_length);
}

/* The first eight bytes, zeros behind them, as a number that orders as they do:
 * where two differ, nothing else need be compared. */
static inline uint64_t kzi_order_key(const char *bytes, size_t length)
{
	unsigned char start[8] = { 0 };

	memcpy(start, bytes, length < sizeof(start) ? length : sizeof(start));
	return kzi_load_big64(start);
}

/* kzi_order of runs whose keys are at hand. */
static inline int kzi_order_keyed(uint64_t a_key, const char *a,
	size_t a_length, uint64_t b_key, const char *b, size_t b_length)
{
	if (a_key != b_key)
		return a_key < b_key ? -1 : 1;
	return kzi_order(a, a_length, b, b_length);
}

#endif
