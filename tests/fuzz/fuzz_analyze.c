/* fuzz_analyze.c -- text to tokens and terms. The first byte says in which
 * language. Tokens lie in the text, in order; the same text twice gives the
 * same; and none is lost when most are left out unread. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "text/text.h"

static void check(struct kzi_analyzer *analyzer, int language,
	const char *text, size_t length)
{
	struct kzi_tokens tokens = { 0 }, again = { 0 };
	struct kzi_starts starts = { .is_all = 1 };
	size_t i, k;

	FUZZ_REQUIRE(kzi_analyze(analyzer, language, text, length, &tokens));
	FUZZ_REQUIRE(kzi_analyze_for(
		analyzer, language, text, length, &starts, &again));
	FUZZ_REQUIRE(tokens.count == again.count);
	for (i = 0; i < tokens.count; i++) {
		const struct kzi_token *token = &tokens.items[i];
		struct kzi_word *word = token->word;

		FUZZ_REQUIRE(token->length > 0 &&
			token->offset + (size_t)token->length <= length);
		FUZZ_REQUIRE(i == 0 || token->offset >= token[-1].offset);
		FUZZ_REQUIRE(token->position < tokens.positions);
		FUZZ_REQUIRE(token->offset == again.items[i].offset &&
			token->length == again.items[i].length);
		FUZZ_REQUIRE(word && kzi_word_terms(analyzer, word));
		FUZZ_REQUIRE(word->length == strlen(word->text));
		for (k = 0; k < word->term_count; k++)
			FUZZ_REQUIRE(word->terms[k].length > 0 &&
				word->terms[k].length <= KZI_TERM_MOST);
	}
	kzi_tokens_release(&tokens);
	kzi_tokens_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	enum { MEMORY = 1 << 20, FOLDED = 64 };
	static struct kzi_analyzer *analyzer;
	char *text = malloc(length + (length == 0)), folded[FOLDED];

	if (!analyzer)
		analyzer = kzi_analyzer_new(MEMORY);
	FUZZ_REQUIRE(analyzer && text);
	if (length > 0) {
		memcpy(text, bytes + 1, length - 1);
		check(analyzer, *bytes % KZI_LANGUAGES, text, length - 1);
		FUZZ_REQUIRE(kzi_fold_text(folded, FOLDED, text, length - 1) <=
			FOLDED);
		kzi_analyzer_trim(analyzer);
	}
	free(text);
	return 0;
}
