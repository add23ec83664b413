// reader.cc -- an index opened for reading.
#include <algorithm>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <xapian.h>

#include "store/guard.hh"
#include "store/impact.hh"
#include "store/query.hh"
#include "store/removed.hh"
#include "store/values.hh"

extern "C" {
#include "base/alloc.h"
#include "base/arena.h"
#include "store/container.h"
#include "store/flat.h"
#include "store/folder.h"
#include "store/schema.h"
#include "store/seal.h"
#include "store/store.h"
#include "store/vocabulary.h"
}

using kzi::guarded;

struct kzi_store {
	std::string path;
	std::string folder; // Of the generation.
	unsigned generation = 0;
	enum kz_verify verify = KZ_VERIFY_CHANGED;
	Xapian::Database db;
	struct kzi_state state = {};
	kzi::Removed removed;
	struct kzi_flat *flat = nullptr;
	struct kzi_part vocabulary = {}; // Mapped when asked for.
	struct kzi_container container = {}; // If it is one file.

	bool is_file() const
	{
		return container.bytes != nullptr;
	}

	~kzi_store()
	{
		kzi_flat_close(flat);
		if (is_file())
			kzi_container_close(&container);
		else
			kzi_part_close(&vocabulary);
	}
};

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

// In how many living passages a term is that is in `all`.
static uint32_t count_living(const struct kzi_store *store,
	const std::string &term, Xapian::doccount all)
{
	Xapian::PostingIterator end = store->db.postlist_end(term);
	uint32_t living = 0;

	if (!store->removed.count())
		return all;
	for (auto at = store->db.postlist_begin(term); at != end; ++at)
		living += !store->removed.has(*at);
	return living;
}

// The passages of a frequent term are not looked at: they are taken to be alive
// as often as any.
static uint32_t estimate_living(
	const struct kzi_store *store, const std::string &term)
{
	const Xapian::doccount few = 20000;
	Xapian::doccount all = store->db.get_termfreq(term);

	if (all <= few || !store->removed.count())
		return count_living(store, term, all);
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
		std::string name(term, length);
		Xapian::PostingIterator end = store->db.postlist_end(name);
		Xapian::PostingIterator at = store->db.postlist_begin(name);

		if (at != end)
			at.skip_to(passage);
		if (at != end && *at == passage)
			*impact = at.get_wdf();
		return KZ_OK;
	});
}

extern "C" kz_status kzi_store_postings(struct kzi_store *store,
	const char *term, size_t length, uint32_t after, uint32_t *passages,
	size_t most, size_t *count, kz_error *err) noexcept
{
	*count = 0;
	return guarded(store->path.c_str(), err, [&] {
		std::string name(term, length);
		Xapian::PostingIterator end = store->db.postlist_end(name);
		Xapian::PostingIterator at = store->db.postlist_begin(name);

		if (at != end && after > 0)
			at.skip_to(after + 1);
		for (; at != end && *count < most; ++at)
			if (!store->removed.has(*at))
				passages[(*count)++] = *at;
		return KZ_OK;
	});
}

