/* reader.c -- an index opened for reading. */
#include "store/reader.h"

#include <stdio.h>
#include <string.h>

#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "store/folder.h"
#include "store/schema.h"
#include "store/seal.h"
#include "store/vocabulary.h"

/* ---- State ------------------------------------------------------------- */

/* The state in the tables is the one that the seal told, if there was one. One
 * that was sealed since may be of another index, with the same numbers. */
static kz_status take_state(struct kzi_store *store,
	const struct kzi_state *state, kz_error *err)
{
	int is_same = !memcmp(state, &store->state, sizeof(*state));
	uint64_t seal = store->seal ? kzi_seal_look(store->home) : 0;

	if (store->seal && (!is_same || (seal && seal != store->seal)))
		return seal == store->seal
			? kzi_fail(err, KZ_ERR_CORRUPT,
				  "%s: its seal tells of another state; index"
				  " again with --rebuild",
				  store->path)
			: kzi_fail(err, KZ_ERR_STALE,
				  "%s: was written to meanwhile; open it again",
				  store->path);
	store->state = *state;
	return KZ_OK;
}

static kz_status read_removed(struct kzi_store *store, kz_error *err)
{
	struct kzi_buf raw = { 0 };
	uint64_t held = 0;
	kz_status status = store->xapian->count(store->tables, &held, err);

	if (status == KZ_OK && store->state.removed)
		status = store->xapian->get(
			store->tables, KZI_REMOVED_KEY, &raw, err);
	if (status == KZ_OK)
		status = kzi_removed_read(&store->removed, raw.data, raw.length,
			&store->state, held, store->path, err);
	kzi_buf_release(&raw);
	return status;
}

static int is_file(const struct kzi_store *store)
{
	return store->folder == NULL;
}

/* The state of a file is a section of its own. */
static kz_status read_tables(struct kzi_store *store, kz_error *err)
{
	struct kzi_buf raw = { 0 };
	struct kzi_state state;
	kz_status status = KZ_OK;

	if (!is_file(store)) {
		status = store->xapian->get(
			store->tables, KZI_STATE_KEY, &raw, err);
		if (status == KZ_OK)
			status = kzi_state_read(&state, raw.data, raw.length,
				store->path, err);
		if (status == KZ_OK)
			status = take_state(store, &state, err);
		kzi_buf_release(&raw);
	}
	return status == KZ_OK ? read_removed(store, err) : status;
}

static void close_tables(struct kzi_store *store)
{
	if (store->tables)
		store->xapian->close(store->tables);
	store->tables = NULL;
}

/* 1 if the folder has another current generation than the one that was opened:
 * a run has published it since, and has removed the old one under our hands. */
static int has_moved_on(const struct kzi_store *store)
{
	unsigned generation;

	return kzi_folder_generation(store->path, &generation, NULL) ==
		KZ_OK &&
		generation != store->generation;
}

kz_status kzi_store_need_tables(struct kzi_store *store, kz_error *err)
{
	kz_status status;

	if (store->tables)
		return KZ_OK;
	store->xapian = kzi_xapian_get(err);
	if (!store->xapian)
		return KZ_ERR_IO;
	status = store->xapian->open(&store->tables, store->home,
		store->container.fd,
		store->container.sections[KZI_SECTION_TABLES].offset,
		store->path, err);
	if (status == KZ_OK)
		status = read_tables(store, err);
	if (status == KZ_OK)
		return KZ_OK;
	close_tables(store);
	return !is_file(store) && has_moved_on(store)
		? kzi_fail(err, KZ_ERR_STALE,
			  "%s: was replaced meanwhile; open it again",
			  store->path)
		: status;
}

/* ---- Opening ----------------------------------------------------------- */

/* What was sealed must still be so. KZ_END if no run has sealed it: then it
 * cannot be compared, and is taken as it is. */
static kz_status read_seal(struct kzi_store *store, kz_error *err)
{
	int flags = 0;

	if (store->verify == KZ_VERIFY_NONE)
		flags = KZI_SEAL_TRUST;
	if (store->verify == KZ_VERIFY_ALL)
		flags = KZI_SEAL_SUMS;
	return kzi_seal_open(
		store->folder, flags, &store->state, &store->seal, err);
}

