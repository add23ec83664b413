/* remedy.h -- what the user can do about a file that is not in the index. */
#ifndef KZI_REMEDY_H
#define KZI_REMEDY_H

#include "indexer/manifest.h"

/* For a file of that name and the reason that was told, as a clause that may
 * stand behind it; NULL: nothing that is not in the reason. */
const char *kzi_remedy(
	const char *name, const char *reason, enum kzi_outcome outcome);

#endif
