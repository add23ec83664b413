/* compile_dict_words.c -- the list of words, merged and found. */
#include <stdlib.h>
#include <string.h>

#include "compile_dict.h"

void add_word(struct dictionary *dict, const char *text, const char *lemma,
	const struct set *classes)
{
	struct word *word = &dict->words[dict->word_count];

	if (dict->word_count == MOST_WORDS)
		die("too many words");
	word->text = copy(text);
	word->lemma = copy(lemma);
	word->is_base = 0;
	word->classes = *classes;
	dict->word_count++;
}

static int compare_words(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	int order = strcmp(x->text, y->text);

	return order ? order : strcmp(x->lemma, y->lemma);
}

void merge_words(struct dictionary *dict)
{
	struct word *words = dict->words;
	size_t i, kept = 0;
	int k;

	qsort(words, dict->word_count, sizeof(words[0]), compare_words);
	for (i = 0; i < dict->word_count; i++) {
		struct word *last = kept ? &words[kept - 1] : NULL;
		uint64_t no_word;

		if (!last || compare_words(last, &words[i])) {
			words[kept++] = words[i];
			continue;
		}
		last->is_base |= words[i].is_base;
		no_word = last->classes.bits[0] & words[i].classes.bits[0] &
			1u << NEEDS_MORE;
		for (k = 0; k < KZI_DICT_SET; k++)
			last->classes.bits[k] |= words[i].classes.bits[k];
		last->classes.bits[0] &= ~(uint64_t)(1u << NEEDS_MORE);
		last->classes.bits[0] |= no_word;
	}
	dict->word_count = kept;
}

struct word *find_word(struct dictionary *dict, const char *text)
{
	struct word *words = dict->words;
	size_t low = 0, high = dict->word_count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(words[middle].text, text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == dict->word_count || strcmp(words[low].text, text))
		return NULL;
	return &words[low];
}
