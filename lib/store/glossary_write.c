/* glossary_write.c -- see glossary.h: a table put together and written aside,
 * then renamed, so that who has the old one mapped keeps it. */
#include "store/glossary.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/load.h"
#include "store/durable.h"
#include "store/store.h"

enum { SLOTS_LEAST = 16, ASIDE_MOST = 24 /* A full stop and a number. */ };

/* ---- Drafting ---------------------------------------------------------- */

static void put_string(struct kzi_buf *out, struct kzi_string string)
{
	kzi_buf_string(out, string.bytes, string.length);
}

void kzi_glossary_put_source(struct kzi_glossary_draft *draft,
	const struct kzi_glossary_source *source)
{
	put_string(&draft->sources, source->name);
	put_string(&draft->sources, source->licence);
	put_string(&draft->sources, source->path);
	put_string(&draft->sources, source->stamp);
	kzi_buf_varint(&draft->sources, source->entries);
}

void kzi_glossary_put_gloss(
	struct kzi_buf *body, const struct kzi_gloss *gloss)
{
	put_string(body, gloss->head);
	kzi_buf_byte(body, gloss->language);
	kzi_buf_byte(body, gloss->share);
	kzi_buf_byte(body, gloss->source);
	put_string(body, gloss->text);
}

void kzi_glossary_put(struct kzi_glossary_draft *draft, int language,
	const char *key, size_t length, const struct kzi_buf *body)
{
	uint32_t place = (uint32_t)draft->records.length;

	/* Places have 32 bits. */
	draft->records.failed |= draft->records.length > UINT32_MAX / 2;
	kzi_buf_append(&draft->places, &place, sizeof(place));
	kzi_buf_varint(&draft->records, length + 1);
	kzi_buf_byte(&draft->records, language);
	kzi_buf_append(&draft->records, key, length);
	kzi_buf_string(&draft->records, body->data, body->length);
}

void kzi_glossary_draft_release(struct kzi_glossary_draft *draft)
{
	kzi_buf_release(&draft->sources);
	kzi_buf_release(&draft->records);
	kzi_buf_release(&draft->places);
}

/* ---- Slots ------------------------------------------------------------- */

static uint64_t hash_of(const struct kzi_glossary_draft *draft, uint32_t place)
{
	struct kzi_scan scan = { draft->records.data + place,
		draft->records.data + draft->records.length, 0 };
	size_t length;
	const char *key = kzi_scan_string(&scan, &length);

	return kzi_hash(key + 1, length - 1,
		KZI_GLOSSARY_SEED + (uint64_t)(unsigned char)key[0]);
}

/* At least twice as many slots as keys, so that most are found at once. */
static uint32_t *fill_slots(
	const struct kzi_glossary_draft *draft, size_t keys, uint32_t *count)
{
	const char *places = draft->places.data;
	uint32_t *slots;
	size_t i;

	for (*count = SLOTS_LEAST; *count < 2 * keys; *count *= 2)
		;
	slots = kzi_calloc(*count, sizeof(*slots));
	for (i = 0; slots && i < keys; i++) {
		uint32_t place, slot;

		memcpy(&place, places + i * sizeof(place), sizeof(place));
		slot = (uint32_t)hash_of(draft, place) & (*count - 1);
		while (slots[slot])
			slot = (slot + 1) & (*count - 1);
		slots[slot] = place + 1;
	}
	return slots;
}

/* ---- Writing ----------------------------------------------------------- */

static void put_head(
	struct kzi_buf *out, const struct kzi_glossary_draft *draft,
	uint32_t slots, const char *analysis)
{
	char head[KZI_GLOSSARY_HEAD] = { 0 };
	uint64_t length = KZI_GLOSSARY_HEAD + 4 * (uint64_t)slots +
		draft->sources.length + draft->records.length;

	memcpy(head, KZI_GLOSSARY_MAGIC, sizeof(KZI_GLOSSARY_MAGIC));
	kzi_save(head + KZI_GLOSSARY_SLOTS_AT, slots, 4);
	snprintf(head + KZI_GLOSSARY_ANALYSIS_AT, KZI_GLOSSARY_ANALYSIS, "%s",
		analysis);
	kzi_save(head + KZI_GLOSSARY_SOURCES_AT, draft->sources.length, 4);
	kzi_save(head + KZI_GLOSSARY_FLAGS_AT, draft->flags, 4);
	kzi_save(head + KZI_GLOSSARY_LENGTH_AT, length, 8);
	kzi_buf_append(out, head, sizeof(head));
}

static void put_table(struct kzi_buf *out,
	const struct kzi_glossary_draft *draft, const char *analysis)
{
	uint32_t count = 0, i;
	uint32_t *slots = fill_slots(
		draft, draft->places.length / sizeof(uint32_t), &count);

	out->failed = !slots || draft->sources.failed ||
		draft->records.failed || draft->places.failed;
	put_head(out, draft, count, analysis);
	for (i = 0; slots && i < count; i++) {
		char bytes[4];

		kzi_save(bytes, slots[i], 4);
		kzi_buf_append(out, bytes, sizeof(bytes));
	}
	kzi_free(slots);
	kzi_buf_append(out, draft->sources.data, draft->sources.length);
	kzi_buf_append(out, draft->records.data, draft->records.length);
	if (!out->failed)
		kzi_save(out->data + KZI_GLOSSARY_SUM_AT,
			crc32_z(0,
				(const Bytef *)out->data +
					KZI_GLOSSARY_SLOTS_AT,
				out->length - KZI_GLOSSARY_SLOTS_AT),
			4);
}

static kz_status replace(
	const char *path, const struct kzi_buf *bytes, kz_error *err)
{
	size_t room = strlen(path) + ASIDE_MOST;
	char *aside = kzi_malloc(room);
	kz_status status = KZ_OK;

	if (!aside)
		return kzi_fail_memory(err);
	snprintf(aside, room, "%s.%ld", path, (long)getpid());
	if (!kzi_durable_write(aside, bytes->data, bytes->length) ||
		rename(aside, path) != 0) {
		status = kzi_fail(err, KZ_ERR_IO, "%s: cannot be written: %s",
			path, strerror(errno));
		unlink(aside);
	}
	kzi_free(aside);
	return status;
}

kz_status kzi_glossary_write(struct kzi_glossary_draft *draft,
	const char *path, const char *analysis, kz_error *err)
{
	struct kzi_buf out = { 0 };
	kz_status status;

	put_table(&out, draft, analysis);
	status = out.failed ? kzi_fail_memory(err) : replace(path, &out, err);
	kzi_buf_release(&out);
	return status;
}

kz_status kzi_glossary_name(
	const char *path, const char *table, kz_error *err)
{
	struct kzi_buf out = { 0 };
	kz_status status = KZ_OK;

	kzi_buf_append(&out, KZI_GLOSSARY_AT_MAGIC,
		sizeof(KZI_GLOSSARY_AT_MAGIC) - 1);
	kzi_buf_append(&out, table, strlen(table));
	kzi_buf_byte(&out, '\n');
	if (out.failed)
		status = kzi_fail_memory(err);
	else
		status = replace(path, &out, err);
	kzi_buf_release(&out);
	return status;
}