/* A path that stays right when the process goes to another folder. */
static char *make_absolute(const char *path)
{
	char here[4096], absolute[2 * sizeof(here)];

	if (path[0] == '/' || !getcwd(here, sizeof(here)) ||
		snprintf(absolute, sizeof(absolute), "%s/%s", here, path) >=
			(int)sizeof(absolute))
		return kzi_copy(path, strlen(path));
	return kzi_copy(absolute, strlen(absolute));
}

static kz_status find_folder(struct kzi_store *store, kz_error *err)
{
	kz_status status = kzi_folder_generation(
		store->path, &store->generation, err);

	if (status != KZ_OK)
		return status;
	store->folder =
		kzi_folder_join(store->path, store->generation, NULL);
	store->home = store->folder ? make_absolute(store->folder) : NULL;
	return store->home ? KZ_OK : kzi_fail_memory(err);
}

static kz_status open_generation(struct kzi_store *store, kz_error *err)
{
	kz_status status = find_folder(store, err);

	if (status != KZ_OK)
		return status;
	status = read_seal(store, err);
	if (status == KZ_END || (status == KZ_OK && store->state.removed))
		status = kzi_store_need_tables(store, err);
	if (status == KZ_OK)
		status = kzi_segments_open(&store->segments, store->folder,
			&store->state, store->path, err);
	return status == KZ_OK ? kzi_flat_open(&store->flat, store->folder,
					 &store->state, err)
			       : status;
}

static kz_status check_sums(const struct kzi_store *store, kz_error *err)
{
	if (store->verify == KZ_VERIFY_NONE ||
		(store->verify == KZ_VERIFY_CHANGED &&
			kzi_container_is_untouched(&store->container)))
		return KZ_OK;
	return kzi_container_check(&store->container, store->path, err);
}

static struct kzi_part part_of(
	const struct kzi_container *file, enum kzi_section section)
{
	struct kzi_part part = { 0 };

	part.bytes = kzi_container_section(file, section, &part.length);
	if (part.length == 0)
		part.bytes = NULL;
	part.fd = file->fd;
	part.start = file->sections[section].offset;
	return part;
}

static kz_status use_vocabulary(struct kzi_store *store, kz_error *err)
{
	store->vocabulary = part_of(&store->container, KZI_SECTION_VOCABULARY);
	if (!store->vocabulary.bytes ||
		kzi_vocabulary_is_whole(&store->vocabulary))
		return KZ_OK;
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"%s: damaged; make it again with kalauz-index --compact",
		store->path);
}

static kz_status use_flat(struct kzi_store *store, kz_error *err)
{
	const struct kzi_part rows =
		part_of(&store->container, KZI_SECTION_ROWS);
	const struct kzi_part text =
		part_of(&store->container, KZI_SECTION_TEXT);

	return kzi_flat_open_parts(
		&store->flat, &rows, &text, &store->state, err);
}

/* There is one segment at most. */
static kz_status use_postings(struct kzi_store *store, kz_error *err)
{
	const struct kzi_part postings =
		part_of(&store->container, KZI_SECTION_POSTINGS);

	if (!store->state.segment_count)
		return KZ_OK;
	if (store->state.segment_count > 1)
		return kzi_store_damaged(store, err);
	return kzi_segments_use(
		&store->segments, &postings, store->path, err);
}

/* Sections of the one file take the place of the files in a folder. */
static kz_status open_sections(struct kzi_store *store, kz_error *err)
{
	size_t length;
	const unsigned char *raw = kzi_container_section(
		&store->container, KZI_SECTION_STATE, &length);
	kz_status status = check_sums(store, err);

	if (status == KZ_OK)
		status = kzi_state_read(&store->state, (const char *)raw,
			length, store->path, err);
	if (status == KZ_OK && store->state.removed)
		status = kzi_store_need_tables(store, err);
	if (status == KZ_OK)
		status = use_vocabulary(store, err);
	if (status == KZ_OK)
		status = use_postings(store, err);
	return status == KZ_OK ? use_flat(store, err) : status;
}

/* A file, or else a folder. */
static kz_status open_any(struct kzi_store *store, kz_error *err)
{
	kz_status status =
		kzi_container_open(&store->container, store->path, err);

	if (status == KZ_END)
		status = open_generation(store, err);
	else if (status == KZ_OK)
		status = open_sections(store, err);
	return status == KZ_OK && store->analysis
		? kzi_state_check_analysis(
			  &store->state, store->analysis, store->path, err)
		: status;
}

