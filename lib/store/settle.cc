// settle.cc -- see settle.hh.
#include "store/settle.hh"

#include <new>
#include <vector>

#include "store/postings.hh"
#include "store/terms.hh"

extern "C" {
#include "store/store.h"
}

namespace {

struct Draft : kzi_lists_draft {
	Draft() : kzi_lists_draft()
	{
	}

	Draft(const Draft &) = delete;
	Draft &operator=(const Draft &) = delete;

	~Draft()
	{
		kzi_lists_draft_release(this);
	}
};

// The postings of the term at hand, but for passages that are removed.
void collect(const Xapian::Database &db, const kzi::Terms &terms,
	const kzi::Removed &removed,
	std::vector<struct kzi_list_posting> &postings)
{
	postings.clear();
	for (kzi::Postings at(db, terms.list, terms.term); !at.at_end();
		at.next()) {
		if (removed.has(at.passage()))
			continue;
		// What is damaged must not come out as if it were whole.
		if (at.impact() > KZI_IMPACT_MOST ||
			(!postings.empty() &&
				at.passage() <= postings.back().passage))
			kzi::throw_damaged();
		postings.push_back({ at.passage(), at.impact() });
	}
}

void hand_over(Draft &draft, kzi::Out &out)
{
	if (draft.out.failed)
		throw std::bad_alloc();
	out.put(draft.out.data, draft.out.length);
	kzi_lists_taken(&draft);
}

} // namespace

kz_status kzi::settle(const Xapian::Database &db, const struct kzi_lists &lists,
	const Removed &removed, Out &out, kz_error *err)
{
	std::vector<struct kzi_list_posting> postings;
	Terms terms(db, lists);
	Draft draft;

	while (terms.next()) {
		collect(db, terms, removed, postings);
		if (!postings.empty())
			kzi_lists_put(&draft, terms.term.data(),
				terms.term.size(), postings.data(),
				postings.size());
		hand_over(draft, out);
	}
	if (!kzi_lists_finish(&draft))
		return kzi_fail_memory(err);
	hand_over(draft, out);
	return KZ_OK;
}
