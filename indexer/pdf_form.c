/* pdf_form.c -- what was filled into the fields of a form, or typed onto a
 * page, which poppler does not count to the text of a page. Each value becomes
 * words in the place of its field, so that it is read behind its label:
 *
 *     "Name: ________"  and  a field with "Anna"  =>  "Name: Anna"  */
#include <string.h>

#include "indexer/pdf_form.h"

enum {
	SIZE_MOST = 10, /* Points, of letters. */
	SIZE_LEAST = 3,
	WORD_MOST = 1000 /* Bytes. */
};

static const double SPACING = 1.2; /* From line to line, in sizes. */
static const double LETTER = 0.5;  /* Width of one, in sizes. */
static const double PAPER = 10000; /* No field is larger or further away. */

static int is_sane(const PopplerRectangle *box)
{
	return box->x1 > -PAPER && box->x2 < PAPER && box->y1 > -PAPER &&
	       box->y2 < PAPER && box->x1 < box->x2 && box->y1 < box->y2;
}

/* Lines that so many letters take. */
static double lines_for(
	const PopplerRectangle *box, double letters, double size)
{
	double lines = letters * LETTER * size / (box->x2 - box->x1);

	return lines > 1 ? lines + 1 : 1;
}

static void add_word(struct kzi_pdf *pdf, const char *text, size_t length,
	const struct kzi_pdf_word *place)
{
	struct kzi_pdf_word word = *place;

	word.start = (uint32_t)pdf->text.length;
	word.length = (uint16_t)(length < WORD_MOST ? length : WORD_MOST);
	word.has_space = 1;
	kzi_buf_append(&pdf->text, text, word.length);
	if (pdf->text.failed)
		return;
	kzi_buf_append(&pdf->words, &word, sizeof(word));
}

/* Set the words of a value into a box, in lines. */
static void set_value(
	struct kzi_pdf *pdf, const PopplerRectangle *box, const char *text)
{
	double letters = (double)g_utf8_strlen(text, -1), size = SIZE_MOST;
	double x = box->x1, y = box->y1, height = box->y2 - box->y1;
	size_t length;

	while (size > SIZE_LEAST &&
		lines_for(box, letters, size) * SPACING * size > height)
		size--;
	if (lines_for(box, letters, size) < 2)
		y += (height - size) / 2;
	for (; *text; text += length) {
		double width;
		struct kzi_pdf_word place;

		length = strspn(text, " \t\r\n");
		if (length && x > box->x1 && memchr(text, '\n', length))
			x = box->x2;
		text += length;
		length = strcspn(text, " \t\r\n");
		width = (double)g_utf8_strlen(text, (gssize)length) * LETTER *
			size;
		if (x > box->x1 && x + width > box->x2) {
			x = box->x1;
			y += SPACING * size;
		}
		place = (struct kzi_pdf_word){.x0 = (float)x,
			.y0 = (float)y,
			.x1 = (float)(x + width),
			.y1 = (float)(y + size),
			.size = (float)size};
		if (length)
			add_word(pdf, text, length, &place);
		x += width + LETTER * size;
	}
}

/* What is shown of a choice: all items of a list, the chosen one of a menu. To
 * be freed with g_free. */
static char *items_of(PopplerFormField *field)
{
	int count = poppler_form_field_choice_get_n_items(field), i;
	int is_list = poppler_form_field_choice_get_choice_type(field) ==
		      POPPLER_FORM_CHOICE_LIST;
	GString *items = g_string_new(NULL);

	for (i = 0; i < count && items->len < WORD_MOST; i++) {
		char *item;

		if (!is_list &&
			!poppler_form_field_choice_is_item_selected(field, i))
			continue;
		item = poppler_form_field_choice_get_item(field, i);
		if (item)
			g_string_append_printf(items, "%s\n", item);
		g_free(item);
	}
	return g_string_free(items, FALSE);
}

/* The value, to be freed with g_free; NULL if it is none of words. */
static char *value_of(PopplerFormField *field)
{
	switch (poppler_form_field_get_field_type(field)) {
	case POPPLER_FORM_FIELD_TEXT:
		return poppler_form_field_text_is_password(field)
			       ? NULL
			       : poppler_form_field_text_get_text(field);
	case POPPLER_FORM_FIELD_CHOICE:
		return items_of(field);
	default:
		return NULL;
	}
}

/* Their heights are from the lower edge. */
static void take_value(struct kzi_pdf *pdf, const PopplerRectangle *area,
	double height, const char *value)
{
	PopplerRectangle box = {.x1 = area->x1,
		.y1 = height - area->y2,
		.x2 = area->x2,
		.y2 = height - area->y1};

	if (value && is_sane(&box))
		set_value(pdf, &box, value);
}

/* What is typed onto a page lies over it as an annotation that shows its text;
 * others are notes to it, which are no text of the page. */
static void add_typed(struct kzi_pdf *pdf, PopplerPage *page, double height)
{
	const unsigned hidden = POPPLER_ANNOT_FLAG_HIDDEN |
				POPPLER_ANNOT_FLAG_NO_VIEW;
	GList *annots = poppler_page_get_annot_mapping(page), *at;

	for (at = annots; at; at = at->next) {
		const PopplerAnnotMapping *mapping = at->data;
		char *value;

		if (poppler_annot_get_annot_type(mapping->annot) !=
				POPPLER_ANNOT_FREE_TEXT ||
			(poppler_annot_get_flags(mapping->annot) & hidden))
			continue;
		value = poppler_annot_get_contents(mapping->annot);
		take_value(pdf, &mapping->area, height, value);
		g_free(value);
	}
	poppler_page_free_annot_mapping(annots);
}

void kzi_pdf_add_fields(struct kzi_pdf *pdf, PopplerPage *page, double height)
{
	GList *fields = poppler_page_get_form_field_mapping(page), *at;

	for (at = fields; at; at = at->next) {
		const PopplerFormFieldMapping *mapping = at->data;
		char *value = value_of(mapping->field);

		take_value(pdf, &mapping->area, height, value);
		g_free(value);
	}
	poppler_page_free_form_field_mapping(fields);
	add_typed(pdf, page, height);
}
