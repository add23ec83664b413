/* build.c -- see build.h.
 *
 * The weight of a term in a passage is BM25's (Robertson et al., TREC-3) with
 * everything but the idf worked in when the passage is added, so that no query
 * has to look up lengths:
 *
 *     impact = SCALE x f (K1 + 1) / (f + K1 (1 - B + B length / MEAN))
 *
 * f counts the term in the text once and in title and headings TITLE_TIMES
 * (fields as in BM25F: Robertson, Zaragoza and Taylor, CIKM 2004). MEAN is a
 * constant, not the collection's mean: a passage then weighs the same whatever
 * was indexed before it, and a run that only adds ends like one from scratch. */
#include "indexer/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "indexer/passage.h"

static const double K1 = 1.2;
static const double B = 0.75;
static const double MEAN = 100.0;      /* Words of a typical passage. */
static const double TITLE_TIMES = 1.0; /* Beside the text; see above. */
static const double SCALE = 20.0;      /* Steps of an impact of 1. */

enum {
	ANALYZER_MEMORY = 64 << 20, /* Words of all documents met so far. */
	TITLE_WORDS_MOST = 64       /* Of a title that is a whole page. */
};

/* A term of the passage and how often it was met. */
struct entry {
	struct kzi_string term;
	float frequency;
};

struct kzi_builder {
	struct kzi_analyzer *analyzer;
	struct kzi_tokens tokens;
	struct kzi_buf passages;
	struct kzi_buf text;
	struct kzi_buf entries;  /* Of struct entry. */
	struct kzi_buf postings; /* Of struct kzi_posting. */
	struct kzi_arena arena;  /* Terms that no word holds. */
	uint32_t length;         /* Words of the passage at hand. */
};

struct kzi_builder *kzi_builder_new(void)
{
	struct kzi_builder *builder = kzi_calloc(1, sizeof(*builder));

	if (!builder)
		return NULL;
	builder->analyzer = kzi_analyzer_new(ANALYZER_MEMORY);
	if (!builder->analyzer) {
		kzi_free(builder);
		return NULL;
	}
	return builder;
}

void kzi_builder_free(struct kzi_builder *builder)
{
	if (!builder)
		return;
	kzi_analyzer_free(builder->analyzer);
	kzi_tokens_release(&builder->tokens);
	kzi_buf_release(&builder->passages);
	kzi_buf_release(&builder->text);
	kzi_buf_release(&builder->entries);
	kzi_buf_release(&builder->postings);
	kzi_arena_release(&builder->arena);
	kzi_free(builder);
}

struct kzi_analyzer *kzi_builder_analyzer(struct kzi_builder *builder)
{
	return builder->analyzer;
}

/* ---- Terms of a passage ------------------------------------------------ */

static void add_entry(struct kzi_builder *builder, const char *bytes,
	size_t length, double frequency)
{
	struct entry entry = { { bytes, length }, (float)frequency };

	kzi_buf_append(&builder->entries, &entry, sizeof(entry));
}

static void add_word(struct kzi_builder *builder, struct kzi_word *word,
	double frequency)
{
	int i;

	if (!kzi_word_terms(builder->analyzer, word))
		builder->entries.failed = 1;
	for (i = 0; i < word->term_count; i++)
		add_entry(builder, word->terms[i].bytes, word->terms[i].length,
			frequency);
}

static int add_text(struct kzi_builder *builder,
	const struct kzi_passage *passage)
{
	size_t i;

	if (!kzi_analyze(builder->analyzer, passage->language,
		    passage->record.text.bytes, passage->record.text.length,
		    &builder->tokens))
		return 0;
	for (i = 0; i < builder->tokens.count; i++)
		add_word(builder, builder->tokens.items[i].word, 1);
	builder->length = builder->tokens.positions;
	return 1;
}

/* The title of a document is also filed as such, for title:word. */
static void add_title_terms(
	struct kzi_builder *builder, const struct kzi_word *word)
{
	char bytes[KZI_TERM_MOST];
	size_t length, size;
	const char *stem = kzi_term_text(&word->terms[0], &length);
	char *copy;

	size = kzi_term_make(bytes, KZI_TITLE, word->language, stem, length);
	copy = kzi_arena_copy(&builder->arena, bytes, size);
	if (!copy)
		builder->entries.failed = 1;
	else
		add_entry(builder, copy, size, 1);
}

static int add_field(struct kzi_builder *builder, int language,
	struct kzi_string field, int is_title)
{
	size_t i;

	if (!kzi_analyze(builder->analyzer, language, field.bytes,
		    field.length, &builder->tokens))
		return 0;
	for (i = 0; i < builder->tokens.count && i < TITLE_WORDS_MOST; i++) {
		struct kzi_word *word = builder->tokens.items[i].word;

		add_word(builder, word, TITLE_TIMES);
		if (is_title && word->terms)
			add_title_terms(builder, word);
	}
	return 1;
}

static int same_text(struct kzi_string a, const char *b)
{
	return b && a.length == strlen(b) && !memcmp(a.bytes, b, a.length);
}

