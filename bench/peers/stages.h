/* stages.h -- looks inside kz_search while it runs: the linker's --wrap puts
 * stages.c around its steps. For measuring only; no program of ours is linked
 * so. */
#ifndef KZB_STAGES_H
#define KZB_STAGES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum kzb_stage {
	KZB_WORDS,   /* Parsed tree to words, with their frequencies. */
	KZB_PLAN,
	KZB_MATCH,
	KZB_VERIFY,  /* Phrases looked for in the texts. */
	KZB_RANK,    /* The first candidates ranked on their texts. */
	KZB_RESULTS, /* Hits with text and highlights. */
	KZB_STAGES
};

enum { KZB_TERMS_MOST = 256, KZB_TERM_BYTES = 256 };

struct kzb_term {
	size_t length;
	char bytes[KZB_TERM_BYTES];
};

struct kzb_seen {
	int times_all; /* Set by the caller; else only the match is timed. */
	uint64_t ns[KZB_STAGES];
	size_t verified; /* Passages read to check the query. */
	size_t matched;  /* Candidates the store gave. */
	struct kzb_term terms[KZB_TERMS_MOST]; /* That the store was asked. */
	size_t term_count;
};

extern struct kzb_seen kzb_seen;

/* To be called before a search. */
void kzb_clear(void);

/* Processor time of this thread. */
uint64_t kzb_now(void);

#ifdef __cplusplus
}
#endif
#endif
