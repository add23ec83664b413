/* index_main.c -- kalauz-index: options, then the run, then what it came to. */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/failpoint.h"
#include "cli/crash.h"
#include "cli/opts.h"
#include "cli/say.h"
#include "indexer/check.h"
#include "indexer/dictionaries.h"
#include "indexer/report.h"
#include "indexer/run.h"
#include "indexer/sandbox.h"
#include "indexer/stop.h"
#include "text/text.h"

/* Some files are not in the index; the rest is. */
enum {
	EXIT_PARTLY = 1,
	JOBS_MOST = 256,
	TIMEOUT_MOST = 86400,
	COMMIT_MOST = 4096,
	PATH_MOST = 4096
};

/* In the place of an exit code: we end by the signal that asked for it. */
enum { STOPPED = -1 };

struct options {
	const char *language;
	const char *compact;
	uint64_t jobs, timeout, commit;
	int rebuilds, keeps, dumps, checks;
	int has_dictionaries, has_no_installed;
	int progress; /* enum kzi_progress_kind */
	int is_json, is_quiet, is_verbose;
	int wants_help, wants_version;
};

static const char *const progress_kinds[] = { "auto", "always", "never",
	"json", NULL };

#define AT(member) offsetof(struct options, member)

static const struct kzi_opt table[] = {
	KZI_ROW_TEXT("lang", AT(language), "TAG",
		"language of files that do not say and cannot be told"),
	KZI_ROW_NUMBER("jobs", 0, AT(jobs), 1, JOBS_MOST, "N",
		"files read in parallel (the processors)"),
	KZI_ROW_NUMBER("timeout", 0, AT(timeout), 1, TIMEOUT_MOST, "SECONDS",
		"give up a file that says nothing for so long (60)"),
	KZI_ROW_NUMBER("commit", 0, AT(commit), 1, COMMIT_MOST, "MB",
		"commit every so much text, held in memory until then (128)"),
	KZI_ROW_FLAG("rebuild", 0, AT(rebuilds), 1,
		"forget the old index and build anew"),
	KZI_ROW_FLAG("keep", 0, AT(keeps), 1,
		"do not remove what is gone from the PATHs"),
	KZI_ROW_TEXT("compact", AT(compact), "FILE",
		"write the index as one read-only file"),
	KZI_ROW_FLAG("dictionaries", 0, AT(has_dictionaries), 1,
		"make the word table for --across from what is installed and"
		" the SOURCEs; without INDEX: list what is installed"),
	KZI_ROW_FLAG("no-installed", 0, AT(has_no_installed), 1,
		"no installed dictionaries in the word table"),
	KZI_ROW_FLAG("dump", 0, AT(dumps), 1,
		"write passages as JSON lines; touch no index"),
	KZI_ROW_FLAG("check", 0, AT(checks), 1,
		"verify an index; exit 3 if it is damaged"),
	KZI_ROW_CHOICE("progress", AT(progress), progress_kinds, "WHEN",
		"auto, always, never or json"),
	KZI_ROW_FLAG("json", 0, AT(is_json), 1,
		"report as one JSON object on stdout"),
	KZI_ROW_FLAG("quiet", 'q', AT(is_quiet), 1, "no report"),
	KZI_ROW_FLAG("verbose", 'v', AT(is_verbose), 1,
		"a line for every file"),
	KZI_ROW_VERSION(AT(wants_version)),
	KZI_ROW_HELP(AT(wants_help)),
	KZI_ROW_END
};

static const struct kzi_program program = {
	.name = KZI_INDEX_PROGRAM,
	.usage = "[OPTION]... INDEX PATH...\n"
		 "--dump [OPTION]... PATH...\n"
		 "--compact FILE INDEX\n"
		 "--dictionaries [INDEX|FILE [SOURCE...]]\n"
		 "--check INDEX",
	.summary = "Bring INDEX (a folder) up to date with what lies under the"
		   " PATHs.",
	.options = table,
	.footer = "Exit: 0 all well; 1 some files are not indexed; 2 usage;"
		  " 3 the index cannot\nbe written, is locked, or is damaged.\n",
};

/* ---- Steps ------------------------------------------------------------- */

