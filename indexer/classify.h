/* classify.h -- what a document is (guide, story, material) and where it comes
 * from, when it does not say so itself: by what its folders say of what is in
 * them (settings.h), or by their names. */
#ifndef KZI_CLASSIFY_H
#define KZI_CLASSIFY_H

#include "indexer/document.h"
#include "indexer/edges.h"

/* What is known of a file without reading it. */
struct kzi_origin {
	enum kzi_kind kind;
	const char *place; /* NULL: none. */
	struct kzi_lines_set repeated; /* On pages around it, if it is one. */
};

/* What the names of folders in a path say, the outermost first:
 * "stories/hungary/pecs.html" is a story of hungary; "guides/x.html" a guide;
 * "materials/x.pdf" a material. The place is a part of the path. */
enum kzi_kind kzi_classify_path(const char *path, struct kzi_string *place);

/* A number for an origin, another one for most others; 0: nothing is known. */
uint64_t kzi_origin_sum(const struct kzi_origin *origin);

/* What the document does not say, by the origin of its file; then by its
 * path, which may go on in an archive. */
void kzi_classify(
	struct kzi_document *document, const struct kzi_origin *origin);

#endif
