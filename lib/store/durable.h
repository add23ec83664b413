/* durable.h -- small files and names that outlast a loss of power. Private to
 * lib/store. */
#ifndef KZI_DURABLE_H
#define KZI_DURABLE_H

/* Make the names in a folder last: what was created, renamed or removed there.
 * 1, or 0 with errno set. */
int kzi_durable_names(const char *folder);

/* Write a text to a file, in the place of what it held, and make it last; its
 * name is the caller's to make last. 1, or 0 with errno set. */
int kzi_durable_write(const char *file, const char *text);

#endif
