// writer.cc -- an index opened for writing.
#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include <unistd.h>

#include <xapian.h>

#include "store/bytes.hh"
#include "store/compact.hh"
#include "store/damaged.hh"
#include "store/guard.hh"
#include "store/removed.hh"
#include "store/segment_write.hh"
#include "store/segments.hh"
#include "store/values.hh"

extern "C" {
#include "base/failpoint.h"
#include "base/buf.h"
#include "store/batch.h"
#include "store/flat.h"
#include "store/folder.h"
#include "store/schema.h"
#include "store/seal.h"
#include "store/store.h"
#include "store/vocabulary.h"
}

using kzi::guarded;

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
	std::vector<std::string> document_terms; // Its filters.
	std::vector<Xapian::docid> gone; // That the vocabulary still counts.
	bool gone_changed = false;
	kzi::Segments segments;
	struct kzi_batch batch = {}; // What is behind them.
	std::vector<uint64_t> merged; // Files of segments that are no more.
	kzi::Removed removed;
	bool removed_changed = false;

	~kzi_writer()
	{
		kzi_batch_release(&batch);
		kzi_flat_writer_close(flat);
		if (lock >= 0)
			close(lock);
	}
};

namespace {

std::string view(struct kzi_string string)
{
	return std::string(string.bytes ? string.bytes : "", string.length);
}

std::string filter_term(enum kzi_filter filter, const char *value, size_t length)
{
	char term[KZI_FILTER_MOST];

	return std::string(
		term, kzi_filter_term(term, filter, value, length));
}

kz_status check_analysis(
	struct kzi_writer *writer, const char *analysis, kz_error *err)
{
	if (!std::strcmp(writer->state.info.analysis, analysis))
		return KZ_OK;
	return kzi_fail(err, KZ_ERR_FORMAT,
		"%s: its words were analysed by another version; index again"
		" with --rebuild",
		writer->path.c_str());
}

std::string generation_folder(const struct kzi_writer *writer)
{
	return writer->path + '/' + std::to_string(writer->generation);
}

// What was sealed must still be so; what a killed run left has no seal. Files
// with other times are sealed anew.
kz_status check_seal(struct kzi_writer *writer, kz_error *err)
{
	int is_moved = 0;
	kz_status status = kzi_seal_check(generation_folder(writer).c_str(),
		KZI_SEAL_WRITER, &is_moved, err);

	writer->is_sealed = status == KZ_OK && !is_moved;
	return status == KZ_END ? KZ_OK : status;
}

// A generation of its own, beside the current one if there is one.
kz_status begin_generation(
	struct kzi_writer *writer, const char *analysis, kz_error *err)
{
	kz_status status;

	writer->generation = writer->current + 1;
	status = kzi_folder_begin(
		writer->path.c_str(), writer->generation, err);
	if (status == KZ_OK)
		std::strncpy(writer->state.info.analysis, analysis,
			sizeof(writer->state.info.analysis) - 1);
	return status;
}

kz_status read_state(struct kzi_writer *writer, kz_error *err)
{
	std::string raw = Xapian::Database(generation_folder(writer))
				  .get_metadata(KZI_STATE_KEY);
	if (kzi_state_get(&writer->state, raw.data(), raw.size()) ==
		KZI_FORMAT)
		return KZ_OK;
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"%s: no state in it; index again with --rebuild",
		writer->path.c_str());
}

kz_status open_current(
	struct kzi_writer *writer, const char *analysis, kz_error *err)
{
	writer->generation = writer->current;
	kz_status status = check_seal(writer, err);
	if (status == KZ_OK)
		status = read_state(writer, err);
	return status == KZ_OK ? check_analysis(writer, analysis, err)
			       : status;
}

void read_gone(struct kzi_writer *writer)
{
	std::string raw = writer->db.get_metadata(KZI_GONE_KEY);
	struct kzi_scan scan = { raw.data(), raw.data() + raw.size(), 0 };

	writer->gone.clear();
	while (scan.at < scan.end)
		writer->gone.push_back(static_cast<Xapian::docid>(
			kzi_scan_varint(&scan)));
}

void write_gone(struct kzi_writer *writer)
{
	kzi::Bytes raw;

	if (!writer->gone_changed)
		return;
	for (Xapian::docid passage : writer->gone)
		kzi_buf_varint(&raw, passage);
	writer->db.set_metadata(KZI_GONE_KEY, raw.string());
	writer->gone_changed = false;
}

