// reader.cc -- an index opened for reading.
#include "store/reader.hh"

#include <memory>
#include <string>
#include <utility>

#include <sys/stat.h>
#include <unistd.h>

#include <xapian.h>

#include "store/guard.hh"
#include "store/postings.hh"
#include "store/terms.hh"
#include "store/values.hh"

extern "C" {
#include "store/folder.h"
#include "store/schema.h"
#include "store/seal.h"
#include "store/vocabulary.h"
}

using kzi::guarded;

namespace {

kz_status read_state(
	struct kzi_store *store, const std::string &raw, kz_error *err)
{
	int format = kzi_state_get(&store->state, raw.data(), raw.size());

	if (format == 0)
		return kzi_fail(err, KZ_ERR_CORRUPT,
			"%s: no state in it; index again with --rebuild",
			store->path.c_str());
	if (format != KZI_FORMAT)
		return kzi_fail(err, KZ_ERR_FORMAT,
			"%s: made by format %d, this program reads format %d;"
			" index again with --rebuild",
			store->path.c_str(), format, KZI_FORMAT);
	return KZ_OK;
}

kz_status read_removed(struct kzi_store *store, kz_error *err)
{
	return store->removed.open(
		store->db, store->state, store->path.c_str(), err);
}

// What no run has sealed cannot be compared, and is taken as it is.
kz_status check_seal(const struct kzi_store *store, kz_error *err)
{
	if (store->verify == KZ_VERIFY_NONE)
		return KZ_OK;
	kz_status status = kzi_seal_check(store->folder.c_str(),
		store->verify == KZ_VERIFY_ALL ? KZI_SEAL_SUMS : 0, nullptr,
		err);
	return status == KZ_END ? KZ_OK : status;
}

kz_status open_generation(struct kzi_store *store, kz_error *err)
{
	kz_status status = kzi_folder_generation(
		store->path.c_str(), &store->generation, err);

	if (status != KZ_OK)
		return status;
	store->folder = store->path + '/' + std::to_string(store->generation);
	status = check_seal(store, err);
	if (status != KZ_OK)
		return status;
	store->db = Xapian::Database(
		store->folder, Xapian::DB_BACKEND_GLASS);
	status = read_state(store, store->db.get_metadata(KZI_STATE_KEY), err);
	if (status == KZ_OK)
		status = read_removed(store, err);
	if (status == KZ_OK)
		status = store->settled.open(store->folder, store->state,
			store->path.c_str(), err);
	return status == KZ_OK ? kzi_flat_open(&store->flat,
					 store->folder.c_str(), &store->state,
					 err)
			       : status;
}

kz_status check_sums(const struct kzi_store *store, kz_error *err)
{
	if (store->verify == KZ_VERIFY_NONE ||
		(store->verify == KZ_VERIFY_CHANGED &&
			kzi_container_is_untouched(&store->container)))
		return KZ_OK;
	return kzi_container_check(
		&store->container, store->path.c_str(), err);
}

struct kzi_part part_of(
	const struct kzi_container *file, enum kzi_section section)
{
	struct kzi_part part = {};

	part.bytes = kzi_container_section(file, section, &part.length);
	if (part.length == 0)
		part.bytes = nullptr;
	part.fd = file->fd;
	part.start = file->sections[section].offset;
	return part;
}

// Sections of the one file take the place of the files in a folder.
kz_status open_sections(struct kzi_store *store, kz_error *err)
{
	const struct kzi_container *file = &store->container;
	size_t length;
	kz_status status = check_sums(store, err);

	if (status != KZ_OK)
		return status;
	const unsigned char *state = kzi_container_section(
		file, KZI_SECTION_STATE, &length);
	status = read_state(store,
		std::string(reinterpret_cast<const char *>(state), length),
		err);
	if (status != KZ_OK)
		return status;
	int tables = dup(file->fd);
	if (lseek(tables,
		    static_cast<off_t>(
			    file->sections[KZI_SECTION_TABLES].offset),
		    SEEK_SET) < 0)
		return kzi_fail(err, KZ_ERR_IO, "%s: cannot be read",
			store->path.c_str());
	store->db = Xapian::Database(tables, Xapian::DB_BACKEND_GLASS);
	status = read_removed(store, err);
	if (status != KZ_OK)
		return status;
	store->vocabulary = part_of(file, KZI_SECTION_VOCABULARY);
	if (store->vocabulary.bytes &&
		!kzi_vocabulary_is_whole(&store->vocabulary))
		return kzi_fail(err, KZ_ERR_CORRUPT,
			"%s: damaged; make it again with kalauz-index"
			" --compact",
			store->path.c_str());
	status = store->settled.use(part_of(file, KZI_SECTION_POSTINGS),
		store->path.c_str(), err);
	if (status != KZ_OK)
		return status;
	const struct kzi_part rows = part_of(file, KZI_SECTION_ROWS);
	const struct kzi_part text = part_of(file, KZI_SECTION_TEXT);
	return kzi_flat_open_parts(
		&store->flat, &rows, &text, &store->state, err);
}

// A file, or else a folder.
kz_status open_any(struct kzi_store *store, kz_error *err)
{
	kz_status status = kzi_container_open(
		&store->container, store->path.c_str(), err);

	if (status == KZ_END)
		return open_generation(store, err);
	return status == KZ_OK ? open_sections(store, err) : status;
}

// 1 if another file has the name now.
bool is_replaced(const struct kzi_store *store)
{
	struct stat mine, now;

	return fstat(store->container.fd, &mine) != 0 ||
		stat(store->path.c_str(), &now) != 0 ||
		mine.st_ino != now.st_ino || mine.st_dev != now.st_dev;
}

// 1 if the folder has another current generation than the one that was tried:
// a run has published it since, and has removed the old one under our hands.
bool has_moved_on(const struct kzi_store *store)
{
	unsigned generation;

	return kzi_folder_generation(store->path.c_str(), &generation,
		       nullptr) == KZ_OK &&
		generation != store->generation;
}

// KZ_OK if a run has committed since the tables were opened, so that what was
// read of them may be of either state; KZ_END if not.
kz_status look_for_commit(const struct kzi_store *store, kz_error *err)
{
	kz_status status = guarded(store->path.c_str(), err, [&] {
		Xapian::Database now(store->folder, Xapian::DB_BACKEND_GLASS);

		return now.get_revision() == store->db.get_revision() ? KZ_END
								      : KZ_OK;
	});

	return status == KZ_ERR_STALE ? KZ_OK : status;
}

// 1 if it may open next time: it was being written meanwhile.
bool is_worth_another(const struct kzi_store *store, kz_status status)
{
	if (status == KZ_OK || !store->generation)
		return false;
	return status == KZ_ERR_STALE || has_moved_on(store) ||
		look_for_commit(store, nullptr) == KZ_OK;
}

kz_status open_once(struct kzi_store **out, const char *path,
	enum kz_verify verify, bool *again, kz_error *err)
{
	return guarded(path, err, [&] {
		std::unique_ptr<kzi_store> store(new kzi_store);

		store->path = path;
		store->verify = verify;
		kz_status status = guarded(
			path, err, [&] { return open_any(store.get(), err); });
		*again = is_worth_another(store.get(), status);
		if (status == KZ_OK)
			*out = store.release();
		return status;
	});
}

// Open it all again; what was open stays if that fails.
kz_status open_again(struct kzi_store *store, kz_error *err)
{
	struct kzi_store *opened;
	kz_status status = kzi_store_open_with(
		&opened, store->path.c_str(), store->verify, err);

	if (status != KZ_OK)
		return status;
	std::unique_ptr<kzi_store> fresh(opened);
	std::swap(fresh->folder, store->folder);
	std::swap(fresh->generation, store->generation);
	std::swap(fresh->db, store->db);
	std::swap(fresh->state, store->state);
	std::swap(fresh->removed, store->removed);
	std::swap(fresh->flat, store->flat);
	fresh->settled.swap(store->settled);
	std::swap(fresh->vocabulary, store->vocabulary);
	std::swap(fresh->container, store->container);
	return KZ_OK;
}

} // namespace

