// segments.hh -- struct kzi_segments for what writes. Private to lib/store.
#ifndef KZI_SEGMENTS_HH
#define KZI_SEGMENTS_HH

#include <string>

extern "C" {
#include "store/segments.h"
}

namespace kzi {

struct Segments : kzi_segments {
	Segments() : kzi_segments()
	{
	}

	Segments(const Segments &) = delete;
	Segments &operator=(const Segments &) = delete;

	~Segments()
	{
		kzi_segments_close(this);
	}

	// As kzi_segments_open.
	kz_status open(const std::string &folder, const struct kzi_state &state,
		const char *path, kz_error *err)
	{
		return kzi_segments_open(
			this, folder.c_str(), &state, path, err);
	}
};

} // namespace kzi

#endif
