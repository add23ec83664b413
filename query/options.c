/* options.c -- the table of options, and which of them go together. */
#include "options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/coding.h"
#include "cli/say.h"

enum { LIMIT_DEFAULT = 10, PER_DOCUMENT_DEFAULT = 3 };

static const char *const formats[] = {
	"text", "json", "jsonl", "trec", "tsv", NULL};

#define AT(member) offsetof(struct kzi_options, member)

static const struct kzi_opt table[] = {
	{.name = "limit",
		.letter = 'n',
		.kind = KZI_OPT_NUMBER,
		.at = AT(limit),
		.most = KZI_NUMBER_MOST,
		.value = "N",
		.help = "show at most N hits (10)"},
	{.name = "offset",
		.kind = KZI_OPT_NUMBER,
		.at = AT(offset),
		.most = KZI_NUMBER_MOST,
		.value = "N",
		.help = "skip the first N hits"},
	{.name = "per-document",
		.kind = KZI_OPT_NUMBER,
		.at = AT(per_document),
		.most = KZI_NUMBER_MOST,
		.value = "N",
		.help = "at most N hits of a document (3; 0: no limit)"},
	{.name = "lang",
		.kind = KZI_OPT_TEXT,
		.at = AT(search.languages),
		.value = "TAG[,TAG]",
		.help = "only passages in these languages"},
	{.name = "kind",
		.kind = KZI_OPT_TEXT,
		.at = AT(search.kinds),
		.value = "K[,K]",
		.help = "only guide, story or material"},
	{.name = "place",
		.kind = KZI_OPT_TEXT,
		.at = AT(search.places),
		.value = "P[,P]",
		.help = "only these places: wales,hungary"},
	{.name = "any",
		.kind = KZI_OPT_FLAG,
		.at = AT(match),
		.sets = KZ_MATCH_ANY,
		.help = "some word must occur (the default)"},
	{.name = "all",
		.kind = KZI_OPT_FLAG,
		.at = AT(match),
		.sets = KZ_MATCH_ALL,
		.help = "every word must occur"},
	{.name = "across",
		.kind = KZI_OPT_FLAG,
		.at = AT(is_across),
		.sets = 1,
		.help = "also find passages in other languages"},
	{.name = "glossary",
		.kind = KZI_OPT_TEXT,
		.at = AT(search.glossary),
		.value = "FILE",
		.help = "word table for --across (that of INDEX)"},
	{.name = "related",
		.kind = KZI_OPT_TEXT,
		.at = AT(related),
		.value = "ID",
		.help = "passages like the one with this id"},
	{.name = "batch",
		.kind = KZI_OPT_TEXT,
		.at = AT(batch),
		.value = "FILE",
		.help = "answer each line ([qid<TAB>]query, or JSON); -: stdin"},
	{.name = "format",
		.kind = KZI_OPT_CHOICE,
		.at = AT(format),
		.choices = formats,
		.value = "F",
		.help = "text, json, jsonl (a line a hit), trec or tsv"},
	{.name = "json",
		.kind = KZI_OPT_FLAG,
		.at = AT(format),
		.sets = KZI_FORMAT_JSON,
		.help = "the same as --format json"},
	{.name = "run",
		.kind = KZI_OPT_TEXT,
		.at = AT(run),
		.value = "TAG",
		.help = "the last column of trec (kalauz)"},
	{.name = "color",
		.kind = KZI_OPT_CHOICE,
		.at = AT(color),
		.choices = kzi_say_whens,
		.value = "WHEN",
		.help = "auto, always or never"},
	{.name = "no-color",
		.kind = KZI_OPT_FLAG,
		.at = AT(color),
		.sets = KZI_NEVER,
		.help = "the same as --color never"},
	{.name = "no-suggest",
		.kind = KZI_OPT_FLAG,
		.at = AT(has_no_suggestions),
		.sets = 1,
		.help = "suggest no other spelling, and try none"},
	{.name = "copies",
		.kind = KZI_OPT_FLAG,
		.at = AT(wants_copies),
		.sets = 1,
		.help = "show the same text as often as it is there"},
	{.name = "facets",
		.kind = KZI_OPT_FLAG,
		.at = AT(wants_facets),
		.sets = 1,
		.help = "count by language, kind and place (text, json)"},
	{.name = "explain",
		.kind = KZI_OPT_FLAG,
		.at = AT(wants_explanation),
		.sets = 1,
		.help = "tell how the query was read (text, json)"},
	{.name = "analyze",
		.kind = KZI_OPT_TEXT,
		.at = AT(analyze),
		.value = "TAG",
		.help = "show the tokens of TEXT in a language"},
	{.name = "stem",
		.kind = KZI_OPT_TEXT,
		.at = AT(stem),
		.value = "TAG",
		.help = "write the stems of each word on stdin, a line each"},
	{.name = "version",
		.kind = KZI_OPT_FLAG,
		.at = AT(wants_version),
		.sets = 1,
		.help = "print the version"},
	{.name = "help",
		.letter = 'h',
		.kind = KZI_OPT_FLAG,
		.at = AT(wants_help),
		.sets = 1,
		.help = "print this"},
	{.name = NULL},
};