// Remove the files of segments that were merged by a run that was killed before it
// could; they are among the last that were written.
void sweep_segments(const struct kzi_writer *writer)
{
	const struct kzi_state &state = writer->state;
	const uint64_t most = 2 * KZI_SEGMENTS_MOST;
	uint64_t file = state.files > most ? state.files - most : 0;
	char name[KZI_SEGMENT_NAME];

	while (++file <= state.files) {
		bool is_used = false;

		for (size_t i = 0; i < state.segment_count; i++)
			is_used |= state.segments[i].file == file;
		if (!is_used && kzi_segment_name(name,
					generation_folder(writer).c_str(), file))
			unlink(name);
	}
}

kz_status open_files(struct kzi_writer *writer, kz_error *err)
{
	std::string folder = generation_folder(writer);

	writer->db = Xapian::WritableDatabase(folder,
		Xapian::DB_CREATE_OR_OPEN | Xapian::DB_NO_TERMLIST |
			Xapian::DB_BACKEND_GLASS);
	read_gone(writer);
	kz_status status = writer->removed.open(
		writer->db, writer->state, writer->path.c_str(), err);
	if (status == KZ_OK)
		status = writer->segments.open(
			folder, writer->state, writer->path.c_str(), err);
	if (status == KZ_OK)
		sweep_segments(writer);
	kzi_flat_writer_close(writer->flat);
	writer->flat = nullptr;
	return status == KZ_OK ? kzi_flat_writer_open(&writer->flat,
					 folder.c_str(), &writer->state, err)
			       : status;
}

// Rewrite the current generation as the next one, without what is dead and with
// its postings in one segment, and make that the current one.
kz_status rewrite(const struct kzi_writer *writer, kz_error *err)
{
	unsigned next = writer->current + 1;
	kz_status status =
		kzi_folder_begin(writer->path.c_str(), next, err);

	if (status == KZ_OK)
		status = kzi::rewrite_generation(generation_folder(writer),
			writer->path + '/' + std::to_string(next),
			writer->path + '/' + std::to_string(next + 1), err);
	KZI_FAILPOINT("sweep-publish");
	return status == KZ_OK
		? kzi_folder_publish(writer->path.c_str(), next, err)
		: status;
}

// Go on with the generation that is current now, and remove the others.
kz_status follow(struct kzi_writer *writer, kz_error *err)
{
	unsigned current;
	kz_status status = kzi_folder_generation(
		writer->path.c_str(), &current, err);

	if (status != KZ_OK)
		return status;
	kzi_folder_sweep(writer->path.c_str(), current);
	if (current == writer->generation)
		return KZ_OK;
	writer->current = writer->generation = current;
	writer->is_sealed = false;
	writer->has_changed = true;
	status = read_state(writer, err);
	return status == KZ_OK ? open_files(writer, err) : status;
}

// A fifth of the postings is of passages that are gone, or it takes no time to
// be without them.
bool is_worn(const struct kzi_writer *writer)
{
	const uint64_t few = 2000;
	uint64_t removed = writer->state.removed;
	uint64_t passages = writer->state.info.passages;

	return removed > passages / 4 || (removed && passages + removed <= few);
}

// Passages that the vocabulary still counts would be missed.
bool needs_rewriting(const struct kzi_writer *writer)
{
	return (kzi_state_is_loose(&writer->state) || is_worn(writer)) &&
		writer->gone.empty();
}

// At the end of a run the index is rewritten where that pays. One that cannot be
// (the disk is full) is as good without, unless it is found to be damaged.
kz_status tidy(struct kzi_writer *writer, kz_error *err)
{
	if (!needs_rewriting(writer))
		return KZ_OK;
	// It may fail before the step that shows it, or behind that.
	kz_status status = guarded(writer->path.c_str(), err,
		[&] { return rewrite(writer, err); });
	if (status == KZ_ERR_CORRUPT)
		return status;
	return follow(writer, err);
}

