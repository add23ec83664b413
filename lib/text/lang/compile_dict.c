/* compile_dict.c -- build-time program: a Hunspell dictionary into tables of C.
 *
 *     compile_dict NAME.aff NAME.dic [CLASSES [NAME.forms]] > NAME.h
 *
 * Read are the words, the suffix rules with what may follow them, and the base
 * forms that the dictionary itself names (st:, $...$, PREAO90=); prefixes,
 * suggestions and compound patterns are not. CLASSES are suffix classes to
 * leave out, because they make other words rather than forms (-ness, -mente),
 * separated by commas. NAME.forms is ours and says what the dictionary does not:
 *
 *     -eix -ir        a word in -eix without classes is a form of that in -ir
 *     +ică -ic        so is one that has classes
 *     făcut face      a form and its base form
 *
 * All is stored without accents. See text/dict.h for the tables.
 *
 * The program runs once and ends, so its arrays are static. */
#define _GNU_SOURCE
#include <ctype.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/dict.h"

enum {
	MOST_WORDS = 800000,
	MOST_RULES = 40000,
	MOST_SETS = 20000,
	MOST_CLASSES = 64 * KZI_DICT_SET,
	MOST_ALIASES = 30000,
	MOST_STRINGS = 1000000,
	MOST_ARCS = 4000000,
	MOST_ROOM = 60000000, /* Bytes of all text kept. */
	MOST_LINKS = 500,
	MOST_PAIRS = 20000,
	MOST_KEY = 512,
	MOST_LINE = 20000,
	NEEDS_MORE = 0 /* The class of what is no word by itself. */
};

struct set {
	uint64_t bits[KZI_DICT_SET];
};

struct word {
	char *text;
	char *lemma;
	struct set classes;
	int is_base; /* Ours says so: it is no form of another. */
};

struct rule {
	char *add, *cut, *ending;
	int class;
	int is_other;  /* Makes another word, not a form. */
	int is_middle; /* May follow another ending. */
	struct set next;
};

enum flag_kind { FLAG_BYTE, FLAG_UTF8, FLAG_LONG, FLAG_NUMBER };

static enum flag_kind flag_kind;
static unsigned class_names[MOST_CLASSES];
static int class_count = 1; /* After NEEDS_MORE. */
static unsigned need_affix, only_in_compound, forbidden;
static char *aliases[MOST_ALIASES], *notes[MOST_ALIASES];
static int alias_count, note_count;
static struct word words[MOST_WORDS];
static size_t word_count;
static struct rule rules[MOST_RULES];
static size_t rule_count;
static struct set sets[MOST_SETS];
static size_t set_count;
static char strings[MOST_STRINGS + KZI_LEMMA_MOST];
static size_t string_count = 1; /* 0: the empty one. */
static uint32_t endings[UINT16_MAX + 1];
static size_t ending_count = 1; /* 0: none is asked for. */
static const char *left_out = "";
static uint64_t checksum = 14695981039346656037u;

static void die(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fputs("compile_dict: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
	exit(1);
}

/* Room that is never given back. */
static char *take(size_t size)
{
	static char room[MOST_ROOM];
	static size_t used;
	char *start = room + used;

	if (size > MOST_ROOM - used)
		die("too much text");
	used += size;
	return start;
}

static char *copy(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(take(size), text, size);
}

/* A number in decimal, or 0. */
static int number_of(const char *text)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	return end > text && number < INT_MAX ? (int)number : 0;
}

/* ---- Letters ----------------------------------------------------------- */

static unsigned decode(const char **at)
{
	const unsigned char *p = (const unsigned char *)*at;
	unsigned c = *p++, more = c < 0xC0 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;

	if (more)
		c &= 0x3Fu >> more;
	for (; more && (*p & 0xC0) == 0x80; more--)
		c = c << 6 | (*p++ & 0x3F);
	*at = (const char *)p;
	return c;
}

static char *encode(char *out, unsigned c)
{
	if (c < 0x80) {
		*out++ = (char)c;
	} else if (c < 0x800) {
		*out++ = (char)(0xC0 | c >> 6);
		*out++ = (char)(0x80 | (c & 0x3F));
	} else {
		*out++ = (char)(0xE0 | (c >> 12 & 15));
		*out++ = (char)(0x80 | (c >> 6 & 0x3F));
		*out++ = (char)(0x80 | (c & 0x3F));
	}
	return out;
}

/* Latin letters only: that is what these dictionaries are written in. */
static unsigned lower(unsigned c)
{
	if (c < 0x80)
		return (unsigned)tolower((int)c);
	if (c >= 0xC0 && c <= 0xDE && c != 0xD7)
		return c + 0x20;
	if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) ||
		(c >= 0x218 && c <= 0x21B))
		return c | 1;
	if (c >= 0x139 && c <= 0x148)
		return c + (c & 1);
	return c;
}

