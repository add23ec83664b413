/* query_main.c -- kalauz-query: options, index, answer, exit code.
 *
 * A client of kalauz.h like any other: what it can do, every program that
 * embeds the library can. */
#include <stdio.h>
#include <string.h>

#include "answer.h"
#include "cli/crash.h"
#include "cli/heap.h"
#include "cli/say.h"
#include "inspect.h"
#include "kalauz.h"
#include "options.h"

static int query_index(const struct kzi_options *options)
{
	/* Never closed: the process ends, and the system takes everything back
	 * at once, which is quicker. Static, so that leak checkers see it in
	 * use. */
	static kz_index *index;
	struct kzi_answer answer = {.options = options};
	kz_error error = {KZ_OK, 0, ""};
	kz_status status;

	kzi_crash_guard(KZI_PROGRAM, options->index);
	status = kz_index_open(&index, options->index, &error);
	if (status != KZ_OK)
		return kzi_failure(status, &error);
	answer.query = options->query ? options->query : "";
	answer.query_length = strlen(answer.query);
	return options->batch ? kzi_batch(options, index)
			      : kzi_answer(&answer, index);
}

static int run(const struct kzi_options *options)
{
	if (options->wants_help) {
		kzi_opts_help(&kzi_query_program, stdout);
		return KZI_EXIT_OK;
	}
	if (options->wants_version) {
		printf("%s %s\n", KZI_PROGRAM, kz_version());
		return KZI_EXIT_OK;
	}
	if (options->analyze)
		return kzi_inspect_tokens(options);
	if (options->stem)
		return kzi_inspect_stems(options);
	return query_index(options);
}

int main(int argc, char **argv)
{
	struct kzi_options options;
	char message[KZI_OPTS_MESSAGE];
	int code = KZI_EXIT_USAGE;

	kzi_heap_start();
	kzi_say_start();
	if (kzi_options_read(&options, argc, argv, message))
		code = run(&options);
	else
		kzi_say(KZI_PROGRAM, "%s", message);
	kzi_options_release(&options);
	return kzi_say_finish(KZI_PROGRAM, code);
}
