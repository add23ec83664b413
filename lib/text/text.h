/* text.h -- the face of lib/text: language turned into terms.
 *
 * One analysis serves the index, the query and the highlights. It cuts text
 * into tokens; a token knows its bytes in the text and its word; a word has
 * terms, the bytes that an index files and a query looks up:
 *
 *     Italian "Dell’esperienza"
 *       token  bytes 0-6   word "dell"        stop
 *       token  bytes 7-17  word "esperienza"  stem "esperienz",
 *                                             prefix "esper"
 *
 * A stem carries its language, so two languages never share a term. Nothing
 * here reads files, knows Xapian, or has state outside an analyser. */
#ifndef KZI_TEXT_H
#define KZI_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "base/memo.h"
#include "kalauz.h"

/* ---- Languages --------------------------------------------------------- */

/* In the order of their tags; the numbers are part of the index format. */
enum kzi_language {
	KZI_CA,
	KZI_CY,
	KZI_EN,
	KZI_HU,
	KZI_IT,
	KZI_PT,
	KZI_RO,
	KZI_LANGUAGES /* How many there are. */
};

/* Their tags, for messages. */
#define KZI_LANGUAGE_TAGS "ca, cy, en, hu, it, pt, ro"

/* The language of a BCP 47 tag, in any case and with any subtags ("pt-BR",
 * "en_GB"), or -1. The tag has `length` bytes. */
int kzi_language_find(const char *tag, size_t length);

/* The tag of a language, such as "hu". Static. */
const char *kzi_language_tag(int language);

struct kzi_guesser;

/* Which language a text is in, as probabilities that sum to 1; see lid.h. */
struct kzi_guess {
	float probability[KZI_LANGUAGES];
	int best;          /* The most probable. */
	int is_telling;    /* Enough letters to go by, and like a known one. */
};

/* What a process that guesses the languages of many texts remembers of their
 * words, for good and in one thread. NULL when memory is short. */
struct kzi_guesser *kzi_guesser_new(void);

/* `guesser` may be NULL; the guess is the same. */
void kzi_language_guess(struct kzi_guesser *guesser, struct kzi_guess *guess,
	const char *text, size_t length);

/* 1 if a look at the text is enough to say that it is in this language; 0 if it
 * takes a guess to know. */
int kzi_language_is_plain(struct kzi_guesser *guesser, int language,
	const char *text, size_t length);

/* ---- Words and terms --------------------------------------------------- */

enum kzi_term_kind {
	KZI_STEM,   /* The stem with its accents folded away. */
	KZI_BARE,   /* The stem of the word typed without accents, where that is
		       another one. */
	KZI_PREFIX, /* The first letters of a longer word, for what stemming
		       misses. */
	KZI_TITLE,  /* A stem that stands in the title. */
	KZI_PART,   /* A word that is a part of a compound. */
	KZI_ROOT,   /* What is left of a word by rule, in a language whose stems
		       are a dictionary's: joins nouns with their verbs. */
	KZI_TERM_KINDS
};

enum { KZI_TERM_MOST = 80 }; /* Longest term in bytes. */

struct kzi_term {
	const char *bytes; /* As filed, kind and language included. */
	uint32_t number;   /* For the caller: 0 at first. */
	uint8_t length;
	uint8_t kind;
};

enum { KZI_WORD_TERMS = 7, KZI_WORD_MOST = 1024 /* Bytes. */ };

struct kzi_word {
	struct kzi_memo_key key; /* Private: where it is remembered. */
	const char *text;   /* Normalised: NFKC, folded case; NUL-ended. */
	const char *folded; /* The same without accents; NUL-ended. */
	uint16_t length;
	uint16_t folded_length;
	uint8_t language;
	uint8_t is_stop;
	uint8_t term_count;

	/* Stems first, a root and a beginning last. NULL until kzi_word_terms
	 * was asked: most words that a search walks over need not be
	 * stemmed. */
	struct kzi_term *terms;

	/* For the caller: what it found out about this word in the unit of
	 * work named by `mark_owner`. Zero at first. */
	uint64_t mark_owner;
	uint64_t mark;
};

