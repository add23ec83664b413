/* scratch.h -- a folder of a test's own, gone when the test ends. */
#ifndef KZI_SCRATCH_H
#define KZI_SCRATCH_H

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

enum { SCRATCH_PATH = 600 };

static char scratch[64];

/* "<folder>/name"; borrowed until the next eight calls. */
static inline const char *scratch_path(const char *name)
{
	static char paths[8][SCRATCH_PATH];
	static unsigned next;
	char *path = paths[next++ % 8];

	snprintf(path, SCRATCH_PATH, "%s/%.500s", scratch, name);
	return path;
}

static inline void scratch_write(
	const char *name, const char *bytes, size_t length)
{
	FILE *file = fopen(scratch_path(name), "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	fclose(file);
}

static int scratch_remove_one(
	const char *path, const struct stat *status, int flag, struct FTW *ftw)
{
	(void)status;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static inline void scratch_remove(const char *path)
{
	nftw(path, scratch_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* A setup and a teardown of cmocka. */
static inline int scratch_begin(void **state)
{
	const char *base = getenv("TMPDIR");

	(void)state;
	snprintf(scratch, sizeof(scratch), "%s/kalauz-unit-XXXXXX",
		base && strlen(base) < 30 ? base : "/tmp");
	return mkdtemp(scratch) ? 0 : -1;
}

static inline int scratch_end(void **state)
{
	(void)state;
	scratch_remove(scratch);
	return 0;
}

/* A test that has a folder. */
#define IN_SCRATCH(test)                                                       \
	cmocka_unit_test_setup_teardown(test, scratch_begin, scratch_end)

#endif
