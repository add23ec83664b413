/* manifest.c -- see manifest.h. A value of the index for each file: key "f" and
 * the name (its end a hash if it is long), value
 *
 *     name  size  changed  hash  outcome  reason  program  origin
 *
 * `program` is the version that failed: another one tries again. An origin of 0
 * is left out. Key "r": what repeats.c notes of folders. */
#include "indexer/manifest.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

const char *kzi_outcome_name(enum kzi_outcome outcome)
{
	static const char names[KZI_OUTCOMES][10] = { "indexed", "unchanged",
		"removed", "empty", "skipped", "failed" };

	return names[outcome];
}

const char *kzi_outcome_reason(enum kzi_outcome outcome)
{
	switch (outcome) {
	case KZI_SKIPPED:
		return "not a known format";
	case KZI_EMPTY:
		return "nothing to read in it";
	default:
		return "";
	}
}

/* A key of the values: the filter term of the name serves, as it is short
 * enough and unlike any other. */
static struct kzi_string key_of(char room[KZI_FILTER_MOST], const char *name)
{
	struct kzi_string key = { room,
		kzi_filter_term(
			room, KZI_FILTER_SOURCE, name, strlen(name)) };

	room[0] = 'f';
	return key;
}

static const struct kzi_string repeats_key = { "r", 1 };

static int is_same(struct kzi_string a, struct kzi_string b)
{
	return a.length == b.length &&
		(!a.length || !memcmp(a.bytes, b.bytes, a.length));
}

static const char *take_string(
	struct kzi_manifest *manifest, struct kzi_scan *scan)
{
	size_t length;
	const char *bytes = kzi_scan_string(scan, &length);
	const char *text = kzi_arena_copy(&manifest->arena, bytes, length);

	if (!text)
		scan->failed = 1;
	return text;
}

int kzi_manifest_take(
	void *context, struct kzi_string key, struct kzi_string value)
{
	struct kzi_manifest *manifest = context;
	struct kzi_scan scan = { value.bytes, value.bytes + value.length, 0 };
	struct kzi_entry entry = { 0 };
	const char *program;

	if (is_same(key, repeats_key)) {
		manifest->repeats.bytes = kzi_arena_copy(
			&manifest->arena, value.bytes, value.length);
		manifest->repeats.length =
			manifest->repeats.bytes ? value.length : 0;
	}
	if (key.length == 0 || key.bytes[0] != 'f')
		return 1;
	entry.name = take_string(manifest, &scan);
	entry.size = kzi_scan_varint(&scan);
	entry.changed = (int64_t)kzi_scan_varint(&scan);
	entry.hash = kzi_scan_varint(&scan);
	entry.outcome = (enum kzi_outcome)(kzi_scan_varint(&scan) %
		KZI_OUTCOMES);
	entry.reason = take_string(manifest, &scan);
	program = take_string(manifest, &scan);
	if (scan.at < scan.end)
		entry.origin = kzi_scan_varint(&scan);
	if (scan.failed)
		return 1; /* As if the file was never read. */
	if (entry.outcome != KZI_INDEXED && strcmp(program, KZI_VERSION))
		entry.size = UINT64_MAX;
	kzi_buf_append(&manifest->entries, &entry, sizeof(entry));
	return !manifest->entries.failed;
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct kzi_entry *)a)->name,
		((const struct kzi_entry *)b)->name);
}

static kz_status finish_load(
	struct kzi_manifest *manifest, kz_status status, kz_error *err)
{
	if (status == KZ_OK && manifest->entries.failed)
		status = kzi_fail_memory(err);
	if (status == KZ_OK && manifest->entries.length)
		qsort(manifest->entries.data, kzi_manifest_count(manifest),
			sizeof(struct kzi_entry), compare);
	return status;
}

kz_status kzi_manifest_load(struct kzi_manifest *manifest,
	struct kzi_writer *writer, kz_error *err)
{
	memset(manifest, 0, sizeof(*manifest));
	return finish_load(manifest,
		kzi_writer_values(writer, kzi_manifest_take, manifest, err),
		err);
}

kz_status kzi_manifest_read(struct kzi_manifest *manifest,
	struct kzi_store *store, kz_error *err)
{
	memset(manifest, 0, sizeof(*manifest));
	return finish_load(manifest,
		kzi_store_values(store, kzi_manifest_take, manifest, err),
		err);
}

struct kzi_entry *kzi_manifest_find(
	const struct kzi_manifest *manifest, const char *name)
{
	struct kzi_entry wanted = { .name = name };

	if (!manifest->entries.length)
		return NULL;
	return bsearch(&wanted, manifest->entries.data,
		kzi_manifest_count(manifest), sizeof(wanted), compare);
}

kz_status kzi_manifest_put(struct kzi_writer *writer,
	const struct kzi_entry *entry, kz_error *err)
{
	char room[KZI_FILTER_MOST];
	struct kzi_buf value = { 0 };
	kz_status status;

	kzi_buf_string(&value, entry->name, strlen(entry->name));
	kzi_buf_varint(&value, entry->size);
	kzi_buf_varint(&value, (uint64_t)entry->changed);
	kzi_buf_varint(&value, entry->hash);
	kzi_buf_varint(&value, (uint64_t)entry->outcome);
	kzi_buf_string(&value, entry->reason, strlen(entry->reason));
	kzi_buf_string(&value, KZI_VERSION, strlen(KZI_VERSION));
	if (entry->origin)
		kzi_buf_varint(&value, entry->origin);
	if (value.failed) {
		status = kzi_fail_memory(err);
	} else {
		struct kzi_string bytes = { value.data, value.length };

		status = kzi_writer_set(
			writer, key_of(room, entry->name), bytes, err);
	}
	kzi_buf_release(&value);
	return status;
}

kz_status kzi_manifest_forget(
	struct kzi_writer *writer, const char *name, kz_error *err)
{
	struct kzi_string nothing = { "", 0 };
	char room[KZI_FILTER_MOST];

	return kzi_writer_set(writer, key_of(room, name), nothing, err);
}

kz_status kzi_manifest_put_repeats(const struct kzi_manifest *manifest,
	struct kzi_writer *writer, struct kzi_string repeats, kz_error *err)
{
	return is_same(repeats, manifest->repeats)
		? KZ_OK
		: kzi_writer_set(writer, repeats_key, repeats, err);
}

struct kzi_entry *kzi_manifest_at(
	const struct kzi_manifest *manifest, size_t i)
{
	return (struct kzi_entry *)(void *)manifest->entries.data + i;
}

size_t kzi_manifest_count(const struct kzi_manifest *manifest)
{
	return manifest->entries.length / sizeof(struct kzi_entry);
}

void kzi_manifest_release(struct kzi_manifest *manifest)
{
	kzi_arena_release(&manifest->arena);
	kzi_buf_release(&manifest->entries);
}