extern "C" kz_status kzi_store_open(
	struct kzi_store **out, const char *path, kz_error *err) noexcept
{
	return kzi_store_open_with(out, path, KZ_VERIFY_CHANGED, err);
}

extern "C" kz_status kzi_store_open_with(struct kzi_store **out,
	const char *path, enum kz_verify verify, kz_error *err) noexcept
{
	bool again = true;
	kz_status status = KZ_OK;

	*out = nullptr;
	// Each time that it moves on, it was whole: some tries are plenty.
	for (int tries = 0; again && tries < 10; tries++)
		status = open_once(out, path, verify, &again, err);
	return status;
}

extern "C" void kzi_store_close(struct kzi_store *store) noexcept
{
	delete store;
}

// The newest state of the generation at hand. Tables, state and the list of what
// is removed belong together, so none of them is moved alone.
static kz_status reopen(struct kzi_store *store, kz_error *err)
{
	kz_status status = look_for_commit(store, err);

	return status == KZ_OK ? open_again(store, err) : status;
}

extern "C" kz_status kzi_store_refresh(
	struct kzi_store *store, kz_error *err) noexcept
{
	return guarded(store->path.c_str(), err, [&] {
		unsigned generation;

		if (store->is_file())
			return is_replaced(store) ? open_again(store, err)
						  : KZ_END;
		kz_status status = kzi_folder_generation(
			store->path.c_str(), &generation, err);
		if (status != KZ_OK)
			return status;
		if (generation != store->generation)
			return open_again(store, err);
		status = reopen(store, err);
		// It may have gone while it was being opened.
		return status < 0 && has_moved_on(store)
			? open_again(store, err)
			: status;
	});
}

