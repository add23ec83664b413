/* lang.c -- the table of languages. */
#include "text/lang.h"

#include <string.h>

const struct kzi_lang *kzi_lang_data(int language)
{
	switch (language) {
	case KZI_CA:
		return &kzi_lang_ca;
	case KZI_CY:
		return &kzi_lang_cy;
	case KZI_HU:
		return &kzi_lang_hu;
	case KZI_IT:
		return &kzi_lang_it;
	case KZI_PT:
		return &kzi_lang_pt;
	case KZI_RO:
		return &kzi_lang_ro;
	default:
		return &kzi_lang_en;
	}
}

const char *kzi_language_tag(int language)
{
	return kzi_lang_data(language)->tag;
}

static int lower(int c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

int kzi_language_find(const char *tag, size_t length)
{
	/* ISO 639-2 codes that old pages carry. */
	static const char three[KZI_LANGUAGES][2][4] = {
		{ "cat", "cat" }, { "cym", "wel" }, { "eng", "eng" },
		{ "hun", "hun" }, { "ita", "ita" }, { "por", "por" },
		{ "ron", "rum" }
	};
	char code[4] = "";
	size_t i;
	int l;

	for (i = 0; i < length && tag[i] != '-' && tag[i] != '_'; i++) {
		if (i == 3)
			return -1;
		code[i] = (char)lower((unsigned char)tag[i]);
	}
	for (l = 0; l < KZI_LANGUAGES; l++)
		if (!strcmp(code, kzi_language_tag(l)) ||
			!strcmp(code, three[l][0]) ||
			!strcmp(code, three[l][1]))
			return l;
	return -1;
}

/* A word and the spaces around it are looked for at once, which the C library
 * does many bytes at a time. */
int kzi_list_has(const char *list, const char *word, size_t length)
{
	char entry[KZI_LISTED_MOST + 3] = " ";

	if (!length || length > KZI_LISTED_MOST)
		return 0;
	memcpy(entry + 1, word, length);
	memcpy(entry + 1 + length, " ", 2);
	return strstr(list, entry) != NULL;
}
