/* stop.c -- see stop.h. */
#include "text/stop.h"

#include <string.h>

#include "base/hash.h"

static uint32_t slot_of(const char *word, size_t length)
{
	return (uint32_t)kzi_hash(word, length, 0) & (KZI_STOP_SLOTS - 1);
}

static void make(struct kzi_stop_table *table, const char *list)
{
	size_t at = 1;

	table->longest = 1;
	while (list[at]) {
		size_t length = strcspn(list + at, " ");
		uint32_t slot = slot_of(list + at, length);

		while (table->starts[slot])
			slot = (slot + 1) & (KZI_STOP_SLOTS - 1);
		table->starts[slot] = (uint16_t)at;
		if (length > table->longest)
			table->longest = (uint16_t)length;
		at += length + (list[at + length] == ' ');
	}
}

int kzi_is_stop(struct kzi_stop_table *table, const struct kzi_lang *lang,
	const char *word, size_t length)
{
	uint32_t slot;

	if (!table->longest)
		make(table, lang->stop_words);
	if (length > table->longest)
		return 0;
	slot = slot_of(word, length);
	for (; table->starts[slot]; slot = (slot + 1) & (KZI_STOP_SLOTS - 1)) {
		const char *entry = lang->stop_words + table->starts[slot];

		if (!strncmp(entry, word, length) && entry[length] == ' ')
			return 1;
	}
	return 0;
}
