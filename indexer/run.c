/* run.c -- see run.h.
 *
 * For each file: is it new or changed? Then its old passages go and its new
 * ones come, together with its entry in the manifest. Now and then, and when it
 * is asked to stop, the work is committed; a run that dies leaves the last
 * commit, and the next run goes on from there. A commit amid a file has an entry
 * that says so, and which is true of no file, so that it is read again. */
#include "indexer/run.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "indexer/crew.h"
#include "indexer/dictionaries.h"
#include "indexer/remedy.h"
#include "indexer/repeats.h"
#include "indexer/source.h"
#include "indexer/vocabulary.h"

enum {
	PATH_MOST = 4096,
	SENTENCE = KZI_REASON_MOST + 80, /* A reason and a remedy. */
	/* Between two commits: text, where the options do not say, and seconds,
	 * since little text may be hours of work. A load that is one batch is
	 * written once (flat_write.c); each megabyte of text takes three of
	 * memory until then. */
	COMMIT_MEGABYTES = 128,
	COMMIT_SECONDS = 60
};

struct run {
	const struct kzi_run_options *options;
	struct kzi_run_report *report;
	struct kzi_sources sources;
	struct kzi_manifest manifest;
	struct kzi_crew *crew;
	struct kzi_writer *writer;
	struct kzi_counting *counting;
	const struct kzi_source *source; /* At hand. */
	const struct kzi_entry *entry;   /* What is known of it, or NULL. */
	struct kzi_store_info committed; /* As the last commit left it ... */
	double commit_time;              /* ... and when. */
	int is_cleared; /* Amid a file: nothing old is left of it. */
	kz_status status;                /* Of the writer. */
	kz_error *err;
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* ---- One file ---------------------------------------------------------- */

/* What the index has of the file goes before the first that it has now, and its
 * entry with it. */
static kz_status clear_old(struct run *run)
{
	const char *name = run->source->name;
	kz_status status = KZ_OK;

	if (run->is_cleared)
		return KZ_OK;
	run->is_cleared = 1;
	if (run->entry)
		status = kzi_manifest_forget(run->writer, name, run->err);
	if (status == KZ_OK)
		status = kzi_writer_remove(
			run->writer, name, strlen(name), run->err);
	return status;
}

static kz_status commit(struct run *run)
{
	kz_status status = kzi_writer_commit(run->writer, run->err);

	if (status == KZ_OK)
		run->committed = *kzi_writer_get_info(run->writer);
	run->commit_time = now();
	return status;
}

static int is_time_to_commit(const struct run *run)
{
	size_t pending = kzi_writer_pending(run->writer);
	size_t megabytes = run->options->commit_megabytes
		? (size_t)run->options->commit_megabytes
		: COMMIT_MEGABYTES;

	return pending > megabytes << 20 ||
		(pending && now() - run->commit_time > COMMIT_SECONDS);
}

static kz_status commit_amid(struct run *run)
{
	const struct kzi_entry entry = { .name = run->source->name,
		.size = UINT64_MAX,
		.outcome = KZI_FAILED,
		.reason = "the run ended before it was read" };
	kz_status status = kzi_manifest_put(run->writer, &entry, run->err);

	return status == KZ_OK ? commit(run) : status;
}

static kz_status take_document(void *context,
	const struct kzi_document_record *record, enum kzi_kind kind)
{
	struct run *run = context;
	const char *name = run->source->name;
	struct kzi_string source = { name, strlen(name) };
	kz_status status = clear_old(run);

	if (status == KZ_OK && is_time_to_commit(run))
		status = commit_amid(run);
	if (status == KZ_OK)
		status = kzi_writer_document(
			run->writer, source, record, kind, run->err);
	return status;
}

static kz_status take_passage(
	void *context, const struct kzi_made_passage *passage)
{
	struct run *run = context;

	return kzi_writer_passage(run->writer, &passage->record,
		passage->language, passage->postings, passage->count, run->err);
}

static kz_status take_words(
	void *context, const struct kzi_word_counts *counts)
{
	struct run *run = context;

	return kzi_counting_add(run->counting, counts, run->err);
}

void kzi_run_report_unread(struct kzi_run_report *report, const char *name,
	const char *reason, enum kzi_outcome outcome)
{
	struct kzi_unread unread = { .outcome = outcome };
	const char *remedy = kzi_remedy(name, reason, outcome);
	char sentence[SENTENCE];

	snprintf(sentence, sizeof(sentence), "%s%s%s", reason,
		remedy ? "; " : "", remedy ? remedy : "");
	unread.name = kzi_arena_copy(&report->arena, name, strlen(name));
	unread.reason =
		kzi_arena_copy(&report->arena, sentence, strlen(sentence));
	if (unread.name && unread.reason)
		kzi_buf_append(&report->unread, &unread, sizeof(unread));
}

static int is_same(
	const struct kzi_entry *entry, const struct kzi_source *source)
{
	return entry && !source->fault && entry->size == source->size &&
		entry->changed == source->changed &&
		entry->origin == kzi_origin_sum(&source->origin);
}

/* 1 if the hash of the file may tell that it is as it was. */
static int is_by_hash(
	const struct kzi_entry *entry, const struct kzi_source *source)
{
	return entry && entry->outcome == KZI_INDEXED &&
		entry->origin == kzi_origin_sum(&source->origin);
}

static enum kzi_outcome stays(struct run *run, const struct kzi_entry *entry)
{
	if (entry->outcome == KZI_INDEXED)
		return KZI_UNCHANGED;
	kzi_run_report_unread(
		run->report, entry->name, entry->reason, entry->outcome);
	return entry->outcome;
}

/* The file was read: its entry says so. */
static void note_reading(struct run *run, const struct kzi_reading *reading)
{
	struct kzi_entry entry = { .name = run->source->name,
		.size = run->source->size,
		.changed = run->source->changed,
		.origin = kzi_origin_sum(&run->source->origin),
		.hash = reading->hash,
		.outcome = reading->outcome };

	if (reading->outcome == KZI_UNCHANGED) {
		entry.outcome = KZI_INDEXED;
		entry.reason = "";
	} else {
		run->status = clear_old(run);
		entry.reason = reading->outcome == KZI_FAILED
			? reading->reason
			: kzi_outcome_reason(reading->outcome);
	}
	/* Half a file whose reader died is worse than none: what is there would
	 * hang on the moment. */
	if (run->status == KZ_OK && reading->is_lost)
		run->status = kzi_writer_remove(run->writer, entry.name,
			strlen(entry.name), run->err);
	if (run->status == KZ_OK)
		run->status = kzi_manifest_put(run->writer, &entry, run->err);
}

static enum kzi_outcome take_read(struct run *run)
{
	const struct kzi_sink sink = { take_document, take_passage, take_words,
		run };
	struct kzi_reading reading;

