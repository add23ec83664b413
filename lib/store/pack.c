/* pack.c -- see pack.h. */
#define ZSTD_STATIC_LINKING_ONLY /* Frames without magic number. */
#include "store/pack.h"

#include <string.h>

#define ZDICT_STATIC_LINKING_ONLY /* One set of parameters. */
#include <zdict.h>
#include <zstd.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "base/load.h"
#include "store/schema.h"

enum {
	RAW_BELOW = 48, /* Bytes; shorter records are not worth a frame. */
	/* Less text than this gains nothing from a dictionary. */
	SAMPLE_LEAST = 384 << 10,
	SAMPLE_MOST = 5 << 20,
	/* A dictionary is a part of what it saves, up to where it leaves the
	 * cache. */
	DICTIONARY_PART = 40,
	DICTIONARY_LEAST = 32 << 10,
	DICTIONARY_MOST = 512 << 10
};

struct kzi_packer {
	ZSTD_CCtx_params *parameters;
	ZSTD_CCtx *context;
	ZSTD_CDict *dictionary; /* NULL: none. */
};

/* ---- Packing ----------------------------------------------------------- */

struct parameter {
	ZSTD_cParameter name;
	int value;
};

/* Frames without magic number, length and name of the dictionary: the record
 * around them tells all that, and a passage is short. */
static const struct parameter of_frames[] = {
	{ZSTD_c_format, ZSTD_f_zstd1_magicless},
	{ZSTD_c_contentSizeFlag, 0},
	{ZSTD_c_dictIDFlag, 0}
};

enum { PARAMETERS = 3 /* That make the difference. */ };

/* What a passage shares with the dictionary are whole words: to take the
 * longest of many matches from six bytes at once gives records as small as
 * level 7, which weighs every match against the next, in half the time. */
static const struct parameter of_words[PARAMETERS] = {
	{ZSTD_c_strategy, ZSTD_greedy},
	{ZSTD_c_searchLog, 4},
	{ZSTD_c_minMatch, 6}
};

/* The same as level 3, but for tables that hold every place of a dictionary: a
 * quarter less of what they miss beside level 7, in a tenth more time. */
static const struct parameter of_tables[PARAMETERS] = {
	{ZSTD_c_hashLog, 18},
	{ZSTD_c_chainLog, 18},
	{ZSTD_c_minMatch, 5}
};

static int set(ZSTD_CCtx_params *parameters, const struct parameter *wanted,
	size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (ZSTD_isError(ZSTD_CCtxParams_setParameter(parameters,
			    wanted[i].name, wanted[i].value)))
			return 0;
	return 1;
}

static int set_up(struct kzi_packer *packer, enum kzi_packing packing)
{
	ZSTD_CCtx_params *parameters = packer->parameters;

	return packer->context && parameters &&
		!ZSTD_isError(ZSTD_CCtxParams_init(parameters, (int)packing)) &&
		set(parameters, of_frames,
			sizeof(of_frames) / sizeof(*of_frames)) &&
		set(parameters,
			packing == KZI_PACK_WELL ? of_words : of_tables,
			PARAMETERS) &&
		!ZSTD_isError(ZSTD_CCtx_setParametersUsingCCtxParams(
			packer->context, parameters));
}

struct kzi_packer *kzi_packer_new(enum kzi_packing packing)
{
	struct kzi_packer *packer = kzi_calloc(1, sizeof(*packer));

	if (!packer)
		return NULL;
	packer->parameters = ZSTD_createCCtxParams();
	packer->context = ZSTD_createCCtx();
	if (set_up(packer, packing))
		return packer;
	kzi_packer_free(packer);
	return NULL;
}

void kzi_packer_free(struct kzi_packer *packer)
{
	if (!packer)
		return;
	ZSTD_freeCDict(packer->dictionary);
	ZSTD_freeCCtx(packer->context);
	ZSTD_freeCCtxParams(packer->parameters);
	kzi_free(packer);
}

