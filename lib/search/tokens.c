/* tokens.c -- kz_analyze: what the index sees in a text. */
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "text/text.h"

struct kz_tokens {
	struct kzi_arena arena;
	kz_token *items;
	size_t count;
	size_t next;
};

/* The stems of a word as strings of their own. */
static int copy_stems(
	kz_tokens *tokens, kz_token *token, const struct kzi_word *word)
{
	const char **stems = kzi_arena_zero(
		&tokens->arena, KZI_WORD_TERMS, sizeof(*stems));
	int i;

	if (!stems)
		return 0;
	for (i = 0; i < word->term_count; i++) {
		size_t length;
		const char *text = kzi_term_text(&word->terms[i], &length);

		if (word->terms[i].kind != KZI_STEM)
			continue;
		stems[token->stem_count] =
			kzi_arena_copy(&tokens->arena, text, length);
		if (!stems[token->stem_count++])
			return 0;
	}
	token->stems = stems;
	return 1;
}

static int copy_token(
	kz_tokens *tokens, kz_token *token, const struct kzi_token *from)
{
	token->span.offset = from->offset;
	token->span.length = from->length;
	token->position = from->position;
	token->is_stop = from->word->is_stop;
	token->word = kzi_arena_copy(
		&tokens->arena, from->word->text, from->word->length);
	return token->word && copy_stems(tokens, token, from->word);
}

static int fill(
	kz_tokens *tokens, int language, const char *text, size_t length)
{
	struct kzi_analyzer *analyzer = kzi_analyzer_new(SIZE_MAX);
	struct kzi_tokens found = { 0 };
	int done = analyzer &&
		kzi_analyze(analyzer, language, text, length, &found);
	size_t i;

	if (done)
		tokens->items = kzi_arena_zero(
			&tokens->arena, found.count, sizeof(*tokens->items));
	done = done && tokens->items;
	for (i = 0; done && i < found.count; i++)
		done = kzi_word_terms(analyzer, found.items[i].word) &&
			copy_token(tokens, &tokens->items[i], &found.items[i]);
	tokens->count = found.count;
	kzi_tokens_release(&found);
	kzi_analyzer_free(analyzer);
	return done;
}

kz_status kz_analyze(kz_tokens **out, const char *language, const char *text,
	size_t length, kz_error *err)
{
	kz_tokens *tokens;
	int number;

	if (out)
		*out = NULL;
	if (!out || !language || (!text && length))
		return kzi_fail(err, KZ_ERR_ARGUMENT, "an argument is NULL");
	number = kzi_language_find(language, strlen(language));
	if (number < 0)
		return kzi_fail(err, KZ_ERR_LANGUAGE,
			"%s: not a language of this build (" KZI_LANGUAGE_TAGS
			")",
			language);
	tokens = kzi_calloc(1, sizeof(*tokens));
	if (!tokens || !fill(tokens, number, text, length)) {
		kz_tokens_free(tokens);
		return kzi_fail_memory(err);
	}
	*out = tokens;
	return KZ_OK;
}

const kz_token *kz_tokens_next(kz_tokens *tokens)
{
	if (!tokens || tokens->next >= tokens->count)
		return NULL;
	return &tokens->items[tokens->next++];
}

void kz_tokens_free(kz_tokens *tokens)
{
	if (!tokens)
		return;
	kzi_arena_release(&tokens->arena);
	kzi_free(tokens);
}
