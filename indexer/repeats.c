/* repeats.c -- see repeats.h. Notes are rows of numbers, in order:
 *
 *     folder, a hash (8)  stamp (8)  count (1)  so many lines, hashes (4) */
#include "indexer/repeats.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/load.h"
#include "indexer/format.h"

enum {
	FEW = 3,       /* Pages of a folder; of fewer nothing is told. */
	LOOKED_AT = 4, /* Pages of it that are. All but one of them, and so many
			  as few, have a line that repeats. */
	NOTE = 17      /* Bytes before the lines. */
};

/* A folder with pages in it, or below. */
struct folder {
	uint64_t name;  /* Hash. */
	uint64_t stamp; /* Of the pages that are looked at. */
	size_t pages[LOOKED_AT]; /* These; numbers of sources. */
	int count;
	int is_known;   /* By the notes. */
	struct kzi_lines_set lines;
};

/* A page and the folder that tells of it, the deepest that has a few. */
struct page {
	size_t source;
	uint64_t folder;
	size_t depth; /* Bytes of its name that are the folder's. */
};

struct search {
	struct kzi_sources *sources;
	struct kzi_buf pages;   /* Of struct page, by name. */
	struct kzi_buf folders; /* Of struct folder, sorted by name. */
};

static struct page *page_at(const struct search *search, size_t i)
{
	return (struct page *)(void *)search->pages.data + i;
}

static size_t page_count(const struct search *search)
{
	return search->pages.length / sizeof(struct page);
}

static struct folder *folder_at(const struct search *search, size_t i)
{
	return (struct folder *)(void *)search->folders.data + i;
}

static size_t folder_count(const struct search *search)
{
	return search->folders.length / sizeof(struct folder);
}

static const struct kzi_source *source_of(const struct search *search, size_t i)
{
	return kzi_sources_at(search->sources, page_at(search, i)->source);
}

/* ---- Folders ----------------------------------------------------------- */

/* By its name, as it is not read yet. */
static int is_page(const struct kzi_source *source)
{
	return !source->fault &&
		kzi_format_find(source->name, "", 0) == kzi_read_html;
}

static void find_pages(struct search *search)
{
	size_t count = kzi_sources_count(search->sources), i;

	for (i = 0; i < count; i++) {
		const struct page page = { .source = i };

		if (is_page(kzi_sources_at(search->sources, i)))
			kzi_buf_append(&search->pages, &page, sizeof(page));
	}
}

/* Bytes of the name of the folder that two pages are below, with its slash. */
static size_t common_folder(const struct search *search, size_t a, size_t b)
{
	const char *x = source_of(search, a)->name;
	const char *y = source_of(search, b)->name;
	size_t depth = 0, i;

	for (i = 0; x[i] && x[i] == y[i]; i++)
		if (x[i] == '/')
			depth = i + 1;
	return depth;
}

/* Pages are in the order of their names, those of a folder side by side: the
 * deepest with a few is that of a few neighbours. */
static void find_depth(const struct search *search, size_t i)
{
	struct page *page = page_at(search, i);
	size_t first = i < FEW ? 0 : i - FEW + 1;

	for (; first <= i && first + FEW <= page_count(search); first++) {
		size_t depth = common_folder(search, first, first + FEW - 1);

		if (depth > page->depth)
			page->depth = depth;
	}
	page->folder = kzi_hash(source_of(search, i)->name, page->depth, 0);
}

static int is_below(const struct search *search, size_t i, size_t page)
{
	return !strncmp(source_of(search, i)->name,
		source_of(search, page)->name, page_at(search, page)->depth);
}

/* Choose the pages of a page's folder that are looked at: the first and the
 * last, and what is evenly between. */
static void choose_pages(
	const struct search *search, struct folder *folder, size_t page)
{
	size_t first = page, end = page, i;

	while (first > 0 && is_below(search, first - 1, page))
		first--;
	while (end < page_count(search) && is_below(search, end, page))
		end++;
	folder->count = end - first < LOOKED_AT ? (int)(end - first)
						: LOOKED_AT;
	for (i = 0; i < (size_t)folder->count; i++) {
		size_t chosen = first +
			i * (end - first - 1) / (size_t)(folder->count - 1);
		const struct kzi_source *source = source_of(search, chosen);
		const uint64_t facts[] = { folder->stamp, source->size,
			(uint64_t)source->changed };

		folder->pages[i] = page_at(search, chosen)->source;
		folder->stamp = kzi_hash(source->name, strlen(source->name),
			kzi_hash(facts, sizeof(facts), 0));
	}
}

static int compare_folders(const void *a, const void *b)
{
	const struct folder *x = a, *y = b;

	return (x->name > y->name) - (x->name < y->name);
}

static struct folder *find_folder(const struct search *search, uint64_t name)
{
	const struct folder wanted = { .name = name };

	return folder_count(search)
		? bsearch(&wanted, search->folders.data, folder_count(search),
			  sizeof(wanted), compare_folders)
		: NULL;
}

/* Leave each folder once. Returns how many there are. */
static size_t leave_once(const struct search *search)
{
	size_t count = folder_count(search), kept = 0, i;

	if (count)
		qsort(search->folders.data, count, sizeof(struct folder),
			compare_folders);
	for (i = 0; i < count; i++)
		if (i == 0 || folder_at(search, i)->name !=
				folder_at(search, kept - 1)->name)
			*folder_at(search, kept++) = *folder_at(search, i);
	return kept;
}

