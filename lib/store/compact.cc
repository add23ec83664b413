// compact.cc -- an index rewritten without what is dead and with its postings
// in one segment: as one file to read (container.h), or as a new generation
// (compact.hh).
//
// Passages keep their numbers; records move together, and the rows say where
// they are now. Rows of passages that are gone become zeros.
#include "store/compact.hh"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

#include <xapian.h>

#include "store/bytes.hh"
#include "store/guard.hh"
#include "store/copy_bare.hh"
#include "store/out.hh"
#include "store/removed.hh"
#include "store/segment_write.hh"

extern "C" {
#include "base/buf.h"
#include "base/failpoint.h"
#include "store/container.h"
#include "store/durable.h"
#include "store/flat.h"
#include "store/folder.h"
#include "store/pack.h"
#include "store/schema.h"
#include "store/seal.h"
#include "store/segments.h"
#include "store/store.h"
#include "store/vocabulary.h"
}

using kzi::guarded;
using kzi::Out;

namespace {

// ---- What is read -------------------------------------------------------

struct Source {
	Xapian::Database db;
	struct kzi_state state = {};
	kzi::Removed removed;
	struct kzi_flat *flat = nullptr;
	struct kzi_part vocabulary = {};
	kzi::Owned<kzi_segments, kzi_segments_close> segments;

	Source() = default;
	Source(const Source &) = delete;
	Source &operator=(const Source &) = delete;

	~Source()
	{
		kzi_flat_close(flat);
		kzi_part_close(&vocabulary);
	}

	// A run has committed since.
	bool has_moved(const std::string &folder) const
	{
		return Xapian::Database(folder, Xapian::DB_BACKEND_GLASS)
			       .get_revision() != db.get_revision();
	}

	kz_status open(const std::string &folder, kz_error *err)
	{
		db = Xapian::Database(folder, Xapian::DB_BACKEND_GLASS);
		std::string raw = db.get_metadata(KZI_STATE_KEY);
		kz_status status = kzi_state_read(&state, raw.data(),
			raw.size(), folder.c_str(), err);

		if (status != KZ_OK)
			return status;
		status = removed.open(db, state, folder.c_str(), err);
		if (status == KZ_OK)
			status = kzi_flat_open(
				&flat, folder.c_str(), &state, err);
		if (status == KZ_OK)
			status = kzi_vocabulary_open(&vocabulary,
				folder.c_str(), state.vocabulary, err);
		if (status == KZ_OK)
			status = kzi_segments_open(&segments, folder.c_str(),
				&state, folder.c_str(), err);
		// Another run has moved on, and took it away.
		return status == KZ_END ||
				(status == KZ_ERR_CORRUPT && has_moved(folder))
			? kzi_fail(err, KZ_ERR_STALE,
				  "%s: being written; try again",
				  folder.c_str())
			: status;
	}
};

// ---- What is written ----------------------------------------------------

// Records packed anew, with a dictionary that is trained on all of them.
class Packing {
	struct kzi_packer *packer = kzi_packer_new(KZI_PACK_WELL);

    public:
	kzi::Bytes dictionary, packed;
	kzi::Arena arena; // Of the record at hand, which is raw.
	struct kzi_string raw = {};

	Packing()
	{
		if (!packer)
			throw std::bad_alloc();
	}

	~Packing()
	{
		kzi_packer_free(packer);
	}

	void train(struct kzi_sample *sample, uint64_t length)
	{
		kzi_sample_train(sample, length, &dictionary);
		if (dictionary.failed ||
			(dictionary.length &&
				!kzi_packer_use(packer, dictionary.data,
					dictionary.length)))
			throw std::bad_alloc();
	}

	void pack()
	{
		kzi_pack(packer, &packed, raw.bytes, raw.length);
		if (packed.failed)
			throw std::bad_alloc();
	}
};

// The records of living passages, put together, and their rows.
class Copy {
	const Source &from;
	Out &out;
	uint64_t start;             // Where the text begins in `out`.
	uint64_t last = UINT64_MAX; // A document, where it was ...
	uint64_t last_now = 0;      // ... and is.
	Packing packing;

