/* tables_carried.c -- Xapian, for a program that mostly does without it.
 *
 * To load libxapian and the C++ library takes longer than to answer a query
 * that does not need them. So kalauz-query is not linked with them: it carries
 * the code that is (KZI_CARRIED, a shared object) as bytes, and has the loader
 * take these when a query does. It stays one file that can be copied anywhere.
 * Linked instead of tables_linked.c; for one thread. */
#include "store/tables.h"

#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
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

/* The loader takes files only: one that is nowhere but in memory. A limit on
 * the size of files (ulimit -f) holds for it too, and must not end the program.
 * Returns -1 with errno set. */
static int make_file(void)
{
	void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
	int fd = memfd_create("kalauz-xapian", MFD_CLOEXEC);

	if (fd >= 0 && !write_all(fd, kzi_carried, kzi_carried_end)) {
		int reason = errno;

		close(fd);
		errno = reason;
		fd = -1;
	}
	(void)signal(SIGXFSZ, handler);
	return fd;
}

static const struct kzi_xapian *load(kz_error *err)
{
	const struct kzi_xapian *xapian = NULL;
	char path[32];
	void *loaded;
	int fd = make_file();

	if (fd < 0) {
		(void)kzi_fail(err, KZ_ERR_IO,
			"Xapian cannot be loaded: %s; free some memory and"
			" files",
			strerror(errno));
		return NULL;
	}
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	loaded = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (loaded)
		xapian = dlsym(loaded, "kzi_xapian");
	if (!xapian)
		(void)kzi_fail(err, KZ_ERR_IO,
			"Xapian cannot be loaded: %s; libxapian30 must be"
			" installed, and /proc be there",
			dlerror());
	close(fd);
	return xapian;
}

const struct kzi_xapian *kzi_xapian_get(kz_error *err)
{
	static const struct kzi_xapian *xapian;

	if (!xapian)
		xapian = load(err);
	return xapian;
}
