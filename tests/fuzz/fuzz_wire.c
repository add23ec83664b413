/* fuzz_wire.c -- what a worker says, if its reader was taken over; and a
 * job. */
#include "tests/fuzz/fuzz.h"

#include "indexer/wire.h"
#include "text/text.h"

/* What a worker has told, frame by frame. */
struct told {
	struct kzi_arena arena;
	struct kzi_numbering terms, words;
};

static void take_passage(const struct kzi_frame *frame, struct told *told)
{
	struct kzi_made_passage passage;
	const char *end = frame->bytes + frame->length;

	if (!kzi_wire_get_passage(
		    frame, &told->arena, &told->terms, &passage))
		return;
	FUZZ_REQUIRE(passage.language >= 0 && passage.language < KZI_LANGUAGES);
	FUZZ_REQUIRE(passage.record.text.bytes >= frame->bytes &&
		passage.record.text.bytes + passage.record.text.length <= end);
	while (passage.count-- > 0) {
		const struct kzi_posting *posting =
			&passage.postings[passage.count];

		FUZZ_REQUIRE(posting->impact <= KZI_IMPACT_MOST);
		FUZZ_REQUIRE(posting->term->bytes.length >= 1 &&
			posting->term->bytes.length <= KZI_TERM_MOST &&
			posting->term->bytes.bytes[0] != '_');
	}
}

static void take_words(const struct kzi_frame *frame, struct told *told)
{
	struct kzi_word_counts counts;
	size_t i;

	if (!kzi_wire_get_words(frame, &told->arena, &told->words, &counts))
		return;
	for (i = 0; i < counts.count; i++)
		FUZZ_REQUIRE(counts.items[i].word->bytes.length > 1 &&
			counts.items[i].word->bytes.length <=
				1 + KZI_WORD_MOST);
}

static void take_frame(const struct kzi_frame *frame, struct told *told)
{
	struct kzi_document_record document;
	struct kzi_reading reading;
	enum kzi_kind kind;
	unsigned guards;

	if (frame->type == KZI_FRAME_PASSAGE)
		take_passage(frame, told);
	else if (frame->type == KZI_FRAME_WORDS)
		take_words(frame, told);
	else if (frame->type == KZI_FRAME_DOCUMENT &&
		kzi_wire_get_document(frame, &told->arena, &document, &kind))
		FUZZ_REQUIRE(kind < KZI_KINDS);
	else if (frame->type == KZI_FRAME_END &&
		kzi_wire_get_end(frame, &reading))
		FUZZ_REQUIRE(reading.outcome < KZI_OUTCOMES &&
			reading.outcome != KZI_REMOVED);
	else if (frame->type == KZI_FRAME_READY)
		kzi_wire_get_ready(frame, &guards);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const char *at = (const char *)bytes, *end = at + length;
	static struct told told;
	struct kzi_frame frame;
	struct kzi_job job;
	size_t size;

	kzi_wire_get_job(at, length, &told.arena, &job);
	while (at < end) {
		size = kzi_wire_frame(at, (size_t)(end - at), &frame);
		if (size == 0 || size == SIZE_MAX)
			break;
		FUZZ_REQUIRE(size <= (size_t)(end - at));
		take_frame(&frame, &told);
		at += size;
	}
	kzi_arena_release(&told.arena);
	kzi_numbering_release(&told.terms);
	kzi_numbering_release(&told.words);
	return 0;
}
