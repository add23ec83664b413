/* options.h -- what the command line of kalauz-query says. */
#ifndef KZI_QUERY_OPTIONS_H
#define KZI_QUERY_OPTIONS_H

#include <stddef.h>
#include <stdint.h>

#include "cli/opts.h"
#include "kalauz.h"

#define KZI_PROGRAM "kalauz-query"

enum kzi_format {
	KZI_FORMAT_TEXT,
	KZI_FORMAT_JSON,
	KZI_FORMAT_JSONL,
	KZI_FORMAT_TREC,
	KZI_FORMAT_TSV
};

struct kzi_options {
	const char *index; /* NULL where none is needed. */
	char *query;	   /* The words with spaces between, or NULL. */
	kz_search_options search;
	uint64_t limit; /* May be 0: find, but show nothing. */
	uint64_t offset;
	uint64_t per_document; /* 0: no limit. */
	int match;	       /* enum kz_match. */
	int format;	       /* enum kzi_format. */
	int color;	       /* enum kzi_when. */
	const char *run;       /* The last column of trec. */
	int wants_explanation;
	int wants_facets;
	int has_no_suggestions;
	int wants_copies;
	int is_across;
	int wants_help;
	int wants_version;

	/* What to do instead of answering `query`; at most one is set. */
	const char *batch;   /* Answer the lines of this file. */
	const char *related; /* Find passages like the one with this id. */
	const char *analyze; /* Show the tokens of `query` in this language. */
	const char *stem;    /* Stem words from stdin in this language. */
};

/* More hits than a person or a pooled evaluation asks for, and little enough
 * that the numbers add up in 32 bits. */
enum { KZI_NUMBER_MOST = 1000000 };

extern const struct kzi_program kzi_query_program;

/* Fill `options` from the command line, which must outlive it. 1 if it makes
 * sense; 0 if not, with the reason in `message`. With --help and --version
 * nothing else is required. */
int kzi_options_read(struct kzi_options *options, int argc, char **argv,
	char message[KZI_OPTS_MESSAGE]);

/* Bring `search` in line with the other members. */
void kzi_options_fill(struct kzi_options *options);

void kzi_options_release(struct kzi_options *options);

#endif
