/* record.h -- documents and passages to raw bytes and back. Pure C; the state
 * of an index too, since it is bytes of the same kind. Private to lib/store. */
#ifndef KZI_RECORD_H
#define KZI_RECORD_H

#include "base/arena.h"
#include "base/buf.h"
#include "store/store.h"

#ifdef __cplusplus
extern "C" {
#endif

void kzi_record_put_document(
	struct kzi_buf *raw, const struct kzi_document_record *record);
void kzi_record_put_passage(
	struct kzi_buf *raw, const struct kzi_passage_record *record);

/* Strings are borrowed from `raw`, arrays from the arena. Returns 0 if the
 * bytes are damaged or memory is short. */
int kzi_record_get_document(struct kzi_document_record *record,
	struct kzi_arena *arena, const char *raw, size_t length);
int kzi_record_get_passage(struct kzi_passage_record *record,
	struct kzi_arena *arena, const char *raw, size_t length);

enum { KZI_SEGMENTS_MOST = 12 };

/* A file of postings: those of the passages behind the segment before it. */
struct kzi_segment {
	uint64_t file; /* Its number: postings.N. */
	uint64_t rows; /* Its passages come before this row. */
};

/* What a commit holds. */
struct kzi_state {
	struct kzi_store_info info;
	uint64_t rows;              /* Rows that count, row 0 included. */
	uint64_t text_length;       /* Bytes of passages.text that count. */
	uint64_t dictionary;        /* Offset in passages.text ... */
	uint64_t dictionary_length; /* ... and bytes; 0: none yet. */
	uint64_t vocabulary;        /* Number of its file; 0: none yet. */
	uint64_t counted;           /* Rows that it counts. */
	uint64_t removed;           /* Passages that only have postings yet. */
	uint64_t rewritten;         /* Rows when all was written anew. */
	uint64_t files;             /* Files of postings that ever were. */
	uint64_t segment_count;
	struct kzi_segment segments[KZI_SEGMENTS_MOST];
};

/* 1 if most passages came since all was written anew, so that the run will end
 * by doing that again. */
int kzi_state_is_loose(const struct kzi_state *state);

void kzi_state_put(struct kzi_buf *raw, const struct kzi_state *state);

/* Returns 0 if damaged, otherwise the format that wrote it. */
int kzi_state_get(struct kzi_state *state, const char *raw, size_t length);

/* The same, of the index at `path`: KZ_OK, or KZ_ERR_CORRUPT, or KZ_ERR_FORMAT
 * if another format wrote it. */
kz_status kzi_state_read(struct kzi_state *state, const char *raw,
	size_t length, const char *path, kz_error *err);

/* KZ_ERR_FORMAT if the terms of the index at `path` are not those of
 * `analysis`, a fingerprint. */
kz_status kzi_state_check_analysis(const struct kzi_state *state,
	const char *analysis, const char *path, kz_error *err);

/* "made by format 6, this program reads format 7", with the remedy. */
kz_status kzi_fail_format(const char *path, unsigned format, kz_error *err);

#ifdef __cplusplus
}
#endif
#endif
