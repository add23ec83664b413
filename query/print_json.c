/* print_json.c -- answers as JSON, version 1: one object an answer, or with
 * jsonl one object a hit. docs/schema says what each key means; keys may be
 * added, none is ever left out. */
#include "answer.h"

#include <stdlib.h>
#include <string.h>

#include "cli/json.h"

enum { JSON_VERSION = 1 };

static void put_list(struct kzi_json *json, const char *key,
	const char *const *items, size_t count)
{
	size_t i;

	kzi_json_key(json, key);
	kzi_json_array(json);
	for (i = 0; i < count; i++)
		kzi_json_text(json, items[i]);
	kzi_json_end(json);
}

static void put_text(struct kzi_json *json, const char *key, const char *text)
{
	kzi_json_key(json, key);
	kzi_json_text(json, text);
}

static void put_number(struct kzi_json *json, const char *key, uint64_t number)
{
	kzi_json_key(json, key);
	kzi_json_unsigned(json, number);
}

/* Where the hit comes from. */
static void put_source(struct kzi_json *json, const kz_hit *hit)
{
	put_text(json, "id", hit->id);
	put_text(json, "document", hit->document);
	put_text(json, "url", hit->url);
	put_text(json, "anchor", hit->anchor);
	kzi_json_key(json, "page");
	if (hit->page)
		kzi_json_unsigned(json, hit->page);
	else
		kzi_json_null(json);
	put_text(json, "title", hit->title);
	put_list(json, "headings", hit->headings, hit->heading_count);
	put_text(json, "lang", hit->language);
	put_text(json, "kind", hit->kind);
	put_text(json, "place", hit->place);
}

/* The passage, and the matched words in it: [[14, 10], ...]. */
static void put_passage(struct kzi_json *json, const kz_hit *hit)
{
	size_t i;

	kzi_json_key(json, "text");
	kzi_json_string(json, hit->text, hit->text_length);
	put_number(json, "offset", hit->offset);
	kzi_json_key(json, "spans");
	kzi_json_array(json);
	for (i = 0; i < hit->span_count; i++) {
		kzi_json_array(json);
		kzi_json_unsigned(json, hit->spans[i].offset);
		kzi_json_unsigned(json, hit->spans[i].length);
		kzi_json_end(json);
	}
	kzi_json_end(json);
}

/* [{"word": "közösségek", "entry": "közösség", "query": "communities"}] */
static void put_via(struct kzi_json *json, const kz_hit *hit)
{
	size_t i;

	kzi_json_key(json, "via");
	kzi_json_array(json);
	for (i = 0; i < hit->via_count; i++) {
		kzi_json_object(json);
		put_text(json, "word", hit->via[i].word);
		put_text(json, "entry", hit->via[i].entry);
		put_text(json, "query", hit->via[i].query);
		kzi_json_end(json);
	}
	kzi_json_end(json);
}

static void put_qid(struct kzi_json *json, const struct kzi_answer *answer)
{
	if (!answer->qid)
		return;
	kzi_json_key(json, "qid");
	kzi_json_string(json, answer->qid, answer->qid_length);
}

void kzi_print_name(struct kzi_json *json, const struct kzi_answer *answer)
{
	put_qid(json, answer);
	if (answer->id) {
		kzi_json_key(json, "id");
		kzi_json_raw(json, answer->id, strlen(answer->id));
	}
	put_number(json, "version", JSON_VERSION);
}

/* `names_query`: begin with the qid, where there is one. */
static void put_hit(struct kzi_json *json, const struct kzi_answer *answer,
	const kz_hit *hit, int names_query)
{
	kzi_json_object(json);
	if (names_query)
		put_qid(json, answer);
	put_number(json, "rank", hit->rank);
	kzi_json_key(json, "score");
	kzi_json_double(json, hit->score);
	put_source(json, hit);
	put_passage(json, hit);
	put_list(json, "materials", hit->materials, hit->material_count);
	put_list(json, "guides", hit->guides, hit->guide_count);
	put_number(json, "more", hit->more);
	put_number(json, "copies", hit->copies);
	if (answer->options->is_across)
		put_via(json, hit);
	kzi_json_end(json);
}