// Find the current generation; an index that this program cannot read does not
// hinder its rebuilding (one that the system will not read does).
kz_status find_current(struct kzi_writer *writer, kz_error *err)
{
	kz_error found;
	kz_status status = kzi_folder_generation(
		writer->path.c_str(), &writer->current, &found);

	if (status == KZ_OK || status == KZ_ERR_NO_INDEX)
		return KZ_OK;
	if (writer->rebuilds &&
		(status == KZ_ERR_FORMAT || status == KZ_ERR_CORRUPT))
		return KZ_OK;
	if (err)
		*err = found;
	return status;
}

kz_status open_writer(
	struct kzi_writer *writer, const char *analysis, kz_error *err)
{
	kz_status status =
		kzi_folder_lock(writer->path.c_str(), &writer->lock, err);

	if (status == KZ_OK)
		status = find_current(writer, err);
	if (status != KZ_OK)
		return status;
	kzi_folder_sweep(writer->path.c_str(), writer->current);
	if (writer->current == 0 || writer->rebuilds)
		status = begin_generation(writer, analysis, err);
	else
		status = open_current(writer, analysis, err);
	return status == KZ_OK ? open_files(writer, err) : status;
}

void break_seal(struct kzi_writer *writer)
{
	kz_error error;

	if (kzi_seal_break(generation_folder(writer).c_str(), &error) != KZ_OK)
		throw Xapian::DatabaseError(error.message, "", errno);
	writer->is_sealed = false;
	writer->has_changed = true;
}

// All changes between two commits are one transaction, so that Xapian may
// write early, to keep memory small, without making anything visible.
void begin(struct kzi_writer *writer)
{
	if (!writer->in_transaction) {
		break_seal(writer);
		writer->db.begin_transaction(true);
	}
	writer->in_transaction = true;
}

// ---- Segments ----

// What the last segments are merged with when one of `length` bytes comes: those
// of its size, and then those of the size of these, so that an index has few and
// a posting is written few times. `times`: how much larger one may be and still be
// merged. Returns the first of them.
size_t first_to_merge(
	const struct kzi_writer *writer, uint64_t length, uint64_t times)
{
	size_t first = writer->segments.count;

	while (first > 0 &&
		writer->segments.parts[first - 1].length <= times * length)
		length += writer->segments.parts[--first].length;
	return first;
}

// With the fewest writes while a run goes on, and few segments when it is over.
size_t choose_first(
	const struct kzi_writer *writer, uint64_t length, bool is_last)
{
	size_t count = writer->segments.count;

	if (is_last && !needs_rewriting(writer))
		return first_to_merge(writer, length, 4);
	if (count < KZI_SEGMENTS_MOST)
		return count;
	return std::min(count - 1, first_to_merge(writer, length, 1));
}

// The batch as lists, which point into `bytes`.
struct kzi_lists open_batch(struct kzi_writer *writer, kzi::Bytes &bytes)
{
	struct kzi_part part = {};
	struct kzi_lists lists;

	if (!kzi_batch_write(&writer->batch, &bytes))
		throw std::bad_alloc();
	part.bytes = reinterpret_cast<const unsigned char *>(bytes.data);
	part.length = bytes.length;
	if (!kzi_lists_open(&lists, &part))
		kzi::throw_damaged();
	return lists;
}

// Write the segments from `first` on and the batch as one file.
kz_status write_segments(struct kzi_writer *writer, size_t first,
	const struct kzi_lists &batch, kzi::Out &out, kz_error *err)
{
	struct kzi_lists lists[KZI_MERGE_MOST];
	size_t count = 0;

	for (size_t i = first; i < writer->segments.count; i++)
		lists[count++] = writer->segments.lists[i];
	lists[count++] = batch;
	return kzi::write_segment(lists, count, writer->removed, out, err);
}

// What was added since the last commit becomes a segment, behind the others or
// merged with the last of them. Their files are needed until the commit.
kz_status add_segment(struct kzi_writer *writer, bool is_last, kz_error *err)
{
	struct kzi_state &state = writer->state;
	char name[KZI_SEGMENT_NAME];
	kzi::Bytes bytes;
	kzi::Out out;

	if (!writer->batch.count)
		return KZ_OK;
	const struct kzi_lists batch = open_batch(writer, bytes);
	size_t first = choose_first(writer, bytes.length, is_last);
	kzi_segment_name(name, generation_folder(writer).c_str(),
		state.files + 1);
	out.open(name);
	kz_status status = KZ_OK;
	if (first == writer->segments.count)
		out.put(bytes.data, bytes.length);
	else
		status = write_segments(writer, first, batch, out, err);
	if (status == KZ_OK)
		status = out.finish(err);
	KZI_FAILPOINT("segment-written");
	if (status != KZ_OK)
		return status;
	for (size_t i = first; i < writer->segments.count; i++)
		writer->merged.push_back(state.segments[i].file);
	state.segments[first] = { ++state.files, state.rows };
	state.segment_count = first + 1;
	kzi_batch_clear(&writer->batch);
	return KZ_OK;
}

