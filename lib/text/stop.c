/* stop.c -- see stop.h. */
#include "text/stop.h"

#include <string.h>

#include "text/lang.h"

#include "stop_tables.h"

const char *kzi_stop_words(int language)
{
	return kzi_lang_data(language)->stop_words;
}

int kzi_is_stop(int language, const char *word, size_t length)
{
	const struct kzi_stop_table *table = &tables[language];
	const char *list = kzi_lang_data(language)->stop_words;
	uint32_t slot;

	if (length > table->longest)
		return 0;
	slot = kzi_stop_slot(word, length);
	for (; table->starts[slot]; slot = kzi_stop_next(slot)) {
		const char *entry = list + table->starts[slot];

		if (!strncmp(entry, word, length) && entry[length] == ' ')
			return 1;
	}
	return 0;
}
