/* passage.c -- see passage.h. Blocks first become units, which should not be
 * torn apart: a paragraph, or a list with its lead-in. Then units are put
 * together under a heading up to a size, and only too large ones are cut. */
#include "indexer/passage.h"

#include <string.h>

#include "base/load.h"
#include "base/utf8.h"

enum {
	GOOD_WORDS = 90,   /* A passage of so many is not made longer ... */
	MOST_WORDS = 160,  /* ... nor longer than this by adding to it. */
	CUT_WORDS = 240,   /* A unit with more is cut. */
	WHOLE_WORDS = 400, /* A document that stays whole may have so many. */
	MOST_BYTES = 16384, /* Of a piece, for text without spaces. */
	HEADINGS_MOST = 6,
	HEADING_BYTES = 1000, /* A longer one is a paragraph; each passage */
	ANCHOR_BYTES = 1000   /* below keeps its headings and anchor. */
};

/* A stretch of the extracted text. */
struct stretch {
	size_t start, end;
	uint32_t words;
};

struct maker {
	struct kzi_document *document;
	struct kzi_buf *passages;
	struct kzi_buf *text;
	struct kzi_block *headings[HEADINGS_MOST]; /* By level. */
	const struct kzi_block *first; /* Of the passage being made. */
	struct stretch current;
	uint32_t ordinal;
	int heading_is_bare; /* The last heading has no text below it yet. */
	int failed;
};

/* ---- Measuring --------------------------------------------------------- */

/* A block has single spaces, between its words: eight bytes are counted at once,
 * each as the top bit of its own, set where it is a space. */
static uint32_t count_in(const char *text, size_t length)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), rest = 0x7F * ones;
	uint32_t spaces = 0;
	size_t i;

	for (i = 0; i + 8 <= length; i += 8) {
		uint64_t other = kzi_load64((const unsigned char *)text + i) ^
			' ' * ones;
		uint64_t space = ~(((other & rest) + rest) | other | rest);

		spaces += (uint32_t)((space >> 7) * ones >> 56);
	}
	for (; i < length; i++)
		spaces += text[i] == ' ';
	return spaces + 1;
}

static uint32_t count_words(struct kzi_block *block)
{
	if (!block->words)
		block->words = count_in(block->text, block->length);
	return block->words;
}

/* ---- Making a passage -------------------------------------------------- */

static void set_headings(
	struct maker *maker, struct kzi_passage_record *record)
{
	struct kzi_string *headings = kzi_arena_zero(
		&maker->document->arena, HEADINGS_MOST, sizeof(*headings));
	int level;

	if (!headings) {
		maker->failed = 1;
		return;
	}
	record->headings = headings;
	for (level = 0; level < HEADINGS_MOST; level++) {
		const struct kzi_block *heading = maker->headings[level];

		if (!heading)
			continue;
		headings[record->heading_count].bytes = heading->text;
		headings[record->heading_count++].length = heading->length;
	}
}

static void set_anchor(
	struct kzi_passage_record *record, const struct kzi_block *block)
{
	size_t length = block->anchor ? strlen(block->anchor) : 0;

	if (!length || length > ANCHOR_BYTES)
		return;
	record->anchor.bytes = block->anchor;
	record->anchor.length = length;
}

/* Text is taken by offset now and by address at the end, as it still grows. */
static void add_passage(struct maker *maker, struct stretch stretch,
	const struct kzi_block *block)
{
	struct kzi_passage passage = { 0 };

	if (stretch.start == stretch.end)
		return;
	passage.record.ordinal = ++maker->ordinal;
	passage.record.page = block->page;
	passage.record.offset = stretch.start;
	passage.record.text.length = stretch.end - stretch.start;
	passage.language = block->language;
	passage.words = stretch.words;
	set_anchor(&passage.record, block);
	set_headings(maker, &passage.record);
	kzi_buf_append(maker->passages, &passage, sizeof(passage));
}

