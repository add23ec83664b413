/* vocabulary.h -- the file of the words in an index, and of the forms of its
 * terms. Pure C, private to lib/store; the walk and the lists are in store.h.
 *
 * vocabulary.N, N counting up with every change to it:
 *
 *     "kalauz words 4\n\0"        16 bytes
 *     crc32 of all that follows   4, low byte first
 *     bytes and words of each     4 and 4, KZI_VOCABULARY_SECTIONS times
 *     section
 *     the sections, one behind the other: of words, one a language, then of
 *     forms
 *
 * A section (its numbers are of 4 bytes, low one first):
 *
 *     the sketch of each word; forms have none
 *     for every KZI_VOCABULARY_BLOCK words the first eight bytes of the first,
 *     filled with zeros, and where it begins, counted from the words, which
 *     follow
 *
 * They are in order of their bytes, front coded (front.h; the first of a block
 * shares none), and behind each are the passages that hold it, as a varint whose
 * lowest bit is the sign:
 *
 *     community, 40 passages; communities, 7
 *     90 "community" 50    38 "ies" 0E
 *
 * A list in memory is the words alone, each with its sketch before the varint;
 * there passages may be negative, for a change.
 *
 * The file is written aside of the commit that names it and never changed; the
 * one before is kept for readers that have not moved on. */
#ifndef KZI_VOCABULARY_H
#define KZI_VOCABULARY_H

#include "store/part.h"
#include "store/store.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KZI_VOCABULARY_MAGIC "kalauz words 4\n" /* And its NUL. */

enum {
	KZI_VOCABULARY_BLOCK = 16,
	KZI_VOCABULARY_SUM_AT = sizeof(KZI_VOCABULARY_MAGIC),
	KZI_VOCABULARY_SIZES_AT = KZI_VOCABULARY_SUM_AT + 4,
	KZI_VOCABULARY_HEAD =
		KZI_VOCABULARY_SIZES_AT + 8 * KZI_VOCABULARY_SECTIONS,
	KZI_VOCABULARY_KEY = 8,
	KZI_VOCABULARY_ENTRY = KZI_VOCABULARY_KEY + 4
};

/* "folder/vocabulary.7"; 0 if it does not fit. */
int kzi_vocabulary_path(
	char *path, size_t room, const char *folder, uint64_t number);

/* Map the file of a number in the folder of a generation; number 0 has no
 * words. KZ_END if it is not there: the state that names it is old.
 * KZ_ERR_CORRUPT if it is not whole. */
kz_status kzi_vocabulary_open(struct kzi_part *file, const char *folder,
	uint64_t number, kz_error *err);

/* 1 if its sections fill it: a walk then stays inside, whatever is in them. */
int kzi_vocabulary_is_whole(const struct kzi_part *file);

/* The walk over one section. */
void kzi_vocabulary_walk(
	struct kzi_vocabulary *walk, struct kzi_part *file, int section);

/* The walk over a list. */
void kzi_word_list_walk(
	struct kzi_vocabulary *walk, const struct kzi_word_list *list);

/* Add the words of a walk that has not begun to a list. Returns 0 when memory
 * is short or the words are damaged. */
int kzi_word_list_add_words(
	struct kzi_word_list *list, const struct kzi_vocabulary *words);

/* Read it all: checksum and every word. */
kz_status kzi_vocabulary_check(struct kzi_part *file, kz_error *err);

/* Write `lists`, one a section, as the file of a number, durably. */
kz_status kzi_vocabulary_write(const char *folder, uint64_t number,
	const struct kzi_word_list *lists, kz_error *err);

/* Remove the files of `number` and those before it. */
void kzi_vocabulary_remove(const char *folder, uint64_t number);

#ifdef __cplusplus
}
#endif
#endif
