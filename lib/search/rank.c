/* rank.c -- the first candidates ranked again, on their text.
 *
 * The first stage saw words one by one. Here the text itself is at hand, so
 * what needs no index is added: words of the query side by side, many of them
 * within a short window or at the opening, their letters (which find what
 * stemming missed) in the text and in one sentence, and the exact form, accents
 * included. Constants and their worth: constants.h. */
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

/* A token that is a word of the query. */
struct met {
	const struct kzi_token *token;
	uint32_t words; /* Which ones: bits, the sure ones only. */
};

struct ranker {
	struct kzi_ask *ask;
	/* Of each language, once it is met. */
	struct kzi_profile *profiles[KZI_LANGUAGES];
	struct kzi_buf met; /* Of the text at hand; of struct met. */
};

/* The text of a candidate, marked. */
struct marked {
	int language;
	const char *text; /* A NUL behind it. */
	const struct kzi_tokens *tokens;
	const struct met *met; /* In their order. */
	size_t met_count;
};

/* ---- Features ---------------------------------------------------------- */

static int meet(struct ranker *ranker, struct marked *marked)
{
	const struct kzi_tokens *tokens = marked->tokens;
	size_t i;

	kzi_buf_clear(&ranker->met);
	for (i = 0; i < tokens->count; i++) {
		struct met met = { &tokens->items[i], 0 };

		met.words = (uint32_t)kzi_token_mark(met.token);
		if (met.words)
			kzi_buf_append(&ranker->met, &met, sizeof(met));
	}
	marked->met = (const struct met *)(const void *)ranker->met.data;
	marked->met_count = ranker->met.length / sizeof(*marked->met);
	return !ranker->met.failed;
}

/* Whether a token stands between two words without parting them. */
static int is_passed_over(
	const struct marked *marked, const struct kzi_token *token)
{
	return token->flags & KZI_TOKEN_JOINED ||
		kzi_token_is_stop(marked->language, marked->text, token);
}

/* Whether nothing parts two tokens. */
static int are_together(const struct marked *marked,
	const struct kzi_token *left, const struct kzi_token *right)
{
	while (++left < right)
		if (!is_passed_over(marked, left))
			return 0;
	return 1;
}

static void count_pair(const struct kzi_profile *profile, uint32_t left,
	uint32_t right, uint32_t found[KZI_PAIRS_MOST])
{
	uint32_t p;

	for (p = 0; p < profile->pair_count; p++)
		found[p] += (left >> profile->pairs[p].left & 1) &&
			(right >> profile->pairs[p].right & 1);
}

