/* compare.c -- two reports, and whether the second is slower.
 *
 * Compared are the same queries, each by the logarithms of its times, so that a
 * slow query weighs no more than a fast one: the ratio is the geometric mean
 * over the queries. How sure it is comes from a bootstrap over queries and over
 * rounds at once: a round that was disturbed as a whole (by another program) is
 * one observation, not a thousand. What is left, the drift between two runs of
 * the same program, no report can know; so a difference of under two hundredths
 * is never called one. */
#include "bench.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "cli/say.h"

enum {
	BOOTSTRAPS = 1000,
	ROUNDS_LEAST = 5,
	ROUNDS_MOST = 64, /* Of each report; those behind them are left out. */
	SEED = 1
};

static const double LEAST_DIFFERENCE = 0.02;

/* A report: log of the time of each query in each round. */
struct side {
	json_t *report;
	const json_t *queries;
	double *logs;      /* By query, then by round. */
	size_t rounds;     /* That every query has. */
};

/* ---- Reading ----------------------------------------------------------- */

static json_t *load(const char *path)
{
	json_error_t error;
	json_t *report = json_load_file(path, 0, &error);

	if (report && json_is_array(json_object_get(report, "queries")))
		return report;
	kzi_say(KZB_PROGRAM, "%s: not a report of " KZB_PROGRAM "%s%s", path,
		report ? "" : ": ", report ? "" : error.text);
	json_decref(report);
	return NULL;
}

static const json_t *times_of(const struct side *side, size_t query)
{
	return json_object_get(json_array_get(side->queries, query), "us");
}

static int open_side(struct side *side, const char *path)
{
	size_t i;

	side->report = load(path);
	if (!side->report)
		return 0;
	side->queries = json_object_get(side->report, "queries");
	side->rounds = ROUNDS_MOST;
	for (i = 0; i < json_array_size(side->queries); i++)
		if (json_array_size(times_of(side, i)) < side->rounds)
			side->rounds = json_array_size(times_of(side, i));
	if (side->rounds > 0)
		return 1;
	kzi_say(KZB_PROGRAM, "%s: a query was never asked; measure longer",
		path);
	return 0;
}

static int take_logs(struct side *side)
{
	size_t count = json_array_size(side->queries), i, j;

	side->logs = calloc(count * side->rounds, sizeof(*side->logs));
	if (!side->logs)
		return 0;
	for (i = 0; i < count; i++)
		for (j = 0; j < side->rounds; j++) {
			double us = json_number_value(
				json_array_get(times_of(side, i), j));

			side->logs[i * side->rounds + j] =
				log(us > 0.1 ? us : 0.1);
		}
	return 1;
}

static void close_side(struct side *side)
{
	free(side->logs);
	json_decref(side->report);
}

static int same_text(
	const struct side *a, const struct side *b, const char *key)
{
	const char *x = json_string_value(json_object_get(a->report, key));
	const char *y = json_string_value(json_object_get(b->report, key));

	return x && y && !strcmp(x, y);
}

static int same_machine(const struct side *a, const struct side *b)
{
	return json_equal(json_object_get(a->report, "machine"),
		json_object_get(b->report, "machine"));
}

/* How the queries were asked, beside what came of it. */
static int same_loop(const struct side *a, const struct side *b)
{
	static const char *const keys[] = {
		"rate", "threads", "limit", "language_told", "processor_time"};
	const json_t *x = json_object_get(a->report, "loop");
	const json_t *y = json_object_get(b->report, "loop");
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (!json_equal(json_object_get(x, keys[i]),
			    json_object_get(y, keys[i])))
			return 0;
	return 1;
}

/* What must be the same for the two to be about one thing. */
static int can_compare(
	const struct side *a, const struct side *b, int any_results)
{
	const char *reason = NULL;

	if (json_array_size(a->queries) != json_array_size(b->queries) ||
		!same_text(a, b, "queries_hash"))
		reason = "the queries differ";
	else if (!same_text(a, b, "results_hash") && !any_results)
		reason = "the results differ, so the work does; --any-results"
			 " compares all the same";
	if (reason)
		kzi_say(KZB_PROGRAM, "not compared: %s", reason);
	return !reason;
}

/* ---- The ratio --------------------------------------------------------- */

/* Mean over the chosen queries and rounds; NULL chooses all. */
static double mean_log(const struct side *side, const size_t *queries,
	const size_t *rounds, size_t count)
{
	double sum = 0;
	size_t i, j;

	for (i = 0; i < count; i++) {
		size_t query = queries ? queries[i] : i;

		for (j = 0; j < side->rounds; j++)
			sum += side->logs[query * side->rounds +
					  (rounds ? rounds[j] : j)];
	}
	return sum / (double)(count * side->rounds);
}

