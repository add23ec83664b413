/* licence.h -- under which licence Debian has a dictionary. */
#ifndef KZI_LICENCE_H
#define KZI_LICENCE_H

#include "indexer/dictionary.h"

enum { KZI_LICENCE_MOST = 64 };

/* From the copyright file of its package below `share`/doc: the licence of its
 * part of the package, or the first one named. "not stated" where there is
 * none. */
void kzi_licence_find(char licence[KZI_LICENCE_MOST], const char *share,
	const struct kzi_dictionary *dictionary);

#endif
