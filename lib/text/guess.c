/* guess.c -- the language of a text, in terms of the languages we analyse. */
#include "text/text.h"

#include "text/lid.h"
#include "text/normalize.h"

enum {
	/* N-grams below which letters say little: some six words. */
	TELLING_GRAMS = 40
};

/* 1 if the letters may be written with combining marks, full-width or as
 * ligatures: a query is in one language however they are coded. What is not so
 * keeps its capitals, which tell names. */
static int is_coded_otherwise(const char *text, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++) {
		unsigned char lead = (unsigned char)text[i];

		if (lead == 0xCC || lead == 0xCD || lead == 0xEF)
			return 1;
	}
	return 0;
}

void kzi_language_guess(
	struct kzi_guess *guess, const char *text, size_t length)
{
	struct kzi_normal normal;
	struct kzi_lid lid;
	int l;

	if (length <= KZI_NORMAL_MOST / 4 && is_coded_otherwise(text, length)) {
		kzi_normalize(&normal, text, length);
		kzi_lid_identify(&lid, normal.text, normal.length);
	} else {
		kzi_lid_identify(&lid, text, length);
	}
	guess->best = 0;
	for (l = 0; l < KZI_LANGUAGES; l++) {
		guess->probability[l] = lid.probability[l];
		if (lid.probability[l] > lid.probability[guess->best])
			guess->best = l;
	}
	guess->is_telling = lid.total >= TELLING_GRAMS && lid.fit > KZI_LID_FOREIGN_FIT;
}
