/* pdf_page.h -- a page as its words in places, and what is made of them.
 *
 *   pdf.c          poppler's pages  => words
 *   pdf_form.c     values of fields => words
 *   pdf_repeat.c   drops headers, footers and page numbers
 *   pdf_layout.c   words            => columns and tables => lines in order
 *   pdf_text.c     lines            => headings, paragraphs, items, rows
 *
 * Lengths are points; y grows downwards. */
#ifndef KZI_PDF_PAGE_H
#define KZI_PDF_PAGE_H

#include <stdint.h>

#include "base/buf.h"
#include "indexer/document.h"

struct kzi_pdf_word {
	float x0, y0, x1, y1;
	float size;	/* Of its font. */
	uint32_t start; /* In the text of the file. */
	uint16_t length;
	uint8_t is_bold;
	uint8_t has_space;  /* Behind it. */
	uint8_t is_dropped; /* Of a header, footer or page number. */
};

struct kzi_pdf_page {
	float height;
	uint32_t first, count; /* Of its words. */
};

struct kzi_pdf_line {
	float x0, y0, x1, y1;
	float size;
	float left, right; /* Of the column. */
	float first_width; /* Of its first word. */
	uint32_t start;	   /* In the text of the lines. */
	uint32_t length;
	uint32_t page;	 /* From 1. */
	uint32_t column; /* From 1, over the whole file. */
	uint8_t is_bold; /* All of it. */
	uint8_t is_row;	 /* A row of a table: "a | b". */
};

struct kzi_pdf {
	struct kzi_buf text;  /* Words, each with its bytes. */
	struct kzi_buf words; /* Of struct kzi_pdf_word. */
	struct kzi_buf pages; /* Of struct kzi_pdf_page. */
	struct kzi_buf lines; /* Of struct kzi_pdf_line. */
	struct kzi_buf line_text;
	struct kzi_buf vocabulary; /* uint64_t: a table of hashes of words. */
	uint32_t columns;	   /* Of all pages so far. */
	uint64_t work;		   /* Words looked at to find them. */
	int failed;		   /* Memory ran out. */
};

void kzi_pdf_release(struct kzi_pdf *pdf);

static inline struct kzi_pdf_word *kzi_pdf_word(
	const struct kzi_pdf *pdf, size_t i)
{
	return (struct kzi_pdf_word *)(void *)pdf->words.data + i;
}

static inline struct kzi_pdf_page *kzi_pdf_page(
	const struct kzi_pdf *pdf, size_t i)
{
	return (struct kzi_pdf_page *)(void *)pdf->pages.data + i;
}

static inline struct kzi_pdf_line *kzi_pdf_line(
	const struct kzi_pdf *pdf, size_t i)
{
	return (struct kzi_pdf_line *)(void *)pdf->lines.data + i;
}

static inline size_t kzi_pdf_page_count(const struct kzi_pdf *pdf)
{
	return pdf->pages.length / sizeof(struct kzi_pdf_page);
}

/* Mark the words of what stands at the edge of several pages. */
void kzi_pdf_drop_repeated(struct kzi_pdf *pdf);

/* Append the lines of a page (from 0) in reading order. */
void kzi_pdf_lay_out(struct kzi_pdf *pdf, size_t page);

/* Fonts of old LaTeX files tell the places of letters in them (Cork's encoding)
 * in place of the letters: "hétr®l összegy¶lnek" => "hétről összegyűlnek". */
void kzi_pdf_mend_letters(struct kzi_pdf *pdf);

/* Note the words of the file; then, put `length` bytes of a line behind `text`,
 * with a space between, or mending a word that is divided there:
 *
 *     "the learn-", "ing towns"  =>  "the learning towns" */
void kzi_pdf_note_words(struct kzi_pdf *pdf);
void kzi_pdf_join(const struct kzi_pdf *pdf, struct kzi_buf *text,
	const char *line, size_t length);

/* Does the text begin with a small letter? */
int kzi_pdf_begins_small(const char *text, size_t length);

/* Bytes of the bullet or number that an item begins with, if `text` does:
 * "•", "12.", "a)"; else 0. */
size_t kzi_pdf_marker(const char *text, size_t length);

/* The lines of all pages to blocks. */
void kzi_pdf_blocks(struct kzi_pdf *pdf, struct kzi_document *document);

#endif
