/* lib/base: arena, buf, utf8, hash, error, alloc. */
#include "unit.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"

/* ---- Arena ------------------------------------------------------------- */

static void arena_gives_aligned_and_separate_memory(void **state)
{
	struct kzi_arena arena = { 0 };
	char *all[2000];
	size_t i, k;

	(void)state;
	for (i = 0; i < 2000; i++) {
		all[i] = kzi_arena_get(&arena, i % 90 + 1);
		assert_non_null(all[i]);
		assert_int_equal((uintptr_t)all[i] % sizeof(max_align_t) % 16,
			0);
		memset(all[i], (int)i, i % 90 + 1);
	}
	for (i = 0; i < 2000; i++)
		for (k = 0; k < i % 90 + 1; k++)
			assert_int_equal((unsigned char)all[i][k], i & 0xFF);
	kzi_arena_release(&arena);
	assert_int_equal(arena.total, 0);
}

static void arena_takes_what_is_larger_than_a_chunk(void **state)
{
	struct kzi_arena arena = { 0 };
	char *large = kzi_arena_zero(&arena, 1000, 5000);

	(void)state;
	assert_non_null(large);
	assert_int_equal(large[4999999], 0);
	assert_non_null(kzi_arena_get(&arena, 0));
	kzi_arena_release(&arena);
}

static void arena_refuses_what_overflows(void **state)
{
	struct kzi_arena arena = { 0 };

	(void)state;
	assert_null(kzi_arena_get(&arena, SIZE_MAX));
	assert_null(kzi_arena_zero(&arena, SIZE_MAX / 8, 16));
	kzi_arena_release(&arena);
}

static void arena_keeps_one_chunk_when_reset(void **state)
{
	struct kzi_arena arena = { 0 };
	size_t total;

	(void)state;
	kzi_arena_get(&arena, 100000);
	kzi_arena_get(&arena, 200000);
	kzi_arena_reset(&arena);
	total = arena.total;
	assert_true(total >= 200000);
	kzi_arena_get(&arena, 1000);
	assert_string_equal(kzi_arena_copy(&arena, "chair", 3), "cha");
	assert_int_equal(arena.total, total);
	kzi_arena_release(&arena);
	kzi_arena_reset(&arena);
}

/* What one large unit of work took is no reason to hold it for ever. */
static void arena_gives_much_back_when_reset(void **state)
{
	struct kzi_arena arena = { 0 };
	int i;

	(void)state;
	kzi_arena_get(&arena, 20000000);
	kzi_arena_reset(&arena);
	assert_true(arena.total <= 1 << 20);
	for (i = 0; i < 3000; i++)
		assert_non_null(kzi_arena_zero(&arena, 1, 1000));
	kzi_arena_reset(&arena);
	assert_true(arena.total <= 1 << 20);
	assert_non_null(kzi_arena_zero(&arena, 1, 1000));
	kzi_arena_release(&arena);
}

/* ---- Buf and scan ------------------------------------------------------ */

static void buf_grows_and_ends_in_nul(void **state)
{
	struct kzi_buf buf = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 10000; i++)
		kzi_buf_text(&buf, "ab");
	kzi_buf_byte(&buf, 'c');
	kzi_buf_append(&buf, "", 0);
	assert_int_equal(buf.length, 20001);
	assert_int_equal(strlen(buf.data), 20001);
	kzi_buf_clear(&buf);
	assert_int_equal(buf.length, 0);
	kzi_buf_release(&buf);
	assert_null(buf.data);
}

static void buf_failure_is_sticky(void **state)
{
	struct kzi_buf buf = { 0 };

	(void)state;
	assert_null(kzi_buf_room(&buf, SIZE_MAX / 2));
	assert_true(buf.failed);
	kzi_buf_text(&buf, "x");
	assert_int_equal(buf.length, 0);
	kzi_buf_release(&buf);
}

static void numbers_come_back(void **state)
{
	static const uint64_t numbers[] = { 0, 1, 127, 128, 300, 16383, 16384,
		UINT32_MAX, (uint64_t)1 << 63, UINT64_MAX };
	struct kzi_buf buf = { 0 };
	struct kzi_scan scan;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		kzi_buf_varint(&buf, numbers[i]);
	scan = (struct kzi_scan){ buf.data, buf.data + buf.length, 0 };
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		assert_true(kzi_scan_varint(&scan) == numbers[i]);
	assert_false(scan.failed);
	assert_int_equal(kzi_scan_varint(&scan), 0);
	assert_true(scan.failed);
	kzi_buf_release(&buf);
}

