// bytes.hh -- a buffer (base/buf.h) and an arena (base/arena.h) that are released
// at the end of their scope.
#ifndef KZI_BYTES_HH
#define KZI_BYTES_HH

#include <new>
#include <string>

extern "C" {
#include "base/arena.h"
#include "base/buf.h"
}

namespace kzi {

struct Bytes : kzi_buf {
	Bytes() : kzi_buf()
	{
	}

	Bytes(const Bytes &) = delete;
	Bytes &operator=(const Bytes &) = delete;

	~Bytes()
	{
		kzi_buf_release(this);
	}

	// Throws std::bad_alloc if something could not be appended.
	std::string string() const
	{
		if (failed)
			throw std::bad_alloc();
		return length ? std::string(data, length) : std::string();
	}
};

struct Arena : kzi_arena {
	Arena() : kzi_arena()
	{
	}

	Arena(const Arena &) = delete;
	Arena &operator=(const Arena &) = delete;

	~Arena()
	{
		kzi_arena_release(this);
	}
};

} // namespace kzi

#endif