static void draw(uint64_t *seed, size_t *chosen, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		chosen[i] = kzb_random_below(seed, count);
}

static int interval_of(const struct side *a, const struct side *b,
	struct kzb_interval *interval)
{
	size_t count = json_array_size(a->queries), i;
	size_t *queries = calloc(count, sizeof(*queries));
	size_t rounds_a[ROUNDS_MOST], rounds_b[ROUNDS_MOST];
	double ratios[BOOTSTRAPS];
	uint64_t seed = SEED;

	if (!queries)
		return 0;
	for (i = 0; i < BOOTSTRAPS; i++) {
		draw(&seed, queries, count);
		draw(&seed, rounds_a, a->rounds);
		draw(&seed, rounds_b, b->rounds);
		ratios[i] = exp(mean_log(b, queries, rounds_b, count) -
				mean_log(a, queries, rounds_a, count));
	}
	kzb_sort(ratios, BOOTSTRAPS);
	interval->low = kzb_percentile(ratios, BOOTSTRAPS, 0.025);
	interval->high = kzb_percentile(ratios, BOOTSTRAPS, 0.975);
	free(queries);
	return 1;
}

static double number_of(const struct side *side, const char *key)
{
	const json_t *groups = json_object_get(side->report, "groups");

	return json_number_value(
		json_object_get(json_array_get(groups, 0), key));
}

/* Programs that wanted a processor before the loop began. */
static double load_of(const struct side *side)
{
	return json_number_value(json_object_get(
		json_object_get(side->report, "loop"), "load_before"));
}

static void put_points(const struct side *a, const struct side *b)
{
	char key[16];
	int i;

	printf("%-12s %9s %9s %9s\n", "", "old, us", "new, us", "ratio");
	for (i = -1; i < KZB_POINTS; i++) {
		const char *name = i < 0 ? "mean" : kzb_point_names[i];
		double x, y;

		snprintf(key, sizeof(key), "%s_us", name);
		x = number_of(a, key);
		y = number_of(b, key);
		printf("%-12s %9.0f %9.0f %9.3f\n", name, x, y,
			x > 0 ? y / x : 0);
	}
}

static int put_verdict(double ratio, struct kzb_interval interval)
{
	int is_sure = interval.low > 1 || interval.high < 1;
	int code = KZI_EXIT_OK;

	printf("%-12s %29.3f  (95 %%: %.3f to %.3f)\n", "a query", ratio,
		interval.low, interval.high);
	if (!is_sure || fabs(ratio - 1) < LEAST_DIFFERENCE) {
		puts("verdict: no difference beyond noise");
	} else if (ratio > 1) {
		printf("verdict: slower, by %.1f %%\n", 100 * (ratio - 1));
		code = KZB_EXIT_SLOWER;
	} else {
		printf("verdict: faster, by %.1f %%\n", 100 * (1 - ratio));
	}
	return code;
}

static void put_notes(const struct side *a, const struct side *b)
{
	if (!same_machine(a, b))
		puts("note: the machines differ");
	if (!same_loop(a, b))
		puts("note: they were not measured in the same way");
	if (!same_text(a, b, "results_hash"))
		puts("note: the results differ");
	if (a->rounds < ROUNDS_LEAST || b->rounds < ROUNDS_LEAST)
		printf("note: a query was asked only %zu and %zu times;"
		       " measure longer\n", a->rounds, b->rounds);
	if (fmax(load_of(a), load_of(b)) > 1)
		puts("note: other programs kept the machine busy");
}

static int compare(struct side *a, struct side *b)
{
	struct kzb_interval interval;
	size_t count = json_array_size(a->queries);
	double ratio;

	if (!take_logs(a) || !take_logs(b) || !interval_of(a, b, &interval)) {
		kzi_say(KZB_PROGRAM, "out of memory");
		return KZI_EXIT_FAILED;
	}
	ratio = exp(mean_log(b, NULL, NULL, count) -
		    mean_log(a, NULL, NULL, count));
	put_notes(a, b);
	put_points(a, b);
	return put_verdict(ratio, interval);
}

int kzb_compare(const char *old_path, const char *new_path, int any_results)
{
	struct side a = {NULL, NULL, NULL, 0}, b = {NULL, NULL, NULL, 0};
	int code = KZI_EXIT_FAILED;

	if (open_side(&a, old_path) && open_side(&b, new_path) &&
		can_compare(&a, &b, any_results))
		code = compare(&a, &b);
	close_side(&a);
	close_side(&b);
	return code;
}
