/* print_text.c -- answers for a person.
 *
 *      1. Llifogydd Tal-y-bont > Y bore wedyn
 *         wales · cy · stories/wales/llifogydd-tal-y-bont.html#bore
 *         Roedd y neuadd yn llawn cyn wyth o'r gloch, ...
 *
 *     12 passages */
#include "answer.h"

#include <inttypes.h>
#include <string.h>

#include "cli/say.h"
#include "flow.h"

/* Bytes of a passage that are shown: about eight lines. */
enum { SHOWN_MOST = 600 };

/* Columns before the title and all below it: " 1. ". */
enum { INDENT = 4 };

#define BOLD "\x1b[1m"
#define DIM "\x1b[2m"
#define PLAIN "\x1b[0m"
#define DOT " \xC2\xB7 "

static void put(FILE *out, const char *text)
{
	kzi_say_safe(out, text, strlen(text));
}

static void put_code(const struct kzi_flow *flow, const char *code)
{
	if (flow->has_color)
		fputs(code, flow->out);
}

/* " 1. Title > heading > heading". Many pages repeat their title as their
 * first heading; it is said once. Where there is neither, the file stands. */
static void put_title(const struct kzi_flow *flow, const kz_hit *hit)
{
	size_t i = 0;

	fprintf(flow->out, "%*" PRIu32 ". ", INDENT - 2, hit->rank);
	put_code(flow, BOLD);
	if (*hit->title)
		put(flow->out, hit->title);
	else if (hit->heading_count > 0)
		put(flow->out, hit->headings[i++]);
	else
		put(flow->out, hit->document);
	if (i < hit->heading_count && !strcmp(hit->headings[i], hit->title))
		i++;
	for (; i < hit->heading_count; i++) {
		fputs(" > ", flow->out);
		put(flow->out, hit->headings[i]);
	}
	put_code(flow, PLAIN);
	fputc('\n', flow->out);
}

/* "place · language · document#anchor (page 3)". */
static void put_source(const struct kzi_flow *flow, const kz_hit *hit)
{
	FILE *out = flow->out;

	fprintf(out, "%*s", INDENT, "");
	put_code(flow, DIM);
	if (hit->place) {
		put(out, hit->place);
		fputs(DOT, out);
	}
	put(out, hit->language);
	fputs(DOT, out);
	put(out, hit->document);
	if (hit->anchor) {
		fputc('#', out);
		put(out, hit->anchor);
	}
	if (hit->page)
		fprintf(out, " (page %" PRIu32 ")", hit->page);
	put_code(flow, PLAIN);
	fputc('\n', out);
}

/* "közösségek = communities, falu = village": the words of a passage in another
 * language, and what they stand for. */
static void put_via(const struct kzi_flow *flow, const kz_hit *hit)
{
	size_t i;

	fprintf(flow->out, "%*s", INDENT, "");
	put_code(flow, DIM);
	for (i = 0; i < hit->via_count; i++) {
		if (i > 0)
			fputs(", ", flow->out);
		put(flow->out, hit->via[i].word);
		fputs(" = ", flow->out);
		put(flow->out, hit->via[i].query);
	}
	put_code(flow, PLAIN);
	fputc('\n', flow->out);
}

/* Said below a hit, with a number. */
static void put_count(
	const struct kzi_flow *flow, uint32_t count, const char *what)
{
	fprintf(flow->out, "%*s", INDENT, "");
	put_code(flow, DIM);
	fprintf(flow->out, "%" PRIu32 " %s", count, what);
	put_code(flow, PLAIN);
	fputc('\n', flow->out);
}

static void put_hit(const struct kzi_flow *flow, const kz_hit *hit)
{
	kz_span part = {0, hit->text_length};

	if (hit->text_length > SHOWN_MOST)
		part = kz_hit_excerpt(hit, SHOWN_MOST);
	put_title(flow, hit);
	put_source(flow, hit);
	if (hit->via_count > 0)
		put_via(flow, hit);
	kzi_flow_passage(flow, hit, part);
	if (hit->copies)
		put_count(flow, hit->copies,
			hit->copies == 1 ? "other place with this text"
					 : "other places with this text");
	if (hit->more)
		put_count(flow, hit->more, "more in this document");
	fputc('\n', flow->out);
}

/* "12 passages", "about 240 passages". */
static void put_total(FILE *out, const kz_results *results)
{
	int is_exact = 0;
	uint64_t total = kz_results_total(results, &is_exact);

	fprintf(out, "%s%" PRIu64 " passage%s\n", is_exact ? "" : "about ",
		total, total == 1 ? "" : "s");
}

/* "lang: hu 8, en 3", a line a field. */
static void put_facets(FILE *out, const kz_results *results)
{
	const char *field = "";
	const kz_facet *facet;
	int is_exact;
	size_t i;

	for (i = 0; (facet = kz_results_facet(results, i, &is_exact)); i++) {
		if (strcmp(field, facet->field)) {
			field = facet->field;
			fprintf(out, "%s%s%s: ", i > 0 ? "\n" : "", field,
				is_exact ? "" : " (about)");
		} else {
			fputs(", ", out);
		}
		put(out, facet->value);
		fprintf(out, " %" PRIu64, facet->passages);
	}
	if (i > 0)
		fputc('\n', out);
}

/* The explanation comes in lines of its own. */
static void put_explanation(FILE *out, const kz_results *results)
{
	const char *text = kz_results_explanation(results);

	while (text && *text) {
		size_t length = strcspn(text, "\n");

		kzi_say_safe(out, text, length);
		fputc('\n', out);
		text += length + (text[length] == '\n');
	}
	fputc('\n', out);
}

/* stdout is for answers; that there is none is said on stderr. */
static void say_nothing(const struct kzi_answer *answer)
{
	const struct kzi_options *options = answer->options;
	uint64_t total = kz_results_total(answer->results, NULL);

	if (total > 0 && options->offset > 0)
		kzi_say(KZI_PROGRAM,
			"nothing left behind the first %" PRIu64 " passages",
			options->offset);
	else if (options->related)
		kzi_say(KZI_PROGRAM, "nothing is like %s", options->related);
	else
		kzi_say(KZI_PROGRAM, "nothing found for '%s'", answer->query);
}

/* What a batch puts before each answer: "== qid: query". */
static void put_question(
	const struct kzi_flow *flow, const struct kzi_answer *answer)
{
	put_code(flow, BOLD);
	fputs("== ", flow->out);
	kzi_say_safe(flow->out, answer->qid, answer->qid_length);
	fputs(": ", flow->out);
	kzi_say_safe(flow->out, answer->query, answer->query_length);
	put_code(flow, PLAIN);
	fputs("\n\n", flow->out);
}

void kzi_print_text(FILE *out, struct kzi_answer *answer)
{
	enum kzi_when color = (enum kzi_when)answer->options->color;
	const struct kzi_flow flow = {out, (size_t)kzi_say_width(out), INDENT,
		kzi_say_has_color(color, out)};
	int is_batch = answer->qid != NULL;
	size_t shown = 0;
	const kz_hit *hit;

	if (is_batch)
		put_question(&flow, answer);
	if (answer->options->wants_explanation)
		put_explanation(out, answer->results);
	for (; (hit = kzi_answer_next(answer)); shown++)
		put_hit(&flow, hit);
	if (answer->status != KZ_OK)
		return;
	if (shown > 0 || is_batch || answer->options->limit == 0)
		put_total(out, answer->results);
	else
		say_nothing(answer);
	put_facets(out, answer->results);
	if (is_batch)
		fputc('\n', out);
}
