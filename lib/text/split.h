/* split.h -- a run taken apart into words, by the rules of its language.
 *
 *     it  dell'esperienza  => dell* esperienza
 *     ca  venjar-se'n      => venjar se* n*
 *     pt  convencê-los     => convencer los*
 *     ro  browser-ul       => browser ul*
 *     hu  1991-ben         => 1991 ben*
 *     cy  mae'n            => mae n*
 *     en  e-mail           => e mail, joined: email
 *     ca  col·laboratiu    => collaboratiu
 *
 * The star marks what only serves the other word: a clitic. */
#ifndef KZI_SPLIT_H
#define KZI_SPLIT_H

#include <stddef.h>

#include "text/lang.h"

enum {
	KZI_PARTS_MOST = 16, /* Parts of a run; the last one holds the rest. */
	KZI_PART_ROOM = 1088 /* Bytes of text of all parts together. */
};

struct kzi_part {
	size_t start;  /* In the normalised run ... */
	size_t end;    /* ... and behind it. */
	size_t text;   /* The word's text: where it begins in `room`. */
	size_t length;
	int is_clitic;
	int is_joined; /* All parts in one, at the place of the first. */
};

struct kzi_parts {
	struct kzi_part items[KZI_PARTS_MOST + 1];
	size_t count;
	char room[2 * KZI_PART_ROOM];
	size_t used;
};

/* Take apart a normalised run. */
void kzi_split(struct kzi_parts *parts, int language, const char *run,
	size_t length);

#endif
