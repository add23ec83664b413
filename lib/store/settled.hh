// settled.hh -- struct kzi_settled for what writes. Private to lib/store.
#ifndef KZI_SETTLED_HH
#define KZI_SETTLED_HH

#include <string>

#include "store/postings.hh"

extern "C" {
#include "store/settled.h"
}

namespace kzi {

struct Settled : kzi_settled {
	Settled() : kzi_settled()
	{
	}

	Settled(const Settled &) = delete;
	Settled &operator=(const Settled &) = delete;

	~Settled()
	{
		kzi_settled_close(this);
	}

	// As kzi_settled_open.
	kz_status open(const std::string &folder, const struct kzi_state &state,
		const char *path, kz_error *err)
	{
		return kzi_settled_open(this, folder.c_str(), &state, path, err);
	}

	struct kzi_list list_of(const std::string &term) const
	{
		return find_list(lists, term);
	}
};

} // namespace kzi

#endif
