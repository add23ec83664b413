/* fuzz.c -- see fuzz.h. */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "indexer/build.h"
#include "indexer/classify.h"
#include "indexer/detect.h"
#include "indexer/links.h"
#include "indexer/wire.h"
#include "text/text.h"

void fuzz_stop(const char *file, int line, const char *what)
{
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	abort();
}

static void check_string(struct kzi_string string)
{
	FUZZ_REQUIRE(kzi_utf8_valid(string.bytes, string.length));
}

/* The run takes what a worker sends only if it is sound: so it must be. */
static kz_status take_document(void *context,
	const struct kzi_document_record *record, enum kzi_kind kind)
{
	struct kzi_document_record read;
	struct kzi_buf wire = { 0 };
	struct kzi_arena arena = { 0 };
	struct kzi_frame frame;

	(void)context;
	check_string(record->title);
	kzi_wire_put_document(&wire, record, kind);
	FUZZ_REQUIRE(kzi_wire_frame(wire.data, wire.length, &frame) ==
		wire.length);
	FUZZ_REQUIRE(kzi_wire_get_document(&frame, &arena, &read, &kind));
	FUZZ_REQUIRE(read.path.length == record->path.length);
	kzi_arena_release(&arena);
	kzi_buf_release(&wire);
	return KZ_OK;
}

static kz_status take_passage(
	void *context, const struct kzi_made_passage *passage)
{
	static struct kzi_numbering told; /* As the builder tells it, for good. */
	struct kzi_made_passage read;
	struct kzi_buf wire = { 0 };
	struct kzi_arena arena = { 0 };
	struct kzi_frame frame;
	size_t i;

	(void)context;
	FUZZ_REQUIRE(passage->record.text.length > 0);
	check_string(passage->record.text);
	for (i = 0; i < passage->record.heading_count; i++)
		check_string(passage->record.headings[i]);
	kzi_wire_put_passage(&wire, passage);
	FUZZ_REQUIRE(kzi_wire_frame(wire.data, wire.length, &frame) ==
		wire.length);
	FUZZ_REQUIRE(kzi_wire_get_passage(&frame, &arena, &told, &read));
	FUZZ_REQUIRE(read.count == passage->count);
	for (i = 0; i < read.count; i++)
		FUZZ_REQUIRE(read.postings[i].number ==
			passage->postings[i].number);
	kzi_arena_release(&arena);
	kzi_buf_release(&wire);
	return KZ_OK;
}

static int take(void *context, struct kzi_document *document)
{
	static const struct kzi_detector detector = { .fallback = -1 };
	const struct kzi_origin nothing = { .kind = KZI_KIND_NONE };
	const struct kzi_sink sink = { take_document, take_passage, NULL, NULL };
	size_t count = kzi_document_block_count(document), i;

	kzi_detect(&detector, document);
	kzi_classify(document, &nothing);
	kzi_links_resolve(document);
	for (i = 0; i < count; i++) {
		const struct kzi_block *block =
			kzi_document_block_at(document, i);

		FUZZ_REQUIRE(block->length > 0);
		FUZZ_REQUIRE(block->length == strlen(block->text));
		FUZZ_REQUIRE(block->language >= 0 &&
			block->language < KZI_LANGUAGES);
	}
	FUZZ_REQUIRE(kzi_builder_add(context, document, 1, &sink) == KZ_OK);
	return 0;
}

void fuzz_read(const char *name, kzi_reader *reader, const uint8_t *bytes,
	size_t length)
{
	static struct kzi_builder *builder;
	char reason[KZI_REASON_MOST] = "";
	/* As long as it is and no longer, so that a step too far shows. */
	char *copy = malloc(length + 1);
	struct kzi_input input = { .path = name, .bytes = copy,
		.length = length, .emit = take, .reason = reason,
		.reason_size = sizeof(reason) };

	if (!builder)
		builder = kzi_builder_new();
	FUZZ_REQUIRE(builder && copy);
	memcpy(copy, bytes, length);
	copy[length] = '\0';
	input.context = builder;
	if (!reader)
		reader = kzi_format_find(name, copy, length);
	if (reader && reader(&input) != 0)
		FUZZ_REQUIRE(*reason);
	free(copy);
}