static void put_hits(struct kzi_json *json, struct kzi_answer *answer)
{
	const kz_hit *hit;

	kzi_json_array(json);
	while ((hit = kzi_answer_next(answer)))
		put_hit(json, answer, hit, 0);
	kzi_json_end(json);
}

/* {"exact": true, "lang": {"hu": 8, "en": 3}, "kind": {...}, ...}: the library
 * gives them field by field. */
static void put_facets(struct kzi_json *json, const kz_results *results)
{
	static const char *const fields[] = { "lang", "kind", "place" };
	const kz_facet *facet;
	int is_exact;
	size_t i = 0, f;

	facet = kz_results_facet(results, i, &is_exact);
	kzi_json_key(json, "facets");
	kzi_json_object(json);
	kzi_json_key(json, "exact");
	kzi_json_bool(json, is_exact);
	for (f = 0; f < sizeof(fields) / sizeof(*fields); f++) {
		kzi_json_key(json, fields[f]);
		kzi_json_object(json);
		while (facet && !strcmp(facet->field, fields[f])) {
			put_number(json, facet->value, facet->passages);
			facet = kz_results_facet(results, ++i, NULL);
		}
		kzi_json_end(json);
	}
	kzi_json_end(json);
}

static void put_answer(struct kzi_json *json, struct kzi_answer *answer,
	const char *hits, size_t hits_length)
{
	int is_exact = 0;
	uint64_t total = kz_results_total(answer->results, &is_exact);

	kzi_json_object(json);
	kzi_print_name(json, answer);
	kzi_json_key(json, "query");
	kzi_json_string(json, answer->query, answer->query_length);
	if (answer->options->related)
		put_text(json, "related", answer->options->related);
	put_number(json, "total", total);
	kzi_json_key(json, "exact");
	kzi_json_bool(json, is_exact);
	put_number(json, "took_us", answer->took_ns / 1000);
	put_text(json, "suggestion", kz_results_suggestion(answer->results));
	put_text(json, "corrected", kz_results_corrected(answer->results));
	if (answer->options->wants_facets)
		put_facets(json, answer->results);
	if (answer->options->wants_explanation)
		put_text(json, "explain",
			kz_results_explanation(answer->results));
	kzi_json_key(json, "hits");
	kzi_json_raw(json, hits, hits_length);
	kzi_json_end(json);
	kzi_json_line(json);
}

/* The hits are written to memory first: what stands before them tells how
 * long it took to fetch them, and when fetching fails nothing is printed
 * rather than half an object. */
void kzi_print_json(FILE *out, struct kzi_answer *answer)
{
	struct kzi_json json;
	char *hits = NULL;
	size_t length = 0;
	FILE *memory = open_memstream(&hits, &length);
	int is_whole;

	if (!memory) {
		answer->status = KZ_ERR_MEMORY;
		return;
	}
	kzi_json_init(&json, memory);
	put_hits(&json, answer);
	is_whole = !kzi_json_failed(&json);
	if (fclose(memory) || !is_whole)
		answer->status = KZ_ERR_MEMORY;
	if (answer->status == KZ_OK) {
		kzi_json_init(&json, out);
		put_answer(&json, answer, hits, length);
	}
	free(hits);
}

void kzi_print_error(FILE *out, const struct kzi_answer *answer)
{
	const char *name = kz_status_string(answer->status);
	const char *message = answer->error.message;
	struct kzi_json json;

	kzi_json_init(&json, out);
	kzi_json_object(&json);
	kzi_print_name(&json, answer);
	kzi_json_key(&json, "error");
	kzi_json_object(&json);
	put_text(&json, "status", name);
	put_text(&json, "message", *message ? message : name);
	kzi_json_end(&json);
	kzi_json_end(&json);
	kzi_json_line(&json);
}

void kzi_print_jsonl(FILE *out, struct kzi_answer *answer)
{
	struct kzi_json json;
	const kz_hit *hit;

	kzi_json_init(&json, out);
	while ((hit = kzi_answer_next(answer))) {
		put_hit(&json, answer, hit, 1);
		kzi_json_line(&json);
	}
}
