/* say.c -- see say.h. */
#include "cli/say.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/glyph.h"

/* Cut here; far more than a sentence with a path in it. */
enum { MESSAGE_MOST = 1000 };

/* What a line holds when there is no terminal to ask, and the least we wrap
 * to: below it, wrapping does more harm than good. */
enum { WIDTH_DEFAULT = 80, WIDTH_LEAST = 20 };

const char *const kzi_say_whens[] = {"auto", "always", "never", NULL};

void kzi_say_start(void)
{
	signal(SIGPIPE, SIG_DFL);
}

/* Write text with '?' for what must not reach a terminal. */
void kzi_say_safe(FILE *out, const char *text, size_t length)
{
	const char *end = text + length;

	while (text < end) {
		const char *start = text;
		uint32_t glyph = kzi_glyph_next(&text, end);

		if (glyph == '\n' || glyph == '\t' || glyph == '\r' ||
			glyph == 0x2028 || glyph == 0x2029)
			fputc(' ', out);
		else if (kzi_glyph_is_control(glyph))
			fputc('?', out);
		else
			fwrite(start, 1, (size_t)(text - start), out);
	}
}

/* One write for the whole line, so that messages of several processes do not
 * mix. "é\x1b" => "é?". */
static void say_line(const char *program, const char *message, size_t length)
{
	char line[MESSAGE_MOST * 2];
	FILE *out = fmemopen(line, sizeof(line), "w");
	long written;

	if (!out)
		return;
	fprintf(out, "%s: ", program);
	kzi_say_safe(out, message, length);
	fputc('\n', out);
	fflush(out);
	written = ftell(out);
	fclose(out);
	if (written > 0)
		fwrite(line, 1, (size_t)written, stderr);
	fflush(stderr);
}

void kzi_say(const char *program, const char *format, ...)
{
	char message[MESSAGE_MOST];
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	if (length >= MESSAGE_MOST)
		length = MESSAGE_MOST - 1;
	if (length > 0)
		say_line(program, message, (size_t)length);
}

int kzi_say_has_color(enum kzi_when when, FILE *out)
{
	const char *refusal = getenv("NO_COLOR");
	const char *terminal = getenv("TERM");

	if (when != KZI_AUTO)
		return when == KZI_ALWAYS;
	if (refusal && *refusal)
		return 0;
	return terminal && *terminal && strcmp(terminal, "dumb") &&
	       isatty(fileno(out));
}

int kzi_say_width(FILE *out)
{
	struct winsize size;

	if (ioctl(fileno(out), TIOCGWINSZ, &size) || size.ws_col == 0)
		return WIDTH_DEFAULT;
	return size.ws_col < WIDTH_LEAST ? WIDTH_LEAST : size.ws_col;
}

int kzi_say_flush(const char *program, FILE *out)
{
	int reason = 0;

	/* An error of an earlier write stays in the stream, its errno does not;
	 * but what could not be written is mostly tried again here. */
	if (fflush(out))
		reason = errno;
	else if (ferror(out))
		reason = EIO;
	if (reason && reason != EPIPE)
		kzi_say(program, "cannot write the output: %s",
			strerror(reason));
	return !reason;
}

int kzi_say_finish(const char *program, int code)
{
	if (!kzi_say_flush(program, stdout))
		return KZI_EXIT_FAILED;
	/* Some file systems tell of a full disk only now. */
	if (fclose(stdout)) {
		kzi_say(program, "cannot write the output: %s",
			strerror(errno));
		return KZI_EXIT_FAILED;
	}
	return code;
}
