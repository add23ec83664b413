/* dictionaries.h -- the word table of an index: which dictionaries there are,
 * and when it has to be made again. */
#ifndef KZI_DICTIONARIES_H
#define KZI_DICTIONARIES_H

#include "base/arena.h"
#include "base/buf.h"
#include "kalauz.h"

/* Where Debian puts the dictionaries: below it dictd/ and apertium/, and doc/
 * with their licences. */
#define KZI_SHARE "/usr/share"

struct kzi_dictionaries {
	const char *table;    /* The file to write; NULL: only read them. */
	const char *share;    /* KZI_SHARE; NULL: nothing that is installed. */
	const char *cache;    /* Where the table of what is installed is kept for
				 all indexes, or NULL; for
				 kzi_dictionaries_refresh. */
	char *const *sources; /* The user's: files, and folders of files. */
	int source_count;
};

/* A dictionary as it was met. */
struct kzi_dictionary_report {
	const char *name;
	const char *licence;
	const char *fault; /* Why it was not read to its end, or NULL. */
	uint64_t pairs;
};

struct kzi_dictionaries_report {
	struct kzi_arena arena;
	struct kzi_buf items; /* Of struct kzi_dictionary_report. */
	int faults;
};

/* Make the table. A dictionary that cannot be read is told in the report. */
kz_status kzi_dictionaries_compile(const struct kzi_dictionaries *dictionaries,
	struct kzi_dictionaries_report *report, kz_error *err);

/* The same, unless the table is as it would become, or the user's own. To
 * compile all of FreeDict takes seconds, and it is larger than most indexes: the
 * table is in the cache, and theirs name it. Without a cache each has its own,
 * and so has one without what is installed. */
kz_status kzi_dictionaries_refresh(
	const struct kzi_dictionaries *dictionaries, kz_error *err);

void kzi_dictionaries_report_release(struct kzi_dictionaries_report *report);

#endif