extern "C" const struct kzi_store_info *kzi_store_get_info(
	const struct kzi_store *store) noexcept
{
	return &store->state.info;
}

static kzi::Postings postings_of(
	const struct kzi_store *store, const std::string &term)
{
	return kzi::Postings(store->db, store->settled.list_of(term), term);
}

// In how many passages a term is, alive or not; `list` is its settled part.
static uint32_t count_all(const struct kzi_store *store,
	const struct kzi_list &list, const std::string &term)
{
	return store->has_unsettled()
		? list.count + store->db.get_termfreq(term)
		: list.count;
}

// In how many living ones.
static uint32_t count_living(const struct kzi_store *store,
	const struct kzi_list &list, const std::string &term)
{
	uint32_t living = 0;

	if (!store->removed.count())
		return count_all(store, list, term);
	for (kzi::Postings at(store->db, list, term); !at.at_end(); at.next())
		living += !store->removed.has(at.passage());
	return living;
}

// The passages of a frequent term are not looked at: they are taken to be alive
// as often as any.
static uint32_t estimate_living(
	const struct kzi_store *store, const std::string &term)
{
	const uint32_t few = 20000;
	const struct kzi_list list = store->settled.list_of(term);
	uint32_t all = count_all(store, list, term);

	if (all <= few || !store->removed.count())
		return count_living(store, list, term);
	return static_cast<uint32_t>(static_cast<double>(all) *
		static_cast<double>(store->state.info.passages) /
		store->db.get_doccount());
}

extern "C" kz_status kzi_store_frequency(struct kzi_store *store,
	const char *term, size_t length, uint32_t *frequency,
	kz_error *err) noexcept
{
	*frequency = 0;
	return guarded(store->path.c_str(), err, [&] {
		*frequency = estimate_living(store, std::string(term, length));
		return KZ_OK;
	});
}

extern "C" kz_status kzi_store_impact(struct kzi_store *store, const char *term,
	size_t length, uint32_t passage, uint32_t *impact,
	kz_error *err) noexcept
{
	*impact = 0;
	return guarded(store->path.c_str(), err, [&] {
		kzi::Postings at =
			postings_of(store, std::string(term, length));

		at.skip_to(passage);
		if (!at.at_end() && at.passage() == passage)
			*impact = at.impact();
		return KZ_OK;
	});
}

extern "C" kz_status kzi_store_postings(struct kzi_store *store,
	const char *term, size_t length, uint32_t after, uint32_t *passages,
	size_t most, size_t *count, kz_error *err) noexcept
{
	*count = 0;
	return guarded(store->path.c_str(), err, [&] {
		kzi::Postings at =
			postings_of(store, std::string(term, length));

		if (after > 0)
			at.skip_to(after + 1);
		for (; !at.at_end() && *count < most; at.next())
			if (!store->removed.has(at.passage()))
				passages[(*count)++] = at.passage();
		return KZ_OK;
	});
}

