/* request.c -- see request.h. Members are read by a table, as the options of
 * the command line are; a member that is not in it is refused rather than
 * ignored, since it is a slip of the hand more often than a wish for the
 * future. */
#include "request.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

enum member_kind {
	TEXT,	/* A string, kept as it is. */
	NUMBER, /* From 0 to KZI_NUMBER_MOST. */
	FLAG,	/* true or false. */
	NOT,	/* A flag, turned around. */
	MATCH,	/* A flag; true sets the match to `number`. */
	LIST,	/* A string with commas, or an array: list `number`. */
	QUERY,	/* The words; may hold NUL. */
	SAMPLE, /* The text to analyse; likewise. */
	ID	/* A string or a number. */
};

#define AT(member) offsetof(struct kzi_options, member)

static const struct member {
	const char *name;
	enum member_kind kind;
	size_t at; /* Of the value in the options. */
	int number;
} members[] = {
	{"id", ID, 0, 0},
	{"query", QUERY, 0, 0},
	{"text", SAMPLE, 0, 0},
	{"related", TEXT, AT(related), 0},
	{"analyze", TEXT, AT(analyze), 0},
	{"limit", NUMBER, AT(limit), 0},
	{"offset", NUMBER, AT(offset), 0},
	{"per_document", NUMBER, AT(per_document), 0},
	{"lang", LIST, AT(search.languages), 0},
	{"kind", LIST, AT(search.kinds), 1},
	{"place", LIST, AT(search.places), 2},
	{"any", MATCH, AT(match), KZ_MATCH_ANY},
	{"all", MATCH, AT(match), KZ_MATCH_ALL},
	{"across", FLAG, AT(is_across), 0},
	{"copies", FLAG, AT(wants_copies), 0},
	{"explain", FLAG, AT(wants_explanation), 0},
	{"facets", FLAG, AT(wants_facets), 0},
	{"suggest", NOT, AT(has_no_suggestions), 0},
};

/* A request on its way in. */
struct reading {
	struct kzi_request *request;
	char *message;
	int has_query, has_text;
};

/* Write the reason; always 0. */
__attribute__((format(printf, 2, 3))) static int refuse(
	struct reading *reading, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(reading->message, KZI_REQUEST_MESSAGE, format, arguments);
	va_end(arguments);
	return 0;
}

/* ---- Values ------------------------------------------------------------- */

static int take_text(struct reading *reading, const struct member *member,
	const json_t *value)
{
	const char **at = (const char **)((char *)&reading->request->options +
		member->at);

	if (!json_is_string(value) || !json_string_length(value) ||
		strlen(json_string_value(value)) != json_string_length(value))
		return refuse(
			reading, "\"%s\" must be a string", member->name);
	*at = json_string_value(value);
	return 1;
}

static int take_number(struct reading *reading, const struct member *member,
	const json_t *value)
{
	uint64_t *at =
		(uint64_t *)(void *)((char *)&reading->request->options +
				     member->at);

	if (!json_is_integer(value) || json_integer_value(value) < 0 ||
		json_integer_value(value) > KZI_NUMBER_MOST)
		return refuse(reading,
			"\"%s\" must be a whole number from 0 to %d",
			member->name, KZI_NUMBER_MOST);
	*at = (uint64_t)json_integer_value(value);
	return 1;
}

static int take_flag(struct reading *reading, const struct member *member,
	const json_t *value)
{
	int *at = (int *)(void *)((char *)&reading->request->options +
				  member->at);

	if (!json_is_boolean(value))
		return refuse(reading, "\"%s\" must be true or false",
			member->name);
	if (member->kind == MATCH) {
		if (json_is_true(value))
			*at = member->number;
		else if (*at == member->number)
			*at = KZ_MATCH_DEFAULT;
	} else {
		*at = json_is_true(value) == (member->kind == FLAG);
	}
	return 1;
}

/* A part of a list: a string without what would end it. */
static int is_part(const json_t *value)
{
	const char *text = json_string_value(value);

	return text && *text && !strchr(text, ',') &&
	       strlen(text) == json_string_length(value);
}

/* ["hu", "en"] => "hu,en". */
static int join_list(struct reading *reading, const struct member *member,
	const json_t *array, char **list)
{
	size_t room = 1, i;
	const json_t *item;
	char *at;

	json_array_foreach(array, i, item) {
		if (!is_part(item))
			return refuse(reading,
				"\"%s\" must be a string, or an array of them",
				member->name);
		room += json_string_length(item) + 1;
	}
	at = *list = malloc(room);
	if (!at)
		return refuse(reading, "out of memory");
	*at = '\0';
	json_array_foreach(array, i, item)
		at += snprintf(at, room - (size_t)(at - *list), "%s%s",
			i > 0 ? "," : "", json_string_value(item));
	return 1;
}

static int take_list(struct reading *reading, const struct member *member,
	const json_t *value)
{
	const char **at = (const char **)((char *)&reading->request->options +
		member->at);
	char **list = &reading->request->lists[member->number];

	if (!json_is_array(value))
		return take_text(reading, member, value);
	if (!join_list(reading, member, value, list))
		return 0;
	/* An empty list allows all, in the library too. */
	*at = *list;
	return 1;
}

