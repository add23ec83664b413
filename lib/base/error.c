/* error.c -- how failures get their words. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum {
	TEXT_MOST = 4096 + 240, /* The longest path, and what befell it. */
	HEAD_MOST = 60          /* Kept of a text that is too long. */
};

/* What no terminal should see becomes '?': controls, and what is no UTF-8. */
static void mend_characters(char *text, size_t length)
{
	size_t at, taken;
	uint32_t c;

	for (at = 0; at < length; at += taken) {
		taken = kzi_utf8_decode(text + at, length - at, &c);
		if (c < 0x20 || c == 0x7F || (c == KZI_REPLACEMENT && taken == 1))
			text[at] = '?';
	}
}

/* "/a/long/path: why" => "/a/lo...ath: why": what is wrong stands at the end. */
static void put_shortened(
	char *message, size_t size, const char *text, size_t length)
{
	size_t head = kzi_utf8_cut(text, length, HEAD_MOST);
	size_t most = size - 1 - strlen("...") - head;
	size_t tail = kzi_utf8_cut(
		text, length, length - most + KZI_UTF8_MOST - 1);

	snprintf(message, size, "%.*s...%s", (int)head, text, text + tail);
}

kz_status kzi_fail(kz_error *err, kz_status status, const char *format, ...)
{
	char text[TEXT_MOST];
	size_t length;
	va_list args;

	if (!err)
		return status;
	err->status = status;
	err->position = 0;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	length = strlen(text);
	mend_characters(text, length);
	if (length < sizeof(err->message))
		memcpy(err->message, text, length + 1);
	else
		put_shortened(
			err->message, sizeof(err->message), text, length);
	return status;
}

kz_status kzi_fail_memory(kz_error *err)
{
	return kzi_fail(err, KZ_ERR_MEMORY, "out of memory");
}
