// settle.cc -- see settle.hh. Terms are in the same order in both, so they are
// merged on the way.
#include "store/settle.hh"

#include <new>
#include <string>
#include <vector>

#include "store/postings.hh"

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

// All terms of words, of both places, in order.
class Terms {
	struct kzi_lists_walk walk;
	bool has_list;
	Xapian::TermIterator at, end;

	void next_list()
	{
		has_list = kzi_lists_next(&walk);
		if (walk.failed)
			throw Xapian::DatabaseCorruptError(
				"postings are damaged");
	}

	void pass_filters()
	{
		if (at != end && (*at)[0] == '_')
			at.skip_to(std::string(1, '_' + 1));
	}

    public:
	std::string term;
	struct kzi_list list = {};

	Terms(const Xapian::Database &db, const struct kzi_lists &lists)
	    : at(db.allterms_begin()), end(db.allterms_end())
	{
		kzi_lists_begin(&walk, &lists);
		next_list();
		pass_filters();
	}

	bool next()
	{
		const std::string settled(walk.term, has_list ? walk.length : 0);
		const std::string other = at != end ? *at : std::string();
		const bool is_settled =
			has_list && (at == end || settled <= other);

		if (!has_list && at == end)
			return false;
		term = is_settled ? settled : other;
		list = is_settled ? walk.list : kzi_list();
		if (is_settled)
			next_list();
		if (term == other) {
			++at;
			pass_filters();
		}
		return true;
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

kz_status kzi::settle(const Xapian::Database &db, const struct kzi_lists &lists,
	const Removed &removed, Out &out, kz_error *err)
{
	std::vector<struct kzi_list_posting> postings;
	Terms terms(db, lists);
	Draft draft;

	while (terms.next()) {
		postings.clear();
		for (Postings at(db, terms.list, terms.term); !at.at_end();
			at.next())
			if (!removed.has(at.passage()))
				postings.push_back(
					{ at.passage(), at.impact() });
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
