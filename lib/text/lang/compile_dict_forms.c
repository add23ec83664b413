/* compile_dict_forms.c -- our own list of what a dictionary does not say: forms
 * with their base forms, and links from the ending of a form to that of its
 * base form. compile_dict.c has the format. */
#include <stdio.h>
#include <string.h>

#include "compile_dict.h"

enum { MOST_LINKS = 500, MOST_PAIRS = 20000 };

struct link {
	char from[MOST_KEY], to[MOST_KEY];
	int is_wide; /* For words with classes too. */
};

struct pair {
	char *form, *lemma;
};

struct forms {
	struct link links[MOST_LINKS];
	size_t link_count;
	struct pair pairs[MOST_PAIRS];
	size_t pair_count;
};

static const struct set none;

static void add_pair(struct forms *forms, const char *form, const char *lemma)
{
	struct pair *pair = &forms->pairs[forms->pair_count];

	if (forms->pair_count == MOST_PAIRS)
		die("too many forms");
	pair->form = copy(form);
	pair->lemma = copy(lemma);
	forms->pair_count++;
}

static void add_link(
	struct forms *forms, const char *from, const char *to, int is_wide)
{
	struct link *link = &forms->links[forms->link_count];

	if (forms->link_count == MOST_LINKS)
		die("too many endings");
	snprintf(link->from, sizeof(link->from), "%s", from);
	snprintf(link->to, sizeof(link->to), "%s", to);
	link->is_wide = is_wide;
	forms->link_count++;
}

static void read_forms(struct forms *forms, const char *path)
{
	static char line[MOST_LINE];
	FILE *file = fopen(path, "r");

	if (!file)
		die("cannot read %s", path);
	while (fgets(line, sizeof(line), file)) {
		char *fields[3], from[MOST_KEY], to[MOST_KEY];
		char mark = *line;

		if (mark == '#' || cut_line(line, fields, 3) != 2)
			continue;
		if (!spell(from, fields[0] + (mark == '+')) ||
			!spell_or_none(to, fields[1]))
			die("%s: %s %s", path, fields[0], fields[1]);
		if (mark == '-' || mark == '+')
			add_link(forms, from, to, mark == '+');
		else
			add_pair(forms, from, to);
	}
	fclose(file);
}

/* 1 if the dictionary's own entry for a form has to go: it says no more than
 * that the form exists, or has the base form below it, as Rospell has "merge"
 * below "merg". */
static int is_replaced(struct dictionary *dict, const struct pair *pair,
	const struct word *word)
{
	if (!word || strcmp(word->lemma, word->text))
		return 0;
	if (!memcmp(&word->classes, &none, sizeof(none)))
		return 1;
	return !strncmp(pair->lemma, pair->form, strlen(pair->form)) &&
		!find_word(dict, pair->lemma);
}

static void add_pairs(struct dictionary *dict, const struct forms *forms)
{
	const struct pair *pair, *end = forms->pairs + forms->pair_count;

	for (pair = forms->pairs; pair < end; pair++) {
		struct word *word = find_word(dict, pair->form);

		if (is_replaced(dict, pair, word))
			word->lemma = pair->lemma;
	}
	for (pair = forms->pairs; pair < end; pair++) {
		struct word *base = find_word(dict, pair->lemma);

		if (base)
			base->is_base = 1;
	}
	for (pair = forms->pairs; pair < end; pair++)
		add_word(dict, pair->form, pair->lemma, &none);
	merge_words(dict);
}

/* The base form of a word by the first ending of ours that leads to one. */
static const struct word *follow_link(struct dictionary *dict,
	const struct forms *forms, const struct word *word)
{
	const struct link *link, *end = forms->links + forms->link_count;
	int is_bare = !memcmp(&word->classes, &none, sizeof(none));
	size_t length = strlen(word->text);
	char base[2 * MOST_KEY];

	for (link = forms->links; link < end; link++) {
		size_t ending = strlen(link->from);
		const struct word *found;

		if ((!is_bare && !link->is_wide) || ending + 2 > length ||
			strcmp(word->text + length - ending, link->from))
			continue;
		snprintf(base, sizeof(base), "%.*s%s", (int)(length - ending),
			word->text, link->to);
		found = find_word(dict, base);
		if (found && found != word)
			return found;
	}
	return NULL;
}

static void follow_links(struct dictionary *dict, const struct forms *forms)
{
	size_t i;

	for (i = 0; i < dict->word_count; i++) {
		struct word *word = &dict->words[i];
		const struct word *base;

		if (word->is_base || strcmp(word->text, word->lemma))
			continue;
		base = follow_link(dict, forms, word);
		if (base)
			word->lemma = base->lemma;
	}
}

void add_forms(struct dictionary *dict, const char *path)
{
	static struct forms forms;

	read_forms(&forms, path);
	add_pairs(dict, &forms);
	follow_links(dict, &forms);
	merge_words(dict);
}
