/* analysis.c -- how fast text becomes terms. Reads lines "tag<TAB>text", and
 * works out every term of every word as the indexer does, one thread, in rounds
 * with a new analyser each; no index is written.
 *
 *     analysis [ROUNDS] < LINES
 *
 * Prints for each language and for all, mixed as they came: bytes, words, terms
 * for each word, and the MB (millions of bytes) of a second of the best round.
 * bench/analysis.sh makes the lines. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "text/text.h"

enum {
	LINES_MOST = 1000000,
	ROUNDS = 5,
	MEMORY = 64 << 20 /* As the indexer has for its analyser. */
};

struct line {
	int language;
	char *text;
	size_t length;
};

struct sum {
	double bytes, words, terms, seconds;
};

static struct line lines[LINES_MOST];
static size_t line_count;

static void fail(const char *message)
{
	fprintf(stderr, "analysis: %s\n", message);
	exit(2);
}

static void read_lines(void)
{
	char *row = NULL;
	size_t room = 0;
	ssize_t length;

	while (line_count < LINES_MOST &&
		(length = getline(&row, &room, stdin)) > 0) {
		char *tab = memchr(row, '\t', (size_t)length);
		struct line *line = &lines[line_count];

		if (!tab)
			fail("a line has no tab");
		line->language = kzi_language_find(row, (size_t)(tab - row));
		if (line->language < 0)
			continue;
		line->length = (size_t)(row + length - tab) - 1;
		line->text = malloc(line->length + 1);
		if (!line->text)
			fail("out of memory");
		memcpy(line->text, tab + 1, line->length);
		line_count++;
	}
	free(row);
}

/* Processor time: others may be at work on this machine. */
static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void take(struct kzi_analyzer *analyzer, struct kzi_tokens *tokens,
	const struct line *line, struct sum *sum)
{
	size_t i;

	if (!kzi_analyze(analyzer, line->language, line->text, line->length,
		    tokens))
		fail("out of memory");
	for (i = 0; i < tokens->count; i++) {
		if (!kzi_word_terms(analyzer, tokens->items[i].word))
			fail("out of memory");
		sum->terms += tokens->items[i].word->term_count;
	}
	sum->words += (double)tokens->count;
	sum->bytes += (double)line->length;
	kzi_analyzer_trim(analyzer);
}

/* Analyse the lines in one language, or in all (-1). */
static struct sum measure(int language)
{
	struct kzi_analyzer *analyzer = kzi_analyzer_new(MEMORY);
	struct kzi_tokens tokens = { 0 };
	struct sum sum = { 0 };
	double start = now();
	size_t i;

	if (!analyzer)
		fail("out of memory");
	for (i = 0; i < line_count; i++)
		if (language < 0 || lines[i].language == language)
			take(analyzer, &tokens, &lines[i], &sum);
	sum.seconds = now() - start;
	kzi_tokens_release(&tokens);
	kzi_analyzer_free(analyzer);
	return sum;
}

static void report(int language, int rounds)
{
	struct sum best = measure(language);
	int i;

	for (i = 1; i < rounds; i++) {
		struct sum sum = measure(language);

		if (sum.seconds < best.seconds)
			best = sum;
	}
	if (best.words > 0)
		printf("%s\t%.0f\t%.0f\t%.2f\t%.1f\n",
			language < 0 ? "all" : kzi_language_tag(language),
			best.bytes, best.words, best.terms / best.words,
			best.bytes / best.seconds / 1e6);
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? (int)strtoul(argv[1], NULL, 10) : ROUNDS;
	int language;

	read_lines();
	printf("lang\tbytes\twords\tterms/word\tMB/s\n");
	for (language = 0; language < KZI_LANGUAGES; language++)
		report(language, rounds);
	report(-1, rounds);
	return 0;
}
