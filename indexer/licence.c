/* licence.c -- see licence.h. A copyright file of Debian has paragraphs:
 *
 *     Files: eng-hun/ (and a star)
 *     Copyright: 2000-2022 FreeDict contributors
 *     License: GPL-2+ */
#include "indexer/licence.h"

#include <stdio.h>
#include <string.h>

enum { LINE = 1024, PATH_MOST = 4096 };

/* The value of a line, if it has that key: without blanks around it. */
static const char *value_of(char *line, const char *key)
{
	size_t length = strlen(key);
	char *end = line + strlen(line);

	if (strncmp(line, key, length))
		return NULL;
	line += length;
	while (end > line && (unsigned char)end[-1] <= ' ')
		*--end = '\0';
	return line + strspn(line, " \t");
}

/* Packages have many dictionaries in one copyright file: part is "eng-hun". */
static void read_file(char licence[KZI_LICENCE_MOST], FILE *file,
	const char *part)
{
	char line[LINE];
	int is_ours = 0, is_first = 1;

	while (fgets(line, sizeof(line), file)) {
		const char *files = value_of(line, "Files:");
		const char *value =
			files ? NULL : value_of(line, "License:");

		if (files)
			is_ours = !strncmp(files, part, strlen(part)) &&
				files[strlen(part)] == '/';
		if (!value || !*value || (!is_first && !is_ours))
			continue;
		snprintf(licence, KZI_LICENCE_MOST, "%.*s",
			KZI_LICENCE_MOST - 1, value);
		is_first = 0;
		if (is_ours)
			return;
	}
}

/* "/usr/share/dictd/freedict-eng-hun.index" => "dict-freedict-eng-hun";
 * "/usr/share/apertium/apertium-eng-cat/..." => the folder. */
static void name_package(char package[LINE],
	const struct kzi_dictionary *dictionary)
{
	const char *end = strrchr(dictionary->path, '/');
	const char *start = end;

	if (dictionary->kind == KZI_DICTD) {
		snprintf(package, LINE, "dict-%s", dictionary->name);
		return;
	}
	while (start > dictionary->path && start[-1] != '/')
		start--;
	snprintf(package, LINE, "%.*s", end ? (int)(end - start) : 0,
		start ? start : "");
}

void kzi_licence_find(char licence[KZI_LICENCE_MOST], const char *share,
	const struct kzi_dictionary *dictionary)
{
	const char *part = strchr(dictionary->name, '-');
	char package[LINE], path[PATH_MOST];
	FILE *file = NULL;

	snprintf(licence, KZI_LICENCE_MOST, "not stated");
	name_package(package, dictionary);
	if (*package &&
		snprintf(path, sizeof(path), "%s/doc/%s/copyright", share,
			package) < (int)sizeof(path))
		file = fopen(path, "re");
	if (!file)
		return;
	read_file(licence, file, part ? part + 1 : "*");
	fclose(file);
}
