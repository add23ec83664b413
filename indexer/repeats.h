/* repeats.h -- lines that repeat from page to page of a folder, and so are none
 * of their text:
 *
 *     site/index.html       "Our valley" "Welcome" ... "Write to us"
 *     site/news/one.html    "Our valley" "One"     ... "Write to us"
 *     site/news/two.html    "Our valley" "Two"     ... "Write to us"
 *
 * Told before the pages are read, by the edges (edges.h) of a few of them that
 * are spread over the folder and all below it. What repeats depends on names and
 * these few alone, so it is the same in whatever order the files came to the
 * index. */
#ifndef KZI_REPEATS_H
#define KZI_REPEATS_H

#include "indexer/crew.h"
#include "indexer/source.h"

/* Find what repeats, and tell each source (origin.repeated). `*noted` is what
 * was noted of it before, or nothing, and becomes what is to be noted now: then
 * a folder is not looked at again until its few pages have changed. The notes
 * are the caller's to release, whatever the result. */
kz_status kzi_repeats_find(struct kzi_sources *sources, struct kzi_crew *crew,
	struct kzi_string known, struct kzi_buf *notes, kz_error *err);

#endif
