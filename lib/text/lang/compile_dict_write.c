/* compile_dict_write.c -- the tables of dict.h as C, and their checksum. */
#include <stdio.h>
#include <string.h>

#include "compile_dict.h"

static void sum(struct tables *tables, const void *bytes, size_t length)
{
	const unsigned char *at = bytes;

	while (length--)
		tables->checksum = (tables->checksum ^ *at++) * 1099511628211u;
}

/* The beginning of an initializer, which the caller ends: "{0x1u,0x0u,". */
static void write_bits(const uint64_t *bits, int count)
{
	int k;

	printf("{");
	for (k = 0; k < count; k++)
		printf("0x%llxu,", (unsigned long long)bits[k]);
}

static void write_arcs(struct tables *tables)
{
	uint32_t i;

	puts("static const uint32_t arcs[] = {");
	for (i = 0; i < tables->arc_count; i++)
		printf("%uu,%s", tables->arcs[i], i % 12 ? "" : "\n");
	puts("};");
	sum(tables, tables->arcs, tables->arc_count * sizeof(tables->arcs[0]));
}

/* The sum is of the endings as text: an index does not depend on how they are
 * packed. */
static void write_rules(struct tables *tables, const struct dictionary *dict)
{
	const struct rule *rules = dict->rules;
	size_t i;

	puts("static const struct kzi_dict_rule rules[] = {");
	for (i = 0; i < dict->rule_count; i++) {
		const char *ending = telling_ending(&rules[i]);
		struct kzi_dict_rule rule = {
			(uint16_t)string_number(tables, ending),
			(uint8_t)rules[i].class, is_inner(&rules[i]),
			(uint16_t)set_number(tables, &rules[i].next)
		};

		sum(tables, &rule, sizeof(rule));
		rule.ending = (uint16_t)ending_number(tables, ending);
		printf("{%u,%u,%u,%u},\n", rule.ending, rule.class,
			rule.is_inner, rule.next);
	}
	puts("};");
}

static void write_endings(const struct tables *tables)
{
	size_t i;

	puts("static const uint32_t endings[] = {");
	for (i = 0; i < tables->ending_count; i++)
		printf("%u,%s", tables->endings[i], i % 12 ? "" : "\n");
	puts("};");
}

/* The lot of the rules from `first` to before `end`. */
static struct kzi_dict_lot make_lot(struct tables *tables,
	const struct dictionary *dict, size_t first, size_t end)
{
	const struct rule *rules = dict->rules;
	struct set classes = { { 0 } }, next = { { 0 } };
	struct kzi_dict_lot lot = {
		.cut = (uint16_t)string_number(tables, rules[first].cut),
		.first = (uint16_t)first,
		.count = (uint16_t)(end - first),
		.marks = (uint16_t)kind_of(&rules[first])
	};
	size_t i;

	for (i = first; i < end; i++) {
		put(&classes, rules[i].class);
		add_all(&next, &rules[i].next);
		if (!is_inner(&rules[i]))
			lot.marks |= KZI_DICT_FINAL;
	}
	lot.classes = (uint16_t)set_number(tables, &classes);
	lot.next = (uint16_t)set_number(tables, &next);
	return lot;
}

/* Write the lots, and tell of each rule which lot it is in. */
static void write_lots(struct tables *tables, const struct dictionary *dict,
	uint16_t *lot_of)
{
	const struct rule *rules = dict->rules;
	size_t i, next;
	uint16_t count = 0;

	puts("static const struct kzi_dict_lot lots[] = {");
	for (i = 0; i < dict->rule_count; i = next, count++) {
		struct kzi_dict_lot lot;

		for (next = i; next < dict->rule_count &&
			!strcmp(rules[next].add, rules[i].add) &&
			!strcmp(rules[next].cut, rules[i].cut) &&
			kind_of(&rules[next]) == kind_of(&rules[i]);)
			lot_of[next++] = count;
		lot = make_lot(tables, dict, i, next);
		sum(tables, &lot, sizeof(lot));
		printf("{%u,%u,%u,%u,%u,%u},\n", lot.cut, lot.first, lot.count,
			lot.classes, lot.next, lot.marks);
	}
	puts("};");
}

static uint32_t hash_add(const char *add)
{
	uint32_t hash = KZI_DICT_HASH;
	size_t length = strlen(add);

	while (length)
		hash = kzi_dict_hash(hash, add[--length]);
	return hash;
}

/* Returns the mask of the hash table. The group of what adds nothing has a
 * string of its own, so that 0 is an empty slot. */
