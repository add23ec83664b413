/* edges.h -- the first and last lines of a page, where a site has what repeats
 * on each of its pages: its name, a greeting, an address.
 *
 * A page alone does not tell them from its text. So the edges of some pages of a
 * folder are compared first (repeats.h), and what they have in common is dropped
 * from all of them. */
#ifndef KZI_EDGES_H
#define KZI_EDGES_H

#include "base/buf.h"
#include "indexer/document.h"

enum {
	KZI_EDGE = 4, /* Most lines at either end. */
	KZI_EDGE_LINES = 2 * KZI_EDGE
};

/* Of a page with fewer lines than both edges have room for, all are here. */
struct kzi_edges {
	uint32_t lines[KZI_EDGE_LINES];   /* Hashes of text, never 0: first,
					     then last. */
	uint32_t lengths[KZI_EDGE_LINES]; /* In bytes. */
	uint32_t length;                  /* Of all text of the page. */
	uint8_t first, last;              /* How many there are. */
	uint8_t headings;                 /* Bits: which of them are some. */
	uint8_t is_whole;                 /* The page has no other lines. */
};

/* Some lines, by their hashes. */
struct kzi_lines_set {
	uint32_t lines[KZI_EDGE_LINES];
	uint32_t count;
};

void kzi_edges_take(
	struct kzi_edges *edges, const struct kzi_document *document);

/* Drop what repeats from the edges of a page: in one go from the end of the page,
 * and behind its title; never a heading of what stays, and nothing where it
 * would be half of the page. A title that repeats is that of the site: the first
 * heading that is left is the page's own. */
void kzi_edges_drop(struct kzi_document *document,
	const struct kzi_lines_set *repeated);

int kzi_lines_set_has(const struct kzi_lines_set *set, uint32_t line);

/* As bytes, and back; kzi_*_get returns 0 where the bytes are nothing of that
 * kind. No lines are no bytes. */
void kzi_edges_put(struct kzi_buf *out, const struct kzi_edges *edges);
int kzi_edges_get(
	struct kzi_edges *edges, const char *bytes, size_t length);
void kzi_lines_set_put(struct kzi_buf *out, const struct kzi_lines_set *set);
int kzi_lines_set_get(
	struct kzi_lines_set *set, const char *bytes, size_t length);

#endif
