/* flow.h -- prose poured into lines of a terminal, with marked words. */
#ifndef KZI_FLOW_H
#define KZI_FLOW_H

#include <stddef.h>
#include <stdio.h>

#include "kalauz.h"

struct kzi_flow {
	FILE *out;
	size_t width;  /* Columns of a line. */
	size_t indent; /* Columns left free before it. */
	int has_color; /* Mark the words of the spans. */
};

/* Print the part of the hit's text that `part` tells, wrapped. Lines of the
 * text stay lines, an item hangs behind its bullet, and "…" stands where
 * text was left out. */
void kzi_flow_passage(
	const struct kzi_flow *flow, const kz_hit *hit, kz_span part);

#endif
