/* judge.c -- how good the answers are, against judgements in the form of TREC:
 *
 *     qrels   q1 0 faq-7 1           query, unused, document, relevance
 *     run     q1 Q0 faq-7 1 9.5 tag  query, unused, document, rank, score, tag
 *
 * nDCG@10 gains 2^relevance - 1 and discounts by log2(rank + 1) (Burges et al.,
 * ICML 2005). A query without a relevant document does not count; one without
 * an answer counts as 0. */
#include "bench.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/say.h"

enum { DEPTH = 100, TOP = 10, FIELDS = 6 };

enum measure { NDCG, MRR, RECALL, MEASURES };

static const char *const names[MEASURES] = {"nDCG@10", "MRR@10", "recall@100"};

/* A line of a qrels or run file. */
struct line {
	const char *query, *document;
	double value; /* Relevance, or score. */
};

struct lines {
	struct line *items;
	size_t count;
	char *bytes;
};

/* The answers to one query, best first. */
struct ranking {
	char *documents[DEPTH];
	double scores[DEPTH];
	size_t count;
};

struct scores {
	double *of[MEASURES]; /* By query. */
};

struct judge {
	const struct kzb_options *options;
	const struct kzb_queries *queries;
	struct lines qrels;
	char *counts; /* By query: 1 if something is relevant to it. */
};

/* ---- Files ------------------------------------------------------------- */

static int compare_lines(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int order = strcmp(x->query, y->query);

	if (order == 0)
		order = (x->value < y->value) - (x->value > y->value);
	return order ? order : strcmp(x->document, y->document);
}

/* Cut a line into fields, in place; returns how many. */
static size_t cut(char *line, char *fields[FIELDS])
{
	size_t count = 0;

	while (count < FIELDS && *(line += strspn(line, " \t\r"))) {
		fields[count++] = line;
		line += strcspn(line, " \t\r");
		if (*line)
			*line++ = '\0';
	}
	return count;
}

static size_t count_lines(const char *text)
{
	size_t count = 1;

	while ((text = strchr(text, '\n')) && *++text)
		count++;
	return count;
}

/* Lines of `expected` fields, the value in field `value`; sorted by query and
 * falling value. */
static int read_lines(struct lines *lines, const char *path, size_t expected,
	size_t value)
{
	size_t length;
	char *at, *stop, *fields[FIELDS];

	memset(lines, 0, sizeof(*lines));
	lines->bytes = kzb_read_file(path, &length);
	if (!lines->bytes)
		return 0;
	lines->items =
		calloc(count_lines(lines->bytes), sizeof(*lines->items));
	for (at = lines->bytes; lines->items && *at; at = stop) {
		size_t found;

		stop = at + strcspn(at, "\n");
		if (*stop)
			*stop++ = '\0';
		found = cut(at, fields);
		if (found == 0)
			continue;
		if (found != expected) {
			kzi_say(KZB_PROGRAM, "%s: a line of %zu fields, not %zu",
				path, found, expected);
			return 0;
		}
		lines->items[lines->count].query = fields[0];
		lines->items[lines->count].document = fields[2];
		lines->items[lines->count++].value = atof(fields[value]);
	}
	if (lines->count > 0)
		qsort(lines->items, lines->count, sizeof(*lines->items),
			compare_lines);
	return lines->items != NULL;
}

static void release_lines(struct lines *lines)
{
	free(lines->items);
	free(lines->bytes);
}

/* The first line of a query, and how many there are. */
static const struct line *lines_of(
	const struct lines *lines, const char *query, size_t *count)
{
	size_t low = 0, high = lines->count, end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(lines->items[middle].query, query) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < lines->count &&
			!strcmp(lines->items[end].query, query);
		end++)
		continue;
	*count = end - low;
	return lines->items + low;
}

/* ---- Measures ---------------------------------------------------------- */

static double gain(double relevance, size_t rank)
{
	return (pow(2, relevance) - 1) / log2((double)rank + 1);
}

static double relevance_of(
	const struct line *wanted, size_t count, const char *document)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!strcmp(wanted[i].document, document))
			return wanted[i].value > 0 ? wanted[i].value : 0;
	return 0;
}

