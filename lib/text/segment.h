/* segment.h -- where runs begin and end.
 *
 * A run is what has no space in it and belongs together to the eye: a word
 * with its apostrophes, hyphens and middle dots, or a number with its points:
 *
 *     Nell’1991, l’"EU-ban" col·laborà.  =>  Nell’1991 | l | EU-ban | col·laborà
 *
 * Runs are then taken apart by language; see split.h. */
#ifndef KZI_SEGMENT_H
#define KZI_SEGMENT_H

#include <stddef.h>

enum { KZI_RUN_MOST = 256 }; /* Bytes; longer runs are cut at a character. */

struct kzi_run {
	size_t offset;
	size_t length;
	int is_plain;  /* One word: letters of latin.h, or ASCII letters and
			  digits, ... */
	int is_normal; /* ... that are in normal form, ... */
	int is_ascii;  /* ... and have no accents. */
};

/* Find the next run at or behind *at, and move *at behind it. Returns 0 at
 * the end of the text. In Catalan a full stop between two l joins too, as
 * people type col.laborar. */
int kzi_segment_next(struct kzi_run *run, const char *text, size_t length,
	size_t *at, int language);

#endif
