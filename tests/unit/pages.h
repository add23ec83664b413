/* pages.h -- an index of seven small pages, one in each language, made the way
 * the indexer makes one. */
#ifndef KZI_PAGES_H
#define KZI_PAGES_H

#include "scratch.h"

#include "indexer/build.h"
#include "kalauz.h"
#include "store/store.h"

static const struct page {
	const char *path, *lang, *text;
} pages[] = {
	{ "stories/wales/canolfan.html", "cy",
		"Agorodd y ganolfan ddysgu yn hen gapel y pentref. Daeth"
		" deugain o bobl i'r dosbarthiadau cyntaf, a'r plant gyda"
		" nhw." },
	{ "stories/hungary/kapu.html", "hu",
		"A közösség elkérte a régi iskola kulcsát, és közösen"
		" megjavították a kaput. Azóta minden kedden nyitva van." },
	{ "stories/italy/latte.html", "it",
		"Nell'inverno del 2009 l'associazione riaprì la latteria"
		" dell'Alpe e imparò a fare i conti." },
	{ "guides/circle.html", "en",
		"Teachers sat in the circle with the learners. The"
		" community-run e-mail list had 120 members." },
	{ "stories/romania/ateliere.html", "ro",
		"Tinerii șomeri au reparat biciclete în atelierul din"
		" cămin, iar vecinii au adus piese." },
	{ "stories/catalonia/neu.html", "ca",
		"El tall de corrent va durar tres dies, i els veïns van"
		" obrir l'escola col·lectiva." },
	{ "stories/evora/carrinha.html", "pt",
		"A biblioteca itinerante parava nas aldeias às"
		" quintas-feiras, e as crianças liam à sombra." },
};
enum { PAGES = sizeof(pages) / sizeof(pages[0]) };

static inline kz_status pages_take_document(void *writer,
	const struct kzi_document_record *record, enum kzi_kind kind)
{
	return kzi_writer_document(writer, record->path, record, kind, NULL);
}

static inline kz_status pages_take_passage(
	void *writer, const struct kzi_made_passage *passage)
{
	return kzi_writer_passage(writer, &passage->record, passage->language,
		passage->postings, passage->count, NULL);
}

/* Add a page to what the writer will commit. */
static inline void pages_add(struct kzi_builder *builder, struct kzi_writer *writer,
	const struct page *page)
{
	const struct kzi_sink sink = { pages_take_document,
		pages_take_passage, NULL, writer };
	struct kzi_document document;
	struct kzi_block *block;

	kzi_document_init(&document, page->path);
	block = kzi_document_block(
		&document, KZI_PARAGRAPH, page->text, strlen(page->text));
	block->language = kzi_language_find(page->lang, 2);
	document.kind = KZI_STORY;
	assert_int_equal(
		kzi_builder_add(builder, &document, 1, &sink), KZ_OK);
	kzi_document_release(&document);
}

/* Open a writer; flags as for kzi_writer_open. */
static inline struct kzi_writer *pages_writer(
	const char *path, struct kzi_builder *builder, int flags)
{
	char fingerprint[KZI_FINGERPRINT];
	struct kzi_writer *writer;
	kz_error err = { KZ_OK, 0, "" };

	assert_true(kzi_fingerprint(
		kzi_builder_analyzer(builder), fingerprint));
	if (kzi_writer_open(&writer, path, flags, fingerprint, &err) != KZ_OK)
		fail_msg("%s", err.message);
	return writer;
}

static inline void pages_index(const char *path)
{
	struct kzi_builder *builder = kzi_builder_new();
	struct kzi_writer *writer = pages_writer(path, builder, 0);
	int i;

	for (i = 0; i < PAGES; i++)
		pages_add(builder, writer, &pages[i]);
	assert_int_equal(kzi_writer_publish(writer, NULL), KZ_OK);
	kzi_writer_close(writer);
	kzi_builder_free(builder);
}

#endif