extern "C" kz_status kzi_store_filters(struct kzi_store *store,
	enum kzi_filter filter, kzi_visit_term *visit, void *context,
	kz_error *err) noexcept
{
	return guarded(store->path.c_str(), err, [&] {
		kzi::Terms terms(store->db, store->settled.lists,
			{ '_', static_cast<char>(filter) });

		while (terms.next()) {
			uint32_t living = count_living(
				store, terms.list, terms.term);

			if (living &&
				!visit(context, terms.term.data(),
					terms.term.size(), living))
				break;
		}
		return KZ_OK;
	});
}

extern "C" kz_status kzi_store_values(struct kzi_store *store,
	kzi_visit_value *visit, void *context, kz_error *err) noexcept
{
	return guarded(store->path.c_str(), err, [&] {
		kzi::visit_values(store->db, visit, context);
		return KZ_OK;
	});
}

// ---- Records -----------------------------------------------------------

extern "C" kz_status kzi_store_row(struct kzi_store *store, uint32_t passage,
	struct kzi_row *row, kz_error *err) noexcept
{
	return kzi_flat_row(store->flat, passage, row, err);
}

extern "C" void kzi_store_expect_row(
	const struct kzi_store *store, uint32_t passage) noexcept
{
	kzi_flat_expect_row(store->flat, passage);
}

extern "C" void kzi_store_expect(
	const struct kzi_store *store, const struct kzi_row *row) noexcept
{
	kzi_flat_expect(store->flat, row->place);
}

static kz_status record_damaged(struct kzi_store *store,
	const struct kzi_arena *arena, kz_error *err) noexcept
{
	if (arena->failed)
		return kzi_fail_memory(err);
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"%s: a record is damaged; index again with --rebuild",
		store->path.c_str());
}

extern "C" kz_status kzi_store_passage(struct kzi_store *store,
	const struct kzi_row *row, struct kzi_arena *arena,
	struct kzi_passage_record *record, kz_error *err) noexcept
{
	struct kzi_string raw = {};
	kz_status status =
		kzi_flat_read(store->flat, row->place, arena, &raw, err);

	if (status == KZ_OK &&
		!kzi_record_get_passage(record, arena, raw.bytes, raw.length))
		status = record_damaged(store, arena, err);
	return status;
}

extern "C" kz_status kzi_store_document(struct kzi_store *store,
	const struct kzi_row *row, struct kzi_arena *arena,
	struct kzi_document_record *record, kz_error *err) noexcept
{
	struct kzi_place place = { row->document, 0 };
	struct kzi_string raw = {};
	kz_status status = kzi_flat_read(store->flat, place, arena, &raw, err);

	if (status == KZ_OK &&
		!kzi_record_get_document(record, arena, raw.bytes, raw.length))
		status = record_damaged(store, arena, err);
	return status;
}

// ---- Vocabulary --------------------------------------------------------

static kz_status walk_section(struct kzi_store *store, int section,
	struct kzi_vocabulary *walk, kz_error *err) noexcept
{
	return guarded(store->path.c_str(), err, [&] {
		kz_status status = KZ_OK;

		if (!store->vocabulary.bytes)
			status = kzi_vocabulary_open(&store->vocabulary,
				store->folder.c_str(), store->state.vocabulary,
				err);
		// The state at hand is an old one, whose words are gone.
		if (status == KZ_END)
			status = KZ_OK;
		kzi_vocabulary_walk(walk, &store->vocabulary, section);
		return status;
	});
}

extern "C" kz_status kzi_store_vocabulary(struct kzi_store *store, int language,
	struct kzi_vocabulary *walk, kz_error *err) noexcept
{
	return walk_section(store, language, walk, err);
}

extern "C" kz_status kzi_store_forms(struct kzi_store *store, int language,
	struct kzi_vocabulary *walk, int *is_whole, kz_error *err) noexcept
{
	kz_status status =
		walk_section(store, KZI_FORMS + language, walk, err);

	*is_whole = store->vocabulary.bytes != nullptr &&
		store->state.counted == store->state.rows;
	return status;
}
