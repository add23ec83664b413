/* settled.h -- the settled postings of a generation. Pure C, private to
 * lib/store. */
#ifndef KZI_SETTLED_H
#define KZI_SETTLED_H

#include "store/lists.h"
#include "store/part.h"
#include "store/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zeros are a valid one without postings. */
struct kzi_settled {
	struct kzi_lists lists;
	struct kzi_part part; /* Private, with what follows. */
	int is_mine;          /* The part was opened here. */
};

/* Open the file in the folder of a generation, if its state knows one. `path` is
 * for messages. */
kz_status kzi_settled_open(struct kzi_settled *settled, const char *folder,
	const struct kzi_state *state, const char *path, kz_error *err);

/* Use a section of a file, which stays the caller's. */
kz_status kzi_settled_use(struct kzi_settled *settled,
	const struct kzi_part *section, const char *path, kz_error *err);
void kzi_settled_close(struct kzi_settled *settled);

/* The list of a term, of which much will be read. Returns 0 where the file is
 * damaged. */
int kzi_settled_gather(struct kzi_settled *settled, const char *term,
	size_t length, struct kzi_list *list);

#ifdef __cplusplus
}
#endif
#endif
