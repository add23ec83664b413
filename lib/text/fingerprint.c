/* fingerprint.c -- what the analysis does, in sixteen digits.
 *
 * libstemmer tells no version of an algorithm, and a dictionary or a list may
 * change without one, so the effect itself is hashed: the terms of the probe
 * words of every language, and the tables of its dictionary. An index keeps the
 * digits of its writer. */
#include "text/text.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "text/lang.h"

static uint64_t hash_token(const struct kzi_token *token, uint64_t hash)
{
	int i;

	hash = kzi_hash(&token->word->is_stop, 1, hash + token->position);
	for (i = 0; i < token->word->term_count; i++)
		hash = kzi_hash(token->word->terms[i].bytes,
			token->word->terms[i].length, hash);
	return hash;
}

int kzi_fingerprint(struct kzi_analyzer *analyzer, char out[KZI_FINGERPRINT])
{
	struct kzi_tokens tokens = { 0 };
	uint64_t hash = 0;
	int language;
	size_t i;

	for (language = 0; language < KZI_LANGUAGES; language++) {
		const struct kzi_dict *dict = kzi_lang_data(language)->dict;
		const char *probes = kzi_lang_data(language)->probes;

		if (dict)
			hash = kzi_hash(&dict->checksum,
				sizeof(dict->checksum), hash);
		if (!kzi_analyze(analyzer, language, probes, strlen(probes),
			    &tokens)) {
			kzi_tokens_release(&tokens);
			return 0;
		}
		for (i = 0; i < tokens.count; i++) {
			if (!kzi_word_terms(analyzer, tokens.items[i].word)) {
				kzi_tokens_release(&tokens);
				return 0;
			}
			hash = hash_token(&tokens.items[i], hash);
		}
	}
	kzi_tokens_release(&tokens);
	snprintf(out, KZI_FINGERPRINT, "%016llx", (unsigned long long)hash);
	return 1;
}
