/* glossary_read.c -- see glossary.h: words looked up in a mapped table.
 * Whatever its bytes are, reading stays inside. */
#include "store/glossary.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/load.h"
#include "store/store.h"

struct kzi_glossary {
	const unsigned char *bytes;
	size_t length;
	uint32_t slots;       /* A power of two. */
	struct kzi_scan sources;
	struct kzi_scan records;
};

/* ---- Opening ----------------------------------------------------------- */

static kz_status damaged(const char *path, kz_error *err)
{
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"%s: no word table, or a damaged one; make it again with"
		" kalauz-index --dictionaries",
		path);
}

/* The parts of the file, if they are as long as its head says. */
static int find_parts(struct kzi_glossary *glossary)
{
	const unsigned char *bytes = glossary->bytes;
	const char *at = (const char *)bytes + KZI_GLOSSARY_HEAD;
	uint64_t sources, length;

	if (memcmp(bytes, KZI_GLOSSARY_MAGIC, sizeof(KZI_GLOSSARY_MAGIC)))
		return 0;
	glossary->slots = kzi_load32(bytes + KZI_GLOSSARY_SLOTS_AT);
	sources = kzi_load32(bytes + KZI_GLOSSARY_SOURCES_AT);
	length = kzi_load32(bytes + KZI_GLOSSARY_LENGTH_AT) |
		(uint64_t)kzi_load32(bytes + KZI_GLOSSARY_LENGTH_AT + 4) << 32;
	if (length != glossary->length || glossary->slots == 0 ||
		glossary->slots & (glossary->slots - 1) ||
		KZI_GLOSSARY_HEAD + 4 * (uint64_t)glossary->slots + sources >
			length)
		return 0;
	at += 4 * (size_t)glossary->slots;
	glossary->sources.at = at;
	glossary->sources.end = at + sources;
	glossary->records.at = at + sources;
	glossary->records.end = (const char *)bytes + length;
	return 1;
}

static kz_status check_head(struct kzi_glossary *glossary, const char *path,
	const char *analysis, kz_error *err)
{
	const char *ours;

	if (!find_parts(glossary))
		return damaged(path, err);
	ours = (const char *)glossary->bytes + KZI_GLOSSARY_ANALYSIS_AT;
	if (analysis && strncmp(ours, analysis, KZI_GLOSSARY_ANALYSIS))
		return kzi_fail(err, KZ_ERR_FORMAT,
			"%s: its words were analysed by another version; make it"
			" again with kalauz-index --dictionaries",
			path);
	return KZ_OK;
}

static kz_status map(
	struct kzi_glossary *glossary, int fd, const char *path, kz_error *err)
{
	struct stat status;
	void *bytes;

	if (fstat(fd, &status) != 0)
		return kzi_fail(
			err, KZ_ERR_IO, "%s: %s", path, strerror(errno));
	if (!S_ISREG(status.st_mode) || status.st_size < KZI_GLOSSARY_HEAD)
		return damaged(path, err);
	bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_SHARED, fd,
		0);
	if (bytes == MAP_FAILED)
		return kzi_fail(
			err, KZ_ERR_IO, "%s: %s", path, strerror(errno));
	glossary->bytes = bytes;
	glossary->length = (size_t)status.st_size;
	return KZ_OK;
}

/* 1 if the file names a table and has none itself. */
static int read_name(int fd, char name[KZI_GLOSSARY_PATH_MOST])
{
	enum { MAGIC = sizeof(KZI_GLOSSARY_AT_MAGIC) - 1 };
	char bytes[MAGIC + KZI_GLOSSARY_PATH_MOST];
	ssize_t length = pread(fd, bytes, sizeof(bytes), 0);

	if (length < MAGIC + 2 || memcmp(bytes, KZI_GLOSSARY_AT_MAGIC, MAGIC) ||
		bytes[length - 1] != '\n')
		return 0;
	length -= MAGIC + 1;
	memcpy(name, bytes + MAGIC, (size_t)length);
	name[length] = '\0';
	return 1;
}

static int open_file(const char *path)
{
	return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
}

/* Open the table at `*path`, or the one that is named there: then `*path` is its
 * name. One in a folder that this reader may not enter is not there for them. */
static int open_named(const char **path, char name[KZI_GLOSSARY_PATH_MOST])
{
	int fd = open_file(*path);

	if (fd < 0 || !read_name(fd, name))
		return fd;
	close(fd);
	*path = name;
	fd = open_file(name);
	if (fd < 0 && errno == EACCES)
		errno = ENOENT;
	return fd;
}

kz_status kzi_glossary_open(struct kzi_glossary **out, const char *path,
	const char *analysis, kz_error *err)
{
	char name[KZI_GLOSSARY_PATH_MOST];
	int fd = open_named(&path, name);
	struct kzi_glossary *glossary;
	kz_status status;

	*out = NULL;
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return KZ_END;
	if (fd < 0)
		return kzi_fail(
			err, KZ_ERR_IO, "%s: %s", path, strerror(errno));
	glossary = kzi_calloc(1, sizeof(*glossary));
	status = glossary ? map(glossary, fd, path, err)
			  : kzi_fail_memory(err);
	close(fd);
	if (status == KZ_OK)
		status = check_head(glossary, path, analysis, err);
	if (status == KZ_OK)
		*out = glossary;
	else
		kzi_glossary_close(glossary);
	return status;
}

