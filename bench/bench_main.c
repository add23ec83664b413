/* bench_main.c -- kalauz-bench: options, and which of the modes is meant. */
#include "bench.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/opts.h"
#include "cli/say.h"

enum {
	SECONDS_MOST = 86400,
	RATE_MOST = 1000000,
	THREADS_MOST = 256,
	LIMIT_MOST = 10000,
	STARTS_MOST = 10000,
	PATH_ROOM = 4096
};

#define AT(member) offsetof(struct kzb_options, member)

static const struct kzi_opt table[] = {
	KZI_ROW_NUMBER("seconds", 0, AT(seconds), 1, SECONDS_MOST, "N",
		"measure for N seconds (5)"),
	KZI_ROW_NUMBER("warmup", 0, AT(warmup), 0, SECONDS_MOST, "N",
		"before that, warm up for N seconds (2)"),
	KZI_ROW_NUMBER("rate", 0, AT(rate), 1, RATE_MOST, "N",
		"N searches a second, timed from when they should begin"),
	KZI_ROW_NUMBER("threads", 0, AT(threads), 1, THREADS_MOST, "N",
		"N threads with a handle each (1)"),
	KZI_ROW_NUMBER("limit", 0, AT(limit), 1, LIMIT_MOST, "N",
		"ask for N hits (10)"),
	KZI_ROW_FLAG("processor-time", 0, AT(counts_processor), 1,
		"count the thread's own time, for a busy machine"),
	KZI_ROW_FLAG("told", 0, AT(tells_language), 1,
		"ask only for the language of the query"),
	KZI_ROW_NUMBER("starts", 0, AT(starts), 0, STARTS_MOST, "N",
		"start kalauz-query N times, warm and cold (10)"),
	KZI_ROW_TEXT("program", AT(program), "FILE",
		"that kalauz-query (the one beside this program)"),
	KZI_ROW_TEXT("json", AT(json), "FILE",
		"write the report with all samples"),
	KZI_ROW_TEXT("plot", AT(plot), "FILE.svg", "draw the latencies"),
	KZI_ROW_FLAG("compare", 0, AT(compares), 1,
		"tell whether NEW is slower than OLD"),
	KZI_ROW_FLAG("any-results", 0, AT(any_results), 1,
		"compare reports even if their results differ"),
	KZI_ROW_TEXT("qrels", AT(qrels), "FILE",
		"judge the answers instead of timing them"),
	KZI_ROW_TEXT("against", AT(against), "RUN",
		"with --qrels: compare with a TREC run, or with another index"),
	KZI_ROW_TEXT("run-file", AT(run_file), "FILE",
		"with --qrels: write a TREC run"),
	KZI_ROW_VERSION(AT(wants_version)),
	KZI_ROW_HELP(AT(wants_help)),
	KZI_ROW_END
};

static const struct kzi_program program = {
	.name = KZB_PROGRAM,
	.usage = "[OPTION]... INDEX QUERIES\n--compare [--any-results] OLD NEW",
	.summary = "Measure how fast an index answers, and how well.",
	.options = table,
	.footer = "QUERIES: a query a line, or qid<TAB>query, or"
		  " qid<TAB>lang<TAB>query.\n"
		  "Exit: 0 done; 1 NEW is slower; 2 usage; 3 failed, or the"
		  " reports cannot be\ncompared.\n"};

/* kalauz-query beside this program, else the one on the path. */
static const char *find_program(char path[PATH_ROOM])
{
	static const char name[] = "kalauz-query";
	ssize_t length =
		readlink("/proc/self/exe", path, PATH_ROOM - sizeof(name));
	char *slash;

	path[length > 0 ? length : 0] = '\0';
	slash = strrchr(path, '/');
	if (!slash)
		return name;
	memcpy(slash + 1, name, sizeof(name));
	return access(path, X_OK) == 0 ? path : name;
}

