/* tables_carried.c -- Xapian, for a program that mostly does without it.
 *
 * To load libxapian and the C++ library takes longer than to answer a query that
 * does not need them. So kalauz-query is not linked with them: it carries the code
 * that is (KZI_CARRIED, a shared object) as bytes, and has the loader take these
 * when a query does. It stays one file that can be copied anywhere. Linked instead
 * of tables_linked.c; for one thread. */
#include "store/tables.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"

__asm__(".section .rodata\n"
	".balign 16\n"
	"kzi_carried: .incbin \"" KZI_CARRIED "\"\n"
	"kzi_carried_end: .byte 0\n"
	".previous\n");
extern const char kzi_carried[], kzi_carried_end[];

static int write_all(int fd, const char *at, const char *end)
{
	while (at < end) {
		ssize_t written = write(fd, at, (size_t)(end - at));

		if (written < 0 && errno != EINTR)
			return 0;
		at += written > 0 ? written : 0;
	}
	return 1;
}

/* The loader takes files only: one that is nowhere but in memory. */
static void *load(void)
{
	char path[32];
	void *loaded = NULL;
	int fd = memfd_create("kalauz-xapian", MFD_CLOEXEC);

	if (fd < 0)
		return NULL;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (write_all(fd, kzi_carried, kzi_carried_end))
		loaded = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
	close(fd);
	return loaded;
}

const struct kzi_xapian *kzi_xapian_get(kz_error *err)
{
	static const struct kzi_xapian *xapian;
	void *loaded;

	if (xapian)
		return xapian;
	errno = 0;
	loaded = load();
	if (loaded)
		xapian = dlsym(loaded, "kzi_xapian");
	if (!xapian) {
		const char *reason = dlerror();

		(void)kzi_fail(err, KZ_ERR_IO,
			"libxapian30 cannot be loaded: %s; install it",
			reason ? reason : strerror(errno));
	}
	return xapian;
}
