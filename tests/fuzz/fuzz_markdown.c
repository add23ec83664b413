/* fuzz_markdown.c -- the reader of Markdown. */
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	fuzz_read("page.md", kzi_read_markdown, bytes, length);
	return 0;
}
