/* fuzz_encoding.c -- bytes of any encoding to UTF-8. The first byte says which
 * one is declared. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "indexer/encoding.h"

static void check(const char *bytes, size_t length, const char *declared)
{
	size_t out_length = 0;
	char *out = kzi_to_utf8(bytes, length, declared, &out_length);

	FUZZ_REQUIRE(out);
	FUZZ_REQUIRE(out[out_length] == '\0');
	FUZZ_REQUIRE(strlen(out) == out_length);
	FUZZ_REQUIRE(kzi_utf8_valid(out, out_length));
	kzi_free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static const char *const names[] = { NULL, "utf-8", "windows-1250",
		"ISO-8859-2", "iso-8859-16", "windows-1252", "UTF-16",
		"UTF-16BE", "utf-7", "ISO-2022-JP", "no such", "" };
	enum { NAMES = sizeof(names) / sizeof(*names) };

	if (length == 0)
		return 0;
	check((const char *)bytes + 1, length - 1, names[*bytes % NAMES]);
	return 0;
}
