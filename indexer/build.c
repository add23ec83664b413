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

#include <string.h>

#include "base/alloc.h"
#include "indexer/numbering.h"
#include "indexer/passage.h"
#include "indexer/tally.h"

static const double K1 = 1.2;
static const double B = 0.75;
static const double MEAN = 100.0;      /* Words of a typical passage. */
static const double TITLE_TIMES = 1.0; /* Beside the text; see above. */
static const double SCALE = 20.0;      /* Steps of an impact of 1. */

enum {
	ANALYZER_MEMORY = 64 << 20, /* Words of all documents met so far. */
	SLOTS_FIRST = 512, /* Of the table of terms; at most half are used. */
	AHEAD = 8	   /* Words from one that is prefetched to one filed. */
};

/* A term of the passage and how often it was met. */
struct entry {
	uint32_t number;
	float frequency;
};

struct kzi_builder {
	struct kzi_analyzer *analyzer;
	struct kzi_tokens tokens;
	struct kzi_tally tally;
	struct kzi_numbering numbering; /* Of the terms met so far. */
	struct kzi_buf passages;
	struct kzi_buf text;
	struct kzi_buf entries;  /* Of struct entry: each term once. */
	struct kzi_buf slots;    /* Of uint32_t: a table of entries, by the
				    numbers of their terms: places from 1. */
	struct kzi_buf postings; /* Of struct kzi_posting. */
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
	kzi_tally_release(&builder->tally);
	kzi_numbering_release(&builder->numbering);
	kzi_buf_release(&builder->passages);
	kzi_buf_release(&builder->text);
	kzi_buf_release(&builder->entries);
	kzi_buf_release(&builder->slots);
	kzi_buf_release(&builder->postings);
	kzi_free(builder);
}

struct kzi_analyzer *kzi_builder_analyzer(struct kzi_builder *builder)
{
	return builder->analyzer;
}

/* ---- Terms of a passage ------------------------------------------------ */

static struct entry *entry_at(const struct kzi_builder *builder, uint32_t i)
{
	return (struct entry *)(void *)builder->entries.data + i;
}

static uint32_t slot_count(const struct kzi_builder *builder)
{
	return (uint32_t)(builder->slots.length / sizeof(uint32_t));
}

/* Make the table anew, empty, with so many slots: a power of two. */
static int set_slots(struct kzi_builder *builder, uint32_t count)
{
	size_t bytes = count * sizeof(uint32_t);

	kzi_buf_clear(&builder->slots);
	if (!kzi_buf_room(&builder->slots, bytes))
		return 0;
	memset(builder->slots.data, 0, bytes);
	builder->slots.length = bytes;
	return 1;
}

/* The slot of a term, or the empty one where it would be. */
static uint32_t *find_slot(const struct kzi_builder *builder, uint32_t number)
{
	uint32_t *slots = (uint32_t *)(void *)builder->slots.data;
	uint32_t mask = slot_count(builder) - 1, i = number & mask;

	while (slots[i] && entry_at(builder, slots[i] - 1)->number != number)
		i = (i + 1) & mask;
	return &slots[i];
}

static int grow_slots(struct kzi_builder *builder, uint32_t used)
{
	uint32_t i;

	if (!set_slots(builder, 2 * slot_count(builder)))
		return 0;
	for (i = 0; i < used; i++)
		*find_slot(builder, entry_at(builder, i)->number) = i + 1;
	return 1;
}

static void add_entry(
	struct kzi_builder *builder, uint32_t number, double frequency)
{
	uint32_t used = (uint32_t)(builder->entries.length /
		sizeof(struct entry));
	struct entry entry = { number, (float)frequency };
	uint32_t *slot;

	if (number == KZI_NO_NUMBER ||
		(2 * (used + 1) > slot_count(builder) &&
			!grow_slots(builder, used))) {
		builder->entries.failed = 1;
		return;
	}
	slot = find_slot(builder, number);
	if (*slot) {
		entry_at(builder, *slot - 1)->frequency += (float)frequency;
		return;
	}
	kzi_buf_append(&builder->entries, &entry, sizeof(entry));
	*slot = used + 1;
}

/* A word knows the numbers of its terms, from 1, as long as it is known. */
static uint32_t number_of(struct kzi_builder *builder, struct kzi_term *term)
{
	if (!term->number)
		term->number = kzi_numbering_find(&builder->numbering,
				       term->bytes, term->length) +
			1;
	return term->number - 1;
}

/* Beginnings and roots, the last terms of a word, have no postings: the forms of
 * the vocabulary lead from them to stems. */
static int is_filed(const struct kzi_term *term)
{
	return term->kind != KZI_PREFIX && term->kind != KZI_ROOT;
}

