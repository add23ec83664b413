/* stop.c -- see stop.h. */
#include "indexer/stop.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t asked;

static const int signals[] = { SIGINT, SIGTERM };

enum {
	SIGNALS = sizeof(signals) / sizeof(signals[0]),
	/* What a shell makes of a death by signal. */
	SHELL_BASE = 128
};

static void ask(int number)
{
	asked = number;
}

static void handle(void (*handler)(int))
{
	struct sigaction action, before;
	size_t i;

	memset(&action, 0, sizeof(action));
	action.sa_handler = handler;
	action.sa_flags = SA_RESTART | (int)SA_RESETHAND;
	sigemptyset(&action.sa_mask);
	for (i = 0; i < SIGNALS; i++)
		if (sigaction(signals[i], NULL, &before) == 0 &&
			before.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
}

const volatile sig_atomic_t *kzi_stop_listen(void)
{
	handle(ask);
	return &asked;
}

void kzi_stop_forget(void)
{
	handle(SIG_DFL);
}

void kzi_stop_end(void)
{
	raise(asked);
	/* Blocked by whoever started us. */
	_exit(SHELL_BASE + asked);
}
