/* rank.c -- the first candidates ranked again, on their text.
 *
 * The first stage saw words one by one. Here the text itself is at hand, so
 * what needs no index is added: words of the query side by side, many of them
 * within a short window, their letters (which find what stemming missed), and
 * the exact form, accents included. Constants and their worth: constants.h. */
#include "search/search.h"

#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "search/constants.h"
#include "search/profile.h"

/* How often something counts: f (K1 + 1) / (f + K1 (1 - B + B length / MEAN)),
 * as in indexer/build.c. */
double kzi_saturate(double frequency, uint32_t length)
{
	const double k1 = 1.2, b = 0.75, mean = 100;

	return frequency * (k1 + 1) /
		(frequency + k1 * (1 - b + b * length / mean));
}

enum { FOLDED_MOST = 256 }; /* A run is no longer. */

struct ranker {
	struct kzi_ask *ask;
	struct kzi_profile *profiles; /* One a language. */
};

/* The text of a candidate, marked. */
struct marked {
	struct kzi_analyzer *analyzer;
	int language;
	const char *text;
	const struct kzi_tokens *tokens;
};

/* Which words of the query a token is: bits, the sure ones only. */
static uint32_t strong(const struct kzi_token *token)
{
	return (uint32_t)kzi_token_mark(token);
}

/* ---- Features ---------------------------------------------------------- */

/* Whether a token stands between two words without parting them. */
static int is_passed_over(
	const struct marked *marked, const struct kzi_token *token)
{
	return token->flags & KZI_TOKEN_JOINED ||
		kzi_token_is_stop(marked->analyzer, marked->language,
			marked->text, token);
}

static void count_pairs(const struct kzi_profile *profile,
	const struct marked *marked, uint32_t found[KZI_PAIRS_MOST])
{
	uint32_t left = 0, p;
	size_t i;

	for (i = 0; i < marked->tokens->count; i++) {
		const struct kzi_token *token = &marked->tokens->items[i];
		uint32_t right = strong(token);

		/* Nothing before it to pair with, nothing to remember. */
		if ((!left && !right) || is_passed_over(marked, token))
			continue;
		for (p = 0; left && right && p < profile->pair_count; p++)
			found[p] += (left >> profile->pairs[p].left & 1) &&
				(right >> profile->pairs[p].right & 1);
		left = right;
	}
}

static double score_pairs(
	const struct kzi_profile *profile, const struct marked *marked)
{
	uint32_t found[KZI_PAIRS_MOST] = { 0 };
	double score = 0;
	uint32_t p;

	if (!profile->pair_count)
		return 0;
	count_pairs(profile, marked, found);
	for (p = 0; p < profile->pair_count; p++)
		if (found[p])
			score += profile->pairs[p].idf *
				kzi_saturate(found[p], marked->tokens->positions);
	return score;
}

/* Sum of idf of the words in `bits`. */
static double mass(const struct kzi_profile *profile, uint32_t bits)
{
	double sum = 0;
	uint32_t i;

	for (i = 0; i < profile->word_count; i++)
		if (bits >> i & 1)
			sum += profile->words[i].idf *
				(profile->words[i].is_stop ? KZI_STOP_WEIGHT
							   : 1);
	return sum;
}

/* The best window: from each match, what else follows within its reach. */
static double score_window(const struct kzi_profile *profile,
	const struct kzi_tokens *tokens)
{
	double best = 0;
	size_t i, j;

	for (i = 0; i < tokens->count; i++) {
		const struct kzi_token *first = &tokens->items[i];
		uint32_t bits = strong(first);
		double sum;

		if (!bits)
			continue;
		for (j = i + 1; j < tokens->count &&
			tokens->items[j].position <
				first->position + KZI_WINDOW_WORDS;
			j++)
			bits |= strong(&tokens->items[j]);
		sum = mass(profile, bits);
		if (sum > best)
			best = sum;
	}
	return best;
}

/* Words of which only the beginning is there, and how early the first of the
 * others comes: a passage tends to open with what it is about. */
static void score_marks(const struct kzi_profile *profile,
	const struct kzi_tokens *tokens, double *weak, double *early)
{
	uint32_t sure = 0, begun = 0, first = tokens->positions;
	size_t i;

	for (i = 0; i < tokens->count; i++) {
		const struct kzi_token *token = &tokens->items[i];

		if (!sure && strong(token))
			first = token->position;
		sure |= strong(token);
		begun |= (uint32_t)(kzi_token_mark(token) >> 32);
	}
	*weak = mass(profile, begun & ~sure);
	*early = sure ? mass(profile, UINT32_MAX) *
			(1 - (double)first / tokens->positions)
		      : 0;
}

static void count_grams(const struct kzi_profile *profile,
	const struct marked *marked, uint16_t counts[KZI_GRAMS_MOST])
{
	size_t i;

	for (i = 0; i < marked->tokens->count; i++) {
		const struct kzi_token *token = &marked->tokens->items[i];
		char folded[FOLDED_MOST];
		size_t length;

		if (token->word) {
			kzi_profile_count(profile, token->word->folded,
				token->word->folded_length, counts);
			continue;
		}
		length = kzi_token_fold(
			folded, sizeof(folded), marked->text, token);
		kzi_profile_count(profile, folded, length, counts);
	}
}

