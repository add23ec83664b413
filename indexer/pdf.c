/* pdf.c -- the PDF reader: bytes to words in their places by poppler, and these
 * to a document by the other pdf_*.c. It and pdf_form.c alone know poppler,
 * whose own order of columns and tables is not used. */
#include "indexer/format.h"

#include <string.h>

#include <poppler.h>

#include "base/utf8.h"
#include "indexer/pdf_form.h"
#include "indexer/pdf_mend.h"
#include "indexer/title.h"

enum {
	PAGES_MOST = 20000,
	WORDS_MOST = 4 << 20, /* 160 MB. A book has some 200,000. */
	WORD_MOST = 1000      /* Bytes; longer ones are cut in two. */
};

/* A gap of that many ems divides words that have no space between. */
static const float WORD_GAP = 0.25f;

/* Points: larger than any page. */
static const float PAPER = 100000;

/* The text of a page as poppler gives it, character by character. */
struct source {
	const char *text;
	PopplerRectangle *boxes;
	guint count;  /* Of boxes, and so of characters. */
	GList *fonts; /* Of PopplerTextAttributes, in order. */
};

void kzi_pdf_release(struct kzi_pdf *pdf)
{
	kzi_buf_release(&pdf->text);
	kzi_buf_release(&pdf->words);
	kzi_buf_release(&pdf->pages);
	kzi_buf_release(&pdf->lines);
	kzi_buf_release(&pdf->line_text);
	kzi_buf_release(&pdf->vocabulary);
}

/* ---- Words -------------------------------------------------------------- */

static int is_bold_name(const char *name)
{
	static const char *const marks[] = {
		"Bold", "bold", "Black", "Heavy", "Semi", "Demi", NULL};
	int i;

	for (i = 0; name && marks[i]; i++)
		if (strstr(name, marks[i]))
			return 1;
	return 0;
}

/* Set the font of the word that begins at character `index`. */
static void take_font(
	struct source *source, guint index, struct kzi_pdf_word *word)
{
	const PopplerTextAttributes *font;

	while (source->fonts && source->fonts->next &&
		(guint)((PopplerTextAttributes *)source->fonts->data)
				->end_index < index)
		source->fonts = source->fonts->next;
	if (!source->fonts)
		return;
	font = source->fonts->data;
	word->size = (float)font->font_size;
	word->is_bold = (uint8_t)is_bold_name(font->font_name);
}

/* Damaged files have words at infinity and nowhere (NaN). */
static int is_on_paper(const struct kzi_pdf_word *word)
{
	return word->x0 > -PAPER && word->x1 < PAPER && word->y0 > -PAPER &&
	       word->y1 < PAPER && word->x0 <= word->x1 && word->y0 <= word->y1;
}

static void add_word(struct kzi_pdf *pdf, struct kzi_pdf_word *word)
{
	word->length = (uint16_t)(pdf->text.length - word->start);
	if (word->length == 0 || !is_on_paper(word))
		return;
	if (word->y1 < word->y0 + 1)
		word->y1 = word->y0 + 1;
	/* Fonts of odd make say 1; then the box tells. */
	if (!(word->size >= 3) || word->size > 2 * (word->y1 - word->y0))
		word->size = 0.8f * (word->y1 - word->y0);
	kzi_buf_append(&pdf->words, word, sizeof(*word));
}

static void widen(struct kzi_pdf_word *word, const PopplerRectangle *box)
{
	if (box->x1 < word->x0)
		word->x0 = (float)box->x1;
	if (box->x2 > word->x1)
		word->x1 = (float)box->x2;
	if (box->y1 < word->y0)
		word->y0 = (float)box->y1;
	if (box->y2 > word->y1)
		word->y1 = (float)box->y2;
}

/* Does the character stand away from the word, so that it begins another? */
static int is_apart(
	const struct kzi_pdf_word *word, const PopplerRectangle *box)
{
	float gap = WORD_GAP * word->size;

	return box->x1 > (double)(word->x1 + gap) ||
	       box->x2 < (double)(word->x0 - gap) ||
	       box->y1 > (double)word->y1 || box->y2 < (double)word->y0;
}

/* LaTeX's fonts made of dots tell only the place of a character in the font;
 * what were controls are ligatures then. */
static const char *ligature(uint32_t c)
{
	static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl"};

	return c >= 0x1B && c <= 0x1F ? ligatures[c - 0x1B] : NULL;
}

static int is_space(uint32_t c)
{
	return (c <= 0x20 && !ligature(c)) || c == 0xA0 || c == 0x3000 ||
	       (c >= 0x2000 && c <= 0x200B) || c == 0xFFFC;
}

/* A soft hyphen says something only at the end of a word. */
static void drop_soft_hyphen(struct kzi_pdf *pdf, size_t start)
{
	struct kzi_buf *text = &pdf->text;

	if (!text->failed && text->length >= start + 2 &&
		!memcmp(text->data + text->length - 2, "\xC2\xAD", 2))
		text->length -= 2;
}