// After the commit: read the new segment, forget the old ones.
kz_status follow_segments(struct kzi_writer *writer, kz_error *err)
{
	const std::string folder = generation_folder(writer);
	char name[KZI_SEGMENT_NAME];

	for (uint64_t file : writer->merged)
		if (kzi_segment_name(name, folder.c_str(), file))
			unlink(name);
	writer->merged.clear();
	return writer->segments.open(
		folder, writer->state, writer->path.c_str(), err);
}

// ---- Commits ----

kz_status commit(struct kzi_writer *writer, bool is_last, kz_error *err)
{
	kzi::Bytes raw;
	kz_status status;

	// A run that finds nothing new leaves the files as they are.
	if (!writer->in_transaction && writer->current == writer->generation)
		return KZ_OK;
	begin(writer);
	status = kzi_flat_flush(writer->flat, &writer->state, err);
	if (status == KZ_OK)
		status = add_segment(writer, is_last, err);
	if (status != KZ_OK)
		return status;
	kzi_state_put(&raw, &writer->state);
	writer->db.set_metadata(KZI_STATE_KEY, raw.string());
	write_gone(writer);
	if (writer->removed_changed)
		writer->removed.write(writer->db);
	writer->removed_changed = false;
	KZI_FAILPOINT("commit-before");
	writer->db.commit_transaction();
	KZI_FAILPOINT("commit-after");
	writer->in_transaction = false;
	status = follow_segments(writer, err);
	if (status != KZ_OK || writer->current != 0)
		return status;
	status = kzi_folder_publish(
		writer->path.c_str(), writer->generation, err);
	if (status == KZ_OK)
		writer->current = writer->generation;
	return status;
}

// Make what was rebuilt the current generation.
kz_status publish(struct kzi_writer *writer, kz_error *err)
{
	if (writer->current == writer->generation)
		return KZ_OK;
	kz_status status = kzi_folder_publish(
		writer->path.c_str(), writer->generation, err);
	if (status == KZ_OK) {
		writer->current = writer->generation;
		kzi_folder_sweep(writer->path.c_str(), writer->current);
	}
	return status;
}

// The end of a run. One that changed nothing only does it where it can.
kz_status seal(struct kzi_writer *writer, kz_error *err)
{
	if (writer->is_sealed)
		return KZ_OK;
	kz_status status = kzi_seal_make(
		generation_folder(writer).c_str(), &writer->state, err);
	writer->is_sealed = status == KZ_OK;
	return writer->has_changed ? status : KZ_OK;
}

} // namespace

extern "C" kz_status kzi_writer_open(struct kzi_writer **out, const char *path,
	int flags, const char *analysis, kz_error *err) noexcept
{
	*out = nullptr;
	return guarded(path, err, [&] {
		std::unique_ptr<kzi_writer> writer(new kzi_writer);

		writer->path = path;
		writer->rebuilds = flags & KZI_WRITER_REBUILD;
		kz_status status = open_writer(writer.get(), analysis, err);
		if (status == KZ_OK)
			*out = writer.release();
		return status;
	});
}

extern "C" void kzi_writer_close(struct kzi_writer *writer) noexcept
{
	if (!writer)
		return;
	(void)guarded(writer->path.c_str(), nullptr, [&] {
		if (writer->in_transaction)
			writer->db.cancel_transaction();
		return KZ_OK;
	});
	delete writer;
}

extern "C" const struct kzi_store_info *kzi_writer_get_info(
	const struct kzi_writer *writer) noexcept
{
	return &writer->state.info;
}

extern "C" size_t kzi_writer_pending(const struct kzi_writer *writer) noexcept
{
	return kzi_flat_pending(writer->flat);
}