static void three_hundred_is_ac_02(void **state)
{
	struct kzi_buf buf = { 0 };

	(void)state;
	kzi_buf_varint(&buf, 300);
	assert_bytes(buf.data, buf.length, "\xAC\x02");
	kzi_buf_release(&buf);
}

static void strings_come_back_and_cut_ones_fail(void **state)
{
	struct kzi_buf buf = { 0 };
	size_t cut, length;

	(void)state;
	kzi_buf_string(&buf, "one", 3);
	kzi_buf_string(&buf, "", 0);
	kzi_buf_string(&buf, "t\0o", 3);
	for (cut = 0; cut <= buf.length; cut++) {
		struct kzi_scan scan = { buf.data, buf.data + cut, 0 };
		const char *one = kzi_scan_string(&scan, &length);

		if (!scan.failed)
			assert_memory_equal(one, "one", 3);
		kzi_scan_string(&scan, &length);
		kzi_scan_string(&scan, &length);
		assert_int_equal(scan.failed, cut < buf.length);
		assert_true(scan.at <= scan.end);
	}
	kzi_buf_release(&buf);
}

static void a_number_of_eleven_bytes_fails(void **state)
{
	const char bytes[] = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01";
	struct kzi_scan scan = { bytes, bytes + 11, 0 };

	(void)state;
	kzi_scan_varint(&scan);
	assert_true(scan.failed);
}

/* ---- UTF-8 ------------------------------------------------------------- */

static void every_character_comes_back(void **state)
{
	uint32_t c, got;
	char bytes[KZI_UTF8_MOST];

	(void)state;
	for (c = 0; c <= 0x10FFFF; c++) {
		size_t length;

		if (c == 0xD800)
			c = 0xE000;
		length = kzi_utf8_encode(bytes, c);
		assert_int_equal(kzi_utf8_decode(bytes, length, &got), length);
		assert_int_equal(got, c);
	}
}

/* What is no character: each is one U+FFFD of one byte. */
static const char *const ill_formed[] = { "\x80", "\xBF", "\xC0\x80",
	"\xC1\xBF", "\xC3", "\xC3(", "\xE0\x80\x80", "\xE0\x9F\xBF",
	"\xE2\x82", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\x80",
	"\xF0\x9F\x98", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE",
	"\xFF" };

static void ill_formed_bytes_are_replaced_one_by_one(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(ill_formed) / sizeof(ill_formed[0]); i++) {
		const char *bytes = ill_formed[i];
		uint32_t c;

		assert_int_equal(
			kzi_utf8_decode(bytes, strlen(bytes), &c), 1);
		assert_int_equal(c, KZI_REPLACEMENT);
		assert_false(kzi_utf8_valid(bytes, strlen(bytes)));
	}
	assert_true(kzi_utf8_valid("", 0));
	assert_true(kzi_utf8_valid("a\0\xC5\x91\xF0\x9F\x98\x80", 8));
}

static void a_cut_never_falls_within_a_character(void **state)
{
	/* 1, 2, 3 and 4 bytes: ends at 1, 3, 6 and 10. */
	static const char text[] = "a\xC5\x91\xE2\x82\xAC\xF0\x9F\x98\x80";
	static const size_t wanted[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10 };
	size_t most;

	(void)state;
	for (most = 0; most < 12; most++)
		assert_int_equal(
			kzi_utf8_cut(text, 10, most), wanted[most]);
	assert_int_equal(kzi_utf8_cut("\xE2\x82\xAC", 3, 2), 0);
	/* Bytes that are no text are cut anywhere, but forward. */
	assert_true(kzi_utf8_cut("\x80\x80\x80\x80\x80\x80\x80\x80", 8, 6) > 0);
}

/* ---- Hash, error, alloc ------------------------------------------------ */

/* The value is part of the format: fingerprints and long terms hold it. */
static void the_hash_stays_what_it_was(void **state)
{
	(void)state;
	assert_true(kzi_hash("", 0, 0) == 0x48218226FF3CD4BFu);
	assert_true(kzi_hash("kalauz", 6, 0) == 0x48993D09AF8A4845u);
	assert_true(kzi_hash("kalauz", 6, 1) != 0x48993D09AF8A4845u);
	assert_true(kzi_hash("kalauz\0", 7, 0) != 0x48993D09AF8A4845u);
}