/* 1 if another file has the name now. */
static int is_replaced(const struct kzi_store *store)
{
	struct stat mine, now;

	return fstat(store->container.fd, &mine) != 0 ||
		stat(store->path, &now) != 0 || mine.st_ino != now.st_ino ||
		mine.st_dev != now.st_dev;
}

/* KZ_OK if a run has committed since the state was read, so that files may be
 * of another one; KZ_END if not. */
static kz_status look_for_commit(struct kzi_store *store, kz_error *err)
{
	uint64_t seal = kzi_seal_look(store->home);
	kz_status status;

	if (seal && store->seal)
		return seal == store->seal ? KZ_END : KZ_OK;
	status = kzi_store_need_tables(store, err);
	if (status == KZ_ERR_STALE)
		return KZ_OK;
	if (status == KZ_OK)
		status = store->xapian->look(store->tables, store->home, err);
	/* The same state sealed anew. */
	if (status == KZ_END && seal)
		store->seal = seal;
	return status;
}

/* 1 if it may open next time: it was being written meanwhile. Where no state
 * was read, because the seal told of damage, tables must not be either. */
static int is_worth_another(struct kzi_store *store, kz_status status)
{
	if (status == KZ_OK || !store->generation)
		return 0;
	if (status == KZ_ERR_STALE || has_moved_on(store))
		return 1;
	return (store->seal || store->tables) &&
		look_for_commit(store, NULL) == KZ_OK;
}

static kz_status open_once(struct kzi_store **out, const char *path,
	const char *analysis, enum kz_verify verify, int *again, kz_error *err)
{
	struct kzi_store *store = kzi_calloc(1, sizeof(*store));
	kz_status status;

	*again = 0;
	if (!store)
		return kzi_fail_memory(err);
	store->container.fd = -1;
	store->analysis = analysis;
	store->verify = verify;
	store->path = kzi_copy(path, strlen(path));
	status = store->path ? open_any(store, err) : kzi_fail_memory(err);
	if (status == KZ_OK) {
		*out = store;
		return KZ_OK;
	}
	*again = is_worth_another(store, status);
	kzi_store_close(store);
	return status;
}

kz_status kzi_store_open(
	struct kzi_store **out, const char *path, kz_error *err)
{
	return kzi_store_open_with(out, path, NULL, KZ_VERIFY_CHANGED, err);
}

kz_status kzi_store_open_with(struct kzi_store **out, const char *path,
	const char *analysis, enum kz_verify verify, kz_error *err)
{
	kz_status status = KZ_OK;
	int again = 1, tries;

	*out = NULL;
	/* Each time that it moves on, it was whole: some tries are plenty. */
	for (tries = 0; again && tries < 10; tries++)
		status = open_once(out, path, analysis, verify, &again, err);
	return status;
}

void kzi_store_close(struct kzi_store *store)
{
	if (!store)
		return;
	close_tables(store);
	kzi_flat_close(store->flat);
	kzi_segments_close(&store->segments);
	kzi_removed_release(&store->removed);
	if (is_file(store))
		kzi_container_close(&store->container);
	else
		kzi_part_close(&store->vocabulary);
	kzi_arena_release(&store->scratch);
	kzi_free(store->window);
	kzi_free(store->home);
	kzi_free(store->folder);
	kzi_free(store->path);
	kzi_free(store);
}

/* ---- Refreshing -------------------------------------------------------- */

/* Open it all again; what was open stays if that fails. State, tables and the
 * list of what is removed belong together, so none of them is moved alone. */
static kz_status open_again(struct kzi_store *store, kz_error *err)
{
	struct kzi_store *fresh, old;
	kz_status status = kzi_store_open_with(&fresh, store->path,
		store->analysis, store->verify, err);

	if (status != KZ_OK)
		return status;
	old = *store;
	*store = *fresh;
	*fresh = old;
	kzi_store_close(fresh);
	return KZ_OK;
}

