/* kalauz.h -- search passages of documents, offline and in many languages.
 *
 * OVERVIEW
 *   Open an index with kz_index_open(), ask it with kz_search(), walk the
 *   hits with kz_results_next(). An index is a folder written by the program
 *   kalauz-index; this library only reads it.
 *
 *       kz_index *index;
 *       kz_results *results;
 *       const kz_hit *hit;
 *
 *       if (kz_index_open(&index, "guides.index", NULL) != KZ_OK) ...
 *       if (kz_search(&results, index, "iaith", 5, NULL, NULL) != KZ_OK) ...
 *       while (kz_results_next(results, &hit, NULL) == KZ_OK)
 *               puts(hit->text);
 *       kz_results_free(results);
 *       kz_index_close(index);
 *
 * TEXT
 *   All strings are UTF-8, but for names of files, which are the bytes that the
 *   file system has: a path that is opened, id and document of a hit. Lengths
 *   and offsets count bytes. A string without a length argument ends in NUL;
 *   one with a length need not and may contain NUL. Ill-formed UTF-8 is read as
 *   U+FFFD, never rejected.
 *
 * ERRORS
 *   A function that can fail returns kz_status and stores through its first
 *   argument (out) only on KZ_OK, otherwise NULL. The last argument (err) may
 *   be NULL; otherwise a failure fills it. The library never prints, exits,
 *   aborts, or throws.
 *
 * OWNERSHIP
 *   What an `out` argument receives belongs to the caller, who gives it to
 *   the matching _close or _free (NULL is allowed there). Every other pointer
 *   is borrowed: each function says until when.
 *
 * THREADS
 *   There is no global mutable state and nothing to initialise. Different
 *   handles may be used from different threads at once. One handle, with
 *   everything made from it, is for one thread at a time: open one kz_index
 *   per thread. Do not use a handle after fork().
 *
 * GROWTH
 *   Options structs are made by the caller and begin with their size; zero in
 *   any other member means "the default". That of an older header may be
 *   shorter, that of a newer one longer if what is new is zero. Structs reached
 *   by a const pointer are made by the library and may gain members at the end:
 *   never copy or measure them with sizeof.
 */
#ifndef KALAUZ_H
#define KALAUZ_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#  define KZ_API __attribute__((visibility("default")))
#  define KZ_MUST_CHECK __attribute__((warn_unused_result))
#else
#  define KZ_API
#  define KZ_MUST_CHECK
#endif

#define KZ_VERSION_MAJOR 0
#define KZ_VERSION_MINOR 1
#define KZ_VERSION_PATCH 0

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version and errors ------------------------------------------------ */

typedef enum kz_status {
	KZ_OK           = 0,
	KZ_END          = 1,  /* An iterator has no more items. Not an error. */
	KZ_ERR_ARGUMENT = -1, /* The caller broke a rule of this header. */
	KZ_ERR_MEMORY   = -2, /* Out of memory. */
	KZ_ERR_IO       = -3, /* The system refused; see the message. */
	KZ_ERR_NO_INDEX = -4, /* No index at that path. */
	KZ_ERR_FORMAT   = -5, /* Made by another version: index again. */
	KZ_ERR_CORRUPT  = -6, /* The index is damaged: index again. */
	KZ_ERR_STALE    = -7, /* A writer has changed the index: refresh. */
	KZ_ERR_NOT_FOUND = -8, /* No passage of that id. */
	KZ_ERR_LANGUAGE = -9, /* Unknown language tag. */
	KZ_ERR_INTERNAL = -10, /* A bug in the library; please report it. */
	KZ_ERR_LOCKED   = -11 /* Another writer is at work on the index. */
} kz_status;

/* Filled by a failing call. Lives in the caller's storage; needs no release.
 * Frozen: it never grows. */
typedef struct kz_error {
	kz_status status;
	size_t position;   /* Byte offset into the query where known, else 0. */
	char message[240]; /* One English sentence, no newline, NUL-ended. */
} kz_error;