/* The letter without its marks: ő => o. */
static unsigned plain(unsigned c)
{
	static const char latin[] = "aaaaaaaceeeeiiiidnooooo.ouuuuyts"
				    "aaaaaaaceeeeiiiidnooooo.ouuuuyty";

	if (c >= 0xC0 && c < 0x100)
		return (unsigned char)latin[c - 0xC0];
	if (c == 0x103 || c == 0x105)
		return 'a';
	if (c == 0x151)
		return 'o';
	if (c == 0x171 || c == 0x16B)
		return 'u';
	if (c == 0x219 || c == 0x15F || c == 0x161)
		return 's';
	if (c == 0x21B || c == 0x163)
		return 't';
	return c;
}

/* Fold a text in its place. */
static void fold(char *text)
{
	const char *from = text;

	while (*from) {
		unsigned c = decode(&from);

		text = encode(text, plain(c));
	}
	*text = '\0';
}

/* A word as it is looked up: in lower case, without accents, hyphens and middle
 * dots. 0 if it is none. */
static int spell(char *out, const char *from)
{
	char *start = out;

	while (*from) {
		unsigned c = lower(decode(&from));

		if (c == '-' || c == 0xB7)
			continue;
		if ((c < 0x80 && !isalpha((int)c)) || c >= 0x250)
			return 0;
		out = encode(out, plain(c));
	}
	*out = '\0';
	return out > start;
}

/* ---- Classes ----------------------------------------------------------- */

/* The next flag in `*at`, or 0. */
static unsigned next_flag(const char **at)
{
	unsigned c = (unsigned char)**at;

	if (!c)
		return 0;
	if (flag_kind == FLAG_UTF8)
		return decode(at);
	if (flag_kind == FLAG_NUMBER) {
		c = (unsigned)strtoul(*at, (char **)at, 10);
		*at += **at == ',';
		return c;
	}
	(*at)++;
	if (flag_kind == FLAG_LONG && **at) {
		c = c << 8 | (unsigned char)**at;
		(*at)++;
	}
	return c;
}

static unsigned one_flag(const char *text)
{
	return next_flag(&text);
}

static int find_class(unsigned flag)
{
	int i;

	for (i = 1; i < class_count; i++)
		if (class_names[i] == flag)
			return i;
	return -1;
}

static int add_class(unsigned flag)
{
	int found = find_class(flag);

	if (found >= 0)
		return found;
	if (class_count == MOST_CLASSES)
		die("too many classes");
	class_names[class_count] = flag;
	return class_count++;
}

static void put(struct set *set, int class)
{
	set->bits[class / 64] |= 1ull << class % 64;
}

/* Read flags or the number of their alias; 0 if the entry is to be dropped. */
static int read_flags(struct set *set, const char *text)
{
	unsigned flag;
	int keep = 1;

	if (alias_count) {
		int number = number_of(text);

		if (number < 1 || number > alias_count)
			return 1;
		text = aliases[number - 1];
	}
	while ((flag = next_flag(&text)) != 0) {
		int class = find_class(flag);

		if (flag == need_affix)
			put(set, NEEDS_MORE);
		else if (flag == only_in_compound || flag == forbidden)
			keep = 0;
		else if (class > 0)
			put(set, class);
	}
	return keep;
}

static int is_left_out(const char *class)
{
	const char *found = strstr(left_out, class);
	size_t length = strlen(class);

	while (found) {
		if ((found == left_out || found[-1] == ',') &&
			(!found[length] || found[length] == ','))
			return 1;
		found = strstr(found + 1, class);
	}
	return 0;
}

/* ---- Reading ----------------------------------------------------------- */

/* Cut a line at white space; returns how many fields. */
static int cut_line(char *line, char **fields, int most)
{
	int count = 0;
	char *at = strtok(line, " \t\r\n");

	while (at && count < most) {
		fields[count++] = at;
		at = strtok(NULL, " \t\r\n");
	}
	return count;
}

static void add_alias(char **list, int *count, const char *text)
{
	if (*count == MOST_ALIASES)
		die("too many aliases");
	list[(*count)++] = copy(text);
}

