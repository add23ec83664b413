/* stop.c -- see stop.h. Of the words of a text nine in ten are told from stop
 * words by first byte and length; only the rest is looked up. */
#include "text/stop.h"

#include <string.h>

static void make(struct kzi_stop_lengths *lengths, const char *list)
{
	while (*list) {
		size_t length = strcspn(list, " ");

		if (length > 0 && length < 32)
			lengths->lengths[*list & (KZI_STOP_FIRSTS - 1)] |=
				(uint32_t)1 << length;
		list += length + (list[length] == ' ');
	}
	lengths->is_made = 1;
}

int kzi_is_stop(struct kzi_stop_lengths *lengths, const struct kzi_lang *lang,
	const char *word, size_t length)
{
	if (!lengths->is_made)
		make(lengths, lang->stop_words);
	return length > 0 && length < 32 &&
		(lengths->lengths[word[0] & (KZI_STOP_FIRSTS - 1)] >> length &
			1) &&
		kzi_list_has(lang->stop_words, word, length);
}
