/* source.c -- see source.h. Folders are walked with a list of those still to
 * visit, not by recursion: a tree may be deep. Links to folders are not
 * followed, so there are no loops; devices and pipes are not opened. */
#include "indexer/source.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "indexer/settings.h"

enum { ABOVE = 2 /* Folders above a PATH that may tell what it is. */ };

/* A folder still to visit, or a path given by the user. */
struct folder {
	const char *path;
	const char *name;  /* "" for the PATH itself. */
	const char *above; /* The folders above the name, where these tell what
			      is below them; or NULL. */
	struct kzi_origin origin; /* What it and those above say. */
};

struct walk {
	struct kzi_sources *sources;
	struct kzi_buf folders; /* Of struct folder; a stack. */
};

static const char *copy(struct kzi_sources *sources, const char *text)
{
	const char *result =
		kzi_arena_copy(&sources->arena, text, strlen(text));

	if (!result)
		sources->failed = 1;
	return result;
}

static const char *join(
	struct kzi_sources *sources, const char *folder, const char *name)
{
	size_t length = strlen(folder) + strlen(name) + 2;
	char *joined = kzi_arena_get(&sources->arena, length);

	if (!joined)
		sources->failed = 1;
	else
		snprintf(joined, length, "%s%s%s", folder,
			*folder && folder[strlen(folder) - 1] != '/' ? "/" : "",
			name);
	return joined;
}

static void add_source(struct kzi_sources *sources, const char *path,
	const char *name, const struct stat *status, const char *fault)
{
	struct kzi_source source = { .name = name, .path = path,
		.hides = fault ? name : NULL };

	if (status) {
		source.size = (uint64_t)status->st_size;
		source.changed =
			(int64_t)status->st_mtim.tv_sec * 1000000000 +
			status->st_mtim.tv_nsec;
	}
	if (fault)
		source.fault = copy(sources, fault);
	kzi_buf_append(&sources->items, &source, sizeof(source));
	if (sources->items.failed)
		sources->failed = 1;
}

static void push_folder(struct walk *walk, const struct folder *in,
	const char *path, const char *name)
{
	struct folder folder = *in;

	folder.path = path;
	folder.name = name;
	kzi_buf_append(&walk->folders, &folder, sizeof(folder));
	if (walk->folders.failed)
		walk->sources->failed = 1;
}

static int is_index(
	const struct kzi_sources *sources, const struct stat *status)
{
	return sources->index_inode && status->st_ino == sources->index_inode &&
		status->st_dev == sources->index_device;
}

/* ---- Where files come from ---------------------------------------------- */

/* What a folder says counts for all in it. */
static void take_settings(struct kzi_sources *sources,
	const struct kzi_settings *settings, struct folder *folder)
{
	if (settings->kind)
		folder->origin.kind = settings->kind;
	if (*settings->place)
		folder->origin.place = copy(sources, settings->place);
	if (*settings->fault)
		add_source(sources,
			join(sources, folder->path, KZI_SETTINGS_FILE),
			join(sources, folder->name, KZI_SETTINGS_FILE), NULL,
			settings->fault);
}

/* The folders above `name`, of which a PATH is the whole or the end. */
static const char *folders_above(
	struct kzi_sources *sources, const char *path, const char *name)
{
	char real[PATH_MAX], *start;
	struct kzi_string place;
	const char *above, *whole;
	int i;

	if (!realpath(path, real))
		return NULL;
	if (*name)
		*strrchr(real, '/') = '\0';
	start = real + strlen(real);
	for (i = 0; i < ABOVE && start > real; i++)
		while (start > real && *--start != '/')
			;
	above = copy(sources, start + (*start == '/'));
	whole = above ? join(sources, above, "") : NULL;
	return whole && kzi_classify_path(whole, &place) ? above : NULL;
}

