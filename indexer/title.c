/* title.c -- see title.h. */
#include "indexer/title.h"

#include <string.h>

enum {
	BLOCKS = 40,   /* Blocks from the start that a title may be found in. */
	HEADINGS = 10, /* Blocks from the start that a heading is taken from. */
	WORD_LEAST = 3 /* Bytes; shorter words are everywhere. */
};

static int is_break(char c)
{
	return strchr(" .,;:!?()-_/\"'|", c) != NULL;
}

static int is_in_text(
	const struct kzi_document *document, const char *word, size_t length)
{
	size_t count = kzi_document_block_count(document), i;

	for (i = 0; i < count && i < BLOCKS; i++) {
		const struct kzi_block *block =
			kzi_document_block_at(document, i);

		if (memmem(block->text, block->length, word, length))
			return 1;
	}
	return 0;
}

static int is_true(const struct kzi_document *document, const char *title)
{
	size_t words = 0, found = 0, length;

	for (; *title; title += length) {
		length = 0;
		while (is_break(*title) && *title)
			title++;
		while (title[length] && !is_break(title[length]))
			length++;
		if (length < WORD_LEAST)
			continue;
		words++;
		/* Without its first letter, which may be a capital or not. */
		found += (size_t)is_in_text(document, title + 1, length - 1);
	}
	return words > 0 && found * 2 >= words;
}

static const char *first_heading(const struct kzi_document *document)
{
	size_t count = kzi_document_block_count(document), i;
	const struct kzi_block *best = NULL;

	for (i = 0; i < count && (i < HEADINGS || !best); i++) {
		const struct kzi_block *block =
			kzi_document_block_at(document, i);

		if (block->type == KZI_HEADING &&
			(!best || block->level < best->level))
			best = block;
	}
	return best ? best->text : NULL;
}

void kzi_title_choose(struct kzi_document *document, const char *declared)
{
	const char *title = declared ? kzi_document_text(document, declared,
					       strlen(declared))
				     : NULL;

	if (!title || !is_true(document, title))
		title = first_heading(document);
	document->title = title;
}
