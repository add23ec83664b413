/* durable.h -- files and names that outlast a loss of power. Private to
 * lib/store. */
#ifndef KZI_DURABLE_H
#define KZI_DURABLE_H

#include <stddef.h>
#include <stdint.h>

/* Make the names in a folder last: what was created, renamed or removed there.
 * 1, or 0 with errno set. */
int kzi_durable_names(const char *folder);

/* Write bytes to a file, in the place of what it held, and make them last; its
 * name is the caller's to make last. 1, or 0 with errno set. */
int kzi_durable_write(const char *file, const void *bytes, size_t length);

/* Write them from `offset` on into an open one, and make all of it last. */
int kzi_durable_put(
	int fd, const void *bytes, size_t length, uint64_t offset);

/* The same, but for the lasting: there is more to come. */
int kzi_durable_put_some(
	int fd, const void *bytes, size_t length, uint64_t offset);

#endif
