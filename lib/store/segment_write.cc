// segment_write.cc -- see segment_write.hh.
#include "store/segment_write.hh"

#include <new>
#include <vector>

#include "store/bytes.hh"
#include "store/damaged.hh"

extern "C" {
#include "store/merge.h"
}

namespace {

using Draft = kzi::Owned<kzi_lists_draft, kzi_lists_draft_release>;

// The postings of a term, but for passages that are removed.
struct Living {
	const struct kzi_removed &removed;
	std::vector<struct kzi_list_posting> postings;
	bool is_damaged = false;

	// What is damaged must not come out as if it were whole.
	static int take(void *context, uint32_t passage, uint32_t impact)
	{
		auto *living = static_cast<Living *>(context);
		auto &postings = living->postings;

		if (kzi_removed_has(&living->removed, passage))
			return 1;
		living->is_damaged |= impact > KZI_IMPACT_MOST ||
			(!postings.empty() &&
				passage <= postings.back().passage);
		postings.push_back({ passage, impact });
		return !living->is_damaged;
	}

	void collect(const struct kzi_merge &merge)
	{
		postings.clear();
		if (!kzi_lists_visit(
			    merge.lists, merge.count, 0, take, this) ||
			is_damaged)
			kzi::throw_damaged();
	}
};

void hand_over(Draft &draft, kzi::Out &out)
{
	if (draft.out.failed)
		throw std::bad_alloc();
	out.put(draft.out.data, draft.out.length);
	kzi_lists_taken(&draft);
}

} // namespace

kz_status kzi::write_segment(const struct kzi_lists *lists, size_t count,
	const struct kzi_removed &removed, Out &out, kz_error *err)
{
	struct kzi_merge merge;
	Living living{ removed, {} };
	Draft draft;

	kzi_merge_begin(&merge, lists, count, "", 0);
	while (kzi_merge_next(&merge)) {
		living.collect(merge);
		if (!living.postings.empty())
			kzi_lists_put(&draft, merge.term, merge.length,
				living.postings.data(),
				living.postings.size());
		hand_over(draft, out);
	}
	if (merge.failed)
		throw_damaged();
	if (!kzi_lists_finish(&draft))
		return kzi_fail_memory(err);
	hand_over(draft, out);
	return KZ_OK;
}