static double score_grams(
	const struct kzi_profile *profile, const struct marked *marked)
{
	uint16_t counts[KZI_GRAMS_MOST] = { 0 };
	double score = 0;
	uint32_t g;

	count_grams(profile, marked, counts);
	for (g = 0; g < profile->gram_count; g++)
		if (counts[g])
			score += profile->gram_weights[g] *
				kzi_saturate(counts[g], marked->tokens->positions);
	return score;
}

/* Words that stand there exactly as typed, and stop words, which the first
 * stage left out. */
static void score_words(const struct kzi_profile *profile,
	const struct kzi_tokens *tokens, double *exact, double *stops)
{
	uint32_t exacts = 0, seen = 0, w;
	size_t i;

	for (i = 0; i < tokens->count; i++) {
		const struct kzi_word *word = tokens->items[i].word;
		uint32_t bits = strong(&tokens->items[i]);

		seen |= bits;
		for (w = 0; bits && w < profile->word_count; w++, bits >>= 1)
			if (bits & 1 && profile->words[w].word &&
				word->length ==
					profile->words[w].word->length &&
				!memcmp(word->text,
					profile->words[w].word->text,
					word->length))
				exacts |= (uint32_t)1 << w;
	}
	*exact = *stops = 0;
	for (w = 0; w < profile->word_count; w++) {
		const struct kzi_profile_word *word = &profile->words[w];

		if (exacts >> w & 1)
			*exact += word->idf;
		if (seen >> w & 1 && word->is_stop &&
			profile->version->has_content)
			*stops += word->idf * KZI_STOP_WEIGHT;
	}
}

/* ---- One candidate ----------------------------------------------------- */

static void add_up(struct kzi_candidate *candidate, double prior)
{
	candidate->score = candidate->first +
		prior *
			(KZI_PAIR_WEIGHT * candidate->pairs +
				KZI_WINDOW_WEIGHT * candidate->window +
				KZI_GRAM_WEIGHT * candidate->grams +
				KZI_EXACT_WEIGHT * candidate->exact +
				KZI_WEAK_WEIGHT * candidate->weak +
				KZI_EARLY_WEIGHT * candidate->early +
				candidate->stops);
}

/* What the features of a passage in another language count. */
static void adjust(struct kzi_candidate *candidate)
{
	candidate->pairs *= KZI_ACROSS_PAIRS;
	candidate->window *= KZI_ACROSS_WINDOW;
	candidate->grams *= KZI_ACROSS_GRAMS;
}

static kz_status score(struct ranker *ranker, struct kzi_candidate *candidate,
	struct kzi_string text)
{
	kz_index *index = ranker->ask->index;
	const struct kzi_version *version =
		kzi_version_of(ranker->ask, candidate->row.language);
	struct kzi_profile *profile;
	struct marked marked = { index->analyzer, candidate->row.language,
		text.bytes, &index->tokens };

	index->tokens.count = 0;
	if (!version)
		return KZ_OK;
	profile = &ranker->profiles[version->language];
	if (!profile->version)
		kzi_profile_make(profile, version);
	if (!kzi_mark_text(ranker->ask, version, text.bytes, text.length,
		    &index->tokens))
		return kzi_fail_memory(ranker->ask->err);
	candidate->pairs = score_pairs(profile, &marked);
	candidate->window = score_window(profile, marked.tokens);
	candidate->grams = score_grams(profile, &marked);
	score_marks(profile, marked.tokens, &candidate->weak,
		&candidate->early);
	score_words(profile, marked.tokens, &candidate->exact,
		&candidate->stops);
	if (version->is_translated)
		adjust(candidate);
	add_up(candidate, version->prior);
	return KZ_OK;
}

/* What tells copies of a text; its tokens are at hand. */
static kz_status sketch(struct ranker *ranker, struct kzi_candidate *candidate,
	const struct kzi_passage_record *record)
{
	struct kzi_sketch *made =
		kzi_arena_get(&ranker->ask->arena, sizeof(*made));

	if (!made)
		return kzi_fail_memory(ranker->ask->err);
	kzi_sketch_make(made, record->text.bytes, &ranker->ask->index->tokens);
	candidate->sketch = made;
	candidate->is_paged = record->page > 0;
	return KZ_OK;
}

static kz_status read_and_score(
	struct ranker *ranker, struct kzi_candidate *candidate)
{
	kz_index *index = ranker->ask->index;
	struct kzi_passage_record record;
	kz_status status = kzi_store_passage(index->store, candidate->passage,
		index->room, &record, ranker->ask->err);

	if (status == KZ_OK)
		status = score(ranker, candidate, record.text);
	if (status == KZ_OK && !ranker->ask->options->copies)
		status = sketch(ranker, candidate, &record);
	return status;
}

kz_status kzi_rank(struct kzi_ask *ask, struct kzi_candidate *candidates,
	size_t count)
{
	struct ranker ranker = { .ask = ask };
	kz_status status = KZ_OK;
	size_t i;

	ranker.profiles = kzi_arena_zero(
		&ask->arena, KZI_LANGUAGES, sizeof(*ranker.profiles));
	if (!ranker.profiles)
		return kzi_fail_memory(ask->err);
	for (i = 0; i < count && status == KZ_OK; i++)
		status = read_and_score(&ranker, &candidates[i]);
	return status;
}
