/* queries.c -- the file of queries, and what kind each is.
 *
 *     q1<TAB>cy<TAB>llifogydd   => id q1, language cy
 *     q1<TAB>llifogydd          => id q1
 *     llifogydd                 => id 3, on the third line */
#include "bench.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/say.h"

enum { NUMBER_ROOM = 24 };

const char *const kzb_class_names[KZB_CLASSES] = {"1 word", "2-3 words",
	"4+ words", "phrase"};

char *kzb_read_file(const char *path, size_t *length)
{
	FILE *file = strcmp(path, "-") ? fopen(path, "rb") : stdin;
	char *bytes = NULL;
	size_t capacity = 1 << 16, got;

	*length = 0;
	while (file && (bytes || *length == 0)) {
		char *more = realloc(bytes, capacity + 1);

		if (!more)
			break;
		bytes = more;
		got = fread(bytes + *length, 1, capacity - *length, file);
		*length += got;
		if (*length < capacity)
			break;
		capacity *= 2;
	}
	if (!file || ferror(file) || !bytes) {
		kzi_say(KZB_PROGRAM, "cannot read %s: %s", path,
			strerror(errno));
		free(bytes);
		bytes = NULL;
	} else {
		bytes[*length] = '\0';
	}
	if (file)
		fclose(file);
	return bytes;
}

uint64_t kzb_hash(uint64_t hash, const void *bytes, size_t length)
{
	const unsigned char *at = bytes;

	while (length-- > 0)
		hash = (hash ^ *at++) * 1099511628211u;
	return hash;
}

static enum kzb_class class_of(const char *text)
{
	size_t words = 0;

	if (strchr(text, '"'))
		return KZB_PHRASE;
	while (*text) {
		text += strspn(text, " ");
		words += *text != '\0';
		text += strcspn(text, " ");
	}
	if (words <= 1)
		return KZB_ONE_WORD;
	return words <= 3 ? KZB_FEW_WORDS : KZB_MANY_WORDS;
}

static int is_language(const char *tag)
{
	const char *known;
	size_t i;

	for (i = 0; (known = kz_language(i)); i++)
		if (!strcmp(known, tag))
			return 1;
	return 0;
}

/* Take a line apart, in place. `number` has room for one that stands in for
 * the id. */
static void read_line(struct kzb_query *query, char *line, char *number)
{
	char *tab = strchr(line, '\t'), *second;

	query->id = number;
	query->language = "";
	query->text = line;
	if (tab) {
		*tab = '\0';
		query->id = line;
		query->text = tab + 1;
		second = strchr(tab + 1, '\t');
		if (second) {
			*second = '\0';
			if (is_language(tab + 1)) {
				query->language = tab + 1;
				query->text = second + 1;
			} else {
				*second = ' ';
			}
		}
	}
	query->class = class_of(query->text);
}

static int is_blank(const char *text)
{
	return !text[strspn(text, " \t")];
}

/* Room behind the text for a number a line. */
static int make_room(struct kzb_queries *queries, size_t length, size_t *lines)
{
	char *more;
	size_t i;

	*lines = 1;
	for (i = 0; i < length; i++)
		*lines += queries->bytes[i] == '\n';
	more = realloc(queries->bytes, length + 1 + *lines * NUMBER_ROOM);
	if (more)
		queries->bytes = more;
	queries->items = calloc(*lines, sizeof(*queries->items));
	if (more && queries->items)
		return 1;
	kzi_say(KZB_PROGRAM, "out of memory");
	return 0;
}

/* End the line at its newline, and return where the next one begins. */
static char *end_line(char *line)
{
	char *end = line + strcspn(line, "\n");
	char *next = end + (*end == '\n');

	while (end > line && end[-1] == '\r')
		end--;
	*end = '\0';
	return next;
}

int kzb_queries_read(struct kzb_queries *queries, const char *path)
{
	size_t length, lines, number = 0;
	char *at, *next, *numbers;

	memset(queries, 0, sizeof(*queries));
	queries->bytes = kzb_read_file(path, &length);
	if (!queries->bytes || !make_room(queries, length, &lines))
		return 0;
	queries->hash = kzb_hash(KZB_HASH, queries->bytes, length);
	for (at = queries->bytes; at < queries->bytes + length; at++)
		if (!*at)
			*at = ' '; /* Parts words, as it does for --batch. */
	numbers = queries->bytes + length + 1;
	at = queries->bytes;
	if (!strncmp(at, "\xEF\xBB\xBF", 3))
		at += 3; /* As --batch does. */
	for (; at < numbers - 1; at = next) {
		char *room = numbers + number * NUMBER_ROOM;

		next = end_line(at);
		snprintf(room, NUMBER_ROOM, "%zu", ++number);
		read_line(&queries->items[queries->count], at, room);
		queries->count += !is_blank(queries->items[queries->count].text);
	}
	if (queries->count == 0)
		kzi_say(KZB_PROGRAM, "%s: no query in it", path);
	return queries->count > 0;
}

void kzb_queries_release(struct kzb_queries *queries)
{
	free(queries->items);
	free(queries->bytes);
	memset(queries, 0, sizeof(*queries));
}
