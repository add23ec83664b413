/* opts.h -- the options of a program, from one table.
 *
 * The table says where in the program's own struct each value goes, so that
 * reading the command line and printing --help cannot disagree:
 *
 *     struct options { uint64_t limit; int is_quiet; };
 *
 *     static const struct kzi_opt table[] = {
 *             {.letter = 'n', .name = "limit", .kind = KZI_OPT_NUMBER,
 *              .at = offsetof(struct options, limit), .most = 100,
 *              .value = "N", .help = "show at most N hits (10)"},
 *             {.letter = 'q', .name = "quiet", .kind = KZI_OPT_FLAG,
 *              .at = offsetof(struct options, is_quiet), .sets = 1,
 *              .help = "say nothing"},
 *             {.name = NULL}
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

/* Print what --help prints. */
void kzi_opts_help(const struct kzi_program *program, FILE *out);

/* The words with one space between them, to be freed with free(). NULL when
 * memory is short. */
char *kzi_opts_join(char *const *words, int count);

#endif