	template <typename Visit> kz_status each_living(Visit visit)
	{
		kz_status status = KZ_OK;
		Xapian::PostingIterator end = from.db.postlist_end("");

		for (auto at = from.db.postlist_begin("");
			status == KZ_OK && at != end; ++at)
			if (!from.removed.has(*at))
				status = visit(*at);
		return status;
	}

	kz_status read(struct kzi_place place, kz_error *err)
	{
		kzi_arena_reset(&packing.arena);
		return kzi_flat_read(
			from.flat, place, &packing.arena, &packing.raw, err);
	}

	kz_status add(struct kzi_sample *sample, Xapian::docid passage,
		kz_error *err)
	{
		struct kzi_row row;
		kz_status status =
			kzi_flat_row(from.flat, passage, &row, err);

		if (status == KZ_OK)
			status = read(row.place, err);
		if (status == KZ_OK)
			kzi_sample_add(sample, packing.raw.bytes,
				packing.raw.length);
		return status;
	}

	kz_status make_dictionary(kz_error *err)
	{
		struct kzi_sample sample = {};
		const uint64_t length = state.info.bytes;
		const size_t every = kzi_sample_every(length);
		size_t seen = 0;
		kz_status status = each_living([&](Xapian::docid passage) {
			return seen++ % every ? KZ_OK
					      : add(&sample, passage, err);
		});

		if (status == KZ_OK)
			packing.train(&sample, length);
		kzi_sample_release(&sample);
		return status;
	}

	// Documents tell their own length.
	kz_status copy_record(
		struct kzi_place *place, bool is_document, kz_error *err)
	{
		kz_status status = read(*place, err);

		if (status != KZ_OK)
			return status;
		packing.pack();
		place->offset = out.length() - start;
		place->length = static_cast<uint32_t>(packing.packed.length);
		if (is_document) {
			kzi::Bytes length;

			kzi_buf_varint(&length, place->length);
			if (length.failed)
				throw std::bad_alloc();
			out.put(length.data, length.length);
		}
		out.put(packing.packed.data, packing.packed.length);
		return KZ_OK;
	}

	kz_status copy_passage(Xapian::docid passage, kz_error *err)
	{
		struct kzi_row row;
		kz_status status =
			kzi_flat_row(from.flat, passage, &row, err);

		if (status == KZ_OK && row.document != last) {
			struct kzi_place document = { row.document, 0 };

			last = row.document;
			status = copy_record(&document, true, err);
			last_now = document.offset;
		}
		if (status == KZ_OK)
			status = copy_record(&row.place, false, err);
		if (status != KZ_OK)
			return status;
		row.document = last_now;
		kzi_row_put(&rows[passage * size_t{ KZI_ROW_BYTES }], &row);
		return KZ_OK;
	}

    public:
	struct kzi_state state;
	std::vector<unsigned char> rows;

	Copy(const Source &from_, Out &out_)
	    : from(from_), out(out_), start(out_.length()), state(from_.state),
	      rows(static_cast<size_t>(from_.state.rows) * KZI_ROW_BYTES)
	{
	}

	kz_status run(kz_error *err)
	{
		kz_status status = make_dictionary(err);

		out.put(packing.dictionary.data, packing.dictionary.length);
		state.dictionary = 0;
		state.dictionary_length = packing.dictionary.length;
		state.removed = 0;
		state.rewritten = state.rows;
		state.files = state.segment_count = state.rows > 1;
		state.segments[0] = { 1, state.rows };
		if (status == KZ_OK)
			status = each_living([&](Xapian::docid passage) {
				return copy_passage(passage, err);
			});
		state.text_length = out.length() - start;
		return status;
	}

	std::string packed_state() const
	{
		kzi::Bytes raw;

		kzi_state_put(&raw, &state);
		return raw.string();
	}
};

// ---- One file -----------------------------------------------------------

// A folder for the moment, once it is made.
class Scratch {
	bool is_made = false;

