/* report.c -- what was found: a table for people, JSON for --compare. */
#include "bench.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "cli/json.h"
#include "cli/say.h"

enum { REPORT_VERSION = 1, CPU_NAME = 128 };

static const double TENTHS = 10; /* Microseconds are kept to a tenth. */

/* ---- Groups ------------------------------------------------------------ */

struct group {
	const char *kind, *name;
	const char *language; /* NULL: any. */
	int class;            /* -1: any. */
};

static int is_in(const struct group *group, const struct kzb_query *query)
{
	return (!group->language ||
		       !strcmp(group->language, query->language)) &&
	       (group->class < 0 || group->class == (int)query->class);
}

static int visit_group(const struct kzb_report *report,
	const struct group *group, kzb_visit_group *visit, void *context)
{
	struct kzb_samples all = {NULL, 0, 0};
	int good = 1;
	size_t i, j;

	for (i = 0; i < report->queries->count; i++) {
		const struct kzb_samples *of = &report->times.of[i];

		if (!is_in(group, &report->queries->items[i]))
			continue;
		for (j = 0; j < of->count && good; j++)
			good = kzb_samples_add(&all, of->us[j]);
	}
	kzb_sort(all.us, all.count);
	if (good && all.count > 0)
		visit(context, group->kind, group->name, all.us, all.count);
	free(all.us);
	return good;
}

int kzb_groups(const struct kzb_report *report, kzb_visit_group *visit,
	void *context)
{
	struct group group = {"all", "all", NULL, -1};
	int good = visit_group(report, &group, visit, context);
	const char *tag;
	size_t i;

	group.kind = "language";
	for (i = 0; (tag = kz_language(i)) && good; i++) {
		group.name = group.language = tag;
		good = visit_group(report, &group, visit, context);
	}
	group.kind = "class";
	group.language = NULL;
	for (i = 0; i < KZB_CLASSES && good; i++) {
		group.name = kzb_class_names[i];
		group.class = (int)i;
		good = visit_group(report, &group, visit, context);
	}
	return good;
}

/* ---- The machine ------------------------------------------------------- */

struct machine {
	char cpu[CPU_NAME];
	long processors;
	double memory_gb;
	struct utsname system;
};

static void describe(struct machine *machine)
{
	static const char key[] = "model name";
	FILE *file = fopen("/proc/cpuinfo", "r");
	char line[512];

	memset(machine, 0, sizeof(*machine));
	snprintf(machine->cpu, sizeof(machine->cpu), "unknown processor");
	while (file && fgets(line, sizeof(line), file)) {
		char *colon = strchr(line, ':');

		if (strncmp(line, key, sizeof(key) - 1) || !colon)
			continue;
		colon += strspn(colon, ": ");
		colon[strcspn(colon, "\n")] = '\0';
		snprintf(machine->cpu, sizeof(machine->cpu), "%.*s",
			CPU_NAME - 1, colon);
		break;
	}
	if (file)
		fclose(file);
	machine->processors = sysconf(_SC_NPROCESSORS_ONLN);
	machine->memory_gb = (double)sysconf(_SC_PHYS_PAGES) *
			     (double)sysconf(_SC_PAGESIZE) / (1 << 30);
	uname(&machine->system);
}

/* ---- Text -------------------------------------------------------------- */

static void put_row(FILE *out, const char *name, double *us, size_t count)
{
	struct kzb_summary summary;
	int i;

	kzb_summarize(&summary, us, count);
	fprintf(out, "%-14s %8zu %9.0f", name, count, summary.mean);
	for (i = 0; i < KZB_POINTS; i++)
		fprintf(out, " %9.0f", summary.at[i]);
	fputc('\n', out);
}

static void put_group(void *context, const char *kind, const char *name,
	double *us, size_t count)
{
	(void)kind;
	put_row(context, name, us, count);
}

static void put_header(FILE *out, const char *what)
{
	int i;

	fprintf(out, "%-14s %8s %9s", what, "samples", "mean");
	for (i = 0; i < KZB_POINTS; i++)
		fprintf(out, " %9s", kzb_point_names[i]);
	fputc('\n', out);
}

