/* profile.c -- see profile.h. */
#include "search/profile.h"

#include <math.h>
#include <string.h>

#include "search/constants.h"

enum { GRAM = 4 };

/* ---- Grams ------------------------------------------------------------- */

size_t kzi_profile_pad(
	char out[KZI_PADDED_MOST], const char *word, size_t length)
{
	if (length > KZI_PADDED_MOST - 2)
		length = KZI_PADDED_MOST - 2;
	out[0] = ' ';
	memcpy(out + 1, word, length);
	out[length + 1] = ' ';
	return length + 2;
}

static uint32_t key_at(const char *at)
{
	uint32_t key;

	memcpy(&key, at, GRAM);
	return key;
}

/* The slot of a key: its own, or the free one where it would go. */
static uint32_t slot_of(const struct kzi_profile *profile, uint32_t key)
{
	/* Multiplicative hashing: Knuth, volume 3, 6.4. */
	uint32_t slot = key * 2654435761u >> 22;

	while (profile->gram_keys[slot] && profile->gram_keys[slot] != key)
		slot = (slot + 1) & (KZI_GRAM_SLOTS - 1);
	return slot;
}

static void add_gram(
	struct kzi_profile *profile, uint32_t key, double weight)
{
	uint32_t slot = slot_of(profile, key);

	if (!profile->gram_keys[slot]) {
		if (profile->gram_count == KZI_GRAMS_MOST)
			return;
		profile->gram_keys[slot] = key;
		profile->gram_index[slot] = (uint16_t)profile->gram_count++;
	}
	profile->gram_weights[profile->gram_index[slot]] += weight;
}

static void add_grams(
	struct kzi_profile *profile, const struct kzi_profile_word *word)
{
	char padded[KZI_PADDED_MOST];
	size_t length = kzi_profile_pad(padded, word->word->folded,
		word->word->folded_length);
	size_t count = length >= GRAM ? length - GRAM + 1 : 0, i;
	double weight = word->idf * (word->is_stop ? KZI_STOP_WEIGHT : 1);

	for (i = 0; i < count; i++)
		add_gram(profile, key_at(padded + i),
			weight / sqrt((double)count));
}

/* How many bytes two words have in common at their beginning. */
static size_t common(const char *a, size_t a_length, const char *b,
	size_t b_length)
{
	size_t least = a_length < b_length ? a_length : b_length, i = 0;

	while (i < least && a[i] == b[i])
		i++;
	return i;
}

static void compare_beginnings(const struct kzi_profile *profile,
	const char *folded, size_t length, struct kzi_tally *tally)
{
	uint32_t i;

	for (i = 0; i < profile->word_count; i++) {
		const struct kzi_word *word = profile->words[i].word;
		size_t most, same;
		double part;

		if (!word)
			continue;
		same = common(folded, length, word->folded,
			word->folded_length);
		if (same < KZI_WEAK_LETTERS)
			continue;
		most = length > word->folded_length ? length
						    : word->folded_length;
		part = (double)same / (double)most;
		if (part > tally->begun[i])
			tally->begun[i] = part;
	}
}

static void count_gram(const struct kzi_profile *profile, uint32_t gram,
	struct kzi_tally *tally)
{
	tally->counts[gram]++;
	if (tally->last[gram] == tally->sentence)
		return;
	tally->last[gram] = tally->sentence;
	tally->sum += profile->gram_weights[gram];
}

void kzi_profile_count(const struct kzi_profile *profile, const char *padded,
	size_t length, struct kzi_tally *tally)
{
	size_t i;

	for (i = 0; i + GRAM <= length; i++) {
		uint32_t slot = slot_of(profile, key_at(padded + i));

		if (!profile->gram_keys[slot])
			continue;
		count_gram(profile, profile->gram_index[slot], tally);
		/* Words that begin alike have the first gram in common. */
		if (i == 0)
			compare_beginnings(
				profile, padded + 1, length - 2, tally);
	}
}

/* ---- Words and pairs --------------------------------------------------- */

/* A pair is rarer than either word; how much is not known without counting, so
 * the sum of the two stands for it, as if words came together by chance. */
static void add_pair(struct kzi_profile *profile, uint32_t left, uint32_t right)
{
	if (profile->pair_count == KZI_PAIRS_MOST || left == right)
		return;
	profile->pairs[profile->pair_count].left = left;
	profile->pairs[profile->pair_count].right = right;
	profile->pairs[profile->pair_count++].idf =
		profile->words[left].idf + profile->words[right].idf;
}

static void add_leaf(struct kzi_profile *profile, const struct kzi_leaf *leaf,
	uint32_t *last)
{
	uint32_t i;

	for (i = 0; i < leaf->count; i++) {
		const struct kzi_reading *reading = &leaf->readings[i];
		struct kzi_profile_word *word;

		if (reading->index >= KZI_WORDS_MOST)
			continue;
		word = &profile->words[reading->index];
		word->word = reading->word;
		word->idf = reading->idf;
		word->is_stop = reading->is_stop;
		if (reading->index >= profile->word_count)
			profile->word_count = reading->index + 1;
		if (word->is_stop || leaf->is_joined[i])
			continue;
		if (*last < KZI_WORDS_MOST)
			add_pair(profile, *last, reading->index);
		*last = reading->index;
	}
}

void kzi_profile_make(
	struct kzi_profile *profile, const struct kzi_version *version)
{
	uint32_t last = KZI_WORDS_MOST, i;

	memset(profile, 0, sizeof(*profile));
	profile->version = version;
	for (i = 0; i < version->leaf_count; i++)
		if (version->leaves[i].node->field == KZI_FIELD_NONE &&
			!version->leaves[i].is_negative)
			add_leaf(profile, &version->leaves[i], &last);
	for (i = 0; i < profile->word_count; i++)
		if (profile->words[i].word)
			add_grams(profile, &profile->words[i]);
}
