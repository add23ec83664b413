/* serve.c -- see serve.h. */
#include "serve.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t read_clock(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void kzb_found_id(struct kzb_found *found, const char *id, size_t bytes)
{
	if (found->count == KZB_HITS)
		return;
	snprintf(found->ids[found->count++], KZB_ID, "%s", id);
	found->bytes += bytes;
}

void kzb_found_row(struct kzb_found *found, long row, size_t bytes)
{
	char id[24];

	snprintf(id, sizeof(id), "%ld", row);
	kzb_found_id(found, id, bytes);
}

static void answer(kzb_ask *ask, void *context, char *line)
{
	struct kzb_found found = {0};
	uint64_t worked, passed;
	char *query = strchr(line, '\t');
	size_t i;

	line[strcspn(line, "\n")] = '\0';
	if (query)
		*query++ = '\0';
	passed = read_clock(CLOCK_MONOTONIC);
	worked = read_clock(CLOCK_PROCESS_CPUTIME_ID);
	ask(context, query ? line : "", query ? query : line, &found);
	worked = read_clock(CLOCK_PROCESS_CPUTIME_ID) - worked;
	passed = read_clock(CLOCK_MONOTONIC) - passed;
	printf("%" PRIu64 " %" PRIu64, worked, passed);
	for (i = 0; i < found.count; i++)
		printf(" %s", found.ids[i]);
	putchar('\n');
	fflush(stdout);
}

int kzb_serve(kzb_ask *ask, void *context)
{
	char *line = NULL;
	size_t room = 0;

	while (getline(&line, &room, stdin) > 0)
		answer(ask, context, line);
	free(line);
	return 0;
}
