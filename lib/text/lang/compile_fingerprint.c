/* compile_fingerprint.c -- a program of the build: prints the fingerprint of
 * the analysis it was linked with, as a C header. */
#include <stdio.h>

#include "text/text.h"

int main(void)
{
	struct kzi_analyzer *analyzer = kzi_analyzer_new(1 << 20);
	char digits[KZI_FINGERPRINT];
	int done = analyzer && kzi_fingerprint(analyzer, digits);

	if (done)
		printf("#define KZI_FINGERPRINT_BUILT \"%s\"\n", digits);
	kzi_analyzer_free(analyzer);
	return !done;
}
