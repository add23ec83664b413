/* constants.h -- every number that ranking depends on, with what it does and
 * where it comes from. bench/tune.sh measures them again; a build may override
 * one with -DKZI_NAME=value.
 *
 * Weights are in units of BM25: a word of idf 5 that stands once in a passage
 * of ordinary length gives about 5. */
#ifndef KZI_CONSTANTS_H
#define KZI_CONSTANTS_H

/* The impact that stands for 1 in the index: SCALE of indexer/build.c. */
#define KZI_IMPACT_UNIT 20.0

/* ---- First stage: which passages are looked at ------------------------- */

/* A prefix term beside the stem, for what stemming misses. */
#ifndef KZI_PREFIX_WEIGHT
#define KZI_PREFIX_WEIGHT 0.3
#endif

/* A word with accents also finds text written without them, at this rate. */
#ifndef KZI_BARE_WEIGHT
#define KZI_BARE_WEIGHT 0.8
#endif

/* Stems of the same root, or beginning, that are looked up beside a word's
 * own. */
#ifndef KZI_SIBLINGS_MOST
#define KZI_SIBLINGS_MOST 4
#endif

/* A word in less than LEAST passages, and this part of those of its language,
 * is looked up by its beginning too. All words: nDCG@10 .7356, these .7365, for
 * less time. */
#ifndef KZI_RARE_LEAST
#define KZI_RARE_LEAST 10
#endif
#ifndef KZI_RARE_PART
#define KZI_RARE_PART 0.005
#endif

/* What a stem of the same root counts. */
#ifndef KZI_ROOT_SHARE
#define KZI_ROOT_SHARE 0.5
#endif

/* A word that is only a part of a compound. */
#ifndef KZI_PART_WEIGHT
#define KZI_PART_WEIGHT 0.5
#endif

/* Stop and question words, where a query has nothing else or in re-ranking. */
#ifndef KZI_STOP_WEIGHT
#define KZI_STOP_WEIGHT 0.4
#endif

/* A passage in language L counts PRIOR_FLOOR + (1 - PRIOR_FLOOR) P(L). */
#ifndef KZI_PRIOR_FLOOR
#define KZI_PRIOR_FLOOR 0.3
#endif

/* A language with this prior and more has its frequencies counted; others have
 * them estimated (forms.c) and, where there is such a language, their words
 * have no families. If all were estimated nDCG@10 would be .7358 instead of
 * .7366. */
#ifndef KZI_LIKELY
#define KZI_LIKELY 0.5
#endif

/* ---- Across languages ---------------------------------------------------- */

/* A language with less than LEAST of the probability is not asked whether the
 * query is in it; one that knows no word of the query counts UNKNOWN of itself;
 * one below UNLIKELY of the likeliest is left out. */
#ifndef KZI_ACROSS_LEAST
#define KZI_ACROSS_LEAST 0.02
#endif
#ifndef KZI_ACROSS_UNKNOWN
#define KZI_ACROSS_UNKNOWN 0.1
#endif
#ifndef KZI_ACROSS_UNLIKELY
#define KZI_ACROSS_UNLIKELY 0.2
#endif

/* What a passage in another language counts at least. */
#ifndef KZI_ACROSS_PRIOR
#define KZI_ACROSS_PRIOR 0.3
#endif

/* A headword with the stem of the word typed, but another word. */
#ifndef KZI_ACROSS_INEXACT
#define KZI_ACROSS_INEXACT 0.4
#endif

/* A translation by way of English. */
#ifndef KZI_ACROSS_PIVOT
#define KZI_ACROSS_PIVOT 0.7
#endif

/* The share of a translation, of that of the best one, to this power. */
#ifndef KZI_ACROSS_POWER
#define KZI_ACROSS_POWER 1.0
#endif

/* A word by itself where several words together have a translation. */
#ifndef KZI_ACROSS_SHORTER
#define KZI_ACROSS_SHORTER 0.5
#endif

/* A word as typed, beside its translations. */
#ifndef KZI_ACROSS_TYPED
#define KZI_ACROSS_TYPED 0.4
#endif

