// removed.hh -- passages that are gone while their postings are still there.
//
// Without a list of the terms of each passage, which would be two fifths of an
// index, postings cannot be taken out one by one. So a passage that is removed
// is only written down, readers pass over it, and an index with too many of them
// is rewritten (compact.hh).
#ifndef KZI_REMOVED_HH
#define KZI_REMOVED_HH

#include <string>
#include <vector>

#include <xapian.h>

#include "store/bytes.hh"

extern "C" {
#include "base/error.h"
#include "store/record.h"
#include "store/schema.h"
}

namespace kzi {

class Removed {
	std::vector<bool> marks; // By the number of the passage.
	size_t marked = 0;

	// As it is kept in the metadata: varints, each the distance from the one
	// before. What is damaged, or leads behind the rows, ends the list.
	void read(const Xapian::Database &db, uint64_t rows)
	{
		const std::string raw = db.get_metadata(KZI_REMOVED_KEY);
		struct kzi_scan scan = { raw.data(), raw.data() + raw.size(), 0 };
		uint64_t passage = 0;

		while (scan.at < scan.end) {
			passage += kzi_scan_varint(&scan);
			if (scan.failed || passage >= rows ||
				passage >= UINT32_MAX)
				break;
			add(static_cast<Xapian::docid>(passage));
		}
	}

    public:
	bool has(Xapian::docid passage) const
	{
		return passage < marks.size() && marks[passage];
	}

	size_t count() const
	{
		return marked;
	}

	void add(Xapian::docid passage)
	{
		if (passage >= marks.size())
			marks.resize(passage + 1);
		marked += !marks[passage];
		marks[passage] = true;
	}

	// Read what the state says is removed. A state that disagrees with it or
	// with the tables is damage: passages that are gone would be shown.
	kz_status open(const Xapian::Database &db, const struct kzi_state &state,
		const char *path, kz_error *err)
	{
		uint64_t passages = state.info.passages;

		marks.clear();
		marked = 0;
		if (state.removed)
			read(db, state.rows);
		if (marked == state.removed &&
			db.get_doccount() == passages + marked)
			return KZ_OK;
		return kzi_fail(err, KZ_ERR_CORRUPT,
			"%s: holds %llu passages, %llu of them removed; its"
			" state says %llu and %llu; index again with --rebuild",
			path, (unsigned long long)db.get_doccount(),
			(unsigned long long)marked,
			(unsigned long long)(passages + state.removed),
			(unsigned long long)state.removed);
	}

	void write(Xapian::WritableDatabase &db) const
	{
		Bytes raw;
		size_t last = 0;

		for (size_t passage = 0; passage < marks.size(); passage++)
			if (marks[passage]) {
				kzi_buf_varint(&raw, passage - last);
				last = passage;
			}
		db.set_metadata(KZI_REMOVED_KEY, raw.string());
	}
};

// What the matcher asks: is it alive?
class Living : public Xapian::MatchDecider {
	const Removed &removed;

    public:
	explicit Living(const Removed &removed_) : removed(removed_)
	{
	}

	bool operator()(const Xapian::Document &document) const override
	{
		return !removed.has(document.get_docid());
	}
};

} // namespace kzi

#endif
