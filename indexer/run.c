/* run.c -- see run.h.
 *
 * For each file: is it new or changed? Then its old passages go and its new
 * ones come, together with its entry in the manifest. Every few megabytes the
 * work is committed; a run that dies leaves the last commit, and the next run
 * goes on from there, since a file without an entry is read again. */
#include "indexer/run.h"

#include <string.h>
#include <time.h>

#include "base/error.h"
#include "indexer/build.h"
#include "indexer/read.h"
#include "indexer/source.h"

/* Text between two commits: small batches keep Xapian's inverter fast, and
 * each costs a sync. */
static const size_t BATCH = 4u << 20;

struct run {
	const struct kzi_run_options *options;
	struct kzi_run_report *report;
	struct kzi_sources sources;
	struct kzi_manifest manifest;
	struct kzi_builder *builder;
	struct kzi_writer *writer;
	const struct kzi_source *source; /* At hand. */
	size_t passages;                 /* Of it, so far. */
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

static int take_document(void *context, struct kzi_document *document)
{
	struct run *run = context;
	size_t passages = 0;

	run->status = document->failed
		? kzi_fail_memory(run->err)
		: kzi_builder_add(run->builder, run->writer, run->source->name,
			  document, &passages, run->err);
	run->passages += passages;
	if (run->status == KZ_OK && kzi_writer_pending(run->writer) > BATCH)
		run->status = kzi_writer_commit(run->writer, run->err);
	return run->status != KZ_OK;
}

static enum kzi_outcome read_file(struct run *run, struct kzi_file *file)
{
	if (!file->bytes)
		return KZI_FAILED;
	if (!file->reader)
		return KZI_SKIPPED;
	if (kzi_file_read(file, run->source, run->options->fallback,
		    take_document, run))
		return KZI_FAILED;
	return run->passages > 0 ? KZI_INDEXED : KZI_EMPTY;
}

void kzi_run_report_unread(struct kzi_run_report *report, const char *name,
	const char *reason, enum kzi_outcome outcome)
{
	struct kzi_unread unread = { .outcome = outcome };

	unread.name = kzi_arena_copy(&report->arena, name, strlen(name));
	unread.reason = kzi_arena_copy(&report->arena, reason, strlen(reason));
	if (unread.name && unread.reason)
		kzi_buf_append(&report->unread, &unread, sizeof(unread));
}

/* Replace what the index has of the file by what it has now. */
static enum kzi_outcome take_changed(struct run *run, struct kzi_file *file)
{
	struct kzi_entry entry = { .name = run->source->name,
		.size = run->source->size,
		.changed = run->source->changed,
		.hash = file->hash };

	run->status = kzi_writer_remove(run->writer, entry.name,
		strlen(entry.name), run->err);
	if (run->status != KZ_OK)
		return KZI_FAILED;
	run->passages = 0;
	run->report->bytes_read += file->length;
	entry.outcome = read_file(run, file);
	entry.reason = entry.outcome == KZI_FAILED
		? file->reason
		: kzi_outcome_reason(entry.outcome);
	if (run->status == KZ_OK)
		run->status = kzi_manifest_put(run->writer, &entry, run->err);
	if (entry.outcome != KZI_INDEXED)
		kzi_run_report_unread(run->report, entry.name, entry.reason,
			entry.outcome);
	return entry.outcome;
}

static int is_same(
	const struct kzi_entry *entry, const struct kzi_source *source)
{
	return entry && !source->fault && entry->size == source->size &&
		entry->changed == source->changed;
}

static enum kzi_outcome stays(struct run *run, const struct kzi_entry *entry)
{
	if (entry->outcome == KZI_INDEXED)
		return KZI_UNCHANGED;
	kzi_run_report_unread(
		run->report, entry->name, entry->reason, entry->outcome);
	return entry->outcome;
}

static enum kzi_outcome take_source(
	struct run *run, const struct kzi_source *source)
{
	struct kzi_entry *entry =
		kzi_manifest_find(&run->manifest, source->name);
	enum kzi_outcome outcome;
	struct kzi_file file;

	run->source = source;
	if (entry)
		entry->is_seen = 1;
	if (is_same(entry, source))
		return stays(run, entry);
	kzi_file_open(&file, source);
	if (file.is_refused) {
		/* What was read of it before stays. */
		kzi_run_report_unread(run->report, source->name, file.reason,
			KZI_FAILED);
		outcome = KZI_FAILED;
	} else if (entry && file.bytes && entry->hash == file.hash &&
		entry->outcome == KZI_INDEXED) {
		entry->size = source->size;
		entry->changed = source->changed;
		run->status = kzi_manifest_put(run->writer, entry, run->err);
		outcome = KZI_UNCHANGED;
	} else {
		outcome = take_changed(run, &file);
	}
	kzi_file_close(&file);
	return outcome;
}

/* ---- All files --------------------------------------------------------- */

static void take_all(struct run *run, kzi_progress *progress, void *context)
{
	size_t count = kzi_sources_count(&run->sources), i;

	for (i = 0; i < count && run->status == KZ_OK; i++) {
		const struct kzi_source *source =
			kzi_sources_at(&run->sources, i);
		enum kzi_outcome outcome = take_source(run, source);

		run->report->files[outcome]++;
		if (progress)
			progress(context, i + 1, count, source->name, outcome);
	}
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

static kz_status open_run(struct run *run)
{
	const struct kzi_run_options *options = run->options;
	char fingerprint[KZI_FINGERPRINT];
	kz_status status;

	run->builder = kzi_builder_new();
	if (!run->builder ||
		!kzi_fingerprint(
			kzi_builder_analyzer(run->builder), fingerprint))
		return kzi_fail_memory(run->err);
	status = kzi_writer_open(&run->writer, options->index,
		options->rebuilds ? KZI_WRITER_REBUILD : 0, fingerprint,
		run->err);
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
	if (run->writer)
		run->report->info = *kzi_writer_get_info(run->writer);
	kzi_writer_close(run->writer);
	kzi_builder_free(run->builder);
	kzi_manifest_release(&run->manifest);
	kzi_sources_release(&run->sources);
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
		take_all(&run, progress, context);
	if (run.status == KZ_OK && !options->keeps)
		remove_gone(&run);
	if (run.status == KZ_OK)
		run.status = kzi_writer_publish(run.writer, err);
	close_run(&run);
	report->seconds = now() - start;
	return run.status;
}

void kzi_run_report_release(struct kzi_run_report *report)
{
	kzi_arena_release(&report->arena);
	kzi_buf_release(&report->unread);
}
