/* request.h -- a question as a line of JSON, for programs without C.
 *
 *     {"id": 7, "query": "llifogydd", "lang": ["cy", "en"], "limit": 3}
 *
 * docs/schema/request.schema.json says what may stand there; what does not
 * stand there is as on the command line. */
#ifndef KZI_REQUEST_H
#define KZI_REQUEST_H

#include <stddef.h>
#include <stdint.h>

#include "options.h"

enum { KZI_REQUEST_MESSAGE = 240, KZI_REQUEST_NUMBER = 24 };

struct kzi_request {
	struct kzi_options options; /* Those of the command line, changed. */
	const char *query;	    /* "" with `related`; borrowed. */
	size_t query_length;
	const char *qid; /* The id as text, else the number of the line. */
	size_t qid_length;
	char *id; /* The id as JSON, to be said again; NULL: none. */

	/* Private. */
	struct json_t *root;
	char *lists[3]; /* lang, kind, place, with commas. */
	char number[KZI_REQUEST_NUMBER];
};

/* 1 if the line is meant as a request: it begins as an object does, with a
 * brace before a quotation mark or a brace (single ones are a slip that is
 * told). Others are words, as any query is. */
int kzi_request_is(const char *line, size_t length);

/* Read a line. `number` is its place among the lines, from 1. 0 if it makes no
 * sense, with the reason in `message`; its id can then still be set. Release it
 * either way. */
int kzi_request_read(struct kzi_request *request,
	const struct kzi_options *defaults, uint64_t number, const char *line,
	size_t length, char message[KZI_REQUEST_MESSAGE]);

void kzi_request_release(struct kzi_request *request);

#endif
