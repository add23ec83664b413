/* compile_dict_rules.c -- rules made ready for the tables: which may follow
 * others, their order, and where their strings and endings stand. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "compile_dict.h"

/* Classes of endings that may follow others, and the rules in them. */
static void find_middles(struct set *inner, struct dictionary *dict)
{
	struct rule *rules = dict->rules;
	size_t i;

	for (i = 0; i < dict->rule_count; i++)
		add_all(inner, &rules[i].next);
	for (i = 0; i < dict->rule_count; i++)
		rules[i].is_middle = inner->bits[rules[i].class / 64] >>
				(rules[i].class % 64) &
			1;
}

int kind_of(const struct rule *rule)
{
	return (rule->is_middle ? KZI_DICT_MIDDLE : 0) |
		(rule->is_other ? KZI_DICT_OTHER : 0);
}

int is_inner(const struct rule *rule)
{
	return rule->next.bits[0] >> NEEDS_MORE & 1;
}

static int compare_rules(const void *a, const void *b)
{
	const struct rule *x = a, *y = b;
	int order = strcmp(x->add, y->add);

	if (!order)
		order = strcmp(x->cut, y->cut);
	if (!order)
		order = kind_of(x) - kind_of(y);
	if (!order)
		order = strcmp(x->ending, y->ending);
	return order ? order : x->class - y->class;
}

const char *telling_ending(const struct rule *rule)
{
	size_t cut = strlen(rule->cut), ending = strlen(rule->ending);

	return ending <= cut && !strcmp(rule->cut + cut - ending, rule->ending)
		? ""
		: rule->ending;
}

unsigned string_number(struct tables *tables, const char *text)
{
	char *strings = tables->strings;
	size_t length = strlen(text) + 1;
	const char *found;

	if (length == 1)
		return 0;
	found = memmem(strings + 1, tables->string_count - 1, text, length);
	if (found)
		return (unsigned)(found - strings);
	if (tables->string_count + length > MOST_STRINGS)
		die("too much text in the rules");
	memcpy(strings + tables->string_count, text, length);
	tables->string_count += length;
	return (unsigned)(tables->string_count - length);
}

static int compare_lengths(const void *a, const void *b)
{
	size_t x = strlen(*(char *const *)a), y = strlen(*(char *const *)b);

	return (x < y) - (x > y);
}

/* Longest first, so that the shorter find their place in them. */
static void add_sorted(struct tables *tables, const char **texts, size_t count)
{
	size_t i;

	qsort(texts, count, sizeof(texts[0]), compare_lengths);
	for (i = 0; i < count; i++)
		string_number(tables, texts[i]);
}

/* What is cut and asked for comes first: its numbers have 16 bits. */
static void add_strings(struct tables *tables, const struct dictionary *dict)
{
	static const char *texts[2 * MOST_RULES];
	const struct rule *rules = dict->rules;
	size_t i, count = 0;

	tables->string_count = 1; /* 0: the empty one. */
	for (i = 0; i < dict->rule_count; i++) {
		texts[count++] = rules[i].cut;
		texts[count++] = telling_ending(&rules[i]);
	}
	add_sorted(tables, texts, count);
	if (tables->string_count > UINT16_MAX)
		die("too much text in the rules");
	for (i = 0, count = 0; i < dict->rule_count; i++)
		texts[count++] = rules[i].add;
	add_sorted(tables, texts, count);
}

/* Capitals and hyphens stand in no word that is looked up. */
static uint32_t letter_bit(char letter)
{
	return letter >= 'a' && letter <= 'z' ? 1u << (letter - 'a') : 0;
}

/* The letters that the place of an ending which ends before *end may have, and
 * *end moved before it: "[^ai]" or a letter or a full stop. */
static uint32_t read_place(const char *ending, size_t *end)
{
	const uint32_t all = (2u << KZI_DICT_NO_LETTER) - 1;
	uint32_t letters = 0;
	size_t at = *end - 1;

	if (ending[at] == '.')
		letters = all;
	else if (ending[at] != ']')
		letters = letter_bit(ending[at]);
	else
		while (ending[--at] != '[')
			letters |= letter_bit(ending[at]);
	if (ending[at] == '[' && ending[at + 1] == '^')
		letters = all & ~letters;
	*end = at;
	return letters;
}

/* Endings of neighbours are often the same. */
unsigned ending_number(struct tables *tables, const char *ending)
{
	static const char *last = "";
	static size_t last_number;
	size_t length = strlen(ending);

	if (!length)
		return 0;
	if (!strcmp(ending, last))
		return (unsigned)last_number;
	if (tables->ending_count + length > UINT16_MAX)
		die("too many endings");
	last = ending;
	last_number = tables->ending_count;
	while (length)
		tables->endings[tables->ending_count++] =
			read_place(ending, &length);
	tables->endings[tables->ending_count - 1] |= KZI_DICT_ENDING_LAST;
	return (unsigned)last_number;
}

void prepare_rules(struct tables *tables, struct dictionary *dict)
{
	find_middles(&tables->inner, dict);
	qsort(dict->rules, dict->rule_count, sizeof(dict->rules[0]),
		compare_rules);
	add_strings(tables, dict);
	tables->ending_count = 1; /* 0: none is asked for. */
}
