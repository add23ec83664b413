/* parse.c -- see parse.h: a lexer and a descent, one function a rule. */
#include "search/parse.h"

#include <string.h>

enum {
	DEPTH_MOST = 64,       /* Brackets within brackets. */
	TERMS_MOST = 1024,     /* Words, phrases, brackets; the rest is left
				  out. */
	DISTANCE_DEFAULT = 10, /* Of NEAR without a number. */
	DISTANCE_MOST = 1000
};

enum token_type {
	TOKEN_END,
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_PHRASE,
	TOKEN_WORD, /* Operators too: the parser knows where they count. */
	TOKEN_FIELD /* A known field with its colon. */
};

struct token {
	enum token_type type;
	const char *text;
	size_t length;
	char sign;
	enum kzi_field field;
	int is_prefix;
};

struct parser {
	struct kzi_arena *arena;
	const char *at, *end;
	struct token token; /* At hand. */
	uint32_t faults;
	uint32_t terms;
	uint32_t depth;
	int failed; /* Memory ran out. */
};

/* ---- Lexer ------------------------------------------------------------- */

static int starts_with(const char *at, const char *end, const char *text)
{
	size_t length = strlen(text);

	return (size_t)(end - at) >= length && !memcmp(at, text, length);
}

/* Bytes of the white space at `at`: what pages and keyboards put between words,
 * the no-break spaces of French and Portuguese typesetting among it. */
static size_t space_length(const char *at, const char *end)
{
	static const char *const wide[] = { "\xC2\xA0", "\xE2\x80\x89",
		"\xE2\x80\xAF", "\xE3\x80\x80" };
	size_t i;

	if (at == end)
		return 0;
	if (*at == ' ' || (*at >= '\t' && *at <= '\r') || *at == '\0')
		return 1;
	for (i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (starts_with(at, end, wide[i]))
			return strlen(wide[i]);
	return 0;
}

/* Bytes of the quotation mark at `at`. Any of them ends what any other began:
 * „so", "so” and »so« are all typed. */
static size_t quote_length(const char *at, const char *end)
{
	static const char *const marks[] = { "\"", "\xE2\x80\x9C",
		"\xE2\x80\x9D", "\xE2\x80\x9E", "\xE2\x80\x9F", "\xC2\xAB",
		"\xC2\xBB", "\xEF\xBC\x82" };
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (starts_with(at, end, marks[i]))
			return strlen(marks[i]);
	return 0;
}

static int ends_word(const char *at, const char *end)
{
	return space_length(at, end) > 0 || *at == '(' || *at == ')' ||
		quote_length(at, end) > 0;
}

static const struct {
	const char *name;
	enum kzi_field field;
} fields[] = {
	{ "title", KZI_FIELD_TITLE }, { "lang", KZI_FIELD_LANG },
	{ "kind", KZI_FIELD_KIND },   { "place", KZI_FIELD_PLACE },
	{ "path", KZI_FIELD_PATH },
};

static enum kzi_field find_field(const char *text, size_t length)
{
	size_t i;

	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strlen(fields[i].name) == length &&
			!memcmp(fields[i].name, text, length))
			return fields[i].field;
	return KZI_FIELD_NONE;
}

/* 1 if the quotation mark at hand has a partner, which then ends a phrase; one
 * without is left out. */
static int lex_phrase(struct parser *parser)
{
	struct token *token = &parser->token;
	const char *at, *start;

	start = parser->at + quote_length(parser->at, parser->end);
	for (at = start; at < parser->end; at++)
		if (quote_length(at, parser->end))
			break;
	parser->at = start;
	if (at == parser->end) {
		parser->faults++;
		return 0;
	}
	token->type = TOKEN_PHRASE;
	token->text = start;
	token->length = (size_t)(at - start);
	parser->at = at + quote_length(at, parser->end);
	return 1;
}

/* 1 if the word so far is a field whose colon stands before a value. */
static int lex_field(struct parser *parser, const char *colon)
{
	struct token *token = &parser->token;

	if (colon + 1 >= parser->end || space_length(colon + 1, parser->end))
		return 0;
	token->field =
		find_field(token->text, (size_t)(colon - token->text));
	if (!token->field)
		return 0;
	token->type = TOKEN_FIELD;
	parser->at = colon + 1;
	return 1;
}

