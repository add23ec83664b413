/* wire.h -- what a worker and the run say to each other, as bytes.
 *
 * A job is one message: what is wanted (1), hash, name, kind (1), place, and the
 * lines that repeat. An answer is a row of
 * frames on a pipe:
 *
 *     length of what follows (4, low byte first)  type (1)  payload
 *
 * The reader of a broken file may have been taken over by it, so whatever the
 * bytes are, taking them apart yields sound values or a refusal: a language
 * that exists, terms that the store takes, words of the length of a word, no
 * pointer outside the frame.
 *
 * Terms and words are told by number (numbering.h), the first time with their
 * bytes:
 *
 *     first passage    known 0   0 "ahouse"   1 "agarden"
 *     second passage   known 2   1   2 "ahedge"
 *     a new beginning  known 0   0 "ahedge" */
#ifndef KZI_WIRE_H
#define KZI_WIRE_H

#include "base/arena.h"
#include "base/buf.h"
#include "indexer/classify.h"
#include "indexer/manifest.h"
#include "indexer/numbering.h"
#include "indexer/tally.h"
#include "store/store.h"

enum { KZI_REASON_MOST = 320 };

/* What came of reading a file. */
struct kzi_reading {
	enum kzi_outcome outcome; /* All but REMOVED. */
	uint64_t hash;            /* Of its content; 0: not read to the end. */
	uint64_t length;          /* Bytes read of it. */
	char reason[KZI_REASON_MOST]; /* FAILED: why. */
	int is_refused; /* The system would not let us read it; what it holds
			   is not known. */
	int is_lost;    /* The worker died: what it sent before is no whole. */
	struct kzi_edges edges; /* Of a page, where these are wanted. */
};

struct kzi_job {
	const char *name;
	uint64_t hash; /* What the index has, if has_hash: the same content
			  is UNCHANGED. */
	int has_hash;
	int is_for_edges; /* They are all that is wanted of it. */
	struct kzi_origin origin;
};

enum kzi_frame_type {
	KZI_FRAME_READY,    /* The worker has begun: what protects it. */
	KZI_FRAME_DOCUMENT,
	KZI_FRAME_PASSAGE,  /* Of the last document. */
	KZI_FRAME_WORDS,    /* Of the passages since the last of its kind. */
	KZI_FRAME_END,      /* Of the file. */
	KZI_FRAMES
};

struct kzi_frame {
	enum kzi_frame_type type;
	const char *bytes;
	size_t length;
};

/* Bytes before a payload, and the most in a payload: passages are far smaller,
 * so what says more is broken. */
enum { KZI_FRAME_HEAD = 5, KZI_FRAME_MOST = 64 << 20 };

/* Words in a frame: what the run holds of them at once is bounded. */
enum { KZI_WORD_COUNTS_MOST = 1 << 18 };

/* A passage with its terms, out of a frame. */
struct kzi_made_passage {
	struct kzi_passage_record record;
	int language;
	uint32_t known; /* Terms that were told before; 0: none are known. */
	const struct kzi_posting *postings;
	size_t count;
};

void kzi_wire_put_job(struct kzi_buf *wire, const struct kzi_job *job);
void kzi_wire_put_ready(struct kzi_buf *wire, unsigned guards);
void kzi_wire_put_document(struct kzi_buf *wire,
	const struct kzi_document_record *record, enum kzi_kind kind);
/* Its terms, and the words, have numbers. */
void kzi_wire_put_passage(
	struct kzi_buf *wire, const struct kzi_made_passage *passage);
void kzi_wire_put_words(
	struct kzi_buf *wire, const struct kzi_word_counts *counts);
void kzi_wire_put_end(struct kzi_buf *wire, const struct kzi_reading *reading);

/* Find the frame at the start of `length` bytes. Returns how many bytes it
 * takes with its head, 0 if it is not whole yet, and SIZE_MAX if it cannot be
 * a frame. */
size_t kzi_wire_frame(
	const char *bytes, size_t length, struct kzi_frame *frame);

/* Take apart; 0 if it is broken. Strings are borrowed from the bytes, arrays
 * and the name of a job from the arena, terms and words from a numbering, which
 * is for those of one worker and goes on from frame to frame. */
int kzi_wire_get_job(const char *bytes, size_t length, struct kzi_arena *arena,
	struct kzi_job *job);
int kzi_wire_get_ready(const struct kzi_frame *frame, unsigned *guards);
int kzi_wire_get_document(const struct kzi_frame *frame,
	struct kzi_arena *arena, struct kzi_document_record *record,
	enum kzi_kind *kind);
int kzi_wire_get_passage(const struct kzi_frame *frame,
	struct kzi_arena *arena, struct kzi_numbering *numbering,
	struct kzi_made_passage *passage);
int kzi_wire_get_words(const struct kzi_frame *frame, struct kzi_arena *arena,
	struct kzi_numbering *numbering, struct kzi_word_counts *counts);
int kzi_wire_get_end(
	const struct kzi_frame *frame, struct kzi_reading *reading);

#endif