static kz_status refresh_folder(struct kzi_store *store, kz_error *err)
{
	unsigned generation;
	kz_status status =
		kzi_folder_generation(store->path, &generation, err);

	if (status != KZ_OK)
		return status;
	if (generation != store->generation)
		return open_again(store, err);
	status = look_for_commit(store, err);
	if (status == KZ_OK)
		status = open_again(store, err);
	/* It may have gone while it was being opened. */
	return status < 0 && has_moved_on(store) ? open_again(store, err)
						 : status;
}

kz_status kzi_store_refresh(struct kzi_store *store, kz_error *err)
{
	if (!is_file(store))
		return refresh_folder(store, err);
	return is_replaced(store) ? open_again(store, err) : KZ_END;
}

/* ---- Facts ------------------------------------------------------------- */

const struct kzi_store_info *kzi_store_get_info(const struct kzi_store *store)
{
	return &store->state.info;
}

struct kzi_scene kzi_store_scene(const struct kzi_store *store, size_t segment)
{
	const struct kzi_segment *segments = store->state.segments;
	struct kzi_scene scene = { &store->state,
		&store->segments.lists[segment],
		segment ? (uint32_t)segments[segment - 1].rows : 1,
		(uint32_t)segments[segment].rows, &store->removed };

	return scene;
}

kz_status kzi_store_damaged(const struct kzi_store *store, kz_error *err)
{
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"%s: postings are damaged; index again with --rebuild",
		store->path);
}

/* ---- Records ----------------------------------------------------------- */

kz_status kzi_store_row(struct kzi_store *store, uint32_t passage,
	struct kzi_row *row, kz_error *err)
{
	return kzi_flat_row(store->flat, passage, row, err);
}

void kzi_store_expect_row(const struct kzi_store *store, uint32_t passage)
{
	kzi_flat_expect_row(store->flat, passage);
}

void kzi_store_expect(
	const struct kzi_store *store, const struct kzi_row *row)
{
	kzi_flat_expect(store->flat, row->place);
}

static kz_status record_damaged(struct kzi_store *store,
	const struct kzi_arena *arena, kz_error *err)
{
	if (arena->failed)
		return kzi_fail_memory(err);
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"%s: a record is damaged; index again with --rebuild",
		store->path);
}

kz_status kzi_store_passage(struct kzi_store *store, const struct kzi_row *row,
	struct kzi_arena *arena, struct kzi_passage_record *record,
	kz_error *err)
{
	struct kzi_string raw = { 0 };
	kz_status status =
		kzi_flat_read(store->flat, row->place, arena, &raw, err);

	if (status == KZ_OK &&
		!kzi_record_get_passage(record, arena, raw.bytes, raw.length))
		status = record_damaged(store, arena, err);
	return status;
}

kz_status kzi_store_document(struct kzi_store *store, const struct kzi_row *row,
	struct kzi_arena *arena, struct kzi_document_record *record,
	kz_error *err)
{
	struct kzi_place place = { row->document, 0 };
	struct kzi_string raw = { 0 };
	kz_status status = kzi_flat_read(store->flat, place, arena, &raw, err);

	if (status == KZ_OK &&
		!kzi_record_get_document(record, arena, raw.bytes, raw.length))
		status = record_damaged(store, arena, err);
	return status;
}

/* ---- Vocabulary -------------------------------------------------------- */

static kz_status walk_section(struct kzi_store *store, int section,
	struct kzi_vocabulary *walk, kz_error *err)
{
	kz_status status = KZ_OK;

	if (!store->vocabulary.bytes && !is_file(store))
		status = kzi_vocabulary_open(&store->vocabulary, store->home,
			store->state.vocabulary, err);
	/* The state at hand is an old one, whose words are gone. */
	if (status == KZ_END)
		status = KZ_OK;
	kzi_vocabulary_walk(walk, &store->vocabulary, section);
	return status;
}

kz_status kzi_store_vocabulary(struct kzi_store *store, int language,
	struct kzi_vocabulary *walk, kz_error *err)
{
	return walk_section(store, language, walk, err);
}

kz_status kzi_store_forms(struct kzi_store *store, int language,
	struct kzi_vocabulary *walk, int *is_whole, kz_error *err)
{
	kz_status status =
		walk_section(store, KZI_FORMS + language, walk, err);

	*is_whole = store->vocabulary.bytes != NULL &&
		store->state.counted == store->state.rows;
	return status;
}