/* The version of the library in use, such as "0.1.0". Static. */
KZ_API const char *kz_version(void);

/* A short lower-case English name for a status, such as "no index". Static,
 * never NULL. For the reason behind one failure read kz_error.message. */
KZ_API const char *kz_status_string(kz_status status);

/* ---- Languages --------------------------------------------------------- */

/* The BCP 47 tag of the i-th language this build can analyse, in sorted
 * order, or NULL when i is past the end. Static. */
KZ_API const char *kz_language(size_t i);

/* ---- Index ------------------------------------------------------------- */

typedef struct kz_index kz_index;

typedef struct kz_index_info {
	uint64_t documents;
	uint64_t passages;
	uint64_t bytes;       /* Of passage text, before compression. */
	const char *analysis; /* Fingerprint of the text analysis used. */
} kz_index_info;

/* Open the index folder at `path` for reading. Fails with KZ_ERR_NO_INDEX,
 * KZ_ERR_FORMAT, KZ_ERR_CORRUPT, KZ_ERR_IO or KZ_ERR_MEMORY. An index whose
 * text analysis differs from this library's is KZ_ERR_FORMAT: it would answer
 * wrongly, so it does not answer. Some files are opened by the first query that
 * needs them, wherever the process has gone meanwhile (chdir); one that gives
 * up its rights to open files asks such a query ("lang:en") before. */
KZ_API KZ_MUST_CHECK kz_status kz_index_open(
	kz_index **out, const char *path, kz_error *err);

/* How much of an index to verify when it is opened. A run of kalauz-index ends
 * by noting size, time and sum of each file. */
typedef enum kz_verify {
	KZ_VERIFY_CHANGED = 0, /* What is no longer as noted is summed: a copy
				  with new times takes up to a second a
				  gigabyte, anything else nothing. */
	KZ_VERIFY_ALL,         /* Everything is summed. */
	KZ_VERIFY_NONE         /* Nothing: a damaged index may crash you. */
} kz_verify;

typedef struct kz_open_options {
	size_t size;      /* sizeof(kz_open_options). */
	kz_verify verify; /* What is found is KZ_ERR_CORRUPT. */
} kz_open_options;

#define KZ_OPEN_OPTIONS_INIT { sizeof(kz_open_options), KZ_VERIFY_CHANGED }

/* The same with options, which may be NULL; KZ_ERR_ARGUMENT if they ask for
 * what this version does not know. */
KZ_API KZ_MUST_CHECK kz_status kz_index_open_with(kz_index **out,
	const char *path, const kz_open_options *options, kz_error *err);

/* Move to the newest published state. Results already made stay readable.
 * KZ_OK if moved, KZ_END if there was nothing newer. kz_search does this by
 * itself when a writer has overtaken the open state. The path is looked up anew:
 * a process that changes its folder opens an absolute one. */
KZ_API KZ_MUST_CHECK kz_status kz_index_refresh(kz_index *index, kz_error *err);

/* Facts about the open state. Borrowed until refresh or close. */
KZ_API const kz_index_info *kz_index_get_info(const kz_index *index);

/* The tag of the i-th language present in the index, in sorted order, or NULL
 * past the end. Static. `passages` (may be NULL) receives how many passages
 * are in that language. */
KZ_API const char *kz_index_language(
	const kz_index *index, size_t i, uint64_t *passages);

/* Release the index. Free its results first. */
KZ_API void kz_index_close(kz_index *index);

/* ---- Search ------------------------------------------------------------ */

typedef struct kz_results kz_results;

typedef enum kz_match {
	KZ_MATCH_DEFAULT = 0, /* Some word; best first what holds them all. */
	KZ_MATCH_ANY,         /* The same, by name. */
	KZ_MATCH_ALL          /* Every word must occur. */
} kz_match;

/* For per_document: as many hits of a document as there are. */
#define KZ_NO_LIMIT UINT32_MAX