/* A line that says what flags are; the first of AF and AM is a count. */
static void read_option(char **fields, int count, const char *rest)
{
	static int seen_flags, seen_notes;

	if (count < 2)
		return;
	if (!strcmp(fields[0], "FLAG"))
		flag_kind = !strcmp(fields[1], "long")	? FLAG_LONG
			: !strcmp(fields[1], "num")	? FLAG_NUMBER
			: !strcmp(fields[1], "UTF-8")	? FLAG_UTF8
							: FLAG_BYTE;
	else if (!strcmp(fields[0], "NEEDAFFIX"))
		need_affix = one_flag(fields[1]);
	else if (!strcmp(fields[0], "ONLYINCOMPOUND"))
		only_in_compound = one_flag(fields[1]);
	else if (!strcmp(fields[0], "FORBIDDENWORD"))
		forbidden = one_flag(fields[1]);
	else if (!strcmp(fields[0], "AF") && seen_flags++)
		add_alias(aliases, &alias_count, fields[1]);
	else if (!strcmp(fields[0], "AM") && seen_notes++)
		add_alias(notes, &note_count, rest);
}

static int spell_or_none(char *out, const char *text)
{
	*out = '\0';
	return !strcmp(text, "0") || spell(out, text);
}

/* A note, or the one that its number stands for. */
static const char *note_of(const char *text)
{
	int number = isdigit((unsigned char)*text) ? number_of(text) : 0;

	return number && number <= note_count ? notes[number - 1] : text;
}

/* SFX class cut add[/flags] [ending]. What has a hyphen or an apostrophe in it
 * is cut off before words are looked up. */
static void read_rule(char **fields, int count)
{
	struct rule *rule = &rules[rule_count];
	char cut[MOST_KEY], add[MOST_KEY], *flags = strchr(fields[3], '/');

	if (flags)
		*flags++ = '\0';
	if (is_left_out(fields[1]) || strchr(fields[3], '-') ||
		!spell_or_none(cut, fields[2]) || !spell_or_none(add, fields[3]))
		return;
	if (rule_count == MOST_RULES)
		die("too many rules");
	memset(rule, 0, sizeof(*rule));
	if (flags && !read_flags(&rule->next, flags))
		return;
	rule->class = add_class(one_flag(fields[1]));
	rule->cut = copy(cut);
	rule->add = copy(add);
	if (count > 4)
		fold(fields[4]);
	rule->ending = copy(count > 4 && strcmp(fields[4], ".") ? fields[4]
								 : "");
	rule->is_other = strstr(note_of(count > 5 ? fields[5] : ""), "ds:") !=
		NULL;
	rule_count++;
}

/* Two passes: the first for the names of the classes, which rules refer to. */
static void read_rules(const char *path)
{
	static char line[MOST_LINE];
	FILE *file;
	int pass;

	for (pass = 0; pass < 2; pass++) {
		file = fopen(path, "r");
		if (!file)
			die("cannot read %s", path);
		while (fgets(line, sizeof(line), file)) {
			char *fields[6], *rest = line;
			char whole[MOST_LINE];
			int count;

			if (!strncmp(rest, "\xEF\xBB\xBF", 3))
				rest += 3;
			snprintf(whole, sizeof(whole), "%s", rest);
			count = cut_line(rest, fields, 6);
			if (count > 3 && !strcmp(fields[0], "SFX")) {
				if (pass && strcmp(fields[2], "Y") &&
					strcmp(fields[2], "N"))
					read_rule(fields, count);
				else if (!pass && !is_left_out(fields[1]))
					add_class(one_flag(fields[1]));
			} else if (!pass) {
				read_option(fields, count, whole);
			}
		}
		fclose(file);
	}
}