extern "C" kz_status kzi_writer_document(struct kzi_writer *writer,
	struct kzi_string source, const struct kzi_document_record *record,
	enum kzi_kind kind, kz_error *err) noexcept
{
	return guarded(writer->path.c_str(), err, [&] {
		auto &terms = writer->document_terms;

		terms.clear();
		terms.push_back(filter_term(
			KZI_FILTER_SOURCE, source.bytes, source.length));
		terms.push_back(filter_term(KZI_FILTER_DOCUMENT,
			record->path.bytes, record->path.length));
		if (record->place.length)
			terms.push_back(filter_term(KZI_FILTER_PLACE,
				record->place.bytes, record->place.length));
		if (kind != KZI_KIND_NONE) {
			char letter = static_cast<char>('0' + kind);

			terms.push_back(
				filter_term(KZI_FILTER_KIND, &letter, 1));
		}
		for (size_t i = 0; i < record->material_count; i++)
			terms.push_back(filter_term(KZI_FILTER_MATERIAL,
				record->materials[i].bytes,
				record->materials[i].length));
		writer->kind = kind;
		writer->state.info.documents++;
		return kzi_flat_add_document(writer->flat, record, err);
	});
}

// Add a passage behind every one that ever had a row: after a rewrite Xapian's
// last number may be a lower one.
static Xapian::docid file_passage(struct kzi_writer *writer)
{
	Xapian::docid behind = static_cast<Xapian::docid>(writer->state.rows);

	if (behind <= writer->db.get_lastdocid() + 1)
		return writer->db.add_document(Xapian::Document());
	writer->db.replace_document(behind, Xapian::Document());
	return behind;
}

// A filter.
static void put_posting(struct kzi_writer *writer, const std::string &term,
	Xapian::docid passage)
{
	kzi_batch_put(&writer->batch, { term.data(), term.size() }, passage, 0);
}

extern "C" kz_status kzi_writer_passage(struct kzi_writer *writer,
	const struct kzi_passage_record *record, int language,
	const struct kzi_posting *postings, size_t count,
	kz_error *err) noexcept
{
	return guarded(writer->path.c_str(), err, [&] {
		char letter = static_cast<char>('a' + language);

		begin(writer);
		Xapian::docid passage = file_passage(writer);
		for (const auto &term : writer->document_terms)
			put_posting(writer, term, passage);
		put_posting(writer,
			filter_term(KZI_FILTER_LANGUAGE, &letter, 1), passage);
		for (size_t i = 0; i < count; i++)
			kzi_batch_put(&writer->batch, postings[i].term,
				passage, postings[i].impact);
		auto &info = writer->state.info;
		info.passages++;
		info.passages_of[language]++;
		info.bytes += record->text.length;
		return kzi_flat_add_passage(writer->flat, passage, record,
			language, writer->kind, err);
	});
}

// ---- Removing ----------------------------------------------------------

namespace {

// Take the passages out of the counts. Those of a document stand together, so
// a document is counted when its number changes.
kz_status uncount(struct kzi_writer *writer,
	const std::vector<Xapian::docid> &passages, kz_error *err)
{
	auto &info = writer->state.info;
	uint64_t last = UINT64_MAX;

	for (Xapian::docid passage : passages) {
		struct kzi_row row;
		kz_status status = kzi_flat_written_row(
			writer->flat, passage, &row, err);

		if (status != KZ_OK)
			return status;
		info.passages--;
		info.passages_of[row.language]--;
		info.bytes -= row.text_length;
		if (row.document != last)
			info.documents--;
		last = row.document;
	}
	return KZ_OK;
}

struct Living {
	const kzi::Removed &removed;
	std::vector<Xapian::docid> passages;

	static int take(void *context, uint32_t passage, uint32_t)
	{
		auto *living = static_cast<Living *>(context);

		if (!living->removed.has(passage))
			living->passages.push_back(passage);
		return 1;
	}
};

std::vector<Xapian::docid> living_passages(
	const struct kzi_writer *writer, const std::string &term)
{
	Living living{ writer->removed, {} };
	const struct kzi_segments &segments = writer->segments;

	for (size_t i = 0; i < segments.count; i++) {
		const struct kzi_list list =
			kzi::find_list(segments.lists[i], term);

		if (!kzi_lists_visit(&list, 1, 0, Living::take, &living))
			kzi::throw_damaged();
	}
	kzi_batch_visit(&writer->batch, { term.data(), term.size() },
		Living::take, &living);
	return living.passages;
}

void bury(struct kzi_writer *writer, Xapian::docid passage)
{
	writer->removed.add(passage);
	writer->removed_changed = true;
	writer->state.removed = writer->removed.count;
	if (passage >= writer->state.counted)
		return;
	writer->gone.push_back(passage);
	writer->gone_changed = true;
}

} // namespace