static int exit_of(const struct kzi_run_report *report)
{
	return report->files[KZI_FAILED] || report->files[KZI_SKIPPED]
		? EXIT_PARTLY
		: KZI_EXIT_OK;
}

static int refuse(const char *message)
{
	kzi_say(KZI_INDEX_PROGRAM, "%s", message);
	return KZI_EXIT_USAGE;
}

static int fail(const kz_error *error)
{
	kzi_say(KZI_INDEX_PROGRAM, "%s", error->message);
	return KZI_EXIT_FAILED;
}

static kz_status check_glossary(const char *index, kz_error *error)
{
	struct kzi_glossary *glossary;
	char path[PATH_MOST];
	kz_status status;

	if (snprintf(path, sizeof(path), "%s/" KZI_GLOSSARY_FILE, index) >=
		(int)sizeof(path))
		return KZ_OK;
	status = kzi_glossary_open(&glossary, path, NULL, error);
	if (status == KZ_OK)
		status = kzi_glossary_check(glossary, error);
	if (status == KZ_END && access(path, F_OK) == 0)
		kzi_say(KZI_INDEX_PROGRAM,
			"note: the word table for --across that %s names is not"
			" there; make one with kalauz-index --dictionaries %s",
			path, index);
	kzi_glossary_close(glossary);
	return status == KZ_END ? KZ_OK : status;
}

static int check(const char *index)
{
	kz_error error;

	if (kzi_check(index, &error) != KZ_OK ||
		check_glossary(index, &error) != KZ_OK)
		return fail(&error);
	return KZI_EXIT_OK;
}

static int compact(const char *index, const char *file)
{
	kz_error error;

	return kzi_store_compact(index, file, &error) == KZ_OK ? KZI_EXIT_OK
							       : fail(&error);
}

static void tell(
	const struct options *options, const struct kzi_run_report *report)
{
	if (options->is_json)
		kzi_report_json(report, stdout);
	else if (!options->is_quiet)
		kzi_report_text(report, stderr);
}

static int dump(const struct options *options,
	const struct kzi_run_options *run_options)
{
	struct kzi_run_report report;
	kz_error error;
	int code;

	if (kzi_run_dump(run_options, &report, &error) == KZ_OK) {
		code = exit_of(&report);
		if (code != KZI_EXIT_OK && !options->is_quiet)
			kzi_report_text(&report, stderr);
	} else {
		code = fail(&error);
	}
	kzi_run_report_release(&report);
	return code;
}

/* "freedict-eng-hun  160000 pairs  GPL-2+", a line a dictionary. */
static void show_dictionaries(const struct kzi_dictionaries_report *report)
{
	const struct kzi_dictionary_report *one =
		(const void *)report->items.data;
	size_t count = report->items.length / sizeof(*one), i;

	for (i = 0; i < count; i++) {
		kzi_say_safe(stdout, one[i].name, strlen(one[i].name));
		printf("\t%llu pairs\t", (unsigned long long)one[i].pairs);
		kzi_say_safe(stdout, one[i].licence, strlen(one[i].licence));
		putchar('\n');
	}
}

static void say_faults(const struct kzi_dictionaries_report *report)
{
	const struct kzi_dictionary_report *one =
		(const void *)report->items.data;
	size_t count = report->items.length / sizeof(*one), i;

	for (i = 0; i < count; i++)
		if (one[i].fault)
			kzi_say(KZI_INDEX_PROGRAM, "%s", one[i].fault);
}

/* INDEX is a folder, and the table goes into it; FILE is the table. */
static int make_table(
	const struct options *options, char **operands, int count)
{
	struct kzi_dictionaries dictionaries = {
		.share = options->has_no_installed ? NULL : KZI_SHARE,
		.sources = operands + 1,
		.source_count = count > 0 ? count - 1 : 0 };
	struct kzi_dictionaries_report report;
	char path[PATH_MOST];
	struct stat status;
	kz_error error;
	int code = KZI_EXIT_OK;

	if (count > 0) {
		int is_folder = stat(operands[0], &status) == 0 &&
			S_ISDIR(status.st_mode);

		if (snprintf(path, sizeof(path), "%s%s", operands[0],
			    is_folder ? "/" KZI_GLOSSARY_FILE : "") >=
			(int)sizeof(path))
			return refuse("--dictionaries: path too long");
		dictionaries.table = path;
	}
	if (kzi_dictionaries_compile(&dictionaries, &report, &error) != KZ_OK)
		code = error.status == KZ_ERR_ARGUMENT ? refuse(error.message)
						       : fail(&error);
	else if (!options->is_quiet || count == 0)
		show_dictionaries(&report);
	say_faults(&report);
	if (code == KZI_EXIT_OK && report.faults)
		code = EXIT_PARTLY;
	kzi_dictionaries_report_release(&report);
	return code;
}

