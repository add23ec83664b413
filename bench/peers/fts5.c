/* fts5.c -- SQLite's full text search, as bench/peers.py asks it.
 *
 *     fts5 index DATABASE < passages.tsv      lang<TAB>text, a row each
 *     fts5 text|snippets DATABASE             searches, see serve.h
 *     fts5 match QUERY                        QUERY in the language of FTS5
 *
 * Accents are taken off, nothing is stemmed: FTS5 stems English only. Words of
 * a query are joined by OR. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "serve.h"

enum { MATCH_MOST = 4096 };

static sqlite3 *database;

static void check(int code)
{
	if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
		return;
	fprintf(stderr, "fts5: %s\n", sqlite3_errmsg(database));
	exit(3);
}

static void run(const char *sql)
{
	check(sqlite3_exec(database, sql, NULL, NULL, NULL));
}

static sqlite3_stmt *prepare(const char *sql)
{
	sqlite3_stmt *statement;

	check(sqlite3_prepare_v2(database, sql, -1, &statement, NULL));
	return statement;
}

/* ---- Indexing ---------------------------------------------------------- */

static void index_rows(void)
{
	sqlite3_stmt *insert;
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	run("CREATE VIRTUAL TABLE passages USING fts5("
	    "text, tokenize = 'unicode61 remove_diacritics 2')");
	run("BEGIN");
	insert = prepare("INSERT INTO passages (text) VALUES (?)");
	while ((length = getline(&line, &room, stdin)) > 0) {
		const char *tab = memchr(line, '\t', (size_t)length);
		const char *text = tab ? tab + 1 : line;

		check(sqlite3_bind_text(insert, 1, text,
			(int)(line + length - text) - 1, SQLITE_STATIC));
		check(sqlite3_step(insert));
		check(sqlite3_reset(insert));
	}
	free(line);
	check(sqlite3_finalize(insert));
	run("COMMIT");
	run("INSERT INTO passages (passages) VALUES ('optimize')");
}

/* ---- Searching --------------------------------------------------------- */

static int is_letter(char c)
{
	return (c & 0x80) || isalnum((unsigned char)c);
}

/* "l'ofici de marger" => "\"l\" OR \"ofici\" OR \"de\" OR \"marger\"". */
static void make_match(char match[MATCH_MOST], const char *query)
{
	size_t used = 0;

	*match = '\0';
	while (*query && used + 1 < MATCH_MOST) {
		size_t length = 0;

		while (is_letter(query[length]))
			length++;
		if (length > 0)
			used += (size_t)snprintf(match + used,
				MATCH_MOST - used, "%s\"%.*s\"",
				used ? " OR " : "", (int)length, query);
		query += length + (query[length] != '\0');
	}
}

static void ask(void *context, const char *language, const char *query,
	struct kzb_found *found)
{
	sqlite3_stmt *select = context;
	char match[MATCH_MOST];

	(void)language;
	make_match(match, query);
	check(sqlite3_bind_text(select, 1, match, -1, SQLITE_STATIC));
	while (sqlite3_step(select) == SQLITE_ROW)
		kzb_found_row(found, (long)sqlite3_column_int64(select, 0),
			(size_t)sqlite3_column_bytes(select, 1));
	check(sqlite3_reset(select));
}

int main(int argc, char **argv)
{
	int is_index = argc == 3 && !strcmp(argv[1], "index");
	int is_text = argc == 3 && !strcmp(argv[1], "text");
	sqlite3_stmt *select;
	char match[MATCH_MOST];

	if (argc == 3 && !strcmp(argv[1], "match")) {
		make_match(match, argv[2]);
		puts(match);
		return 0;
	}
	if (argc != 3) {
		fputs("usage: fts5 index|text|snippets DATABASE\n", stderr);
		return 2;
	}
	check(sqlite3_open(argv[2], &database));
	if (is_index) {
		index_rows();
	} else {
		select = prepare(is_text
			? "SELECT rowid, text FROM passages WHERE passages"
			  " MATCH ? ORDER BY rank LIMIT 10"
			: "SELECT rowid, snippet(passages, 0, '[', ']', '...',"
			  " 64) FROM passages WHERE passages MATCH ?"
			  " ORDER BY rank LIMIT 10");
		kzb_serve(ask, select);
		check(sqlite3_finalize(select));
	}
	return sqlite3_close(database) != SQLITE_OK;
}
