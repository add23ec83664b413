// reader.hh -- an index opened for reading, as its files see it. Private to
// lib/store: reader.cc opens and reads, match.cc asks, check_store.cc verifies.
#ifndef KZI_READER_HH
#define KZI_READER_HH

#include <string>

#include <xapian.h>

#include "store/bytes.hh"
#include "store/removed.hh"
#include "store/settled.hh"

extern "C" {
#include "base/alloc.h"
#include "store/container.h"
#include "store/flat.h"
#include "store/store.h"
}

struct kzi_store {
	std::string path;
	std::string folder; // Of the generation.
	unsigned generation = 0;
	enum kz_verify verify = KZ_VERIFY_CHANGED;
	Xapian::Database db;
	struct kzi_state state = {};
	kzi::Removed removed;
	struct kzi_flat *flat = nullptr;
	kzi::Settled settled;
	struct kzi_part vocabulary = {}; // Mapped when asked for.
	struct kzi_container container = {}; // If it is one file.
	kzi::Arena scratch; // Of a match.
	struct kzi_window *window = nullptr;

	bool is_file() const
	{
		return container.bytes != nullptr;
	}

	// Passages were added since postings were settled.
	bool has_unsettled() const
	{
		return state.rows > state.settled;
	}

	bool is_half_settled() const
	{
		return state.settled && has_unsettled();
	}

	kzi_store() = default;
	kzi_store(const kzi_store &) = delete;
	kzi_store &operator=(const kzi_store &) = delete;

	~kzi_store()
	{
		kzi_free(window);
		kzi_flat_close(flat);
		if (is_file())
			kzi_container_close(&container);
		else
			kzi_part_close(&vocabulary);
	}
};

#endif
