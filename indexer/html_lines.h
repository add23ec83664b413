/* html_lines.h -- lines of a page as they are shown, made into blocks.
 *
 * Old pages write what later ones mark up: bullets are typed, headings are
 * bold lines, paragraphs end in <br>. Which of them a page means is seen only
 * when all of its lines are there, so they are kept first and handed to the
 * document in the end. */
#ifndef KZI_HTML_LINES_H
#define KZI_HTML_LINES_H

#include "indexer/document.h"

/* A block to be. Its text is in lines->text. */
struct kzi_line {
	enum kzi_block_type type;
	int level;          /* As in struct kzi_block. */
	int declared;
	const char *anchor; /* Borrowed from the tree, or NULL. */
	size_t text;
	size_t length;
	int font_size;      /* The least of it, as <font size> counts: 3 is
			       ordinary text. */
	uint8_t is_bold;    /* All of it. */
	uint8_t is_real;    /* A heading by its element. */
	uint8_t is_links;   /* No text: links to materials stood here. */
	uint8_t is_gone;
	uint8_t behind_gap; /* Furniture with words stood before it. */
};

struct kzi_lines {
	struct kzi_buf items; /* Of struct kzi_line. */
	struct kzi_buf text;
};

/* Append a line; `model` says all of it but where its text is. */
void kzi_lines_add(struct kzi_lines *lines, const struct kzi_line *model,
	const char *text, size_t length);

/* Bytes of the bullet that the text begins with, spaces around it included, or
 * 0. A dash may be a dialogue's: it is a bullet only beside others. */
size_t kzi_bullet_length(const char *text, size_t length, int *is_dash);

/* Make out what the lines mean, and hand them on. */
void kzi_lines_finish(struct kzi_lines *lines, struct kzi_document *document);

void kzi_lines_release(struct kzi_lines *lines);

#endif
