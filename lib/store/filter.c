/* filter.c -- terms that restrict and never weigh. */
#include "store/store.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"

enum { HEAD = 2, DIGITS = 16 };

size_t kzi_filter_term(char term[KZI_FILTER_MOST], enum kzi_filter filter,
	const char *value, size_t length)
{
	size_t kept = length;

	term[0] = '_';
	term[1] = (char)filter;
	if (length <= KZI_FILTER_MOST - HEAD) {
		memcpy(term + HEAD, value, length);
		return HEAD + length;
	}
	kept = kzi_utf8_cut(value, length, KZI_FILTER_MOST - HEAD - DIGITS - 1);
	memcpy(term + HEAD, value, kept);
	snprintf(term + HEAD + kept, DIGITS + 1, "%016llx",
		(unsigned long long)kzi_hash(value, length, 0));
	return HEAD + kept + DIGITS;
}
