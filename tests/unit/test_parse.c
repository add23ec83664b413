/* lib/search/parse.c: a query => its tree as text.
 *
 *     word  word*  "a phrase"   leaves, with their sign and field before them
 *     (a b)                     side by side; the outermost has no brackets
 *     {OR a b}  {AND a -b}  {NEAR/5 a b}
 *     lang=hu                   a filter
 *     !2                        two things were left out */
#include "unit.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "search/parse.h"

static const char *const field_names[] = { "", "title", "lang", "kind",
	"place", "path" };

static void put_node(struct kzi_buf *out, const struct kzi_node *node);

static void put_children(struct kzi_buf *out, const struct kzi_node *node)
{
	const struct kzi_node *child;

	for (child = node->first; child; child = child->next) {
		if (child != node->first)
			kzi_buf_byte(out, ' ');
		put_node(out, child);
	}
}

static void put_operator(
	struct kzi_buf *out, const struct kzi_node *node, const char *name)
{
	kzi_buf_byte(out, '{');
	kzi_buf_text(out, name);
	kzi_buf_byte(out, ' ');
	put_children(out, node);
	kzi_buf_byte(out, '}');
}

static void put_leaf(struct kzi_buf *out, const struct kzi_node *node)
{
	int is_phrase = node->type == KZI_NODE_PHRASE;

	if (node->field) {
		kzi_buf_text(out, field_names[node->field]);
		kzi_buf_byte(out, node->type == KZI_NODE_FILTER ? '=' : ':');
	}
	if (is_phrase)
		kzi_buf_byte(out, '"');
	kzi_buf_append(out, node->text, node->length);
	if (is_phrase)
		kzi_buf_byte(out, '"');
	if (node->type == KZI_NODE_PREFIX)
		kzi_buf_byte(out, '*');
}

static void put_node(struct kzi_buf *out, const struct kzi_node *node)
{
	char name[32];

	if (node->sign)
		kzi_buf_byte(out, node->sign);
	switch (node->type) {
	case KZI_NODE_GROUP:
		kzi_buf_byte(out, '(');
		put_children(out, node);
		kzi_buf_byte(out, ')');
		break;
	case KZI_NODE_OR:
		put_operator(out, node, "OR");
		break;
	case KZI_NODE_AND:
		put_operator(out, node, "AND");
		break;
	case KZI_NODE_NEAR:
		snprintf(name, sizeof(name), "NEAR/%u", node->distance);
		put_operator(out, node, name);
		break;
	default:
		put_leaf(out, node);
	}
}

struct golden {
	const char *query;
	const char *tree;
};