static void show_file(void *context, uint64_t done, uint64_t total,
	const char *name, enum kzi_outcome outcome)
{
	(void)context;
	(void)done;
	(void)total;
	fprintf(stderr, "%s: ", kzi_outcome_name(outcome));
	kzi_say_safe(stderr, name, strlen(name));
	fputc('\n', stderr);
}

/* The readers do without what the system does not have. */
static void show_guards(const struct kzi_run_report *report)
{
	char missing[80];

	kzi_sandbox_missing(report->guards, missing, sizeof(missing));
	if (*missing)
		kzi_say(KZI_INDEX_PROGRAM, "note: files are read with %s",
			missing);
}

/* What a run leaves that was asked to stop. */
static void tell_stopped(const struct kzi_run_options *options,
	const struct kzi_run_report *report)
{
	unsigned long long passages = report->info.passages;

	if (options->rebuilds)
		kzi_say(KZI_INDEX_PROGRAM, "stopped; %s is as it was before",
			options->index);
	else if (passages == 0)
		kzi_say(KZI_INDEX_PROGRAM,
			"stopped before anything was committed");
	else
		kzi_say(KZI_INDEX_PROGRAM, "stopped; %s holds the %llu passages"
			" of the last commit; run again to go on",
			options->index, passages);
}

static int index_paths(const struct options *options,
	const struct kzi_run_options *run_options)
{
	struct kzi_progress_state state;
	struct kzi_run_report report;
	kz_status status;
	kz_error error;
	int code;

	kzi_progress_start(
		&state, (enum kzi_progress_kind)options->progress);
	status = kzi_run(run_options, &report,
		options->is_verbose ? show_file : kzi_progress_show, &state,
		&error);
	kzi_progress_end(&state);
	if (options->is_verbose)
		show_guards(&report);
	if (status == KZ_END)
		tell_stopped(run_options, &report);
	else if (status == KZ_OK)
		tell(options, &report);
	code = status == KZ_OK	  ? exit_of(&report)
		: status == KZ_END ? STOPPED
				   : fail(&error);
	kzi_run_report_release(&report);
	return code;
}

/* ---- The command line -------------------------------------------------- */

/* A PATH that is not there is a slip of the hand, or a disk not mounted: no
 * reason to take what the index has from there as gone. */
static int check_paths(char *const *paths, int count)
{
	struct stat status;
	int i;

	for (i = 0; i < count; i++)
		if (stat(paths[i], &status) != 0) {
			kzi_say(KZI_INDEX_PROGRAM, "%s: %s", paths[i],
				strerror(errno));
			return KZI_EXIT_USAGE;
		}
	return KZI_EXIT_OK;
}

/* The user's folder for what can be made again: $XDG_CACHE_HOME/kalauz. NULL
 * where there is none. */
static const char *find_cache(char path[PATH_MOST])
{
	const char *cache = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");
	int length;

	if (cache && *cache == '/')
		length = snprintf(path, PATH_MOST, "%s", cache);
	else if (home && *home == '/')
		length = snprintf(path, PATH_MOST, "%s/.cache", home);
	else
		return NULL;
	if (length + (int)sizeof("/kalauz/" KZI_GLOSSARY_FILE) > PATH_MOST)
		return NULL;
	snprintf(path + length, PATH_MOST - (size_t)length,
		"/kalauz/" KZI_GLOSSARY_FILE);
	return path;
}

/* Of two things to do, neither: who checks an index wants nothing else done. */
static int check_modes(const struct options *options, char *message)
{
	const struct kzi_mode modes[] = {
		{ options->checks, "--check" },
		{ options->dumps, "--dump" },
		{ options->has_dictionaries, "--dictionaries" },
		{ options->compact != NULL, "--compact" },
	};

	return kzi_opts_check_modes(
		modes, sizeof(modes) / sizeof(*modes), message);
}

