/* markdown.h -- the mark-up within the lines of a Markdown text, taken away.
 *
 *     > Read **this** [page](x.html) first.  =>  Read this page first.
 *
 * What divides a text into blocks (#, underlines, bullets) stays: plain.c reads
 * it. Text that only looks like mark-up (2 * 3, snake_case) stays, too. */
#ifndef KZI_MARKDOWN_H
#define KZI_MARKDOWN_H

#include "indexer/document.h"

/* 1 if the name is one of a Markdown file. */
int kzi_is_markdown(const char *path);

/* Take it away in place; returns the new length, which is not larger. The
 * document gets the title that a head (---, title: ..., ---) declares. */
size_t kzi_markdown_strip(
	struct kzi_document *document, char *text, size_t length);

#endif