const struct kzi_program kzi_query_program = {
	.name = KZI_PROGRAM,
	.usage = "[OPTION]... INDEX QUERY...\n"
		 "[OPTION]... INDEX --batch FILE | --related ID\n"
		 "--analyze TAG [--json] TEXT...\n"
		 "--stem TAG",
	.summary = "Find passages in an index made by kalauz-index.",
	.options = table,
	.footer =
		"Query:  word \"a phrase\" +must -not AND OR NOT ( ) NEAR/5 "
		"word* title:word\n"
		"Columns of tsv:  rank score document anchor lang title "
		"heading text;\n"
		"                 with --batch the qid before them\n"
		"JSON lines:  {\"id\": 7, \"query\": \"...\", \"limit\": 3}, "
		"see kalauz-query(1)\n"
		"Exit status:  0 found, 1 nothing found, 2 usage, 3 no usable "
		"index\n",
};

/* ---- What goes together ------------------------------------------------- */

/* Write the reason; always 0. */
__attribute__((format(printf, 2, 3))) static int refuse(
	char message[KZI_OPTS_MESSAGE], const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(message, KZI_OPTS_MESSAGE, format, arguments);
	va_end(arguments);
	return 0;
}

/* --batch, --related, --analyze and --stem each say what to do. */
static int check_modes(const struct kzi_options *options, char *message)
{
	const struct {
		const char *value;
		const char *name;
	} modes[] = {
		{options->batch, "--batch"},
		{options->related, "--related"},
		{options->analyze, "--analyze"},
		{options->stem, "--stem"},
	};
	const char *found = NULL;
	size_t i;

	for (i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		if (!modes[i].value)
			continue;
		if (found)
			return refuse(message,
				"%s and %s exclude each other; "
				"see --help",
				found, modes[i].name);
		found = modes[i].name;
	}
	return 1;
}

static int check_format(const struct kzi_options *options, char *message)
{
	int format = options->format;

	if (options->analyze && format > KZI_FORMAT_JSONL)
		return refuse(message, "--analyze writes text, json or jsonl; "
				       "see --help");
	if (options->stem && format != KZI_FORMAT_TEXT)
		return refuse(message, "--stem writes text only; see --help");
	if (options->wants_explanation && format > KZI_FORMAT_JSON)
		return refuse(message, "--explain goes with text and json; "
				       "see --help");
	if (options->wants_facets && format > KZI_FORMAT_JSON)
		return refuse(message, "--facets goes with text and json; "
				       "see --help");
	return 1;
}

static int is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n\v\f")] == '\0';
}

/* Operands that make up the query or the text. */
static int take_words(
	struct kzi_options *options, char **words, int count, char *message)
{
	char *typed = kzi_opts_join(words, count);
	char *decoded = typed ? kzi_coding_decode(typed) : NULL;

	options->query = decoded ? decoded : typed;
	if (decoded)
		free(typed);
	return options->query ? 1 : refuse(message, "out of memory");
}

static int take_operands(
	struct kzi_options *options, char **operands, int count, char *message)
{
	int has_index = !options->analyze && !options->stem;
	int has_words = !options->batch && !options->related && !options->stem;

	if (has_index && count == 0)
		return refuse(message, "INDEX is missing; see --help");
	if (has_index) {
		options->index = *operands++;
		count--;
	}
	if (!has_words && count > 0)
		return refuse(message,
			"'%.80s' is one operand too many; "
			"see --help",
			operands[0]);
	if (!has_words)
		return 1;
	if (count == 0)
		return refuse(message, "%s is missing; see --help",
			options->analyze ? "TEXT" : "QUERY");
	if (!take_words(options, operands, count, message))
		return 0;
	if (!options->analyze && is_blank(options->query))
		return refuse(message, "the query is empty; see --help");
	return 1;
}

/* The options as the library wants them. There 0 asks for the default; here
 * it means none, or no limit. */
void kzi_options_fill(struct kzi_options *options)
{
	kz_search_options *search = &options->search;

	search->limit = options->limit ? (uint32_t)options->limit : 1;
	search->offset = (uint32_t)options->offset;
	search->per_document = options->per_document
				       ? (uint32_t)options->per_document
				       : KZ_NO_LIMIT;
	search->copies = options->wants_copies;
	/* A line a document: what else a document holds is not asked for, and
	 * one that has the text of another is a document all the same. */
	if (options->format == KZI_FORMAT_TREC) {
		search->per_document = 1;
		search->copies = 1;
	}
	search->match = (kz_match)options->match;
	search->explain = options->wants_explanation;
	search->no_suggest = options->has_no_suggestions;
	search->facets = options->wants_facets;
	search->across = options->is_across;
}

int kzi_options_read(struct kzi_options *options, int argc, char **argv,
	char message[KZI_OPTS_MESSAGE])
{
	static const kz_search_options search = KZ_SEARCH_OPTIONS_INIT;
	int count;

	memset(options, 0, sizeof(*options));
	options->search = search;
	options->limit = LIMIT_DEFAULT;
	options->per_document = PER_DOCUMENT_DEFAULT;
	options->run = "kalauz";
	count = kzi_opts_read(&kzi_query_program, options, argc, argv, message);
	if (count < 0)
		return 0;
	if (options->wants_help || options->wants_version)
		return 1;
	if (!check_modes(options, message) || !check_format(options, message) ||
		!take_operands(options, argv, count, message))
		return 0;
	kzi_options_fill(options);
	return 1;
}

void kzi_options_release(struct kzi_options *options)
{
	free(options->query);
	options->query = NULL;
}
