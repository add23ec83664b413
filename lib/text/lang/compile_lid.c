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

/* Returns 0 where an n-gram with the same hash is in the way. */
static int insert(uint64_t gram, uint64_t weights)
{
	uint64_t hash = kzi_lid_hash(gram);
	unsigned slot = kzi_lid_slot(hash);

	while (slots[slot]) {
		if (slots[slot] >> KZI_LID_CHECK_SHIFT == kzi_lid_check(hash))
			return 0;
		slot = (slot + 1) % KZI_LID_SLOTS;
	}
	slots[slot] = weights |
		(uint64_t)kzi_lid_check(hash) << KZI_LID_CHECK_SHIFT;
	return 1;
}

static int read_model(FILE *model)
{
	char line[256];
	int number = 0, kept = 0;

	while (fgets(line, sizeof(line), model)) {
		char *space = strchr(line, ' ');
		uint64_t weights, gram;

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
		/* The second of two n-grams with one hash is left out; a few
		 * in a million pairs. A full table would never end a search. */
		kept += insert(gram, weights);
		if (kept > KZI_LID_SLOTS / 4 * 3) {
			fprintf(stderr, "lid.model: too many n-grams\n");
			return 0;
		}
	}
	return kept > 0;
}

static void write_tables(void)
{
	int i;

	puts("/* lid_tables.h -- made by compile_lid from lid.model. */");
	puts("#include \"text/lid_alphabet.h\"\n");
	puts("static const uint64_t slots[KZI_LID_SLOTS] = {");
	for (i = 0; i < KZI_LID_SLOTS; i++)
		printf("0x%" PRIX64 ",%c", slots[i], i % 4 == 3 ? '\n' : ' ');
	puts("};");
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
