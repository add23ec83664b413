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
	KZI_ROW_NUMBER("limit", 'n', AT(limit), 0, KZI_NUMBER_MOST, "N",
		"show at most N hits (10)"),
	KZI_ROW_NUMBER("offset", 0, AT(offset), 0, KZI_NUMBER_MOST, "N",
		"skip the first N hits"),
	KZI_ROW_NUMBER("per-document", 0, AT(per_document), 0,
		KZI_NUMBER_MOST, "N",
		"at most N hits of a document (3; 0: no limit)"),
	KZI_ROW_TEXT("lang", AT(search.languages), "TAG[,TAG]",
		"only passages in these languages"),
	KZI_ROW_TEXT("kind", AT(search.kinds), "K[,K]",
		"only guide, story or material"),
	KZI_ROW_TEXT("place", AT(search.places), "P[,P]",
		"only these places: wales,hungary"),
	KZI_ROW_FLAG("any", 0, AT(match), KZ_MATCH_ANY,
		"some word must occur (the default)"),
	KZI_ROW_FLAG("all", 0, AT(match), KZ_MATCH_ALL,
		"every word must occur"),
	KZI_ROW_FLAG("across", 0, AT(is_across), 1,
		"also find passages in other languages"),
	KZI_ROW_TEXT("glossary", AT(search.glossary), "FILE",
		"word table for --across (that of INDEX)"),
	KZI_ROW_TEXT("related", AT(related), "ID",
		"passages like the one with this id"),
	KZI_ROW_TEXT("batch", AT(batch), "FILE",
		"answer each line ([qid<TAB>]query, or JSON); -: stdin"),
	KZI_ROW_CHOICE("format", AT(format), formats, "F",
		"text, json, jsonl (a line a hit), trec or tsv"),
	KZI_ROW_FLAG("json", 0, AT(format), KZI_FORMAT_JSON,
		"the same as --format json"),
	KZI_ROW_TEXT("run", AT(run), "TAG", "the last column of trec (kalauz)"),
	KZI_ROW_CHOICE("color", AT(color), kzi_say_whens, "WHEN",
		"auto, always or never"),
	KZI_ROW_FLAG("no-color", 0, AT(color), KZI_NEVER,
		"the same as --color never"),
	KZI_ROW_FLAG("no-suggest", 0, AT(has_no_suggestions), 1,
		"suggest no other spelling, and try none"),
	KZI_ROW_FLAG("copies", 0, AT(wants_copies), 1,
		"show the same text as often as it is there"),
	KZI_ROW_FLAG("facets", 0, AT(wants_facets), 1,
		"count by language, kind and place (text, json)"),
	KZI_ROW_FLAG("explain", 0, AT(wants_explanation), 1,
		"tell how the query was read (text, json)"),
	KZI_ROW_TEXT("analyze", AT(analyze), "TAG",
		"show the tokens of TEXT in a language"),
	KZI_ROW_TEXT("stem", AT(stem), "TAG",
		"write the stems of each word on stdin, a line each"),
	KZI_ROW_VERSION(AT(wants_version)),
	KZI_ROW_HELP(AT(wants_help)),
	KZI_ROW_END
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
	const struct kzi_mode modes[] = {
		{options->batch != NULL, "--batch"},
		{options->related != NULL, "--related"},
		{options->analyze != NULL, "--analyze"},
		{options->stem != NULL, "--stem"},
	};

	return kzi_opts_check_modes(
		modes, sizeof(modes) / sizeof(*modes), message);
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