    public:
	const std::string path;

	explicit Scratch(const std::string &path_) : path(path_)
	{
	}

	void make()
	{
		if (mkdir(path.c_str(), 0777) != 0)
			throw Xapian::DatabaseCreateError(path, "", errno);
		is_made = true;
	}

	Scratch(const Scratch &) = delete;
	Scratch &operator=(const Scratch &) = delete;

	~Scratch()
	{
		if (is_made)
			kzi_folder_remove(path.c_str());
	}
};

// What stays in Xapian's tables, in `scratch`.
Xapian::Database living_tables(const Source &source, Scratch &scratch)
{
	scratch.make();
	kzi::copy_bare(source.db, source.removed, scratch.path);
	return Xapian::Database(scratch.path);
}

kz_status put_postings(const Source &source, Out &out, kz_error *err)
{
	return kzi::write_segment(source.segments.lists, source.segments.count,
		source.removed, out, err);
}

kz_status put_sections(const Source &source, Out &out,
	struct kzi_extent sections[KZI_SECTIONS], kz_error *err)
{
	auto put = [&](enum kzi_section section, const void *bytes,
			   size_t length) {
		out.align(KZI_SECTION_ALIGN);
		sections[section] = { out.length(), length, length, 0 };
		if (length)
			out.put(bytes, length);
	};
	char head[KZI_CONTAINER_HEAD] = {};

	out.put(head, sizeof(head));
	out.align(KZI_SECTION_ALIGN);
	Copy copy(source, out);
	sections[KZI_SECTION_TEXT].offset = out.length();
	kz_status status = copy.run(err);
	if (status != KZ_OK)
		return status;
	sections[KZI_SECTION_TEXT].length = copy.state.text_length;
	sections[KZI_SECTION_TEXT].summed = copy.state.dictionary_length;
	std::string state = copy.packed_state();
	put(KZI_SECTION_ROWS, copy.rows.data(), copy.rows.size());
	put(KZI_SECTION_STATE, state.data(), state.size());
	put(KZI_SECTION_VOCABULARY, source.vocabulary.bytes,
		source.vocabulary.length);
	put(KZI_SECTION_POSTINGS, nullptr, 0);
	status = put_postings(source, out, err);
	if (status != KZ_OK)
		return status;
	struct kzi_extent &postings = sections[KZI_SECTION_POSTINGS];
	postings.length = postings.summed = out.length() - postings.offset;
	out.align(KZI_SECTION_ALIGN);
	sections[KZI_SECTION_TABLES].offset = out.length();
	return out.finish(err);
}

// Sums are of what is in the file, so the sections must be there.
kz_status put_head(Out &out, const char *file,
	struct kzi_extent sections[KZI_SECTIONS], kz_error *err)
{
	char head[KZI_CONTAINER_HEAD];
	struct kzi_extent &tables = sections[KZI_SECTION_TABLES];
	struct stat status;

	if (fstat(out.fd, &status) != 0)
		out.failed = true;
	tables.length = static_cast<uint64_t>(status.st_size) - tables.offset;
	tables.summed = tables.length;
	for (int i = 0; i < KZI_SECTIONS; i++) {
		kz_status summed = kzi_seal_sum(out.fd, file,
			sections[i].offset, sections[i].summed,
			&sections[i].sum, err);

		if (summed != KZ_OK)
			return summed;
	}
	const struct timespec times[2] = { status.st_mtim, status.st_mtim };
	kzi_container_put_head(head, sections, &times[1]);
	if (pwrite(out.fd, head, sizeof(head), 0) != sizeof(head) ||
		futimens(out.fd, times) != 0)
		out.failed = true;
	return out.finish(err);
}

kz_status write_file(const Source &source, Out &out, kz_error *err)
{
	struct kzi_extent sections[KZI_SECTIONS] = {};
	Scratch scratch(out.path + ".tables");
	kz_status status = put_sections(source, out, sections, err);
	if (status != KZ_OK)
		return status;
	living_tables(source, scratch)
		.compact(dup(out.fd),
			Xapian::DBCOMPACT_SINGLE_FILE |
				Xapian::DBCOMPACT_NO_RENUMBER |
				Xapian::Compactor::FULL);
	return put_head(out, out.path.c_str(), sections, err);
}

} // namespace

