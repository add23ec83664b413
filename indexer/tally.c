/* tally.c -- see tally.h. */
#include "indexer/tally.h"

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

int kzi_tally_count(struct kzi_tally *tally)
{
	struct kzi_word *const *words = words_of(&tally->here);
	size_t count = count_of(&tally->here), i;

	tally->passages++;
	for (i = 0; i < count; i++)
		if (words[i]->mark++ == 0)
			kzi_buf_append(&tally->met, &words[i],
				sizeof(struct kzi_word *));
	return !tally->here.failed && !tally->met.failed;
}

int kzi_tally_is_full(const struct kzi_tally *tally)
{
	return count_of(&tally->met) >= FULL;
}

int kzi_tally_take(struct kzi_tally *tally, struct kzi_word_counts *counts)
{
	struct kzi_word *const *words = words_of(&tally->met);
	size_t count = count_of(&tally->met), i;
	int is_whole = !tally->met.failed;

	kzi_buf_clear(&tally->counts);
	for (i = 0; i < count; i++) {
		const struct kzi_word_count counted = {
			{ words[i]->text, words[i]->length },
			(uint32_t)words[i]->mark, words[i]->language,
			words[i]->is_stop
		};

		kzi_buf_append(&tally->counts, &counted, sizeof(counted));
		words[i]->mark = 0;
	}
	counts->items = (const struct kzi_word_count *)(void *)
				tally->counts.data;
	counts->count = count;
	counts->passages = tally->passages;
	tally->passages = 0;
	kzi_buf_clear(&tally->met);
	return is_whole && !tally->counts.failed;
}

void kzi_tally_release(struct kzi_tally *tally)
{
	kzi_buf_release(&tally->here);
	kzi_buf_release(&tally->met);
	kzi_buf_release(&tally->counts);
}
