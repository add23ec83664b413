/* test_check.c -- --check: the manifest and the passages must agree, both
 * ways. */
#include "scratch.h"

#include "indexer/check.h"
#include "indexer/manifest.h"

static struct kzi_string string(const char *text)
{
	struct kzi_string s = { text, strlen(text) };

	return s;
}

static void add_passage(struct kzi_writer *writer, const char *source)
{
	struct kzi_document_record document = { .path = string(source) };
	struct kzi_passage_record passage = { .ordinal = 1,
		.text = string("All of it.") };
	struct kzi_named all = { .bytes = string("all") };
	struct kzi_posting posting = { &all, 10, 0 };

	assert_int_equal(kzi_writer_document(writer, string(source), &document,
				 KZI_STORY, NULL),
		KZ_OK);
	assert_int_equal(kzi_writer_passage(
				 writer, &passage, 0, &posting, 1, NULL),
		KZ_OK);
}

static void add_entry(struct kzi_writer *writer, const char *name,
	enum kzi_outcome outcome)
{
	struct kzi_entry entry = { .name = name, .outcome = outcome,
		.reason = "" };

	assert_int_equal(kzi_manifest_put(writer, &entry, NULL), KZ_OK);
}

/* Check an index of these files with passages and these entries; names are one
 * letter each, an entry in capitals says that its file was not indexed. Returns
 * the message, "" if it is whole. */
static const char *fault_of(const char *passages, const char *entries)
{
	static kz_error err;
	struct kzi_writer *writer;
	kz_status status;

	assert_int_equal(kzi_writer_open(&writer, scratch_path("ix"),
				 KZI_WRITER_REBUILD, "0123456789abcdef", NULL),
		KZ_OK);
	for (; *passages; passages++) {
		char name[] = { *passages, '\0' };

		add_passage(writer, name);
	}
	for (; *entries; entries++) {
		char name[] = { *entries, '\0' };
		int is_capital = *entries < 'a';

		name[0] |= 0x20;
		add_entry(writer, name,
			is_capital ? KZI_FAILED : KZI_INDEXED);
	}
	assert_int_equal(kzi_writer_publish(writer, NULL), KZ_OK);
	kzi_writer_close(writer);
	status = kzi_check(scratch_path("ix"), &err);
	if (status == KZ_OK)
		return "";
	assert_int_equal(status, KZ_ERR_CORRUPT);
	return err.message;
}

static void what_agrees_is_whole(void **state)
{
	(void)state;
	assert_string_equal(fault_of("", ""), "");
	assert_string_equal(fault_of("a", "a"), "");
	assert_string_equal(fault_of("aabc", "abc"), "");
	/* What failed may have given something before, or not. */
	assert_string_equal(fault_of("ac", "aBC"), "");
}

static void what_does_not_is_told(void **state)
{
	(void)state;
	assert_non_null(strstr(fault_of("ab", "a"), "does not know (b)"));
	assert_non_null(strstr(fault_of("a", ""), "does not know (a)"));
	assert_non_null(strstr(fault_of("a", "ab"), "is indexed (b)"));
	assert_non_null(strstr(fault_of("", "a"), "is indexed (a)"));
}

/* Terms of long names end in a hash; both sides make the same one. */
static void long_names_agree(void **state)
{
	char name[3000];
	struct kzi_writer *writer;

	(void)state;
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(kzi_writer_open(&writer, scratch_path("ix"), 0,
				 "0123456789abcdef", NULL),
		KZ_OK);
	add_passage(writer, name);
	add_entry(writer, name, KZI_INDEXED);
	assert_int_equal(kzi_writer_publish(writer, NULL), KZ_OK);
	kzi_writer_close(writer);
	assert_int_equal(kzi_check(scratch_path("ix"), NULL), KZ_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_agrees_is_whole, scratch_begin, scratch_end),
		cmocka_unit_test_setup_teardown(
			what_does_not_is_told, scratch_begin, scratch_end),
		cmocka_unit_test_setup_teardown(
			long_names_agree, scratch_begin, scratch_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