extern "C" kz_status kzi_writer_remove(struct kzi_writer *writer,
	const char *source, size_t length, kz_error *err) noexcept
{
	return guarded(writer->path.c_str(), err, [&] {
		std::string term =
			filter_term(KZI_FILTER_SOURCE, source, length);

		begin(writer);
		std::vector<Xapian::docid> passages =
			living_passages(writer, term);
		if (passages.empty())
			return KZ_OK;
		kz_status status = KZ_OK;
		if (passages.back() >= writer->state.rows)
			status = kzi_flat_flush(
				writer->flat, &writer->state, err);
		if (status == KZ_OK)
			status = uncount(writer, passages, err);
		for (size_t i = 0; status == KZ_OK && i < passages.size(); i++)
			bury(writer, passages[i]);
		return status;
	});
}

// ---- Values ------------------------------------------------------------

extern "C" kz_status kzi_writer_set(struct kzi_writer *writer,
	struct kzi_string key, struct kzi_string value, kz_error *err) noexcept
{
	return guarded(writer->path.c_str(), err, [&] {
		begin(writer);
		writer->db.set_metadata(
			KZI_VALUE_PREFIX + view(key), view(value));
		return KZ_OK;
	});
}

extern "C" kz_status kzi_writer_values(struct kzi_writer *writer,
	kzi_visit_value *visit, void *context, kz_error *err) noexcept
{
	return guarded(writer->path.c_str(), err, [&] {
		kzi::visit_values(writer->db, visit, context);
		return KZ_OK;
	});
}

// ---- Vocabulary --------------------------------------------------------

namespace {

// Passages shown to a visitor, out of the flat files as they are now.
class Shown {
	struct kzi_flat *flat = nullptr;
	struct Room {
		struct kzi_string raw;
		kzi::Arena arena;
	} passage = {}, document = {};
	struct kzi_document_record record = {};
	uint64_t last = UINT64_MAX; // The document that `record` is of.

	static kz_status fail(const Room &room, kz_error *err)
	{
		return room.arena.failed
			? kzi_fail_memory(err)
			: kzi_fail(err, KZ_ERR_CORRUPT,
				  "a record is damaged; index again with"
				  " --rebuild");
	}

	kz_status read(struct kzi_place place, Room &room, kz_error *err)
	{
		kzi_arena_reset(&room.arena);
		return kzi_flat_read(flat, place, &room.arena, &room.raw, err);
	}

	kz_status read_document(const struct kzi_row &row, kz_error *err)
	{
		kz_status status;

		if (row.document == last)
			return KZ_OK;
		last = UINT64_MAX;
		status = read({ row.document, 0 }, document, err);
		if (status == KZ_OK &&
			!kzi_record_get_document(&record, &document.arena,
				document.raw.bytes, document.raw.length))
			status = fail(document, err);
		if (status == KZ_OK)
			last = row.document;
		return status;
	}

    public:
	~Shown()
	{
		kzi_flat_close(flat);
	}

	kz_status open(const struct kzi_writer *writer, kz_error *err)
	{
		return kzi_flat_open(&flat, generation_folder(writer).c_str(),
			&writer->state, err);
	}

