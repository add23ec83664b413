/* answer.h -- one query from asking to printing. */
#ifndef KZI_ANSWER_H
#define KZI_ANSWER_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "kalauz.h"
#include "options.h"

/* A query and what was found for it, as the printers see it. */
struct kzi_answer {
	const struct kzi_options *options;
	const char *qid; /* Its name in a batch; NULL outside of one. */
	size_t qid_length;
	int is_request; /* Asked in JSON: what goes wrong is an answer, too. */
	const char *id; /* Of a request, as JSON; NULL: none. */
	const char *query;
	size_t query_length;
	kz_results *results;
	size_t left;	  /* Hits that are still to be shown. */
	uint64_t took_ns; /* In the library so far. */
	kz_status status; /* KZ_OK, or what went wrong. */
	kz_error error;
};

/* The next hit to show, borrowed until the next call. NULL when there is none
 * or when fetching it failed: then the status tells. */
const kz_hit *kzi_answer_next(struct kzi_answer *answer);

/* The printers: each walks the hits and writes them all. */
void kzi_print_text(FILE *out, struct kzi_answer *answer);
void kzi_print_json(FILE *out, struct kzi_answer *answer);
void kzi_print_jsonl(FILE *out, struct kzi_answer *answer);
void kzi_print_trec(FILE *out, struct kzi_answer *answer);
void kzi_print_tsv(FILE *out, struct kzi_answer *answer);

/* Write, in place of an answer, what went wrong: status and error. */
void kzi_print_error(FILE *out, const struct kzi_answer *answer);

/* Begin an answer in JSON: "qid" and "id", where there are any, "version". */
struct kzi_json;
void kzi_print_name(struct kzi_json *json, const struct kzi_answer *answer);

enum { KZI_EXIT_NOTHING = 1 };

/* Search, print on stdout and return the exit code. The members before
 * `results` must be set as they apply, all else zero. */
int kzi_answer(struct kzi_answer *answer, kz_index *index);

/* Answer every line of options->batch; returns the exit code. */
int kzi_batch(const struct kzi_options *options, kz_index *index);

/* Say what went wrong in the library. Returns the exit code: 2 when the command
 * line is to blame (a language, a kind, an id), otherwise 3. */
int kzi_failure(kz_status status, const kz_error *error);

#endif
