/* loop.c -- searches, again and again, and how long each took.
 *
 * A closed loop asks the next query when the last one is answered, in whole
 * rounds, so that every query counts the same. An open loop (--rate) asks at
 * fixed times whatever happened before; a late answer makes those behind it
 * late, and that is counted: each is timed from when it should have begun
 * (Tene: "coordinated omission"). All samples are kept. */
#include "bench.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/say.h"

enum { THREADS_MOST = 256 };

static const double NS_A_SECOND = 1e9;

struct loop {
	const struct kzb_options *options;
	const struct kzb_queries *queries;
	uint64_t start; /* Of the loop that is timed. */
	uint64_t end;
	uint64_t next;  /* Open loop: number of the next arrival; atomic. */
	pthread_barrier_t warm;
};

struct worker {
	struct loop *loop;
	pthread_t thread;
	kz_index *index;
	size_t number;
	struct kzb_samples *of; /* One a query. */
	uint64_t searches;
	int failed;
};

static uint64_t read_clock(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static uint64_t now_ns(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

int kzb_samples_add(struct kzb_samples *samples, double us)
{
	if (samples->count == samples->capacity) {
		size_t capacity =
			samples->capacity ? 2 * samples->capacity : 16;
		double *more =
			realloc(samples->us, capacity * sizeof(*more));

		if (!more)
			return 0;
		samples->us = more;
		samples->capacity = capacity;
	}
	samples->us[samples->count++] = us;
	return 1;
}

void kzb_times_release(struct kzb_times *times, size_t queries)
{
	size_t i;

	for (i = 0; times->of && i < queries; i++)
		free(times->of[i].us);
	free(times->of);
	times->of = NULL;
}

/* ---- One search -------------------------------------------------------- */

/* A search as a program does it: all hits fetched, then freed. `hash` may be
 * NULL. */
static int search(const struct loop *loop, kz_index *index,
	const struct kzb_query *query, uint64_t *hash, uint64_t *hits)
{
	kz_search_options options = KZ_SEARCH_OPTIONS_INIT;
	kz_results *results;
	const kz_hit *hit;
	kz_error error = {KZ_OK, 0, ""};
	kz_status status;

	options.limit = (uint32_t)loop->options->limit;
	if (loop->options->tells_language && *query->language)
		options.languages = query->language;
	status = kz_search(&results, index, query->text, strlen(query->text),
		&options, &error);
	while (status == KZ_OK &&
		(status = kz_results_next(results, &hit, &error)) == KZ_OK) {
		if (!hash)
			continue;
		*hash = kzb_hash(*hash, hit->id, strlen(hit->id) + 1);
		++*hits;
	}
	if (status != KZ_END) {
		kzi_say(KZB_PROGRAM, "query %s: %s", query->id,
			error.message[0] ? error.message
					 : kz_status_string(status));
		return 0;
	}
	kz_results_free(results);
	return 1;
}

/* ---- Loops ------------------------------------------------------------- */

/* Time a search from `start` on `clock`; with a rate that may be past. */
static int sample(
	struct worker *worker, size_t query, clockid_t clock, uint64_t start)
{
	const struct loop *loop = worker->loop;

	if (!search(loop, worker->index, &loop->queries->items[query], NULL,
		    NULL) ||
		!kzb_samples_add(&worker->of[query],
			(double)(read_clock(clock) - start) / 1e3)) {
		worker->failed = 1;
		return 0;
	}
	worker->searches++;
	return 1;
}

static void warm_up(struct worker *worker)
{
	const struct loop *loop = worker->loop;
	uint64_t end = now_ns() +
		       (uint64_t)((double)loop->options->warmup * NS_A_SECOND);
	size_t i = worker->number;

	for (; now_ns() < end && !worker->failed; i++)
		worker->failed = !search(loop, worker->index,
			&loop->queries->items[i % loop->queries->count], NULL,
			NULL);
}

/* Threads begin at different queries, so that they do not march in step. */
static void run_closed(struct worker *worker)
{
	const struct loop *loop = worker->loop;
	size_t count = loop->queries->count, i;
	size_t first = count * worker->number / loop->options->threads;
	clockid_t clock = loop->options->counts_processor
		? CLOCK_THREAD_CPUTIME_ID
		: CLOCK_MONOTONIC;

	do {
		for (i = 0; i < count; i++)
			if (!sample(worker, (first + i) % count, clock,
				    read_clock(clock)))
				return;
	} while (now_ns() < loop->end);
}

static void sleep_until(uint64_t when)
{
	struct timespec at = {(time_t)(when / 1000000000u),
		(long)(when % 1000000000u)};

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) != 0)
		continue;
}

