/* salvage.h -- members of a ZIP archive whose lists are damaged, by looking for
 * the heads that stand before each of them; and what there is of a gzip file
 * that breaks off. */
#ifndef KZI_SALVAGE_H
#define KZI_SALVAGE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"

struct kzi_salvage {
	const char *at, *end; /* What is still to be looked through. */
	const char *next;     /* Where the next bytes of the member are. */
	size_t stored;        /* Bytes left of one that is not packed. */
	struct kzi_buf name;  /* Of the member, ends with NUL. */
	int method;           /* How it is packed, as ZIP numbers it. */
	int is_gzip;          /* Not ZIP: one member, without name. */
	int is_encrypted;
	void *stream;         /* zlib's, or NULL. */
};

void kzi_salvage_open(
	struct kzi_salvage *salvage, const char *bytes, size_t length);
void kzi_salvage_open_gzip(
	struct kzi_salvage *salvage, const char *bytes, size_t length);
void kzi_salvage_close(struct kzi_salvage *salvage);

/* Go to the next member. 1: there is one; 0: that was all. */
int kzi_salvage_next(struct kzi_salvage *salvage);

/* The next bytes of the member, at most `size`. 0: its end; -1: damaged, packed
 * in another way, or memory is short. */
ssize_t kzi_salvage_read(struct kzi_salvage *salvage, char *out, size_t size);

#endif
