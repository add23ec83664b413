/* report.h -- what a run tells the user: progress on the way, and the sum. */
#ifndef KZI_REPORT_H
#define KZI_REPORT_H

#include <stdio.h>

#include "indexer/run.h"

#define KZI_INDEX_PROGRAM "kalauz-index"

/* The values of --progress. */
enum kzi_progress_kind {
	KZI_PROGRESS_AUTO,
	KZI_PROGRESS_ALWAYS,
	KZI_PROGRESS_NEVER,
	KZI_PROGRESS_JSON
};

struct kzi_progress_state {
	enum kzi_progress_kind kind;
	int is_shown;   /* A bar stands on the terminal. */
	double last;    /* When it was last drawn. */
};

/* Decide what "auto" means, and draw nothing yet. */
void kzi_progress_start(
	struct kzi_progress_state *state, enum kzi_progress_kind kind);

/* A kzi_progress for kzi_run; `context` is the state. */
void kzi_progress_show(void *context, uint64_t done, uint64_t total,
	const char *name, enum kzi_outcome outcome);

/* Take the bar off the terminal. */
void kzi_progress_end(struct kzi_progress_state *state);

/* The sum for a person: files by outcome, passages by language, and a line for
 * each file that is not in the index. */
void kzi_report_text(const struct kzi_run_report *report, FILE *out);

/* The same as one JSON object on a line. */
void kzi_report_json(const struct kzi_run_report *report, FILE *out);

#endif
