/* report.c -- see report.h. */
#include "indexer/report.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/glyph.h"
#include "cli/json.h"
#include "cli/say.h"
#include "text/text.h"

enum {
	BAR = 24,         /* Columns of the bar. */
	BAR_TERMINAL = 60 /* Columns of a terminal with room for it. */
};

/* Seconds between two drawings: often enough to look alive. */
static const double REDRAW = 0.1;

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* ---- Progress ---------------------------------------------------------- */

void kzi_progress_start(
	struct kzi_progress_state *state, enum kzi_progress_kind kind)
{
	memset(state, 0, sizeof(*state));
	state->kind = kind;
	if (kind == KZI_PROGRESS_AUTO)
		state->kind = isatty(STDERR_FILENO) ? KZI_PROGRESS_ALWAYS
						    : KZI_PROGRESS_NEVER;
}

static void show_json(uint64_t done, uint64_t total, const char *name,
	enum kzi_outcome outcome)
{
	struct kzi_json json;

	kzi_json_init(&json, stderr);
	kzi_json_object(&json);
	kzi_json_key(&json, "done");
	kzi_json_unsigned(&json, done);
	kzi_json_key(&json, "total");
	kzi_json_unsigned(&json, total);
	kzi_json_key(&json, "path");
	kzi_json_text(&json, name);
	kzi_json_key(&json, "outcome");
	kzi_json_text(&json, kzi_outcome_name(outcome));
	kzi_json_end(&json);
	kzi_json_line(&json);
}

/* The bytes of a name that fit into so many columns. */
static size_t fit(const char *name, int columns)
{
	const char *at = name, *end = name + strlen(name);

	while (at < end) {
		const char *next = at;

		columns -= kzi_glyph_width(kzi_glyph_next(&next, end));
		if (columns < 0)
			break;
		at = next;
	}
	return (size_t)(at - name);
}

/* "[######            ] 25/100 stories/pecs.html", cut to the terminal; a
 * narrow one gets no bar. The last column stays free: some terminals wrap when
 * it is taken. */
static void draw(struct kzi_progress_state *state, uint64_t done,
	uint64_t total, const char *name)
{
	int filled = total ? (int)(BAR * done / total) : BAR, i;
	int width = kzi_say_width(stderr) - 1;
	char count[48];

	fputc('\r', stderr);
	if (width >= BAR_TERMINAL) {
		fputc('[', stderr);
		for (i = 0; i < BAR; i++)
			fputc(i < filled ? '#' : ' ', stderr);
		fputs("] ", stderr);
		width -= BAR + 3;
	}
	width -= snprintf(count, sizeof(count), "%" PRIu64 "/%" PRIu64 " ",
		done, total);
	fputs(count, stderr);
	kzi_say_safe(stderr, name, fit(name, width));
	fputs("\033[K", stderr);
	fflush(stderr);
	state->is_shown = 1;
}

void kzi_progress_show(void *context, uint64_t done, uint64_t total,
	const char *name, enum kzi_outcome outcome)
{
	struct kzi_progress_state *state = context;

	if (state->kind == KZI_PROGRESS_JSON) {
		show_json(done, total, name, outcome);
	} else if (state->kind == KZI_PROGRESS_ALWAYS &&
		(done == total || now() - state->last > REDRAW)) {
		draw(state, done, total, name);
		state->last = now();
	}
}

void kzi_progress_end(struct kzi_progress_state *state)
{
	if (state->is_shown)
		fputs("\r\033[K", stderr);
}

/* ---- The sum ----------------------------------------------------------- */

static size_t unread_count(const struct kzi_run_report *report)
{
	return report->unread.length / sizeof(struct kzi_unread);
}

static const struct kzi_unread *unread_at(
	const struct kzi_run_report *report, size_t i)
{
	return (const struct kzi_unread *)(const void *)report->unread.data + i;
}

static void put_unread(const struct kzi_run_report *report, FILE *out)
{
	size_t i;

	for (i = 0; i < unread_count(report); i++) {
		const struct kzi_unread *unread = unread_at(report, i);

		fprintf(out, "%s: ", kzi_outcome_name(unread->outcome));
		kzi_say_safe(out, unread->name, strlen(unread->name));
		fputs(": ", out);
		kzi_say_safe(out, unread->reason, strlen(unread->reason));
		fputc('\n', out);
	}
}

void kzi_report_text(const struct kzi_run_report *report, FILE *out)
{
	const char *mark = "";
	int i;

	put_unread(report, out);
	for (i = 0; i < KZI_OUTCOMES; i++) {
		if (!report->files[i])
			continue;
		fprintf(out, "%s%" PRIu64 " %s", mark, report->files[i],
			kzi_outcome_name((enum kzi_outcome)i));
		mark = ", ";
	}
	fprintf(out, "%s in %.1f s\n", *mark ? "" : "no files",
		report->seconds);
	fprintf(out, "%" PRIu64 " documents, %" PRIu64 " passages:",
		report->info.documents, report->info.passages);
	for (i = 0; i < KZI_LANGUAGES; i++)
		if (report->info.passages_of[i])
			fprintf(out, " %s %" PRIu64, kzi_language_tag(i),
				report->info.passages_of[i]);
	fputc('\n', out);
}

static void put_counts(const struct kzi_run_report *report,
	struct kzi_json *json)
{
	int i;

	kzi_json_key(json, "files");
	kzi_json_object(json);
	for (i = 0; i < KZI_OUTCOMES; i++) {
		kzi_json_key(json, kzi_outcome_name((enum kzi_outcome)i));
		kzi_json_unsigned(json, report->files[i]);
	}
	kzi_json_end(json);
	kzi_json_key(json, "passages");
	kzi_json_object(json);
	for (i = 0; i < KZI_LANGUAGES; i++) {
		if (!report->info.passages_of[i])
			continue;
		kzi_json_key(json, kzi_language_tag(i));
		kzi_json_unsigned(json, report->info.passages_of[i]);
	}
	kzi_json_end(json);
}

void kzi_report_json(const struct kzi_run_report *report, FILE *out)
{
	struct kzi_json json;
	size_t i;

	kzi_json_init(&json, out);
	kzi_json_object(&json);
	put_counts(report, &json);
	kzi_json_key(&json, "documents");
	kzi_json_unsigned(&json, report->info.documents);
	kzi_json_key(&json, "bytes");
	kzi_json_unsigned(&json, report->bytes_read);
	kzi_json_key(&json, "seconds");
	kzi_json_double(&json, report->seconds);
	kzi_json_key(&json, "not_indexed");
	kzi_json_array(&json);
	for (i = 0; i < unread_count(report); i++) {
		const struct kzi_unread *unread = unread_at(report, i);

		kzi_json_object(&json);
		kzi_json_key(&json, "path");
		kzi_json_text(&json, unread->name);
		kzi_json_key(&json, "outcome");
		kzi_json_text(&json, kzi_outcome_name(unread->outcome));
		kzi_json_key(&json, "reason");
		kzi_json_text(&json, unread->reason);
		kzi_json_end(&json);
	}
	kzi_json_end(&json);
	kzi_json_end(&json);
	kzi_json_line(&json);
}
