// writer_passages.cc -- passages filed under terms, and removed.
#include "store/damaged.hh"
#include "store/writer.hh"

using kzi::guarded;
using kzi::view;

// ---- Adding ------------------------------------------------------------

static std::string filter_term(
	enum kzi_filter filter, const char *value, size_t length)
{
	char term[KZI_FILTER_MOST];

	return std::string(
		term, kzi_filter_term(term, filter, value, length));
}

extern "C" kz_status kzi_writer_document(struct kzi_writer *writer,
	struct kzi_string source, const struct kzi_document_record *record,
	enum kzi_kind kind, kz_error *err) noexcept
{
	return guarded(writer->path.c_str(), err, [&] {
		auto &filters = writer->document_filters;
		auto add = [&](enum kzi_filter filter, struct kzi_string value) {
			filters.emplace_back(filter_term(
				filter, value.bytes, value.length));
		};

		filters.clear();
		add(KZI_FILTER_SOURCE, source);
		add(KZI_FILTER_DOCUMENT, record->path);
		if (record->place.length)
			add(KZI_FILTER_PLACE, record->place);
		if (kind != KZI_KIND_NONE) {
			char letter = static_cast<char>('0' + kind);

			add(KZI_FILTER_KIND, { &letter, 1 });
		}
		for (size_t i = 0; i < record->material_count; i++)
			add(KZI_FILTER_MATERIAL, record->materials[i]);
		writer->kind = kind;
		writer->is_counted = false;
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

static kzi::Filter &filter_of(struct kzi_writer *writer, int language)
{
	auto &filters = writer->language_filters;

	while (filters.size() <= static_cast<size_t>(language)) {
		char letter = static_cast<char>('a' + filters.size());

		filters.emplace_back(
			filter_term(KZI_FILTER_LANGUAGE, &letter, 1));
	}
	return filters[language];
}

static void put_filter(struct kzi_writer *writer, kzi::Filter &filter,
	Xapian::docid passage)
{
	struct kzi_posting posting = filter.posting();

	kzi_batch_put(&writer->batch, passage, &posting, 1);
}

extern "C" kz_status kzi_writer_passage(struct kzi_writer *writer,
	const struct kzi_passage_record *record, int language,
	const struct kzi_posting *postings, size_t count,
	kz_error *err) noexcept
{
	return guarded(writer->path.c_str(), err, [&] {
		kzi::begin(writer);
		Xapian::docid passage = file_passage(writer);
		for (kzi::Filter &filter : writer->document_filters)
			put_filter(writer, filter, passage);
		put_filter(writer, filter_of(writer, language), passage);
		kzi_batch_put(&writer->batch, passage, postings, count);
		auto &info = writer->state.info;
		info.documents += !writer->is_counted;
		writer->is_counted = true;
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

		kzi::begin(writer);
		std::vector<Xapian::docid> passages =
			living_passages(writer, term);
		if (passages.empty())
			return KZ_OK;
		kz_status status = KZ_OK;
		if (passages.back() >= writer->state.rows)
			status = kzi::flush(writer, false, err);
		if (status == KZ_OK)
			status = uncount(writer, passages, err);
		for (size_t i = 0; status == KZ_OK && i < passages.size(); i++)
			bury(writer, passages[i]);
		return status;
	});
}
