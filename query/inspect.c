/* inspect.c -- see inspect.h.
 *
 * A line a token, fields apart by tabs, stems within theirs by spaces:
 *
 *     word  stems  offset  length  stop|-
 *
 * --stem keeps to the words: nothing but stems apart by tabs, so that the
 * n-th line of the output belongs to the n-th line of the input. */
#include "inspect.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/say.h"

static void put_stems(const kz_token *token, char between)
{
	size_t i;

	for (i = 0; i < token->stem_count; i++) {
		if (i > 0)
			putchar(between);
		kzi_say_safe(stdout, token->stems[i], strlen(token->stems[i]));
	}
}

/* ---- --analyze ---------------------------------------------------------- */

static void put_line(const kz_token *token)
{
	kzi_say_safe(stdout, token->word, strlen(token->word));
	putchar('\t');
	put_stems(token, ' ');
	printf("\t%zu\t%zu\t%s\n", token->span.offset, token->span.length,
		token->is_stop ? "stop" : "-");
}

static void put_object(struct kzi_json *json, const kz_token *token)
{
	size_t i;

	kzi_json_object(json);
	kzi_json_key(json, "word");
	kzi_json_text(json, token->word);
	kzi_json_key(json, "stems");
	kzi_json_array(json);
	for (i = 0; i < token->stem_count; i++)
		kzi_json_text(json, token->stems[i]);
	kzi_json_end(json);
	kzi_json_key(json, "position");
	kzi_json_unsigned(json, token->position);
	kzi_json_key(json, "offset");
	kzi_json_unsigned(json, token->span.offset);
	kzi_json_key(json, "length");
	kzi_json_unsigned(json, token->span.length);
	kzi_json_key(json, "stop");
	kzi_json_bool(json, token->is_stop);
	kzi_json_end(json);
}

static void put_array(struct kzi_json *json, kz_tokens *tokens)
{
	const kz_token *token;

	kzi_json_array(json);
	while ((token = kz_tokens_next(tokens)))
		put_object(json, token);
	kzi_json_end(json);
}

/* One array, or with jsonl one object a line. */
static void put_json(kz_tokens *tokens, int is_jsonl)
{
	struct kzi_json json;
	const kz_token *token;

	kzi_json_init(&json, stdout);
	if (!is_jsonl) {
		put_array(&json, tokens);
		kzi_json_line(&json);
		return;
	}
	while ((token = kz_tokens_next(tokens))) {
		put_object(&json, token);
		kzi_json_line(&json);
	}
}

int kzi_inspect_tokens(const struct kzi_options *options)
{
	kz_tokens *tokens;
	const kz_token *token;
	kz_error error = {KZ_OK, 0, ""};
	kz_status status = kz_analyze(&tokens, options->analyze, options->query,
		strlen(options->query), &error);

	if (status != KZ_OK)
		return kzi_failure(status, &error);
	if (options->format == KZI_FORMAT_TEXT)
		while ((token = kz_tokens_next(tokens)))
			put_line(token);
	else
		put_json(tokens, options->format == KZI_FORMAT_JSONL);
	kz_tokens_free(tokens);
	return KZI_EXIT_OK;
}

int kzi_inspect_request(struct kzi_answer *answer)
{
	kz_tokens *tokens;
	struct kzi_json json;

	answer->status = kz_analyze(&tokens, answer->options->analyze,
		answer->query, answer->query_length, &answer->error);
	if (answer->status != KZ_OK) {
		kzi_print_error(stdout, answer);
		return KZI_EXIT_OK;
	}
	kzi_json_init(&json, stdout);
	kzi_json_object(&json);
	kzi_print_name(&json, answer);
	kzi_json_key(&json, "tokens");
	put_array(&json, tokens);
	kzi_json_end(&json);
	kzi_json_line(&json);
	kz_tokens_free(tokens);
	return KZI_EXIT_OK;
}

/* ---- --stem ------------------------------------------------------------- */

/* Print the stems of the tokens that are no stop words, or of all. Returns
 * how many tokens that were. A hyphenated word is one word: its parts lie in
 * it, and have stems to be found by, which are none of its own. */
static size_t put_line_stems(kz_tokens *tokens, int takes_stop_words)
{
	const kz_token *token;
	size_t count = 0, end = 0;

	while ((token = kz_tokens_next(tokens))) {
		if (token->span.offset < end ||
			(token->is_stop && !takes_stop_words))
			continue;
		end = token->span.offset + token->span.length;
		if (count++ > 0)
			putchar('\t');
		put_stems(token, '\t');
	}
	return count;
}

/* A line that is all stop words is analysed twice; there are few of them in a
 * list of words, and tokens cannot be walked a second time. */
static kz_status stem_line(
	const char *language, const char *line, size_t length, kz_error *error)
{
	int takes_stop_words;

	for (takes_stop_words = 0; takes_stop_words < 2; takes_stop_words++) {
		kz_tokens *tokens;
		kz_status status =
			kz_analyze(&tokens, language, line, length, error);
		size_t count;

		if (status != KZ_OK)
			return status;
		count = put_line_stems(tokens, takes_stop_words);
		kz_tokens_free(tokens);
		if (count > 0)
			break;
	}
	putchar('\n');
	return KZ_OK;
}

int kzi_inspect_stems(const struct kzi_options *options)
{
	kz_error error = {KZ_OK, 0, ""};
	/* A language that does not exist is told before any word is read. */
	kz_tokens *none = NULL;
	kz_status status = kz_analyze(&none, options->stem, "", 0, &error);
	char *line = NULL;
	size_t capacity = 0;
	ssize_t length;

	kz_tokens_free(none);
	while (status == KZ_OK && !ferror(stdout) &&
		(length = getline(&line, &capacity, stdin)) >= 0) {
		if (length > 0 && line[length - 1] == '\n')
			length--;
		status = stem_line(options->stem, line, (size_t)length, &error);
	}
	free(line);
	if (status != KZ_OK)
		return kzi_failure(status, &error);
	if (ferror(stdin)) {
		kzi_say(KZI_PROGRAM, "cannot read standard input: %s",
			strerror(errno));
		return KZI_EXIT_FAILED;
	}
	return KZI_EXIT_OK;
}
