/* glossary.c -- a glossary as a person writes it, in a spreadsheet or by hand:
 *
 *     concept      en                        hu              cy
 *     agreement    agreement                 megállapodás    cytundeb
 *     accounts     accounts; balance sheet   elszámolás      cyfrifon
 *
 * with tabs between. The first line names the languages; a column with another
 * name is left out. Every term of a line stands for every other. */
#include <string.h>

#include "base/error.h"
#include "indexer/dictionary.h"

enum { COLUMNS_MOST = 32, TERMS_MOST = 64 };

struct table {
	struct kzi_lexicon *lexicon;
	int languages[COLUMNS_MOST]; /* -1: not a language. */
	size_t columns;
};

/* A part of the text up to a sign, which is passed over. */
static struct kzi_string cut(const char **at, const char *end, char sign)
{
	const char *stop = memchr(*at, sign, (size_t)(end - *at));
	struct kzi_string part = { *at, 0 };

	if (!stop)
		stop = end;
	part.length = (size_t)(stop - *at);
	*at = stop < end ? stop + 1 : end;
	return part;
}

static size_t read_head(struct table *table, const char *at, const char *end)
{
	size_t known = 0;

	while (at < end && table->columns < COLUMNS_MOST) {
		struct kzi_string name = cut(&at, end, '\t');
		int language = kzi_lexicon_language(name.bytes, name.length);

		table->languages[table->columns++] = language;
		known += language >= 0;
	}
	return known;
}

static size_t read_terms(const struct table *table, const char *at,
	const char *end, struct kzi_side terms[TERMS_MOST])
{
	size_t column, count = 0;

	for (column = 0; at < end && column < table->columns; column++) {
		struct kzi_string cell = cut(&at, end, '\t');
		const char *from = cell.bytes, *stop = from + cell.length;

		while (from < stop && count < TERMS_MOST) {
			struct kzi_string term = cut(&from, stop, ';');

			if (table->languages[column] < 0)
				continue;
			terms[count].language = table->languages[column];
			terms[count].text = term.bytes;
			terms[count++].length = term.length;
		}
	}
	return count;
}

static void take_line(
	const struct table *table, const char *at, const char *end)
{
	struct kzi_side terms[TERMS_MOST];
	size_t count = read_terms(table, at, end, terms), i, j;

	for (i = 0; i < count; i++)
		for (j = i + 1; j < count; j++)
			kzi_lexicon_add(table->lexicon, &terms[i], &terms[j]);
}

static struct kzi_string cut_line(const char **at, const char *end)
{
	struct kzi_string line = cut(at, end, '\n');

	if (line.length > 0 && line.bytes[line.length - 1] == '\r')
		line.length--;
	return line;
}

kz_status kzi_glossary_parse(struct kzi_lexicon *lexicon, const char *name,
	const char *bytes, size_t length, kz_error *err)
{
	struct table table = { .lexicon = lexicon };
	const char *at = bytes, *end = bytes + length;
	struct kzi_string line;

	if (length >= 3 && !memcmp(at, "\xEF\xBB\xBF", 3))
		at += 3;
	line = cut_line(&at, end);
	if (read_head(&table, line.bytes, line.bytes + line.length) < 2)
		return kzi_fail(err, KZ_ERR_CORRUPT,
			"%s: its first line does not name two languages (en, hu,"
			" ...) with tabs between",
			name);
	while (at < end) {
		line = cut_line(&at, end);
		take_line(&table, line.bytes, line.bytes + line.length);
	}
	return KZ_OK;
}

kz_status kzi_glossary_read(struct kzi_lexicon *lexicon,
	const struct kzi_dictionary *dictionary, kz_error *err)
{
	struct kzi_buf bytes = { 0 };
	kz_status status = kzi_dictionary_bytes(dictionary->path, &bytes, err);

	if (status == KZ_OK)
		status = kzi_glossary_parse(lexicon, dictionary->path,
			bytes.data ? bytes.data : "", bytes.length, err);
	kzi_buf_release(&bytes);
	return status;
}