/* `wanted` is sorted, so its beginning is the ideal ranking. */
static void measure(double out[MEASURES], const struct ranking *ranking,
	const struct line *wanted, size_t count)
{
	double dcg = 0, ideal = 0, relevant = 0, found = 0;
	size_t i;

	out[MRR] = 0;
	for (i = 0; i < count && wanted[i].value > 0; i++) {
		relevant++;
		ideal += i < TOP ? gain(wanted[i].value, i + 1) : 0;
	}
	for (i = 0; i < ranking->count; i++) {
		double relevance =
			relevance_of(wanted, count, ranking->documents[i]);

		if (relevance <= 0)
			continue;
		found++;
		if (i < TOP)
			dcg += gain(relevance, i + 1);
		if (i < TOP && out[MRR] == 0)
			out[MRR] = 1 / (double)(i + 1);
	}
	out[NDCG] = dcg / ideal;
	out[RECALL] = found / relevant;
}

/* ---- Rankings ---------------------------------------------------------- */

static void clear_ranking(struct ranking *ranking)
{
	while (ranking->count > 0)
		free(ranking->documents[--ranking->count]);
}

static void add_document(
	struct ranking *ranking, const char *document, double score)
{
	char *copy = ranking->count < DEPTH ? strdup(document) : NULL;

	if (!copy)
		return;
	ranking->scores[ranking->count] = score;
	ranking->documents[ranking->count++] = copy;
}

static int ask(struct ranking *ranking, const struct judge *judge,
	kz_index *index, const struct kzb_query *query)
{
	kz_search_options options = KZ_SEARCH_OPTIONS_INIT;
	kz_results *results;
	const kz_hit *hit;
	kz_error error = {KZ_OK, 0, ""};

	options.limit = DEPTH;
	options.per_document = 1;
	if (judge->options->tells_language && *query->language)
		options.languages = query->language;
	if (kz_search(&results, index, query->text, strlen(query->text),
		    &options, &error) != KZ_OK) {
		kzi_say(KZB_PROGRAM, "query %s: %s", query->id, error.message);
		return 0;
	}
	while (kz_results_next(results, &hit, NULL) == KZ_OK)
		add_document(ranking, hit->document, hit->score);
	kz_results_free(results);
	return 1;
}

/* Scores must fall in a run file: tools sort by them and forget the rank. */
static void put_run(FILE *out, const struct kzb_query *query,
	const struct ranking *ranking)
{
	size_t i;

	for (i = 0; out && i < ranking->count; i++)
		fprintf(out, "%s Q0 %s %zu %.6f kalauz\n", query->id,
			ranking->documents[i], i + 1,
			ranking->scores[i] - (double)i * 1e-6);
}

static void take_scores(struct scores *scores, const struct judge *judge,
	size_t query, const struct ranking *ranking)
{
	const struct line *wanted;
	double values[MEASURES];
	size_t count;
	int m;

	if (!judge->counts[query])
		return;
	wanted = lines_of(
		&judge->qrels, judge->queries->items[query].id, &count);
	measure(values, ranking, wanted, count);
	for (m = 0; m < MEASURES; m++)
		scores->of[m][query] = values[m];
}

static int score_index(struct scores *scores, const struct judge *judge,
	const char *path, FILE *run)
{
	struct ranking ranking = {.count = 0};
	kz_error error;
	kz_index *index;
	int good = 1;
	size_t i;

	if (kz_index_open(&index, path, &error) != KZ_OK) {
		kzi_say(KZB_PROGRAM, "%s", error.message);
		return 0;
	}
	for (i = 0; i < judge->queries->count && good; i++) {
		good = ask(&ranking, judge, index, &judge->queries->items[i]);
		put_run(run, &judge->queries->items[i], &ranking);
		take_scores(scores, judge, i, &ranking);
		clear_ranking(&ranking);
	}
	kz_index_close(index);
	return good;
}

static int score_run(
	struct scores *scores, const struct judge *judge, const char *path)
{
	struct ranking ranking = {.count = 0};
	struct lines run;
	size_t i, j;
	int good = read_lines(&run, path, FIELDS, 4);

	for (i = 0; i < judge->queries->count && good; i++) {
		size_t count;
		const struct line *hits =
			lines_of(&run, judge->queries->items[i].id, &count);

		for (j = 0; j < count; j++)
			add_document(&ranking, hits[j].document, hits[j].value);
		take_scores(scores, judge, i, &ranking);
		clear_ranking(&ranking);
	}
	release_lines(&run);
	return good;
}

/* ---- Tables ------------------------------------------------------------ */

