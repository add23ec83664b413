/* patterns.h -- words and phrases to be compared with what stands in pages, all
 * of them at once.
 *
 * A star at the end of a pattern stands for anything, "menu*" is how "menubar"
 * begins. Every line, class and id of a page is compared with some thousand
 * patterns, and most begin like none of them: so those that begin with the same
 * two bytes are chained. */
#ifndef KZI_PATTERNS_H
#define KZI_PATTERNS_H

#include <stdint.h>

enum {
	KZI_PATTERNS_MOST = 1024,
	KZI_PATTERN_CHAINS = 1024 /* For five bits of each byte. */
};

/* Zeros, to begin with. */
struct kzi_patterns {
	struct kzi_pattern {
		const char *text; /* Borrowed. */
		uint32_t meaning; /* The user's own; a bit, where several may
				     match. */
		uint16_t next;    /* Of the chain: index and one; 0: none. */
	} entries[KZI_PATTERNS_MOST];
	uint16_t chains[KZI_PATTERN_CHAINS]; /* As `next`. */
	uint16_t count;
};

/* How many patterns a list has, its NULL not counted. */
#define KZI_PATTERNS_IN(list) (sizeof(list) / sizeof(*(list)) - 1)

/* Add a pattern, or a list of them that ends with NULL. No star is among the
 * first two bytes. */
void kzi_patterns_add_one(
	struct kzi_patterns *patterns, const char *text, uint32_t meaning);
void kzi_patterns_add(struct kzi_patterns *patterns, const char *const *list,
	uint32_t meaning);

/* The meanings of all patterns that match the text, or the beginning of it. The
 * text is not empty. */
uint32_t kzi_patterns_match(
	const struct kzi_patterns *patterns, const char *text);

/* 1 if a pattern begins with these bytes. */
int kzi_patterns_begin(
	const struct kzi_patterns *patterns, char first, char second);

/* 1 if the text is `pattern`, or begins as it does up to its star. */
int kzi_pattern_matches(const char *pattern, const char *text);

#endif