static void lex_word(struct parser *parser)
{
	struct token *token = &parser->token;

	token->type = TOKEN_WORD;
	token->text = parser->at;
	while (parser->at < parser->end &&
		!ends_word(parser->at, parser->end)) {
		if (*parser->at == ':' && lex_field(parser, parser->at))
			return;
		parser->at++;
	}
	token->length = (size_t)(parser->at - token->text);
	if (token->length > 1 && token->text[token->length - 1] == '*') {
		token->length--;
		token->is_prefix = 1;
	}
}

static void skip_space(struct parser *parser)
{
	size_t length;

	while ((length = space_length(parser->at, parser->end)) > 0)
		parser->at += length;
}

/* A sign stands right before what it belongs to. */
static void lex_sign(struct parser *parser)
{
	if (parser->end - parser->at > 1 &&
		(*parser->at == '+' || *parser->at == '-') &&
		!space_length(parser->at + 1, parser->end))
		parser->token.sign = *parser->at++;
}

static void advance(struct parser *parser)
{
	struct token *token = &parser->token;

	memset(token, 0, sizeof(*token));
	skip_space(parser);
	lex_sign(parser);
	if (quote_length(parser->at, parser->end)) {
		if (lex_phrase(parser))
			return;
		/* Without its mark, a sign before white space is none. */
		if (space_length(parser->at, parser->end)) {
			advance(parser);
			return;
		}
	}
	if (parser->at == parser->end)
		return;
	if (*parser->at == '(' || *parser->at == ')') {
		token->type = *parser->at == '(' ? TOKEN_OPEN : TOKEN_CLOSE;
		parser->at++;
	} else {
		lex_word(parser);
	}
}

/* ---- Operators --------------------------------------------------------- */

static int is_word(const struct token *token, const char *word)
{
	return token->type == TOKEN_WORD && !token->sign &&
		token->length == strlen(word) &&
		!memcmp(token->text, word, token->length);
}

/* NEAR or NEAR/n: the distance, otherwise 0. */
static uint32_t near_distance(const struct token *token)
{
	uint32_t distance = 0;
	size_t i;

	if (is_word(token, "NEAR"))
		return DISTANCE_DEFAULT;
	if (token->type != TOKEN_WORD || token->length < 6 ||
		memcmp(token->text, "NEAR/", 5))
		return 0;
	for (i = 5; i < token->length; i++) {
		if (token->text[i] < '0' || token->text[i] > '9')
			return 0;
		distance = distance * 10 + (uint32_t)(token->text[i] - '0');
		if (distance > DISTANCE_MOST)
			distance = DISTANCE_MOST;
	}
	return distance;
}

static int is_operator(const struct token *token)
{
	return is_word(token, "AND") || is_word(token, "OR") ||
		is_word(token, "NOT") || near_distance(token);
}

static int begins_term(const struct token *token)
{
	return token->type == TOKEN_WORD || token->type == TOKEN_PHRASE ||
		token->type == TOKEN_OPEN || token->type == TOKEN_FIELD;
}

/* What follows the token at hand, without taking it. */
static struct token peek(const struct parser *parser)
{
	struct parser ahead = *parser;

	advance(&ahead);
	return ahead.token;
}

/* 1 if the operator at hand stands before a term, so that it is one. */
static int counts(const struct parser *parser)
{
	struct token next = peek(parser);

	return is_operator(&parser->token) && begins_term(&next);
}

/* ---- Tree -------------------------------------------------------------- */

static struct kzi_node *make_node(
	struct parser *parser, enum kzi_node_type type)
{
	struct kzi_node *node =
		kzi_arena_zero(parser->arena, 1, sizeof(*node));

	if (node)
		node->type = type;
	else
		parser->failed = 1;
	return node;
}

static void add_child(struct kzi_node *parent, struct kzi_node *child)
{
	struct kzi_node **last = &parent->first;

	while (*last)
		last = &(*last)->next;
	*last = child;
}

/* `left` as the only child of a new node, unless it is one of that type. */
static struct kzi_node *wrap(
	struct parser *parser, enum kzi_node_type type, struct kzi_node *left)
{
	struct kzi_node *node;

	if (left && left->type == type && !left->sign && type != KZI_NODE_NEAR)
		return left;
	node = make_node(parser, type);
	if (node && left)
		add_child(node, left);
	return node;
}

static struct kzi_node *parse_group(struct parser *parser);

static struct kzi_node *parse_brackets(struct parser *parser)
{
	struct kzi_node *node;

	if (parser->depth == DEPTH_MOST || parser->terms++ >= TERMS_MOST) {
		parser->faults++;
		advance(parser);
		return NULL;
	}
	parser->depth++;
	advance(parser);
	node = parse_group(parser);
	parser->depth--;
	if (parser->token.type == TOKEN_CLOSE)
		advance(parser);
	else
		parser->faults++;
	return node;
}

