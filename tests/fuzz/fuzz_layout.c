/* fuzz_layout.c -- what we make of the words of PDF pages, without poppler.
 * Five bytes a word: where it is, how large, and which; zeros begin a page. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "indexer/pdf_page.h"

enum { WORD = 5, PAGE_HEIGHT = 842, STEP = 4 };

static const char *const texts[] = { "the", "learn-", "ing", "Community", "•",
	"12.", "a)", "1", "2009", "|", "€", "-", ".", "Közösség", "és", "(",
	"Page", "of", "x", "\xC2\xAD" };

static void begin_page(struct kzi_pdf *pdf)
{
	struct kzi_pdf_page page = { .height = PAGE_HEIGHT,
		.first = (uint32_t)(pdf->words.length /
			sizeof(struct kzi_pdf_word)) };

	kzi_buf_append(&pdf->pages, &page, sizeof(page));
}

static void add_word(struct kzi_pdf *pdf, const uint8_t *bytes)
{
	const char *text = texts[bytes[4] % (sizeof(texts) / sizeof(*texts))];
	struct kzi_pdf_word word = { .x0 = (float)(bytes[0] * STEP),
		.y0 = (float)(bytes[1] * STEP),
		.start = (uint32_t)pdf->text.length,
		.length = (uint16_t)strlen(text),
		.is_bold = bytes[3] & 1,
		.has_space = bytes[3] >> 1 & 1 };

	word.x1 = word.x0 + bytes[2];
	word.y1 = word.y0 + 1 + (float)(bytes[3] >> 2);
	word.size = 0.8f * (word.y1 - word.y0);
	kzi_buf_append(&pdf->text, text, strlen(text));
	kzi_buf_append(&pdf->words, &word, sizeof(word));
	kzi_pdf_page(pdf, kzi_pdf_page_count(pdf) - 1)->count++;
}

static void check_lines(const struct kzi_pdf *pdf)
{
	size_t count = pdf->lines.length / sizeof(struct kzi_pdf_line), i;

	for (i = 0; i < count; i++) {
		const struct kzi_pdf_line *line = kzi_pdf_line(pdf, i);

		FUZZ_REQUIRE(line->start + (size_t)line->length <=
			pdf->line_text.length);
		FUZZ_REQUIRE(line->page > 0 &&
			line->page <= kzi_pdf_page_count(pdf));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static const uint8_t new_page[WORD];
	struct kzi_pdf pdf = { 0 };
	struct kzi_document document;
	size_t i;

	kzi_document_init(&document, "page.pdf");
	begin_page(&pdf);
	for (i = 0; i + WORD <= length; i += WORD)
		if (!memcmp(bytes + i, new_page, WORD))
			begin_page(&pdf);
		else
			add_word(&pdf, bytes + i);
	kzi_pdf_note_words(&pdf);
	kzi_pdf_drop_repeated(&pdf);
	for (i = 0; i < kzi_pdf_page_count(&pdf); i++)
		kzi_pdf_lay_out(&pdf, i);
	check_lines(&pdf);
	kzi_pdf_blocks(&pdf, &document);
	FUZZ_REQUIRE(!pdf.failed && !document.failed);
	kzi_document_release(&document);
	kzi_pdf_release(&pdf);
	return 0;
}
