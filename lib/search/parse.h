/* parse.h -- a query as typed, to a tree.
 *
 *     query   := some+                         words side by side
 *     some    := all (OR all)*
 *     all     := near ((AND | AND NOT | NOT) near)*
 *     near    := one ((NEAR | NEAR/n) one)*
 *     one     := [+|-] [field:] atom
 *     atom    := word | word* | "words" | ( query )
 *     field   := title | lang | kind | place | path
 *
 * Operators are upper-case and stand between terms; anywhere else they are
 * words. Nothing is an error: a bracket or quotation mark without its partner
 * is left out, an unknown field is a word. What was left out is noted.
 * tests/parses.tsv shows what becomes of some hundreds of queries. */
#ifndef KZI_PARSE_H
#define KZI_PARSE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum kzi_node_type {
	KZI_NODE_GROUP,  /* Children side by side; each has its sign. */
	KZI_NODE_OR,     /* Some child. */
	KZI_NODE_AND,    /* All children without a '-', none with it. */
	KZI_NODE_NEAR,   /* All children within `distance` words. */
	KZI_NODE_PHRASE, /* `text`, word after word. */
	KZI_NODE_WORD,   /* `text`; may still be several words ("e-mail"). */
	KZI_NODE_PREFIX, /* Words that begin with `text`. */
	KZI_NODE_FILTER  /* `field` is `text`. */
};

enum kzi_field {
	KZI_FIELD_NONE,
	KZI_FIELD_TITLE,
	KZI_FIELD_LANG,
	KZI_FIELD_KIND,
	KZI_FIELD_PLACE,
	KZI_FIELD_PATH
};

struct kzi_node {
	enum kzi_node_type type;
	enum kzi_field field;
	char sign;           /* '+', '-' or 0. */
	const char *text;    /* Borrowed from the query. */
	size_t length;
	uint32_t distance;   /* NEAR: words at most from first to last. */
	struct kzi_node *first; /* Child. */
	struct kzi_node *next;  /* Sibling. */
};

/* Parse; the tree lies in the arena and borrows the query. NULL when memory is
 * short. *faults (may be NULL) counts what was left out. Depth and size are
 * bounded: what is beyond is left out too. */
struct kzi_node *kzi_parse(struct kzi_arena *arena, const char *query,
	size_t length, uint32_t *faults);

#endif
