/* forms.h -- what the vocabulary knows of the terms of a query: the words that
 * have a term, the stems that have a root. Private.
 *
 *     stem programar  =>  words programar, programem ...
 *     root program    =>  stems programar, programació ...
 *
 * So a term that is in no passage costs a look into a mapped file, roots and
 * beginnings need no postings, and of a text only those words are stemmed that
 * may answer. */
#ifndef KZI_FORMS_H
#define KZI_FORMS_H

#include "search/search.h"

/* Find the forms of a language; version->knows_all tells whether a term that
 * has none is in no passage. */
kz_status kzi_forms_open(struct kzi_ask *ask, struct kzi_version *version);

/* In how many passages a term is. In languages that the query is hardly in it
 * is estimated from the forms, which spares reading Xapian's tables. */
kz_status kzi_forms_frequency(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_term *term, uint32_t *frequency);

/* The same, estimated in every language if all its terms are known. */
kz_status kzi_forms_estimate(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_term *term, uint32_t *frequency);

/* Add the stems that share a root to the variants of a reading, the most
 * frequent ones. */
kz_status kzi_forms_add_root(struct kzi_ask *ask, struct kzi_version *version,
	struct kzi_reading *reading, const struct kzi_term *root);

/* Add stems of words that begin as the word of the reading does. */
kz_status kzi_forms_add_neighbours(struct kzi_ask *ask,
	struct kzi_version *version, struct kzi_reading *reading,
	const struct kzi_term *prefix);

/* The stems that a word* stands for, the most frequent ones of words that begin
 * so, each once and with what it weighs, into `stems`, *count of them. */
enum { KZI_BEGINNING_MOST = 100 };
kz_status kzi_forms_beginning(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_leaf *leaf,
	struct kzi_variant stems[KZI_BEGINNING_MOST], size_t *count);

/* Put the words that have a term into a set. Returns 0 when memory is short. */
int kzi_forms_add_words(struct kzi_ask *ask, struct kzi_version *version,
	const struct kzi_term *term, struct kzi_word_set *set);

/* The words that may answer the version, for kzi_analyze_for; NULL if they are
 * not known. Worked out when it is first asked. */
const struct kzi_starts *kzi_forms_sieve(
	struct kzi_ask *ask, struct kzi_version *version);

#endif