enum kzi_token_flag {
	/* The parts of a hyphenated word run together, with the position of
	 * the first: "e-mail" has "e", "mail" and the joined "email". */
	KZI_TOKEN_JOINED = 1,
	/* Its bytes in the text are ASCII letters or digits. Not told of every
	 * such one. */
	KZI_TOKEN_ASCII = 2
};

struct kzi_token {
	uint32_t offset;   /* Of its first byte in the text. */
	uint32_t length;   /* In bytes of the text. */
	uint32_t position; /* 0, 1, 2 ...; stop words keep their place. */
	uint32_t flags;
	/* Borrowed until kzi_analyzer_trim. NULL: a word that the sieve of
	 * kzi_analyze_for left out; its bytes are letters or digits in normal
	 * form. */
	struct kzi_word *word;
};

struct kzi_tokens {
	struct kzi_token *items; /* In the order of the text. */
	size_t count;
	size_t capacity;
	uint32_t positions;      /* One more than the last position. */
};

void kzi_tokens_release(struct kzi_tokens *tokens);

/* ---- Analysis ---------------------------------------------------------- */

struct kzi_analyzer;

/* An analyser for every language; for one thread at a time. It remembers the
 * words it has met, up to about `memory` bytes. NULL: memory is short. */
struct kzi_analyzer *kzi_analyzer_new(size_t memory);

/* Let it remember more, or less from the next kzi_analyzer_trim on. */
void kzi_analyzer_remember(struct kzi_analyzer *analyzer, size_t memory);
void kzi_analyzer_free(struct kzi_analyzer *analyzer);

/* Cut `text` into tokens, which replace what *tokens held. Returns 0 when
 * memory is short, and then *tokens is empty. */
int kzi_analyze(struct kzi_analyzer *analyzer, int language, const char *text,
	size_t length, struct kzi_tokens *tokens);

/* Work out the terms of a word, unless that was done. Returns 0 when memory is
 * short. */
int kzi_word_terms(struct kzi_analyzer *analyzer, struct kzi_word *word);

/* A set of words, by their hashes: one that was put in is found, another one
 * hardly ever. Zeros: empty. */
struct kzi_word_set {
	uint64_t firsts[16]; /* A bit for each first and second byte. */
	uint64_t *slots; /* In the arena of who puts words in. 0: free. */
	uint32_t capacity, count;
};

struct kzi_arena;

/* Returns 0 when memory is short. */
int kzi_word_set_add(struct kzi_word_set *set, struct kzi_arena *arena,
	const char *word, size_t length);
int kzi_word_set_has(
	const struct kzi_word_set *set, const char *word, size_t length);

/* Beginnings of terms: a set of pairs of letters. Zeros: empty. */
struct kzi_starts {
	uint64_t pairs[16];
	int is_all;
	/* If not NULL, the normalised words themselves; the rest is not
	 * looked at. */
	const struct kzi_word_set *words;
};

/* 1 if the word is none of those that are asked for by name. */
int kzi_cannot_start(
	const struct kzi_starts *starts, const struct kzi_word *word);

void kzi_starts_add(struct kzi_starts *starts, const struct kzi_term *term);

/* The same, for a reader who only asks for words with a term that begins as one
 * of `starts` does: most others are left out without being looked up. NULL: all
 * are asked for. */
int kzi_analyze_for(struct kzi_analyzer *analyzer, int language,
	const char *text, size_t length, const struct kzi_starts *starts,
	struct kzi_tokens *tokens);

/* 1 if a token of the text is a stop word, one that was left out included. */
int kzi_token_is_stop(
	int language, const char *text, const struct kzi_token *token);

/* The folded form of a token that was left out, into `out`. Returns its length,
 * at most `capacity`. */
size_t kzi_token_fold(char *out, size_t capacity, const char *text,
	const struct kzi_token *token);

/* A word by its normalised text, valid UTF-8 of 1 to KZI_WORD_MOST bytes; one
 * that is no stop word by itself may have been one where it stood, such as an
 * article before an apostrophe. Borrowed until kzi_analyzer_trim; NULL when
 * memory is short. */
