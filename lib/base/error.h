/* error.h -- fill a kz_error and return its status in one breath:
 *
 *     return kzi_fail(err, KZ_ERR_IO, "%s: %s", path, strerror(errno));
 */
#ifndef KZI_ERROR_H
#define KZI_ERROR_H

#include "kalauz.h"

#if defined(__GNUC__)
#  define KZI_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#  define KZI_PRINTF(text, first)
#endif

/* Store status and message in *err (err may be NULL) and return the status.
 * The middle of a message that is too long is left out, between characters;
 * controls and ill-formed UTF-8 in it become '?', since paths and queries come
 * from outside. */
kz_status kzi_fail(kz_error *err, kz_status status, const char *format, ...)
	KZI_PRINTF(3, 4);

/* The same for the failure that needs no words. */
kz_status kzi_fail_memory(kz_error *err);

#endif
