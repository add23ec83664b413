/* batch.c -- many queries from a file or a pipe, a line each.
 *
 *     q7<TAB>llifogydd         => query "llifogydd", qid "q7"
 *     llifogydd                => the same, its qid the number of the line
 *
 * Lines may be of any length, hold NUL, and end in LF or CRLF. An answer is
 * flushed before the next line is read: who writes a line into a pipe gets
 * its answer before writing another. */
#include "answer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/say.h"

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

static int answer_line(const struct kzi_options *options, kz_index *index,
	const struct line *line)
{
	struct kzi_answer answer = {.options = options};
	const char *query = line->text;
	const char *end = line->text + line->length;
	const char *tab;
	char number[24];

	/* Editors on Windows like to begin a file with U+FEFF. */
	if (line->number == 1 && line->length >= 3 &&
		!memcmp(query, "\xEF\xBB\xBF", 3))
		query += 3;
	tab = memchr(query, '\t', (size_t)(end - query));
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

static int answer_lines(
	const struct kzi_options *options, kz_index *index, FILE *file)
{
	struct line line = {NULL, 0, 0, 0};
	int code = KZI_EXIT_OK;

	while (code == KZI_EXIT_OK && read_line(&line, file)) {
		code = answer_line(options, index, &line);
		if (code == KZI_EXIT_NOTHING)
			code = KZI_EXIT_OK;
		if (code == KZI_EXIT_OK && !kzi_say_flush(KZI_PROGRAM, stdout))
			code = KZI_EXIT_FAILED;
	}
	if (ferror(file)) {
		kzi_say(KZI_PROGRAM, "cannot read %s: %s", options->batch,
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
	code = answer_lines(options, index, file);
	if (!is_stdin)
		fclose(file);
	return code;
}
