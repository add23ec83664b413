/* across_via.c -- see across.h: what a person is told of a passage in another
 * language: which of its words answered which of the query. */
#include "search/across.h"

#include <string.h>

enum { VIAS_MOST = 8 };

static const struct kzi_translation *find_other(
	const struct kzi_reading *reading, const struct kzi_word *word)
{
	uint32_t i;
	int t;

	for (i = 0; i < reading->other_count; i++)
		for (t = 0; t < word->term_count; t++)
			if (kzi_term_equal(&reading->others[i].variant.term,
				    &word->terms[t]))
				return &reading->others[i];
	return NULL;
}

/* The translation that a word of the text is, or NULL. */
static const struct kzi_translation *find_translation(
	const struct kzi_version *version, const struct kzi_word *word)
{
	const struct kzi_translation *found = NULL;
	uint32_t l, r;

	for (l = 0; l < version->leaf_count && !found; l++)
		for (r = 0; r < version->leaves[l].count && !found; r++)
			if (!version->leaves[l].is_negative)
				found = find_other(
					&version->leaves[l].readings[r], word);
	return found;
}

static int is_told(const struct kzi_buf *vias,
	const struct kzi_translation *translation, const char *word)
{
	const kz_via *told = (const kz_via *)(const void *)vias->data;
	size_t count = vias->length / sizeof(*told), i;

	for (i = 0; i < count; i++)
		if (!strcmp(told[i].word, word) &&
			!strncmp(told[i].query, translation->query.bytes,
				translation->query.length))
			return 1;
	return count == VIAS_MOST;
}

int kzi_across_via(const struct kzi_version *version, const char *text,
	const struct kzi_tokens *tokens, struct kzi_arena *arena,
	struct kzi_buf *vias)
{
	size_t i;

	if (!version->is_translated)
		return 1;
	for (i = 0; i < tokens->count; i++) {
		const struct kzi_token *token = &tokens->items[i];
		const struct kzi_translation *translation;
		kz_via via;

		if (!kzi_token_mark(token))
			continue;
		translation = find_translation(version, token->word);
		if (!translation)
			continue;
		via.word = kzi_arena_copy(
			arena, text + token->offset, token->length);
		via.query = kzi_arena_copy(arena, translation->query.bytes,
			translation->query.length);
		via.entry = kzi_arena_copy(arena, translation->text.bytes,
			translation->text.length);
		if (!via.word || !via.query || !via.entry)
			return 0;
		if (!is_told(vias, translation, via.word))
			kzi_buf_append(vias, &via, sizeof(via));
	}
	return !vias->failed;
}
