/* compile_dict_read.c -- Hunspell's files: options and suffix rules (.aff), and
 * words (.dic). */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "compile_dict.h"

static int is_left_out(const struct dictionary *dict, const char *class)
{
	const char *found = strstr(dict->left_out, class);
	size_t length = strlen(class);

	while (found) {
		if ((found == dict->left_out || found[-1] == ',') &&
			(!found[length] || found[length] == ','))
			return 1;
		found = strstr(found + 1, class);
	}
	return 0;
}

static void add_alias(char **list, int *count, const char *text)
{
	if (*count == MOST_ALIASES)
		die("too many aliases");
	list[(*count)++] = copy(text);
}

/* A note, or the one that its number stands for. */
static const char *note_of(const struct dictionary *dict, const char *text)
{
	int number = isdigit((unsigned char)*text) ? number_of(text) : 0;

	return number && number <= dict->note_count ? dict->notes[number - 1]
						    : text;
}

/* A line that says what flags are; the first of AF and AM is a count. */
static void read_option(
	struct dictionary *dict, char **fields, int count, const char *rest)
{
	static int seen_flags, seen_notes;

	if (count < 2)
		return;
	if (!strcmp(fields[0], "FLAG"))
		dict->flag_kind = !strcmp(fields[1], "long") ? FLAG_LONG
			: !strcmp(fields[1], "num")	     ? FLAG_NUMBER
			: !strcmp(fields[1], "UTF-8")	     ? FLAG_UTF8
							     : FLAG_BYTE;
	else if (!strcmp(fields[0], "NEEDAFFIX"))
		dict->need_affix = one_flag(dict, fields[1]);
	else if (!strcmp(fields[0], "ONLYINCOMPOUND"))
		dict->only_in_compound = one_flag(dict, fields[1]);
	else if (!strcmp(fields[0], "FORBIDDENWORD"))
		dict->forbidden = one_flag(dict, fields[1]);
	else if (!strcmp(fields[0], "AF") && seen_flags++)
		add_alias(dict->aliases, &dict->alias_count, fields[1]);
	else if (!strcmp(fields[0], "AM") && seen_notes++)
		add_alias(dict->notes, &dict->note_count, rest);
}

/* SFX class cut add[/flags] [ending]. What has a hyphen or an apostrophe in it
 * is cut off before words are looked up. */
static void read_rule(struct dictionary *dict, char **fields, int count)
{
	struct rule *rule = &dict->rules[dict->rule_count];
	char cut[MOST_KEY], add[MOST_KEY], *flags = strchr(fields[3], '/');

	if (flags)
		*flags++ = '\0';
	if (is_left_out(dict, fields[1]) || strchr(fields[3], '-') ||
		!spell_or_none(cut, fields[2]) ||
		!spell_or_none(add, fields[3]))
		return;
	if (dict->rule_count == MOST_RULES)
		die("too many rules");
	memset(rule, 0, sizeof(*rule));
	if (flags && !read_flags(dict, &rule->next, flags))
		return;
	rule->class = add_class(dict, one_flag(dict, fields[1]));
	rule->cut = copy(cut);
	rule->add = copy(add);
	if (count > 4)
		fold(fields[4]);
	rule->ending = copy(count > 4 && strcmp(fields[4], ".") ? fields[4]
								 : "");
	rule->is_other = count > 5 && strstr(note_of(dict, fields[5]), "ds:");
	dict->rule_count++;
}

/* The line of a class, "SFX class Y count", has a Y or N for what is cut. */
static void read_affix(struct dictionary *dict, char *line, int pass)
{
	char *fields[6], whole[MOST_LINE];
	int count;

	if (!strncmp(line, "\xEF\xBB\xBF", 3))
		line += 3;
	snprintf(whole, sizeof(whole), "%s", line);
	count = cut_line(line, fields, 6);
	if (count > 3 && !strcmp(fields[0], "SFX")) {
		if (pass && strcmp(fields[2], "Y") && strcmp(fields[2], "N"))
			read_rule(dict, fields, count);
		else if (!pass && !is_left_out(dict, fields[1]))
			add_class(dict, one_flag(dict, fields[1]));
	} else if (!pass) {
		read_option(dict, fields, count, whole);
	}
}

/* Two passes: the first for the names of the classes, which rules refer to. */
void read_rules(struct dictionary *dict, const char *path)
{
	static char line[MOST_LINE];
	FILE *file;
	int pass;

	dict->class_count = NEEDS_MORE + 1;
	for (pass = 0; pass < 2; pass++) {
		file = fopen(path, "r");
		if (!file)
			die("cannot read %s", path);
		while (fgets(line, sizeof(line), file))
			read_affix(dict, line, pass);
		fclose(file);
	}
}

/* What a note on a word says of its base form: "st:ló", "[$ir$..."; into
 * `lemma`, or 0. */
static int read_lemma(char *lemma, const char *note, const char *mark,
	const char *ends)
{
	const char *at = strstr(note, mark);
	char text[MOST_KEY];
	size_t length;

	if (!at)
		return 0;
	at += strlen(mark);
	length = strcspn(at, ends);
	if (!length || length >= sizeof(text) - 1)
		return 0;
	memcpy(text, at, length);
	text[length] = '\0';
	return spell(lemma, text);
}

static void read_word(struct dictionary *dict, char *line)
{
	char *end = line + strcspn(line, "\t\r\n"), *flags;
	const char *note = "";
	char text[MOST_KEY], lemma[MOST_KEY], old[MOST_KEY];
	struct set classes = { { 0 } };

	if (*end) {
		*end = '\0';
		note = note_of(dict, end + 1);
	}
	if (strlen(line) >= KZI_LEMMA_MOST)
		return;
	flags = strchr(line, '/');
	if (flags)
		*flags++ = '\0';
	if (!spell(text, line) || (flags && !read_flags(dict, &classes, flags)))
		return;
	if (!read_lemma(lemma, note, "st:", " \t\r\n") &&
		!read_lemma(lemma, note, "[$", "$"))
		memcpy(lemma, text, sizeof(text));
	add_word(dict, text, lemma, &classes);
	if (read_lemma(old, note, "PREAO90=", ",]"))
		add_word(dict, old, lemma, &classes);
}

void read_words(struct dictionary *dict, const char *path)
{
	static char line[MOST_LINE];
	FILE *file = fopen(path, "r");

	if (!file || !fgets(line, sizeof(line), file))
		die("cannot read %s", path);
	while (fgets(line, sizeof(line), file))
		read_word(dict, line);
	fclose(file);
}