/* Set where the last file comes from, as far as its name does not tell. */
static void set_origin(struct kzi_sources *sources, const struct folder *in)
{
	struct kzi_source *source;
	struct kzi_string place;
	const char *whole;
	enum kzi_kind kind;

	if (sources->failed)
		return;
	source = kzi_sources_at(sources, kzi_sources_count(sources) - 1);
	source->origin = in->origin;
	if (!in->above || kzi_classify_path(source->name, &place))
		return;
	whole = join(sources, in->above, source->name);
	if (!whole)
		return;
	kind = kzi_classify_path(whole, &place);
	if (!source->origin.kind)
		source->origin.kind = kind;
	if (!source->origin.place && place.bytes)
		source->origin.place = kzi_arena_copy(
			&sources->arena, place.bytes, place.length);
}

/* ---- The walk ----------------------------------------------------------- */

/* One entry of a folder, or one PATH (is_given: links to folders count). */
static void take(struct walk *walk, const struct folder *in, const char *path,
	const char *name, int is_given)
{
	struct kzi_sources *sources = walk->sources;
	const char *shown = *name ? name : path;
	struct stat status, target;

	if (lstat(path, &status) != 0) {
		add_source(sources, path, shown, NULL, strerror(errno));
		return;
	}
	if (S_ISLNK(status.st_mode)) {
		if (stat(path, &target) != 0) {
			add_source(sources, path, shown, NULL, strerror(errno));
			return;
		}
		if (S_ISDIR(target.st_mode) && !is_given) {
			add_source(sources, path, shown, NULL,
				"a link to a folder, not followed");
			return;
		}
		status = target;
	}
	if (S_ISDIR(status.st_mode)) {
		if (!is_index(sources, &status))
			push_folder(walk, in, path, name);
	} else if (S_ISREG(status.st_mode)) {
		add_source(sources, path, shown, &status, NULL);
		set_origin(sources, in);
	} else {
		add_source(sources, path, shown, NULL, "not a regular file");
	}
}

/* A folder that cannot be read, or not to its end, for the reason in errno. */
static void add_hidden(struct kzi_sources *sources, struct folder folder)
{
	struct kzi_source *source;

	add_source(sources, folder.path,
		*folder.name ? folder.name : folder.path, NULL,
		strerror(errno));
	if (sources->failed)
		return;
	source = kzi_sources_at(sources, kzi_sources_count(sources) - 1);
	source->hides = folder.name;
}

static void visit(struct walk *walk, struct folder folder)
{
	struct kzi_sources *sources = walk->sources;
	struct kzi_settings settings;
	const struct dirent *entry;
	DIR *open_folder = opendir(folder.path);

	if (!open_folder) {
		add_hidden(sources, folder);
		return;
	}
	kzi_settings_load(&settings, folder.path);
	take_settings(sources, &settings, &folder);
	while (!sources->failed && (errno = 0, entry = readdir(open_folder))) {
		const char *path, *name;

		if (entry->d_name[0] == '.' ||
			kzi_settings_ignore(&settings, entry->d_name))
			continue;
		path = join(sources, folder.path, entry->d_name);
		name = join(sources, folder.name, entry->d_name);
		if (path && name)
			take(walk, &folder, path, name, 0);
	}
	if (!sources->failed && errno)
		add_hidden(sources, folder);
	kzi_settings_release(&settings);
	closedir(open_folder);
}

/* The last part of a path, without a slash at its end; of "." and "a/.." that
 * of the folder which they are. */
static const char *base_name(struct kzi_sources *sources, const char *path)
{
	size_t end = strlen(path), start;
	char real[PATH_MAX];

	while (end > 1 && path[end - 1] == '/')
		end--;
	for (start = end; start > 0 && path[start - 1] != '/'; start--)
		;
	if (end - start <= 2 && strspn(path + start, ".") >= end - start &&
		realpath(path, real) && strcmp(path, real))
		return base_name(sources, real);
	return kzi_arena_copy(&sources->arena, path + start, end - start);
}

static int is_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int compare(const void *a, const void *b)
{
	const struct kzi_source *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : strcmp(x->path, y->path);
}

/* 1 if `hides`, a folder or file, is `name` or holds it; "" holds all. */
static int holds(const char *hides, const char *name)
{
	size_t length = strlen(hides);

	return !length ||
		(!strncmp(hides, name, length) &&
			(!name[length] || name[length] == '/'));
}