static void add_word(
	const char *text, const char *lemma, const struct set *classes)
{
	if (word_count == MOST_WORDS)
		die("too many words");
	words[word_count].text = copy(text);
	words[word_count].lemma = copy(lemma);
	words[word_count].is_base = 0;
	words[word_count++].classes = *classes;
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

static void read_word(char *line)
{
	char *end = line + strcspn(line, "\t\r\n"), *flags;
	const char *note = "";
	char text[MOST_KEY], lemma[MOST_KEY], old[MOST_KEY];
	struct set classes = { { 0 } };

	if (*end) {
		*end = '\0';
		note = note_of(end + 1);
	}
	if (strlen(line) >= KZI_LEMMA_MOST)
		return;
	flags = strchr(line, '/');
	if (flags)
		*flags++ = '\0';
	if (!spell(text, line) || (flags && !read_flags(&classes, flags)))
		return;
	if (!read_lemma(lemma, note, "st:", " \t\r\n") &&
		!read_lemma(lemma, note, "[$", "$"))
		memcpy(lemma, text, sizeof(text));
	add_word(text, lemma, &classes);
	if (read_lemma(old, note, "PREAO90=", ",]"))
		add_word(old, lemma, &classes);
}

static void read_words(const char *path)
{
	static char line[MOST_LINE];
	FILE *file = fopen(path, "r");

	if (!file || !fgets(line, sizeof(line), file))
		die("cannot read %s", path);
	while (fgets(line, sizeof(line), file))
		read_word(line);
	fclose(file);
}

/* ---- Forms of our own -------------------------------------------------- */

struct link {
	char from[MOST_KEY], to[MOST_KEY];
	int is_wide; /* For words with classes too. */
};

static struct link links[MOST_LINKS];
static size_t link_count;
static struct word pairs[MOST_PAIRS];
static size_t pair_count;

static void merge_words(void);

static struct word *find_word(const char *text)
{
	size_t low = 0, high = word_count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(words[middle].text, text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < word_count && !strcmp(words[low].text, text) ? &words[low]
								  : NULL;
}

/* A form and its base form; the dictionary's own entry for the form, if it
 * says no more than that it exists, goes. */
static void add_pair(const char *form, const char *lemma)
{
	static const struct set none;

	if (pair_count == MOST_PAIRS)
		die("too many forms");
	pairs[pair_count].is_base = 0;
	pairs[pair_count].text = copy(form);
	pairs[pair_count].lemma = copy(lemma);
	pairs[pair_count++].classes = none;
}

static void add_pairs(void)
{
	static const struct set none;
	size_t i;

	for (i = 0; i < pair_count; i++) {
		struct word *word = find_word(pairs[i].text);

		if (word && !strcmp(word->lemma, word->text) &&
			!memcmp(&word->classes, &none, sizeof(none)))
			word->lemma = pairs[i].lemma;
	}
	for (i = 0; i < pair_count; i++) {
		struct word *base = find_word(pairs[i].lemma);

		if (base)
			base->is_base = 1;
	}
	for (i = 0; i < pair_count; i++)
		add_word(pairs[i].text, pairs[i].lemma, &pairs[i].classes);
	merge_words();
}

static void read_forms(const char *path)
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
		if (mark != '-' && mark != '+') {
			add_pair(from, to);
			continue;
		}
		if (link_count == MOST_LINKS)
			die("too many endings");
		memcpy(links[link_count].from, from, sizeof(from));
		memcpy(links[link_count].to, to, sizeof(to));
		links[link_count++].is_wide = mark == '+';
	}
	fclose(file);
}

/* The base form of a word by the first ending of ours that leads to one. */
static const struct word *follow_link(const struct word *word)
{
	static const struct set none;
	int is_bare = !memcmp(&word->classes, &none, sizeof(none));
	size_t i, length = strlen(word->text);
	char base[2 * MOST_KEY];

	for (i = 0; i < link_count; i++) {
		size_t ending = strlen(links[i].from);
		const struct word *found;

		if ((!is_bare && !links[i].is_wide) || ending + 2 > length ||
			strcmp(word->text + length - ending, links[i].from))
			continue;
		snprintf(base, sizeof(base), "%.*s%s", (int)(length - ending),
			word->text, links[i].to);
		found = find_word(base);
		if (found && found != word)
			return found;
	}
	return NULL;
}

static void follow_links(void)
{
	size_t i;

	for (i = 0; i < word_count; i++) {
		const struct word *base;

		if (words[i].is_base || strcmp(words[i].text, words[i].lemma))
			continue;
		base = follow_link(&words[i]);
		if (base)
			words[i].lemma = base->lemma;
	}
}

/* ---- Tables ------------------------------------------------------------ */

static int compare_words(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	int order = strcmp(x->text, y->text);

	return order ? order : strcmp(x->lemma, y->lemma);
}

/* One line for a word with one base form: the classes of all of them. Only
 * if none of them is a word by itself is the whole none. */
static void merge_words(void)
{
	size_t i, kept = 0;
	int k;

	qsort(words, word_count, sizeof(words[0]), compare_words);
	for (i = 0; i < word_count; i++) {
		struct word *last = kept ? &words[kept - 1] : NULL;
		uint64_t no_word;

		if (!last || compare_words(last, &words[i])) {
			words[kept++] = words[i];
			continue;
		}
		last->is_base |= words[i].is_base;
		no_word = last->classes.bits[0] & words[i].classes.bits[0] &
			1u << NEEDS_MORE;
		for (k = 0; k < KZI_DICT_SET; k++)
			last->classes.bits[k] |= words[i].classes.bits[k];
		last->classes.bits[0] &= ~(uint64_t)(1u << NEEDS_MORE);
		last->classes.bits[0] |= no_word;
	}
	word_count = kept;
}

