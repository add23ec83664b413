/* stats.c -- percentiles, and what chance alone would do. */
#include "bench.h"

#include <math.h>
#include <stdlib.h>

enum {
	BOOTSTRAPS = 1000,
	FLIPS = 10000, /* Randomisations: p to a ten-thousandth. */
	SEED = 1
};

static const double points[KZB_POINTS] = {0.5, 0.9, 0.99, 0.999, 1};
const char *const kzb_point_names[KZB_POINTS] = {
	"p50", "p90", "p99", "p99.9", "max"};

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

void kzb_sort(double *values, size_t count)
{
	if (count > 0)
		qsort(values, count, sizeof(*values), compare);
}

double kzb_percentile(const double *sorted, size_t count, double part)
{
	double rank = ceil(part * (double)count);

	if (count == 0)
		return 0;
	return sorted[rank < 1 ? 0 : (size_t)rank - 1];
}

static double mean(const double *values, size_t count)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < count; i++)
		sum += values[i];
	return count ? sum / (double)count : 0;
}

void kzb_summarize(struct kzb_summary *summary, double *us, size_t count)
{
	int i;

	kzb_sort(us, count);
	summary->count = count;
	summary->mean = mean(us, count);
	for (i = 0; i < KZB_POINTS; i++)
		summary->at[i] = kzb_percentile(us, count, points[i]);
}

/* SplitMix64 (Steele, Lea and Flood, 2014). */
static uint64_t next_random(uint64_t *seed)
{
	uint64_t z = *seed += 0x9E3779B97F4A7C15u;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

size_t kzb_random_below(uint64_t *seed, size_t end)
{
	return (size_t)(next_random(seed) % end);
}

struct kzb_interval kzb_bootstrap(const double *values, size_t count)
{
	struct kzb_interval interval = {0, 0};
	double means[BOOTSTRAPS];
	uint64_t seed = SEED;
	size_t i, j;

	if (count == 0)
		return interval;
	for (i = 0; i < BOOTSTRAPS; i++) {
		double sum = 0;

		for (j = 0; j < count; j++)
			sum += values[kzb_random_below(&seed, count)];
		means[i] = sum / (double)count;
	}
	kzb_sort(means, BOOTSTRAPS);
	interval.low = kzb_percentile(means, BOOTSTRAPS, 0.025);
	interval.high = kzb_percentile(means, BOOTSTRAPS, 0.975);
	return interval;
}

double kzb_randomization(const double *differences, size_t count)
{
	double seen = fabs(mean(differences, count)) * (double)count;
	uint64_t seed = SEED, bits = 0;
	size_t extreme = 1, i, j;

	for (i = 0; i < FLIPS; i++) {
		double sum = 0;

		for (j = 0; j < count; j++) {
			if (j % 64 == 0)
				bits = next_random(&seed);
			sum += bits >> (j % 64) & 1 ? differences[j]
						    : -differences[j];
		}
		extreme += fabs(sum) >= seen - 1e-12;
	}
	return (double)extreme / (FLIPS + 1);
}
