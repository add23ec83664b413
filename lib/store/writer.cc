// writer.cc -- an index opened for writing.
#include "store/writer.hh"

#include <cerrno>
#include <cstring>
#include <memory>

#include "store/compact.hh"
#include "store/damaged.hh"
#include "store/values.hh"

extern "C" {
#include "base/failpoint.h"
#include "store/folder.h"
#include "store/seal.h"
#include "store/vocabulary.h"
}

using kzi::begin;
using kzi::generation_folder;
using kzi::guarded;
using kzi::needs_rewriting;
using kzi::view;

namespace {

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

	return kzi_state_read(&writer->state, raw.data(), raw.size(),
		writer->path.c_str(), err);
}

kz_status open_current(
	struct kzi_writer *writer, const char *analysis, kz_error *err)
{
	writer->generation = writer->current;
	kz_status status = check_seal(writer, err);
	if (status == KZ_OK)
		status = read_state(writer, err);
	return status == KZ_OK
		? kzi_state_check_analysis(&writer->state, analysis,
			  writer->path.c_str(), err)
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
	if (scan.failed)
		kzi::throw_damaged();
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
		status = kzi_segments_open(&writer->segments, folder.c_str(),
			&writer->state, writer->path.c_str(), err);
	if (status == KZ_OK)
		kzi::sweep_segments(writer);
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

// At the end of a run the index is rewritten where that pays. One that cannot
// be (the disk is full) is as good without, unless it is found to be damaged.
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

// ---- Commits ----------------------------------------------------------

kz_status commit(struct kzi_writer *writer, bool is_last, kz_error *err)
{
	kzi::Bytes raw;
	kz_status status;

	// A run that finds nothing new leaves the files as they are.
	if (!writer->in_transaction && writer->current == writer->generation)
		return KZ_OK;
	begin(writer);
	status = kzi::flush(writer, is_last, err);
	if (status == KZ_OK)
		status = kzi::add_segment(writer, is_last, err);
	if (status != KZ_OK)
		return status;
	writer->flushed = 0;
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
	status = kzi::follow_segments(writer, err);
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

void kzi::begin(struct kzi_writer *writer)
{
	if (!writer->in_transaction) {
		break_seal(writer);
		writer->db.begin_transaction(true);
	}
	writer->in_transaction = true;
}

kz_status kzi::flush(struct kzi_writer *writer, bool is_last, kz_error *err)
{
	size_t pending = kzi_flat_pending(writer->flat);
	kz_status status = kzi_flat_flush(
		writer->flat, &writer->state, is_last, err);

	if (status == KZ_OK)
		writer->flushed += pending;
	return status;
}

// A fifth of the postings is of passages that are gone, or it takes no time to
// be without them.
static bool is_worn(const struct kzi_writer *writer)
{
	const uint64_t few = 2000;
	uint64_t removed = writer->state.removed;
	uint64_t passages = writer->state.info.passages;

	return removed > passages / 4 || (removed && passages + removed <= few);
}

// Passages that the vocabulary still counts would be missed.
bool kzi::needs_rewriting(const struct kzi_writer *writer)
{
	return (kzi_state_is_loose(&writer->state) || is_worn(writer)) &&
		writer->gone.empty();
}

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
	return writer->flushed + kzi_flat_pending(writer->flat);
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
