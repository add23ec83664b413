// writer_words.cc -- the words of the index, counted at the end of a run
// (vocabulary.h).
#include "store/writer.hh"

extern "C" {
#include "store/vocabulary.h"
}

using kzi::guarded;

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
		return kzi_flat_open(&flat,
			kzi::generation_folder(writer).c_str(),
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

// The passages from that number on, those that are removed included.
Xapian::PostingIterator passages_from(
	const struct kzi_writer *writer, uint64_t from)
{
	Xapian::PostingIterator at = writer->db.postlist_begin("");

	if (at != writer->db.postlist_end(""))
		at.skip_to(static_cast<Xapian::docid>(from ? from : 1));
	return at;
}

kz_status show_uncounted(struct kzi_writer *writer, uint32_t behind,
	kzi_visit_passage *visit, void *context, kz_error *err)
{
	Shown shown;
	kz_status status = shown.open(writer, err);
	Xapian::PostingIterator end = writer->db.postlist_end("");
	Xapian::PostingIterator at =
		passages_from(writer, writer->state.counted);

	for (size_t i = 0; status == KZ_OK && i < writer->gone.size(); i++)
		status = shown.show(
			writer->gone[i], -1, visit, context, err);
	for (; status == KZ_OK && at != end && *at < behind; ++at)
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
		kzi::generation_folder(writer).c_str(), writer->state.vocabulary,
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
			kzi::generation_folder(writer).c_str(),
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

extern "C" uint32_t kzi_writer_next(const struct kzi_writer *writer) noexcept
{
	return static_cast<uint32_t>(writer->state.rows);
}

extern "C" kz_status kzi_writer_living(struct kzi_writer *writer, uint32_t from,
	uint64_t *count, kz_error *err) noexcept
{
	*count = 0;
	return guarded(writer->path.c_str(), err, [&] {
		Xapian::PostingIterator end = writer->db.postlist_end("");

		for (auto at = passages_from(writer, from); at != end; ++at)
			*count += !writer->removed.has(*at);
		return KZ_OK;
	});
}

extern "C" kz_status kzi_writer_uncounted(struct kzi_writer *writer,
	uint32_t end, kzi_visit_passage *visit, void *context,
	kz_error *err) noexcept
{
	return guarded(writer->path.c_str(), err, [&] {
		kz_status status = KZ_OK;

		if (writer->in_transaction)
			status = kzi::flush(writer, true, err);
		if (status != KZ_OK ||
			(writer->gone.empty() &&
				writer->state.counted == writer->state.rows))
			return status;
		return show_uncounted(writer, end, visit, context, err);
	});
}

extern "C" kz_status kzi_writer_count(struct kzi_writer *writer,
	struct kzi_word_list *lists, kz_error *err) noexcept
{
	return guarded(writer->path.c_str(), err, [&] {
		if (writer->gone.empty() &&
			writer->state.counted == writer->state.rows)
			return KZ_OK;
		kzi::begin(writer);
		return change_vocabulary(writer, lists, err);
	});
}
