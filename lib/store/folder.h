/* folder.h -- the index folder: which generation is current, who writes.
 * Private to lib/store. */
#ifndef KZI_FOLDER_H
#define KZI_FOLDER_H

#include <stddef.h>

#include "kalauz.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Read the current generation of the index at `path`. KZ_ERR_NO_INDEX if there
 * is none, KZ_ERR_FORMAT if another version made it. */
kz_status kzi_folder_generation(
	const char *path, unsigned *generation, kz_error *err);

/* Make `generation` the current one, durably, in one step. */
kz_status kzi_folder_publish(
	const char *path, unsigned generation, kz_error *err);

/* Create the folder if need be and take its lock: *lock is a file descriptor
 * to close. Refuses a folder that holds other things. */
kz_status kzi_folder_lock(const char *path, int *lock, kz_error *err);

/* Make the folder of a generation, empty. */
kz_status kzi_folder_begin(
	const char *path, unsigned generation, kz_error *err);

/* Remove every generation but `keep` (0: remove all). */
void kzi_folder_sweep(const char *path, unsigned keep);

/* Remove a folder and the files in it; nothing happens if it is not there. */
void kzi_folder_remove(const char *path);

/* "path/generation" or "path/generation/name" (name may be NULL), on the heap;
 * NULL when memory is short. */
char *kzi_folder_join(const char *path, unsigned generation, const char *name);

#ifdef __cplusplus
}
#endif
#endif