static unsigned set_number(const struct set *set)
{
	static int slots[65536];
	uint64_t hash = 0;
	size_t at;
	int k;

	for (k = 0; k < KZI_DICT_SET; k++)
		hash = (hash ^ set->bits[k]) * 0x9E3779B97F4A7C15u;
	for (at = hash >> 48; slots[at]; at = (at + 1) & 65535)
		if (!memcmp(&sets[slots[at] - 1], set, sizeof(*set)))
			return (unsigned)slots[at] - 1;
	if (set_count == MOST_SETS)
		die("too many sets of classes");
	sets[set_count++] = *set;
	slots[at] = (int)set_count;
	return (unsigned)set_count - 1;
}

/* A condition that says no more than the letters cut is none. */
static const char *telling_ending(const struct rule *rule)
{
	size_t cut = strlen(rule->cut), ending = strlen(rule->ending);

	return ending <= cut && !strcmp(rule->cut + cut - ending, rule->ending)
		? ""
		: rule->ending;
}

/* Where a text stands, which may be the tail of a longer one. */
static unsigned string_number(const char *text)
{
	size_t length = strlen(text) + 1;
	const char *found;

	if (length == 1)
		return 0;
	found = memmem(strings + 1, string_count - 1, text, length);
	if (found)
		return (unsigned)(found - strings);
	if (string_count + length > MOST_STRINGS)
		die("too much text in the rules");
	memcpy(strings + string_count, text, length);
	string_count += length;
	return (unsigned)(string_count - length);
}

static int compare_lengths(const void *a, const void *b)
{
	size_t x = strlen(*(char *const *)a), y = strlen(*(char *const *)b);

	return (x < y) - (x > y);
}

/* Longest first, so that the shorter find their place in them. */
static void add_sorted(const char **texts, size_t count)
{
	size_t i;

	qsort(texts, count, sizeof(texts[0]), compare_lengths);
	for (i = 0; i < count; i++)
		string_number(texts[i]);
}

/* What is cut and asked for comes first: its numbers have 16 bits. */
static void add_strings(void)
{
	static const char *texts[2 * MOST_RULES];
	size_t i, count = 0;

	for (i = 0; i < rule_count; i++) {
		texts[count++] = rules[i].cut;
		texts[count++] = telling_ending(&rules[i]);
	}
	add_sorted(texts, count);
	if (string_count > UINT16_MAX)
		die("too much text in the rules");
	for (i = 0, count = 0; i < rule_count; i++)
		texts[count++] = rules[i].add;
	add_sorted(texts, count);
}

/* What stands in the automaton for a word; see dict.h. */
static size_t make_key(char key[MOST_KEY], const struct word *word)
{
	unsigned set = set_number(&word->classes);
	size_t length = strlen(word->text), same = 0;
	char *at = key;

	while (word->text[same] && word->text[same] == word->lemma[same])
		same++;
	memcpy(at, word->text, length);
	at += length;
	*at++ = KZI_DICT_END;
	*at++ = (char)(KZI_DICT_ZERO + set / KZI_DICT_DIGIT);
	*at++ = (char)(KZI_DICT_ZERO + set % KZI_DICT_DIGIT);
	*at++ = (char)(KZI_DICT_ZERO + length - same);
	length = strlen(word->lemma + same) + 1;
	memcpy(at, word->lemma + same, length);
	return (size_t)(at + length - key);
}

/* ---- The automaton ----------------------------------------------------- */

/* Built from sorted keys (Daciuk and others, 2000): states behind the last
 * key's branch are finished, and one that equals an earlier one is that. */
struct state {
	int count;
	unsigned char bytes[256];
	uint32_t targets[256];
};

static struct state path[MOST_KEY];
static uint32_t arcs[MOST_ARCS];
static uint32_t arc_count = 1; /* State 0 is the end. */
static uint32_t slots[1 << 22];

static uint32_t arc_of(const struct state *state, int i)
{
	return state->targets[i] << KZI_DICT_TARGET | state->bytes[i] |
		(i + 1 == state->count ? KZI_DICT_LAST : 0);
}

static int is_same(uint32_t at, const struct state *state)
{
	int i;

	for (i = 0; i < state->count; i++)
		if (arcs[at + (uint32_t)i] != arc_of(state, i))
			return 0;
	return 1;
}

static uint32_t finish(const struct state *state)
{
	uint32_t hash = 0, slot, start = arc_count;
	int i;

	if (!state->count)
		return 0;
	for (i = 0; i < state->count; i++)
		hash = (hash ^ arc_of(state, i)) * 0x9E3779B1u;
	for (slot = hash >> 10; slots[slot]; slot = (slot + 1) & 0x3FFFFF)
		if (is_same(slots[slot], state))
			return slots[slot];
	if (arc_count + 256 > MOST_ARCS)
		die("too many words");
	for (i = 0; i < state->count; i++)
		arcs[arc_count++] = arc_of(state, i);
	slots[slot] = start;
	return start;
}

