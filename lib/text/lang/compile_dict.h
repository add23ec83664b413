/* compile_dict.h -- what the parts of compile_dict share.
 *
 *     compile_dict.c            what it reads and writes; the steps
 *     compile_dict_text.c       letters, and room for text
 *     compile_dict_class.c      flags, classes, sets of classes
 *     compile_dict_read.c       NAME.aff and NAME.dic into a dictionary
 *     compile_dict_words.c      its words: one line each, sorted
 *     compile_dict_forms.c      NAME.forms: what it does not say
 *     compile_dict_rules.c      its rules, their strings and endings
 *     compile_dict_automaton.c  words into arcs
 *     compile_dict_write.c      all of it as C
 *
 * Nothing of this is in the library, so names have no prefix. */
#ifndef COMPILE_DICT_H
#define COMPILE_DICT_H

#include <stddef.h>
#include <stdint.h>

#include "text/dict.h"

enum {
	MOST_WORDS = 800000,
	MOST_RULES = 40000,
	MOST_SETS = 20000,
	MOST_CLASSES = 64 * KZI_DICT_SET,
	MOST_ALIASES = 30000,
	MOST_STRINGS = 1000000,
	MOST_ARCS = 4000000,
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

/* What is read. */
struct dictionary {
	const char *left_out; /* Classes, separated by commas. */
	enum flag_kind flag_kind;
	unsigned need_affix, only_in_compound, forbidden;
	unsigned class_names[MOST_CLASSES];
	int class_count;
	char *aliases[MOST_ALIASES], *notes[MOST_ALIASES];
	int alias_count, note_count;
	struct word words[MOST_WORDS];
	size_t word_count;
	struct rule rules[MOST_RULES];
	size_t rule_count;
};

/* What is written, beside the rules. All of it is zero at first; what begins
 * with another number is set where it is filled, since with an initializer the
 * program would have as many megabytes as its arrays. */
struct tables {
	struct set sets[MOST_SETS];
	size_t set_count;
	struct set inner; /* Classes of endings that may follow others. */
	char strings[MOST_STRINGS + KZI_LEMMA_MOST];
	size_t string_count;
	uint32_t endings[UINT16_MAX + 1];
	size_t ending_count;
	uint32_t arcs[MOST_ARCS];
	uint32_t arc_count;
	uint32_t start; /* The automaton's first state. */
	uint64_t checksum;
};

/* ---- Text -------------------------------------------------------------- */

/* Say what is wrong and end. */
void die(const char *format, ...)
	__attribute__((noreturn, format(printf, 1, 2)));

/* Room that is never given back. */
char *take(size_t size);
char *copy(const char *text);

/* A number in decimal, or 0. */
int number_of(const char *text);

/* Cut a line at white space; returns how many fields. */
int cut_line(char *line, char **fields, int most);

/* The letter at `*at`, which moves behind it. */
unsigned decode(const char **at);

/* Take the marks off a text's letters, in its place: "ős" => "os". */
void fold(char *text);

/* A word as it is looked up: in lower case, without accents, hyphens and middle
 * dots. 0 if it is none. */
int spell(char *out, const char *from);

/* The same, but "0" is the empty text. */
int spell_or_none(char *out, const char *text);

/* ---- Classes ----------------------------------------------------------- */

/* The first flag in a text, or 0. */
unsigned one_flag(const struct dictionary *dict, const char *text);

/* The class of a flag, a new one if need be. */
int add_class(struct dictionary *dict, unsigned flag);

/* Read flags or the number of their alias; 0 if the entry is to be dropped. */
int read_flags(
	const struct dictionary *dict, struct set *set, const char *text);

void put(struct set *set, int class);
void add_all(struct set *sum, const struct set *more);

/* The place of a set in the tables, where each stands once. */
unsigned set_number(struct tables *tables, const struct set *set);

/* ---- Reading ----------------------------------------------------------- */

void read_rules(struct dictionary *dict, const char *path);
void read_words(struct dictionary *dict, const char *path);

/* ---- Words ------------------------------------------------------------- */

void add_word(struct dictionary *dict, const char *text, const char *lemma,
	const struct set *classes);

/* Sort the words. One line for a word with one base form: the classes of all of
 * them. Only if none of them is a word by itself is the whole none. */
void merge_words(struct dictionary *dict);

/* A word of a merged dictionary, the first of those spelt so, or NULL. */
struct word *find_word(struct dictionary *dict, const char *text);

/* Add what our own file says to a merged dictionary. */
void add_forms(struct dictionary *dict, const char *path);

/* ---- Rules ------------------------------------------------------------- */

/* Put the rules in the order of the tables, and their strings in those. */
void prepare_rules(struct tables *tables, struct dictionary *dict);

/* KZI_DICT_MIDDLE and KZI_DICT_OTHER. */
int kind_of(const struct rule *rule);

/* 1 if it makes no word without one more ending. */
int is_inner(const struct rule *rule);

/* The ending it asks for; "" if that says no more than the letters it cuts. */
const char *telling_ending(const struct rule *rule);

/* Where a text stands, which may be the tail of a longer one. */
unsigned string_number(struct tables *tables, const char *text);

/* Where an ending stands, as dict.h has it. */
unsigned ending_number(struct tables *tables, const char *ending);

/* ---- Tables ------------------------------------------------------------ */

void build_automaton(struct tables *tables, const struct dictionary *dict);
void write_tables(struct tables *tables, const struct dictionary *dict);

#endif
