/* search.h -- what the files of lib/search share. Private.
 *
 * The way of a query, a file each:
 *
 *     parse.c      text => tree
 *     words.c      tree => its words, analysed in each language of the index
 *     plan.c       tree and words => a query to the store
 *     verify.c     candidates whose text must be looked at for phrases or NEAR
 *     rank.c       the best candidates, ranked again on their text
 *     results.c    candidates => hits
 *     highlight.c  hits => spans
 *
 * with across.h where the query is asked of other languages too; and beside it
 *
 *     suggest.c    words that the index does not hold => the query as meant
 *     facets.c     matches => counts by language, kind and place
 */
#ifndef KZI_SEARCH_H
#define KZI_SEARCH_H

#include "base/arena.h"
#include "base/buf.h"
#include "kalauz.h"
#include "search/parse.h"
#include "store/store.h"
#include "text/text.h"

struct kz_index {
	struct kzi_store *store;
	struct kzi_analyzer *analyzer;
	struct kzi_tokens tokens; /* Scratch. */
	struct kzi_arena scratch; /* A record being looked at. */
	struct kzi_arena arena;   /* Scratch: lent to one query at a time. */
	char *path;
	kz_index_info info;
	uint64_t queries;         /* Names the unit of work for marks. */
	uint32_t without;         /* A passage not to find; 0: none. */

	/* The word table, from the first query across languages on. */
	struct kzi_glossary *glossary;
	int has_no_glossary;       /* There is none. */
	struct kzi_tokens foreign; /* Scratch: a translation. */
};

/* Copy an options struct of a caller, which begins with its size, over zeros;
 * `given` may be NULL. Returns 0 if it is not one that we know all of: of this
 * version (`known` bytes), an older and shorter one, or a newer one that asks
 * for nothing new. */
int kzi_known_options(void *ours, size_t known, const void *given);

/* ---- Words of a query -------------------------------------------------- */

enum {
	KZI_WORDS_MOST = 32,    /* Words told apart; a mark has a bit each. */
	KZI_VARIANTS_MOST = 16, /* Terms under which one word is looked up. */
	KZI_OTHERS_MOST = 48,   /* Terms of its translations. */
	KZI_PREFIX_MOST = 128   /* Bytes of a word* that count. */
};

/* A way in which a word of the query may be filed in one language. */
struct kzi_variant {
	struct kzi_term term;
	uint32_t frequency; /* Passages that hold it. */
	double weight;      /* Factor of its impact: idf, share and prior. */
	uint8_t root;       /* It answers by so many bytes alone: a root, or a
			       beginning if is_weak. 0: by itself. */
	uint8_t is_weak;
};

/* A term of a translation, for a search across languages. */
struct kzi_translation {
	struct kzi_variant variant;
	struct kzi_string text;  /* All of it: "after-school club". */
	struct kzi_string query; /* What it translates, in the query. */
};

/* A word of the query as one language reads it. */
struct kzi_reading {
	const struct kzi_word *word; /* NULL: not a word in this language. */
	uint32_t index;         /* Which word of the query: bit of the marks. */
	uint32_t frequency;     /* Of the stem: the largest of its variants. */
	uint32_t neighbours;    /* Passages with a word that begins so. */
	double idf;
	struct kzi_variant variants[KZI_VARIANTS_MOST];
	uint32_t variant_count;
	int is_stop;               /* It tells little. */
	struct kzi_translation *others;
	uint32_t other_count;
};

/* What a leaf of the tree becomes in one language: its tokens in order. */
struct kzi_leaf {
	const struct kzi_node *node;
	struct kzi_reading *readings;
	uint32_t count;
	uint32_t *positions;     /* Of the readings. */
	uint8_t *is_joined;      /* "email" beside "e" and "mail". */
	int is_negative;         /* What it matches is not wanted. */

	/* Of a word*: the folded beginning; NULL for other leaves. */
	const char *prefix;
	size_t prefix_length;
	uint32_t prefix_index;   /* As kzi_reading.index. */
	int by_stem;             /* Words are found by their stems too. */
};

/* The query in one language. */
struct kzi_version {
	int language;
	uint64_t passages;     /* Of the index, in this language. */
	double prior;          /* Factor of all its weights. */
	int is_likely;         /* The query may well be in it. */
	struct kzi_leaf *leaves;
	uint32_t leaf_count;
	int has_content;       /* Stop words are not what it asks for. */
	int is_translated;     /* Some reading has translations. */
	struct kzi_starts starts; /* What words that answer it begin with. */

	/* What the vocabulary knows of the language (forms.h). */
	struct kzi_vocabulary forms;
	int knows_all;             /* A term without a form is nowhere. */
	struct kzi_word_set words; /* That may answer, once starts.words. */
};

struct kzi_across;

struct kzi_ask {
	kz_index *index;
	struct kzi_arena arena;
	const kz_search_options *options;
	char *query;           /* A copy. */
	size_t length;
	struct kzi_node *tree;
	uint32_t faults;
	uint32_t word_count;   /* Words told apart over all languages. */
	struct kzi_version versions[KZI_LANGUAGES];
	uint32_t version_count;
	uint32_t languages;    /* Bits of those allowed. */
	struct kzi_across *across; /* NULL: languages for themselves. */
	kz_error *err;
};

/* 1 if the node is words of the text: a leaf of every version. */
int kzi_is_leaf(const struct kzi_node *node);

/* 1 if one of the leaves from `first` to before `end` has a word: "&" and "()"
 * have none. */
int kzi_has_words(
	const struct kzi_version *version, uint32_t first, uint32_t end);

/* Read the leaves of the tree in every allowed language of the index. */
kz_status kzi_words_read(struct kzi_ask *ask);