static void put_facts(const struct kzb_report *report, FILE *out)
{
	const struct kzb_options *options = report->options;
	struct machine machine;

	describe(&machine);
	fprintf(out, "machine   %s, %ld processors, %.1f GB, %s %s\n",
		machine.cpu, machine.processors, machine.memory_gb,
		machine.system.sysname, machine.system.release);
	fprintf(out, "library   kalauz %s, analysis %s\n", kz_version(),
		report->index.analysis);
	fprintf(out, "index     %llu passages (%s), %.1f MB on disk\n",
		(unsigned long long)report->index.passages,
		report->index.languages, (double)report->index.bytes / 1e6);
	fprintf(out, "queries   %zu, file %016llx, results %016llx\n",
		report->queries->count,
		(unsigned long long)report->queries->hash,
		(unsigned long long)report->times.results_hash);
	fprintf(out, "loop      %s, %llu threads, top %llu, %llu s warm-up;"
		     " %llu searches in %.1f s: %.0f a second\n",
		options->rate ? "open" : "closed",
		(unsigned long long)options->threads,
		(unsigned long long)options->limit,
		(unsigned long long)options->warmup,
		(unsigned long long)report->times.searches,
		report->times.seconds,
		(double)report->times.searches / report->times.seconds);
	fprintf(out, "load      %.1f programs wanted a processor before it"
		     " began\n\n", report->times.load_before);
}

int kzb_report_text(const struct kzb_report *report, FILE *out)
{
	put_facts(report, out);
	put_header(out, report->options->counts_processor ? "search, cpu us"
							  : "search, us");
	if (!kzb_groups(report, put_group, out))
		return 0;
	if (report->starts.warm.count > 0) {
		fputc('\n', out);
		put_header(out, "process, us");
		put_row(out, "warm", report->starts.warm.us,
			report->starts.warm.count);
		put_row(out, "cold", report->starts.cold.us,
			report->starts.cold.count);
	}
	return 1;
}

/* ---- JSON -------------------------------------------------------------- */

static void put_text(struct kzi_json *json, const char *key, const char *text)
{
	kzi_json_key(json, key);
	kzi_json_text(json, text);
}

static void put_number(struct kzi_json *json, const char *key, double number)
{
	kzi_json_key(json, key);
	kzi_json_double(json, number);
}

static void put_us(struct kzi_json *json, double us)
{
	kzi_json_double(json, (double)(int64_t)(us * TENTHS + 0.5) / TENTHS);
}

static void put_hash(struct kzi_json *json, const char *key, uint64_t hash)
{
	char digits[17];

	snprintf(digits, sizeof(digits), "%016llx", (unsigned long long)hash);
	put_text(json, key, digits);
}

static void put_summary(struct kzi_json *json, double *us, size_t count)
{
	struct kzb_summary summary;
	char key[16];
	int i;

	kzb_summarize(&summary, us, count);
	put_number(json, "samples", (double)count);
	kzi_json_key(json, "mean_us");
	put_us(json, summary.mean);
	for (i = 0; i < KZB_POINTS; i++) {
		snprintf(key, sizeof(key), "%s_us", kzb_point_names[i]);
		kzi_json_key(json, key);
		put_us(json, summary.at[i]);
	}
}

static void put_json_group(void *context, const char *kind, const char *name,
	double *us, size_t count)
{
	struct kzi_json *json = context;

	kzi_json_object(json);
	put_text(json, "kind", kind);
	put_text(json, "name", name);
	put_summary(json, us, count);
	kzi_json_end(json);
}

static void put_json_machine(struct kzi_json *json)
{
	struct machine machine;

	describe(&machine);
	kzi_json_key(json, "machine");
	kzi_json_object(json);
	put_text(json, "cpu", machine.cpu);
	put_number(json, "processors", (double)machine.processors);
	put_number(json, "memory_gb",
		(double)(int64_t)(machine.memory_gb * TENTHS) / TENTHS);
	put_text(json, "system", machine.system.sysname);
	put_text(json, "release", machine.system.release);
	kzi_json_end(json);
}

