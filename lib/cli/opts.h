/* opts.h -- the options of a program, from one table.
 *
 * The table says where in the program's own struct each value goes, so that
 * reading the command line and printing --help cannot disagree:
 *
 *     struct options { uint64_t limit; int is_quiet; };
 *
 *     #define AT(member) offsetof(struct options, member)
 *
 *     static const struct kzi_opt table[] = {
 *             KZI_ROW_NUMBER("limit", 'n', AT(limit), 0, 100, "N",
 *                     "show at most N hits (10)"),
 *             KZI_ROW_FLAG("quiet", 'q', AT(is_quiet), 1, "say nothing"),
 *             KZI_ROW_END
 *     };
 *
 * Options and operands may come in any order; "--" ends the options; "-" is
 * an operand. Long options are spelled out (`--limit 5`, `--limit=5`), short
 * ones may be joined (`-qn5`). Names are not shortened: a script that says
 * `--lim` would break on the day there is a `--limerick`. */
#ifndef KZI_OPTS_H
#define KZI_OPTS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum kzi_opt_kind {
	KZI_OPT_FLAG,	/* Takes no value: the int becomes `sets`. */
	KZI_OPT_TEXT,	/* const char *, borrowed from argv; not empty. */
	KZI_OPT_NUMBER, /* uint64_t, from `least` to `most`, in decimal. */
	KZI_OPT_CHOICE	/* int: the place of the value among `choices`. */
};

struct kzi_opt {
	const char *name; /* Without the dashes. NULL ends the table. */
	enum kzi_opt_kind kind;
	char letter; /* Of the short form, or 0. */
	size_t at;   /* offsetof the value in the program's struct. */
	int sets;
	uint64_t least;
	uint64_t most;
	const char *const *choices; /* Ended by NULL. */
	const char *value; /* What --help calls the value: "N", "FILE". */
	const char *help;  /* A few words, in lower case, without a period. */
};

/* Rows of the table. `where` is the offset of the value; a `short_name` of 0
 * is none. */
#define KZI_ROW_FLAG(long_name, short_name, where, what, words)                \
	{                                                                      \
		.name = long_name, .letter = short_name, .kind = KZI_OPT_FLAG, \
		.at = where, .sets = what, .help = words                       \
	}
#define KZI_ROW_TEXT(long_name, where, called, words)                          \
	{                                                                      \
		.name = long_name, .kind = KZI_OPT_TEXT, .at = where,          \
		.value = called, .help = words                                 \
	}
#define KZI_ROW_NUMBER(long_name, short_name, where, from, to, called, words)  \
	{                                                                      \
		.name = long_name, .letter = short_name,                       \
		.kind = KZI_OPT_NUMBER, .at = where, .least = from,            \
		.most = to, .value = called, .help = words                     \
	}
#define KZI_ROW_CHOICE(long_name, where, of, called, words)                    \
	{                                                                      \
		.name = long_name, .kind = KZI_OPT_CHOICE, .at = where,        \
		.choices = of, .value = called, .help = words                  \
	}
#define KZI_ROW_VERSION(where)                                                 \
	KZI_ROW_FLAG("version", 0, where, 1, "show the version")
#define KZI_ROW_HELP(where)                                                    \
	KZI_ROW_FLAG("help", 'h', where, 1, "show this help")
#define KZI_ROW_END { .name = NULL }

struct kzi_program {
	const char *name;    /* "kalauz-query" */
	const char *usage;   /* What follows the name, a form a line. */
	const char *summary; /* One sentence. */
	const struct kzi_opt *options;
	const char *footer; /* Printed after the options, or NULL. */
};

/* Why a command line was refused, as a sentence that ends in "; see --help".
 * Long values in it are cut. */
enum { KZI_OPTS_MESSAGE = 240 };

/* Read argv[1] to argv[argc - 1] into `values`, a struct as the table tells;
 * members whose option does not occur stay as they are. The operands are
 * moved, in their order, to argv[0] and on, and their number is returned; -1
 * when the command line is wrong, with the reason in `message`. */
int kzi_opts_read(const struct kzi_program *program, void *values, int argc,
	char **argv, char message[KZI_OPTS_MESSAGE]);

/* Something to do instead of what a program is for. */
struct kzi_mode {
	int is_set;
	const char *name; /* "--check" */
};

/* 1 if one mode is set at most; 0 if two are, with the reason in `message`. */
int kzi_opts_check_modes(const struct kzi_mode *modes, size_t count,
	char message[KZI_OPTS_MESSAGE]);

/* Print what --help prints. */
void kzi_opts_help(const struct kzi_program *program, FILE *out);

/* The words with one space between them, to be freed with free(). NULL when
 * memory is short. */
char *kzi_opts_join(char *const *words, int count);

#endif
