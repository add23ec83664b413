/* lib/search/parse.c: a query => its tree as text. The queries are in
 * tests/parses.tsv, which tells how a tree is written. */
#include "unit.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/utf8.h"
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

/* ---- Goldens ------------------------------------------------------------ */

enum { GOLDENS_LEAST = 300, LINE_MOST = 1000 };

static const char path[] = "tests/parses.tsv";

/* "\\u00E9" => "é"; other bytes stay as they are. */
static void unescape(struct kzi_buf *out, const char *text, size_t length)
{
	size_t i = 0;

	while (i < length) {
		char bytes[KZI_UTF8_MOST];
		unsigned c;

		if (length - i >= 6 && sscanf(text + i, "\\u%4x", &c) == 1) {
			kzi_buf_append(
				out, bytes, kzi_utf8_encode(bytes, c));
			i += 6;
		} else {
			kzi_buf_byte(out, text[i++]);
		}
	}
}

/* The tree of a query, and how much was left out: "a b !1". */
static void put_tree(struct kzi_buf *out, const struct kzi_buf *query)
{
	struct kzi_arena arena = { 0 };
	uint32_t faults;
	struct kzi_node *tree = kzi_parse(&arena,
		query->length ? query->data : "", query->length, &faults);
	char count[16];

	assert_non_null(tree);
	put_children(out, tree);
	snprintf(count, sizeof(count), "%s!%u", out->length ? " " : "", faults);
	if (faults)
		kzi_buf_text(out, count);
	kzi_buf_byte(out, '\0');
	kzi_arena_release(&arena);
}

/* 1 if the line's tree is that of its query. */
static int check_line(const char *line)
{
	const char *tab = strchr(line, '\t');
	struct kzi_buf query = { 0 }, wanted = { 0 }, tree = { 0 };
	int same;

	if (!tab)
		fail_msg("%s: no tab in: %s", path, line);
	unescape(&query, line, (size_t)(tab - line));
	unescape(&wanted, tab + 1, strlen(tab + 1));
	kzi_buf_byte(&wanted, '\0');
	put_tree(&tree, &query);
	same = !strcmp(tree.data, wanted.data);
	if (!same)
		print_error("%.*s\n  is        %s\n  should be %s\n",
			(int)(tab - line), line, tree.data, wanted.data);
	kzi_buf_release(&query);
	kzi_buf_release(&wanted);
	kzi_buf_release(&tree);
	return same;
}

static void each_query_has_its_tree(void **state)
{
	FILE *file = fopen(path, "r");
	char line[LINE_MOST];
	size_t count = 0, wrong = 0;

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		/* A comment has a space or nothing behind its mark. */
		if (line[0] == '#' && (line[1] == ' ' || !line[1]))
			continue;
		count++;
		wrong += !check_line(line);
	}
	fclose(file);
	assert_int_equal(wrong, 0);
	assert_true(count >= GOLDENS_LEAST);
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
