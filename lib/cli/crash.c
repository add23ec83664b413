/* crash.c -- see crash.h. All that the handler says is written beforehand: in
 * it, nothing may be trusted but the two calls that it makes. */
#include "cli/crash.h"

#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/say.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { IS_WATCHED = 1 };
#else
enum { IS_WATCHED = 0 };
#endif

static const int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

/* A stack that ran over cannot hold the handler. */
static char stack[16 * 1024];

static char message[1200];
static size_t message_length;

static void end(int number)
{
	ssize_t written = write(STDERR_FILENO, message, message_length);

	(void)written;
	(void)number;
	_exit(KZI_EXIT_FAILED);
}

/* "kalauz-query: a.index: ..." */
static void compose(const char *program, const char *index)
{
	FILE *out = fmemopen(message, sizeof(message), "w");

	if (!out)
		return;
	fprintf(out, "%s: ", program);
	kzi_say_safe(out, index, strnlen(index, 600));
	fputs(": broke off while reading it; either it is damaged"
	      " (kalauz-index --check tells, --rebuild mends), or this is a"
	      " bug, please report it\n",
		out);
	fflush(out);
	message_length = (size_t)ftell(out);
	fclose(out);
}

void kzi_crash_guard(const char *program, const char *index)
{
	const stack_t aside = {.ss_sp = stack, .ss_size = sizeof(stack)};
	struct sigaction action;
	size_t i;

	if (IS_WATCHED)
		return;
	compose(program, index);
	memset(&action, 0, sizeof(action));
	action.sa_handler = end;
	action.sa_flags = SA_ONSTACK | (int)SA_RESETHAND;
	sigaltstack(&aside, NULL);
	for (i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		sigaction(numbers[i], &action, NULL);
}

void kzi_crash_release(void)
{
	size_t i;

	if (IS_WATCHED)
		return;
	for (i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		signal(numbers[i], SIG_DFL);
}
