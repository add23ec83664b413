/* dictd.c -- dictionaries of dictd (RFC 2229), as FreeDict's are in Debian.
 *
 * NAME.index has a line a headword: the word, then offset and length of its
 * article in NAME.dict.dz (or NAME.dict), in digits of base 64. The article:
 *
 *     partner /pɑːtnər/ <s>
 *     1. parceiro, sócio
 *     2. associado                => partner ~ parceiro, sócio, associado */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "indexer/dictionary.h"

struct reading {
	struct kzi_lexicon *lexicon;
	const struct kzi_dictionary *dictionary;
	struct kzi_buf index, articles;
};

/* ---- Articles ---------------------------------------------------------- */

/* "12. word" => "word". */
static const char *skip_number(const char *at, const char *end)
{
	const char *start = at;

	while (at < end && *at >= '0' && *at <= '9')
		at++;
	return at > start && end - at > 1 && at[0] == '.' && at[1] == ' '
		? at + 2
		: start;
}

/* The end of a translation: a comma or semicolon that is in no bracket. */
static const char *find_end(const char *at, const char *end)
{
	int depth = 0;

	for (; at < end; at++) {
		depth += *at == '(' || *at == '[' || *at == '<' || *at == '{';
		depth -= *at == ')' || *at == ']' || *at == '>' || *at == '}';
		if (depth <= 0 && (*at == ',' || *at == ';'))
			break;
	}
	return at;
}

/* A line of translations. One with a colon is a note ("Synonym: {...}"). */
static void take_line(const struct reading *reading,
	const struct kzi_side *head, const char *at, const char *end)
{
	struct kzi_side side = { .language = reading->dictionary->right };

	at = skip_number(at, end);
	if (memchr(at, ':', (size_t)(end - at)))
		return;
	while (at < end) {
		const char *stop = find_end(at, end);

		side.text = at;
		side.length = (size_t)(stop - at);
		kzi_lexicon_add(reading->lexicon, head, &side);
		at = stop < end ? stop + 1 : end;
	}
}

/* The first line repeats the headword. */
static void take_article(const struct reading *reading,
	const struct kzi_side *head, const char *at, const char *end)
{
	int is_first = 1;

	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));

		if (!stop)
			stop = end;
		if (!is_first)
			take_line(reading, head, at, stop);
		is_first = 0;
		at = stop < end ? stop + 1 : end;
	}
}

/* ---- Index ------------------------------------------------------------- */

/* A number in base 64, the greatest digit first; -1 if it is none. */
static int64_t read_number(const char *at, const char *end)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklm"
				     "nopqrstuvwxyz0123456789+/";
	int64_t number = 0;

	if (at == end || end - at > 6)
		return -1;
	for (; at < end; at++) {
		const char *digit = *at ? strchr(digits, *at) : NULL;

		if (!digit)
			return -1;
		number = number * 64 + (digit - digits);
	}
	return number;
}

static int take_entry(
	const struct reading *reading, const char *at, const char *end)
{
	struct kzi_side head = { reading->dictionary->left, at, 0 };
	const char *tab = memchr(at, '\t', (size_t)(end - at));
	const char *next =
		tab ? memchr(tab + 1, '\t', (size_t)(end - tab - 1)) : NULL;
	const char *last =
		next ? memchr(next + 1, '\t', (size_t)(end - next - 1)) : NULL;
	int64_t offset, length;

	if (!next)
		return 0;
	offset = read_number(tab + 1, next);
	length = read_number(next + 1, last ? last : end);
	if (offset < 0 || length < 0 ||
		(uint64_t)(offset + length) > reading->articles.length)
		return 0;
	head.length = (size_t)(tab - at);
	/* What the database says of itself: "00-database-info". */
	if (head.length > 3 && !memcmp(at, "00-", 3))
		return 1;
	take_article(reading, &head, reading->articles.data + offset,
		reading->articles.data + offset + length);
	return 1;
}

static kz_status take_index(const struct reading *reading, kz_error *err)
{
	const char *at = reading->index.data;
	const char *end = at + reading->index.length;

	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));

		if (!stop)
			stop = end;
		if (stop > at && !take_entry(reading, at, stop))
			return kzi_dictionary_damaged(
				reading->dictionary->path, err);
		at = stop < end ? stop + 1 : end;
	}
	return KZ_OK;
}

/* ---- Files ------------------------------------------------------------- */

/* "a/b.index" => "a/b.dict.dz", or "a/b.dict" where that is. */
static kz_status read_articles(struct reading *reading, kz_error *err)
{
	const char *index = reading->dictionary->path;
	int stem = (int)(strlen(index) - strlen(".index"));
	char path[4096];

	if ((size_t)stem + sizeof(".dict.dz") > sizeof(path))
		return kzi_fail(err, KZ_ERR_IO, "%s: path too long", index);
	snprintf(path, sizeof(path), "%.*s.dict.dz", stem, index);
	if (access(path, F_OK) != 0)
		snprintf(path, sizeof(path), "%.*s.dict", stem, index);
	return kzi_dictionary_bytes(path, &reading->articles, err);
}

kz_status kzi_dictd_read(struct kzi_lexicon *lexicon,
	const struct kzi_dictionary *dictionary, kz_error *err)
{
	struct reading reading = { .lexicon = lexicon,
		.dictionary = dictionary };
	kz_status status = kzi_dictionary_bytes(
		dictionary->path, &reading.index, err);

	if (status == KZ_OK)
		status = read_articles(&reading, err);
	if (status == KZ_OK && reading.index.length > 0)
		status = take_index(&reading, err);
	kzi_buf_release(&reading.index);
	kzi_buf_release(&reading.articles);
	return status;
}
