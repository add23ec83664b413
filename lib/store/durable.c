/* durable.c -- see durable.h. */
#include "store/durable.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int kzi_durable_names(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int done = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return done;
}

int kzi_durable_write(const char *file, const char *text)
{
	size_t length = strlen(text);
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	int done = fd >= 0 && write(fd, text, length) == (ssize_t)length &&
		fsync(fd) == 0;

	if (fd >= 0 && close(fd) != 0)
		done = 0;
	return done;
}