static void find_folders(struct search *search)
{
	size_t count = page_count(search), i;

	for (i = 0; i < count && count >= FEW; i++) {
		struct folder folder = { .pages = { i } };

		find_depth(search, i);
		folder.name = page_at(search, i)->folder;
		if (i == 0 || folder.name != page_at(search, i - 1)->folder)
			kzi_buf_append(
				&search->folders, &folder, sizeof(folder));
	}
	count = search->folders.failed ? 0 : leave_once(search);
	search->folders.length = count * sizeof(struct folder);
	for (i = 0; i < count; i++)
		choose_pages(search, folder_at(search, i),
			folder_at(search, i)->pages[0]);
}

/* ---- Notes ------------------------------------------------------------- */

static void recall(const struct search *search, struct kzi_string known)
{
	const unsigned char *at = (const unsigned char *)known.bytes;
	size_t left = known.length;

	while (left >= NOTE) {
		struct folder *folder = find_folder(search, kzi_load64(at));
		size_t size = NOTE + 4 * (size_t)at[NOTE - 1];

		if (size > left)
			return;
		if (folder && folder->stamp == kzi_load64(at + 8))
			folder->is_known = kzi_lines_set_get(&folder->lines,
				(const char *)at + NOTE, size - NOTE);
		at += size;
		left -= size;
	}
}

static void note(const struct search *search, struct kzi_buf *notes)
{
	size_t i;

	for (i = 0; i < folder_count(search); i++) {
		const struct folder *folder = folder_at(search, i);
		char head[NOTE];

		kzi_save(head, folder->name, 8);
		kzi_save(head + 8, folder->stamp, 8);
		head[NOTE - 1] = (char)folder->lines.count;
		kzi_buf_append(notes, head, sizeof(head));
		kzi_lines_set_put(notes, &folder->lines);
	}
}

/* ---- Looking ----------------------------------------------------------- */

static int has_line(const struct kzi_edges *edges, uint32_t line)
{
	int i;

	for (i = 0; i < edges->first + edges->last; i++)
		if (edges->lines[i] == line)
			return 1;
	return 0;
}

static int is_copy(const struct kzi_edges *a, const struct kzi_edges *b)
{
	return a->first == b->first && a->last == b->last &&
		!memcmp(a->lines, b->lines, sizeof(a->lines));
}

/* Copies of a page make nothing repeat: leave one of them. Pages without text
 * tell nothing. Returns how many are left. */
static int leave_different(struct kzi_edges *edges, int count)
{
	int kept = 0, i, j;

	for (i = 0; i < count; i++) {
		for (j = 0; j < kept && !is_copy(&edges[j], &edges[i]); j++)
			;
		if (j == kept && edges[i].first)
			edges[kept++] = edges[i];
	}
	return kept;
}

/* The lines that all but one of the pages have, and a few at least. */
static void learn(struct folder *folder, struct kzi_edges *edges, int count)
{
	int i, j, k;

	count = leave_different(edges, count);
	for (i = 0; i < count; i++)
		for (j = 0; j < edges[i].first + edges[i].last; j++) {
			uint32_t line = edges[i].lines[j];
			int with = 0;

			for (k = 0; k < count; k++)
				with += has_line(&edges[k], line);
			if (with >= FEW && with >= count - 1 &&
				folder->lines.count < KZI_EDGE_LINES &&
				!kzi_lines_set_has(&folder->lines, line))
				folder->lines.lines[folder->lines.count++] =
					line;
		}
}

static kz_status take_edges(struct kzi_crew *crew, struct folder *folder,
	kz_error *err)
{
	const struct kzi_sink nobody = { .context = NULL };
	struct kzi_edges edges[LOOKED_AT];
	struct kzi_reading reading;
	kz_status status = KZ_OK;
	int i;

	for (i = 0; status == KZ_OK && i < folder->count; i++) {
		status = kzi_crew_take(crew, &nobody, &reading, err);
		edges[i] = reading.edges;
	}
	if (status == KZ_OK)
		learn(folder, edges, folder->count);
	return status;
}

/* Pages of folders are asked for while those of others are taken. */
static kz_status look(
	const struct search *search, struct kzi_crew *crew, kz_error *err)
{
	size_t count = folder_count(search), next = 0, i;
	kz_status status = KZ_OK;
	int asked = 0;

	for (i = 0; status == KZ_OK && i < count; i++) {
		while (next < count && !kzi_crew_is_full(crew)) {
			const struct folder *folder = folder_at(search, next);

			if (folder->is_known || asked == folder->count) {
				asked = 0;
				next++;
				continue;
			}
			kzi_crew_ask_edges(crew,
				kzi_sources_at(search->sources,
					folder->pages[asked++]));
		}
		if (!folder_at(search, i)->is_known)
			status = take_edges(crew, folder_at(search, i), err);
	}
	return status;
}

/* ---- All of it --------------------------------------------------------- */

static void tell(const struct search *search)
{
	size_t i;

	for (i = 0; i < page_count(search); i++) {
		const struct page *page = page_at(search, i);
		const struct folder *folder = find_folder(search, page->folder);

		if (folder)
			kzi_sources_at(search->sources, page->source)
				->origin.repeated = folder->lines;
	}
}

kz_status kzi_repeats_find(struct kzi_sources *sources, struct kzi_crew *crew,
	struct kzi_string known, struct kzi_buf *notes, kz_error *err)
{
	struct search search = { .sources = sources };
	kz_status status = KZ_OK;

	find_pages(&search);
	if (!search.pages.failed)
		find_folders(&search);
	if (search.pages.failed || search.folders.failed)
		status = kzi_fail_memory(err);
	if (status == KZ_OK) {
		recall(&search, known);
		status = look(&search, crew, err);
	}
	if (status == KZ_OK) {
		tell(&search);
		note(&search, notes);
	}
	if (status == KZ_OK && notes->failed)
		status = kzi_fail_memory(err);
	kzi_buf_release(&search.pages);
	kzi_buf_release(&search.folders);
	return status;
}
