/* lib/store/seal.c: what was sealed is told from what was changed. */
#include "scratch.h"

#include "store/record.h"
#include "store/schema.h"
#include "store/seal.h"

enum { ROWS = 3, TEXT = 100, DICTIONARY_AT = 10, DICTIONARY = 20 };

static const struct kzi_state state = { .rows = ROWS, .text_length = TEXT,
	.dictionary = DICTIONARY_AT, .dictionary_length = DICTIONARY,
	.vocabulary = 4, .files = 7, .segment_count = 1,
	.segments = { { 7, ROWS } } };

static int is_moved;

static int begin(void **unused)
{
	char bytes[300];

	if (scratch_begin(unused) != 0)
		return -1;
	memset(bytes, 'x', sizeof(bytes));
	scratch_write("iamglass", bytes, 100);
	scratch_write("postlist.glass", bytes, 300);
	scratch_write("vocabulary.4", bytes, 50);
	scratch_write(KZI_POSTINGS_FILE ".7", bytes, 60);
	/* Behind what the state counts lies what a dead run has left. */
	scratch_write(KZI_ROWS_FILE, bytes, ROWS * KZI_ROW_BYTES + 5);
	scratch_write(KZI_TEXT_FILE, bytes, TEXT + 5);
	return kzi_seal_make(scratch, &state, NULL) == KZ_OK ? 0 : -1;
}

static kz_status check(int flags)
{
	return kzi_seal_check(scratch, flags, &is_moved, NULL);
}

