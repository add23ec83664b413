/* worker.h -- a process of its own that reads files, so that one that breaks
 * its reader costs one file and not the run (crew.h has the other side). */
#ifndef KZI_WORKER_H
#define KZI_WORKER_H

#include "indexer/detect.h"
#include "indexer/format.h"
#include "indexer/wire.h"

/* As kzi_read_file, which it is but for tests. */
typedef void kzi_read_function(struct kzi_reading *reading, int fd,
	const struct kzi_job *job, const struct kzi_detector *detector,
	kzi_emit *emit, void *context);

struct kzi_worker_options {
	int fallback;  /* Language of files that do not say, or -1. */
	int has_terms; /* Give passages their terms. */
	kzi_read_function *read;
};

enum {
	KZI_JOB_MOST = 16384,       /* Bytes of a job. */
	KZI_WORKER_GROWTH_MB = 256  /* One that has grown so much gives way to
				       a new one after its file. */
};

/* Exit codes of a worker. With any other, its reader has ended it. */
enum {
	KZI_WORKER_DONE = 0,   /* There were no more jobs. */
	KZI_WORKER_TIRED = 40, /* It has grown; jobs may be waiting. */
	KZI_WORKER_SHORT = 41, /* Memory ran out. */
	KZI_WORKER_BROKEN = 42 /* It could not begin, or was given nonsense. */
};

/* Be a worker: take jobs from the socket `jobs`, each with the open file, write
 * answers to the pipe `answers`, and end with the last one. `parent` is the
 * process that started it. Does not return. */
void kzi_worker_run(int jobs, int answers, int parent,
	const struct kzi_worker_options *options) __attribute__((noreturn));

#endif
