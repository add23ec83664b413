/* compound.h -- words written as one, found by their parts.
 *
 *     hu  tanulokozosseg  => tanulo, kozosseg
 *     hu  konyvtar        => none: "tar" is too short to tell */
#ifndef KZI_COMPOUND_H
#define KZI_COMPOUND_H

#include <stddef.h>

#include "text/dict.h"
#include "text/stem.h"

/* Bytes; shorter words are not taken apart. */
enum { KZI_COMPOUND_LEAST = 7 };

enum { KZI_COMPOUND_PARTS = 2 };

/* Find the two words that a base form consists of, without accents; they point
 * into `word`. Returns how many there are: 0 or 2. */
int kzi_compound_parts(int language, const char *word, size_t length,
	struct kzi_stem_text parts[KZI_COMPOUND_PARTS]);

/* Where in a word the last part may begin, or 0: it is none of this length. */
size_t kzi_compound_from(int language, size_t length);

#endif
