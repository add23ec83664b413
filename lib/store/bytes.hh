// bytes.hh -- a buffer (base/buf.h) that is released at the end of its scope.
#ifndef KZI_BYTES_HH
#define KZI_BYTES_HH

#include <new>
#include <string>

extern "C" {
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

} // namespace kzi

#endif
