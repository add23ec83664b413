/* folder.c -- see folder.h. The pointer file is written aside, made durable,
 * and renamed over the old one: a reader sees one or the other. */
#include "store/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/failpoint.h"
#include "store/durable.h"
#include "store/record.h"
#include "store/schema.h"
#include "store/store.h"

enum { POINTER_BYTES = 128, NUMBER_DIGITS = 12 };

static char *join(const char *path, const char *name)
{
	size_t length = strlen(path) + strlen(name) + 2;
	char *joined = kzi_malloc(length);

	if (joined)
		snprintf(joined, length, "%s/%s", path, name);
	return joined;
}

char *kzi_folder_join(const char *path, unsigned generation, const char *name)
{
	size_t length = strlen(path) + NUMBER_DIGITS + 3 +
		(name ? strlen(name) : 0);
	char *joined = kzi_malloc(length);

	if (joined)
		snprintf(joined, length, name ? "%s/%u/%s" : "%s/%u", path,
			generation, name);
	return joined;
}

static kz_status fail_io(kz_error *err, const char *path, const char *what)
{
	return kzi_fail(err, KZ_ERR_IO, "%s: %s: %s", path, what,
		strerror(errno));
}

/* ---- The pointer ------------------------------------------------------- */

static kz_status read_pointer(const char *path, const char *file,
	char text[POINTER_BYTES], kz_error *err)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t got;

	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return kzi_fail(err, KZ_ERR_NO_INDEX,
			"%s: no index there; make one with kalauz-index", path);
	if (fd < 0)
		return fail_io(err, path, "cannot be read");
	got = read(fd, text, POINTER_BYTES - 1);
	close(fd);
	if (got < 0)
		return fail_io(err, path, "cannot be read");
	text[got] = '\0';
	return KZ_OK;
}

static kz_status parse_pointer(
	const char *path, const char *text, unsigned *generation, kz_error *err)
{
	unsigned format;
	int found = sscanf(text, "kalauz index\nformat %9u\ngeneration %9u\n",
		&format, generation);

	if (found >= 1 && format != KZI_FORMAT)
		return kzi_fail_format(path, format, err);
	if (found < 2 || *generation == 0)
		return kzi_fail(err, KZ_ERR_CORRUPT,
			"%s: %s is damaged; index again with --rebuild", path,
			KZI_POINTER_FILE);
	return KZ_OK;
}

kz_status kzi_folder_generation(
	const char *path, unsigned *generation, kz_error *err)
{
	char text[POINTER_BYTES];
	char *file = join(path, KZI_POINTER_FILE);
	kz_status status;

	*generation = 0;
	if (!file)
		return kzi_fail_memory(err);
	status = read_pointer(path, file, text, err);
	kzi_free(file);
	if (status == KZ_OK)
		status = parse_pointer(path, text, generation, err);
	return status;
}

static int replace(const char *aside, const char *file)
{
	KZI_FAILPOINT("publish-rename");
	return rename(aside, file) == 0;
}

kz_status kzi_folder_publish(
	const char *path, unsigned generation, kz_error *err)
{
	char *file = join(path, KZI_POINTER_FILE);
	char *aside = join(path, KZI_POINTER_FILE ".new");
	char text[POINTER_BYTES];
	kz_status status = KZ_OK;

	KZI_FAILPOINT("publish-before");
	snprintf(text, sizeof(text),
		"kalauz index\nformat %d\ngeneration %u\n", KZI_FORMAT,
		generation);
	if (!file || !aside)
		status = kzi_fail_memory(err);
	else if (!kzi_durable_write(aside, text, strlen(text)) ||
		!replace(aside, file) || !kzi_durable_names(path))
		status = fail_io(err, path, "cannot be written");
	KZI_FAILPOINT("publish-after");
	kzi_free(file);
	kzi_free(aside);
	return status;
}

/* ---- The lock ---------------------------------------------------------- */

static int is_number(const char *name)
{
	return name[0] && strspn(name, "0123456789") == strlen(name);
}

/* The word table, or one being written beside it: "glossary.4711". */
static int is_glossary(const char *name)
{
	size_t length = strlen(KZI_GLOSSARY_FILE);

	return !strncmp(name, KZI_GLOSSARY_FILE, length) &&
		(!name[length] ||
			(name[length] == '.' && is_number(name + length + 1)));
}

static int is_ours(const char *name)
{
	return !strcmp(name, ".") || !strcmp(name, "..") ||
		!strcmp(name, KZI_LOCK_FILE) ||
		!strcmp(name, KZI_POINTER_FILE) ||
		!strcmp(name, KZI_POINTER_FILE ".new") || is_number(name) ||
		is_glossary(name);
}

/* A folder that holds anything else was not made by us, and is not touched. */
static kz_status check_folder(const char *path, kz_error *err)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;
	kz_status status = KZ_OK;

	if (!folder)
		return fail_io(err, path, "cannot be opened");
	while (status == KZ_OK && (entry = readdir(folder)) != NULL)
		if (!is_ours(entry->d_name))
			status = kzi_fail(err, KZ_ERR_IO,
				"%s: holds other files (%s), so it is not"
				" taken for an index; name another folder",
				path, entry->d_name);
	closedir(folder);
	return status;
}

kz_status kzi_folder_lock(const char *path, int *lock, kz_error *err)
{
	char *file;
	kz_status status;

	*lock = -1;
	if (mkdir(path, 0777) != 0 && errno != EEXIST)
		return fail_io(err, path, "cannot be made");
	status = check_folder(path, err);
	if (status != KZ_OK)
		return status;
	file = join(path, KZI_LOCK_FILE);
	if (!file)
		return kzi_fail_memory(err);
	*lock = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	kzi_free(file);
	if (*lock < 0)
		return fail_io(err, path, "cannot be written");
	if (flock(*lock, LOCK_EX | LOCK_NB) == 0)
		return KZ_OK;
	close(*lock);
	*lock = -1;
	return kzi_fail(err, KZ_ERR_LOCKED,
		"%s: another kalauz-index is writing; wait until it is done",
		path);
}

/* ---- Generations ------------------------------------------------------- */

void kzi_folder_remove(const char *path)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;

	if (!folder)
		return;
	while ((entry = readdir(folder)) != NULL) {
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			unlinkat(dirfd(folder), entry->d_name, 0);
		KZI_FAILPOINT("sweep");
	}
	closedir(folder);
	rmdir(path);
}

static void remove_generation(const char *path, const char *name)
{
	char *folder = join(path, name);

	if (folder)
		kzi_folder_remove(folder);
	kzi_free(folder);
}

void kzi_folder_sweep(const char *path, unsigned keep)
{
	char kept[NUMBER_DIGITS];
	const struct dirent *entry;
	DIR *folder = opendir(path);

	snprintf(kept, sizeof(kept), "%u", keep);
	while (folder && (entry = readdir(folder)) != NULL)
		if (is_number(entry->d_name) && strcmp(entry->d_name, kept))
			remove_generation(path, entry->d_name);
	if (folder)
		closedir(folder);
}

kz_status kzi_folder_begin(
	const char *path, unsigned generation, kz_error *err)
{
	char name[NUMBER_DIGITS];
	char *folder = kzi_folder_join(path, generation, NULL);
	kz_status status = KZ_OK;

	if (!folder)
		return kzi_fail_memory(err);
	snprintf(name, sizeof(name), "%u", generation);
	remove_generation(path, name);
	if (mkdir(folder, 0777) != 0)
		status = fail_io(err, path, "cannot be written");
	kzi_free(folder);
	return status;
}
