/* process.c -- kalauz-query as a person or a script meets it: a program that is
 * started, answers one query and ends. Timed from before the start to the end.
 *
 * "Cold" means that the kernel was asked to drop the files of the index; it
 * drops only what nobody has mapped, and the program itself stays warm. */
#include "bench.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/say.h"

enum { FOLDERS_OPEN = 8, ARGUMENTS = 8 };

extern char **environ;

/* nftw() has no context; the program walks one folder at a time. */
static uint64_t folder_bytes;

static int add_bytes(const char *path, const struct stat *facts, int kind,
	struct FTW *where)
{
	(void)path;
	(void)where;
	if (kind == FTW_F)
		folder_bytes += (uint64_t)facts->st_size;
	return 0;
}

uint64_t kzb_folder_bytes(const char *path)
{
	folder_bytes = 0;
	nftw(path, add_bytes, FOLDERS_OPEN, FTW_PHYS);
	return folder_bytes;
}

static int drop(const char *path, const struct stat *facts, int kind,
	struct FTW *where)
{
	int file;

	(void)facts;
	(void)where;
	if (kind != FTW_F || (file = open(path, O_RDONLY)) < 0)
		return 0;
	(void)fdatasync(file);
	(void)posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
	close(file);
	return 0;
}

static double now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int start_program(const struct kzb_options *options,
	const char *query, double *us)
{
	char *arguments[ARGUMENTS] = {(char *)options->program,
		(char *)"--json", (char *)"--", (char *)options->index,
		(char *)query, NULL};
	posix_spawn_file_actions_t actions;
	double start = now_us();
	int state = 0, fault;
	pid_t child;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(
		&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	fault = posix_spawnp(&child, options->program, &actions, NULL,
		arguments, environ);
	while (fault == 0 && waitpid(child, &state, 0) < 0)
		if (errno != EINTR)
			fault = errno;
	*us = now_us() - start;
	posix_spawn_file_actions_destroy(&actions);
	if (fault || !WIFEXITED(state) || WEXITSTATUS(state) > 1) {
		kzi_say(KZB_PROGRAM, "cannot run %s: %s", options->program,
			fault ? strerror(fault) : "it failed");
		return 0;
	}
	return 1;
}

int kzb_start_programs(struct kzb_starts *starts,
	const struct kzb_options *options, const struct kzb_queries *queries)
{
	double us;
	size_t i;

	memset(starts, 0, sizeof(*starts));
	for (i = 0; i < options->starts; i++) {
		/* Spread over the file, which may be in some order. */
		const char *query =
			queries->items[i * 7919 % queries->count].text;

		nftw(options->index, drop, FOLDERS_OPEN, FTW_PHYS);
		if (!start_program(options, query, &us) ||
			!kzb_samples_add(&starts->cold, us) ||
			!start_program(options, query, &us) ||
			!start_program(options, query, &us) ||
			!kzb_samples_add(&starts->warm, us))
			return 0;
	}
	return 1;
}