static void put_json_facts(
	struct kzi_json *json, const struct kzb_report *report)
{
	kzi_json_key(json, "index");
	kzi_json_object(json);
	put_number(json, "documents", (double)report->index.documents);
	put_number(json, "passages", (double)report->index.passages);
	put_number(json, "text_bytes", (double)report->index.text_bytes);
	put_number(json, "bytes", (double)report->index.bytes);
	put_text(json, "languages", report->index.languages);
	put_text(json, "analysis", report->index.analysis);
	kzi_json_end(json);
	kzi_json_key(json, "loop");
	kzi_json_object(json);
	put_number(json, "rate", (double)report->options->rate);
	put_number(json, "threads", (double)report->options->threads);
	put_number(json, "limit", (double)report->options->limit);
	put_number(json, "warmup_s", (double)report->options->warmup);
	put_number(json, "seconds", report->times.seconds);
	put_number(json, "load_before", report->times.load_before);
	put_number(json, "searches", (double)report->times.searches);
	put_number(json, "hits", (double)report->times.hits);
	kzi_json_key(json, "processor_time");
	kzi_json_bool(json, report->options->counts_processor);
	kzi_json_key(json, "language_told");
	kzi_json_bool(json, report->options->tells_language);
	kzi_json_end(json);
	put_hash(json, "queries_hash", report->queries->hash);
	put_hash(json, "results_hash", report->times.results_hash);
}

static void put_json_samples(
	struct kzi_json *json, const struct kzb_samples *samples)
{
	size_t i;

	kzi_json_array(json);
	for (i = 0; i < samples->count; i++)
		put_us(json, samples->us[i]);
	kzi_json_end(json);
}

static void put_json_queries(
	struct kzi_json *json, const struct kzb_report *report)
{
	size_t i;

	kzi_json_key(json, "queries");
	kzi_json_array(json);
	for (i = 0; i < report->queries->count; i++) {
		const struct kzb_query *query = &report->queries->items[i];

		kzi_json_object(json);
		put_text(json, "id", query->id);
		put_text(json, "lang", *query->language ? query->language
							 : NULL);
		put_text(json, "class", kzb_class_names[query->class]);
		kzi_json_key(json, "us");
		put_json_samples(json, &report->times.of[i]);
		kzi_json_end(json);
	}
	kzi_json_end(json);
}

/* The samples first, for putting them in order is part of the summary. */
static void put_json_start(struct kzi_json *json, const char *name,
	const struct kzb_samples *samples)
{
	kzi_json_object(json);
	put_text(json, "kind", "process");
	put_text(json, "name", name);
	kzi_json_key(json, "us");
	put_json_samples(json, samples);
	put_summary(json, samples->us, samples->count);
	kzi_json_end(json);
}

static void put_json_starts(
	struct kzi_json *json, const struct kzb_starts *starts)
{
	kzi_json_key(json, "processes");
	kzi_json_array(json);
	if (starts->warm.count > 0) {
		put_json_start(json, "warm", &starts->warm);
		put_json_start(json, "cold", &starts->cold);
	}
	kzi_json_end(json);
}

int kzb_report_json(const struct kzb_report *report, const char *path)
{
	FILE *file = strcmp(path, "-") ? fopen(path, "w") : stdout;
	struct kzi_json json;
	int good;

	if (!file) {
		kzi_say(KZB_PROGRAM, "cannot write %s: %s", path,
			strerror(errno));
		return 0;
	}
	kzi_json_init(&json, file);
	kzi_json_object(&json);
	put_number(&json, "version", REPORT_VERSION);
	put_text(&json, "library", kz_version());
	put_json_machine(&json);
	put_json_facts(&json, report);
	kzi_json_key(&json, "groups");
	kzi_json_array(&json);
	good = kzb_groups(report, put_json_group, &json);
	kzi_json_end(&json);
	put_json_starts(&json, &report->starts);
	put_json_queries(&json, report);
	kzi_json_end(&json);
	kzi_json_line(&json);
	good &= !kzi_json_failed(&json);
	if ((file == stdout ? fflush(file) : fclose(file)) != 0 || !good) {
		kzi_say(KZB_PROGRAM, "cannot write %s", path);
		return 0;
	}
	return 1;
}
