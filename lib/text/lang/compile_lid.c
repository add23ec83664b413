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
	uint64_t gram;
	uint64_t weights;
};

static struct row rows[KZI_LID_SLOTS];

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

/* Put a row into the table by cuckoo hashing (Pagh and Rodler 2004): what
 * stands in the way moves to another of its slots. Returns 0 when the table
 * is too full. */
static int insert(struct row row)
{
	unsigned choice = 0;
	int moves;

	for (moves = 0; moves < 10000; moves++) {
		uint64_t hash = kzi_lid_hash(row.gram);
		struct row *place;
		struct row moved;
		int i;

		for (i = 0; i < KZI_LID_CHOICES; i++) {
			place = &rows[kzi_lid_slot(hash, i)];
			if (!place->gram) {
				*place = row;
				return 1;
			}
		}
		/* Any fixed sequence that uses all choices will do. */
		choice = choice * 5 + 7;
		place = &rows[kzi_lid_slot(hash, choice / 4 % 3)];
		moved = *place;
		*place = row;
		row = moved;
	}
	return 0;
}

static int read_model(FILE *model)
{
	char line[256];
	int number = 0;

	while (fgets(line, sizeof(line), model)) {
		char *space = strchr(line, ' ');
		struct row row;

		number++;
		if (line[0] == '#')
			continue;
		if (!space || !read_weights(space, &row.weights)) {
			fprintf(stderr, "lid.model:%d: not a row\n", number);
			return 0;
		}
		*space = '\0';
		row.gram = read_gram(line);
		if (!row.gram) {
			fprintf(stderr, "lid.model:%d: not letters\n", number);
			return 0;
		}
		if (!insert(row)) {
			fprintf(stderr, "lid.model: too many n-grams\n");
			return 0;
		}
	}
	return number > 1;
}

static uint64_t slot_of(const struct row *row)
{
	uint64_t check = kzi_lid_check(kzi_lid_hash(row->gram));

	return row->gram ? row->weights | check << KZI_LID_CHECK_SHIFT : 0;
}

static uint64_t slots[KZI_LID_SLOTS];

/* What is found for an n-gram, which may be another's. */
static uint64_t find(uint64_t gram)
{
	uint64_t hash = kzi_lid_hash(gram), found = 0;
	int i;

	for (i = 0; i < KZI_LID_CHOICES; i++) {
		uint64_t slot = slots[kzi_lid_slot(hash, i)];

		if (slot >> KZI_LID_CHECK_SHIFT == kzi_lid_check(hash))
			found |= slot;
	}
	return found;
}

static void write_table(const char *name, const char *size,
	uint64_t (*value)(uint64_t), uint64_t count)
{
	uint64_t i;

	printf("static const uint64_t %s[%s] = {\n", name, size);
	for (i = 0; i < count; i++)
		printf("0x%" PRIX64 ",%c", value(i), i % 4 == 3 ? '\n' : ' ');
	puts("};\n");
}

static uint64_t slot_at(uint64_t i)
{
	return slots[i];
}

static void write_tables(void)
{
	int i;

	for (i = 0; i < KZI_LID_SLOTS; i++)
		slots[i] = slot_of(&rows[i]);
	puts("/* lid_tables.h -- made by compile_lid from lid.model. */");
	puts("#include \"text/lid_alphabet.h\"\n");
	write_table("slots", "KZI_LID_SLOTS", slot_at, KZI_LID_SLOTS);
	write_table("pairs", "KZI_LID_PAIRS", find, KZI_LID_PAIRS);
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
	write_tables();
	return fflush(stdout) != 0;
}
