/* order.h -- how two runs of bytes are ordered: by the first byte that differs,
 * and a beginning before what it begins. */
#ifndef KZI_ORDER_H
#define KZI_ORDER_H

#include <stddef.h>
#include <string.h>

/* Negative, 0 or positive, as memcmp. */
static inline int kzi_order(
	const char *a, size_t a_length, const char *b, size_t b_length)
{
	int order = memcmp(a, b, a_length < b_length ? a_length : b_length);

	return order ? order : (a_length > b_length) - (a_length < b_length);
}

#endif