struct kzi_word *kzi_word_find(struct kzi_analyzer *analyzer, int language,
	const char *text, size_t length, int is_stop);

/* 1 if the next kzi_analyzer_trim will forget the words. */
int kzi_analyzer_is_full(const struct kzi_analyzer *analyzer);

/* Forget the words when they have grown past the limit. Call it between units
 * of work: words of earlier tokens are invalid afterwards. */
void kzi_analyzer_trim(struct kzi_analyzer *analyzer);

/* ---- Terms made without a text ----------------------------------------- */

/* Write the term of `kind` for normalised text, cut or hashed to fit; returns
 * its length. `term` has room for KZI_TERM_MOST bytes. */
size_t kzi_term_make(char *term, int kind, int language, const char *text,
	size_t length);

/* 1 if words of the language have terms of the kind KZI_PART. */
int kzi_has_compounds(int language);

/* 1 if two terms are filed alike. */
int kzi_term_equal(const struct kzi_term *a, const struct kzi_term *b);

/* The text in a term, behind kind and language. */
const char *kzi_term_text(const struct kzi_term *term, size_t *length);

/* Letters in a prefix term; shorter words have none. */
enum { KZI_PREFIX_LETTERS = 5 };

/* Normalise and fold a word typed by a person, for a prefix search:
 * "Közös*" => "kozos". Returns the length, at most `capacity`. */
size_t kzi_fold_text(char *out, size_t capacity, const char *text,
	size_t length);

/* The stop words of a language, with a space before and behind each. */
const char *kzi_stop_words(int language);

/* A sketch of a folded word: which of the letters a to z are in it (bits 0 to
 * 25) and how many letters it has (from bit 26 on; KZI_SKETCH_LETTERS: or
 * more). Words whose sketches differ much are far from each other. */
enum { KZI_SKETCH_LETTERS = 63 };
uint32_t kzi_word_sketch(const char *folded, size_t length);

/* ---- Forms ------------------------------------------------------------- */

/* Longest form in bytes, and longest word that has forms: what is longer is
 * looked at wherever it stands. */
enum { KZI_FORM_BYTES = 160, KZI_FORM_WORD = 64 };

/* What a term leads to: a word that has it, or a stem (without kind and
 * language) of a root or beginning. */
struct kzi_form {
	struct kzi_term term; /* Borrowed from the bytes that were read. */
	uint8_t length;
	char value[KZI_FORM_BYTES]; /* Not NUL-ended. */
};

/* 1 if the forms of a term lead to stems. */
int kzi_form_has_stems(const struct kzi_term *term);

/* Write a form; returns its length, or 0 if it is too long. Forms in order of
 * their bytes are in order of their terms. */
size_t kzi_form_make(char form[KZI_FORM_BYTES], const struct kzi_term *term,
	const char *value, size_t length);

/* Read a form, whose term is of that kind. Returns 0 if it is none. */
int kzi_form_read(
	struct kzi_form *out, const char *form, size_t length, int kind);

/* ---- Phrases of a word table ------------------------------------------- */

/* How the words of a phrase are filed: by their first stems; by the stems they
 * have when typed without accents; by their other stems. */
enum { KZI_PHRASE_FORMS = 3, KZI_PHRASE_WORDS = 3, KZI_PHRASE_MOST = 160 };

/* The key of a phrase: the stems of its words with spaces between,
 *
 *     "learning communities" => "learn communiti"
 *
 * Returns its length; 0 if it is too long, or a form beyond the first is no
 * other than the first, or memory is short. */
size_t kzi_phrase_key(struct kzi_analyzer *analyzer,
	const struct kzi_token *tokens, size_t count, int form,
	char key[KZI_PHRASE_MOST]);

/* ---- Identity ---------------------------------------------------------- */

/* A hash of what the analysis does to its probe words, as 16 hexadecimal
 * digits and a NUL: two builds that would file other terms differ here. Returns
 * 0 when memory is short. */
enum { KZI_FINGERPRINT = 17 };
int kzi_fingerprint(struct kzi_analyzer *analyzer, char out[KZI_FINGERPRINT]);

/* The same, worked out when this was built. */
const char *kzi_fingerprint_built(void);

#endif
