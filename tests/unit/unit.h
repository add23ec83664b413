/* unit.h -- what every unit test begins with. */
#ifndef KZI_UNIT_H
#define KZI_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Compare a string that need not end in NUL with one that does. */
#define assert_bytes(bytes, length, wanted)                                    \
	do {                                                                   \
		assert_int_equal(length, strlen(wanted));                      \
		assert_memory_equal(bytes, wanted, strlen(wanted));            \
	} while (0)

/* A number from a fixed sequence (xorshift): the same in every run. */
static inline uint64_t unit_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

#endif