static void add_word(struct kzi_builder *builder, struct kzi_word *word,
	double frequency)
{
	int i;

	if (!kzi_word_terms(builder->analyzer, word))
		builder->entries.failed = 1;
	kzi_tally_meet(&builder->tally, word);
	for (i = 0; i < word->term_count && is_filed(&word->terms[i]); i++)
		add_entry(builder, number_of(builder, &word->terms[i]),
			frequency);
}

/* The terms of a word that comes soon are in no cache, unless it is frequent. */
static void expect_terms(const struct kzi_tokens *tokens, size_t i)
{
	if (i < tokens->count)
		__builtin_prefetch(tokens->items[i].word->terms);
}

static int add_text(struct kzi_builder *builder,
	const struct kzi_passage *passage)
{
	size_t i;

	if (!kzi_analyze(builder->analyzer, passage->language,
		    passage->record.text.bytes, passage->record.text.length,
		    &builder->tokens))
		return 0;
	for (i = 0; i < builder->tokens.count; i++) {
		expect_terms(&builder->tokens, i + AHEAD);
		add_word(builder, builder->tokens.items[i].word, 1);
	}
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

	size = kzi_term_make(bytes, KZI_TITLE, word->language, stem, length);
	add_entry(builder, kzi_numbering_find(&builder->numbering, bytes, size),
		1);
}

static int add_field(struct kzi_builder *builder, int language,
	struct kzi_string field, int is_title)
{
	size_t i;

	if (!kzi_analyze(builder->analyzer, language, field.bytes,
		    field.length, &builder->tokens))
		return 0;
	for (i = 0; i < builder->tokens.count && i < KZI_TITLE_WORDS_MOST; i++) {
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

/* What the length of a passage takes from the weights of its terms. */
static double norm_of(uint32_t length)
{
	return K1 * (1 - B + B * length / MEAN);
}

static uint32_t impact_of(double frequency, double norm)
{
	double impact = SCALE * frequency * (K1 + 1) / (frequency + norm) + 0.5;

	if (impact < 1)
		return 1;
	return impact > KZI_IMPACT_MOST ? KZI_IMPACT_MOST : (uint32_t)impact;
}

static int make_postings(struct kzi_builder *builder)
{
	size_t count = builder->entries.length / sizeof(struct entry), i;
	size_t bytes = count * sizeof(struct kzi_posting);
	struct kzi_posting *postings =
		(void *)kzi_buf_room(&builder->postings, bytes);
	const double norm = norm_of(builder->length);
	const uint32_t once = impact_of(1, norm); /* As most terms are there. */

	if (!postings || builder->entries.failed)
		return 0;
	for (i = 0; i < count; i++) {
		const struct entry *entry = entry_at(builder, (uint32_t)i);

		postings[i].term =
			kzi_numbering_at(&builder->numbering, entry->number);
		postings[i].number = entry->number;
		postings[i].impact = entry->frequency == 1.0f
			? once
			: impact_of((double)entry->frequency, norm);
	}
	builder->postings.length = bytes;
	return 1;
}

static int make_terms(struct kzi_builder *builder,
	const struct kzi_document *document, const struct kzi_passage *passage)
{
	kzi_buf_clear(&builder->entries);
	kzi_buf_clear(&builder->postings);
	kzi_tally_begin(&builder->tally);
	return set_slots(builder, SLOTS_FIRST) && add_text(builder, passage) &&
		add_fields(builder, document, passage) &&
		make_postings(builder) && kzi_tally_count(&builder->tally);
}

/* ---- Documents --------------------------------------------------------- */

kz_status kzi_builder_finish(
	struct kzi_builder *builder, const struct kzi_sink *sink)
{
	struct kzi_word_counts counts;

	if (!kzi_tally_take(&builder->tally, &counts))
		return KZ_ERR_MEMORY;
	return sink->words && counts.passages
		? sink->words(sink->context, &counts)
		: KZ_OK;
}

/* The words go when they are too many, and the numbers that they know. */
static void forget_some(struct kzi_builder *builder)
{
	if (!kzi_analyzer_is_full(builder->analyzer))
		return;
	kzi_analyzer_trim(builder->analyzer);
	kzi_numbering_clear(&builder->numbering);
	kzi_tally_forget(&builder->tally);
}

static kz_status give_passage(struct kzi_builder *builder,
	const struct kzi_document *document, const struct kzi_passage *passage,
	int has_terms, const struct kzi_sink *sink)
{
	struct kzi_made_passage made = { .record = passage->record,
		.language = passage->language,
		.known = builder->numbering.count };
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
	if (status == KZ_OK &&
		(kzi_tally_is_full(&builder->tally) ||
			kzi_analyzer_is_full(builder->analyzer)))
		status = kzi_builder_finish(builder, sink);
	if (status == KZ_OK) /* Then nothing of them is to be told. */
		forget_some(builder);
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
