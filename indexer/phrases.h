/* phrases.h -- lines that are not text whatever page they stand on: what
 * buttons say, and captions of lists of materials. For plain text, which has no
 * mark-up to tell them by. */
#ifndef KZI_PHRASES_H
#define KZI_PHRASES_H

#include <stddef.h>

/* 1 if the line is all of a button or widget: "Bookmark and Share". */
int kzi_is_furniture_text(const char *line, size_t length);

/* 1 if the line is a caption such as "Supporting materials". */
int kzi_is_material_caption(const char *line, size_t length);

#endif