static void flush(struct maker *maker)
{
	if (maker->first)
		add_passage(maker, maker->current, maker->first);
	maker->first = NULL;
}

/* ---- Cutting what is too long ------------------------------------------ */

/* 1 if a sentence ends before the space at `at`. */
static int ends_sentence(const char *text, size_t at)
{
	while (at > 0 && strchr("\"')]", text[at - 1]))
		at--;
	/* Closing quotation marks ” » ’ */
	if (at > 2 && !memcmp(text + at - 3, "\xE2\x80\x9D", 3))
		at -= 3;
	else if (at > 1 && !memcmp(text + at - 2, "\xC2\xBB", 2))
		at -= 2;
	return at > 0 && strchr(".!?", text[at - 1]) != NULL;
}

/* Where to cut a text that begins at `start` so that the piece has about
 * GOOD_WORDS words: behind an item or sentence if there is one before
 * CUT_WORDS, otherwise between two words. */
static struct stretch next_piece(const char *text, size_t start, size_t end)
{
	struct stretch piece = { start, end, 0 };
	size_t i;

	for (i = start; i < end; i++) {
		if (i - start >= MOST_BYTES) {
			piece.end = start +
				kzi_utf8_cut(text + start, end - start,
					MOST_BYTES);
			return piece;
		}
		if (text[i] != ' ' && text[i] != '\n')
			continue;
		piece.words++;
		if (piece.words < GOOD_WORDS)
			continue;
		if (text[i] == '\n' || ends_sentence(text, i) ||
			piece.words >= CUT_WORDS) {
			piece.end = i;
			return piece;
		}
	}
	piece.words++;
	return piece;
}

/* The pieces of a long unit; a last piece that is short joins the one before
 * it. */
static void cut(struct maker *maker, struct stretch unit,
	const struct kzi_block *block)
{
	const char *text = maker->text->data;
	size_t start = unit.start;
	uint32_t left = unit.words;

	while (start < unit.end) {
		struct stretch piece = next_piece(text, start, unit.end);

		if (left < piece.words + GOOD_WORDS / 3 &&
			unit.end - start < MOST_BYTES) {
			piece.end = unit.end;
			piece.words = left;
		}
		left -= piece.words < left ? piece.words : left;
		add_passage(maker, piece, block);
		start = piece.end;
		while (start < unit.end && strchr(" \n", text[start]))
			start++;
	}
}

/* ---- Units ------------------------------------------------------------- */

static void add_unit(struct maker *maker, struct stretch unit,
	const struct kzi_block *block)
{
	uint32_t most = maker->document->stays_whole ? WHOLE_WORDS : CUT_WORDS;

	maker->heading_is_bare = 0;
	if (maker->first &&
		(maker->first->language != block->language ||
			maker->first->page != block->page ||
			(!maker->document->stays_whole &&
				(maker->current.words >= GOOD_WORDS ||
					maker->current.words + unit.words >
						MOST_WORDS))))
		flush(maker);
	if (unit.words > most || unit.end - unit.start > MOST_BYTES) {
		flush(maker);
		cut(maker, unit, block);
	} else if (!maker->first) {
		maker->first = block;
		maker->current = unit;
	} else {
		maker->current.end = unit.end;
		maker->current.words += unit.words;
	}
}

static struct stretch put_text(
	struct maker *maker, struct kzi_block *block)
{
	struct stretch stretch;

	if (maker->text->length > 0)
		kzi_buf_byte(maker->text, '\n');
	stretch.start = maker->text->length;
	if (block->type == KZI_ITEM)
		kzi_buf_text(maker->text, "\xE2\x80\xA2 ");
	kzi_buf_append(maker->text, block->text, block->length);
	stretch.end = maker->text->length;
	stretch.words = count_words(block);
	return stretch;
}

