/* inspect.h -- show the text analysis at work; no index is needed. */
#ifndef KZI_INSPECT_H
#define KZI_INSPECT_H

#include "answer.h"

/* --analyze: the tokens of options->query. Returns the exit code. */
int kzi_inspect_tokens(const struct kzi_options *options);

/* The same for a request (request.h), answered in JSON. Returns the exit
 * code. */
int kzi_inspect_request(struct kzi_answer *answer);

/* --stem: a line of stems for each line of stdin. Returns the exit code. */
int kzi_inspect_stems(const struct kzi_options *options);

#endif