static void add_words(struct kzi_pdf *pdf, struct source *source)
{
	struct kzi_pdf_word word = {0};
	const char *at = source->text, *end = at + strlen(at);
	int is_open = 0;
	guint i;

	for (i = 0; i < source->count && at < end; i++) {
		const PopplerRectangle *box = &source->boxes[i];
		uint32_t c;
		size_t size = kzi_utf8_decode(at, (size_t)(end - at), &c);
		int is_gap = is_space(c);

		if (is_open &&
			(is_gap || is_apart(&word, box) ||
				pdf->text.length - word.start > WORD_MOST)) {
			word.has_space = (uint8_t)is_gap;
			add_word(pdf, &word);
			is_open = 0;
		}
		if (!is_gap && !is_open) {
			word = (struct kzi_pdf_word){.x0 = (float)box->x1,
				.y0 = (float)box->y1,
				.x1 = (float)box->x2,
				.y1 = (float)box->y2,
				.start = (uint32_t)pdf->text.length};
			take_font(source, i, &word);
			is_open = 1;
		}
		if (!is_gap) {
			widen(&word, box);
			drop_soft_hyphen(pdf, word.start);
			if (ligature(c))
				kzi_buf_text(&pdf->text, ligature(c));
			else
				kzi_buf_append(&pdf->text, at, size);
		}
		at += size;
	}
	word.has_space = 1;
	if (is_open)
		add_word(pdf, &word);
}

/* ---- Pages -------------------------------------------------------------- */

enum direction { RIGHT, DOWN, UP, DIRECTIONS };

/* Where the next character stands. To the left is no direction: what goes there
 * is Arabic, or the next line. */
static enum direction direction_of(const PopplerRectangle *box)
{
	const PopplerRectangle *next = box + 1;
	double right = next->x1 + next->x2 - box->x1 - box->x2;
	double down = next->y1 + next->y2 - box->y1 - box->y2;

	if (right >= down && right >= -down)
		return RIGHT;
	if (down >= right && down >= -right)
		return DOWN;
	return -down > right && -down >= -right ? UP : RIGHT;
}

/* Most of a page may stand on its side: a wide table, say. Then all of it is
 * turned, so that its lines lie. Returns the height of the page. */
static double turn_upright(struct source *source, double width, double height)
{
	guint votes[DIRECTIONS] = {0}, i;

	for (i = 0; i + 1 < source->count; i++)
		votes[direction_of(&source->boxes[i])]++;
	if (votes[RIGHT] >= votes[DOWN] + votes[UP])
		return height;
	for (i = 0; i < source->count; i++) {
		PopplerRectangle *box = &source->boxes[i], old = *box;

		if (votes[DOWN] > votes[UP])
			*box = (PopplerRectangle){.x1 = old.y1,
				.y1 = width - old.x2,
				.x2 = old.y2,
				.y2 = width - old.x1};
		else
			*box = (PopplerRectangle){.x1 = height - old.y2,
				.y1 = old.x1,
				.x2 = height - old.y1,
				.y2 = old.x2};
	}
	return width;
}

static size_t word_count(const struct kzi_pdf *pdf)
{
	return pdf->words.length / sizeof(struct kzi_pdf_word);
}

static void add_page(struct kzi_pdf *pdf, PopplerPage *page)
{
	struct kzi_pdf_page added = {.first = (uint32_t)word_count(pdf)};
	struct source source = {0};
	PopplerRectangle *boxes = NULL;
	GList *fonts = poppler_page_get_text_attributes(page);
	char *text = poppler_page_get_text(page);
	double width = 0, height = 0;

	poppler_page_get_size(page, &width, &height);
	if (text && poppler_page_get_text_layout(page, &boxes, &source.count)) {
		source.text = text;
		source.boxes = boxes;
		source.fonts = fonts;
		height = turn_upright(&source, width, height);
		add_words(pdf, &source);
	}
	added.height = (float)height;
	kzi_pdf_add_fields(pdf, page, height);
	g_free(boxes);
	g_free(text);
	poppler_page_free_text_attributes(fonts);
	added.count = (uint32_t)word_count(pdf) - added.first;
	kzi_buf_append(&pdf->pages, &added, sizeof(added));
}

/* ---- The reader --------------------------------------------------------- */

/* What poppler has to say about a bad file is said once, by us. */
static void drop_message(const gchar *domain, GLogLevelFlags level,
	const gchar *message, gpointer data)
{
	(void)domain;
	(void)level;
	(void)message;
	(void)data;
}

/* Returns how many pages could not be read. */
static int add_pages(struct kzi_pdf *pdf, PopplerDocument *file)
{
	int count = poppler_document_get_n_pages(file), lost = 0, i;

	for (i = 0; i < count; i++) {
		PopplerPage *page = NULL;

		if (i < PAGES_MOST && word_count(pdf) < WORDS_MOST)
			page = poppler_document_get_page(file, i);
		if (page) {
			add_page(pdf, page);
			g_object_unref(page);
		} else {
			struct kzi_pdf_page empty = {0};

			lost++;
			if (i < PAGES_MOST)
				kzi_buf_append(
					&pdf->pages, &empty, sizeof(empty));
		}
	}
	return lost;
}

