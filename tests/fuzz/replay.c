/* replay.c -- runs a harness over files, without libFuzzer: `make check` does
 * so with every ordinary compiler.
 *
 *     fuzz_html FILE|FOLDER...
 *
 * Each file is given whole, cut short at a few places, and with a byte changed
 * at a few others, always the same: near what is kept there is often more. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/fuzz/fuzz.h"

enum {
	VARIANTS = 12,         /* Of each kind. */
	VARIED_MOST = 64 << 10 /* Bytes; a larger file is only given whole. */
};

static unsigned long inputs;

/* The numbers of a fixed sequence (xorshift). */
static uint64_t next_number(void)
{
	static uint64_t state = 88172645463325252u;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static void give(const uint8_t *bytes, size_t length)
{
	LLVMFuzzerTestOneInput(bytes, length);
	inputs++;
}

static void give_variants(uint8_t *bytes, size_t length)
{
	int i;

	for (i = 0; i < VARIANTS; i++) {
		size_t at = next_number() % length;
		uint8_t before = bytes[at];

		give(bytes, at);
		bytes[at] = (uint8_t)next_number();
		give(bytes, length);
		bytes[at] = before;
	}
}

static int run_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *bytes;
	long length;

	if (!file || fseek(file, 0, SEEK_END) != 0 ||
		(length = ftell(file)) < 0) {
		perror(path);
		return 0;
	}
	rewind(file);
	bytes = malloc((size_t)length + 1);
	if (!bytes ||
		fread(bytes, 1, (size_t)length, file) != (size_t)length) {
		perror(path);
		exit(2);
	}
	fclose(file);
	give(bytes, (size_t)length);
	if (length > 0 && length <= VARIED_MOST)
		give_variants(bytes, (size_t)length);
	free(bytes);
	return 1;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int run_folder(const char *path)
{
	struct dirent **entries;
	int count = scandir(path, &entries, NULL, by_name), i, done = 1;

	for (i = 0; i < count; i++) {
		char name[4096];

		snprintf(name, sizeof(name), "%s/%s", path,
			entries[i]->d_name);
		if (entries[i]->d_name[0] != '.')
			done &= run_file(name);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return done;
}

int main(int argc, char **argv)
{
	struct stat status;
	int done = 1, i;

	for (i = 1; i < argc; i++)
		if (stat(argv[i], &status) == 0 && S_ISDIR(status.st_mode))
			done &= run_folder(argv[i]);
		else
			done &= run_file(argv[i]);
	printf("%lu inputs\n", inputs);
	return done && inputs > 0 ? 0 : 1;
}
