/* fuzz_vocabulary.c -- the file of the words: a walk stays inside, whatever is
 * in it, from word to word and to any word at once. */
#include "tests/fuzz/fuzz.h"

#include "store/vocabulary.h"

static void walk_language(const struct kzi_vocabulary_file *file, int language)
{
	struct kzi_vocabulary walk, other;
	uint32_t i;

	kzi_vocabulary_walk(&walk, file, language);
	other = walk;
	while (kzi_vocabulary_next(&walk))
		FUZZ_REQUIRE(walk.length <= KZI_VOCABULARY_WORD_MOST &&
			walk.next <= walk.count);
	for (i = other.count; i-- > 0 && kzi_vocabulary_seek(&other, i);)
		FUZZ_REQUIRE(other.next == i + 1);
	if (walk.count > 0)
		(void)kzi_vocabulary_sketch(&walk, walk.count - 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct kzi_vocabulary_file file = { bytes, length };
	struct kzi_word_list list = { 0 };
	struct kzi_vocabulary words;
	int language;

	if (!kzi_vocabulary_is_whole(&file))
		return 0;
	for (language = 0; language < KZI_STORE_LANGUAGES; language++)
		walk_language(&file, language);
	kzi_vocabulary_walk(&words, &file, 0);
	kzi_word_list_add_words(&list, &words);
	kzi_word_list_release(&list);
	kzi_vocabulary_check(&file, NULL);
	return 0;
}