/* What the options say of a run; its paths are still to come. */
static int fill_run_options(
	const struct options *options, struct kzi_run_options *run_options)
{
	run_options->fallback = -1;
	run_options->jobs = (int)options->jobs;
	run_options->patience_ms = (int)options->timeout * 1000;
	run_options->commit_megabytes = (int)options->commit;
	run_options->rebuilds = options->rebuilds;
	run_options->keeps = options->keeps;
	run_options->share = options->has_no_installed ? NULL : KZI_SHARE;
	if (!options->language)
		return KZI_EXIT_OK;
	run_options->fallback = kzi_language_find(
		options->language, strlen(options->language));
	return run_options->fallback >= 0
		? KZI_EXIT_OK
		: refuse("--lang: not a language of this build"
			 " (" KZI_LANGUAGE_TAGS ")");
}

/* --dump PATH... */
static int dump_paths(const struct options *options,
	struct kzi_run_options *run_options, char **operands, int count)
{
	int code;

	if (count == 0)
		return refuse("--dump: no PATH; see --help");
	code = check_paths(operands, count);
	if (code != KZI_EXIT_OK)
		return code;
	run_options->paths = operands;
	run_options->path_count = count;
	return dump(options, run_options);
}

/* Nobody waits for one answer of a reader. As a batch we are not woken amid its
 * work whenever it says something, which half the time would only push both out
 * of the processor's caches; readers inherit it. */
static void work_as_batch(void)
{
	const struct sched_param none = { 0 };

	if (sched_getscheduler(0) == SCHED_OTHER)
		sched_setscheduler(0, SCHED_BATCH, &none);
}

/* INDEX PATH..., and with --compact the index as a file then. */
static int update_index(const struct options *options,
	struct kzi_run_options *run_options, char **operands, int count)
{
	char cache[PATH_MOST];
	int code;

	if (count < 2)
		return refuse(count ? "no PATH to index; see --help"
				    : "no INDEX and no PATH; see --help");
	code = check_paths(operands + 1, count - 1);
	if (code != KZI_EXIT_OK)
		return code;
	if (run_options->share)
		run_options->cache = find_cache(cache);
	run_options->index = operands[0];
	run_options->paths = operands + 1;
	run_options->path_count = count - 1;
	run_options->stop = kzi_stop_listen();
	work_as_batch();
	code = index_paths(options, run_options);
	kzi_stop_forget();
	if (code == STOPPED)
		kzi_stop_end();
	if (options->compact && code <= EXIT_PARTLY &&
		compact(operands[0], options->compact) != KZI_EXIT_OK)
		code = KZI_EXIT_FAILED;
	return code;
}

static int run(const struct options *options, char **operands, int count)
{
	struct kzi_run_options run_options = { 0 };
	int code = fill_run_options(options, &run_options);

	if (code != KZI_EXIT_OK)
		return code;
	if (count > 0 && !options->dumps)
		kzi_crash_guard(KZI_INDEX_PROGRAM, operands[0]);
	if (options->checks)
		return count == 1 ? check(operands[0])
				  : refuse("--check takes one INDEX; see"
					   " --help");
	if (options->compact && count == 1)
		return compact(operands[0], options->compact);
	if (options->has_dictionaries)
		return make_table(options, operands, count);
	return options->dumps
		? dump_paths(options, &run_options, operands, count)
		: update_index(options, &run_options, operands, count);
}

int main(int argc, char **argv)
{
	struct options options = { 0 };
	char message[KZI_OPTS_MESSAGE];
	int count, code = KZI_EXIT_OK;

	kzi_say_start();
#ifdef KZI_DEBUG
	kzi_failpoint_set(getenv("KZI_FAILPOINT"));
#endif
	count = kzi_opts_read(&program, &options, argc, argv, message);
	if (count < 0)
		code = refuse(message);
	else if (options.wants_help)
		kzi_opts_help(&program, stdout);
	else if (options.wants_version)
		printf("%s %s\n", KZI_INDEX_PROGRAM, KZI_VERSION);
	else if (!check_modes(&options, message))
		code = refuse(message);
	else
		code = run(&options, argv, count);
	return kzi_say_finish(KZI_INDEX_PROGRAM, code);
}
