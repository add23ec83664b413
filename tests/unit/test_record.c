/* lib/store/record.c: what is put comes back, and any bytes are survived. */
#include "unit.h"

#include "base/alloc.h"
#include "store/record.h"
#include "store/schema.h"

#define STRING(text)                                                           \
	{                                                                      \
		text, sizeof(text) - 1                                         \
	}

static const struct kzi_string few[] = { STRING("materials/a.pdf"),
	STRING(""), STRING("with\0NUL") };

static const struct kzi_document_record document = {
	.path = STRING("stories/hungary/p\xC3\xA9" "cs.html"),
	.url = STRING("http://example.org/?a=b"),
	.title = STRING("A c\xC3\xADm"),
	.place = STRING("hungary"),
	.materials = few,
	.material_count = 3,
};

static const struct kzi_passage_record passage = {
	.ordinal = 7,
	.page = 300,
	.offset = (uint64_t)1 << 40,
	.anchor = STRING("kezdet"),
	.headings = few,
	.heading_count = 2,
	.text = STRING("Line one.\n\xE2\x80\xA2 An item."),
};

static void same_string(struct kzi_string a, struct kzi_string b)
{
	assert_int_equal(a.length, b.length);
	assert_memory_equal(a.bytes, b.bytes, a.length);
}

static void same_strings(const struct kzi_string *a, size_t a_count,
	const struct kzi_string *b, size_t b_count)
{
	size_t i;

	assert_int_equal(a_count, b_count);
	for (i = 0; i < a_count; i++)
		same_string(a[i], b[i]);
}

static void a_document_comes_back(void **state)
{
	struct kzi_document_record got;
	struct kzi_arena arena = { 0 };
	struct kzi_buf raw = { 0 };

	(void)state;
	kzi_record_put_document(&raw, &document);
	assert_true(
		kzi_record_get_document(&got, &arena, raw.data, raw.length));
	same_string(got.path, document.path);
	same_string(got.url, document.url);
	same_string(got.title, document.title);
	same_string(got.place, document.place);
	same_strings(got.materials, got.material_count, few, 3);
	kzi_arena_release(&arena);
	kzi_buf_release(&raw);
}

static void a_passage_comes_back(void **state)
{
	struct kzi_passage_record got;
	struct kzi_arena arena = { 0 };
	struct kzi_buf raw = { 0 };

	(void)state;
	kzi_record_put_passage(&raw, &passage);
	assert_true(
		kzi_record_get_passage(&got, &arena, raw.data, raw.length));
	assert_int_equal(got.ordinal, 7);
	assert_int_equal(got.page, 300);
	assert_true(got.offset == passage.offset);
	same_string(got.anchor, passage.anchor);
	same_strings(got.headings, got.heading_count, few, 2);
	same_string(got.text, passage.text);
	kzi_arena_release(&arena);
	kzi_buf_release(&raw);
}

static void a_state_comes_back(void **state)
{
	struct kzi_state put = { .rows = 5, .text_length = 1000,
		.dictionary = 17, .dictionary_length = 400, .files = 700,
		.segment_count = 2, .segments = { { 3, 4 }, { 700, 5 } } };
	struct kzi_state got;
	struct kzi_buf raw = { 0 };
	size_t cut;

	(void)state;
	put.info.documents = 3;
	put.info.passages = 4;
	put.info.passages_of[15] = 9;
	strcpy(put.info.analysis, "0123456789abcdef");
	kzi_state_put(&raw, &put);
	assert_int_equal(
		kzi_state_get(&got, raw.data, raw.length), KZI_FORMAT);
	assert_memory_equal(&got, &put, sizeof(got));
	for (cut = 0; cut < raw.length; cut++)
		assert_int_equal(kzi_state_get(&got, raw.data, cut), 0);
	raw.data[0]++;
	assert_int_equal(
		kzi_state_get(&got, raw.data, raw.length), KZI_FORMAT + 1);
	kzi_buf_release(&raw);
}

static void a_state_of_another_format_is_told(void **state)
{
	static const char other[] = "\x63";
	struct kzi_state got;
	kz_error error;

	(void)state;
	assert_int_equal(kzi_state_read(&got, other, 1, "ix", &error),
		KZ_ERR_FORMAT);
	assert_non_null(strstr(error.message, "ix: made by format 99,"));
	assert_int_equal(kzi_state_read(&got, other, 0, "ix", &error),
		KZ_ERR_CORRUPT);
}

