/* compile_stop.c -- a program of the build: prints the tables of stop.h for the
 * lists of all languages, as a C header. */
#include <stdio.h>
#include <string.h>

#include "text/lang.h"
#include "text/stop.h"

/* 0 if the words are too many, or stand too far behind, for the table. */
static int make(struct kzi_stop_table *table, const char *list)
{
	size_t at = 1, words = 0;

	while (list[at]) {
		size_t length = strcspn(list + at, " ");
		uint32_t slot = kzi_stop_slot(list + at, length);

		if (at > UINT16_MAX || ++words > KZI_STOP_SLOTS / 2)
			return 0;
		while (table->starts[slot])
			slot = kzi_stop_next(slot);
		table->starts[slot] = (uint16_t)at;
		if (length > table->longest)
			table->longest = (uint16_t)length;
		at += length + (list[at + length] == ' ');
	}
	return 1;
}

static void print(const struct kzi_stop_table *table)
{
	int i;

	printf("\t{ %d, {", table->longest);
	for (i = 0; i < KZI_STOP_SLOTS; i++)
		printf("%s%d,", i % 16 ? " " : "\n\t\t", table->starts[i]);
	printf("\n\t} },\n");
}

int main(void)
{
	int language;

	printf("static const struct kzi_stop_table tables[KZI_LANGUAGES] = {\n");
	for (language = 0; language < KZI_LANGUAGES; language++) {
		struct kzi_stop_table table = {0, {0}};

		if (!make(&table, kzi_lang_data(language)->stop_words)) {
			fprintf(stderr, "compile_stop: too many stop words: %s\n",
				kzi_language_tag(language));
			return 1;
		}
		print(&table);
	}
	printf("};\n");
	return 0;
}
