/* settings.c -- see settings.h. What a line has that is not known here is left
 * for later versions. */
#include "indexer/settings.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	LINE = 1024,
	PATH = 4096,
	LINES_MOST = 10000 /* What is behind them does not count. */
};

static char *trim(char *text)
{
	size_t length;

	text += strspn(text, " \t\r\n");
	length = strlen(text);
	while (length > 0 && strchr(" \t\r\n", text[length - 1]))
		text[--length] = '\0';
	return text;
}

static void add_names(struct kzi_settings *settings, char *names)
{
	while (*names) {
		size_t length = strcspn(names, ",");
		char *next = names + length + (names[length] == ',');
		char *name;

		names[length] = '\0';
		name = trim(names);
		if (*name)
			kzi_buf_append(
				&settings->ignored, name, strlen(name) + 1);
		names = next;
	}
}

static void set_kind(struct kzi_settings *settings, const char *name)
{
	settings->kind = kzi_kind_named(name, strlen(name));
	if (!settings->kind)
		snprintf(settings->fault, sizeof(settings->fault),
			"kind = %.40s: no kind; write guide, story or material",
			name);
}

static void set_place(struct kzi_settings *settings, const char *name)
{
	if (strlen(name) < sizeof(settings->place))
		snprintf(settings->place, sizeof(settings->place), "%s", name);
	else
		snprintf(settings->fault, sizeof(settings->fault),
			"place = %.40s...: longer than %d bytes", name,
			KZI_SETTING_MOST - 1);
}

static void read_line(struct kzi_settings *settings, char *line)
{
	char *equals, *value;

	if (!strncmp(line, "\xEF\xBB\xBF", 3))
		line += 3; /* Editors on Windows like to begin a file so. */
	line[strcspn(line, ";#")] = '\0';
	equals = strchr(line, '=');
	if (!equals)
		return;
	*equals = '\0';
	line = trim(line);
	value = trim(equals + 1);
	if (!strcmp(line, "ignore"))
		add_names(settings, value);
	else if (!strcmp(line, "kind"))
		set_kind(settings, value);
	else if (!strcmp(line, "place"))
		set_place(settings, value);
}

/* Open the file; NULL if it is none. A pipe would make us wait for ever, and a
 * device has no end. */
static FILE *open_file(const char *path)
{
	struct stat status;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	FILE *file = NULL;

	if (fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
		file = fdopen(fd, "r");
	if (fd >= 0 && !file)
		close(fd);
	return file;
}

void kzi_settings_read(struct kzi_settings *settings, FILE *file)
{
	char line[LINE];
	int left = LINES_MOST;

	memset(settings, 0, sizeof(*settings));
	while (left-- > 0 && fgets(line, sizeof(line), file))
		read_line(settings, line);
}

void kzi_settings_load(struct kzi_settings *settings, const char *folder)
{
	char path[PATH];
	FILE *file;

	memset(settings, 0, sizeof(*settings));
	if (snprintf(path, sizeof(path), "%s/" KZI_SETTINGS_FILE, folder) >=
		(int)sizeof(path))
		return;
	file = open_file(path);
	if (!file)
		return;
	kzi_settings_read(settings, file);
	fclose(file);
}

int kzi_settings_ignore(const struct kzi_settings *settings, const char *name)
{
	const char *at = settings->ignored.data;
	const char *end = at + settings->ignored.length;

	if (!strcmp(name, KZI_SETTINGS_FILE))
		return 1;
	for (; at < end; at += strlen(at) + 1)
		if (!strcmp(at, name))
			return 1;
	return 0;
}

void kzi_settings_release(struct kzi_settings *settings)
{
	kzi_buf_release(&settings->ignored);
}