/* Segments follow each other up to the rows. */
static void segments_that_cannot_be_are_damage(void **state)
{
	static const struct {
		uint64_t count;
		struct kzi_segment segments[2];
	} wrong[] = { { 0, { { 0, 0 } } }, { 1, { { 1, 4 } } },
		{ 1, { { 1, 6 } } }, { 2, { { 1, 5 }, { 2, 5 } } },
		{ 2, { { 1, 1 }, { 2, 5 } } },
		{ KZI_SEGMENTS_MOST + 1, { { 1, 5 } } } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct kzi_state put = { .rows = 5 };
		struct kzi_state got;
		struct kzi_buf raw = { 0 };

		memcpy(put.segments, wrong[i].segments,
			sizeof(wrong[i].segments));
		put.segment_count = wrong[i].count > KZI_SEGMENTS_MOST
			? 1
			: wrong[i].count;
		kzi_state_put(&raw, &put);
		if (wrong[i].count > KZI_SEGMENTS_MOST)
			raw.data[raw.length - 3] = (char)wrong[i].count;
		assert_int_equal(
			kzi_state_get(&got, raw.data, raw.length), 0);
		kzi_buf_release(&raw);
	}
}

/* Decode bytes that lie at the very end of their memory, so that a sanitizer
 * sees a step too far, and touch all that comes out. */
static void decode(const char *bytes, size_t length, size_t *sum)
{
	struct kzi_arena arena = { 0 };
	struct kzi_document_record d;
	struct kzi_passage_record p;
	char *exact = malloc(length ? length : 1);
	size_t i;

	memcpy(exact, bytes, length);
	if (kzi_record_get_document(&d, &arena, exact, length)) {
		for (i = 0; i < d.path.length; i++)
			*sum += (unsigned char)d.path.bytes[i];
		for (i = 0; i < d.material_count; i++)
			*sum += d.materials[i].length;
	}
	if (kzi_record_get_passage(&p, &arena, exact, length)) {
		for (i = 0; i < p.text.length; i++)
			*sum += (unsigned char)p.text.bytes[i];
		for (i = 0; i < p.heading_count; i++)
			*sum += p.headings[i].length;
	}
	kzi_arena_release(&arena);
	free(exact);
}

static void cut_and_flipped_bytes_are_survived(void **state)
{
	uint64_t seed = 20240117;
	struct kzi_buf raw = { 0 };
	size_t cut, sum = 0;
	int round;

	(void)state;
	kzi_record_put_document(&raw, &document);
	kzi_record_put_passage(&raw, &passage);
	for (cut = 0; cut <= raw.length; cut++)
		decode(raw.data, cut, &sum);
	for (round = 0; round < 20000; round++) {
		size_t at = unit_random(&seed) % raw.length;
		char old = raw.data[at];

		raw.data[at] = (char)unit_random(&seed);
		decode(raw.data, raw.length, &sum);
		if (round % 3)
			raw.data[at] = old;
	}
	assert_true(sum > 0);
	kzi_buf_release(&raw);
}

static void a_count_that_is_too_large_is_refused_at_once(void **state)
{
	struct kzi_arena arena = { 0 };
	struct kzi_document_record got;
	struct kzi_buf raw = { 0 };

	(void)state;
	kzi_buf_append(&raw, "\0\0\0\0", 4);
	kzi_buf_varint(&raw, UINT64_MAX);
	assert_false(
		kzi_record_get_document(&got, &arena, raw.data, raw.length));
	assert_int_equal(arena.total, 0);
	kzi_buf_release(&raw);
}

static void kinds_have_names(void **state)
{
	(void)state;
	assert_null(kzi_kind_name(KZI_KIND_NONE));
	assert_string_equal(kzi_kind_name(KZI_STORY), "story");
	assert_int_equal(kzi_kind_named("guide", 5), KZI_GUIDE);
	assert_int_equal(kzi_kind_named("guide ", 6), KZI_KIND_NONE);
	assert_int_equal(kzi_kind_named("", 0), KZI_KIND_NONE);
}

static void long_filter_values_stay_apart(void **state)
{
	char one[KZI_FILTER_MOST], two[KZI_FILTER_MOST], value[1000];
	size_t length, k;

	(void)state;
	memset(value, 'x', sizeof(value));
	length = kzi_filter_term(one, KZI_FILTER_DOCUMENT, value, 1000);
	assert_true(length <= KZI_FILTER_MOST);
	value[999] = 'y';
	k = kzi_filter_term(two, KZI_FILTER_DOCUMENT, value, 1000);
	assert_true(k != length || memcmp(one, two, k) != 0);
	length = kzi_filter_term(one, KZI_FILTER_PLACE, "wales", 5);
	assert_bytes(one, length, "_Pwales");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_document_comes_back),
		cmocka_unit_test(a_passage_comes_back),
		cmocka_unit_test(a_state_comes_back),
		cmocka_unit_test(a_state_of_another_format_is_told),
		cmocka_unit_test(segments_that_cannot_be_are_damage),
		cmocka_unit_test(cut_and_flipped_bytes_are_survived),
		cmocka_unit_test(a_count_that_is_too_large_is_refused_at_once),
		cmocka_unit_test(kinds_have_names),
		cmocka_unit_test(long_filter_values_stay_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
