/* fuzz_plain.c -- the reader of plain text. */
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	fuzz_read("page.txt", kzi_read_plain, bytes, length);
	return 0;
}