static void run_open(struct worker *worker)
{
	struct loop *loop = worker->loop;
	double gap = NS_A_SECOND / (double)loop->options->rate;

	for (;;) {
		uint64_t number = __atomic_fetch_add(
			&loop->next, 1, __ATOMIC_RELAXED);
		uint64_t when =
			loop->start + (uint64_t)((double)number * gap);

		if (when >= loop->end)
			return;
		sleep_until(when);
		if (!sample(worker, (size_t)(number % loop->queries->count),
			    CLOCK_MONOTONIC, when))
			return;
	}
}

static void *run_worker(void *context)
{
	struct worker *worker = context;
	struct loop *loop = worker->loop;

	warm_up(worker);
	if (pthread_barrier_wait(&loop->warm) ==
		PTHREAD_BARRIER_SERIAL_THREAD) {
		loop->start = now_ns();
		loop->end = loop->start +
			    (uint64_t)((double)loop->options->seconds *
				    NS_A_SECOND);
	}
	pthread_barrier_wait(&loop->warm);
	if (worker->failed)
		return NULL;
	if (loop->options->rate)
		run_open(worker);
	else
		run_closed(worker);
	return NULL;
}

/* ---- All of it --------------------------------------------------------- */

static int open_workers(struct worker *workers, struct loop *loop)
{
	size_t i;

	for (i = 0; i < loop->options->threads; i++) {
		kz_error error;

		workers[i].loop = loop;
		workers[i].number = i;
		workers[i].of = calloc(
			loop->queries->count, sizeof(*workers[i].of));
		if (!workers[i].of) {
			kzi_say(KZB_PROGRAM, "out of memory");
			return 0;
		}
		if (kz_index_open(&workers[i].index, loop->options->index,
			    &error) != KZ_OK) {
			kzi_say(KZB_PROGRAM, "%s", error.message);
			return 0;
		}
	}
	return 1;
}

/* The lists of hits, so that two reports can tell whether they did the same
 * work. */
static int hash_results(
	struct kzb_times *times, struct loop *loop, kz_index *index)
{
	size_t i;

	times->results_hash = KZB_HASH;
	for (i = 0; i < loop->queries->count; i++) {
		if (!search(loop, index, &loop->queries->items[i],
			    &times->results_hash, &times->hits))
			return 0;
		times->results_hash =
			kzb_hash(times->results_hash, "\n", 1);
	}
	return 1;
}

static int run_workers(struct worker *workers, struct loop *loop)
{
	size_t count = loop->options->threads, started, i;
	int good = 1;

	pthread_barrier_init(&loop->warm, NULL, (unsigned)count);
	for (started = 0; started < count; started++)
		if (pthread_create(&workers[started].thread, NULL, run_worker,
			    &workers[started]) != 0)
			break;
	if (started < count) {
		/* Those at the barrier would wait for ever. */
		kzi_say(KZB_PROGRAM, "cannot start %zu threads", count);
		exit(KZI_EXIT_FAILED);
	}
	for (i = 0; i < count; i++) {
		pthread_join(workers[i].thread, NULL);
		good &= !workers[i].failed;
	}
	pthread_barrier_destroy(&loop->warm);
	return good;
}

/* Samples of all threads, by query and then in the order of the rounds. */
static int merge(struct kzb_times *times, struct worker *workers,
	const struct loop *loop)
{
	size_t query, round, t;
	int more;

	for (query = 0; query < loop->queries->count; query++)
		for (round = 0, more = 1; more; round++)
			for (more = 0, t = 0; t < loop->options->threads; t++) {
				const struct kzb_samples *of =
					&workers[t].of[query];

				if (round >= of->count)
					continue;
				more = 1;
				if (!kzb_samples_add(&times->of[query],
					    of->us[round]))
					return 0;
			}
	return 1;
}

static void close_workers(struct worker *workers, const struct loop *loop)
{
	size_t t, i;

	for (t = 0; t < loop->options->threads; t++) {
		for (i = 0; workers[t].of && i < loop->queries->count; i++)
			free(workers[t].of[i].us);
		free(workers[t].of);
		kz_index_close(workers[t].index);
	}
}

int kzb_loop(struct kzb_times *times, const struct kzb_options *options,
	const struct kzb_queries *queries)
{
	static struct worker workers[THREADS_MOST];
	struct loop loop = {.options = options, .queries = queries};
	int good;
	size_t i;

	memset(times, 0, sizeof(*times));
	times->of = calloc(queries->count, sizeof(*times->of));
	if (getloadavg(&times->load_before, 1) != 1)
		times->load_before = 0;
	good = times->of && open_workers(workers, &loop) &&
	       hash_results(times, &loop, workers[0].index) &&
	       run_workers(workers, &loop) && merge(times, workers, &loop);
	times->seconds = (double)(now_ns() - loop.start) / NS_A_SECOND;
	for (i = 0; i < options->threads; i++)
		times->searches += workers[i].searches;
	close_workers(workers, &loop);
	return good;
}
