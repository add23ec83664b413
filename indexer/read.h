/* read.h -- one file read: bytes, reader, languages, kinds, links. What a
 * worker does; the run itself only opens files. */
#ifndef KZI_READ_H
#define KZI_READ_H

#include "indexer/detect.h"
#include "indexer/format.h"
#include "indexer/source.h"
#include "indexer/wire.h"

/* Open a file to read: *fd is the caller's to close. 0: done; otherwise the
 * system would not, and `reading` says why. */
int kzi_read_open(int *fd, const struct kzi_source *source,
	struct kzi_reading *reading);

/* Read the open file of the job. Its documents are emitted finished: blocks
 * with languages, kind and place known, links resolved. An outcome of INDEXED
 * means that it was read; whether there was anything in it is for `emit` to
 * know. Nothing is emitted if its content has the hash of the job. */
void kzi_read_file(struct kzi_reading *reading, int fd,
	const struct kzi_job *job, const struct kzi_detector *detector,
	kzi_emit *emit, void *context);

#endif
