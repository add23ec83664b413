/* across.h -- a query in one language asked of passages in another: its words
 * translated by the word table of the index. Private.
 *
 *     across.c        which language the query is in, which of its words the
 *                     table knows, several together first
 *     across_words.c  their translations, into the readings of a version
 *     across_hear.c   what the best passages speak of
 *     across_echo.c   that, asked of the others
 *     across_via.c    which of them a passage was found by */
#ifndef KZI_ACROSS_H
#define KZI_ACROSS_H

#include "search/search.h"

enum {
	KZI_ACROSS_GLOSSES = 6 /* Translations of a word into one language. */
};

/* A word of the query, as the language it may be in reads it. */
struct kzi_source_word {
	struct kzi_token token; /* Its offset is that in the leaf. */
	uint32_t leaf;          /* In tree order, as in struct kzi_version. */
	uint32_t run;           /* Words of one run stand side by side. */
	const char *text;       /* In the query. */
	int is_covered;         /* The table knows it. */
};

/* Words side by side that the table knows. */
struct kzi_concept {
	uint32_t first, count; /* Words. */
	int form;              /* Of the key that found it. */
	struct kzi_scan walk;  /* Its translations. */
};

/* The query in a language it may be in. */
struct kzi_source {
	double weight; /* Of the likeliest: 1; 0: it is not in this one. */
	struct kzi_source_word *words;
	uint32_t word_count;
	struct kzi_concept *concepts; /* In the order of their first words;
					 the longest ones first. */
	uint32_t concept_count;
};

struct kzi_across {
	const struct kzi_glossary *glossary;
	struct kzi_source sources[KZI_LANGUAGES];
};

/* The version of the query for a language, whose forms are to be walked, or
 * NULL. */
static inline struct kzi_version *kzi_across_version(
	struct kzi_ask *ask, int language)
{
	const struct kzi_version *version = kzi_version_of(ask, language);

	return version ? &ask->versions[version - ask->versions] : NULL;
}

/* 1 if a word of a passage or of a translation counts: stop words do not. */
static inline int kzi_across_counts(const struct kzi_token *token)
{
	return !(token->flags & KZI_TOKEN_JOINED) && token->word &&
		!token->word->is_stop;
}

/* Prepare ask->across, unless the index has no word table. */
kz_status kzi_across_begin(struct kzi_ask *ask);

/* 1 if the word table knows what stands in a leaf, in a language that the query
 * may be in. */
int kzi_across_knows(const struct kzi_ask *ask, uint32_t leaf);

/* Add the translations of a token of a leaf to its reading. */
kz_status kzi_across_read(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_token *token, int is_title,
	struct kzi_reading *reading);

/* The factor of passages in a language, in the place of its prior. */
double kzi_across_prior(const struct kzi_ask *ask, int language, double prior);

/* Add to the scores of candidates what they have in common with the best of
 * them in any language. The first `ranked` of them were ranked on their text
 * and are in their order. */
kz_status kzi_across_echo(struct kzi_ask *ask,
	struct kzi_candidate *candidates, size_t ranked, size_t count);

/* By which translations a text answers the query, by its marked tokens,
 * appended to `vias` (of kz_via; strings in the arena). Returns 0 when memory
 * is short. */
int kzi_across_via(const struct kzi_version *version, const char *text,
	const struct kzi_tokens *tokens, struct kzi_arena *arena,
	struct kzi_buf *vias);

#endif