static int read_facts(struct kzb_index_facts *facts, const char *path)
{
	const char *tag;
	uint64_t passages;
	size_t used = 0, i;
	const kz_index_info *info;
	kz_index *index;
	kz_error error;

	if (kz_index_open(&index, path, &error) != KZ_OK) {
		kzi_say(KZB_PROGRAM, "%s", error.message);
		return 0;
	}
	info = kz_index_get_info(index);
	facts->documents = info->documents;
	facts->passages = info->passages;
	facts->text_bytes = info->bytes;
	snprintf(facts->analysis, sizeof(facts->analysis), "%s",
		info->analysis);
	facts->bytes = kzb_folder_bytes(path);
	for (i = 0; (tag = kz_index_language(index, i, &passages)) &&
		    used < sizeof(facts->languages);
		i++)
		used += (size_t)snprintf(facts->languages + used,
			sizeof(facts->languages) - used, "%s%s %llu",
			i ? ", " : "", tag, (unsigned long long)passages);
	kz_index_close(index);
	return 1;
}

/* What was measured is told before what could not be. */
static int measure(
	const struct kzb_options *options, const struct kzb_queries *queries)
{
	struct kzb_report report = {.options = options, .queries = queries};
	int good = read_facts(&report.index, options->index) &&
		   kzb_loop(&report.times, options, queries);

	if (good) {
		good = kzb_start_programs(&report.starts, options, queries);
		if (!options->json || strcmp(options->json, "-"))
			good &= kzb_report_text(&report, stdout);
		if (options->json)
			good &= kzb_report_json(&report, options->json);
		if (options->plot)
			good &= kzb_report_plot(&report, options->plot);
	}
	kzb_times_release(&report.times, queries->count);
	free(report.starts.warm.us);
	free(report.starts.cold.us);
	return good ? KZI_EXIT_OK : KZI_EXIT_FAILED;
}

/* Why these options do not go together, or NULL: what would be passed over is
 * not what somebody asked for. */
static const char *find_conflict(const struct kzb_options *options)
{
	int times = !options->compares && !options->qrels;
	const struct {
		int is_set;
		const char *message;
	} conflicts[] = {
		{options->rate && options->counts_processor,
			"--rate is about waiting, which --processor-time"
			" leaves out"},
		{options->compares && options->qrels,
			"--compare and --qrels exclude each other"},
		{options->any_results && !options->compares,
			"--any-results goes with --compare"},
		{options->against && !options->qrels,
			"--against goes with --qrels"},
		{options->run_file && !options->qrels,
			"--run-file goes with --qrels"},
		{options->json && !times, "--json is a report of times"},
		{options->plot && !times, "--plot is a picture of times"},
	};
	size_t i;

	for (i = 0; i < sizeof(conflicts) / sizeof(*conflicts); i++)
		if (conflicts[i].is_set)
			return conflicts[i].message;
	return NULL;
}

static int run(const struct kzb_options *options)
{
	struct kzb_queries queries;
	int code = KZI_EXIT_USAGE;

	if (options->compares)
		return kzb_compare(options->index, options->queries,
			options->any_results);
	if (kzb_queries_read(&queries, options->queries))
		code = options->qrels ? kzb_judge(options, &queries)
				      : measure(options, &queries);
	kzb_queries_release(&queries);
	return code;
}

int main(int argc, char **argv)
{
	char path[PATH_ROOM], message[KZI_OPTS_MESSAGE];
	struct kzb_options options = {.seconds = 5,
		.warmup = 2,
		.threads = 1,
		.limit = 10,
		.starts = 10};
	int operands, code;

	kzi_say_start();
	options.program = find_program(path);
	operands = kzi_opts_read(&program, &options, argc, argv, message);
	if (operands < 0) {
		kzi_say(KZB_PROGRAM, "%s", message);
		code = KZI_EXIT_USAGE;
	} else if (options.wants_help || options.wants_version) {
		if (options.wants_help)
			kzi_opts_help(&program, stdout);
		else
			printf("%s %s\n", KZB_PROGRAM, kz_version());
		code = KZI_EXIT_OK;
	} else if (find_conflict(&options)) {
		kzi_say(KZB_PROGRAM, "%s; see --help", find_conflict(&options));
		code = KZI_EXIT_USAGE;
	} else if (operands != 2) {
		kzi_say(KZB_PROGRAM, "two operands are needed; see --help");
		code = KZI_EXIT_USAGE;
	} else {
		options.index = argv[0];
		options.queries = argv[1];
		code = run(&options);
	}
	return kzi_say_finish(KZB_PROGRAM, code);
}
