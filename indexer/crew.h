/* crew.h -- the workers as the run sees them: files are asked for in order,
 * and come in that order, whichever worker was the faster one. */
#ifndef KZI_CREW_H
#define KZI_CREW_H

#include <signal.h>

#include "indexer/build.h"
#include "indexer/source.h"
#include "indexer/worker.h"

struct kzi_crew;

struct kzi_crew_options {
	unsigned jobs;         /* Workers; 0: as many as processors. */
	int patience_ms;       /* Without a sign of life; 0: a minute. Ten times
				  that in all, and more for a large file. */
	/* Not 0: taking ends with KZ_END, and the crew is closed. NULL:
	 * never. */
	const volatile sig_atomic_t *stop;
	struct kzi_worker_options worker; /* read NULL: kzi_read_file. */
};

/* Processes are started when the first files are asked for. */
kz_status kzi_crew_open(struct kzi_crew **out,
	const struct kzi_crew_options *options, kz_error *err);

/* Ends the workers, also amid a file. */
void kzi_crew_close(struct kzi_crew *crew);

/* 1 if no more may be asked for before one was taken. */
int kzi_crew_is_full(const struct kzi_crew *crew);

/* Ask for a file. The source is borrowed until it was taken; the hash is that
 * of struct kzi_job. */
void kzi_crew_ask(struct kzi_crew *crew, const struct kzi_source *source,
	int has_hash, uint64_t hash);

/* Ask for the edges of a page, and nothing else. */
void kzi_crew_ask_edges(
	struct kzi_crew *crew, const struct kzi_source *source);

/* Give the passages of the oldest file asked for to the sink, as they come, and
 * then tell what became of it. What the sink has no function for is passed
 * over; what it returns, unless KZ_OK, ends it and is returned. */
kz_status kzi_crew_take(struct kzi_crew *crew, const struct kzi_sink *sink,
	struct kzi_reading *reading, kz_error *err);

/* Guards that every worker so far had (sandbox.h). */
unsigned kzi_crew_guards(const struct kzi_crew *crew);

#endif
