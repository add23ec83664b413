/* dictionary.c -- see dictionary.h: what a file is by its name, and its
 * bytes. */
#include "indexer/dictionary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "base/error.h"

/* No dictionary of words is that large; a file that unpacks to more was made to
 * fill the memory. */
enum { BYTES_MOST = 256 << 20, STEP = 1 << 18 };

/* ---- Names ------------------------------------------------------------- */

static const struct {
	const char *ending;
	enum kzi_dictionary_kind kind;
} endings[] = {
	{ ".index", KZI_DICTD },
	{ ".autobil.bin", KZI_APERTIUM },
	{ ".dix", KZI_DIX },
	{ ".tsv", KZI_GLOSSARY },
};

static int ends_in(const char *name, size_t length, const char *ending)
{
	size_t size = strlen(ending);

	return length > size && !memcmp(name + length - size, ending, size);
}

/* "freedict-eng-hun", "apertium-eng-cat.eng-cat" => the last two codes. */
static int take_languages(struct kzi_dictionary *dictionary)
{
	const char *name = dictionary->name;
	const char *last = strrchr(name, '-'), *first = last;

	if (!last)
		return 0;
	while (first > name && first[-1] != '-' && first[-1] != '.')
		first--;
	dictionary->left = kzi_lexicon_language(first, (size_t)(last - first));
	dictionary->right = kzi_lexicon_language(last + 1, strlen(last + 1));
	return dictionary->left >= 0 && dictionary->right >= 0 &&
		dictionary->left != dictionary->right;
}

void kzi_dictionary_tell(struct kzi_dictionary *dictionary, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	size_t length = strlen(name), i;

	memset(dictionary, 0, sizeof(*dictionary));
	dictionary->path = path;
	for (i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		if (!ends_in(name, length, endings[i].ending))
			continue;
		length -= strlen(endings[i].ending);
		if (length >= sizeof(dictionary->name))
			return;
		memcpy(dictionary->name, name, length);
		dictionary->kind = endings[i].kind;
		break;
	}
	if (dictionary->kind != KZI_GLOSSARY && !take_languages(dictionary))
		dictionary->kind = KZI_NO_DICTIONARY;
}

/* ---- Bytes ------------------------------------------------------------- */

kz_status kzi_dictionary_damaged(const char *path, kz_error *err)
{
	return kzi_fail(err, KZ_ERR_CORRUPT,
		"%s: damaged, or no dictionary of its kind", path);
}

static kz_status read_all(
	gzFile file, const char *path, struct kzi_buf *out, kz_error *err)
{
	for (;;) {
		char *room = kzi_buf_room(out, STEP);
		int got;

		if (!room)
			return kzi_fail_memory(err);
		got = gzread(file, room, STEP);
		if (got < 0)
			return kzi_dictionary_damaged(path, err);
		if (got == 0)
			return KZ_OK;
		out->length += (size_t)got;
		if (out->length > BYTES_MOST)
			return kzi_fail(err, KZ_ERR_CORRUPT,
				"%s: too long for a dictionary", path);
	}
}

kz_status kzi_dictionary_bytes(
	const char *path, struct kzi_buf *out, kz_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat status;
	gzFile file;
	kz_status result;

	if (fd < 0 || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
		result = kzi_fail(err, KZ_ERR_IO, "%s: %s", path,
			fd < 0 ? strerror(errno) : "not a file");
		if (fd >= 0)
			close(fd);
		return result;
	}
	file = gzdopen(fd, "rb");
	if (!file) {
		close(fd);
		return kzi_fail_memory(err);
	}
	result = read_all(file, path, out, err);
	gzclose(file);
	return result;
}
