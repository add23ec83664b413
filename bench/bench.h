/* bench.h -- what the files of kalauz-bench share. A client of kalauz.h.
 *
 *     bench_main.c  options, and which of the modes is meant
 *     queries.c     the file of queries, and their classes
 *     loop.c        searches, in a closed or an open loop: samples
 *     process.c     kalauz-query started as a program
 *     stats.c       percentiles and chance
 *     report.c      what was found, as text and JSON
 *     plot.c        the same as a picture
 *     compare.c     two reports, and whether they differ
 *     judge.c       how good the answers are, against judgements */
#ifndef KZB_BENCH_H
#define KZB_BENCH_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "kalauz.h"

#define KZB_PROGRAM "kalauz-bench"

/* Exit codes beside those of say.h. */
enum { KZB_EXIT_SLOWER = 1 };

struct kzb_options {
	const char *index, *queries; /* Operands. */
	const char *json, *plot, *program;
	const char *qrels, *against, *run_file;
	uint64_t seconds, warmup, rate, threads, limit, starts;
	int tells_language; /* Ask only for the query's own language. */
	int counts_processor; /* Not the time that passes. */
	int compares, any_results;
	int wants_help, wants_version;
};

/* ---- Queries ----------------------------------------------------------- */

enum kzb_class {
	KZB_ONE_WORD,
	KZB_FEW_WORDS,  /* 2 or 3 */
	KZB_MANY_WORDS, /* 4 and more */
	KZB_PHRASE,     /* Holds a "quoted" part. */
	KZB_CLASSES
};

extern const char *const kzb_class_names[KZB_CLASSES];

struct kzb_query {
	const char *id;
	const char *language; /* A tag, or "". */
	const char *text;
	enum kzb_class class;
};

struct kzb_queries {
	struct kzb_query *items;
	size_t count;
	char *bytes;   /* That the items point into. */
	uint64_t hash; /* Of the file. */
};

/* 0 when the file cannot be read or holds no query; that was said. */
int kzb_queries_read(struct kzb_queries *queries, const char *path);
void kzb_queries_release(struct kzb_queries *queries);

/* A whole file and a NUL behind it, for free(); NULL: that was said. */
char *kzb_read_file(const char *path, size_t *length);

/* FNV-1a; begin with KZB_HASH. */
#define KZB_HASH 14695981039346656037u
uint64_t kzb_hash(uint64_t hash, const void *bytes, size_t length);

/* ---- Samples ----------------------------------------------------------- */

/* The times of one query in the order of its rounds, in microseconds. */
struct kzb_samples {
	double *us;
	size_t count, capacity;
};

/* 0 when memory is short. */
int kzb_samples_add(struct kzb_samples *samples, double us);

struct kzb_times {
	struct kzb_samples *of; /* One a query. */
	double seconds;         /* That the loop took. */
	uint64_t searches;
	double load_before;     /* Programs that wanted a processor. */
	uint64_t results_hash;  /* Of all lists of hits, in order. */
	uint64_t hits;
};

/* Each 0 on failure; that was said. */
int kzb_loop(struct kzb_times *times, const struct kzb_options *options,
	const struct kzb_queries *queries);
void kzb_times_release(struct kzb_times *times, size_t queries);

/* ---- Processes --------------------------------------------------------- */

struct kzb_starts {
	struct kzb_samples warm;
	struct kzb_samples cold; /* After the files left the page cache. */
};

int kzb_start_programs(struct kzb_starts *starts,
	const struct kzb_options *options, const struct kzb_queries *queries);

/* Bytes of all files of a folder. */
uint64_t kzb_folder_bytes(const char *path);

/* ---- Statistics -------------------------------------------------------- */

enum { KZB_POINTS = 5 };
extern const char *const kzb_point_names[KZB_POINTS]; /* "p50", ... "max" */

struct kzb_summary {
	size_t count;
	double mean;
	double at[KZB_POINTS];
};

/* The values are sorted. */
void kzb_summarize(struct kzb_summary *summary, double *us, size_t count);

/* The value below which `part` of sorted values lie (nearest rank). */
double kzb_percentile(const double *sorted, size_t count, double part);
void kzb_sort(double *values, size_t count);

/* A number below `end`: always the same ones from the same seed. */
size_t kzb_random_below(uint64_t *seed, size_t end);

struct kzb_interval {
	double low, high;
};

/* 95 % interval of the mean, by bootstrap. */
struct kzb_interval kzb_bootstrap(const double *values, size_t count);

/* How likely a difference of means as large as that of `differences` is by
 * chance, by flipping signs. */
double kzb_randomization(const double *differences, size_t count);

/* ---- Report ------------------------------------------------------------ */

struct kzb_index_facts {
	uint64_t documents, passages;
	uint64_t text_bytes;
	uint64_t bytes;      /* On disk. */
	char analysis[32];
	char languages[256]; /* "ca 14003, cy 5955" */
};

struct kzb_report {
	const struct kzb_options *options;
	const struct kzb_queries *queries;
	struct kzb_index_facts index;
	struct kzb_times times;
	struct kzb_starts starts;
};

/* Call `visit` for all samples, then for those of each language and class
 * there is, each group as a sorted array. 0 when memory is short. */
typedef void kzb_visit_group(void *context, const char *kind, const char *name,
	double *us, size_t count);
int kzb_groups(const struct kzb_report *report, kzb_visit_group *visit,
	void *context);

int kzb_report_text(const struct kzb_report *report, FILE *out);
int kzb_report_json(const struct kzb_report *report, const char *path);
int kzb_report_plot(const struct kzb_report *report, const char *path);

/* ---- Modes: each returns an exit code ---------------------------------- */

int kzb_compare(const char *old_path, const char *new_path, int any_results);
int kzb_judge(const struct kzb_options *options,
	const struct kzb_queries *queries);

#endif