static int is_list(const struct kzi_block *block)
{
	return block->type == KZI_ITEM || block->type == KZI_ROW;
}

/* 1 if the block behind `i` goes on with the same list. */
static int goes_on(const struct kzi_document *document, size_t i)
{
	const struct kzi_block *block, *next;

	if (i + 1 >= kzi_document_block_count(document))
		return 0;
	block = kzi_document_block_at(document, i);
	next = kzi_document_block_at(document, i + 1);
	return is_list(next) && block->type != KZI_HEADING &&
		next->language == block->language && next->page == block->page;
}

/* Put the unit that begins with block i; returns the index behind it. */
static size_t take_unit(struct maker *maker, size_t i)
{
	struct kzi_block *first = kzi_document_block_at(maker->document, i);
	struct stretch unit = put_text(maker, first);

	while (goes_on(maker->document, i) && !maker->text->failed) {
		struct stretch next = put_text(
			maker, kzi_document_block_at(maker->document, ++i));

		unit.end = next.end;
		unit.words += next.words;
	}
	if (!maker->text->failed)
		add_unit(maker, unit, first);
	return i + 1;
}

/* ---- Headings ---------------------------------------------------------- */

/* A heading with nothing below it is text of its own. */
static void flush_bare_heading(struct maker *maker, int next_level)
{
	struct kzi_block *last = NULL;
	struct stretch stretch;
	int level;

	if (!maker->heading_is_bare)
		return;
	for (level = 0; level < HEADINGS_MOST; level++)
		if (maker->headings[level])
			last = maker->headings[level];
	if (!last || last->level < next_level)
		return;
	stretch.end = maker->text->length;
	stretch.start = stretch.end - last->length;
	stretch.words = count_words(last);
	add_passage(maker, stretch, last);
}

static void take_heading(struct maker *maker, struct kzi_block *block)
{
	int level = block->level < 1 ? 1 : block->level;
	int i;

	flush(maker);
	flush_bare_heading(maker, level);
	if (level > HEADINGS_MOST)
		level = HEADINGS_MOST;
	for (i = level - 1; i < HEADINGS_MOST; i++)
		maker->headings[i] = NULL;
	maker->headings[level - 1] = block;
	put_text(maker, block);
	maker->heading_is_bare = 1;
}

/* A document stays whole only while that makes a passage one can read. */
static void measure(struct kzi_document *document)
{
	size_t i, bytes = 0;
	uint32_t words = 0;

	for (i = 0; i < kzi_document_block_count(document); i++) {
		struct kzi_block *block = kzi_document_block_at(document, i);

		if (block->type == KZI_HEADING && block->length > HEADING_BYTES)
			block->type = KZI_PARAGRAPH;
		if (!document->stays_whole)
			continue;
		bytes += block->length;
		words += count_words(block);
	}
	if (words > WHOLE_WORDS || bytes > MOST_BYTES)
		document->stays_whole = 0;
}

int kzi_passages_make(struct kzi_document *document, struct kzi_buf *passages,
	struct kzi_buf *text)
{
	struct maker maker = { .document = document, .passages = passages,
		.text = text };
	size_t count = kzi_document_block_count(document), i = 0;

	kzi_buf_clear(passages);
	kzi_buf_clear(text);
	measure(document);
	while (i < count && !text->failed) {
		struct kzi_block *block = kzi_document_block_at(document, i);

		if (block->type == KZI_HEADING) {
			take_heading(&maker, block);
			i++;
		} else {
			i = take_unit(&maker, i);
		}
	}
	if (text->failed)
		return 0;
	flush(&maker);
	flush_bare_heading(&maker, 0);
	for (i = 0; i < passages->length / sizeof(struct kzi_passage); i++) {
		struct kzi_passage *passage =
			(struct kzi_passage *)(void *)passages->data + i;

		passage->record.text.bytes =
			text->data + passage->record.offset;
	}
	return !maker.failed && !passages->failed;
}
