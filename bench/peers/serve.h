/* serve.h -- what the peers of bench/peers.py share: a program that is asked
 * query after query over a pipe, and tells how long each took itself.
 *
 *     in   lang<TAB>query
 *     out  processor ns, ns that passed, and the hits, best first
 *
 * A hit is its number in the file of passages, from 1, or an id. */
#ifndef KZB_SERVE_H
#define KZB_SERVE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { KZB_HITS = 10, KZB_ID = 200 };

struct kzb_found {
	size_t count;
	char ids[KZB_HITS][KZB_ID];
	size_t bytes; /* Of text and marks that were fetched. */
};

/* Note a hit and what was fetched of it. */
void kzb_found_row(struct kzb_found *found, long row, size_t bytes);
void kzb_found_id(struct kzb_found *found, const char *id, size_t bytes);

typedef void kzb_ask(void *context, const char *language, const char *query,
	struct kzb_found *found);

/* Answer until standard input ends; returns an exit code. */
int kzb_serve(kzb_ask *ask, void *context);

#ifdef __cplusplus
}
#endif
#endif