	// KZ_END: the visitor has had enough.
	kz_status show(Xapian::docid number, int change,
		kzi_visit_passage *visit, void *context, kz_error *err)
	{
		struct kzi_passage_record text;
		struct kzi_row row;
		kz_status status = kzi_flat_row(flat, number, &row, err);

		if (status == KZ_OK)
			status = read_document(row, err);
		if (status == KZ_OK)
			status = read(row.place, passage, err);
		if (status != KZ_OK)
			return status;
		if (!kzi_record_get_passage(&text, &passage.arena,
			    passage.raw.bytes, passage.raw.length))
			return fail(passage, err);
		return visit(context, row.language, change, &text,
			       record.title)
			? KZ_OK
			: KZ_END;
	}
};

kz_status show_uncounted(struct kzi_writer *writer, kzi_visit_passage *visit,
	void *context, kz_error *err)
{
	Shown shown;
	kz_status status = shown.open(writer, err);
	Xapian::PostingIterator end = writer->db.postlist_end("");
	Xapian::PostingIterator at = writer->db.postlist_begin("");

	for (size_t i = 0; status == KZ_OK && i < writer->gone.size(); i++)
		status = shown.show(
			writer->gone[i], -1, visit, context, err);
	if (at != end)
		at.skip_to(static_cast<Xapian::docid>(
			writer->state.counted ? writer->state.counted : 1));
	for (; status == KZ_OK && at != end; ++at)
		if (!writer->removed.has(*at))
			status = shown.show(*at, 1, visit, context, err);
	return status == KZ_END ? KZ_OK : status;
}

// The words of the old file and the changes, into the lists.
kz_status merge_vocabulary(struct kzi_writer *writer,
	struct kzi_word_list *lists, kz_error *err)
{
	struct kzi_part file;
	kz_status status = kzi_vocabulary_open(&file,
		generation_folder(writer).c_str(), writer->state.vocabulary,
		err);
	bool is_done = true;

	if (status == KZ_END)
		return kzi_fail(err, KZ_ERR_CORRUPT,
			"%s: its vocabulary is missing; index again with"
			" --rebuild",
			writer->path.c_str());
	for (int i = 0; status == KZ_OK && i < KZI_VOCABULARY_SECTIONS; i++) {
		struct kzi_vocabulary words;

		kzi_vocabulary_walk(&words, &file, i);
		is_done &= kzi_word_list_add_words(&lists[i], &words) != 0;
	}
	if (status == KZ_OK)
		kzi_part_close(&file);
	if (status == KZ_OK && !is_done)
		status = kzi_fail_memory(err);
	return status;
}

kz_status change_vocabulary(struct kzi_writer *writer,
	struct kzi_word_list *lists, kz_error *err)
{
	kz_status status = merge_vocabulary(writer, lists, err);

	if (status == KZ_OK)
		status = kzi_vocabulary_write(
			generation_folder(writer).c_str(),
			writer->state.vocabulary + 1, lists, err);
	if (status != KZ_OK)
		return status;
	writer->state.vocabulary++;
	writer->state.counted = writer->state.rows;
	writer->gone_changed |= !writer->gone.empty();
	writer->gone.clear();
	return KZ_OK;
}

} // namespace

extern "C" kz_status kzi_writer_uncounted(struct kzi_writer *writer,
	kzi_visit_passage *visit, void *context, kz_error *err) noexcept
{
	return guarded(writer->path.c_str(), err, [&] {
		kz_status status = KZ_OK;

		if (writer->in_transaction)
			status = kzi_flat_flush(
				writer->flat, &writer->state, err);
		if (status != KZ_OK ||
			(writer->gone.empty() &&
				writer->state.counted == writer->state.rows))
			return status;
		return show_uncounted(writer, visit, context, err);
	});
}

extern "C" kz_status kzi_writer_count(struct kzi_writer *writer,
	struct kzi_word_list *lists, kz_error *err) noexcept
{
	return guarded(writer->path.c_str(), err, [&] {
		if (writer->gone.empty() &&
			writer->state.counted == writer->state.rows)
			return KZ_OK;
		begin(writer);
		return change_vocabulary(writer, lists, err);
	});
}

// ---- Committing --------------------------------------------------------

extern "C" kz_status kzi_writer_commit(
	struct kzi_writer *writer, kz_error *err) noexcept
{
	return guarded(writer->path.c_str(), err,
		[&] { return commit(writer, false, err); });
}

extern "C" kz_status kzi_writer_publish(
	struct kzi_writer *writer, kz_error *err) noexcept
{
	return guarded(writer->path.c_str(), err, [&] {
		kz_status status = commit(writer, true, err);

		// The last but one is of use to nobody.
		if (status == KZ_OK && writer->state.vocabulary > 2)
			kzi_vocabulary_remove(generation_folder(writer).c_str(),
				writer->state.vocabulary - 2);
		if (status == KZ_OK)
			status = publish(writer, err);
		if (status == KZ_OK)
			status = tidy(writer, err);
		return status == KZ_OK ? seal(writer, err) : status;
	});
}
