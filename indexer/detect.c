/* detect.c -- see detect.h. */
#include "indexer/detect.h"

#include <string.h>

#include "text/text.h"

enum {
	SAMPLE = 16384, /* Bytes of a document that its guess is made from. */
	ALONE = 160    /* Bytes of a block that may differ from its document. */
};

/* A declared language is overruled when it is that improbable and another one
 * that probable. */
static const float IMPROBABLE = 0.02f;
static const float SURE = 0.98f;

static void guess_document(struct kzi_guesser *guesser,
	const struct kzi_document *document, struct kzi_guess *guess)
{
	char sample[SAMPLE];
	size_t filled = 0, i;
	size_t count = kzi_document_block_count(document);

	for (i = 0; i < count; i++) {
		const struct kzi_block *block =
			kzi_document_block_at(document, i);
		size_t length = block->length;

		if (filled + 1 >= sizeof(sample))
			break;
		if (length > sizeof(sample) - filled - 1)
			length = sizeof(sample) - filled - 1;
		memcpy(sample + filled, block->text, length);
		filled += length;
		sample[filled++] = ' ';
	}
	kzi_language_guess(guesser, guess, sample, filled);
}

static int is_contradicted(const struct kzi_guess *guess, int declared)
{
	return guess->is_telling &&
		guess->probability[declared] < IMPROBABLE &&
		guess->probability[guess->best] > SURE;
}

static int document_language(const struct kzi_document *document,
	const struct kzi_guess *guess, int fallback)
{
	if (document->declared >= 0 &&
		!is_contradicted(guess, document->declared))
		return document->declared;
	if (guess->is_telling)
		return guess->best;
	if (fallback >= 0)
		return fallback;
	return guess->best;
}

static int block_language(struct kzi_guesser *guesser,
	const struct kzi_block *block, int whole)
{
	int expected = block->declared >= 0 ? block->declared : whole;
	struct kzi_guess guess;

	if ((block->length < ALONE && block->declared < 0) ||
		kzi_language_is_plain(
			guesser, expected, block->text, block->length))
		return expected;
	kzi_language_guess(guesser, &guess, block->text, block->length);
	return is_contradicted(&guess, expected) ? guess.best : expected;
}

static void set_all(struct kzi_document *document, int language)
{
	size_t count = kzi_document_block_count(document), i;

	for (i = 0; i < count; i++)
		kzi_document_block_at(document, i)->language = language;
}

void kzi_detect(
	const struct kzi_detector *detector, struct kzi_document *document)
{
	size_t count = kzi_document_block_count(document), i;
	struct kzi_guess guess;
	int whole;

	if (document->is_told) {
		set_all(document, document->declared);
		return;
	}
	guess_document(detector->guesser, document, &guess);
	whole = document_language(document, &guess, detector->fallback);
	/* Of a single block there is no more to know. */
	if (count == 1 && kzi_document_block_at(document, 0)->declared < 0) {
		kzi_document_block_at(document, 0)->language = whole;
		return;
	}
	for (i = 0; i < count; i++) {
		struct kzi_block *block = kzi_document_block_at(document, i);

		block->language = block_language(
			detector->guesser, block, whole);
	}
}
