// writer.hh -- an index opened for writing, as its files see it. Private to
// lib/store: writer.cc opens and commits, writer_passages.cc adds and removes,
// writer_segments.cc makes segments of postings, writer_words.cc counts words.
#ifndef KZI_WRITER_HH
#define KZI_WRITER_HH

#include <string>
#include <vector>

#include <unistd.h>

#include <xapian.h>

#include "store/bytes.hh"
#include "store/guard.hh"
#include "store/removed.hh"

extern "C" {
#include "store/batch.h"
#include "store/flat.h"
#include "store/record.h"
#include "store/schema.h"
#include "store/segments.h"
#include "store/store.h"
}

namespace kzi {

// A filter that passages are filed under.
struct Filter {
	std::string bytes;
	struct kzi_named term = {};

	explicit Filter(std::string bytes_) : bytes(std::move(bytes_))
	{
	}

	struct kzi_posting posting()
	{
		term.bytes = { bytes.data(), bytes.size() };
		return { &term, 0, 0 };
	}
};

} // namespace kzi

struct kzi_writer {
	std::string path;
	int lock = -1;
	unsigned current = 0;    // The generation readers use; 0: none yet.
	unsigned generation = 0; // The one written to.
	bool rebuilds = false;
	bool in_transaction = false;
	bool is_sealed = false;   // As the files are now (seal.h).
	bool has_changed = false; // Something was begun.
	Xapian::WritableDatabase db;
	struct kzi_state state = {};
	struct kzi_flat_writer *flat = nullptr;
	enum kzi_kind kind = KZI_KIND_NONE;
	std::vector<kzi::Filter> document_filters; // Of the document ...
	std::vector<kzi::Filter> language_filters; // ... and of each language.
	bool is_counted = true; // The document; its first passage does it.
	std::vector<Xapian::docid> gone; // That the vocabulary still counts.
	bool gone_changed = false;
	kzi::Owned<kzi_segments, kzi_segments_close> segments;
	kzi::Owned<kzi_batch, kzi_batch_release> batch; // What is behind them.
	size_t flushed = 0; // Bytes of its records that are written already.
	std::vector<uint64_t> merged; // Files of segments that are no more.
	kzi::Removed removed;
	bool removed_changed = false;

	~kzi_writer()
	{
		kzi_flat_writer_close(flat);
		if (lock >= 0)
			close(lock);
	}
};

namespace kzi {

inline std::string view(struct kzi_string string)
{
	return std::string(string.bytes ? string.bytes : "", string.length);
}

inline std::string generation_folder(const struct kzi_writer *writer)
{
	return writer->path + '/' + std::to_string(writer->generation);
}

// Before anything is changed. All changes between two commits are one
// transaction, so that Xapian may write early, to keep memory small, without
// making anything visible.
void begin(struct kzi_writer *writer);

// Write the records, so that the passages have rows; their postings stay in the
// batch. `is_last`: the run adds no more.
kz_status flush(struct kzi_writer *writer, bool is_last, kz_error *err);

// The end of the run will rewrite the index.
bool needs_rewriting(const struct kzi_writer *writer);

// Make what was added since the last commit a segment, behind the others or
// merged with the last of them; `is_last`: the run ends. Files are synced,
// those that were merged stay until the commit.
kz_status add_segment(struct kzi_writer *writer, bool is_last, kz_error *err);

// After the commit: read the new segment, forget the old ones.
kz_status follow_segments(struct kzi_writer *writer, kz_error *err);

// Remove files of segments that the state does not know: a run that was killed,
// or that failed, left what it had merged, or what it had not committed.
void sweep_segments(const struct kzi_writer *writer);

} // namespace kzi

#endif
