/* patterns.c -- see patterns.h. */
#include "indexer/patterns.h"

static unsigned chain_of(char first, char second)
{
	return ((unsigned)first % 32) * 32 + (unsigned)second % 32;
}

void kzi_patterns_add_one(
	struct kzi_patterns *patterns, const char *text, uint32_t meaning)
{
	uint16_t *chain = &patterns->chains[chain_of(text[0], text[1])];
	struct kzi_pattern *added = &patterns->entries[patterns->count];

	added->text = text;
	added->meaning = meaning;
	added->next = *chain;
	*chain = ++patterns->count;
}

void kzi_patterns_add(struct kzi_patterns *patterns, const char *const *list,
	uint32_t meaning)
{
	for (; *list; list++)
		kzi_patterns_add_one(patterns, *list, meaning);
}

int kzi_pattern_matches(const char *pattern, const char *text)
{
	while (*pattern && *pattern != '*' && *pattern == *text) {
		pattern++;
		text++;
	}
	return *pattern == '*' || (!*pattern && !*text);
}

uint32_t kzi_patterns_match(
	const struct kzi_patterns *patterns, const char *text)
{
	uint32_t meanings = 0;
	uint16_t at = patterns->chains[chain_of(text[0], text[1])];

	for (; at; at = patterns->entries[at - 1].next)
		if (kzi_pattern_matches(patterns->entries[at - 1].text, text))
			meanings |= patterns->entries[at - 1].meaning;
	return meanings;
}

int kzi_patterns_begin(
	const struct kzi_patterns *patterns, char first, char second)
{
	return patterns->chains[chain_of(first, second)] != 0;
}