/* What features count, as multiples of those of the second stage below: with
 * several words for one, that they stand together tells more. */
#ifndef KZI_ACROSS_PAIRS
#define KZI_ACROSS_PAIRS 2.0
#endif
#ifndef KZI_ACROSS_WINDOW
#define KZI_ACROSS_WINDOW 1.5
#endif
#ifndef KZI_ACROSS_GRAMS
#define KZI_ACROSS_GRAMS 0.3
#endif

/* What a passage has in common with the best ones, as a part of the score of
 * the very best. */
#ifndef KZI_ACROSS_ECHO
#define KZI_ACROSS_ECHO 0.9
#endif

/* What is heard of a passage: its score, of that of the best, to this power. */
#ifndef KZI_ACROSS_HEED
#define KZI_ACROSS_HEED 2.0
#endif

/* How many are asked what they have in common with those. */
#ifndef KZI_ACROSS_LISTENED
#define KZI_ACROSS_LISTENED 100
#endif

/* ---- Candidates ---------------------------------------------------------- */

/* Candidates taken from the first stage at least. */
#ifndef KZI_CANDIDATES
#define KZI_CANDIDATES 40
#endif

/* Passages that bear out a phrase, for each hit wanted: some fall to the limit
 * of their document, and a few more are worth ranking. */
#ifndef KZI_VERIFIED_TIMES
#define KZI_VERIFIED_TIMES 3
#endif

/* ---- Second stage: the first candidates, on their text ----------------- */

/* How many are read and ranked again. */
#ifndef KZI_RERANKED
#define KZI_RERANKED 30
#endif

/* Of those, the first ten, and what weighs at least this share of the tenth:
 * what weighs less hardly ever comes among them. Three to eight in a hundred
 * are not read so; nDCG@10 together .7370 with and without, .7361 with .8. */
#ifndef KZI_RERANKED_SHARE
#define KZI_RERANKED_SHARE .7
#endif

/* Two words of the query side by side (stop words skipped). */
#ifndef KZI_PAIR_WEIGHT
#define KZI_PAIR_WEIGHT 0.3
#endif

/* The window of WINDOW_WORDS with the greatest sum of idf. */
#ifndef KZI_WINDOW_WEIGHT
#define KZI_WINDOW_WEIGHT 0.5
#endif
#ifndef KZI_WINDOW_WORDS
#define KZI_WINDOW_WORDS 20
#endif

/* Letter n-grams of the query's words, each weighing 1 / sqrt(grams of its
 * word): in the text ... */
#ifndef KZI_GRAM_WEIGHT
#define KZI_GRAM_WEIGHT 0.4
#endif

/* ... and in the sentence that has most of them for its length, which is what
 * finds the line that is a title or says it all. A sentence of SENTENCE_WORDS
 * counts as it is; B is how much the length of others matters (BM25's b). */
#ifndef KZI_SENTENCE_WEIGHT
#define KZI_SENTENCE_WEIGHT 0.18
#endif
#ifndef KZI_SENTENCE_WORDS
#define KZI_SENTENCE_WORDS 20
#endif
#ifndef KZI_SENTENCE_B
#define KZI_SENTENCE_B 0.6
#endif

/* A word that is not there but one that begins alike, with WEAK_LETTERS bytes
 * at least: times the part of the longer one that is alike. */
#ifndef KZI_WEAK_WEIGHT
#define KZI_WEAK_WEIGHT 1.0
#endif
#ifndef KZI_WEAK_LETTERS
#define KZI_WEAK_LETTERS 5
#endif

/* The words of the query among the first OPENING_WORDS of a passage. */
#ifndef KZI_OPENING_WEIGHT
#define KZI_OPENING_WEIGHT 0.3
#endif
#ifndef KZI_OPENING_WORDS
#define KZI_OPENING_WORDS 16
#endif

/* A word exactly as typed, accents included. */
#ifndef KZI_EXACT_WEIGHT
#define KZI_EXACT_WEIGHT 0.2
#endif

#endif
