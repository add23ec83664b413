/* flow.c -- see flow.h. */
#include "indexer/flow.h"

#include <string.h>

enum {
	BOLD_WORDS = 12,  /* A longer bold line is a paragraph. */
	CELL_WORDS = 60,  /* A cell of data is shorter. */
	LABEL_WORDS = 25, /* So is the only one filled in. */
	HEADING_LEVELS = 6
};

struct open {
	size_t start;	/* Of its text. */
	size_t bold;	/* Bytes of it in bold. */
	size_t letters; /* Bytes of it that are no space. */
};

struct piece {
	enum kzi_block_type type;
	int level;
	int is_guess; /* A heading for its bold letters only. */
	uint32_t page;
	uint32_t cell;	      /* 0: of no table. */
	size_t start, length; /* In `held`. */
};

void kzi_flow_init(struct kzi_flow *flow, struct kzi_document *document)
{
	memset(flow, 0, sizeof(*flow));
	flow->document = document;
}

/* ---- Pieces ------------------------------------------------------------ */

static struct open *innermost(const struct kzi_flow *flow)
{
	return flow->open.length ? (struct open *)(void *)(flow->open.data +
							   flow->open.length) -
					   1
				 : NULL;
}

static struct piece *pieces_of(const struct kzi_flow *flow, size_t *count)
{
	*count = flow->pieces.length / sizeof(struct piece);
	return (struct piece *)(void *)flow->pieces.data;
}

static void hold(struct kzi_flow *flow, struct piece *piece, const char *text)
{
	piece->page = flow->page;
	piece->cell = flow->tables ? flow->cell : 0;
	piece->start = flow->held.length;
	kzi_buf_append(&flow->held, text, piece->length);
	kzi_buf_append(&flow->pieces, piece, sizeof(*piece));
	if (flow->held.failed || flow->pieces.failed)
		flow->document->failed = 1;
}

static void make_block(struct kzi_flow *flow, const struct piece *piece)
{
	struct kzi_block *block = kzi_document_block(flow->document,
		piece->type, flow->held.data + piece->start, piece->length);

	if (!block)
		return;
	block->level = piece->level;
	block->page = piece->page;
	if (piece->type == KZI_HEADING && !piece->is_guess)
		flow->deepest = piece->level;
}

static void make_blocks(struct kzi_flow *flow)
{
	size_t count, i;
	const struct piece *pieces = pieces_of(flow, &count);

	for (i = 0; i < count && !flow->document->failed; i++)
		make_block(flow, &pieces[i]);
	kzi_buf_clear(&flow->pieces);
	kzi_buf_clear(&flow->held);
}

/* ---- Paragraphs -------------------------------------------------------- */

void kzi_flow_open(struct kzi_flow *flow)
{
	struct open open = {.start = flow->text.length};

	kzi_buf_append(&flow->open, &open, sizeof(open));
	if (flow->open.failed)
		flow->document->failed = 1;
}

size_t kzi_flow_depth(const struct kzi_flow *flow)
{
	return flow->open.length / sizeof(struct open);
}

static size_t count_letters(const char *text, size_t length)
{
	size_t letters = 0, i;

	for (i = 0; i < length; i++)
		letters += (unsigned char)text[i] > ' ';
	return letters;
}

void kzi_flow_text(
	struct kzi_flow *flow, const char *text, size_t length, int is_bold)
{
	struct open *open = innermost(flow);
	size_t letters = count_letters(text, length);

	if (!open)
		return;
	open->letters += letters;
	open->bold += is_bold ? letters : 0;
	kzi_buf_append(&flow->text, text, length);
}

void kzi_flow_space(struct kzi_flow *flow)
{
	kzi_flow_text(flow, " ", 1, 0);
}

void kzi_flow_empty(struct kzi_flow *flow)
{
	struct open *open = innermost(flow);

	if (!open)
		return;
	flow->text.length = open->start;
	open->letters = open->bold = 0;
}

static size_t count_words(const char *text, size_t length)
{
	size_t words = 0, i;

	for (i = 0; i < length; i++)
		words += (unsigned char)text[i] > ' ' &&
			 (i == 0 || (unsigned char)text[i - 1] <= ' ');
	return words;
}

/* The piece that was held last belongs before what was inside of it. */
static void move_to_front(struct kzi_flow *flow)
{
	size_t count;
	struct piece *pieces = pieces_of(flow, &count), last;

	if (flow->document->failed)
		return;
	last = pieces[count - 1];
	memmove(pieces + 1, pieces, (count - 1) * sizeof(*pieces));
	pieces[0] = last;
}