	run->status = kzi_crew_take(run->crew, &sink, &reading, run->err);
	if (run->status != KZ_OK)
		return KZI_FAILED;
	run->report->bytes_read += reading.length;
	/* Where we were not let in, what was read before stays. */
	if (!reading.is_refused)
		note_reading(run, &reading);
	run->is_cleared = 0;
	if (reading.outcome == KZI_FAILED || reading.outcome == KZI_EMPTY ||
		reading.outcome == KZI_SKIPPED)
		kzi_run_report_unread(run->report, run->source->name,
			reading.outcome == KZI_FAILED
				? reading.reason
				: kzi_outcome_reason(reading.outcome),
			reading.outcome);
	return reading.outcome;
}

/* ---- All files --------------------------------------------------------- */

/* Ask for as many files as may be, from *next on: those that are new or seem to
 * have changed. */
static void ask(struct run *run, size_t *next)
{
	size_t count = kzi_sources_count(&run->sources);

	for (; *next < count && !kzi_crew_is_full(run->crew); ++*next) {
		const struct kzi_source *source =
			kzi_sources_at(&run->sources, *next);
		struct kzi_entry *entry =
			kzi_manifest_find(&run->manifest, source->name);

		if (entry)
			entry->is_seen = 1;
		if (!is_same(entry, source))
			kzi_crew_ask(run->crew, source,
				is_by_hash(entry, source),
				entry ? entry->hash : 0);
	}
}

/* Lines of pages that repeat are none of their text: known before the first is
 * read. */
static void find_repeats(struct run *run)
{
	struct kzi_buf notes = { 0 };

	run->status = kzi_repeats_find(&run->sources, run->crew,
		run->manifest.repeats, &notes, run->err);
	if (run->status == KZ_OK)
		run->status = kzi_manifest_put_repeats(&run->manifest,
			run->writer,
			(struct kzi_string){ notes.data, notes.length },
			run->err);
	kzi_buf_release(&notes);
}

static void take_all(struct run *run, kzi_progress *progress, void *context)
{
	size_t count = kzi_sources_count(&run->sources), next = 0, i;

	for (i = 0; i < count && run->status == KZ_OK; i++) {
		enum kzi_outcome outcome;

		if (run->options->stop && *run->options->stop) {
			run->status = KZ_END;
			return;
		}
		ask(run, &next);
		run->source = kzi_sources_at(&run->sources, i);
		run->entry =
			kzi_manifest_find(&run->manifest, run->source->name);
		outcome = is_same(run->entry, run->source)
			? stays(run, run->entry)
			: take_read(run);
		run->report->files[outcome]++;
		if (progress)
			progress(context, i + 1, count, run->source->name,
				outcome);
	}
}

/* What was done before it was asked to stop is kept; not of an index that is
 * built beside the old one. */
static void keep_stopped(struct run *run)
{
	kz_status status = KZ_OK;

	if (!run->options->rebuilds && kzi_writer_pending(run->writer))
		status = run->is_cleared ? commit_amid(run) : commit(run);
	if (status != KZ_OK)
		run->status = status;
}

/* What has an entry and was not met is gone, unless it is out of sight. */
static void remove_gone(struct run *run)
{
	size_t i;

	for (i = 0; i < kzi_manifest_count(&run->manifest); i++) {
		const struct kzi_entry *entry =
			kzi_manifest_at(&run->manifest, i);

		if (entry->is_seen || run->status != KZ_OK ||
			kzi_sources_hide(&run->sources, entry->name))
			continue;
		run->status = kzi_writer_remove(run->writer, entry->name,
			strlen(entry->name), run->err);
		if (run->status == KZ_OK)
			run->status = kzi_manifest_forget(
				run->writer, entry->name, run->err);
		if (entry->outcome == KZI_INDEXED)
			run->report->files[KZI_REMOVED]++;
	}
}

static kz_status take_fingerprint(
	char fingerprint[KZI_FINGERPRINT], kz_error *err)
{
	struct kzi_builder *builder = kzi_builder_new();
	int done = builder &&
		kzi_fingerprint(kzi_builder_analyzer(builder), fingerprint);

	kzi_builder_free(builder);
	return done ? KZ_OK : kzi_fail_memory(err);
}

static kz_status open_run(struct run *run)
{
	const struct kzi_run_options *options = run->options;
	char fingerprint[KZI_FINGERPRINT];
	const struct kzi_crew_options crew = { .jobs = (unsigned)options->jobs,
		.patience_ms = options->patience_ms,
		.stop = options->stop,
		.worker = { .fallback = options->fallback, .has_terms = 1 } };
	kz_status status = take_fingerprint(fingerprint, run->err);

	if (status == KZ_OK)
		status = kzi_crew_open(&run->crew, &crew, run->err);
	if (status != KZ_OK)
		return status;
	status = kzi_writer_open(&run->writer, options->index,
		options->rebuilds ? KZI_WRITER_REBUILD : 0, fingerprint,
		run->err);
	if (status != KZ_OK)
		return status;
	run->committed = *kzi_writer_get_info(run->writer);
	run->commit_time = now();
	status = kzi_counting_open(&run->counting, run->writer, run->err);
	if (status == KZ_OK)
		status = kzi_manifest_load(
			&run->manifest, run->writer, run->err);
	if (status == KZ_OK &&
		!kzi_sources_find(&run->sources, options->index,
			options->paths, options->path_count))
		status = kzi_fail_memory(run->err);
	return status;
}

static void close_run(struct run *run)
{
	run->report->guards = run->crew ? kzi_crew_guards(run->crew) : 0;
	kzi_crew_close(run->crew);
	if (run->writer)
		run->report->info = run->status == KZ_END
			? run->committed
			: *kzi_writer_get_info(run->writer);
	kzi_counting_close(run->counting);
	kzi_writer_close(run->writer);
	kzi_manifest_release(&run->manifest);
	kzi_sources_release(&run->sources);
}

/* The word table stands beside the generations; it is the same for all. */
static kz_status refresh_dictionaries(struct run *run)
{
	struct kzi_dictionaries dictionaries = { .share = run->options->share,
		.cache = run->options->cache };
	char table[PATH_MOST];

	if (snprintf(table, sizeof(table), "%s/" KZI_GLOSSARY_FILE,
		    run->options->index) >= (int)sizeof(table))
		return kzi_fail(run->err, KZ_ERR_IO, "%s: path too long",
			run->options->index);
	dictionaries.table = table;
	return kzi_dictionaries_refresh(&dictionaries, run->err);
}

kz_status kzi_run(const struct kzi_run_options *options,
	struct kzi_run_report *report, kzi_progress *progress, void *context,
	kz_error *err)
{
	struct run run = { .options = options, .report = report, .err = err };
	double start = now();

	memset(report, 0, sizeof(*report));
	run.status = open_run(&run);
	if (run.status == KZ_OK)
		find_repeats(&run);
	if (run.status == KZ_OK)
		take_all(&run, progress, context);
	if (run.status == KZ_END)
		keep_stopped(&run);
	if (run.status == KZ_OK && !options->keeps)
		remove_gone(&run);
	if (run.status == KZ_OK)
		run.status =
			kzi_counting_finish(run.counting, run.writer, err);
	if (run.status == KZ_OK)
		run.status = kzi_writer_publish(run.writer, err);
	if (run.status == KZ_OK)
		run.status = refresh_dictionaries(&run);
	close_run(&run);
	report->seconds = now() - start;
	return run.status;
}

void kzi_run_report_release(struct kzi_run_report *report)
{
	kzi_arena_release(&report->arena);
	kzi_buf_release(&report->unread);
}
