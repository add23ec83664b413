/* compile_lid.c -- build-time program: lid.model to lid_tables.h.
 *
 *     compile_lid lid.model > lid_tables.h
 *
 * A line "the 2 -1 9 0 1 1 -2 5" is an n-gram, the weights of the languages
 * in the order of their tags, and the weight common to all; lines with "#"
 * are comments. Not part of the library. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/lid_alphabet.h"

struct row {
	uint64_t hash;
	uint64_t weights;
	struct row *next; /* In its group. */
};

static struct row rows[KZI_LID_SLOTS];
static size_t row_count;

static struct group {
	struct row *first;
	size_t count;
	unsigned displacement;
} groups[KZI_LID_GROUPS];

static uint64_t slots[KZI_LID_SLOTS];

/* The number of the letter at *at, which moves on; 0 where there is none. */
static unsigned read_letter(const char **at)
{
	const unsigned char *c = (const unsigned char *)*at;

	*at += 1;
	if (*c >= 'a' && *c <= 'z')
		return KZI_LID_A + *c - 'a';
	if (*c >= 0xC2 && *c <= 0xDF) {
		uint32_t letter = (uint32_t)(*c & 0x1F) << 6 | (c[1] & 0x3F);

		*at += 1;
		return letter == 0xB7 ? KZI_LID_MIDDLE_DOT
				      : kzi_lid_find_marked(letter);
	}
	switch (*c) {
	case '_':
		return KZI_LID_BOUNDARY;
	case '\'':
		return KZI_LID_APOSTROPHE;
	case '-':
		return KZI_LID_HYPHEN;
	case '?':
		return KZI_LID_FOREIGN;
	default:
		return KZI_LID_NONE;
	}
}

/* "_de" -> 1 << 12 | 5 << 6 | 6; 0 if it is none. */
static uint64_t read_gram(const char *text)
{
	uint64_t gram = 0;
	size_t length = 0;

	while (*text) {
		unsigned letter = read_letter(&text);

		if (letter == KZI_LID_NONE || ++length > KZI_LID_WORD_MOST + 2)
			return 0;
		gram = gram << KZI_LID_BITS | letter;
	}
	return gram;
}

static int read_weights(const char *text, uint64_t *weights)
{
	int i;

	*weights = 0;
	for (i = 0; i < KZI_LID_WEIGHTS; i++) {
		char *end;
		long weight = strtol(text, &end, 10) + KZI_LID_ZERO;

		if (end == text || weight < 0 ||
			weight >= 1 << KZI_LID_WEIGHT_BITS)
			return 0;
		*weights |= (uint64_t)weight << i * KZI_LID_WEIGHT_BITS;
		text = end;
	}
	return *text == '\n';
}

static int add_row(uint64_t gram, uint64_t weights)
{
	struct row *row = &rows[row_count];
	struct group *group;

	if (row_count == KZI_LID_SLOTS)
		return 0;
	row->hash = kzi_lid_hash(gram);
	row->weights = weights;
	group = &groups[kzi_lid_group(row->hash)];
	row->next = group->first;
	group->first = row;
	group->count++;
	row_count++;
	return 1;
}

static int read_model(FILE *model)
{
	char line[256];
	int number = 0;

	while (fgets(line, sizeof(line), model)) {
		char *space = strchr(line, ' ');
		uint64_t gram, weights;

		number++;
		if (line[0] == '#')
			continue;
		if (!space || !read_weights(space, &weights)) {
			fprintf(stderr, "lid.model:%d: not a row\n", number);
			return 0;
		}
		*space = '\0';
		gram = read_gram(line);
		if (!gram) {
			fprintf(stderr, "lid.model:%d: not letters\n", number);
			return 0;
		}
		if (!add_row(gram, weights)) {
			fprintf(stderr, "lid.model: too many n-grams\n");
			return 0;
		}
	}
	return number > 1;
}

/* ---- The table --------------------------------------------------------- */

static uint64_t slot_of(const struct row *row)
{
	return row->weights | (uint64_t)kzi_lid_check(row->hash)
				      << KZI_LID_CHECK_SHIFT;
}

/* Take the rows of a group, up to one, out of their slots again. */
static void take_out(const struct group *group, const struct row *end)
{
	const struct row *row;

	for (row = group->first; row != end; row = row->next)
		slots[kzi_lid_slot(row->hash, group->displacement)] = 0;
}

/* Returns 0 if a slot is taken; then nothing has changed. */
static int put_in(const struct group *group)
{
	const struct row *row;

	for (row = group->first; row; row = row->next) {
		unsigned at = kzi_lid_slot(row->hash, group->displacement);

		if (slots[at]) {
			take_out(group, row);
			return 0;
		}
		slots[at] = slot_of(row);
	}
	return 1;
}

/* Large groups first: they fit only while there is much room. */
static int place_groups(void)
{
	size_t count, i;

	for (count = row_count; count > 0; count--)
		for (i = 0; i < KZI_LID_GROUPS; i++) {
			if (groups[i].count != count)
				continue;
			while (!put_in(&groups[i]))
				if (++groups[i].displacement > UINT8_MAX)
					return 0;
		}
	return 1;
}

static void write_table(const char *type, const char *name, const char *size,
	uint64_t (*value)(uint64_t), uint64_t count)
{
	uint64_t i;

	printf("static const %s %s[%s] = {\n", type, name, size);
	for (i = 0; i < count; i++)
		printf("0x%" PRIX64 ",%c", value(i), i % 4 == 3 ? '\n' : ' ');
	puts("};\n");
}

static uint64_t slot_at(uint64_t i)
{
	return slots[i];
}

static uint64_t displacement_at(uint64_t i)
{
	return groups[i].displacement;
}

/* What is found for an n-gram, which may be another's. */
static uint64_t find(uint64_t gram)
{
	uint64_t hash = kzi_lid_hash(gram);

	return kzi_lid_match(slots[kzi_lid_slot(hash,
				     groups[kzi_lid_group(hash)].displacement)],
		hash);
}

static void write_tables(void)
{
	puts("/* lid_tables.h -- made by compile_lid from lid.model. */");
	puts("#include \"text/lid_alphabet.h\"\n");
	write_table("uint64_t", "slots", "KZI_LID_SLOTS", slot_at,
		KZI_LID_SLOTS);
	write_table("uint8_t", "displacements", "KZI_LID_GROUPS",
		displacement_at, KZI_LID_GROUPS);
	write_table("uint64_t", "pairs", "KZI_LID_PAIRS", find, KZI_LID_PAIRS);
}

int main(int count, char **arguments)
{
	FILE *model = count == 2 ? fopen(arguments[1], "r") : NULL;
	int done;

	if (!model) {
		fputs("usage: compile_lid lid.model > lid_tables.h\n", stderr);
		return 1;
	}
	done = read_model(model);
	fclose(model);
	if (!done)
		return 1;
	if (!place_groups()) {
		fputs("lid.model: no room for some n-grams\n", stderr);
		return 1;
	}
	write_tables();
	return fflush(stdout) != 0;
}