static const struct golden goldens[] = {
	{ "", "" },
	{ " ", "" },
	{ "chair", "chair" },
	{ "two chairs", "two chairs" },
	{ "  two\tchairs  ", "two chairs" },
	{ "\"a phrase\"", "\"a phrase\"" },
	{ "\"a phrase\" and more", "\"a phrase\" and more" },
	{ "\xE2\x80\x9C" "curly phrase\xE2\x80\x9D", "\"curly phrase\"" },
	{ "\xE2\x80\x9Elow phrase\xE2\x80\x9D", "\"low phrase\"" },
	{ "\"unclosed phrase", "\"unclosed phrase\" !1" },
	{ "a \"unclosed", "a \"unclosed\" !1" },
	{ "\"\"", "\"\"" },
	{ "\"a\" \"b\"", "\"a\" \"b\"" },
	{ "a\"b\"c", "a \"b\" c" },
	{ "+must", "+must" },
	{ "-not", "-not" },
	{ "+must -not some", "+must -not some" },
	{ "+ must", "+ must" },
	{ "- not", "- not" },
	{ "a-b", "a-b" },
	{ "a - b", "a - b" },
	{ "--a", "--a" },
	{ "+\"a phrase\"", "+\"a phrase\"" },
	{ "-\"a phrase\" b", "-\"a phrase\" b" },
	{ "a AND b", "{AND a b}" },
	{ "a AND b AND c", "{AND a b c}" },
	{ "a AND NOT b", "{AND a -b}" },
	{ "a NOT b", "{AND a -b}" },
	{ "a NOT b NOT c", "{AND a -b -c}" },
	{ "NOT a", "NOT a" },
	{ "AND", "AND" },
	{ "OR", "OR" },
	{ "AND OR NOT", "{OR AND NOT}" },
	{ "a AND", "a AND" },
	{ "AND a", "AND a" },
	{ "a OR", "a OR" },
	{ "OR a", "OR a" },
	{ "a OR b", "{OR a b}" },
	{ "a OR b OR c", "{OR a b c}" },
	{ "a OR b AND c", "{OR a {AND b c}}" },
	{ "a AND b OR c", "{OR {AND a b} c}" },
	{ "a b OR c d", "a {OR b c} d" },
	{ "a and b", "a and b" },
	{ "a or b", "a or b" },
	{ "a AND OR b", "{AND a OR} b" },
	{ "a OR AND b", "{OR a AND} b" },
	{ "a NOT NOT b", "{AND a -NOT} b" },
	{ "(a b)", "(a b)" },
	{ "(a OR b) AND c", "{AND ({OR a b}) c}" },
	{ "a (b c)", "a (b c)" },
	{ "-(a b)", "-(a b)" },
	{ "+(a OR b) c", "+({OR a b}) c" },
	{ "(a", "(a) !1" },
	{ "a)", "a !1" },
	{ "((a)", "((a)) !1" },
	{ "(a))", "(a) !1" },
	{ "()", "()" },
	{ "a () b", "a () b" },
	{ ")(", "() !2" },
	{ "(a OR b", "({OR a b}) !1" },
	{ "a NEAR b", "{NEAR/10 a b}" },
	{ "a NEAR/5 b", "{NEAR/5 a b}" },
	{ "a NEAR/5 b NEAR/7 c", "{NEAR/7 a b c}" },
	{ "a NEAR/0 b", "a NEAR/0 b" },
	{ "a NEAR/x b", "a NEAR/x b" },
	{ "a NEAR/99999999999 b", "{NEAR/1000 a b}" },
	{ "NEAR a", "NEAR a" },
	{ "a NEAR", "a NEAR" },
	{ "\"a b\" NEAR c", "{NEAR/10 \"a b\" c}" },
	{ "(a b) NEAR c", "{NEAR/10 (a b) c}" },
	{ "a NEAR b OR c", "{OR {NEAR/10 a b} c}" },
	{ "word*", "word*" },
	{ "*", "*" },
	{ "wo*rd", "wo*rd" },
	{ "word**", "word**" },
	{ "title:word", "title:word" },
	{ "title:\"a phrase\"", "title:\"a phrase\"" },
	{ "title: word", "title: word" },
	{ "title:", "title:" },
	{ "Title:word", "Title:word" },
	{ "title:(a b)", "(a b) !1" },
	{ "lang:hu", "lang=hu" },
	{ "lang:hu,ro chair", "lang=hu,ro chair" },
	{ "kind:story chair", "kind=story chair" },
	{ "place:wales chair", "place=wales chair" },
	{ "path:stories/wales chair", "path=stories/wales chair" },
	{ "-lang:hu chair", "-lang=hu chair" },
	{ "+kind:guide chair", "+kind=guide chair" },
	{ "-kind:story chair", "-kind=story chair" },
	{ "url:http://x", "url:http://x" },
	{ "http://example.org/", "http://example.org/" },
	{ "10:30", "10:30" },
	{ "a:b", "a:b" },
	{ "title:word*", "title:word*" },
	{ "title:title:a", "title:a" },
	{ "lang:hu AND chair", "{AND lang=hu chair}" },
	{ "lang:hu OR lang:ro", "{OR lang=hu lang=ro}" },
	{ "e-mail", "e-mail" },
	{ "it's", "it's" },
	{ "C++", "C++" },
	{ "AND\"a\"", "AND \"a\"" },
	{ "a+b", "a+b" },
	{ "-+a", "-+a" },
	{ "\"a AND b\"", "\"a AND b\"" },
	{ "\"(a\"", "\"(a\"" },
	{ "dell\xE2\x80\x99" "acqua", "dell\xE2\x80\x99" "acqua" },
	{ "\xC5\x91r", "\xC5\x91r" },
};