int kzi_packer_use(
	struct kzi_packer *packer, const void *dictionary, size_t length)
{
	ZSTD_freeCDict(packer->dictionary);
	packer->dictionary = ZSTD_createCDict_advanced2(dictionary, length,
		ZSTD_dlm_byCopy, ZSTD_dct_auto, packer->parameters,
		ZSTD_defaultCMem);
	return packer->dictionary &&
		!ZSTD_isError(ZSTD_CCtx_refCDict(
			packer->context, packer->dictionary));
}

int kzi_packer_has_dictionary(const struct kzi_packer *packer)
{
	return packer->dictionary != NULL;
}

/* Compress into room for `most` bytes; returns the codec and the length. */
static int squeeze(struct kzi_packer *packer, char *room, size_t most,
	const char *raw, size_t length, size_t *stored)
{
	if (length >= RAW_BELOW) {
		*stored = ZSTD_compress2(
			packer->context, room, most, raw, length);
		if (!ZSTD_isError(*stored) && *stored < length)
			return packer->dictionary ? KZI_CODEC_DICTIONARY
						  : KZI_CODEC_ZSTD;
	}
	memcpy(room, raw, length);
	*stored = length;
	return KZI_CODEC_RAW;
}

static void begin(struct kzi_buf *packed, size_t raw_length)
{
	kzi_buf_clear(packed);
	kzi_buf_append(packed, "\0\0\0\0\0", 5);
	kzi_buf_varint(packed, raw_length);
}

static void finish(struct kzi_buf *packed, int codec)
{
	if (packed->failed)
		return;
	packed->data[4] = (char)codec;
	kzi_save(packed->data,
		kzi_sum_short(packed->data + 4, packed->length - 4), 4);
}

void kzi_pack(struct kzi_packer *packer, struct kzi_buf *packed,
	const char *raw, size_t length)
{
	size_t most = ZSTD_compressBound(length) + length, stored;
	char *room;
	int codec;

	begin(packed, length);
	room = kzi_buf_room(packed, most);
	if (!room)
		return;
	codec = squeeze(packer, room, most, raw, length, &stored);
	packed->length += stored;
	finish(packed, codec);
}

void kzi_pack_raw(struct kzi_buf *packed, const char *raw, size_t length)
{
	begin(packed, length);
	kzi_buf_append(packed, raw, length);
	finish(packed, KZI_CODEC_RAW);
}

/* ---- The dictionary ---------------------------------------------------- */

size_t kzi_sample_every(uint64_t length)
{
	return (size_t)(length / SAMPLE_MOST + 1);
}

void kzi_sample_add(struct kzi_sample *sample, const char *raw, size_t length)
{
	kzi_buf_append(&sample->raw, raw, length);
	kzi_buf_append(&sample->sizes, &length, sizeof(length));
}

static size_t dictionary_size(uint64_t length)
{
	uint64_t size = length / DICTIONARY_PART;

	return size < DICTIONARY_LEAST ? DICTIONARY_LEAST
		: size > DICTIONARY_MOST ? DICTIONARY_MOST
					 : (size_t)size;
}

/* To try several lengths of segments, as is usual, takes four times as long,
 * and on our texts finds none that is better. */
void kzi_sample_train(
	struct kzi_sample *sample, uint64_t length, struct kzi_buf *dictionary)
{
	const ZDICT_fastCover_params_t parameters = {
		.k = 200, .d = 8, .f = 18, .accel = 4
	};
	size_t most = dictionary_size(length), got;
	char *room;

	if (length < SAMPLE_LEAST || sample->raw.failed || sample->sizes.failed)
		return;
	room = kzi_buf_room(dictionary, most);
	if (!room)
		return;
	got = ZDICT_trainFromBuffer_fastCover(room, most, sample->raw.data,
		(const size_t *)(const void *)sample->sizes.data,
		(unsigned)(sample->sizes.length / sizeof(size_t)), parameters);
	if (!ZDICT_isError(got))
		dictionary->length += got;
}

void kzi_sample_release(struct kzi_sample *sample)
{
	kzi_buf_release(&sample->raw);
	kzi_buf_release(&sample->sizes);
}