/* The version of the query for a language, or NULL. */
const struct kzi_version *kzi_version_of(
	const struct kzi_ask *ask, int language);

/* ---- Plan -------------------------------------------------------------- */

/* What to ask the store: a query a language, the likeliest language first. */
struct kzi_plan {
	struct kzi_query *queries[KZI_LANGUAGES];
	size_t count; /* 0: nothing can match. */
	int checks;   /* Matches must be verified on the text (phrases, NEAR,
			 long prefixes). */
};

kz_status kzi_plan(struct kzi_ask *ask, struct kzi_plan *plan);

/* ---- Marks: which words of the query a word of a text answers ---------- */

/* Cut a text into tokens and mark those that answer the query. Returns 0 when
 * memory is short. */
int kzi_mark_text(struct kzi_ask *ask, const struct kzi_version *version,
	const char *text, size_t length, struct kzi_tokens *tokens);

/* Bits 0 to 31: the word with that index; bits 32 to 63: only its prefix. */
static inline uint64_t kzi_token_mark(const struct kzi_token *token)
{
	return token->word ? token->word->mark : 0;
}

/* 1 if the word, which has its terms, begins with the prefix of a leaf, or its
 * stem does where that counts. */
int kzi_starts(const struct kzi_word *word, const struct kzi_leaf *leaf);

/* ---- Rank -------------------------------------------------------------- */

/* A text in small, for telling copies of it (copies.c). */
struct kzi_sketch {
	uint16_t least[32];
};

struct kzi_candidate {
	uint32_t passage;
	struct kzi_row row;
	/* Once it was read, in the arena of the query. */
	const struct kzi_passage_record *record;
	const struct kzi_tokens *tokens; /* Of its text, those that have a word;
					    marked. */
	const struct kzi_sketch *sketch; /* NULL: none was made. */
	int is_ranked;   /* On its text. */
	int is_paged;    /* It stands on a page of a document. */
	uint32_t copies; /* Of its text that are left out. */
	uint32_t more; /* Of its document that the limit dropped; told by the
			  last one that stays. */
	double score;  /* Of the first stage, then the sum. */
	double first;  /* Of the first stage; for explanations ... */
	/* ... and the rest: rank.c. */
	double pairs, window, grams, sentence, exact, stops, weak, opening;
	double echo; /* Across languages: across_echo.c. */
};

/* Read a record to be looked at for a moment: until the next one is. */
kz_status kzi_look_at_passage(kz_index *index, const struct kzi_row *row,
	struct kzi_passage_record *record, kz_error *err);
kz_status kzi_look_at_document(kz_index *index, const struct kzi_row *row,
	struct kzi_document_record *record, kz_error *err);

/* Read the record of a candidate, if that was not done; and cut its text into
 * marked tokens, of which there are none in a language that is not asked: `all`
 * until the next text is cut, and for good those that may answer. */
kz_status kzi_candidate_read(
	struct kzi_ask *ask, struct kzi_candidate *candidate);
kz_status kzi_candidate_mark(struct kzi_ask *ask,
	struct kzi_candidate *candidate, const struct kzi_tokens **all);

/* How often something counts in a text of `length` words. */
double kzi_saturate(double frequency, uint32_t length);

/* Read those of `count` candidates that are not ranked on their text, and bring
 * their scores up to date. */
kz_status kzi_rank(struct kzi_ask *ask, struct kzi_candidate *candidates,
	size_t count);

/* Make the sketch of the text of a record, of whose tokens the offsets are
 * used. */
void kzi_sketch_make(struct kzi_sketch *sketch, const char *text,
	const struct kzi_tokens *tokens);

/* Keep one of each text, the best to show, in the place of the first. Returns
 * how many are kept. */
size_t kzi_copies_join(struct kzi_candidate *candidates, size_t count);

/* ---- Verify ------------------------------------------------------------ */

/* 1 if the words of a phrase stand one after the other from token i on; then
 * they are set in `marked` (may be NULL), which has a byte for each token. */
int kzi_phrase_at(const struct kzi_leaf *leaf, const struct kzi_tokens *tokens,
	size_t i, uint8_t *marked);

/* Keep of `count` candidates those whose text bears out the query: phrases,
 * NEAR, long prefixes. At most `wanted` are kept; *kept tells how many, and
 * *read how many were looked at. */
kz_status kzi_verify(struct kzi_ask *ask, struct kzi_candidate *candidates,
	size_t count, size_t wanted, size_t *kept, size_t *read);

/* ---- Related ----------------------------------------------------------- */

/* A query of the most telling words of the passage whose id is `id`, and its
 * number. KZ_ERR_NOT_FOUND if there is none. */
kz_status kzi_related_query(kz_index *index, const char *id,
	struct kzi_buf *query, uint32_t *passage, kz_error *err);

/* ---- Explain ----------------------------------------------------------- */

/* How the query was read, as text, appended to `out`. */
kz_status kzi_explain_query(struct kzi_ask *ask, struct kzi_buf *out);

/* What each part gave to a candidate, on one line, and what each word of the
 * query gave to the first of them, a line each. */
kz_status kzi_explain_candidate(struct kzi_ask *ask,
	const struct kzi_candidate *candidate, const char *id,
	struct kzi_buf *out);

/* ---- Highlights -------------------------------------------------------- */

/* The spans of a text that answer the query, by its marked tokens, appended to
 * `spans` (of kz_span). Returns 0 when memory is short. */
int kzi_highlight(struct kzi_ask *ask, const struct kzi_version *version,
	const struct kzi_tokens *tokens, struct kzi_buf *spans);

#endif
