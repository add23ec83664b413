// check_store.cc -- every table and record of an index verified.
#include <algorithm>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <xapian.h>

#include "store/bytes.hh"
#include "store/guard.hh"
#include "store/tables.hh"

extern "C" {
#include "store/reader.h"
#include "store/seal.h"
#include "store/vocabulary.h"
}

using kzi::guarded;

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
		store->path, (unsigned long long)count, what,
		(unsigned long long)said);
}

static kz_status check_passages(struct kzi_store *store, kz_error *err)
{
	kzi::Arena arena;
	Xapian::PostingIterator end = store->tables->db.postlist_end("");
	std::vector<std::pair<uint64_t, uint32_t>> places;
	std::unordered_set<uint64_t> documents;
	uint64_t count = 0;

	for (auto at = store->tables->db.postlist_begin(""); at != end; ++at) {
		struct kzi_passage_record passage;
		struct kzi_document_record document;
		struct kzi_row row = {};

		if (kzi_removed_has(&store->removed, *at))
			continue;
		count++;
		kzi_arena_reset(&arena);
		kz_status status = kzi_store_row(store, *at, &row, err);

		if (status == KZ_OK)
			status = kzi_store_passage(
				store, &row, &arena, &passage, err);
		places.emplace_back(row.place.offset, row.place.length);
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
			store->path);
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
			store->path);
	return status == KZ_OK ? kzi_vocabulary_check(&store->vocabulary, err)
			       : status;
}

// A list from end to end: passages in order, impacts that the writer can
// have given.
static bool list_is_whole(const struct kzi_scene &scene,
	const struct kzi_list &list, unsigned least)
{
	kzi_list_counts counts = { 0 };
	struct kzi_cursor cursor;
	uint32_t last = scene.from - 1, seen = 0;

	kzi_cursor_begin(&cursor, &list);
	for (bool more = kzi_cursor_read(&cursor); more;
		more = kzi_cursor_next(&cursor)) {
		uint32_t passage = cursor.passages[cursor.at];
		unsigned impact = kzi_cursor_impact(&cursor, cursor.at);

		if (passage <= last || passage >= scene.to ||
			impact < least || impact > cursor.block_top)
			return false;
		last = passage;
		counts[impact]++;
		seen++;
	}
	return !cursor.failed && seen == list.count && seen > 0 &&
		cursor.top <= KZI_IMPACT_MOST &&
		cursor.top == kzi_list_reached(counts, 1) &&
		(seen < KZI_LIST_GOOD ||
			cursor.good == kzi_list_reached(counts, KZI_LIST_GOOD));
}

static bool lists_are_whole(const struct kzi_scene &scene)
{
	struct kzi_lists_walk walk;
	std::string last;
	uint64_t terms = 0;

	kzi_lists_begin(&walk, scene.lists);
	for (; kzi_lists_next(&walk); terms++) {
		const std::string term(walk.term, walk.length);

		if (term <= last ||
			!list_is_whole(scene, walk.list, term[0] != '_'))
			return false;
		last = term;
	}
	return !walk.failed && terms == scene.lists->terms;
}

static kz_status check_lists(const struct kzi_store *store, kz_error *err)
{
	bool are_whole = true;

	for (size_t i = 0; are_whole && i < store->segments.count; i++)
		are_whole = lists_are_whole(kzi_store_scene(store, i));
	if (are_whole)
		return KZ_OK;
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"%s: its postings are damaged; index again with --rebuild",
		store->path);
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

	if (store->folder)
		return faults_of_folder(store->folder);
	fd = open(store->path, O_RDONLY | O_CLOEXEC);
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
	const char *folder = store->folder;
	int is_moved = 0;
	kz_status status;

	if (!store->folder) {
		status = kzi_container_check(
			&store->container, store->path, err);
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
		kz_status status = kzi_store_open(&opened, path, err);

		if (status != KZ_OK)
			return status;
		std::unique_ptr<kzi_store, decltype(&kzi_store_close)> store(
			opened, kzi_store_close);
		status = check_sealed(store.get(), err);
		if (status == KZ_OK)
			status = kzi_store_need_tables(store.get(), err);
		if (status != KZ_OK)
			return status;
		if (!tables_are_whole(store.get()))
			return kzi_fail(err, KZ_ERR_CORRUPT,
				"%s: its tables are damaged; index again with"
				" --rebuild",
				path);
		status = check_lists(store.get(), err);
		if (status == KZ_OK)
			status = check_vocabulary(store.get(), err);
		return status == KZ_OK ? check_passages(store.get(), err)
				       : status;
	});
}
