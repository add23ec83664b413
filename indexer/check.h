/* check.h -- is an index whole, and does it hold what it says it does? */
#ifndef KZI_CHECK_H
#define KZI_CHECK_H

#include "kalauz.h"

/* Verify the index at `path`: its records and tables (kzi_store_check), then
 * that every file said to be indexed has passages and that every passage is of
 * a file that the manifest knows. KZ_ERR_CORRUPT with the first fault. */
kz_status kzi_check(const char *path, kz_error *err);

#endif
