/* fuzz_settings.c -- kalauz.ini. */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>

#include "indexer/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct kzi_settings settings;
	FILE *file;

	if (length == 0)
		return 0;
	file = fmemopen((void *)(uintptr_t)bytes, length, "r");
	FUZZ_REQUIRE(file);
	kzi_settings_read(&settings, file);
	FUZZ_REQUIRE(kzi_settings_ignore(&settings, KZI_SETTINGS_FILE));
	FUZZ_REQUIRE(!kzi_settings_ignore(&settings, ""));
	FUZZ_REQUIRE(!kzi_settings_ignore(&settings, " a"));
	kzi_settings_release(&settings);
	fclose(file);
	return 0;
}