static void finish_path(size_t from, size_t to)
{
	while (to > from) {
		struct state *parent = &path[to - 1];

		parent->targets[parent->count - 1] = finish(&path[to]);
		path[to].count = 0;
		to--;
	}
}

static void add_key(const char *key, size_t length)
{
	static char last[MOST_KEY];
	static size_t last_length;
	size_t same = 0, i;

	while (same < length && same < last_length && key[same] == last[same])
		same++;
	finish_path(same, last_length);
	for (i = same; i < length; i++) {
		struct state *state = &path[i];

		state->bytes[state->count] = (unsigned char)key[i];
		state->targets[state->count++] = 0;
	}
	memcpy(last, key, length);
	last_length = length;
}

struct key {
	char *bytes;
	size_t length;
};

static int compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	size_t shorter = x->length < y->length ? x->length : y->length;
	int order = memcmp(x->bytes, y->bytes, shorter);

	return order ? order : (x->length > y->length) - (x->length < y->length);
}

static uint32_t build_automaton(void)
{
	static struct key keys[MOST_WORDS];
	char key[MOST_KEY];
	size_t i;

	for (i = 0; i < word_count; i++) {
		keys[i].length = make_key(key, &words[i]);
		keys[i].bytes = memcpy(take(keys[i].length), key,
			keys[i].length);
	}
	qsort(keys, word_count, sizeof(keys[0]), compare_keys);
	for (i = 0; i < word_count; i++)
		if (!i || compare_keys(&keys[i - 1], &keys[i]))
			add_key(keys[i].bytes, keys[i].length);
	finish_path(0, MOST_KEY - 1);
	return finish(&path[0]);
}

/* ---- Writing ----------------------------------------------------------- */

static void sum(const void *bytes, size_t length)
{
	const unsigned char *at = bytes;

	while (length--)
		checksum = (checksum ^ *at++) * 1099511628211u;
}

static int kind_of(const struct rule *rule)
{
	return (rule->is_middle ? KZI_DICT_MIDDLE : 0) |
		(rule->is_other ? KZI_DICT_OTHER : 0);
}

static int compare_rules(const void *a, const void *b)
{
	const struct rule *x = a, *y = b;
	int order = strcmp(x->add, y->add);

	if (!order)
		order = strcmp(x->cut, y->cut);
	if (!order)
		order = kind_of(x) - kind_of(y);
	if (!order)
		order = strcmp(x->ending, y->ending);
	return order ? order : x->class - y->class;
}

static int is_inner(const struct rule *rule)
{
	return rule->next.bits[0] >> NEEDS_MORE & 1;
}

/* Capitals and hyphens stand in no word that is looked up. */
static uint32_t letter_bit(char letter)
{
	return letter >= 'a' && letter <= 'z' ? 1u << (letter - 'a') : 0;
}

/* The letters that the place of an ending which ends before *end may have, and
 * *end moved before it: "[^ai]" or a letter or a full stop. */
static uint32_t read_place(const char *ending, size_t *end)
{
	const uint32_t all = (2u << KZI_DICT_NO_LETTER) - 1;
	uint32_t letters = 0;
	size_t at = *end - 1;

	if (ending[at] == '.')
		letters = all;
	else if (ending[at] != ']')
		letters = letter_bit(ending[at]);
	else
		while (ending[--at] != '[')
			letters |= letter_bit(ending[at]);
	if (ending[at] == '[' && ending[at + 1] == '^')
		letters = all & ~letters;
	*end = at;
	return letters;
}

/* Where an ending stands, as dict.h has it. Endings of neighbours are often the
 * same. */
static unsigned ending_number(const char *ending)
{
	static const char *last = "";
	static size_t last_number;
	size_t length = strlen(ending);

	if (!length)
		return 0;
	if (!strcmp(ending, last))
		return (unsigned)last_number;
	if (ending_count + length > UINT16_MAX)
		die("too many endings");
	last = ending;
	last_number = ending_count;
	while (length)
		endings[ending_count++] = read_place(ending, &length);
	endings[ending_count - 1] |= KZI_DICT_ENDING_LAST;
	return (unsigned)last_number;
}

static void write_endings(void)
{
	size_t i;

	puts("static const uint32_t endings[] = {");
	for (i = 0; i < ending_count; i++)
		printf("%u,%s", endings[i], i % 12 ? "" : "\n");
	puts("};");
}

/* The sum is of the endings as text: an index does not depend on how they are
 * packed. */
