/* document.h -- a document as its reader hands it on: blocks of text in
 * reading order, and what is known of the whole.
 *
 * A reader (html.c, plain.c ...) calls kzi_document_block for each heading,
 * paragraph, list item and table row that a reader of the page would call its
 * text. It leaves out menus and the like (furniture.h) and hands on links to
 * supporting materials as links, not as text. */
#ifndef KZI_DOCUMENT_H
#define KZI_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "store/store.h"

enum kzi_block_type {
	KZI_HEADING,
	KZI_PARAGRAPH,
	KZI_ITEM, /* Of a list; also a term with its definition. */
	KZI_ROW   /* Of a table: its cells with " | " between them. */
};

struct kzi_block {
	enum kzi_block_type type;
	int level;         /* HEADING: 1 to 6. ITEM: depth in lists, from 1. */
	uint32_t page;     /* From 1; 0: not paged. */
	int declared;      /* Language its mark-up says, or -1. */
	int language;      /* Language it is in; set by detect.c. */
	const char *anchor; /* Nearest id at or above it, or NULL. */
	const char *text;  /* UTF-8, one line, no leading or trailing space. */
	size_t length;
	uint32_t words;    /* In it; 0: not counted yet (passage.c). */
};

struct kzi_link {
	const char *target; /* As written in the page; NULL: only its title is
			       known (plain text). */
	const char *text;
};

/* All strings live in the arena and end in NUL. */
struct kzi_document {
	struct kzi_arena arena;
	const char *path;  /* Names the document in the index. */
	const char *url;   /* Or NULL. */
	const char *title; /* Or NULL. */
	const char *place; /* Or NULL. */
	enum kzi_kind kind;
	int declared;      /* Language the whole document says, or -1. */
	int is_told;       /* `declared` is data, not mark-up: believed. */
	int stays_whole;   /* One passage if it is not too long (JSON lines). */
	struct kzi_buf blocks; /* Of struct kzi_block. */
	struct kzi_buf links;  /* Of struct kzi_link: supporting materials. */
	int failed;        /* Memory ran out. */
};

/* Make *document empty, with the name `path` (copied). */
void kzi_document_init(struct kzi_document *document, const char *path);
void kzi_document_release(struct kzi_document *document);

/* Append a block with `length` bytes of text (copied; white space is made one
 * space, ends trimmed, ill-formed UTF-8 made U+FFFD, control characters
 * dropped). Returns the block to fill in the rest, borrowed until the next one,
 * or NULL if nothing is left of the text or memory is short. */
struct kzi_block *kzi_document_block(struct kzi_document *document,
	enum kzi_block_type type, const char *text, size_t length);

/* The two halves of that: text made so, in the document's arena, or NULL; and
 * the block of it. */
const char *kzi_document_tidy(struct kzi_document *document, const char *text,
	size_t length, size_t *tidy_length);
struct kzi_block *kzi_document_append(struct kzi_document *document,
	enum kzi_block_type type, const char *text, size_t length);

/* Append a heading. The first one is the title of a document that has none. */
void kzi_document_heading(struct kzi_document *document, const char *text,
	size_t length, int level);

/* Append a link (both copied; target may be NULL). */
void kzi_document_link(struct kzi_document *document, const char *target,
	const char *text);

struct kzi_block *kzi_document_block_at(
	const struct kzi_document *document, size_t i);
size_t kzi_document_block_count(const struct kzi_document *document);

/* A copy in the document's arena with white space made one space and the ends
 * trimmed, for titles and the like; NULL if nothing is left. What is too long
 * to be one is cut. */
const char *kzi_document_text(
	struct kzi_document *document, const char *text, size_t length);

#endif
