/* failpoint.c -- see failpoint.h. Global state, in debug builds alone. */
#include "base/failpoint.h"

#ifdef KZI_DEBUG

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DIED = 99 };

static const char *wanted;
static long passes_left;

void kzi_failpoint_set(const char *point)
{
	const char *colon = point ? strchr(point, ':') : NULL;

	wanted = point;
	passes_left = colon ? strtol(colon + 1, NULL, 10) : 1;
}

void kzi_failpoint_pass(const char *name)
{
	size_t length = strlen(name);

	if (!wanted || strncmp(wanted, name, length) ||
		(wanted[length] && wanted[length] != ':'))
		return;
	if (--passes_left == 0)
		_exit(DIED);
}

#endif