static void count_pairs(const struct kzi_profile *profile,
	const struct marked *marked, uint32_t found[KZI_PAIRS_MOST])
{
	const struct met *left = NULL;
	size_t i;

	for (i = 0; i < marked->met_count; i++) {
		const struct met *right = &marked->met[i];

		if (is_passed_over(marked, right->token))
			continue;
		if (left && are_together(marked, left->token, right->token))
			count_pair(profile, left->words, right->words, found);
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
				kzi_saturate(
					found[p], marked->tokens->positions);
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
static double score_window(
	const struct kzi_profile *profile, const struct marked *marked)
{
	const struct met *end = marked->met + marked->met_count;
	const struct met *first, *next;
	double best = 0;

	for (first = marked->met; first < end; first++) {
		uint32_t bits = 0;
		double sum;

		for (next = first; next < end &&
			next->token->position <
				first->token->position + KZI_WINDOW_WORDS;
			next++)
			bits |= next->words;
		sum = mass(profile, bits);
		if (sum > best)
			best = sum;
	}
	return best;
}

/* The words of the query that are there, and what those of its opening are
 * worth: a passage tends to open with what it is about. */
static uint32_t score_opening(const struct kzi_profile *profile,
	const struct marked *marked, double *opening)
{
	uint32_t all = 0, first = 0;
	size_t i;

	for (i = 0; i < marked->met_count; i++) {
		all |= marked->met[i].words;
		if (marked->met[i].token->position < KZI_OPENING_WORDS)
			first = all;
	}
	*opening = mass(profile, first);
	return all;
}

/* Whether a sentence or a line ends between two tokens. A stop with nothing
 * behind it is a part of a number or a name. */
static int is_parted(const char *text, const struct kzi_token *left,
	const struct kzi_token *right)
{
	const char *at = text + left->offset + left->length;
	const char *end = text + right->offset;

	if (end - at == 1)
		return *at == '\n'; /* Mostly a space. */
	for (; at < end; at++)
		if (*at == '\n' ||
			(at + 1 < end &&
				(*at == '.' || *at == '!' || *at == '?')))
			return 1;
	return 0;
}

/* The sentence being read ends: it had so many words. */
static void end_sentence(
	struct kzi_tally *tally, uint32_t words, double *best)
{
	double worth = tally->sum /
		(1 - KZI_SENTENCE_B +
			KZI_SENTENCE_B * words / KZI_SENTENCE_WORDS);

	if (worth > *best)
		*best = worth;
	tally->sum = 0;
	tally->sentence++;
}

/* 1 if the text itself has the token as its letters are counted: folded, a
 * space before and behind it. */
static int is_padded(const char *text, const struct kzi_token *token)
{
	return !token->word && token->flags & KZI_TOKEN_ASCII &&
		token->length <= KZI_PADDED_MOST - 2 && token->offset > 0 &&
		text[token->offset - 1] == ' ' &&
		text[token->offset + token->length] == ' ';
}

static void count_token(const struct kzi_profile *profile,
	const struct marked *marked, const struct kzi_token *token,
	struct kzi_tally *tally)
{
	char folded[FOLDED_MOST], padded[KZI_PADDED_MOST];
	const char *word = folded;
	size_t length;

	if (is_padded(marked->text, token)) {
		kzi_profile_count(profile, marked->text + token->offset - 1,
			token->length + 2, tally);
		return;
	}
	if (token->word) {
		word = token->word->folded;
		length = token->word->folded_length;
	} else {
		length = kzi_token_fold(
			folded, sizeof(folded), marked->text, token);
	}
	length = kzi_profile_pad(padded, word, length);
	kzi_profile_count(profile, padded, length, tally);
}

/* Count the letters of the text. Returns what those of its best sentence are
 * worth: the grams there, each once, by the length of the sentence as BM25 does
 * by that of a text. */
static double count_grams(const struct kzi_profile *profile,
	const struct marked *marked, struct kzi_tally *tally)
{
	const struct kzi_tokens *tokens = marked->tokens;
	uint32_t start = 0;
	double best = 0;
	size_t i;

	tally->sentence = 1;
	for (i = 0; i < tokens->count; i++) {
		const struct kzi_token *token = &tokens->items[i];

		if (i > 0 && is_parted(marked->text, token - 1, token)) {
			end_sentence(tally, token->position - start, &best);
			start = token->position;
		}
		count_token(profile, marked, token, tally);
	}
	end_sentence(tally, tokens->positions - start, &best);
	return best;
}

static double score_grams(const struct kzi_profile *profile,
	const struct kzi_tally *tally, uint32_t length)
{
	double score = 0;
	uint32_t g;

	for (g = 0; g < profile->gram_count; g++)
		if (tally->counts[g])
			score += profile->gram_weights[g] *
				kzi_saturate(tally->counts[g], length);
	return score;
}

/* Words that are not there, but others that begin like them. */
static double score_weak(const struct kzi_profile *profile,
	const struct kzi_tally *tally, uint32_t there)
{
	double score = 0;
	uint32_t w;

	for (w = 0; w < profile->word_count; w++)
		if (!(there >> w & 1) && !profile->words[w].is_stop)
			score += profile->words[w].idf * tally->begun[w];
	return score;
}

/* Words that stand there exactly as typed, and stop words, which the first
 * stage left out. */
static void score_words(const struct kzi_profile *profile,
	const struct marked *marked, double *exact, double *stops)
{
	uint32_t exacts = 0, seen = 0, w;
	size_t i;

	for (i = 0; i < marked->met_count; i++) {
		const struct kzi_word *word = marked->met[i].token->word;
		uint32_t bits = marked->met[i].words;

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
				KZI_OPENING_WEIGHT * candidate->opening +
				KZI_SENTENCE_WEIGHT * candidate->sentence +
				candidate->stops) +
		KZI_ACROSS_ECHO * candidate->echo;
}

/* What the features of a passage in another language count. */
static void adjust(struct kzi_candidate *candidate)
{
	candidate->pairs *= KZI_ACROSS_PAIRS;
	candidate->window *= KZI_ACROSS_WINDOW;
	candidate->grams *= KZI_ACROSS_GRAMS;
	candidate->sentence *= KZI_ACROSS_GRAMS;
}

static void score_letters(const struct kzi_profile *profile,
	const struct marked *marked, struct kzi_candidate *candidate)
{
	struct kzi_tally tally = { 0 };
	uint32_t there = score_opening(profile, marked, &candidate->opening);

	candidate->sentence = count_grams(profile, marked, &tally);
	candidate->grams = score_grams(
		profile, &tally, marked->tokens->positions);
	candidate->weak = score_weak(profile, &tally, there);
}

static struct kzi_profile *profile_of(
	struct ranker *ranker, const struct kzi_version *version)
{
	struct kzi_profile **profile = &ranker->profiles[version->language];

	if (!*profile) {
		*profile = kzi_arena_get(
			&ranker->ask->arena, sizeof(**profile));
		if (*profile)
			kzi_profile_make(*profile, version);
	}
	return *profile;
}

static kz_status score(struct ranker *ranker, struct kzi_candidate *candidate,
	const struct kzi_tokens *tokens)
{
	struct kzi_ask *ask = ranker->ask;
	const struct kzi_version *version =
		kzi_version_of(ask, candidate->row.language);
	struct kzi_profile *profile;
	struct marked marked = { .language = candidate->row.language,
		.text = candidate->record->text.bytes,
		.tokens = tokens };

	if (!version)
		return KZ_OK;
	profile = profile_of(ranker, version);
	if (!profile || !meet(ranker, &marked))
		return kzi_fail_memory(ask->err);
	candidate->pairs = score_pairs(profile, &marked);
	candidate->window = score_window(profile, &marked);
	score_letters(profile, &marked, candidate);
	score_words(profile, &marked, &candidate->exact, &candidate->stops);
	if (version->is_translated)
		adjust(candidate);
	add_up(candidate, version->prior);
	return KZ_OK;
}

/* What tells copies of a text. */
static kz_status sketch(struct ranker *ranker, struct kzi_candidate *candidate,
	const struct kzi_tokens *tokens)
{
	struct kzi_sketch *made =
		kzi_arena_get(&ranker->ask->arena, sizeof(*made));

	if (!made)
		return kzi_fail_memory(ranker->ask->err);
	kzi_sketch_make(made, candidate->record->text.bytes, tokens);
	candidate->sketch = made;
	candidate->is_paged = candidate->record->page > 0;
	return KZ_OK;
}

static kz_status read_and_score(
	struct ranker *ranker, struct kzi_candidate *candidate)
{
	const struct kzi_tokens *tokens;
	kz_status status =
		kzi_candidate_mark(ranker->ask, candidate, &tokens);

	if (status == KZ_OK)
		status = score(ranker, candidate, tokens);
	if (status == KZ_OK && !ranker->ask->options->copies)
		status = sketch(ranker, candidate, tokens);
	return status;
}

kz_status kzi_rank(struct kzi_ask *ask, struct kzi_candidate *candidates,
	size_t count)
{
	struct ranker ranker = { .ask = ask };
	kz_status status = KZ_OK;
	size_t i;

	for (i = 0; i < count && status == KZ_OK; i++) {
		if (candidates[i].is_ranked)
			continue;
		status = read_and_score(&ranker, &candidates[i]);
		candidates[i].is_ranked = 1;
	}
	kzi_buf_release(&ranker.met);
	return status;
}