typedef struct kz_search_options {
	size_t size;           /* sizeof(kz_search_options). */
	uint32_t limit;        /* Most hits to return; 0 means 10. */
	uint32_t offset;       /* Hits to skip first. The last hit that can be
				  had has rank 100,000. */
	uint32_t per_document; /* Most hits of one document; 0 means 3. */
	kz_match match;
	const char *languages; /* Tags with commas; NULL: every language. */
	const char *kinds;     /* "guide", "story", "material"; NULL: all. */
	const char *places;    /* Such as "hungary,wales"; NULL: all. */
	int explain;           /* Not 0: prepare kz_results_explanation. */
	int no_suggest;        /* Not 0: no other spellings; a query that finds
				  nothing as typed finds nothing. */
	int facets;            /* Not 0: count for kz_results_facet. */
	int across;            /* Not 0: also find passages in other languages,
				  through the word table of the index. */
	const char *glossary;  /* Path of another word table; NULL: the
				  index's. That of the first query across
				  languages counts for the handle. */
	int copies;            /* Not 0: a text that is there twice, as a page
				  and as PDF for example, is two hits. */
} kz_search_options;

#define KZ_SEARCH_OPTIONS_INIT                                                 \
	{                                                                      \
		sizeof(kz_search_options), 0, 0, 0, KZ_MATCH_DEFAULT, 0, 0, 0, \
			0, 0, 0, 0, 0, 0                                       \
	}

/* Answer `query` (length bytes; syntax in kalauz-query(7)). No query is
 * ill-formed: what cannot be read as syntax is read as words. options may be
 * NULL. A query without a searchable word is KZ_OK with no hits. One that finds
 * nothing, though it would in another spelling, is answered in that spelling
 * unless options.no_suggest is set: kz_results_corrected tells. The results
 * borrow the index. Fails with KZ_ERR_ARGUMENT (an unknown kind, options that
 * this version does not know), KZ_ERR_LANGUAGE, KZ_ERR_CORRUPT, KZ_ERR_IO,
 * KZ_ERR_MEMORY. */
KZ_API KZ_MUST_CHECK kz_status kz_search(kz_results **out, kz_index *index,
	const char *query, size_t length, const kz_search_options *options,
	kz_error *err);

/* Passages like the one whose id is `id` (kz_hit.id). KZ_ERR_NOT_FOUND if
 * there is none; otherwise as kz_search. */
KZ_API KZ_MUST_CHECK kz_status kz_related(kz_results **out, kz_index *index,
	const char *id, const kz_search_options *options, kz_error *err);

/* A run of bytes in kz_hit.text. Never cuts a character. */
typedef struct kz_span {
	size_t offset;
	size_t length;
} kz_span;

/* A word of a passage that was found through a translation. */
typedef struct kz_via {
	const char *word;  /* As it stands in the passage: "közösségek". */
	const char *entry; /* As the dictionary has it: "közösség". */
	const char *query; /* What it translates, as typed: "communities". */
} kz_via;

typedef struct kz_hit {
	uint32_t rank;           /* 1 is best; the first is offset + 1. */
	double score;            /* Comparable within one kz_results; 0 if the
	                          * query says only what must not be. */
	const char *id;          /* Of the passage: "stories/pecs.html#p4". */
	const char *document;    /* Path, or id of a JSON line. */
	const char *url;         /* Or NULL. */
	const char *anchor;      /* Fragment without '#', or NULL. */
	uint32_t page;           /* Counted from 1; 0: not paged. */
	const char *title;       /* Of the document, or "". */
	const char *const *headings; /* From the outermost in; may be none. */
	size_t heading_count;
	const char *language;    /* BCP 47 tag. */
	const char *kind;        /* "guide", "story", "material", or NULL. */
	const char *place;       /* Such as "wales", or NULL. */
	const char *text;        /* The passage, NUL-ended. */
	size_t text_length;
	uint64_t offset;         /* Of text in the document's extracted text. */
	const kz_span *spans;    /* Matched words: in order, disjoint. */
	size_t span_count;
	const char *const *materials; /* Documents this one names. */
	size_t material_count;
	const char *const *guides;    /* Documents that name this one. */
	size_t guide_count;
	uint32_t more; /* Passages of this document among the best that
			  options.per_document kept back. Told by the last hit
			  of the document, 0 in those before. */
	const kz_via *via; /* With options.across: through which words. */
	size_t via_count;
	uint32_t copies; /* Other passages with the same text, nearly or to the
			    letter, among the best; they are left out. */
} kz_hit;

