/* compile_dict_automaton.c -- words and what dict.h has of them into arcs.
 *
 * Built from sorted keys (Daciuk and others, 2000): states behind the last
 * key's branch are finished, and one that equals an earlier one is that. */
#include <stdlib.h>
#include <string.h>

#include "compile_dict.h"

struct state {
	int count;
	unsigned char bytes[256];
	uint32_t targets[256];
};

struct key {
	char *bytes;
	size_t length;
};

static struct state path[MOST_KEY];
static uint32_t slots[1 << 22];

/* What stands in the automaton for a word; see dict.h. */
static size_t make_key(
	struct tables *tables, char key[MOST_KEY], const struct word *word)
{
	unsigned set = set_number(tables, &word->classes);
	size_t length = strlen(word->text), same = 0;
	char *at = key;

	while (word->text[same] && word->text[same] == word->lemma[same])
		same++;
	memcpy(at, word->text, length);
	at += length;
	*at++ = KZI_DICT_END;
	*at++ = (char)(KZI_DICT_ZERO + set / KZI_DICT_DIGIT);
	*at++ = (char)(KZI_DICT_ZERO + set % KZI_DICT_DIGIT);
	*at++ = (char)(KZI_DICT_ZERO + length - same);
	length = strlen(word->lemma + same) + 1;
	memcpy(at, word->lemma + same, length);
	return (size_t)(at + length - key);
}

static uint32_t arc_of(const struct state *state, int i)
{
	return state->targets[i] << KZI_DICT_TARGET | state->bytes[i] |
		(i + 1 == state->count ? KZI_DICT_LAST : 0);
}

static int is_same(const uint32_t *arcs, const struct state *state)
{
	int i;

	for (i = 0; i < state->count; i++)
		if (arcs[i] != arc_of(state, i))
			return 0;
	return 1;
}

static uint32_t finish(struct tables *tables, const struct state *state)
{
	uint32_t hash = 0, slot, start = tables->arc_count;
	int i;

	if (!state->count)
		return 0;
	for (i = 0; i < state->count; i++)
		hash = (hash ^ arc_of(state, i)) * 0x9E3779B1u;
	for (slot = hash >> 10; slots[slot]; slot = (slot + 1) & 0x3FFFFF)
		if (is_same(tables->arcs + slots[slot], state))
			return slots[slot];
	if (tables->arc_count + 256 > MOST_ARCS)
		die("too many words");
	for (i = 0; i < state->count; i++)
		tables->arcs[tables->arc_count++] = arc_of(state, i);
	slots[slot] = start;
	return start;
}

static void finish_path(struct tables *tables, size_t from, size_t to)
{
	while (to > from) {
		struct state *parent = &path[to - 1];

		parent->targets[parent->count - 1] = finish(tables, &path[to]);
		path[to].count = 0;
		to--;
	}
}

static void add_key(struct tables *tables, const char *key, size_t length)
{
	static char last[MOST_KEY];
	static size_t last_length;
	size_t same = 0, i;

	while (same < length && same < last_length && key[same] == last[same])
		same++;
	finish_path(tables, same, last_length);
	for (i = same; i < length; i++) {
		struct state *state = &path[i];

		state->bytes[state->count] = (unsigned char)key[i];
		state->targets[state->count++] = 0;
	}
	memcpy(last, key, length);
	last_length = length;
}

static int compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	size_t shorter = x->length < y->length ? x->length : y->length;
	int order = memcmp(x->bytes, y->bytes, shorter);

	return order ? order
		     : (x->length > y->length) - (x->length < y->length);
}

void build_automaton(struct tables *tables, const struct dictionary *dict)
{
	static struct key keys[MOST_WORDS];
	char key[MOST_KEY];
	size_t i;

	tables->arc_count = 1; /* State 0 is the end. */
	for (i = 0; i < dict->word_count; i++) {
		keys[i].length = make_key(tables, key, &dict->words[i]);
		keys[i].bytes = memcpy(take(keys[i].length), key,
			keys[i].length);
	}
	qsort(keys, dict->word_count, sizeof(keys[0]), compare_keys);
	for (i = 0; i < dict->word_count; i++)
		if (!i || compare_keys(&keys[i - 1], &keys[i]))
			add_key(tables, keys[i].bytes, keys[i].length);
	finish_path(tables, 0, MOST_KEY - 1);
	tables->start = finish(tables, &path[0]);
}
