/* run.h -- a run of the indexer, from the files found to the last commit. */
#ifndef KZI_RUN_H
#define KZI_RUN_H

#include <signal.h>

#include "indexer/manifest.h"
#include "kalauz.h"

struct kzi_run_options {
	const char *index;
	char *const *paths;
	int path_count;
	int fallback;   /* Language of files that do not say, or -1. */
	int jobs;       /* Files read at once; 0: as many as processors. */
	int patience_ms; /* See crew.h. */
	int commit_megabytes; /* Of text between two commits; 0: 64. */
	int rebuilds;
	int keeps;      /* Do not remove what is gone. */
	const char *share; /* Where dictionaries are installed; NULL: none. */
	const char *cache; /* Of the word table made from them, or NULL. */
	const volatile sig_atomic_t *stop; /* Not 0 asks to stop; or NULL. */
};

/* A file that is not in the index. */
struct kzi_unread {
	const char *name;
	const char *reason;
	enum kzi_outcome outcome;
};

struct kzi_run_report {
	struct kzi_arena arena;
	struct kzi_buf unread; /* Of struct kzi_unread. */
	uint64_t files[KZI_OUTCOMES];
	struct kzi_store_info info; /* Of the index afterwards. */
	uint64_t bytes_read;
	double seconds;
	unsigned guards; /* Of the readers (sandbox.h). */
};

/* Told of each file as it is done; `done` of `total`. */
typedef void kzi_progress(void *context, uint64_t done, uint64_t total,
	const char *name, enum kzi_outcome outcome);

/* Bring the index up to date. Faults of files go into the report; only what
 * keeps the index from being written is an error. KZ_END: it was asked to stop;
 * what was read so far is committed, and report->info tells of that. */
kz_status kzi_run(const struct kzi_run_options *options,
	struct kzi_run_report *report, kzi_progress *progress, void *context,
	kz_error *err);

/* Write every passage as a JSON line on stdout; the same report. */
kz_status kzi_run_dump(const struct kzi_run_options *options,
	struct kzi_run_report *report, kz_error *err);

/* Note a file that is not in the index. */
void kzi_run_report_unread(struct kzi_run_report *report, const char *name,
	const char *reason, enum kzi_outcome outcome);

void kzi_run_report_release(struct kzi_run_report *report);

#endif