static void write_rules(void)
{
	size_t i;

	puts("static const struct kzi_dict_rule rules[] = {");
	for (i = 0; i < rule_count; i++) {
		const char *ending = telling_ending(&rules[i]);
		struct kzi_dict_rule rule = {
			(uint16_t)string_number(ending),
			(uint8_t)rules[i].class, is_inner(&rules[i]),
			(uint16_t)set_number(&rules[i].next)
		};

		sum(&rule, sizeof(rule));
		rule.ending = (uint16_t)ending_number(ending);
		printf("{%u,%u,%u,%u},\n", rule.ending, rule.class,
			rule.is_inner, rule.next);
	}
	puts("};");
}

static uint32_t hash_add(const char *add)
{
	uint32_t hash = KZI_DICT_HASH;
	size_t length = strlen(add);

	while (length)
		hash = kzi_dict_hash(hash, add[--length]);
	return hash;
}

static void add_all(struct set *sum, const struct set *more)
{
	int k;

	for (k = 0; k < KZI_DICT_SET; k++)
		sum->bits[k] |= more->bits[k];
}

/* The lot of the rules from `first` to before `end`. */
static struct kzi_dict_lot make_lot(size_t first, size_t end)
{
	struct set classes = { { 0 } }, next = { { 0 } };
	struct kzi_dict_lot lot = {
		.cut = (uint16_t)string_number(rules[first].cut),
		.first = (uint16_t)first,
		.count = (uint16_t)(end - first),
		.marks = (uint16_t)kind_of(&rules[first])
	};
	size_t i;

	for (i = first; i < end; i++) {
		put(&classes, rules[i].class);
		add_all(&next, &rules[i].next);
		if (!is_inner(&rules[i]))
			lot.marks |= KZI_DICT_FINAL;
	}
	lot.classes = (uint16_t)set_number(&classes);
	lot.next = (uint16_t)set_number(&next);
	return lot;
}

/* Write the lots, and tell of each rule which lot it is in. */
static void write_lots(uint16_t *lot_of)
{
	size_t i, next;
	uint16_t count = 0;

	puts("static const struct kzi_dict_lot lots[] = {");
	for (i = 0; i < rule_count; i = next, count++) {
		struct kzi_dict_lot lot;

		for (next = i; next < rule_count &&
			!strcmp(rules[next].add, rules[i].add) &&
			!strcmp(rules[next].cut, rules[i].cut) &&
			kind_of(&rules[next]) == kind_of(&rules[i]);)
			lot_of[next++] = count;
		lot = make_lot(i, next);
		sum(&lot, sizeof(lot));
		printf("{%u,%u,%u,%u,%u,%u},\n", lot.cut, lot.first, lot.count,
			lot.classes, lot.next, lot.marks);
	}
	puts("};");
}

/* Returns the mask of the hash table. The group of what adds nothing has a
 * string of its own, so that 0 is an empty slot. */
static uint32_t write_groups(const uint16_t *lot_of)
{
	static struct kzi_dict_group groups[2 * MOST_RULES];
	uint32_t mask = 1;
	size_t i, next, different = 0;

	for (i = 0; i < rule_count; i++)
		different += !i || strcmp(rules[i - 1].add, rules[i].add);
	while (mask < different + different / 2)
		mask *= 2;
	mask--;
	for (i = 0; i < rule_count; i = next) {
		uint32_t slot = hash_add(rules[i].add) & mask;

		for (next = i; next < rule_count &&
			!strcmp(rules[next].add, rules[i].add);)
			next++;
		while (groups[slot].count)
			slot = (slot + 1) & mask;
		groups[slot].hash = hash_add(rules[i].add);
		groups[slot].add = string_number(rules[i].add);
		groups[slot].first = lot_of[i];
		groups[slot].count =
			(uint16_t)(lot_of[next - 1] - lot_of[i] + 1);
	}
	puts("static const struct kzi_dict_group groups[] = {");
	for (i = 0; i <= mask; i++)
		printf("{%uu,%u,%u,%u},\n", groups[i].hash, groups[i].add,
			groups[i].first, groups[i].count);
	puts("};");
	return mask;
}

/* Mark every ending of what a rule adds, the empty one too. */
static void mark_tails(unsigned char *tails, unsigned shift, const char *add,
	int behind)
{
	unsigned part = KZI_DICT_TAIL << KZI_DICT_TAIL_MARKS * behind;
	unsigned whole = KZI_DICT_WHOLE << KZI_DICT_TAIL_MARKS * behind;
	size_t length = strlen(add);
	uint32_t hash = KZI_DICT_HASH;

	tails[hash >> shift] |= part;
	while (length) {
		hash = kzi_dict_hash(hash, add[--length]);
		tails[hash >> shift] |= part;
	}
	tails[hash >> shift] |= whole;
}

