/* fuzz_pdf.c -- the reader of PDF. Most of it is poppler; what we make
 * of its words is in fuzz_layout.c. */
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	fuzz_read("page.pdf", kzi_read_pdf, bytes, length);
	return 0;
}