/* Fetch the next hit. KZ_OK: *hit is set and borrowed until the next call on
 * `results`. KZ_END: no more. Otherwise: an error, and the walk is over. */
KZ_API KZ_MUST_CHECK kz_status kz_results_next(
	kz_results *results, const kz_hit **hit, kz_error *err);

/* Hits this result set yields, at most options.limit. */
KZ_API size_t kz_results_count(const kz_results *results);

/* About how many passages match in all. *exact (may be NULL) is set to 1 if
 * the number is exact and to 0 if it is an estimate. */
KZ_API uint64_t kz_results_total(const kz_results *results, int *exact);

/* How the query was read and weighed, as lines of text for a person: words,
 * stems by language, terms with frequencies, and what each gave to each hit.
 * NULL unless options.explain was set. Borrowed until kz_results_free. */
KZ_API const char *kz_results_explanation(const kz_results *results);

/* The query in a better spelling where it has words that the index does not
 * hold but words near to them, otherwise NULL: "közöség 2007" gives "közösség
 * 2007". Words in quotation marks and numbers are left alone. Borrowed until
 * kz_results_free. */
KZ_API const char *kz_results_suggestion(const kz_results *results);

/* The same, if nothing was found as typed and these are the results for the
 * suggestion; NULL if they are those for the query itself. Borrowed until
 * kz_results_free. */
KZ_API const char *kz_results_corrected(const kz_results *results);

/* How many of all passages that match have a value in a field. */
typedef struct kz_facet {
	const char *field; /* "lang", "kind" or "place". */
	const char *value; /* Such as "hu", "guide", "wales". */
	uint64_t passages; /* At least 1. */
} kz_facet;

/* The i-th facet, or NULL past the end: languages, then kinds, then places, in
 * each the most frequent first; passages without a kind or place are in none.
 * There are none unless options.facets was set. *exact (may be NULL) is set to
 * 1 if every passage was counted, and to 0 if there are more than 10,000 and
 * the numbers are estimates. Borrowed until kz_results_free. */
KZ_API const kz_facet *kz_results_facet(
	const kz_results *results, size_t i, int *exact);

/* Choose the part of hit->text, at most `most` bytes, that best shows the
 * matches; it starts and ends at a word boundary where one is near. */
KZ_API kz_span kz_hit_excerpt(const kz_hit *hit, size_t most);

/* Release the results and all that was borrowed from them. */
KZ_API void kz_results_free(kz_results *results);

/* ---- Analysis: see what the index sees --------------------------------- */

typedef struct kz_tokens kz_tokens;

typedef struct kz_token {
	kz_span span;         /* Where the word stands in the text. */
	uint32_t position;    /* 0, 1, 2 ...; stop words keep their place. */
	int is_stop;          /* A word too frequent to tell much. */
	const char *word;     /* Normalised form, NUL-ended. */
	const char *const *stems; /* At least one. */
	size_t stem_count;
} kz_token;

/* Cut `text` into words exactly as the indexer does. The text is copied.
 * Fails with KZ_ERR_LANGUAGE or KZ_ERR_MEMORY. */
KZ_API KZ_MUST_CHECK kz_status kz_analyze(kz_tokens **out,
	const char *language, const char *text, size_t length, kz_error *err);

/* The next token, borrowed until kz_tokens_free, or NULL at the end. */
KZ_API const kz_token *kz_tokens_next(kz_tokens *tokens);

KZ_API void kz_tokens_free(kz_tokens *tokens);

#ifdef __cplusplus
}
#endif
#endif /* KALAUZ_H */
