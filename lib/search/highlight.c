/* highlight.c -- which words of a passage answer the query: the analysis of the
 * index, run on the text once more. */
#include "search/search.h"

static void add_span(struct kzi_buf *spans, const struct kzi_token *token)
{
	kz_span span = { token->offset, token->length };

	/* A hyphenated word and its parts overlap: the longest stays. */
	if (spans->length > 0) {
		kz_span *last = (kz_span *)(void *)(spans->data +
					spans->length) - 1;

		if (last->offset + last->length > span.offset) {
			if (span.offset + span.length >
				last->offset + last->length)
				last->length =
					span.offset + span.length - last->offset;
			return;
		}
	}
	kzi_buf_append(spans, &span, sizeof(span));
}

int kzi_highlight(struct kzi_ask *ask, int language, const char *text,
	size_t length, struct kzi_buf *spans)
{
	const struct kzi_version *version = kzi_version_of(ask, language);
	struct kzi_tokens *tokens = &ask->index->tokens;
	uint64_t sure = 0, wanted;
	size_t i;

	if (!version)
		return 1;
	if (!kzi_mark_text(ask, version, text, length, tokens))
		return 0;
	for (i = 0; i < tokens->count; i++)
		sure |= kzi_token_mark(&tokens->items[i]);
	/* Words found only by their beginning are shown where nothing better
	 * answers the same word of the query. */
	wanted = ~(sure << 32);
	for (i = 0; i < tokens->count; i++)
		if (kzi_token_mark(&tokens->items[i]) & wanted)
			add_span(spans, &tokens->items[i]);
	return !spans->failed;
}