static void make_document(struct kzi_pdf *pdf, PopplerDocument *file,
	struct kzi_document *document)
{
	char *title = poppler_document_get_title(file);
	size_t count = kzi_pdf_page_count(pdf), i;

	kzi_pdf_mend_letters(pdf);
	kzi_pdf_note_words(pdf);
	if (!pdf->words.failed && !pdf->pages.failed && !pdf->text.failed) {
		kzi_pdf_drop_repeated(pdf);
		for (i = 0; i < count; i++)
			kzi_pdf_lay_out(pdf, i);
	}
	pdf->failed |= pdf->words.failed || pdf->pages.failed ||
		       pdf->text.failed || pdf->lines.failed ||
		       pdf->line_text.failed;
	if (!pdf->failed)
		kzi_pdf_blocks(pdf, document);
	document->failed |= pdf->failed;
	kzi_title_choose(document, title);
	g_free(title);
}

static int read_file(struct kzi_input *input, PopplerDocument *file)
{
	struct kzi_pdf pdf = {0};
	struct kzi_document document;
	int lost = add_pages(&pdf, file), result = 0;
	int count = poppler_document_get_n_pages(file);

	kzi_document_init(&document, input->path);
	if (pdf.words.length)
		make_document(&pdf, file, &document);
	if (document.failed)
		result = kzi_input_fail_memory(input);
	else if (lost < count && !kzi_document_block_count(&document))
		result = kzi_input_fail(input, "no text in it: scanned pages");
	else if (lost < count)
		result = input->emit(input->context, &document);
	if (!result && lost)
		result = kzi_input_fail(input,
			"damaged: %d of %d pages cannot be read", lost, count);
	if (!result && !count)
		result = kzi_input_fail(input, "damaged: no pages in it");
	kzi_document_release(&document);
	kzi_pdf_release(&pdf);
	return result;
}

static PopplerDocument *open_file(
	const char *data, size_t length, GError **error)
{
	GBytes *bytes = g_bytes_new_static(data, length);
	PopplerDocument *file =
		poppler_document_new_from_bytes(bytes, NULL, error);

	g_bytes_unref(bytes);
	return file;
}

/* Pages that can be read, of a file or NULL; counted up to `most`. */
static int whole_pages(PopplerDocument *file, int most)
{
	int count = file ? poppler_document_get_n_pages(file) : 0, whole = 0, i;

	for (i = 0; i < count && i < PAGES_MOST && whole < most; i++) {
		PopplerPage *page = poppler_document_get_page(file, i);

		whole += page != NULL;
		if (page)
			g_object_unref(page);
	}
	return whole;
}

/* Of a file most of whose pages cannot be read, read those that can be found if
 * that is more. Returns 0 if it is not. */
static int read_mended(struct kzi_input *input, int whole)
{
	struct kzi_buf mended = {0};
	PopplerDocument *file = NULL;
	int found, is_read;

	if (kzi_pdf_mend(input->bytes, input->length, &mended))
		file = open_file(mended.data, mended.length, NULL);
	found = whole_pages(file, PAGES_MOST);
	is_read = found > whole;
	if (is_read) {
		read_file(input, file);
		kzi_input_fail(input,
			"damaged: its list of pages is lost, %d found", found);
	}
	if (file)
		g_object_unref(file);
	kzi_buf_release(&mended);
	return is_read;
}

static int read_any(struct kzi_input *input)
{
	GError *error = NULL;
	PopplerDocument *file =
		open_file(input->bytes, input->length, &error);
	int is_locked = error && g_error_matches(error, POPPLER_ERROR,
					 POPPLER_ERROR_ENCRYPTED);
	int count, whole, result;

	g_clear_error(&error);
	if (is_locked)
		return kzi_input_fail(input, "needs a password");
	count = file ? poppler_document_get_n_pages(file) : 0;
	whole = whole_pages(file, count / 2 + 1);
	if (whole * 2 <= count && read_mended(input, whole))
		result = -1;
	else if (file)
		result = read_file(input, file);
	else
		result = kzi_input_fail(
			input, "not a PDF file that can be read: damaged");
	if (file)
		g_object_unref(file);
	return result;
}

int kzi_read_pdf(struct kzi_input *input)
{
	guint handler;
	int result;

	if (!input->length)
		return 0;
	handler = g_log_set_handler("Poppler",
		G_LOG_LEVEL_MASK | G_LOG_FLAG_FATAL | G_LOG_FLAG_RECURSION,
		drop_message, NULL);
	result = read_any(input);
	g_log_remove_handler("Poppler", handler);
	return result;
}
