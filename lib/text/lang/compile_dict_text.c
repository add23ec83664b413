/* compile_dict_text.c -- letters, and room for text. */
#include <ctype.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compile_dict.h"

enum { MOST_ROOM = 60000000 /* Bytes of all text kept. */ };

void die(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fputs("compile_dict: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
	exit(1);
}

char *take(size_t size)
{
	static char room[MOST_ROOM];
	static size_t used;
	char *start = room + used;

	if (size > MOST_ROOM - used)
		die("too much text");
	used += size;
	return start;
}

char *copy(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(take(size), text, size);
}

int number_of(const char *text)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	return end > text && number < INT_MAX ? (int)number : 0;
}

int cut_line(char *line, char **fields, int most)
{
	int count = 0;
	char *at = strtok(line, " \t\r\n");

	while (at && count < most) {
		fields[count++] = at;
		at = strtok(NULL, " \t\r\n");
	}
	return count;
}

unsigned decode(const char **at)
{
	const unsigned char *p = (const unsigned char *)*at;
	unsigned c = *p++;
	unsigned more = c < 0xC0 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;

	if (more)
		c &= 0x3Fu >> more;
	for (; more && (*p & 0xC0) == 0x80; more--)
		c = c << 6 | (*p++ & 0x3F);
	*at = (const char *)p;
	return c;
}

static char *encode(char *out, unsigned c)
{
	if (c < 0x80) {
		*out++ = (char)c;
	} else if (c < 0x800) {
		*out++ = (char)(0xC0 | c >> 6);
		*out++ = (char)(0x80 | (c & 0x3F));
	} else {
		*out++ = (char)(0xE0 | (c >> 12 & 15));
		*out++ = (char)(0x80 | (c >> 6 & 0x3F));
		*out++ = (char)(0x80 | (c & 0x3F));
	}
	return out;
}

/* Latin letters only: that is what these dictionaries are written in. */
static unsigned lower(unsigned c)
{
	if (c < 0x80)
		return (unsigned)tolower((int)c);
	if (c >= 0xC0 && c <= 0xDE && c != 0xD7)
		return c + 0x20;
	if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) ||
		(c >= 0x218 && c <= 0x21B))
		return c | 1;
	if (c >= 0x139 && c <= 0x148)
		return c + (c & 1);
	return c;
}

/* The letter without its marks: ő => o. */
static unsigned plain(unsigned c)
{
	static const char latin[] = "aaaaaaaceeeeiiiidnooooo.ouuuuyts"
				    "aaaaaaaceeeeiiiidnooooo.ouuuuyty";

	if (c >= 0xC0 && c < 0x100)
		return (unsigned char)latin[c - 0xC0];
	if (c == 0x103 || c == 0x105)
		return 'a';
	if (c == 0x151)
		return 'o';
	if (c == 0x171 || c == 0x16B)
		return 'u';
	if (c == 0x219 || c == 0x15F || c == 0x161)
		return 's';
	if (c == 0x21B || c == 0x163)
		return 't';
	return c;
}

void fold(char *text)
{
	const char *from = text;

	while (*from) {
		unsigned c = decode(&from);

		text = encode(text, plain(c));
	}
	*text = '\0';
}

int spell(char *out, const char *from)
{
	char *start = out;

	while (*from) {
		unsigned c = lower(decode(&from));

		if (c == '-' || c == 0xB7)
			continue;
		if ((c < 0x80 && !isalpha((int)c)) || c >= 0x250)
			return 0;
		out = encode(out, plain(c));
	}
	*out = '\0';
	return out > start;
}

int spell_or_none(char *out, const char *text)
{
	*out = '\0';
	return !strcmp(text, "0") || spell(out, text);
}
