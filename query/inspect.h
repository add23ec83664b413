/* inspect.h -- show the text analysis at work; no index is needed. */
#ifndef KZI_INSPECT_H
#define KZI_INSPECT_H

#include "options.h"

/* --analyze: the tokens of options->query. Returns the exit code. */
int kzi_inspect_tokens(const struct kzi_options *options);

/* --stem: a line of stems for each line of stdin. Returns the exit code. */
int kzi_inspect_stems(const struct kzi_options *options);

#endif