int kzi_sources_hide(const struct kzi_sources *sources, const char *name)
{
	size_t i;

	for (i = 0; i < kzi_sources_count(sources); i++) {
		const char *hides = kzi_sources_at(sources, i)->hides;

		if (hides && holds(hides, name))
			return 1;
	}
	return 0;
}

static int is_same_file(const char *a, const char *b)
{
	struct stat x, y;

	return !strcmp(a, b) ||
		(stat(a, &x) == 0 && stat(b, &y) == 0 &&
			x.st_dev == y.st_dev && x.st_ino == y.st_ino);
}

/* Two files of one name cannot both be in the index. One that was reached by
 * two of the PATHs is one file. */
static void join_doubles(struct kzi_sources *sources)
{
	struct kzi_source *kept = kzi_sources_at(sources, 0);
	size_t count = kzi_sources_count(sources), i;

	for (i = 1; i < count; i++) {
		struct kzi_source *source = kzi_sources_at(sources, i);
		int is_double = !strcmp(source->name, kept->name);

		if (is_double && is_same_file(source->path, kept->path))
			continue;
		if (is_double)
			source->fault = "another file has the same name;"
					" index the folder above both";
		*++kept = *source;
	}
	if (count > 0)
		sources->items.length = (size_t)((char *)(kept + 1) -
			(char *)sources->items.data);
}

/* The folder that a PATH lies in, if it is a file: what is said there counts for
 * it, too. */
static void take_beside(struct kzi_sources *sources, struct folder *in)
{
	const char *slash = strrchr(in->path, '/');
	struct kzi_settings settings;

	in->path = !slash ? "."
		: kzi_arena_copy(&sources->arena, in->path,
			  (size_t)(slash - in->path) + 1);
	if (!in->path)
		return;
	kzi_settings_load(&settings, in->path);
	take_settings(sources, &settings, in);
	kzi_settings_release(&settings);
}

static void take_given(struct walk *walk, const char *path, const char *name)
{
	struct folder in = { .path = path, .name = "" };

	in.above = folders_above(walk->sources, path, name);
	if (!is_folder(path))
		take_beside(walk->sources, &in);
	take(walk, &in, path, name, 1);
}

int kzi_sources_find(struct kzi_sources *sources, const char *index,
	char *const *paths, int count)
{
	struct walk walk = { .sources = sources };
	struct stat status;
	int folders = 0, i;

	memset(sources, 0, sizeof(*sources));
	if (index && stat(index, &status) == 0) {
		sources->index_device = status.st_dev;
		sources->index_inode = status.st_ino;
	}
	for (i = 0; i < count; i++)
		folders += is_folder(paths[i]);
	for (i = 0; i < count && !sources->failed; i++) {
		const char *path = copy(sources, paths[i]);
		const char *name = base_name(sources, paths[i]);

		if (!path || !name)
			sources->failed = 1;
		else
			take_given(&walk, path,
				is_folder(path) && folders == 1 ? "" : name);
	}
	while (walk.folders.length > 0 && !sources->failed) {
		struct folder folder;

		walk.folders.length -= sizeof(folder);
		memcpy(&folder, walk.folders.data + walk.folders.length,
			sizeof(folder));
		visit(&walk, folder);
	}
	kzi_buf_release(&walk.folders);
	if (sources->failed)
		return 0;
	if (sources->items.length)
		qsort(sources->items.data, kzi_sources_count(sources),
			sizeof(struct kzi_source), compare);
	join_doubles(sources);
	return 1;
}

struct kzi_source *kzi_sources_at(const struct kzi_sources *sources, size_t i)
{
	return (struct kzi_source *)(void *)sources->items.data + i;
}

size_t kzi_sources_count(const struct kzi_sources *sources)
{
	return sources->items.length / sizeof(struct kzi_source);
}

void kzi_sources_release(struct kzi_sources *sources)
{
	kzi_arena_release(&sources->arena);
	kzi_buf_release(&sources->items);
}
