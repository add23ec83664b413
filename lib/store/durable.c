/* durable.c -- see durable.h. */
#include "store/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int kzi_durable_names(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int done = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return done;
}

int kzi_durable_put_some(
	int fd, const void *bytes, size_t length, uint64_t offset)
{
	const char *at = bytes;

	while (length > 0) {
		ssize_t put = pwrite(fd, at, length, (off_t)offset);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return 0;
		at += put;
		length -= (size_t)put;
		offset += (uint64_t)put;
	}
	return 1;
}

int kzi_durable_put(int fd, const void *bytes, size_t length, uint64_t offset)
{
	return kzi_durable_put_some(fd, bytes, length, offset) &&
		fsync(fd) == 0;
}

int kzi_durable_write(const char *file, const void *bytes, size_t length)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	int done = fd >= 0 && kzi_durable_put(fd, bytes, length, 0);

	if (fd >= 0 && close(fd) != 0)
		done = 0;
	return done;
}
