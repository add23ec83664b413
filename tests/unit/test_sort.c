/* lib/base/sort.c: the order of many items is that of qsort. */
#include "base/sort.h"

#include "base/order.h"
#include "unit.h"

enum { WORDS = 5000, LETTERS = 12 };

static char words[WORDS][LETTERS + 1];

/* Words of few letters, so that many begin alike, and some are the same. */
static void fill(struct kzi_sort_item items[WORDS])
{
	uint64_t seed = 5;
	int i, k;

	for (i = 0; i < WORDS; i++) {
		int length = (int)(unit_random(&seed) % LETTERS);

		for (k = 0; k < length; k++)
			words[i][k] = (char)("ab\xC3"[unit_random(&seed) % 3]);
		words[i][length] = '\0';
		items[i].key = kzi_order_key(words[i], strlen(words[i]));
		items[i].item = words[i];
	}
}

static int compare(const void *a, const void *b)
{
	const char *x = ((const struct kzi_sort_item *)a)->item;
	const char *y = ((const struct kzi_sort_item *)b)->item;

	return kzi_order(x, strlen(x), y, strlen(y));
}

static void items_come_in_order(void **state)
{
	static struct kzi_sort_item items[WORDS], expected[WORDS];
	size_t count, i;

	(void)state;
	for (count = 0; count <= WORDS; count += count < 3 ? 1 : 833) {
		fill(items);
		memcpy(expected, items, sizeof(items));
		qsort(expected, count, sizeof(*expected), compare);
		assert_true(kzi_sort(items, count, compare));
		for (i = 0; i < WORDS; i++)
			assert_string_equal((char *)items[i].item,
				(char *)expected[i].item);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(items_come_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
