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
	size_t kept;

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

static const char *const kinds[KZI_KINDS] = { "", "guide", "story",
	"material" };

const char *kzi_kind_name(enum kzi_kind kind)
{
	return kind > KZI_KIND_NONE && kind < KZI_KINDS ? kinds[kind] : NULL;
}

enum kzi_kind kzi_kind_named(const char *name, size_t length)
{
	int kind;

	for (kind = KZI_GUIDE; kind < KZI_KINDS; kind++)
		if (strlen(kinds[kind]) == length &&
			!memcmp(kinds[kind], name, length))
			return (enum kzi_kind)kind;
	return KZI_KIND_NONE;
}
