// out.hh -- a file written from start to end. Private to lib/store.
#ifndef KZI_OUT_HH
#define KZI_OUT_HH

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <unistd.h>

extern "C" {
#include "base/error.h"
}

namespace kzi {

class Out {
	std::string held;
	uint64_t written = 0;

	// It is written in pieces of a huge page, since file systems keep in
	// memory as one what was written as one: a reader who maps it finds a
	// piece at once then, where it would ask for it 64 kilobytes at a time.
	enum { PIECE = 2 << 20 };

	void write(size_t count)
	{
		size_t done = 0;

		while (!failed && done < count) {
			ssize_t put = ::write(
				fd, held.data() + done, count - done);

			if (put < 0 && errno != EINTR)
				failed = true;
			else if (put > 0)
				done += static_cast<size_t>(put);
		}
		written += count;
		held.erase(0, count);
	}

    public:
	std::string path;
	int fd = -1;
	bool failed = false;

	Out() = default;
	Out(const Out &) = delete;
	Out &operator=(const Out &) = delete;

	~Out()
	{
		if (fd >= 0)
			::close(fd);
	}

	// `how`: O_TRUNC or O_EXCL, for a file that may be there or not.
	void open(const std::string &path_, int how = O_TRUNC)
	{
		path = path_;
		fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | how,
			0666);
		failed = fd < 0;
	}

	// Beside `near`, under a name that nothing else has.
	void open_aside(const std::string &near)
	{
		int number = 0;

		do
			open(near + '.' + std::to_string(getpid()) + '-' +
					std::to_string(number) + ".new",
				O_EXCL);
		while (failed && errno == EEXIST && ++number < 100);
	}

	uint64_t length() const
	{
		return written + held.size();
	}

	void flush()
	{
		write(held.size());
	}

	void put(const void *bytes, size_t count)
	{
		held.append(static_cast<const char *>(bytes), count);
		if (held.size() >= PIECE)
			write(held.size() / PIECE * PIECE);
	}

	void align(size_t to)
	{
		held.append(static_cast<size_t>((to - length() % to) % to),
			'\0');
	}

	// Everything so far is on the disk.
	kz_status finish(kz_error *err)
	{
		flush();
		if (!failed && fsync(fd) == 0)
			return KZ_OK;
		return kzi_fail(err, KZ_ERR_IO, "%s: cannot be written: %s",
			path.c_str(), std::strerror(errno));
	}
};

} // namespace kzi

#endif
