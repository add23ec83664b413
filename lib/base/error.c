/* error.c -- how failures get their words. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cut the last character if the message ends in the middle of it. */
static void mend_end(char *message, size_t size)
{
	size_t length = strlen(message);
	size_t start = length;

	if (length + 1 < size)
		return;
	while (start > 0 && ((unsigned char)message[start - 1] & 0xC0) == 0x80)
		start--;
	if (start > 0 && (unsigned char)message[start - 1] >= 0xC0)
		message[start - 1] = '\0';
}

static void mend_controls(char *message)
{
	for (; *message; message++)
		if ((unsigned char)*message < 0x20 || *message == 0x7F)
			*message = '?';
}

kz_status kzi_fail(kz_error *err, kz_status status, const char *format, ...)
{
	va_list args;

	if (!err)
		return status;
	err->status = status;
	err->position = 0;
	va_start(args, format);
	vsnprintf(err->message, sizeof(err->message), format, args);
	va_end(args);
	mend_end(err->message, sizeof(err->message));
	mend_controls(err->message);
	return status;
}

kz_status kzi_fail_memory(kz_error *err)
{
	return kzi_fail(err, KZ_ERR_MEMORY, "out of memory");
}
