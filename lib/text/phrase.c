/* phrase.c -- the keys under which a word table files words and phrases, so
 * that any form of a word finds them. */
#include <string.h>

#include "text/text.h"

/* The stem of a word in a form of the key; the first one where it has no other,
 * and then *is_other stays as it is. */
static const struct kzi_term *stem_of(
	const struct kzi_word *word, int form, int *is_other)
{
	int i;

	for (i = 1; i < word->term_count && form > 0; i++) {
		if (word->terms[i].kind != (form == 1 ? KZI_BARE : KZI_STEM))
			continue;
		*is_other = 1;
		return &word->terms[i];
	}
	return &word->terms[0];
}

size_t kzi_phrase_key(struct kzi_analyzer *analyzer,
	const struct kzi_token *tokens, size_t count, int form,
	char key[KZI_PHRASE_MOST])
{
	size_t length = 0, i;
	int is_other = form == 0;

	for (i = 0; i < count; i++) {
		const char *stem;
		size_t size;

		if (tokens[i].flags & KZI_TOKEN_JOINED)
			continue;
		if (!tokens[i].word ||
			!kzi_word_terms(analyzer, tokens[i].word))
			return 0;
		stem = kzi_term_text(
			stem_of(tokens[i].word, form, &is_other), &size);
		if (length + size + 1 > KZI_PHRASE_MOST)
			return 0;
		if (length > 0)
			key[length++] = ' ';
		memcpy(key + length, stem, size);
		length += size;
	}
	return is_other ? length : 0;
}
