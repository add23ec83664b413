/* lib/text/form.c: what leads from terms to words comes back as it was put, and
 * damaged bytes are told. */
#include "scratch.h"

#include "text/text.h"

static struct kzi_term term_of(const char *bytes, int kind)
{
	struct kzi_term term = { .bytes = bytes,
		.length = (uint8_t)strlen(bytes), .kind = (uint8_t)kind };

	return term;
}

static void expect(const char *bytes, const char *value, size_t length)
{
	struct kzi_term term = term_of(bytes, KZI_STEM);
	char form[KZI_FORM_BYTES];
	struct kzi_form read;

	assert_int_equal(
		kzi_form_make(form, &term, value, strlen(value)), length);
	assert_true(kzi_form_read(&read, form, length, KZI_STEM));
	assert_int_equal(read.term.length, term.length);
	assert_memory_equal(read.term.bytes, bytes, term.length);
	assert_int_equal(read.length, strlen(value));
	assert_memory_equal(read.value, value, read.length);
}

static void what_is_made_is_read(void **state)
{
	(void)state;
	expect("Aprogramar", "programar", 10 + 2);
	expect("Aprogramar", "programem", 10 + 2 + 2);
	expect("Adir", "és", 4 + 2 + 3);
	expect("A", "a", 1 + 2 + 1);
	expect("Aanar", "", 5 + 2);
}

static void forms_are_in_order_of_their_terms(void **state)
{
	struct kzi_term less = term_of("Aban", KZI_STEM);
	struct kzi_term more = term_of("Abanc", KZI_STEM);
	char a[KZI_FORM_BYTES], b[KZI_FORM_BYTES];
	size_t length = kzi_form_make(a, &less, "banyar", 6);

	(void)state;
	assert_true(kzi_form_make(b, &more, "bancs", 5) > 0);
	assert_true(memcmp(a, b, length) < 0);
}

static void what_is_too_long_has_no_form(void **state)
{
	struct kzi_term term = term_of("Astem", KZI_STEM);
	char form[KZI_FORM_BYTES], value[KZI_FORM_BYTES];

	(void)state;
	memset(value, 'x', sizeof(value));
	assert_int_equal(
		kzi_form_make(form, &term, value, sizeof(value)), 0);
	assert_true(kzi_form_make(form, &term, value, KZI_FORM_WORD) > 0);
}

static void damage_is_told(void **state)
{
	char longest[2 * KZI_FORM_BYTES];
	struct kzi_form read;

	(void)state;
	assert_false(kzi_form_read(&read, "Astem", 5, KZI_STEM));
	assert_false(kzi_form_read(&read, "Astem\0", 6, KZI_STEM));
	assert_false(kzi_form_read(&read, "\0\0stem", 6, KZI_STEM));
	/* More than the term has. */
	assert_false(kzi_form_read(&read, "Astem\0\x05s", 8, KZI_STEM));
	assert_true(kzi_form_read(&read, "Astem\0\x04s", 8, KZI_STEM));
	/* More than there is room for. */
	memset(longest, 'a', sizeof(longest));
	memcpy(longest, "Astem\0\x04", 7);
	assert_false(kzi_form_read(
		&read, longest, 7 + KZI_FORM_BYTES - 3, KZI_STEM));
	assert_true(kzi_form_read(
		&read, longest, 7 + KZI_FORM_BYTES - 4, KZI_STEM));
}

static void roots_and_beginnings_lead_to_stems(void **state)
{
	struct kzi_term term = term_of("oprogram", KZI_ROOT);

	(void)state;
	assert_true(kzi_form_has_stems(&term));
	term.kind = KZI_PREFIX;
	assert_true(kzi_form_has_stems(&term));
	term.kind = KZI_PART;
	assert_false(kzi_form_has_stems(&term));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_made_is_read),
		cmocka_unit_test(forms_are_in_order_of_their_terms),
		cmocka_unit_test(what_is_too_long_has_no_form),
		cmocka_unit_test(damage_is_told),
		cmocka_unit_test(roots_and_beginnings_lead_to_stems),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
