/* answer.c -- ask the library, measure it, choose the printer. */
#include "answer.h"

#include <time.h>

#include "cli/say.h"

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static int exit_of(kz_status status)
{
	switch (status) {
	case KZ_ERR_ARGUMENT:
	case KZ_ERR_LANGUAGE:
	case KZ_ERR_NOT_FOUND:
		return KZI_EXIT_USAGE;
	default:
		return KZI_EXIT_FAILED;
	}
}

int kzi_failure(kz_status status, const kz_error *error)
{
	kzi_say(KZI_PROGRAM, "%s",
		error->message[0] ? error->message : kz_status_string(status));
	return exit_of(status);
}

/* A request in JSON gets its error as an answer in JSON, and the batch goes on:
 * one bad request is no reason to end. */
static int fail(const struct kzi_answer *answer)
{
	int code = exit_of(answer->status);

	if (!answer->is_request)
		return kzi_failure(answer->status, &answer->error);
	kzi_print_error(stdout, answer);
	return code == KZI_EXIT_USAGE ? KZI_EXIT_NOTHING : code;
}

static void find(struct kzi_answer *answer, kz_index *index)
{
	const struct kzi_options *options = answer->options;
	uint64_t start = now_ns();

	answer->status =
		options->related
			? kz_related(&answer->results, index, options->related,
				  &options->search, &answer->error)
			: kz_search(&answer->results, index, answer->query,
				  answer->query_length, &options->search,
				  &answer->error);
	answer->took_ns = now_ns() - start;
	if (answer->status == KZ_OK && options->limit > 0)
		answer->left = kz_results_count(answer->results);
}

const kz_hit *kzi_answer_next(struct kzi_answer *answer)
{
	const kz_hit *hit = NULL;
	kz_status status;
	uint64_t start;

	if (answer->left == 0)
		return NULL;
	start = now_ns();
	status = kz_results_next(answer->results, &hit, &answer->error);
	answer->took_ns += now_ns() - start;
	if (status == KZ_OK) {
		answer->left--;
		return hit;
	}
	answer->left = 0;
	if (status != KZ_END)
		answer->status = status;
	return NULL;
}

static void print(struct kzi_answer *answer)
{
	static void (*const printers[])(FILE *, struct kzi_answer *) = {
		[KZI_FORMAT_TEXT] = kzi_print_text,
		[KZI_FORMAT_JSON] = kzi_print_json,
		[KZI_FORMAT_JSONL] = kzi_print_jsonl,
		[KZI_FORMAT_TREC] = kzi_print_trec,
		[KZI_FORMAT_TSV] = kzi_print_tsv,
	};

	printers[answer->options->format](stdout, answer);
}

/* Something to show, or with --limit 0 something that could be shown. */
static int has_found(const struct kzi_answer *answer)
{
	if (answer->options->limit == 0)
		return kz_results_total(answer->results, NULL) > 0;
	return kz_results_count(answer->results) > 0;
}

enum { QUERY_SHOWN = 400 /* Bytes of a query in a message. */ };

/* Another spelling is said on stderr, since stdout is for answers; json says it
 * itself. Programs that read columns are told only that what they get answers
 * another query. */
static void say_suggestion(const struct kzi_answer *answer)
{
	const char *suggestion = kz_results_suggestion(answer->results);
	int format = answer->options->format;

	if (!suggestion || format == KZI_FORMAT_JSON)
		return;
	if (kz_results_corrected(answer->results))
		kzi_say(KZI_PROGRAM, "Nothing for \"%.*s\"; showing \"%s\"",
			(int)(answer->query_length < QUERY_SHOWN
					? answer->query_length
					: QUERY_SHOWN),
			answer->query, suggestion);
	else if (format == KZI_FORMAT_TEXT)
		kzi_say(KZI_PROGRAM, "Did you mean: %s", suggestion);
}

int kzi_answer(struct kzi_answer *answer, kz_index *index)
{
	int code;

	find(answer, index);
	if (answer->status != KZ_OK)
		return fail(answer);
	code = has_found(answer) ? KZI_EXIT_OK : KZI_EXIT_NOTHING;
	say_suggestion(answer);
	print(answer);
	if (answer->status != KZ_OK)
		code = fail(answer);
	kz_results_free(answer->results);
	answer->results = NULL;
	return code;
}