static int take_query(struct reading *reading, const struct member *member,
	const json_t *value, int *is_there)
{
	struct kzi_request *request = reading->request;

	if (!json_is_string(value))
		return refuse(
			reading, "\"%s\" must be a string", member->name);
	request->query = json_string_value(value);
	request->query_length = json_string_length(value);
	*is_there = 1;
	return 1;
}

/* 7 => "7", "q7" => "q7": the name that the answer gets. */
static int take_id(struct reading *reading, const json_t *value)
{
	struct kzi_request *request = reading->request;

	if (!json_is_string(value) && !json_is_number(value))
		return refuse(reading, "\"id\" must be a string or a number");
	request->id = json_dumps(
		value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(17));
	if (!request->id)
		return refuse(reading, "out of memory");
	if (json_is_string(value)) {
		request->qid = json_string_value(value);
		request->qid_length = json_string_length(value);
	} else {
		request->qid = request->id;
		request->qid_length = strlen(request->id);
	}
	return 1;
}

static int take_value(struct reading *reading, const struct member *member,
	const json_t *value)
{
	/* A client that has no value for a member may say so. */
	if (json_is_null(value))
		return 1;
	switch (member->kind) {
	case TEXT:
		return take_text(reading, member, value);
	case NUMBER:
		return take_number(reading, member, value);
	case FLAG:
	case NOT:
	case MATCH:
		return take_flag(reading, member, value);
	case LIST:
		return take_list(reading, member, value);
	case QUERY:
		return take_query(
			reading, member, value, &reading->has_query);
	case SAMPLE:
		return take_query(reading, member, value, &reading->has_text);
	case ID:
		return take_id(reading, value);
	}
	return 0;
}

/* ---- The whole ---------------------------------------------------------- */

static const struct member *find_member(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(members) / sizeof(*members); i++)
		if (!strcmp(members[i].name, name))
			return &members[i];
	return NULL;
}

/* The id goes first, so that what is wrong with the others can be answered
 * under it. */
static int take_members(struct reading *reading, json_t *root)
{
	json_t *id = json_object_get(root, "id"), *value;
	const char *name;

	if (id && !json_is_null(id) && !take_id(reading, id))
		return 0;
	json_object_foreach(root, name, value) {
		const struct member *member = find_member(name);

		if (!member)
			return refuse(
				reading, "\"%.80s\" is no member known", name);
		if (member->kind != ID && !take_value(reading, member, value))
			return 0;
	}
	return 1;
}

static int is_blank(const char *text, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (!strchr(" \t\r\n\v\f", text[i]) || !text[i])
			return 0;
	return 1;
}

/* One thing is asked: a query, a passage, or the words of a text. */
static int check_members(struct reading *reading)
{
	const struct kzi_request *request = reading->request;
	const struct kzi_options *options = &request->options;
	int asked = reading->has_query + (options->related != NULL) +
		    (options->analyze != NULL);

	if (asked > 1)
		return refuse(reading, "\"query\", \"related\" and \"analyze\""
				       " exclude each other");
	if (!options->analyze != !reading->has_text)
		return refuse(reading,
			"\"analyze\" and \"text\" belong together");
	if (asked == 0)
		return refuse(reading, "\"query\" is missing");
	if (reading->has_query &&
		is_blank(request->query, request->query_length))
		return refuse(reading, "the query is empty");
	return 1;
}

static int parse(struct reading *reading, const char *line, size_t length)
{
	json_error_t error;
	json_t *root = json_loadb(line, length,
		JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);

	reading->request->root = root;
	if (!root)
		return refuse(reading, "not JSON: %s, at byte %d", error.text,
			error.position);
	return take_members(reading, root) && check_members(reading);
}

static size_t skip_space(const char *line, size_t length, size_t i)
{
	while (i < length && (line[i] == ' ' || line[i] == '\t'))
		i++;
	return i;
}

int kzi_request_is(const char *line, size_t length)
{
	size_t i = skip_space(line, length, 0);

	if (i == length || line[i] != '{')
		return 0;
	i = skip_space(line, length, i + 1);
	return i < length && strchr("\"'}", line[i]) && line[i];
}

int kzi_request_read(struct kzi_request *request,
	const struct kzi_options *defaults, uint64_t number, const char *line,
	size_t length, char message[KZI_REQUEST_MESSAGE])
{
	struct reading reading = {.request = request, .message = message};

	memset(request, 0, sizeof(*request));
	request->options = *defaults;
	request->options.format = KZI_FORMAT_JSON;
	request->query = "";
	request->qid = request->number;
	request->qid_length = (size_t)snprintf(request->number,
		sizeof(request->number), "%" PRIu64, number);
	if (!parse(&reading, line, length))
		return 0;
	kzi_options_fill(&request->options);
	return 1;
}

void kzi_request_release(struct kzi_request *request)
{
	size_t i;

	for (i = 0; i < sizeof(request->lists) / sizeof(*request->lists); i++)
		free(request->lists[i]);
	free(request->id);
	json_decref(request->root);
}
