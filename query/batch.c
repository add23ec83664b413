/* batch.c -- many queries from a file or a pipe, a line each.
 *
 *     q7<TAB>llifogydd         => query "llifogydd", qid "q7"
 *     llifogydd                => the same, its qid the number of the line
 *     {"query": "llifogydd"}   => a request with options of its own (request.h)
 *
 * Lines may be of any length, hold NUL, and end in LF or CRLF. An answer is
 * flushed before the next line is read: who writes a line into a pipe gets
 * its answer before writing another, from the index as it is by then. */
#include "answer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/say.h"
#include "inspect.h"
#include "request.h"

struct line {
	char *text; /* As getline() keeps it. */
	size_t capacity;
	size_t length;	 /* Without the end of the line. */
	uint64_t number; /* From 1. */
};

static int read_line(struct line *line, FILE *file)
{
	ssize_t length = getline(&line->text, &line->capacity, file);

	if (length < 0)
		return 0;
	if (length > 0 && line->text[length - 1] == '\n')
		length--;
	if (length > 0 && line->text[length - 1] == '\r')
		length--;
	line->length = (size_t)length;
	line->number++;
	return 1;
}

/* Editors on Windows like to begin a file with U+FEFF; its bytes. */
static size_t skip_mark(const struct line *line)
{
	return line->number == 1 && line->length >= 3 &&
			       !memcmp(line->text, "\xEF\xBB\xBF", 3)
		       ? 3
		       : 0;
}

/* [qid<TAB>]query */
static int answer_plain(const struct kzi_options *options, kz_index *index,
	const struct line *line, const char *query)
{
	struct kzi_answer answer = {.options = options};
	const char *end = line->text + line->length;
	const char *tab = memchr(query, '\t', (size_t)(end - query));
	char number[24];

	if (tab && tab > query) {
		answer.qid = query;
		answer.qid_length = (size_t)(tab - query);
	} else {
		answer.qid = number;
		answer.qid_length = (size_t)snprintf(
			number, sizeof(number), "%" PRIu64, line->number);
	}
	answer.query = tab ? tab + 1 : query;
	answer.query_length = (size_t)(end - answer.query);
	return kzi_answer(&answer, index);
}

static int answer_request(const struct kzi_options *options, kz_index *index,
	const struct line *line, const char *text)
{
	size_t length = line->length - (size_t)(text - line->text);
	struct kzi_request request;
	struct kzi_answer answer = {.options = &request.options,
		.is_request = 1};
	int code = KZI_EXIT_OK;
	int is_clear = kzi_request_read(&request, options, line->number, text,
		length, answer.error.message);

	answer.qid = request.qid;
	answer.qid_length = request.qid_length;
	answer.id = request.id;
	answer.query = request.query;
	answer.query_length = request.query_length;
	if (!is_clear) {
		answer.status = KZ_ERR_ARGUMENT;
		kzi_print_error(stdout, &answer);
	} else if (request.options.analyze) {
		code = kzi_inspect_request(&answer);
	} else {
		code = kzi_answer(&answer, index);
	}
	kzi_request_release(&request);
	return code;
}

/* Answer the lines to their end. What is wrong with the index ends a batch of
 * plain lines; a conversation in JSON is told, and goes on. */
static int answer_lines(const struct kzi_options *options, kz_index *index,
	FILE *file, struct line *line)
{
	int is_conversation = file == stdin;
	int code = KZI_EXIT_OK;

	while (read_line(line, file)) {
		const char *text = line->text + skip_mark(line);
		int is_request = kzi_request_is(text,
			line->length - (size_t)(text - line->text));
		int now;

		/* What a writer has added since; if it cannot be read, what
		 * was there answers on. */
		if (is_conversation)
			(void)!kz_index_refresh(index, NULL);
		now = is_request ? answer_request(options, index, line, text)
				 : answer_plain(options, index, line, text);
		if (now > KZI_EXIT_NOTHING)
			code = now;
		if (!kzi_say_flush(KZI_PROGRAM, stdout))
			return KZI_EXIT_FAILED;
		if (code != KZI_EXIT_OK && !is_request)
			break;
	}
	return code;
}

static int answer_file(
	const struct kzi_options *options, kz_index *index, FILE *file)
{
	struct line line = {NULL, 0, 0, 0};
	int code = answer_lines(options, index, file, &line);

	if (ferror(file)) {
		kzi_say(KZI_PROGRAM, "cannot read %s: %s",
			file == stdin ? "standard input" : options->batch,
			strerror(errno));
		code = KZI_EXIT_USAGE;
	}
	free(line.text);
	return code;
}

int kzi_batch(const struct kzi_options *options, kz_index *index)
{
	int is_stdin = !strcmp(options->batch, "-");
	FILE *file = is_stdin ? stdin : fopen(options->batch, "r");
	int code;

	if (!file) {
		kzi_say(KZI_PROGRAM, "cannot read %s: %s", options->batch,
			strerror(errno));
		return KZI_EXIT_USAGE;
	}
	code = answer_file(options, index, file);
	if (!is_stdin)
		fclose(file);
	return code;
}