static struct kzi_node *parse_leaf(struct parser *parser, enum kzi_field field)
{
	const struct token *token = &parser->token;
	struct kzi_node *node = NULL;

	if (parser->terms++ < TERMS_MOST) {
		node = make_node(parser, KZI_NODE_WORD);
		if (node) {
			node->text = token->text;
			node->length = token->length;
			node->field = field;
			if (token->type == TOKEN_PHRASE)
				node->type = KZI_NODE_PHRASE;
			else if (token->is_prefix)
				node->type = KZI_NODE_PREFIX;
			if (field > KZI_FIELD_TITLE)
				node->type = KZI_NODE_FILTER;
		}
	} else {
		parser->faults++;
	}
	advance(parser);
	return node;
}

static struct kzi_node *parse_one(struct parser *parser)
{
	char sign = parser->token.sign;
	enum kzi_field field = KZI_FIELD_NONE;
	struct kzi_node *node;

	if (parser->token.type == TOKEN_FIELD) {
		field = parser->token.field;
		advance(parser);
		if (!sign)
			sign = parser->token.sign;
	}
	/* Words and phrases have fields, brackets do not. */
	if (parser->token.type == TOKEN_OPEN && field)
		parser->faults++;
	if (parser->token.type == TOKEN_OPEN)
		node = parse_brackets(parser);
	else if (parser->token.type == TOKEN_WORD ||
		parser->token.type == TOKEN_PHRASE)
		node = parse_leaf(parser, field);
	else
		return NULL;
	if (node && sign && node->sign)
		node = wrap(parser, KZI_NODE_GROUP, node);
	if (node && sign)
		node->sign = sign;
	return node;
}

static struct kzi_node *parse_near(struct parser *parser)
{
	struct kzi_node *node = parse_one(parser);
	uint32_t distance;

	while (node && (distance = near_distance(&parser->token)) > 0 &&
		counts(parser)) {
		struct kzi_node *right;

		if (node->type != KZI_NODE_NEAR)
			node = wrap(parser, KZI_NODE_NEAR, node);
		if (node && distance > node->distance)
			node->distance = distance;
		advance(parser);
		right = parse_one(parser);
		if (node && right)
			add_child(node, right);
	}
	return node;
}

static struct kzi_node *parse_all(struct parser *parser)
{
	struct kzi_node *node = parse_near(parser);

	while (node && counts(parser) &&
		(is_word(&parser->token, "AND") ||
			is_word(&parser->token, "NOT"))) {
		int negates = is_word(&parser->token, "NOT");
		struct kzi_node *right;

		advance(parser);
		if (!negates && is_word(&parser->token, "NOT") &&
			counts(parser)) {
			negates = 1;
			advance(parser);
		}
		right = parse_near(parser);
		node = wrap(parser, KZI_NODE_AND, node);
		if (!node || !right)
			continue;
		if (negates && right->sign)
			right = wrap(parser, KZI_NODE_GROUP, right);
		if (negates && right)
			right->sign = '-';
		if (right)
			add_child(node, right);
	}
	return node;
}

static struct kzi_node *parse_some(struct parser *parser)
{
	struct kzi_node *node = parse_all(parser);

	while (node && is_word(&parser->token, "OR") && counts(parser)) {
		struct kzi_node *right;

		advance(parser);
		right = parse_all(parser);
		node = wrap(parser, KZI_NODE_OR, node);
		if (node && right)
			add_child(node, right);
	}
	return node;
}

static struct kzi_node *parse_group(struct parser *parser)
{
	struct kzi_node *group = make_node(parser, KZI_NODE_GROUP);
	struct kzi_node **last = group ? &group->first : NULL;

	while (!parser->failed && parser->token.type != TOKEN_END) {
		struct kzi_node *child;

		if (parser->token.type == TOKEN_CLOSE) {
			if (parser->depth > 0)
				break;
			parser->faults++;
			advance(parser);
			continue;
		}
		child = parse_some(parser);
		if (child && last) {
			*last = child;
			last = &child->next;
		}
	}
	return group;
}

struct kzi_node *kzi_parse(struct kzi_arena *arena, const char *query,
	size_t length, uint32_t *faults)
{
	struct parser parser = { .arena = arena, .at = query,
		.end = query + length };
	struct kzi_node *tree;

	advance(&parser);
	tree = parse_group(&parser);
	if (faults)
		*faults = parser.faults;
	return parser.failed ? NULL : tree;
}
