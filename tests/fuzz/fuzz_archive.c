/* fuzz_archive.c -- archives, ZIP and gzip, with whatever is in them. */
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	fuzz_read("page.txt", NULL, bytes, length);
	return 0;
}
