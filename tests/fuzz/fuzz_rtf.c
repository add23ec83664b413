/* fuzz_rtf.c -- the reader of RTF. */
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	fuzz_read("page.rtf", kzi_read_rtf, bytes, length);
	return 0;
}
