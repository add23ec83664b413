/* fuzz_vocabulary.c -- the file of the words: a walk stays inside, whatever is
 * in it, from word to word and to any word at once. */
#include "tests/fuzz/fuzz.h"

#include "store/vocabulary.h"
#include "text/text.h"

static void look_up(const struct kzi_vocabulary *found,
	const struct kzi_vocabulary *word)
{
	struct kzi_vocabulary walk = *found;
	struct kzi_form form;

	/* Damaged words need not be in order, so it may not be found. */
	if (kzi_vocabulary_find(&walk, word->word, word->length))
		FUZZ_REQUIRE(kzi_vocabulary_begins(
			&walk, word->word, word->length));
	if (kzi_form_read(&form, word->word, word->length, KZI_STEM))
		FUZZ_REQUIRE(form.length <= KZI_FORM_BYTES &&
			form.term.length <= KZI_TERM_MOST);
}

static void walk_section(struct kzi_part *file, int section)
{
	size_t most = section < KZI_FORMS ? (size_t)KZI_VOCABULARY_WORD_MOST
					  : (size_t)KZI_FORM_MOST;
	struct kzi_vocabulary walk, other, fresh;
	uint32_t i;

	kzi_vocabulary_walk(&walk, file, section);
	other = fresh = walk;
	while (kzi_vocabulary_next(&walk)) {
		FUZZ_REQUIRE(walk.length <= most && walk.next <= walk.count);
		if (walk.next % 64 == 1)
			look_up(&fresh, &walk);
	}
	for (i = other.count; i-- > 0 && kzi_vocabulary_seek(&other, i);)
		FUZZ_REQUIRE(other.next == i + 1);
	if (walk.count > 0 && walk.sketches)
		(void)kzi_vocabulary_sketch(&walk, walk.count - 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct kzi_part file = { bytes, length, -1, 0, 0 };
	struct kzi_word_list list = { 0 };
	struct kzi_vocabulary words;
	int section;

	if (!kzi_vocabulary_is_whole(&file))
		return 0;
	for (section = 0; section < KZI_VOCABULARY_SECTIONS; section++)
		walk_section(&file, section);
	kzi_vocabulary_walk(&words, &file, 0);
	kzi_word_list_add_words(&list, &words);
	kzi_word_list_release(&list);
	kzi_vocabulary_check(&file, NULL);
	return 0;
}
