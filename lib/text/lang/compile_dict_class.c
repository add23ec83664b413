/* compile_dict_class.c -- flags as files write them, the classes they name, and
 * sets of these. */
#include <stdlib.h>
#include <string.h>

#include "compile_dict.h"

/* The next flag in `*at`, or 0. */
static unsigned next_flag(const struct dictionary *dict, const char **at)
{
	unsigned c = (unsigned char)**at;

	if (!c)
		return 0;
	if (dict->flag_kind == FLAG_UTF8)
		return decode(at);
	if (dict->flag_kind == FLAG_NUMBER) {
		c = (unsigned)strtoul(*at, (char **)at, 10);
		*at += **at == ',';
		return c;
	}
	(*at)++;
	if (dict->flag_kind == FLAG_LONG && **at) {
		c = c << 8 | (unsigned char)**at;
		(*at)++;
	}
	return c;
}

unsigned one_flag(const struct dictionary *dict, const char *text)
{
	return next_flag(dict, &text);
}

static int find_class(const struct dictionary *dict, unsigned flag)
{
	int i;

	for (i = 1; i < dict->class_count; i++)
		if (dict->class_names[i] == flag)
			return i;
	return -1;
}

int add_class(struct dictionary *dict, unsigned flag)
{
	int found = find_class(dict, flag);

	if (found >= 0)
		return found;
	if (dict->class_count == MOST_CLASSES)
		die("too many classes");
	dict->class_names[dict->class_count] = flag;
	return dict->class_count++;
}

void put(struct set *set, int class)
{
	set->bits[class / 64] |= 1ull << class % 64;
}

void add_all(struct set *sum, const struct set *more)
{
	int k;

	for (k = 0; k < KZI_DICT_SET; k++)
		sum->bits[k] |= more->bits[k];
}

int read_flags(const struct dictionary *dict, struct set *set, const char *text)
{
	unsigned flag;
	int keep = 1;

	if (dict->alias_count) {
		int number = number_of(text);

		if (number < 1 || number > dict->alias_count)
			return 1;
		text = dict->aliases[number - 1];
	}
	while ((flag = next_flag(dict, &text)) != 0) {
		int class = find_class(dict, flag);

		if (flag == dict->need_affix)
			put(set, NEEDS_MORE);
		else if (flag == dict->only_in_compound ||
			flag == dict->forbidden)
			keep = 0;
		else if (class > 0)
			put(set, class);
	}
	return keep;
}

unsigned set_number(struct tables *tables, const struct set *set)
{
	static int slots[65536];
	uint64_t hash = 0;
	size_t at;
	int k;

	for (k = 0; k < KZI_DICT_SET; k++)
		hash = (hash ^ set->bits[k]) * 0x9E3779B97F4A7C15u;
	for (at = hash >> 48; slots[at]; at = (at + 1) & 65535)
		if (!memcmp(&tables->sets[slots[at] - 1], set, sizeof(*set)))
			return (unsigned)slots[at] - 1;
	if (tables->set_count == MOST_SETS)
		die("too many sets of classes");
	tables->sets[tables->set_count++] = *set;
	slots[at] = (int)tables->set_count;
	return (unsigned)tables->set_count - 1;
}
