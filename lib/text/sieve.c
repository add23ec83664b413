/* sieve.c -- see sieve.h. */
#include "text/sieve.h"

#include "base/arena.h"
#include "base/hash.h"
#include "text/compound.h"
#include "text/latin.h"
#include "text/stem.h"

enum {
	FOLDED_MOST = 256, /* A run is no longer. */
	SLOTS_FIRST = 64
};

/* ---- Sets of words ------------------------------------------------------ */

static uint64_t hash_of(const char *word, size_t length)
{
	uint64_t hash = kzi_hash(word, length, 0);

	return hash ? hash : 1;
}

/* The slot of a hash: its own, or the free one where it would be. */
static uint64_t *slot_of(const struct kzi_word_set *set, uint64_t hash)
{
	uint32_t mask = set->capacity - 1, i = (uint32_t)(hash >> 32) & mask;

	while (set->slots[i] && set->slots[i] != hash)
		i = (i + 1) & mask;
	return &set->slots[i];
}

static int grow(struct kzi_word_set *set, struct kzi_arena *arena)
{
	struct kzi_word_set more = *set;
	uint32_t i;

	more.capacity = set->capacity ? 2 * set->capacity : SLOTS_FIRST;
	more.slots = kzi_arena_zero(
		arena, more.capacity, sizeof(*more.slots));
	if (!more.slots)
		return 0;
	for (i = 0; i < set->capacity; i++)
		if (set->slots[i])
			*slot_of(&more, set->slots[i]) = set->slots[i];
	*set = more;
	return 1;
}

int kzi_word_set_add(struct kzi_word_set *set, struct kzi_arena *arena,
	const char *word, size_t length)
{
	uint64_t hash = hash_of(word, length), *slot;

	if (length == 0)
		return 1;

	/* Half full at most, and never without a free slot. */
	if (2 * (set->count + 1) > set->capacity && !grow(set, arena))
		return 0;
	set->firsts[kzi_first_of(word, length) / 64] |= (uint64_t)1
		<< kzi_first_of(word, length) % 64;
	slot = slot_of(set, hash);
	set->count += *slot == 0;
	*slot = hash;
	return 1;
}

int kzi_word_set_has(
	const struct kzi_word_set *set, const char *word, size_t length)
{
	return length > 0 && kzi_word_set_may_have(set, word, length) &&
		*slot_of(set, hash_of(word, length)) != 0;
}

/* ---- Beginnings --------------------------------------------------------- */

/* The number of a pair of letters, by their places in the alphabet; y counts as
 * i, since English writes dying and die. */
static unsigned pair_of(unsigned first, unsigned second)
{
	if (second == 'y')
		second = 'i';
	return (first & 31) << 5 | (second & 31);
}

/* A stem of one letter may come from a word of any second one. */
void kzi_starts_add(struct kzi_starts *starts, const struct kzi_term *term)
{
	size_t length;
	const char *text = kzi_term_text(term, &length);
	unsigned pair;

	if (length < 2) {
		starts->is_all = 1;
		return;
	}
	pair = pair_of((unsigned char)text[0], (unsigned char)text[1]);
	starts->pairs[pair / 64] |= (uint64_t)1 << pair % 64;
}

static int has_pair(const struct kzi_starts *starts, unsigned pair)
{
	return starts->pairs[pair / 64] >> pair % 64 & 1;
}

/* The letter at *at without its accent, and *at moved behind it; 0 if it is
 * none of latin.h's or has no base. */
static unsigned next_base(const char *word, size_t length, size_t *at)
{
	const unsigned char *byte = (const unsigned char *)word + *at;

	if (*at >= length)
		return 0;
	if (byte[0] < 0x80) {
		(*at)++;
		return byte[0];
	}
	if (*at + 1 >= length || (byte[0] & 0xE0) != 0xC0)
		return 0;
	*at += 2;
	return (unsigned char)kzi_latin_base(
		(uint32_t)(byte[0] & 0x1F) << 6 | (byte[1] & 0x3F));
}

/* The beginning of a word, folded: enough to tell whether a table may change
 * it. */
static int is_strange(int language, const char *word, size_t length)
{
	char folded[FOLDED_MOST];
	size_t size = length <= sizeof(folded)
		? kzi_latin_fold(folded, word, length)
		: 0;

	return size == 0 || kzi_stem_is_strange(language, folded, size);
}

/* 1 if a later part of a compound may begin as one of `starts` does. */
static int may_hold(int language, const char *word, size_t length, size_t at,
	unsigned last, const struct kzi_starts *starts)
{
	size_t from = kzi_compound_from(language, length);

	while (from && at < length) {
		unsigned next = next_base(word, length, &at);

		if (!last || !next || has_pair(starts, pair_of(last, next)))
			return 1;
		last = next;
	}
	return 0;
}

int kzi_cannot_start(
	const struct kzi_starts *starts, const struct kzi_word *word)
{
	return starts->words && word->length <= KZI_FORM_WORD &&
		!kzi_word_set_has(starts->words, word->text, word->length);
}

int kzi_may_start(int language, const char *word, size_t length,
	const struct kzi_starts *starts)
{
	size_t at = 0;
	unsigned first, second;

	if (starts->words)
		return length > KZI_FORM_WORD ||
			kzi_word_set_has(starts->words, word, length);
	if (language == KZI_CY || starts->is_all)
		return 1;
	first = next_base(word, length, &at);
	second = next_base(word, length, &at);
	/* "pîine" is filed as "pâine": no telling by its second letter. */
	if (language == KZI_RO && second == 'i' && word[at - 1] & 0x80)
		return 1;
	/* One letter, or one that has no base: rare, so let through. */
	return !first || !second || has_pair(starts, pair_of(first, second)) ||
		is_strange(language, word, length) ||
		may_hold(language, word, length, at, second, starts);
}
