/* manifest.h -- what became of each file the last time: kept in the index, in
 * the same commit as its passages, so that a run knows what to do again. */
#ifndef KZI_MANIFEST_H
#define KZI_MANIFEST_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "store/store.h"

enum kzi_outcome {
	KZI_INDEXED,
	KZI_UNCHANGED,
	KZI_REMOVED,
	KZI_EMPTY,   /* Nothing to read in it. */
	KZI_SKIPPED, /* Not a known format. */
	KZI_FAILED,
	KZI_OUTCOMES
};

/* "indexed", "unchanged" ... */
const char *kzi_outcome_name(enum kzi_outcome outcome);

/* The reason where the outcome says it all: "not a known format". */
const char *kzi_outcome_reason(enum kzi_outcome outcome);

struct kzi_entry {
	const char *name;
	uint64_t size;
	int64_t changed;
	uint64_t hash;     /* Of the content. */
	uint64_t origin;   /* Sum of what its folders said (classify.h). */
	enum kzi_outcome outcome;
	const char *reason; /* For EMPTY, SKIPPED and FAILED; else "". */
	int is_seen;       /* In this run; not kept. */
};

struct kzi_manifest {
	struct kzi_arena arena;
	struct kzi_buf entries; /* Of struct kzi_entry, sorted by name. */
	struct kzi_string repeats; /* What repeats.c noted. */
};

/* Read what the index knows. */
kz_status kzi_manifest_load(struct kzi_manifest *manifest,
	struct kzi_writer *writer, kz_error *err);

/* The same of an index opened for reading. */
kz_status kzi_manifest_read(struct kzi_manifest *manifest,
	struct kzi_store *store, kz_error *err);

/* Take in a value of the index, `context` the manifest; what is no
 * entry, or a damaged one, is passed over. Both do so. */
kzi_visit_value kzi_manifest_take;

/* The entry of a name, or NULL. */
struct kzi_entry *kzi_manifest_find(
	const struct kzi_manifest *manifest, const char *name);

/* Write an entry, or forget that of a name. */
kz_status kzi_manifest_put(struct kzi_writer *writer,
	const struct kzi_entry *entry, kz_error *err);
kz_status kzi_manifest_forget(
	struct kzi_writer *writer, const char *name, kz_error *err);

/* Write what repeats.c notes, where it is not what is there. */
kz_status kzi_manifest_put_repeats(const struct kzi_manifest *manifest,
	struct kzi_writer *writer, struct kzi_string repeats, kz_error *err);

struct kzi_entry *kzi_manifest_at(
	const struct kzi_manifest *manifest, size_t i);
size_t kzi_manifest_count(const struct kzi_manifest *manifest);
void kzi_manifest_release(struct kzi_manifest *manifest);

#endif
