/* fuzz_html.c -- the reader of HTML and XHTML. */
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	fuzz_read("guides/page.html", kzi_read_html, bytes, length);
	return 0;
}