/* Write what dict.h has of tails; returns the shift. Their number is about that
 * of the groups. */
static unsigned write_tails(uint32_t group_mask)
{
	static unsigned char tails[4 * MOST_RULES];
	static const struct set none;
	unsigned shift = 31;
	size_t i;

	while (1u << (32 - shift) <= 2 * group_mask)
		shift--;
	for (i = 0; i < rule_count; i++) {
		mark_tails(tails, shift, rules[i].add, 0);
		if (memcmp(&rules[i].next, &none, sizeof(none)))
			mark_tails(tails, shift, rules[i].add, 1);
	}
	puts("static const uint8_t tails[] = {");
	for (i = 0; i < 1u << (32 - shift); i++)
		printf("%u,%s", tails[i], i % 20 ? "" : "\n");
	puts("};");
	return shift;
}

static void write_sets(void)
{
	size_t i;
	int k;

	puts("static const uint64_t sets[][KZI_DICT_SET] = {");
	for (i = 0; i < set_count; i++) {
		printf("{");
		for (k = 0; k < KZI_DICT_SET; k++)
			printf("0x%llxu,", (unsigned long long)sets[i].bits[k]);
		puts("},");
	}
	puts("};");
	sum(sets, set_count * sizeof(sets[0]));
}

static void write_strings(void)
{
	size_t i;

	puts("static const char strings[] = {");
	for (i = 0; i < string_count + KZI_LEMMA_MOST; i++)
		printf("%d,%s", (signed char)strings[i], i % 20 ? "" : "\n");
	puts("};");
	sum(strings, string_count);
}

static void write_arcs(void)
{
	uint32_t i;

	puts("static const uint32_t arcs[] = {");
	for (i = 0; i < arc_count; i++)
		printf("%uu,%s", arcs[i], i % 12 ? "" : "\n");
	puts("};");
	sum(arcs, arc_count * sizeof(arcs[0]));
}

/* Mark the beginnings of words whose base form begins otherwise. An ending may
 * follow a word of two letters, so its third may be any. */
static void mark_start(uint64_t *strange, const char *word)
{
	char start[3] = { word[0], word[1], 'a' };
	unsigned bit;

	if (word[1] && word[2]) {
		bit = kzi_dict_start(word);
		strange[bit / 64] |= 1ull << bit % 64;
		return;
	}
	for (; start[2] <= 'z'; start[2]++) {
		bit = kzi_dict_start(start);
		strange[bit / 64] |= 1ull << bit % 64;
	}
}

static void write_starts(void)
{
	uint64_t strange[KZI_DICT_STARTS / 64] = { 0 };
	size_t i;

	for (i = 0; i < word_count; i++)
		if (strncmp(words[i].text, words[i].lemma, 2))
			mark_start(strange, words[i].text);
	printf("{");
	for (i = 0; i < KZI_DICT_STARTS / 64; i++)
		printf("0x%llxu,", (unsigned long long)strange[i]);
	puts("}");
}

/* Classes of endings that may follow others, and the rules in them. */
static void find_middles(struct set *inner)
{
	size_t i;

	for (i = 0; i < rule_count; i++)
		add_all(inner, &rules[i].next);
	for (i = 0; i < rule_count; i++)
		rules[i].is_middle = inner->bits[rules[i].class / 64] >>
				(rules[i].class % 64) &
			1;
}

int main(int argc, char **argv)
{
	static uint16_t lot_of[MOST_RULES];
	uint32_t start, mask;
	unsigned shift;
	struct set inner = { { 0 } };
	int k;

	if (argc < 3)
		die("usage: compile_dict NAME.aff NAME.dic [CLASSES]");
	if (argc > 3)
		left_out = argv[3];
	read_rules(argv[1]);
	read_words(argv[2]);
	merge_words();
	if (argc > 4) {
		read_forms(argv[4]);
		add_pairs();
		follow_links();
		merge_words();
	}
	find_middles(&inner);
	qsort(rules, rule_count, sizeof(rules[0]), compare_rules);
	add_strings();
	start = build_automaton();
	write_arcs();
	write_rules();
	write_endings();
	write_lots(lot_of);
	mask = write_groups(lot_of);
	write_sets();
	write_strings();
	shift = write_tails(mask);
	printf("#define DICT \\\n"
	       "arcs, rules, lots, groups, sets, strings, endings, tails, \\\n"
	       "%uu, %uu, %u, 0x%llxu, \\\n{",
		start, mask, shift, (unsigned long long)checksum);
	for (k = 0; k < KZI_DICT_SET; k++)
		printf("0x%llxu,", (unsigned long long)inner.bits[k]);
	puts("}, \\");
	write_starts();
	return 0;
}
