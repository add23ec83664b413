// writer_segments.cc -- postings that were added become segments (segments.h).
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>

#include <dirent.h>

#include "store/damaged.hh"
#include "store/segment_write.hh"
#include "store/writer.hh"

extern "C" {
#include "base/failpoint.h"
#include "store/durable.h"
}

namespace {

// What the last segments are merged with when one of `length` bytes comes:
// those of its size, and then those of the size of these, so that an index has
// few and a posting is written few times. `times`: how much larger one may be
// and still be merged; where there is no room for one more, the last is,
// however large it is. Returns the first of them.
size_t first_to_merge(
	const struct kzi_writer *writer, uint64_t length, uint64_t times)
{
	size_t first = writer->segments.count;

	while (first > 0 &&
		(first == KZI_SEGMENTS_MOST ||
			writer->segments.parts[first - 1].length <=
				times * length))
		length += writer->segments.parts[--first].length;
	return first;
}

// With the fewest writes while a run goes on, and few segments when it is over.
size_t choose_first(
	const struct kzi_writer *writer, uint64_t length, bool is_last)
{
	size_t count = writer->segments.count;

	if (is_last && !kzi::needs_rewriting(writer))
		return first_to_merge(writer, length, 4);
	return count < KZI_SEGMENTS_MOST ? count
					 : first_to_merge(writer, length, 1);
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

// What is removed stays in merged segments, as it is still counted among what
// the tables hold.
kz_status put_segments(struct kzi_writer *writer, size_t first,
	const struct kzi_lists &batch, kzi::Out &out, kz_error *err)
{
	struct kzi_lists lists[KZI_MERGE_MOST];
	size_t count = 0;

	for (size_t i = first; i < writer->segments.count; i++)
		lists[count++] = writer->segments.lists[i];
	lists[count++] = batch;
	return kzi::write_segment(lists, count, {}, out, err);
}

// Write the batch as a file, together with the segments from *first on, which
// are chosen here.
kz_status write_file(struct kzi_writer *writer, const char *name, bool is_last,
	size_t *first, kz_error *err)
{
	kzi::Bytes bytes;
	const struct kzi_lists batch = open_batch(writer, bytes);
	kz_status status = KZ_OK;
	kzi::Out out;

	*first = choose_first(writer, bytes.length, is_last);
	out.open(name);
	if (*first == writer->segments.count)
		out.put(bytes.data, bytes.length);
	else
		status = put_segments(writer, *first, batch, out, err);
	if (status == KZ_OK)
		status = out.finish(err);
	if (status == KZ_OK &&
		!kzi_durable_names(kzi::generation_folder(writer).c_str()))
		status = kzi_fail(err, KZ_ERR_IO, "%s: %s", name,
			std::strerror(errno));
	if (status != KZ_OK)
		unlink(name); // The disk may be full.
	return status;
}

} // namespace

kz_status kzi::add_segment(struct kzi_writer *writer, bool is_last, kz_error *err)
{
	struct kzi_state &state = writer->state;
	char name[KZI_SEGMENT_NAME];
	size_t first;

	if (!writer->batch.count)
		return KZ_OK;
	// A commit that failed half-way has left a state of its own.
	if (writer->segments.count != state.segment_count)
		return kzi_fail(err, KZ_ERR_INTERNAL,
			"%s: an earlier commit failed; open it again",
			writer->path.c_str());
	kzi_segment_name(name, generation_folder(writer).c_str(),
		state.files + 1);
	kz_status status = write_file(writer, name, is_last, &first, err);
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

kz_status kzi::follow_segments(struct kzi_writer *writer, kz_error *err)
{
	const std::string folder = generation_folder(writer);
	char name[KZI_SEGMENT_NAME];

	for (uint64_t file : writer->merged)
		if (kzi_segment_name(name, folder.c_str(), file))
			unlink(name);
	writer->merged.clear();
	return kzi_segments_open(&writer->segments, folder.c_str(),
		&writer->state, writer->path.c_str(), err);
}

static bool is_segment(const struct kzi_state &state, uint64_t file)
{
	bool is_used = false;

	for (size_t i = 0; i < state.segment_count; i++)
		is_used |= state.segments[i].file == file;
	return is_used;
}

void kzi::sweep_segments(const struct kzi_writer *writer)
{
	const char start[] = KZI_POSTINGS_FILE ".";
	const size_t length = sizeof(start) - 1;
	DIR *folder = opendir(generation_folder(writer).c_str());
	const struct dirent *entry;

	while (folder && (entry = readdir(folder)) != nullptr)
		if (!std::strncmp(entry->d_name, start, length) &&
			!is_segment(writer->state,
				std::strtoull(entry->d_name + length, nullptr,
					10)))
			unlinkat(dirfd(folder), entry->d_name, 0);
	if (folder)
		closedir(folder);
}