static void each_query_has_its_tree(void **state)
{
	size_t i, wrong = 0;

	(void)state;
	for (i = 0; i < sizeof(goldens) / sizeof(goldens[0]); i++) {
		struct kzi_arena arena = { 0 };
		struct kzi_buf out = { 0 };
		uint32_t faults;
		struct kzi_node *tree = kzi_parse(&arena, goldens[i].query,
			strlen(goldens[i].query), &faults);
		char count[16];

		assert_non_null(tree);
		put_children(&out, tree);
		snprintf(count, sizeof(count), " !%u", faults);
		if (faults)
			kzi_buf_text(&out, count);
		kzi_buf_byte(&out, '\0');
		if (strcmp(out.data, goldens[i].tree)) {
			print_error("%s\n  is       %s\n  should be %s\n",
				goldens[i].query, out.data, goldens[i].tree);
			wrong++;
		}
		kzi_arena_release(&arena);
		kzi_buf_release(&out);
	}
	assert_int_equal(wrong, 0);
	assert_true(i >= 60);
}

/* ---- Any bytes --------------------------------------------------------- */

/* Counts nodes; fails if a text lies outside the query. */
static size_t count_nodes(
	const struct kzi_node *node, const char *query, size_t length)
{
	const struct kzi_node *child;
	size_t count = 1;

	if (node->text) {
		assert_true(node->text >= query);
		assert_true(node->text + node->length <= query + length);
	}
	for (child = node->first; child; child = child->next)
		count += count_nodes(child, query, length);
	return count;
}

static size_t parse_size(const char *query, size_t length, uint32_t *faults)
{
	struct kzi_arena arena = { 0 };
	struct kzi_node *tree = kzi_parse(&arena, query, length, faults);
	size_t count;

	assert_non_null(tree);
	count = count_nodes(tree, query, length);
	kzi_arena_release(&arena);
	return count;
}

/* `times` times `text`, on the heap. */
static char *repeat(const char *text, size_t times, size_t *length)
{
	size_t one = strlen(text), i;
	char *all = malloc(one * times + 1);

	for (i = 0; i < times; i++)
		memcpy(all + i * one, text, one);
	*length = one * times;
	return all;
}

static void depth_and_size_are_bounded(void **state)
{
	/* What it is made of, and nodes at most that may come of it. */
	static const struct {
		const char *text;
		size_t most;
	} parts[] = { { "(", 100 }, { ")", 2 }, { "(a", 1200 }, { "a)", 1100 },
		{ "word ", 1100 }, { "a OR ", 1100 }, { "a AND ", 1100 },
		{ "a NOT ", 1100 }, { "a NEAR ", 1100 }, { "+(-a ", 1200 },
		{ "\"", 1100 }, { "\"a\" ", 1100 }, { "title:", 4 },
		{ "() OR ", 2200 }, { "-+-+", 4 }, { "a OR (", 2200 },
		{ "()", 1100 }, { "\" OR \"", 2200 } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		size_t length, count;
		char *query = repeat(parts[i].text, 100000, &length);
		uint32_t faults;

		count = parse_size(query, length, &faults);
		if (count > parts[i].most)
			fail_msg("%s: %zu nodes", parts[i].text, count);
		free(query);
	}
}

static void random_queries_are_survived(void **state)
{
	static const char *const parts[] = { "(", ")", "\"", "+", "-", "*",
		" ", "AND", "OR", "NOT", "NEAR", "NEAR/", "3", "title:",
		"lang:", "hu", "a", "\xC5\x91", "\xE2\x80\x9C", "\xE2\x80",
		"\xFF", "\n", ":" };
	uint64_t seed = 4711;
	int round;

	(void)state;
	for (round = 0; round < 20000; round++) {
		struct kzi_buf query = { 0 };
		size_t count = unit_random(&seed) % 30;
		uint32_t faults;
		char *exact;

		while (count-- > 0) {
			const char *part = parts[unit_random(&seed) %
				(sizeof(parts) / sizeof(parts[0]))];

			kzi_buf_text(&query, part);
			if (unit_random(&seed) % 2)
				kzi_buf_byte(&query, ' ');
		}
		exact = malloc(query.length + 1);
		if (query.length)
			memcpy(exact, query.data, query.length);
		parse_size(exact, query.length, &faults);
		free(exact);
		kzi_buf_release(&query);
	}
}

static void nul_is_white_space(void **state)
{
	struct kzi_arena arena = { 0 };
	struct kzi_node *tree = kzi_parse(&arena, "a\0b", 3, NULL);

	(void)state;
	assert_bytes(tree->first->text, tree->first->length, "a");
	assert_bytes(tree->first->next->text, tree->first->next->length, "b");
	kzi_arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_query_has_its_tree),
		cmocka_unit_test(depth_and_size_are_bounded),
		cmocka_unit_test(random_queries_are_survived),
		cmocka_unit_test(nul_is_white_space),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