void kzi_glossary_close(struct kzi_glossary *glossary)
{
	if (!glossary)
		return;
	if (glossary->bytes)
		munmap((void *)(uintptr_t)glossary->bytes, glossary->length);
	kzi_free(glossary);
}

uint32_t kzi_glossary_flags(const struct kzi_glossary *glossary)
{
	return kzi_load32(glossary->bytes + KZI_GLOSSARY_FLAGS_AT);
}

/* ---- Looking up -------------------------------------------------------- */

static uint32_t slot_at(const struct kzi_glossary *glossary, uint32_t slot)
{
	return kzi_load32(
		glossary->bytes + KZI_GLOSSARY_HEAD + 4 * (size_t)slot);
}

/* The key and the body of a record. */
static int read_record(const struct kzi_glossary *glossary, uint32_t place,
	struct kzi_string *key, struct kzi_scan *body)
{
	struct kzi_scan scan = glossary->records;
	size_t length;

	if (place - 1 >= (size_t)(scan.end - scan.at))
		return 0;
	scan.at += place - 1;
	key->bytes = kzi_scan_string(&scan, &key->length);
	body->at = kzi_scan_string(&scan, &length);
	body->end = body->at + length;
	body->failed = 0;
	return !scan.failed;
}

static int is_key(const struct kzi_string *found, int language,
	const char *key, size_t length)
{
	return found->length == length + 1 &&
		(unsigned char)found->bytes[0] == language &&
		!memcmp(found->bytes + 1, key, length);
}

int kzi_glossary_find(const struct kzi_glossary *glossary, int language,
	const char *key, size_t length, struct kzi_scan *walk)
{
	uint32_t mask = glossary->slots - 1, probes;
	uint32_t slot = (uint32_t)kzi_hash(key, length,
				KZI_GLOSSARY_SEED + (uint64_t)language) &
		mask;

	for (probes = 0; probes < glossary->slots; probes++) {
		uint32_t place = slot_at(glossary, slot);
		struct kzi_string found;

		if (!place || !read_record(glossary, place, &found, walk))
			return 0;
		if (is_key(&found, language, key, length))
			return 1;
		slot = (slot + 1) & mask;
	}
	return 0;
}

int kzi_glossary_next(struct kzi_scan *walk, struct kzi_gloss *gloss)
{
	if (walk->failed || walk->at >= walk->end)
		return 0;
	gloss->head.bytes = kzi_scan_string(walk, &gloss->head.length);
	if (walk->failed || walk->end - walk->at < 3)
		return 0;
	gloss->language = (uint8_t)walk->at[0];
	gloss->share = (uint8_t)walk->at[1];
	gloss->source = (uint8_t)walk->at[2];
	walk->at += 3;
	gloss->text.bytes = kzi_scan_string(walk, &gloss->text.length);
	return !walk->failed;
}

void kzi_glossary_sources(
	const struct kzi_glossary *glossary, struct kzi_scan *walk)
{
	*walk = glossary->sources;
}

int kzi_glossary_next_source(
	struct kzi_scan *walk, struct kzi_glossary_source *source)
{
	if (walk->failed || walk->at >= walk->end)
		return 0;
	source->name.bytes = kzi_scan_string(walk, &source->name.length);
	source->licence.bytes = kzi_scan_string(walk, &source->licence.length);
	source->path.bytes = kzi_scan_string(walk, &source->path.length);
	source->stamp.bytes = kzi_scan_string(walk, &source->stamp.length);
	source->entries = kzi_scan_varint(walk);
	return !walk->failed;
}

/* ---- Checking ---------------------------------------------------------- */

static int is_body_whole(struct kzi_scan body)
{
	struct kzi_gloss gloss;

	while (kzi_glossary_next(&body, &gloss))
		if (gloss.language >= KZI_STORE_LANGUAGES || !gloss.share)
			return 0;
	return !body.failed && body.at == body.end;
}

int kzi_glossary_is_whole(const struct kzi_glossary *glossary)
{
	const unsigned char *from = glossary->bytes + KZI_GLOSSARY_SLOTS_AT;

	return crc32_z(0, from, glossary->length - KZI_GLOSSARY_SLOTS_AT) ==
		kzi_load32(glossary->bytes + KZI_GLOSSARY_SUM_AT);
}

kz_status kzi_glossary_check(
	const struct kzi_glossary *glossary, kz_error *err)
{
	int is_whole = kzi_glossary_is_whole(glossary);
	uint32_t slot;

	for (slot = 0; is_whole && slot < glossary->slots; slot++) {
		uint32_t place = slot_at(glossary, slot);
		struct kzi_string key;
		struct kzi_scan body;

		is_whole = !place ||
			(read_record(glossary, place, &key, &body) &&
				is_body_whole(body));
	}
	return is_whole ? KZ_OK
			: kzi_fail(err, KZ_ERR_CORRUPT,
				  "the word table is damaged; make it again with"
				  " kalauz-index --dictionaries");
}
