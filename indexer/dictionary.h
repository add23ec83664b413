/* dictionary.h -- the readers of dictionaries: a file to pairs of words.
 *
 *     NAME-eng-hun.index   dictd, as FreeDict comes in Debian, with .dict.dz
 *     eng-cat.autobil.bin  Apertium, compiled (lttoolbox)
 *     NAME.eng-cat.dix     Apertium, as it is written
 *     NAME.tsv             a glossary: a line with the tags of the languages,
 *                          then a line a concept, terms apart by "; "
 *
 * A reader bears any bytes: what is damaged gives KZ_ERR_CORRUPT with a
 * message, after the pairs before the damage. */
#ifndef KZI_DICTIONARY_H
#define KZI_DICTIONARY_H

#include "base/buf.h"
#include "indexer/lexicon.h"

enum kzi_dictionary_kind {
	KZI_NO_DICTIONARY,
	KZI_DICTD,
	KZI_APERTIUM,
	KZI_DIX,
	KZI_GLOSSARY
};

/* A dictionary, told by the name of its file. */
struct kzi_dictionary {
	enum kzi_dictionary_kind kind;
	const char *path;
	char name[64];   /* "freedict-eng-hun". */
	int left, right; /* Languages; not of a glossary. */
};

/* Tell kind, name and languages. The kind is KZI_NO_DICTIONARY if it is none,
 * or not of two languages known here. */
void kzi_dictionary_tell(
	struct kzi_dictionary *dictionary, const char *path);

/* Read a whole file, compressed by gzip or not. */
kz_status kzi_dictionary_bytes(
	const char *path, struct kzi_buf *out, kz_error *err);

/* A fault in a dictionary. */
kz_status kzi_dictionary_damaged(const char *path, kz_error *err);

/* The readers. */
kz_status kzi_dictd_read(struct kzi_lexicon *lexicon,
	const struct kzi_dictionary *dictionary, kz_error *err);
kz_status kzi_apertium_read(struct kzi_lexicon *lexicon,
	const struct kzi_dictionary *dictionary, kz_error *err);
kz_status kzi_dix_read(struct kzi_lexicon *lexicon,
	const struct kzi_dictionary *dictionary, kz_error *err);
kz_status kzi_glossary_read(struct kzi_lexicon *lexicon,
	const struct kzi_dictionary *dictionary, kz_error *err);

/* The same as kzi_glossary_read for bytes at hand; `name` is for messages. */
kz_status kzi_glossary_parse(struct kzi_lexicon *lexicon, const char *name,
	const char *bytes, size_t length, kz_error *err);

#endif