extern "C" kz_status kzi_store_compact(
	const char *path, const char *file, kz_error *err) noexcept
{
	Out out;
	kz_status status = guarded(path, err, [&] {
		unsigned generation;
		std::unique_ptr<Source> source;
		kz_status found = KZ_ERR_STALE;

		for (int tries = 0; found == KZ_ERR_STALE && tries < 10;
			tries++) {
			source.reset(new Source);
			found = kzi_folder_generation(path, &generation, err);
			if (found == KZ_OK)
				found = source->open(std::string(path) + '/' +
						std::to_string(generation),
					err);
		}
		if (found != KZ_OK)
			return found;
		out.open_aside(file);
		return out.failed ? out.finish(err)
				  : write_file(*source, out, err);
	});

	KZI_FAILPOINT("compact-rename");
	if (status == KZ_OK && rename(out.path.c_str(), file) != 0)
		status = kzi_fail(err, KZ_ERR_IO, "%s: cannot be written: %s",
			file, std::strerror(errno));
	if (status != KZ_OK && out.fd >= 0)
		unlink(out.path.c_str());
	return status;
}

// ---- A generation -------------------------------------------------------

namespace {

kz_status write_vocabulary(
	const Source &source, const std::string &to, kz_error *err)
{
	Out out;

	if (!source.state.vocabulary)
		return KZ_OK;
	out.open(to + "/vocabulary." +
		std::to_string(source.state.vocabulary));
	out.put(source.vocabulary.bytes, source.vocabulary.length);
	return out.finish(err);
}

kz_status write_postings(
	const Source &source, const std::string &to, kz_error *err)
{
	Out out;

	out.open(to + "/" KZI_POSTINGS_FILE ".1");
	kz_status status = put_postings(source, out, err);
	return status == KZ_OK ? out.finish(err) : status;
}

} // namespace

kz_status kzi::rewrite_generation(const std::string &from,
	const std::string &to, const std::string &scratch_path, kz_error *err)
{
	kzi_folder_remove(scratch_path.c_str()); // Of a run that was killed.
	Scratch scratch(scratch_path);
	Source source;
	Out text, rows;
	kz_status status = source.open(from, err);

	if (status != KZ_OK)
		return status;
	living_tables(source, scratch)
		.compact(to, Xapian::DBCOMPACT_NO_RENUMBER);
	text.open(to + "/" KZI_TEXT_FILE);
	rows.open(to + "/" KZI_ROWS_FILE);
	Copy copy(source, text);
	status = copy.run(err);
	if (status == KZ_OK) {
		rows.put(copy.rows.data(), copy.rows.size());
		status = text.finish(err);
	}
	if (status == KZ_OK)
		status = rows.finish(err);
	if (status == KZ_OK)
		status = write_vocabulary(source, to, err);
	if (status == KZ_OK)
		status = write_postings(source, to, err);
	KZI_FAILPOINT("sweep-postings");
	if (status == KZ_OK && !kzi_durable_names(to.c_str()))
		status = kzi_fail(err, KZ_ERR_IO, "%s: %s", to.c_str(),
			std::strerror(errno));
	if (status != KZ_OK)
		return status;
	Xapian::WritableDatabase db(
		to, Xapian::DB_OPEN | Xapian::DB_NO_TERMLIST);
	db.set_metadata(KZI_STATE_KEY, copy.packed_state());
	db.set_metadata(KZI_REMOVED_KEY, "");
	KZI_FAILPOINT("sweep-commit");
	db.commit();
	return KZ_OK;
}
