/* fuzz_jsonl.c -- the reader of JSON Lines. */
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	fuzz_read("lines.jsonl", kzi_read_jsonl, bytes, length);
	return 0;
}