static int add_fields(struct kzi_builder *builder,
	const struct kzi_document *document, const struct kzi_passage *passage)
{
	const struct kzi_passage_record *record = &passage->record;
	struct kzi_string title = { document->title,
		document->title ? strlen(document->title) : 0 };
	size_t i;

	if (document->title &&
		!add_field(builder, passage->language, title, 1))
		return 0;
	for (i = 0; i < record->heading_count; i++)
		if (!same_text(record->headings[i], document->title) &&
			!add_field(builder, passage->language,
				record->headings[i], 0))
			return 0;
	return 1;
}

/* ---- Impacts ----------------------------------------------------------- */

static int compare_entries(const void *a, const void *b)
{
	const struct kzi_string *x = &((const struct entry *)a)->term;
	const struct kzi_string *y = &((const struct entry *)b)->term;
	size_t least = x->length < y->length ? x->length : y->length;
	int order = memcmp(x->bytes, y->bytes, least);

	return order ? order : (x->length > y->length) - (x->length < y->length);
}

static uint32_t impact_of(double frequency, uint32_t length)
{
	double norm = K1 * (1 - B + B * length / MEAN);
	double impact = SCALE * frequency * (K1 + 1) / (frequency + norm) + 0.5;

	if (impact < 1)
		return 1;
	return impact > KZI_IMPACT_MOST ? KZI_IMPACT_MOST : (uint32_t)impact;
}

static void add_posting(
	struct kzi_builder *builder, const struct entry *entry, double frequency)
{
	struct kzi_posting posting = { entry->term,
		impact_of(frequency, builder->length) };

	kzi_buf_append(&builder->postings, &posting, sizeof(posting));
}

static int make_postings(struct kzi_builder *builder)
{
	struct entry *entries = (struct entry *)(void *)builder->entries.data;
	size_t count = builder->entries.length / sizeof(*entries), i = 0;

	if (builder->entries.failed)
		return 0;
	if (count > 0)
		qsort(entries, count, sizeof(*entries), compare_entries);
	while (i < count) {
		size_t first = i;
		double frequency = 0;

		while (i < count &&
			!compare_entries(&entries[first], &entries[i]))
			frequency += entries[i++].frequency;
		add_posting(builder, &entries[first], frequency);
	}
	return !builder->postings.failed;
}

static int make_terms(struct kzi_builder *builder,
	const struct kzi_document *document, const struct kzi_passage *passage)
{
	kzi_buf_clear(&builder->entries);
	kzi_buf_clear(&builder->postings);
	kzi_arena_reset(&builder->arena);
	return add_text(builder, passage) &&
		add_fields(builder, document, passage) &&
		make_postings(builder);
}

/* ---- Documents --------------------------------------------------------- */

static kz_status give_passage(struct kzi_builder *builder,
	const struct kzi_document *document, const struct kzi_passage *passage,
	int has_terms, const struct kzi_sink *sink)
{
	struct kzi_made_passage made = { .record = passage->record,
		.language = passage->language };
	kz_status status;

	if (has_terms && !make_terms(builder, document, passage))
		return KZ_ERR_MEMORY;
	if (has_terms) {
		made.postings = (const struct kzi_posting *)(void *)
					builder->postings.data;
		made.count =
			builder->postings.length / sizeof(struct kzi_posting);
	}
	status = sink->passage(sink->context, &made);
	kzi_analyzer_trim(builder->analyzer);
	return status;
}

static struct kzi_string string_of(const char *text)
{
	struct kzi_string string = { text ? text : "", text ? strlen(text) : 0 };

	return string;
}

static kz_status give_document(
	struct kzi_document *document, const struct kzi_sink *sink)
{
	size_t count = document->links.length / sizeof(struct kzi_link), i;
	const struct kzi_link *links =
		(const struct kzi_link *)(void *)document->links.data;
	struct kzi_string *materials =
		kzi_arena_zero(&document->arena, count, sizeof(*materials));
	struct kzi_document_record record = {
		.path = string_of(document->path),
		.url = string_of(document->url),
		.title = string_of(document->title),
		.place = string_of(document->place),
		.materials = materials,
		.material_count = count,
	};

	if (!materials)
		return KZ_ERR_MEMORY;
	for (i = 0; i < count; i++)
		materials[i] = string_of(links[i].target);
	return sink->document(sink->context, &record, document->kind);
}

/* A first line may be all of a text, and every passage is filed under the title
 * and shown with it. */
static void shorten_title(struct kzi_document *document)
{
	if (document->title)
		document->title = kzi_document_text(
			document, document->title, strlen(document->title));
}

kz_status kzi_builder_add(struct kzi_builder *builder,
	struct kzi_document *document, int has_terms,
	const struct kzi_sink *sink)
{
	const struct kzi_passage *items;
	kz_status status = KZ_OK;
	size_t count, i;

	shorten_title(document);
	if (document->failed ||
		!kzi_passages_make(document, &builder->passages, &builder->text))
		return KZ_ERR_MEMORY;
	items = (const struct kzi_passage *)(void *)builder->passages.data;
	count = builder->passages.length / sizeof(*items);
	if (count > 0)
		status = give_document(document, sink);
	for (i = 0; status == KZ_OK && i < count; i++)
		status = give_passage(
			builder, document, &items[i], has_terms, sink);
	return status;
}
