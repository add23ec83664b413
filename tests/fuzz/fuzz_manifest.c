/* fuzz_manifest.c -- a value of the manifest, as an index may hold it. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "indexer/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct kzi_manifest manifest = { 0 };
	struct kzi_string key = { "fSa", 3 };
	struct kzi_string value = { (const char *)bytes, length };
	size_t i;

	FUZZ_REQUIRE(kzi_manifest_take(&manifest, key, value));
	for (i = 0; i < kzi_manifest_count(&manifest); i++) {
		const struct kzi_entry *entry = kzi_manifest_at(&manifest, i);

		FUZZ_REQUIRE(entry->outcome < KZI_OUTCOMES);
		FUZZ_REQUIRE(strlen(entry->name) + strlen(entry->reason) <
			length);
		FUZZ_REQUIRE(kzi_outcome_name(entry->outcome));
		FUZZ_REQUIRE(kzi_manifest_find(&manifest, entry->name));
	}
	kzi_manifest_release(&manifest);
	return 0;
}
