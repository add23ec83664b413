/* say.h -- how our programs speak to people: messages, colour, terminals.
 *
 * stdout carries answers only; all else goes to stderr as
 * "program: message". What comes from files or the command line may hold
 * anything, so it passes through kzi_say_safe() on its way to a terminal. */
#ifndef KZI_SAY_H
#define KZI_SAY_H

#include <stddef.h>
#include <stdio.h>

/* Exit codes of our programs. 1 has a meaning of each program's own. */
enum { KZI_EXIT_OK = 0, KZI_EXIT_USAGE = 2, KZI_EXIT_FAILED = 3 };

/* The values of --color, in the order of kzi_say_whens. */
enum kzi_when { KZI_AUTO, KZI_ALWAYS, KZI_NEVER };

/* "auto", "always", "never", NULL: the choices of an option (opts.h). */
extern const char *const kzi_say_whens[];

/* To be called first in main: a reader who goes away ends the program
 * quietly, whatever the parent process did with SIGPIPE; and no file gets the
 * number of a standard stream that is closed. */
void kzi_say_start(void);

/* "program: message" and a newline on stderr, in one write. Controls in it
 * show as '?'; a message of over 1,000 bytes is cut. */
void kzi_say(const char *program, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Text for a person: controls and ill-formed bytes show as '?', all else is
 * written as it is. Newlines, returns and tabs become spaces. */
void kzi_say_safe(FILE *out, const char *text, size_t length);

/* 1 if what is written to `out` should have colour. `auto` says yes for a
 * terminal that is not "dumb", unless CLICOLOR is 0; CLICOLOR_FORCE, if it
 * is neither empty nor 0, says yes without one; NO_COLOR says no before
 * both. */
int kzi_say_has_color(enum kzi_when when, FILE *out);

/* The columns of the terminal behind `out`; when it is none, what COLUMNS says,
 * otherwise 80. */
int kzi_say_width(FILE *out);

/* Flush `out`. 1 if all that was written has arrived. Otherwise 0, and the
 * reason was said, unless it is only that the reader has gone away. */
int kzi_say_flush(const char *program, FILE *out);

/* To be called last: returns `code`, or KZI_EXIT_FAILED when stdout could not
 * take all (a full disk). */
int kzi_say_finish(const char *program, int code);

#endif
