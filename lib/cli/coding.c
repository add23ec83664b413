/* coding.c -- see coding.h.
 *
 *     LANG=hu_HU.ISO-8859-2, "k\xf6z\xf6ss\xe9g" => "közösség"
 *
 * The name of the locale is enough: whether the system has such a locale does
 * not matter, and nothing is loaded for the many who type UTF-8. */
#include "cli/coding.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "cli/glyph.h"

enum {
	NAME_MOST = 32,
	/* Bytes of UTF-8 that one byte of another encoding can become. */
	GROWTH = 4
};

static int is_utf8(const char *text)
{
	const char *end = text + strlen(text);

	while (text < end)
		if (kzi_glyph_next(&text, end) == KZI_GLYPH_BAD)
			return 0;
	return 1;
}

/* "hu_HU.ISO-8859-2@euro" => "ISO-8859-2"; 0 if none is named. */
static int find_encoding(char name[NAME_MOST])
{
	static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
	const char *locale = NULL, *dot;
	size_t length, i;

	for (i = 0; i < sizeof(variables) / sizeof(*variables); i++)
		if ((locale = getenv(variables[i])) && *locale)
			break;
	dot = locale ? strchr(locale, '.') : NULL;
	length = dot ? strcspn(dot + 1, "@") : 0;
	if (length == 0 || length >= NAME_MOST)
		return 0;
	memcpy(name, dot + 1, length);
	name[length] = '\0';
	return 1;
}

char *kzi_coding_decode(const char *text)
{
	char name[NAME_MOST];
	size_t left = strlen(text), room = left * GROWTH;
	char *in = (char *)text, *decoded, *out;
	iconv_t coding;
	int is_done;

	if (is_utf8(text) || !find_encoding(name))
		return NULL;
	coding = iconv_open("UTF-8", name);
	if (coding == (iconv_t)-1)
		return NULL;
	decoded = out = malloc(room + 1);
	is_done = out && iconv(coding, &in, &left, &out, &room) != (size_t)-1;
	iconv_close(coding);
	if (is_done) {
		*out = '\0';
		return decoded;
	}
	free(decoded);
	return NULL;
}