extern "C" kz_status kzi_store_terms(struct kzi_store *store,
	const char *prefix, size_t length, kzi_visit_term *visit, void *context,
	kz_error *err) noexcept
{
	return guarded(store->path.c_str(), err, [&] {
		std::string start(prefix, length);
		Xapian::TermIterator end = store->db.allterms_end(start);
		Xapian::TermIterator at = store->db.allterms_begin(start);

		for (; at != end; ++at) {
			const std::string term = *at;
			uint32_t living = count_living(
				store, term, at.get_termfreq());

			if (living &&
				!visit(context, term.data(), term.size(),
					living))
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

namespace {

// The best matches so far, the worst on top.
class Best {
	std::vector<struct kzi_match> heap;
	size_t most;

	static bool better(const kzi_match &a, const kzi_match &b)
	{
		if (a.weight != b.weight)
			return a.weight > b.weight;
		return a.passage < b.passage;
	}

    public:
	explicit Best(size_t most_) : most(most_)
	{
		heap.reserve(most_ + 1);
	}

	void add(uint32_t passage, double weight)
	{
		heap.push_back({ passage, weight });
		std::push_heap(heap.begin(), heap.end(), better);
		if (heap.size() > most) {
			std::pop_heap(heap.begin(), heap.end(), better);
			heap.pop_back();
		}
	}

	// What a further match must weigh to count.
	double bar() const
	{
		return heap.size() < most ? 0 : heap.front().weight;
	}

	size_t take(struct kzi_match *out)
	{
		std::sort_heap(heap.begin(), heap.end(), better);
		std::copy(heap.begin(), heap.end(), out);
		return heap.size();
	}
};

// The most that a passage can weigh in a query.
double bound_of(const struct kzi_query *query)
{
	double sum = 0;

	switch (query->op) {
	case KZI_OP_TERM:
		return query->weight * KZI_IMPACT_MOST;
	case KZI_OP_ALL:
	case KZI_OP_STARTS:
		return 0;
	case KZI_OP_FILTER:
	case KZI_OP_NOT:
		return bound_of(query->children[0]);
	default:
		for (size_t i = 0; i < query->count; i++)
			sum += bound_of(query->children[i]);
		return sum;
	}
}

// How many match, where some are passed over: as many as do in the tables, times
// the part that is alive. What Xapian makes of it after a match is rounded to a
// digit, so wide are its bounds then.
uint64_t estimate_alive(const struct kzi_store *store,
	Xapian::Enquire &enquire, const Xapian::MSet &seen)
{
	enquire.set_cutoff(0, 0);
	double all = enquire.get_mset(0, 0).get_matches_estimated();
	double alive = all * static_cast<double>(store->state.info.passages) /
		store->db.get_doccount();

	return std::max<uint64_t>(static_cast<uint64_t>(alive + 0.5),
		seen.get_matches_lower_bound());
}

void match_one(struct kzi_store *store, const struct kzi_query *query,
	size_t most, Best &best, struct kzi_matches *found)
{
	// Its lists need not be opened to see that nothing in them counts.
	if (best.bar() > 0 && bound_of(query) < best.bar()) {
		found->is_exact = 0;
		return;
	}
	Xapian::Enquire enquire(store->db);

	enquire.set_weighting_scheme(kzi::ImpactWeight());
	enquire.set_query(kzi::make_query(query), 1);
	enquire.set_cutoff(0, best.bar());
	const kzi::Living living(store->removed);
	Xapian::MSet set = enquire.get_mset(0,
		static_cast<Xapian::doccount>(most), nullptr,
		store->removed.count() ? &living : nullptr);
	for (auto at = set.begin(); at != set.end(); ++at)
		best.add(*at, at.get_weight());
	bool is_exact = set.get_matches_lower_bound() ==
		set.get_matches_upper_bound();

	found->estimate += is_exact || !store->removed.count()
		? set.get_matches_estimated()
		: estimate_alive(store, enquire, set);
	found->is_exact &= is_exact;
}

} // namespace

extern "C" kz_status kzi_store_match(struct kzi_store *store,
	struct kzi_query *const *queries, size_t query_count,
	struct kzi_match *matches, size_t most, struct kzi_matches *found,
	kz_error *err) noexcept
{
	found->count = 0;
	found->estimate = 0;
	found->is_exact = 1;
	return guarded(store->path.c_str(), err, [&] {
		Best best(most);

		for (size_t i = 0; i < query_count; i++)
			match_one(store, queries[i], most, best, found);
		found->count = best.take(matches);
		return KZ_OK;
	});
}

// ---- Records -----------------------------------------------------------

extern "C" kz_status kzi_store_row(struct kzi_store *store, uint32_t passage,
	struct kzi_row *row, kz_error *err) noexcept
{
	struct kzi_place place;

	return kzi_flat_row(store->flat, passage, row, &place, err);
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
	uint32_t passage, struct kzi_arena *arena,
	struct kzi_passage_record *record, kz_error *err) noexcept
{
	struct kzi_string raw = {};
	struct kzi_place place;
	struct kzi_row row;
	kz_status status = kzi_flat_row(store->flat, passage, &row, &place, err);

	if (status == KZ_OK)
		status = kzi_flat_read(store->flat, place, arena, &raw, err);
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

// ---- Checking ----------------------------------------------------------

// Every record belongs to one passage: none begins before the last one ends.
static bool are_apart(std::vector<std::pair<uint64_t, uint32_t>> places)
{
	uint64_t end = 0;

	std::sort(places.begin(), places.end());
	for (const auto &place : places) {
		if (place.first < end)
			return false;
		end = place.first + place.second;
	}
	return true;
}

static kz_status fail_count(const struct kzi_store *store, const char *what,
	uint64_t count, uint64_t said, kz_error *err)
{
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"%s: holds %llu %s, its state says %llu; index again with"
		" --rebuild",
		store->path.c_str(), (unsigned long long)count, what,
		(unsigned long long)said);
}

static kz_status check_passages(struct kzi_store *store, kz_error *err)
{
	kzi::Arena arena;
	Xapian::PostingIterator end = store->db.postlist_end("");
	std::vector<std::pair<uint64_t, uint32_t>> places;
	std::unordered_set<uint64_t> documents;
	uint64_t count = 0;

	for (auto at = store->db.postlist_begin(""); at != end; ++at) {
		struct kzi_passage_record passage;
		struct kzi_document_record document;
		struct kzi_place place = {};
		struct kzi_row row = {};

		if (store->removed.has(*at))
			continue;
		count++;
		kzi_arena_reset(&arena);
		kz_status status = kzi_store_passage(
			store, *at, &arena, &passage, err);

		if (status == KZ_OK)
			status = kzi_flat_row(
				store->flat, *at, &row, &place, err);
		places.emplace_back(place.offset, place.length);
		documents.insert(row.document);
		if (status == KZ_OK)
			status = kzi_store_document(
				store, &row, &arena, &document, err);
		if (status != KZ_OK)
			return status;
	}
	if (!are_apart(std::move(places)))
		return kzi_fail(err, KZ_ERR_CORRUPT,
			"%s: two passages share a record; index again with"
			" --rebuild",
			store->path.c_str());
	const struct kzi_store_info &info = store->state.info;

	if (count != info.passages)
		return fail_count(store, "passages", count, info.passages, err);
	if (documents.size() != info.documents)
		return fail_count(store, "documents", documents.size(),
			info.documents, err);
	return KZ_OK;
}

static kz_status check_vocabulary(struct kzi_store *store, kz_error *err)
{
	struct kzi_vocabulary walk;
	kz_status status = kzi_store_vocabulary(store, 0, &walk, err);

	if (status == KZ_OK && store->state.vocabulary &&
		!store->vocabulary.bytes)
		status = kzi_fail(err, KZ_ERR_CORRUPT,
			"%s: its vocabulary is missing; index again with"
			" --rebuild",
			store->path.c_str());
	return status == KZ_OK ? kzi_vocabulary_check(&store->vocabulary, err)
			       : status;
}

// Throws where a table cannot be walked from end to end.
static void walk_tables(const Xapian::Database &db)
{
	Xapian::TermIterator end = db.allterms_end();

	for (auto term = db.allterms_begin(); term != end; ++term) {
		Xapian::PostingIterator last = db.postlist_end(*term);
		Xapian::PostingIterator at = db.postlist_begin(*term);

		while (at != last)
			++at;
	}
}

// Xapian's check opens tables for writing, though it writes nothing.
static size_t faults_of_folder(const std::string &folder)
{
	if (access((folder + "/postlist.glass").c_str(), W_OK) == 0)
		return Xapian::Database::check(folder);
	walk_tables(Xapian::Database(folder));
	return 0;
}

static size_t faults_of(const struct kzi_store *store)
{
	const struct kzi_extent &tables =
		store->container.sections[KZI_SECTION_TABLES];
	int fd;

	if (!store->is_file())
		return faults_of_folder(store->folder);
	fd = open(store->path.c_str(), O_RDONLY | O_CLOEXEC);
	return lseek(fd, static_cast<off_t>(tables.offset), SEEK_SET) < 0 ||
		Xapian::Database::check(fd);
}

// 1 if Xapian's own check of its tables finds nothing. It is made in a process
// of its own, since on damaged tables it may read where there is nothing.
static bool tables_are_whole(const struct kzi_store *store)
{
	pid_t child = fork();
	int result = 0;

	if (child == 0) {
		int nowhere = open("/dev/null", O_WRONLY);

		for (int number : { SIGSEGV, SIGBUS, SIGABRT, SIGFPE })
			signal(number, SIG_DFL);
		dup2(nowhere, STDERR_FILENO);
		try {
			_exit(faults_of(store) != 0);
		} catch (...) {
			_exit(1);
		}
	}
	while (child > 0 && waitpid(child, &result, 0) < 0 && errno == EINTR)
		;
	return child > 0 && WIFEXITED(result) && WEXITSTATUS(result) == 0;
}

// What a writer reads, too; all of it right, the times are set as they were.
static kz_status check_sealed(const struct kzi_store *store, kz_error *err)
{
	const char *folder = store->folder.c_str();
	int is_moved = 0;
	kz_status status;

	if (store->is_file()) {
		status = kzi_container_check(
			&store->container, store->path.c_str(), err);
		if (status == KZ_OK)
			kzi_container_restore_time(&store->container);
		return status;
	}
	status = kzi_seal_check(
		folder, KZI_SEAL_SUMS | KZI_SEAL_WRITER, &is_moved, err);
	if (status == KZ_OK && is_moved)
		kzi_seal_restore_times(folder);
	return status == KZ_END ? KZ_OK : status;
}

extern "C" kz_status kzi_store_check(const char *path, kz_error *err) noexcept
{
	return guarded(path, err, [&] {
		struct kzi_store *opened;
		kz_status status = kzi_store_open_with(
			&opened, path, KZ_VERIFY_CHANGED, err);

		if (status != KZ_OK)
			return status;
		std::unique_ptr<kzi_store> store(opened);
		status = check_sealed(store.get(), err);
		if (status != KZ_OK)
			return status;
		if (!tables_are_whole(store.get()))
			return kzi_fail(err, KZ_ERR_CORRUPT,
				"%s: its tables are damaged; index again with"
				" --rebuild",
				path);
		status = check_vocabulary(store.get(), err);
		return status == KZ_OK ? check_passages(store.get(), err)
				       : status;
	});
}