static uint32_t write_groups(struct tables *tables,
	const struct dictionary *dict, const uint16_t *lot_of)
{
	static struct kzi_dict_group groups[2 * MOST_RULES];
	const struct rule *rules = dict->rules;
	uint32_t mask = 1;
	size_t i, next, different = 0;

	for (i = 0; i < dict->rule_count; i++)
		different += !i || strcmp(rules[i - 1].add, rules[i].add);
	while (mask < different + different / 2)
		mask *= 2;
	mask--;
	for (i = 0; i < dict->rule_count; i = next) {
		uint32_t slot = hash_add(rules[i].add) & mask;

		for (next = i; next < dict->rule_count &&
			!strcmp(rules[next].add, rules[i].add);)
			next++;
		while (groups[slot].count)
			slot = (slot + 1) & mask;
		groups[slot].hash = hash_add(rules[i].add);
		groups[slot].add = string_number(tables, rules[i].add);
		groups[slot].first = lot_of[i];
		groups[slot].count =
			(uint16_t)(lot_of[next - 1] - lot_of[i] + 1);
	}
	puts("static const struct kzi_dict_group groups[] = {");
	for (i = 0; i <= mask; i++)
		printf("{%uu,%u,%u,%u},\n", groups[i].hash, groups[i].add,
			groups[i].first, groups[i].count);
	puts("};");
	return mask;
}

static void write_sets(struct tables *tables)
{
	size_t i;

	puts("static const uint64_t sets[][KZI_DICT_SET] = {");
	for (i = 0; i < tables->set_count; i++) {
		write_bits(tables->sets[i].bits, KZI_DICT_SET);
		puts("},");
	}
	puts("};");
	sum(tables, tables->sets, tables->set_count * sizeof(tables->sets[0]));
}

static void write_strings(struct tables *tables)
{
	size_t i;

	puts("static const char strings[] = {");
	for (i = 0; i < tables->string_count + KZI_LEMMA_MOST; i++)
		printf("%d,%s", (signed char)tables->strings[i],
			i % 20 ? "" : "\n");
	puts("};");
	sum(tables, tables->strings, tables->string_count);
}

/* Mark every ending of what a rule adds, the empty one too. */
static void mark_tails(unsigned char *tails, unsigned shift, const char *add,
	int behind)
{
	unsigned part = KZI_DICT_TAIL << KZI_DICT_TAIL_MARKS * behind;
	unsigned whole = KZI_DICT_WHOLE << KZI_DICT_TAIL_MARKS * behind;
	size_t length = strlen(add);
	uint32_t hash = KZI_DICT_HASH;

	tails[hash >> shift] |= part;
	while (length) {
		hash = kzi_dict_hash(hash, add[--length]);
		tails[hash >> shift] |= part;
	}
	tails[hash >> shift] |= whole;
}

/* Write what dict.h has of tails; returns the shift. Their number is about that
 * of the groups. */
static unsigned write_tails(const struct dictionary *dict, uint32_t group_mask)
{
	static unsigned char tails[4 * MOST_RULES];
	static const struct set none;
	const struct rule *rules = dict->rules;
	unsigned shift = 31;
	size_t i;

	while (1u << (32 - shift) <= 2 * group_mask)
		shift--;
	for (i = 0; i < dict->rule_count; i++) {
		mark_tails(tails, shift, rules[i].add, 0);
		if (memcmp(&rules[i].next, &none, sizeof(none)))
			mark_tails(tails, shift, rules[i].add, 1);
	}
	puts("static const uint8_t tails[] = {");
	for (i = 0; i < 1u << (32 - shift); i++)
		printf("%u,%s", tails[i], i % 20 ? "" : "\n");
	puts("};");
	return shift;
}

/* Mark the beginnings of words whose base form begins otherwise. An ending may
 * follow a word of two letters, so its third may be any. */
static void mark_start(uint64_t *strange, const char *word)
{
	char start[3] = { word[0], word[1], 'a' };
	unsigned bit;

	if (word[1] && word[2]) {
		bit = kzi_dict_start(word);
		strange[bit / 64] |= 1ull << bit % 64;
		return;
	}
	for (; start[2] <= 'z'; start[2]++) {
		bit = kzi_dict_start(start);
		strange[bit / 64] |= 1ull << bit % 64;
	}
}

static void write_starts(const struct dictionary *dict)
{
	const struct word *words = dict->words;
	uint64_t strange[KZI_DICT_STARTS / 64] = { 0 };
	size_t i;

	for (i = 0; i < dict->word_count; i++)
		if (strncmp(words[i].text, words[i].lemma, 2))
			mark_start(strange, words[i].text);
	write_bits(strange, KZI_DICT_STARTS / 64);
	puts("}");
}

void write_tables(struct tables *tables, const struct dictionary *dict)
{
	static uint16_t lot_of[MOST_RULES];
	uint32_t mask;
	unsigned shift;

	tables->checksum = 14695981039346656037u;
	write_arcs(tables);
	write_rules(tables, dict);
	write_endings(tables);
	write_lots(tables, dict, lot_of);
	mask = write_groups(tables, dict, lot_of);
	write_sets(tables);
	write_strings(tables);
	shift = write_tails(dict, mask);
	printf("#define DICT \\\n"
	       "arcs, rules, lots, groups, sets, strings, endings, tails, \\\n"
	       "%uu, %uu, %u, 0x%llxu, \\\n",
		tables->start, mask, shift,
		(unsigned long long)tables->checksum);
	write_bits(tables->inner.bits, KZI_DICT_SET);
	puts("}, \\");
	write_starts(dict);
}
