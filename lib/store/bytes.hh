// bytes.hh -- structs of C that are released at the end of their scope; a
// buffer (base/buf.h) and an arena (base/arena.h) are.
#ifndef KZI_BYTES_HH
#define KZI_BYTES_HH

#include <new>
#include <string>

extern "C" {
#include "base/arena.h"
#include "base/buf.h"
}

namespace kzi {

// One of zeros, which are a valid empty one.
template <typename Struct, void (*release)(Struct *)> struct Owned : Struct {
	Owned() : Struct()
	{
	}

	Owned(const Owned &) = delete;
	Owned &operator=(const Owned &) = delete;

	~Owned()
	{
		release(this);
	}
};

struct Bytes : Owned<kzi_buf, kzi_buf_release> {
	// Throws std::bad_alloc if something could not be appended.
	std::string string() const
	{
		if (failed)
			throw std::bad_alloc();
		return length ? std::string(data, length) : std::string();
	}
};

using Arena = Owned<kzi_arena, kzi_arena_release>;

} // namespace kzi

#endif
