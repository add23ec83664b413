/* store.h -- the face of lib/store: passages filed under terms, and found.
 *
 * The store knows nothing of language: a term is bytes, a posting says how much
 * of a term is in a passage (its impact, 1 to KZI_IMPACT_MOST). Behind this
 * face is Xapian, and some flat files beside it:
 *
 *     INDEX/kalauz.index  which generation is current; replaced by rename
 *     INDEX/lock          held by the writer
 *     INDEX/glossary      the word table, if there is one (glossary.h)
 *     INDEX/1/            a generation:
 *         *.glass ...     Xapian: which passages there are, the manifest
 *         postings.N      postings, in a file or a few (segments.h)
 *         passages.rows   a row a passage, by its number (schema.h)
 *         passages.text   the records, compressed, append-only
 *         vocabulary.N    the words, for suggestions (vocabulary.h)
 *
 * The flat files are made durable before the commit that refers to them, so a
 * commit is the one step in which everything becomes visible. */
#ifndef KZI_STORE_H
#define KZI_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "kalauz.h"

#ifdef __cplusplus
#define KZI_NOEXCEPT noexcept
extern "C" {
#else
#define KZI_NOEXCEPT
#endif

#include "base/arena.h" /* C, too. */
#include "base/buf.h"

enum {
	KZI_STORE_LANGUAGES = 16, /* Most languages a row can tell apart. */
	KZI_IMPACT_MOST = 48      /* Largest impact of a posting. */
};

/* What a document is in the corpus. Part of the format. */
enum kzi_kind { KZI_KIND_NONE, KZI_GUIDE, KZI_STORY, KZI_MATERIAL, KZI_KINDS };

/* "guide", "story", "material"; NULL for KZI_KIND_NONE. */
const char *kzi_kind_name(enum kzi_kind kind) KZI_NOEXCEPT;

/* The kind of that name, or KZI_KIND_NONE. */
enum kzi_kind kzi_kind_named(const char *name, size_t length) KZI_NOEXCEPT;

/* A string with its length, not NUL-ended unless said. */
struct kzi_string {
	const char *bytes;
	size_t length;
};

/* ---- Records ----------------------------------------------------------- */

/* What all passages of a document share. */
struct kzi_document_record {
	struct kzi_string path;  /* Names the document: path or JSON id. */
	struct kzi_string url;   /* Empty: none. */
	struct kzi_string title;
	struct kzi_string place; /* Empty: none. */
	const struct kzi_string *materials; /* Documents it names. */
	size_t material_count;
};

struct kzi_passage_record {
	uint32_t ordinal;        /* Within its document, from 1. */
	uint32_t page;           /* From 1; 0: not paged. */
	uint64_t offset;         /* Of the text in the document's text. */
	struct kzi_string anchor;
	const struct kzi_string *headings;
	size_t heading_count;
	struct kzi_string text;
};

/* ---- Terms for filters ------------------------------------------------- */

/* Kinds of filter terms. A filter term is '_', the letter, and a value. */
enum kzi_filter {
	KZI_FILTER_LANGUAGE = 'L',
	KZI_FILTER_KIND = 'K',
	KZI_FILTER_PLACE = 'P',
	KZI_FILTER_DOCUMENT = 'D', /* Its path or id. */
	KZI_FILTER_SOURCE = 'S',   /* The file a document was read from. */
	KZI_FILTER_MATERIAL = 'M'  /* A document that this one names. */
};

enum { KZI_FILTER_MOST = 240 };

/* Write a filter term; a long value keeps its beginning and ends in a hash.
 * Returns its length. */
size_t kzi_filter_term(char term[KZI_FILTER_MOST], enum kzi_filter filter,
	const char *value, size_t length) KZI_NOEXCEPT;

/* ---- Reading ----------------------------------------------------------- */

struct kzi_store;

struct kzi_store_info {
	uint64_t documents;
	uint64_t passages;
	uint64_t bytes; /* Of passage text, before compression. */
	uint64_t passages_of[KZI_STORE_LANGUAGES];
	char analysis[24]; /* Fingerprint, as the writer gave it. */
};

/* Open the index at `path` for reading: a folder, or a file that
 * kzi_store_compact made. */
kz_status kzi_store_open(
	struct kzi_store **out, const char *path, kz_error *err) KZI_NOEXCEPT;

/* The same with another care than KZ_VERIFY_CHANGED, and KZ_ERR_FORMAT unless
 * its terms are those of `analysis`, a fingerprint that outlives the store;
 * NULL: of any. Both count for refreshing, too. */
kz_status kzi_store_open_with(struct kzi_store **out, const char *path,
	const char *analysis, enum kz_verify verify,
	kz_error *err) KZI_NOEXCEPT;
void kzi_store_close(struct kzi_store *store) KZI_NOEXCEPT;

/* Move to the newest state; KZ_END if this is it. Everything borrowed from
 * the store is invalid afterwards, unless it fails: then nothing has moved. */
kz_status kzi_store_refresh(
	struct kzi_store *store, kz_error *err) KZI_NOEXCEPT;

/* Borrowed until refresh or close. */
const struct kzi_store_info *kzi_store_get_info(
	const struct kzi_store *store) KZI_NOEXCEPT;

/* In how many passages a term is; 0 if in none. While postings of removed
 * passages are still there, that of a frequent one is an estimate. */
kz_status kzi_store_frequency(struct kzi_store *store, const char *term,
	size_t length, uint32_t *frequency, kz_error *err) KZI_NOEXCEPT;

/* What a term says of a passage, as it was given when it was added; 0 if the
 * passage has not got it. */
kz_status kzi_store_impact(struct kzi_store *store, const char *term,
	size_t length, uint32_t passage, uint32_t *impact,
	kz_error *err) KZI_NOEXCEPT;

/* Where a record lies: for the store to know. */
struct kzi_place {
	uint64_t offset;
	uint32_t length;
};

/* What is known of a passage without reading its record. */
struct kzi_row {
	struct kzi_place place;
	uint64_t document; /* Equal for passages of one document. */
	uint32_t text_length;
	uint8_t language;
	uint8_t kind;
};

kz_status kzi_store_row(struct kzi_store *store, uint32_t passage,
	struct kzi_row *row, kz_error *err) KZI_NOEXCEPT;

/* A row will be asked for soon, or the record of one: where it is mapped, begin
 * to fetch it, so that several come at a time. */
void kzi_store_expect_row(
	const struct kzi_store *store, uint32_t passage) KZI_NOEXCEPT;
void kzi_store_expect(
	const struct kzi_store *store, const struct kzi_row *row) KZI_NOEXCEPT;

/* Zeros behind the text of a passage, so that it can be read in numbers. */
enum { KZI_TEXT_ZEROS = 8 };

/* Read the record of the passage of a row, or of its document. What the record
 * points to lies in the arena. */
kz_status kzi_store_passage(struct kzi_store *store,
	const struct kzi_row *row, struct kzi_arena *arena,
	struct kzi_passage_record *record, kz_error *err) KZI_NOEXCEPT;
kz_status kzi_store_document(struct kzi_store *store,
	const struct kzi_row *row, struct kzi_arena *arena,
	struct kzi_document_record *record, kz_error *err) KZI_NOEXCEPT;

/* The passages that hold a term, in order of their numbers: at most `most`
 * behind number `after` into `passages`; *count tells how many. */
kz_status kzi_store_postings(struct kzi_store *store, const char *term,
	size_t length, uint32_t after, uint32_t *passages, size_t most,
	size_t *count, kz_error *err) KZI_NOEXCEPT;

/* Call `visit` for the filter terms of a kind, in order, until it returns 0.
 * `term` is borrowed for the call. */
typedef int kzi_visit_term(
	void *context, const char *term, size_t length, uint32_t frequency);
kz_status kzi_store_filters(struct kzi_store *store, enum kzi_filter filter,
	kzi_visit_term *visit, void *context, kz_error *err) KZI_NOEXCEPT;

/* Call `visit` for every key that kzi_writer_set has set, with its value, in
 * order of their bytes, until it returns 0. */
typedef int kzi_visit_value(
	void *context, struct kzi_string key, struct kzi_string value);
kz_status kzi_store_values(struct kzi_store *store, kzi_visit_value *visit,
	void *context, kz_error *err) KZI_NOEXCEPT;

/* ---- Vocabulary -------------------------------------------------------- */

/* The words of the index as they are written, by language, and how many
 * passages hold each; and the forms, which lead from a term to what is written
 * for it:
 *
 *     words   communities, community
 *     forms   Ccommuniti NUL communities, Ccommuniti NUL community
 *
 * What is a word or a form is for the indexer to say; the store keeps bytes in
 * order. A word comes with a sketch, 32 bits that who put it there made of it,
 * so that most words can be ruled out unread. A file of its own, mapped when it
 * is first asked for. */

enum {
	KZI_VOCABULARY_WORD_MOST = 64, /* Bytes; longer ones are left out. */
	KZI_FORM_MOST = 160,
	KZI_VOCABULARY_ROOM = 480,
	/* Sections of words, then as many of forms, one a language. */
	KZI_FORMS = KZI_STORE_LANGUAGES,
	KZI_VOCABULARY_SECTIONS = 2 * KZI_STORE_LANGUAGES
};

struct kzi_part;

/* A walk over the words or forms of a language, in order of their bytes. */
struct kzi_vocabulary {
	uint32_t count; /* Words in all. */
	uint32_t next;  /* The number of the word behind the one at hand. */
	char word[KZI_FORM_MOST]; /* The one at hand. */
	uint8_t length;
	uint32_t sketch;  /* Of a word; 0 of a form. */
	int64_t passages; /* That hold it. */

	/* Private. */
	struct kzi_scan scan;   /* Over the block at hand, or all of a list. */
	struct kzi_part *file;  /* NULL: a list in memory. */
	const unsigned char *sketches; /* NULL: among the words, or none. */
	const unsigned char *blocks;   /* The table of them. */
	uint64_t words;     /* Where the words begin in the file, ... */
	uint64_t words_end; /* ... and end. */
	uint8_t most;       /* Bytes of the longest word. */
	/* The two blocks that were read last, counted from 1. */
	uint32_t read[2];
	uint8_t latest; /* Of the two. */
	char rooms[2][KZI_VOCABULARY_ROOM];
};

/* Begin a walk; without words if nothing was counted yet. It is valid until
 * refresh or close. */
kz_status kzi_store_vocabulary(struct kzi_store *store, int language,
	struct kzi_vocabulary *walk, kz_error *err) KZI_NOEXCEPT;

/* The same for forms. *is_whole tells whether every passage is counted: then a
 * term without a form is in no passage. */
kz_status kzi_store_forms(struct kzi_store *store, int language,
	struct kzi_vocabulary *walk, int *is_whole, kz_error *err) KZI_NOEXCEPT;

/* Make the next word the one at hand. 0 at the end. */
int kzi_vocabulary_next(struct kzi_vocabulary *walk) KZI_NOEXCEPT;

/* Make the first word that begins with these bytes the one at hand, of a walk
 * begun by the store. 0 if there is none. */
int kzi_vocabulary_find(struct kzi_vocabulary *walk, const char *start,
	size_t length) KZI_NOEXCEPT;

/* 1 if the word at hand begins with these bytes. */
int kzi_vocabulary_begins(const struct kzi_vocabulary *walk, const char *start,
	size_t length) KZI_NOEXCEPT;

/* The same for word number i, counted from 0. */
int kzi_vocabulary_seek(struct kzi_vocabulary *walk, uint32_t i) KZI_NOEXCEPT;

/* The sketch of word number i < count of a walk begun by kzi_store_vocabulary.
 * Here, since it is asked of every word. */
static inline uint32_t kzi_vocabulary_sketch(
	const struct kzi_vocabulary *walk, uint32_t i)
{
	const unsigned char *at = walk->sketches + 4 * (size_t)i;

	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
		(uint32_t)at[3] << 24;
}

/* ---- Word table --------------------------------------------------------- */

/* Translations of words into words of other languages, in a file of its own
 * that is mapped. Who fills it says what a key is; the store keeps bytes. */

#define KZI_GLOSSARY_FILE "glossary" /* Its name in an index folder. */

struct kzi_glossary;

/* One translation. Borrowed until the table is closed. */
struct kzi_gloss {
	struct kzi_string head; /* The headword of the dictionary, folded. */
	struct kzi_string text; /* The translation, as a person writes it. */
	uint8_t language;       /* Of the text. */
	uint8_t share;          /* How good it is, 1 to 255. */
	uint8_t source;         /* Number of the dictionary. */
};

/* A dictionary that the table was made from. */
struct kzi_glossary_source {
	struct kzi_string name;
	struct kzi_string licence;
	struct kzi_string path;  /* Empty: it came with the program. */
	struct kzi_string stamp; /* Tells one state of it from another. */
	uint64_t entries;
};

/* Map the table at `path`, or the one that is named there. KZ_END if there is
 * none, KZ_ERR_FORMAT if its stems are those of another analysis (NULL: of
 * any), KZ_ERR_CORRUPT if it is no such file. */
kz_status kzi_glossary_open(struct kzi_glossary **out, const char *path,
	const char *analysis, kz_error *err) KZI_NOEXCEPT;
void kzi_glossary_close(struct kzi_glossary *glossary) KZI_NOEXCEPT;

/* The user has said what it is made from: no other hand changes it. */
enum { KZI_GLOSSARY_OWN = 1 };
uint32_t kzi_glossary_flags(const struct kzi_glossary *glossary) KZI_NOEXCEPT;

/* Begin a walk over the translations of a key. 0 if there are none. */
int kzi_glossary_find(const struct kzi_glossary *glossary, int language,
	const char *key, size_t length, struct kzi_scan *walk) KZI_NOEXCEPT;

/* The next one of a walk. 0 at the end. */
int kzi_glossary_next(
	struct kzi_scan *walk, struct kzi_gloss *gloss) KZI_NOEXCEPT;

/* Begin a walk over the sources, and its next step: 0 at the end. */
void kzi_glossary_sources(const struct kzi_glossary *glossary,
	struct kzi_scan *walk) KZI_NOEXCEPT;
int kzi_glossary_next_source(struct kzi_scan *walk,
	struct kzi_glossary_source *source) KZI_NOEXCEPT;

/* 1 if its bytes are those that were written. */
int kzi_glossary_is_whole(const struct kzi_glossary *glossary) KZI_NOEXCEPT;

/* Read all of it: KZ_OK, or KZ_ERR_CORRUPT. */
kz_status kzi_glossary_check(
	const struct kzi_glossary *glossary, kz_error *err) KZI_NOEXCEPT;

/* A table to be written. Zeros are a valid empty one; appending is sticky, as
 * with struct kzi_buf. */
struct kzi_glossary_draft {
	uint32_t flags;
	struct kzi_buf sources;
	struct kzi_buf records;
	struct kzi_buf places; /* Of uint32_t: where each record begins. */
};

void kzi_glossary_put_source(struct kzi_glossary_draft *draft,
	const struct kzi_glossary_source *source) KZI_NOEXCEPT;

/* Append a translation to the body of a key. */
void kzi_glossary_put_gloss(
	struct kzi_buf *body, const struct kzi_gloss *gloss) KZI_NOEXCEPT;

/* Add a key, which must be new, with its body. */
void kzi_glossary_put(struct kzi_glossary_draft *draft, int language,
	const char *key, size_t length,
	const struct kzi_buf *body) KZI_NOEXCEPT;

/* Write the table; a file of that name is replaced once the new one is
 * whole. */
kz_status kzi_glossary_write(struct kzi_glossary_draft *draft,
	const char *path, const char *analysis, kz_error *err) KZI_NOEXCEPT;

/* Write a file that only names a table, which several indexes then share. */
kz_status kzi_glossary_name(
	const char *path, const char *table, kz_error *err) KZI_NOEXCEPT;
void kzi_glossary_draft_release(struct kzi_glossary_draft *draft) KZI_NOEXCEPT;

/* ---- Asking ------------------------------------------------------------ */

enum kzi_op {
	KZI_OP_TERM,    /* impact x weight */
	KZI_OP_ALL,     /* every passage, weight 0 */
	KZI_OP_STARTS,  /* passages with a term that starts so; weight 0 */
	KZI_OP_AND,     /* all children, weights added */
	KZI_OP_OR,      /* some child, weights added */
	KZI_OP_FILTER,  /* the first child, if the others match too */
	KZI_OP_NOT,     /* the first child, unless one of the others matches */
	KZI_OP_MAYBE    /* the first child, the others add weight */
};

struct kzi_query {
	enum kzi_op op;
	double weight;            /* TERM: its factor; 0: only a condition. */
	struct kzi_string term;   /* TERM, STARTS. */
	struct kzi_query **children;
	size_t count;
};

/* For so many matches or fewer a sum of terms is answered quickest. */
enum { KZI_MATCH_FEW = 40 };

struct kzi_match {
	uint32_t passage;
	double weight;
};

struct kzi_matches {
	size_t count;       /* Filled in, at most as many as asked for. */
	uint64_t estimate;  /* Of all that match. */
	int is_exact;       /* The estimate is the number. */
};

/* The best `most` passages of several queries that no passage matches two of,
 * best first; equal ones by their numbers. Each query begins with the bar that
 * those before it have set, so the most promising one should come first.
 *
 * There is no operator for the greatest of several weights: Xapian's OP_MAX
 * merges an OR below it into itself, and 1.4 reads freed memory when a MAX
 * below an OR runs out while its neighbour is pruned. */
kz_status kzi_store_match(struct kzi_store *store,
	struct kzi_query *const *queries, size_t query_count,
	struct kzi_match *matches, size_t most, struct kzi_matches *found,
	kz_error *err) KZI_NOEXCEPT;

/* ---- Writing ----------------------------------------------------------- */

struct kzi_writer;

enum { KZI_WRITER_REBUILD = 1 /* Begin anew beside the old index. */ };

/* A name that is given again and again: its bytes, and where the one that it was
 * given to last has it. */
struct kzi_named {
	struct kzi_string bytes;
	void *place;     /* For that one ... */
	uint32_t owner;  /* ... which is named here; 0 at first. */
};

struct kzi_posting {
	struct kzi_named *term;
	uint32_t impact; /* 0: a filter. */
	uint32_t number; /* Of the term, for the caller. */
};

/* Open the index folder at `path` for writing, and make it if it is not there.
 * `analysis` is the fingerprint of the terms to come; an index made with
 * another one is KZ_ERR_FORMAT, unless it is rebuilt. Only one writer at a
 * time: else KZ_ERR_LOCKED. */
kz_status kzi_writer_open(struct kzi_writer **out, const char *path, int flags,
	const char *analysis, kz_error *err) KZI_NOEXCEPT;

/* Give up what was not committed, and the lock. */
void kzi_writer_close(struct kzi_writer *writer) KZI_NOEXCEPT;

/* Begin a document, read from the file `source`; the passages that follow are
 * its own. */
kz_status kzi_writer_document(struct kzi_writer *writer,
	struct kzi_string source, const struct kzi_document_record *record,
	enum kzi_kind kind, kz_error *err) KZI_NOEXCEPT;

/* Add a passage of the document begun last. */
kz_status kzi_writer_passage(struct kzi_writer *writer,
	const struct kzi_passage_record *record, int language,
	const struct kzi_posting *postings, size_t count,
	kz_error *err) KZI_NOEXCEPT;

/* Remove the passages of all documents read from a source. */
kz_status kzi_writer_remove(struct kzi_writer *writer, const char *source,
	size_t length, kz_error *err) KZI_NOEXCEPT;

/* Keep a value under a key, part of the same commit; an empty one removes it.
 * Keys are at most KZI_FILTER_MOST bytes. */
kz_status kzi_writer_set(struct kzi_writer *writer, struct kzi_string key,
	struct kzi_string value, kz_error *err) KZI_NOEXCEPT;

/* As kzi_store_values. */
kz_status kzi_writer_values(struct kzi_writer *writer, kzi_visit_value *visit,
	void *context, kz_error *err) KZI_NOEXCEPT;

/* Passages that are added from now on have this number or a higher one. */
uint32_t kzi_writer_next(const struct kzi_writer *writer) KZI_NOEXCEPT;

/* How many passages from that number on are there and not removed. */
kz_status kzi_writer_living(struct kzi_writer *writer, uint32_t from,
	uint64_t *count, kz_error *err) KZI_NOEXCEPT;

/* Call `visit` for every passage before number `end` that the vocabulary does
 * not count yet, with change 1, and for every one that it counts and that is
 * gone, with -1, until it returns 0. */
typedef int kzi_visit_passage(void *context, int language, int change,
	const struct kzi_passage_record *record, struct kzi_string title);
kz_status kzi_writer_uncounted(struct kzi_writer *writer, uint32_t end,
	kzi_visit_passage *visit, void *context, kz_error *err) KZI_NOEXCEPT;

/* Words with changes of their counts, to be put in order of their bytes. Zeros
 * are a valid empty list. Appending is sticky, as with struct kzi_buf. */
struct kzi_word_list {
	struct kzi_buf bytes;
	uint32_t count;
	char last[KZI_FORM_MOST];
	uint8_t last_length;
};

void kzi_word_list_put(struct kzi_word_list *list, const char *word,
	size_t length, uint32_t sketch, int64_t passages) KZI_NOEXCEPT;

/* Add the changes of one list to another, and empty it. Returns 0 when memory is
 * short. */
int kzi_word_list_merge(struct kzi_word_list *list,
	struct kzi_word_list *more) KZI_NOEXCEPT;
void kzi_word_list_release(struct kzi_word_list *list) KZI_NOEXCEPT;

/* Change the vocabulary, with the next commit, by what kzi_writer_uncounted has
 * shown: a list a section, KZI_VOCABULARY_SECTIONS of them, which are used
 * up. */
kz_status kzi_writer_count(struct kzi_writer *writer,
	struct kzi_word_list *lists, kz_error *err) KZI_NOEXCEPT;

/* Bytes of text added since the last commit. */
size_t kzi_writer_pending(const struct kzi_writer *writer) KZI_NOEXCEPT;

/* Facts about the state as it would be after a commit. Borrowed. */
const struct kzi_store_info *kzi_writer_get_info(
	const struct kzi_writer *writer) KZI_NOEXCEPT;

/* Make everything so far durable and visible, in one step. What is rebuilt
 * becomes visible only with kzi_writer_publish. */
kz_status kzi_writer_commit(
	struct kzi_writer *writer, kz_error *err) KZI_NOEXCEPT;

/* Commit, and make this generation the current one; the old one goes. */
kz_status kzi_writer_publish(
	struct kzi_writer *writer, kz_error *err) KZI_NOEXCEPT;

/* Write the index in the folder `path`, as it was committed last, as one file
 * that kzi_store_open opens; a file of that name is replaced once the new one
 * is whole. Records of passages that are gone are left out. */
kz_status kzi_store_compact(
	const char *path, const char *file, kz_error *err) KZI_NOEXCEPT;

/* Verify every record and the tables of the index at `path`: KZ_OK, or
 * KZ_ERR_CORRUPT with the first fault found. */
kz_status kzi_store_check(const char *path, kz_error *err) KZI_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