static void a_message_is_cut_between_characters_and_has_no_controls(void **state)
{
	kz_error err;
	char text[400];
	size_t i;

	(void)state;
	for (i = 0; i < 300; i += 2)
		memcpy(text + i, "\xC5\x91", 3);
	assert_int_equal(kzi_fail(&err, KZ_ERR_IO, "%s", text), KZ_ERR_IO);
	assert_int_equal(err.status, KZ_ERR_IO);
	assert_true(strlen(err.message) < sizeof(err.message));
	assert_true(kzi_utf8_valid(err.message, strlen(err.message)));
	kzi_fail(&err, KZ_ERR_IO, "x%s", text);
	assert_true(kzi_utf8_valid(err.message, strlen(err.message)));
	kzi_fail(&err, KZ_ERR_IO, "a\nb\033[1m\x7F-\xC5-\xFF");
	assert_string_equal(err.message, "a?b?[1m?-?-?");
	assert_int_equal(kzi_fail(NULL, KZ_ERR_FORMAT, "x"), KZ_ERR_FORMAT);
	assert_int_equal(kzi_fail_memory(&err), KZ_ERR_MEMORY);
}

/* A folder may lie deep: what is wrong with it must be told nevertheless. */
static void a_long_path_leaves_the_reason(void **state)
{
	kz_error err;
	char path[4000];
	size_t length;

	(void)state;
	for (length = 1; length < sizeof(path); length++) {
		memset(path, 'p', length);
		path[length] = '\0';
		kzi_fail(&err, KZ_ERR_IO, "%s: No space left", path);
		assert_non_null(strstr(err.message, "p: No space left"));
		assert_true(err.message[0] == 'p');
		assert_in_range(strlen(err.message),
			length < 220 ? length + 15 : 235, 239);
	}
}

static void nothing_can_be_allocated_too(void **state)
{
	void *one = kzi_malloc(0), *two = kzi_calloc(0, 4);
	char *copy = kzi_copy("", 0);

	(void)state;
	assert_non_null(one);
	assert_non_null(two);
	assert_string_equal(copy, "");
	kzi_free(one);
	kzi_free(two);
	kzi_free(copy);
	kzi_free(NULL);
}

static void wide_memory_begins_a_large_page(void **state)
{
	char *few = kzi_malloc_wide(1), *many = kzi_malloc_wide(KZI_WIDE + 1);

	(void)state;
	assert_non_null(few);
	assert_non_null(many);
	assert_int_equal((uintptr_t)many % (2 << 20), 0);
	many[0] = many[KZI_WIDE] = few[0] = 1;
	kzi_free(few);
	kzi_free(many);
}

static void allocations_fail_on_demand(void **state)
{
	(void)state;
#ifdef KZI_DEBUG
	void *one, *two;

	kzi_alloc_fail_at(1);
	one = kzi_malloc(1);
	two = kzi_malloc(1);
	assert_non_null(one);
	assert_null(two);
	assert_int_equal(kzi_alloc_fail_at(-1), 2);
	kzi_free(one);
#else
	skip();
#endif
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_gives_aligned_and_separate_memory),
		cmocka_unit_test(arena_takes_what_is_larger_than_a_chunk),
		cmocka_unit_test(arena_refuses_what_overflows),
		cmocka_unit_test(arena_keeps_one_chunk_when_reset),
		cmocka_unit_test(arena_gives_much_back_when_reset),
		cmocka_unit_test(buf_grows_and_ends_in_nul),
		cmocka_unit_test(buf_failure_is_sticky),
		cmocka_unit_test(numbers_come_back),
		cmocka_unit_test(three_hundred_is_ac_02),
		cmocka_unit_test(strings_come_back_and_cut_ones_fail),
		cmocka_unit_test(a_number_of_eleven_bytes_fails),
		cmocka_unit_test(every_character_comes_back),
		cmocka_unit_test(ill_formed_bytes_are_replaced_one_by_one),
		cmocka_unit_test(a_cut_never_falls_within_a_character),
		cmocka_unit_test(the_hash_stays_what_it_was),
		cmocka_unit_test(
			a_message_is_cut_between_characters_and_has_no_controls),
		cmocka_unit_test(a_long_path_leaves_the_reason),
		cmocka_unit_test(nothing_can_be_allocated_too),
		cmocka_unit_test(wide_memory_begins_a_large_page),
		cmocka_unit_test(allocations_fail_on_demand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
