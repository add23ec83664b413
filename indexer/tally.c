/* tally.c -- see tally.h. */
#include "indexer/tally.h"

#include <string.h>

/* The more, the fewer are told twice; a frame of these takes half a megabyte. */
enum { FULL = 1 << 16 };

static struct kzi_word *const *words_of(const struct kzi_buf *buf)
{
	return (struct kzi_word *const *)(void *)buf->data;
}

static size_t count_of(const struct kzi_buf *buf)
{
	return buf->length / sizeof(struct kzi_word *);
}

void kzi_tally_begin(struct kzi_tally *tally)
{
	kzi_buf_clear(&tally->here);
	tally->passage++;
}

void kzi_tally_meet(struct kzi_tally *tally, struct kzi_word *word)
{
	if (word->mark_owner == tally->passage)
		return;
	word->mark_owner = tally->passage;
	kzi_buf_append(&tally->here, &word, sizeof(struct kzi_word *));
}

/* The mark of a word: in how many passages it was counted, and above that its
 * number from 1, if it has one. */
enum { NUMBER_SHIFT = 32 };

int kzi_tally_count(struct kzi_tally *tally)
{
	struct kzi_word *const *words = words_of(&tally->here);
	size_t count = count_of(&tally->here), i;

	tally->passages++;
	for (i = 0; i < count; i++)
		if ((uint32_t)words[i]->mark++ == 0)
			kzi_buf_append(&tally->met, &words[i],
				sizeof(struct kzi_word *));
	return !tally->here.failed && !tally->met.failed;
}

int kzi_tally_is_full(const struct kzi_tally *tally)
{
	return count_of(&tally->met) >= FULL;
}

static uint32_t number_word(
	struct kzi_tally *tally, const struct kzi_word *word)
{
	char name[1 + KZI_WORD_MOST];

	name[0] = (char)(2 * word->language + word->is_stop);
	memcpy(name + 1, word->text, word->length);
	return kzi_numbering_add(&tally->numbering, name, 1u + word->length);
}

/* Returns 0 when memory is short. */
static int take_word(struct kzi_tally *tally, struct kzi_word *word)
{
	struct kzi_word_count counted = { .passages = (uint32_t)word->mark };
	uint64_t number = word->mark >> NUMBER_SHIFT;

	if (!number)
		number = (uint64_t)number_word(tally, word) + 1;
	word->mark = number << NUMBER_SHIFT;
	if (number > KZI_NUMBERED_MOST)
		return 0;
	counted.number = (uint32_t)number - 1;
	counted.word = kzi_numbering_at(&tally->numbering, counted.number);
	kzi_buf_append(&tally->counts, &counted, sizeof(counted));
	return 1;
}

int kzi_tally_take(struct kzi_tally *tally, struct kzi_word_counts *counts)
{
	struct kzi_word *const *words = words_of(&tally->met);
	size_t count = count_of(&tally->met), i;
	int is_whole = !tally->met.failed;

	kzi_buf_clear(&tally->counts);
	counts->known = tally->numbering.count;
	for (i = 0; i < count; i++)
		is_whole &= take_word(tally, words[i]);
	counts->items = (const struct kzi_word_count *)(void *)
				tally->counts.data;
	counts->count = count;
	counts->passages = tally->passages;
	tally->passages = 0;
	kzi_buf_clear(&tally->met);
	return is_whole && !tally->counts.failed;
}

void kzi_tally_forget(struct kzi_tally *tally)
{
	kzi_numbering_clear(&tally->numbering);
}

void kzi_tally_release(struct kzi_tally *tally)
{
	kzi_buf_release(&tally->here);
	kzi_buf_release(&tally->met);
	kzi_buf_release(&tally->counts);
	kzi_numbering_release(&tally->numbering);
}