/* The values of a measure, of the queries of a language that count. */
static size_t collect(double *out, const struct judge *judge,
	const double *values, const double *others, const char *language)
{
	size_t count = 0, i;

	for (i = 0; i < judge->queries->count; i++)
		if (judge->counts[i] &&
			(!language || !strcmp(language,
				judge->queries->items[i].language)))
			out[count++] = values[i] - (others ? others[i] : 0);
	return count;
}

static double mean(const double *values, size_t count)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < count; i++)
		sum += values[i];
	return count ? sum / (double)count : 0;
}

static void put_row(const struct judge *judge, const struct scores *scores,
	const struct scores *others, double *room, const char *language)
{
	size_t count = collect(room, judge, scores->of[0], NULL, language);
	int m;

	if (count == 0)
		return;
	printf("%-5s %6zu", language ? language : "all", count);
	for (m = 0; m < MEASURES; m++) {
		struct kzb_interval interval;

		collect(room, judge, scores->of[m], NULL, language);
		interval = kzb_bootstrap(room, count);
		printf("  %.4f (%.4f-%.4f)", mean(room, count), interval.low,
			interval.high);
		if (!others)
			continue;
		collect(room, judge, scores->of[m], others->of[m], language);
		printf(" %+.4f p=%.4f", mean(room, count),
			kzb_randomization(room, count));
	}
	putchar('\n');
}

static void put_table(const struct judge *judge, const struct scores *scores,
	const struct scores *others, double *room)
{
	const char *tag;
	size_t i;
	int m;

	printf("%-5s %6s", "lang", "count");
	for (m = 0; m < MEASURES; m++)
		printf("  %-*s", others ? 39 : 22, names[m]);
	putchar('\n');
	for (i = 0; (tag = kz_language(i)); i++)
		put_row(judge, scores, others, room, tag);
	put_row(judge, scores, others, room, NULL);
	puts("(95 % intervals by bootstrap)");
	if (others)
		puts("(difference to the other run; p by paired randomisation)");
}

/* ---- All of it --------------------------------------------------------- */

static int make_scores(struct scores *scores, size_t count)
{
	int m, good = 1;

	for (m = 0; m < MEASURES; m++) {
		scores->of[m] = calloc(count, sizeof(double));
		good &= scores->of[m] != NULL;
	}
	return good;
}

static void release_scores(struct scores *scores)
{
	int m;

	for (m = 0; m < MEASURES; m++)
		free(scores->of[m]);
}

static int find_counting(struct judge *judge)
{
	size_t found = 0, i;

	judge->counts = calloc(judge->queries->count, 1);
	for (i = 0; judge->counts && i < judge->queries->count; i++) {
		size_t count;
		const struct line *wanted = lines_of(
			&judge->qrels, judge->queries->items[i].id, &count);

		judge->counts[i] = count > 0 && wanted->value > 0;
		found += (size_t)judge->counts[i];
	}
	if (found == 0)
		kzi_say(KZB_PROGRAM, "%s: nothing in it about these queries",
			judge->options->qrels);
	return found > 0;
}

static int is_folder(const char *path)
{
	struct stat facts;

	return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

static int score_ours(struct scores *scores, const struct judge *judge)
{
	const char *path = judge->options->run_file;
	FILE *run = path ? fopen(path, "w") : NULL;
	int good = 0, is_written;

	if (!path || run)
		good = score_index(scores, judge, judge->options->index, run);
	if (!path)
		return good;
	is_written = run && !ferror(run);
	if (run && fclose(run) != 0)
		is_written = 0;
	if (!is_written)
		kzi_say(KZB_PROGRAM, "cannot write %s", path);
	return good && is_written;
}

int kzb_judge(
	const struct kzb_options *options, const struct kzb_queries *queries)
{
	struct judge judge = {.options = options, .queries = queries};
	const char *against = options->against;
	struct scores ours, others;
	double *room = calloc(queries->count, sizeof(*room));
	int good = make_scores(&ours, queries->count);

	good = make_scores(&others, queries->count) && good && room &&
	       read_lines(&judge.qrels, options->qrels, 4, 3) &&
	       find_counting(&judge) && score_ours(&ours, &judge);
	if (good && against)
		good = is_folder(against)
			? score_index(&others, &judge, against, NULL)
			: score_run(&others, &judge, against);
	if (good)
		put_table(&judge, &ours, against ? &others : NULL, room);
	release_scores(&ours);
	release_scores(&others);
	release_lines(&judge.qrels);
	free(judge.counts);
	free(room);
	return good ? KZI_EXIT_OK : KZI_EXIT_FAILED;
}
