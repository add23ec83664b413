/* fuzz.h -- what the harnesses share. Each fuzz_NAME.c is given bytes and holds
 * what it makes of them against what must always be so; libFuzzer looks for the
 * bytes (make fuzz), replay.c gives them the ones that are kept. */
#ifndef KZI_FUZZ_H
#define KZI_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "indexer/format.h"

/* Stop at once if it does not hold, with a trace under the sanitizers. */
#define FUZZ_REQUIRE(holds)                                                    \
	do {                                                                   \
		if (!(holds))                                                  \
			fuzz_stop(__FILE__, __LINE__, #holds);                 \
	} while (0)

void fuzz_stop(const char *file, int line, const char *what)
	__attribute__((noreturn));

/* Read the bytes as a file of that name and go on with what comes of it as a
 * worker does: languages, links, passages, terms. `reader` NULL: the one that
 * the format asks for, if any. */
void fuzz_read(const char *name, kzi_reader *reader, const uint8_t *bytes,
	size_t length);

/* The harness. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#endif
