/* pack.h -- a record as it is stored: checksum, codec, length, and its bytes,
 * compressed (schema.h). Pure C, private to lib/store.
 *
 * Passages are short, and short texts compress badly alone, so those of a
 * generation share a dictionary, which is trained on some of them. */
#ifndef KZI_PACK_H
#define KZI_PACK_H

#include <stddef.h>

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How much time it takes. */
enum kzi_packing {
	KZI_PACK_QUICKLY = 3, /* Records as they come. */
	KZI_PACK_WELL = 7     /* Of this level with other parameters. */
};

struct kzi_packer;

/* NULL when memory is short. */
struct kzi_packer *kzi_packer_new(enum kzi_packing packing);
void kzi_packer_free(struct kzi_packer *packer);

/* Pack with this dictionary from now on; it is copied. 0 when memory is
 * short. */
int kzi_packer_use(
	struct kzi_packer *packer, const void *dictionary, size_t length);
int kzi_packer_has_dictionary(const struct kzi_packer *packer);

/* Make `packed` the record of some raw bytes. */
void kzi_pack(struct kzi_packer *packer, struct kzi_buf *packed,
	const char *raw, size_t length);

/* The same, as they are: for records that will surely be packed again. */
void kzi_pack_raw(struct kzi_buf *packed, const char *raw, size_t length);

/* Raw records that a dictionary is trained on. Zeros, to begin with. */
struct kzi_sample {
	struct kzi_buf raw;
	struct kzi_buf sizes; /* Of size_t. */
};

/* One of how many records is enough, of `length` bytes in all. */
size_t kzi_sample_every(uint64_t length);

void kzi_sample_add(struct kzi_sample *sample, const char *raw, size_t length);

/* Append a dictionary for about `length` bytes of records to `dictionary`;
 * nothing if they are too few for one to pay, or memory is short. */
void kzi_sample_train(struct kzi_sample *sample, uint64_t length,
	struct kzi_buf *dictionary);
void kzi_sample_release(struct kzi_sample *sample);

#ifdef __cplusplus
}
#endif
#endif
