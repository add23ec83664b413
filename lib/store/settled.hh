// settled.hh -- the settled postings of a generation. Private to lib/store.
#ifndef KZI_SETTLED_HH
#define KZI_SETTLED_HH

#include <string>
#include <utility>

#include <xapian.h>

#include "store/postings.hh"

extern "C" {
#include "base/error.h"
#include "store/lists.h"
#include "store/part.h"
#include "store/record.h"
#include "store/schema.h"
}

namespace kzi {

class Settled {
	struct kzi_part part = {};
	bool is_mine = false; // The part was opened here.

	void close()
	{
		if (is_mine)
			kzi_part_close(&part);
		is_mine = false;
	}

	kz_status look(const char *path, const char *remedy, kz_error *err)
	{
		if (kzi_lists_open(&lists, &part))
			return KZ_OK;
		return kzi_fail(err, KZ_ERR_CORRUPT,
			"%s: its postings are damaged; %s", path, remedy);
	}

    public:
	struct kzi_lists lists = {};

	Settled() = default;
	Settled(const Settled &) = delete;
	Settled &operator=(const Settled &) = delete;

	~Settled()
	{
		close();
	}

	void swap(Settled &other)
	{
		std::swap(part, other.part);
		std::swap(is_mine, other.is_mine);
		std::swap(lists, other.lists);
	}

	// Open the file in the folder of a generation, if its state knows one.
	// `path` is for messages.
	kz_status open(const std::string &folder, const struct kzi_state &state,
		const char *path, kz_error *err)
	{
		const std::string name = folder + "/" KZI_POSTINGS_FILE;

		close();
		lists = {};
		if (!state.settled)
			return KZ_OK;
		kz_status status =
			kzi_part_open(&part, name.c_str(), UINT64_MAX, err);
		is_mine = status == KZ_OK;
		if (is_mine)
			kzi_part_scatter(&part);
		if (status == KZ_END)
			return kzi_fail(err, KZ_ERR_CORRUPT,
				"%s: its postings are missing; index again"
				" with --rebuild",
				path);
		return status == KZ_OK
			? look(path, "index again with --rebuild", err)
			: status;
	}

	// Use a section of a file, which stays the caller's.
	kz_status use(
		const struct kzi_part &section, const char *path, kz_error *err)
	{
		close();
		part = section;
		return look(path,
			"make it again with kalauz-index --compact", err);
	}

	// The list of a term. Throws where the file is damaged.
	struct kzi_list list_of(const std::string &term) const
	{
		struct kzi_list list;

		if (!kzi_lists_find(&lists, term.data(), term.size(), &list))
			throw_damaged();
		return list;
	}

	// The same, of which much will be read.
	struct kzi_list list_to_read(const std::string &term)
	{
		const struct kzi_list list = list_of(term);

		if (list.count > KZI_LIST_BLOCK)
			kzi_part_gather(&part,
				static_cast<uint64_t>(list.at - part.bytes),
				static_cast<size_t>(list.end - list.at));
		return list;
	}
};

} // namespace kzi

#endif
