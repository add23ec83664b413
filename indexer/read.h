/* read.h -- one file read: bytes, reader, languages, kinds, links. What the
 * index and --dump share. */
#ifndef KZI_READ_H
#define KZI_READ_H

#include "indexer/format.h"
#include "indexer/source.h"

enum { KZI_REASON_MOST = 320 };

struct kzi_file {
	char *bytes; /* On the heap, NUL behind them; NULL if not read. */
	size_t length;
	uint64_t hash;
	kzi_reader *reader;          /* NULL: format not known. */
	char reason[KZI_REASON_MOST]; /* Why it was not read. */
	int is_refused;              /* The system would not let us read it;
					what it holds is not known. */
};

/* Read the bytes of a file and find its reader. 0: done; otherwise the reason
 * is set. */
int kzi_file_open(struct kzi_file *file, const struct kzi_source *source);
void kzi_file_close(struct kzi_file *file);

/* Emit its documents, finished: blocks with languages, kind and place known,
 * links resolved. 0: all of it was read; otherwise the reason is set. */
int kzi_file_read(struct kzi_file *file, const struct kzi_source *source,
	int fallback, kzi_emit *emit, void *context);

#endif
