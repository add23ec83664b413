/* guess.c -- the language of a text, in terms of the languages we analyse. */
#include "text/text.h"

#include "base/alloc.h"
#include "text/lid.h"
#include "text/normalize.h"

_Static_assert((int)KZI_LID_LANGUAGES == (int)KZI_LANGUAGES,
	"lid.h and text.h count languages differently");

enum {
	/* N-grams below which letters say little: some six words. */
	TELLING_GRAMS = 40
};

struct kzi_guesser {
	struct kzi_lid_words met;
};

struct kzi_guesser *kzi_guesser_new(void)
{
	return kzi_calloc(1, sizeof(struct kzi_guesser));
}

void kzi_language_guess(struct kzi_guesser *guesser, struct kzi_guess *guess,
	const char *text, size_t length)
{
	struct kzi_lid_words *met = guesser ? &guesser->met : NULL;
	struct kzi_normal normal;
	struct kzi_lid lid;
	int l;

	/* A query is in one language however its letters are coded, and its
	 * answers are the same in capitals. */
	if (length <= KZI_NORMAL_MOST / 4) {
		kzi_normalize(&normal, text, length);
		kzi_lid_identify(&lid, normal.text, normal.length, met);
	} else {
		kzi_lid_identify(&lid, text, length, met);
	}
	guess->best = 0;
	for (l = 0; l < KZI_LANGUAGES; l++) {
		guess->probability[l] = lid.probability[l];
		if (lid.probability[l] > lid.probability[guess->best])
			guess->best = l;
	}
	guess->is_telling = lid.total >= TELLING_GRAMS &&
		lid.fit > KZI_LID_FOREIGN_FIT;
}

int kzi_language_is_plain(struct kzi_guesser *guesser, int language,
	const char *text, size_t length)
{
	return kzi_lid_is_plainly(
		text, length, language, guesser ? &guesser->met : NULL);
}