/* Write one byte, and let the time of the file be another. */
static void put_byte(const char *name, long at, char byte)
{
	const struct timespec times[2] = { { 1000, 1 }, { 1000, 1 } };
	FILE *file = fopen(scratch_path(name), "r+b");

	assert_non_null(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	assert_int_equal(fputc(byte, file), byte);
	fclose(file);
	assert_int_equal(
		utimensat(AT_FDCWD, scratch_path(name), times, 0), 0);
}

static void what_was_sealed_is_whole(void **unused)
{
	(void)unused;
	assert_int_equal(check(0), KZ_OK);
	assert_int_equal(check(KZI_SEAL_SUMS | KZI_SEAL_WRITER), KZ_OK);
	assert_int_equal(is_moved, 0);
}

static void other_times_are_no_damage(void **unused)
{
	(void)unused;
	put_byte("postlist.glass", 7, 'x');
	assert_int_equal(check(0), KZ_OK);
	assert_int_equal(is_moved, 1);
	kzi_seal_restore_times(scratch);
	assert_int_equal(check(0), KZ_OK);
	assert_int_equal(is_moved, 0);
}

static void another_byte_is_damage(void **unused)
{
	static const struct {
		const char *name;
		long at;
		kz_status reader, writer;
	} changes[] = {
		{ "iamglass", 99, KZ_ERR_CORRUPT, KZ_ERR_CORRUPT },
		{ "postlist.glass", 0, KZ_ERR_CORRUPT, KZ_ERR_CORRUPT },
		{ "vocabulary.4", 49, KZ_ERR_CORRUPT, KZ_ERR_CORRUPT },
		{ KZI_ROWS_FILE, 47, KZ_ERR_CORRUPT, KZ_ERR_CORRUPT },
		{ KZI_ROWS_FILE, 48, KZ_OK, KZ_OK },
		{ KZI_TEXT_FILE, 9, KZ_OK, KZ_ERR_CORRUPT },
		{ KZI_TEXT_FILE, 10, KZ_ERR_CORRUPT, KZ_ERR_CORRUPT },
		{ KZI_TEXT_FILE, 30, KZ_OK, KZ_ERR_CORRUPT },
		{ KZI_TEXT_FILE, 100, KZ_OK, KZ_OK },
	};
	size_t i;

	(void)unused;
	for (i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
		put_byte(changes[i].name, changes[i].at, 'y');
		assert_int_equal(check(0), changes[i].reader);
		assert_int_equal(check(KZI_SEAL_WRITER), changes[i].writer);
		put_byte(changes[i].name, changes[i].at, 'x');
		assert_int_equal(check(KZI_SEAL_WRITER), KZ_OK);
	}
}

/* A byte that changed while the time stayed is seen only when asked. */
static void rot_is_seen_by_sums(void **unused)
{
	(void)unused;
	put_byte("postlist.glass", 7, 'y');
	kzi_seal_restore_times(scratch);
	assert_int_equal(check(0), KZ_OK);
	assert_int_equal(check(KZI_SEAL_SUMS), KZ_ERR_CORRUPT);
}

static void files_cut_or_gone_are_damage(void **unused)
{
	(void)unused;
	assert_int_equal(truncate(scratch_path("postlist.glass"), 299), 0);
	assert_int_equal(check(0), KZ_ERR_CORRUPT);
	assert_int_equal(remove(scratch_path("postlist.glass")), 0);
	assert_int_equal(check(0), KZ_ERR_CORRUPT);
}

/* Every byte of the seal counts, in every way that one may change. */
static void a_damaged_seal_is_damage(void **unused)
{
	FILE *file = fopen(scratch_path(KZI_SEAL_FILE), "rb");
	char seal[4096];
	size_t length, i;

	(void)unused;
	assert_non_null(file);
	length = fread(seal, 1, sizeof(seal), file);
	fclose(file);
	for (i = 0; i < length; i++) {
		char old = seal[i];

		seal[i] ^= (char)(1 << i % 8);
		scratch_write(KZI_SEAL_FILE, seal, length);
		assert_int_equal(check(0), KZ_ERR_CORRUPT);
		seal[i] = old;
		scratch_write(KZI_SEAL_FILE, seal, i);
		assert_int_equal(check(0), KZ_ERR_CORRUPT);
	}
}

static void a_broken_seal_compares_nothing(void **unused)
{
	(void)unused;
	assert_int_equal(kzi_seal_break(scratch, NULL), KZ_OK);
	assert_int_equal(kzi_seal_break(scratch, NULL), KZ_OK);
	put_byte("postlist.glass", 7, 'y');
	assert_int_equal(check(0), KZ_END);
	assert_int_equal(kzi_seal_make(scratch, &state, NULL), KZ_OK);
	assert_int_equal(check(0), KZ_OK);
}

static void it_tells_the_state(void **unused)
{
	struct kzi_state told;
	uint64_t hash;

	(void)unused;
	assert_int_equal(
		kzi_seal_open(scratch, 0, &told, &hash, NULL), KZ_OK);
	assert_memory_equal(&told, &state, sizeof(state));
	assert_int_not_equal(hash, 0);
	assert_true(kzi_seal_look(scratch) == hash);
	put_byte("postlist.glass", 7, 'y');
	assert_int_equal(kzi_seal_open(scratch, 0, &told, &hash, NULL),
		KZ_ERR_CORRUPT);
	assert_int_equal(kzi_seal_open(scratch, KZI_SEAL_TRUST, &told, &hash,
				 NULL),
		KZ_OK);
	scratch_write(KZI_SEAL_FILE, "kalauz seal 2\nstate ", 20);
	assert_int_equal(kzi_seal_open(scratch, KZI_SEAL_TRUST, &told, &hash,
				 NULL),
		KZ_END);
	assert_int_equal(kzi_seal_break(scratch, NULL), KZ_OK);
	assert_int_equal(
		kzi_seal_open(scratch, 0, &told, &hash, NULL), KZ_END);
	assert_true(kzi_seal_look(scratch) == 0);
}

#define SEALED(test) cmocka_unit_test_setup_teardown(test, begin, scratch_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SEALED(what_was_sealed_is_whole),
		SEALED(other_times_are_no_damage),
		SEALED(another_byte_is_damage),
		SEALED(rot_is_seen_by_sums),
		SEALED(files_cut_or_gone_are_damage),
		SEALED(a_damaged_seal_is_damage),
		SEALED(a_broken_seal_compares_nothing),
		SEALED(it_tells_the_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