static int is_bold_heading(
	const struct open *open, const char *text, size_t length)
{
	while (length > 0 && (unsigned char)text[length - 1] <= ' ')
		length--;
	return length > 0 && open->bold == open->letters &&
	       !strchr(".,;:!?)", text[length - 1]) &&
	       count_words(text, length) <= BOLD_WORDS;
}

void kzi_flow_close(struct kzi_flow *flow, enum kzi_block_type type, int level)
{
	const struct open *open = innermost(flow);
	struct piece piece = {.type = type, .level = level};
	const char *text;

	if (!open)
		return;
	if (flow->text.failed)
		flow->document->failed = 1;
	text = flow->text.data + open->start;
	piece.length = flow->text.length - open->start;
	if (type == KZI_PARAGRAPH && !flow->tables &&
		is_bold_heading(open, text, piece.length)) {
		piece.type = KZI_HEADING;
		piece.is_guess = 1;
		piece.level = flow->deepest + 1;
	}
	if (piece.type == KZI_HEADING && piece.level > HEADING_LEVELS)
		piece.level = HEADING_LEVELS;
	if (open->letters && !flow->document->failed) {
		hold(flow, &piece, text);
		if (flow->open.length == sizeof(*open) && !flow->tables)
			move_to_front(flow);
	}
	flow->text.length = open->start;
	flow->open.length -= sizeof(*open);
	if (!flow->open.length && !flow->tables)
		make_blocks(flow);
}

/* ---- Tables ------------------------------------------------------------ */

void kzi_flow_table_open(struct kzi_flow *flow)
{
	if (flow->tables++ == 0)
		flow->cell = 0;
}

void kzi_flow_cell(struct kzi_flow *flow)
{
	flow->cell += flow->tables == 1;
}

/* A row of data has several cells, none of them long: otherwise the table was
 * made to set things side by side. Of a form most cells are empty. */
static int is_data(const struct kzi_flow *flow, uint32_t row_cells)
{
	size_t count, words = 0, i;
	const struct piece *pieces = pieces_of(flow, &count);
	int cells = 0;

	for (i = 0; i < count; i++) {
		if (i == 0 || pieces[i].cell != pieces[i - 1].cell) {
			cells++;
			words = 0;
		}
		words += count_words(
			flow->held.data + pieces[i].start, pieces[i].length);
		if (words > CELL_WORDS && i > 0 &&
			pieces[i].cell == pieces[i - 1].cell)
			return 0;
	}
	return cells > 1 ||
	       (cells == 1 && row_cells > 1 && words <= LABEL_WORDS);
}

static void join_cells(struct kzi_flow *flow)
{
	size_t count, i;
	const struct piece *pieces = pieces_of(flow, &count);
	struct kzi_block *block;

	kzi_buf_clear(&flow->row);
	for (i = 0; i < count; i++) {
		if (i > 0)
			kzi_buf_text(&flow->row,
				pieces[i].cell == pieces[i - 1].cell ? " "
								     : " | ");
		kzi_buf_append(&flow->row, flow->held.data + pieces[i].start,
			pieces[i].length);
	}
	if (flow->row.failed)
		flow->document->failed = 1;
	block = kzi_document_block(
		flow->document, KZI_ROW, flow->row.data, flow->row.length);
	if (block)
		block->page = flow->page;
	kzi_buf_clear(&flow->pieces);
	kzi_buf_clear(&flow->held);
}

void kzi_flow_row_close(struct kzi_flow *flow)
{
	if (flow->tables != 1 || flow->document->failed)
		return;
	/* A table in a text box is inside a paragraph, and comes at once. */
	if (is_data(flow, flow->cell))
		join_cells(flow);
	else
		make_blocks(flow);
	flow->cell = 0;
}

void kzi_flow_table_close(struct kzi_flow *flow)
{
	kzi_flow_row_close(flow);
	flow->tables -= flow->tables > 0;
}

void kzi_flow_release(struct kzi_flow *flow)
{
	while (flow->open.length)
		kzi_flow_close(flow, KZI_PARAGRAPH, 0);
	if (flow->tables) {
		flow->tables = 1;
		kzi_flow_table_close(flow);
	}
	kzi_buf_release(&flow->text);
	kzi_buf_release(&flow->open);
	kzi_buf_release(&flow->pieces);
	kzi_buf_release(&flow->held);
	kzi_buf_release(&flow->row);
}
