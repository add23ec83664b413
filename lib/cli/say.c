/* say.c -- see say.h. */
#include "cli/say.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/glyph.h"

/* Cut here; far more than a sentence with a path in it. */
enum { MESSAGE_MOST = 1000 };

/* What a line holds when nobody knows, and the least we wrap to: below it,
 * wrapping does more harm than good. Beyond the most, somebody is joking. */
enum { WIDTH_DEFAULT = 80, WIDTH_LEAST = 20, WIDTH_MOST = 10000 };

const char *const kzi_say_whens[] = {"auto", "always", "never", NULL};

/* A stream that we were started without (>&-) would have its number taken by
 * the next file opened, such as one of the index, which would then be read as
 * queries or written into. What stands in fails as the closed one does: it can
 * only be used the other way. */
static void occupy(int stream)
{
	if (fcntl(stream, F_GETFD) < 0 && errno == EBADF)
		(void)!open("/dev/null",
			stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

void kzi_say_start(void)
{
	int stream;

	for (stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
		occupy(stream);
	signal(SIGPIPE, SIG_DFL);
}

/* What stands for a character that must not reach a terminal; 0 if it may. */
static char substitute(uint32_t glyph)
{
	if (glyph == '\n' || glyph == '\t' || glyph == '\r' ||
		glyph == 0x2028 || glyph == 0x2029)
		return ' ';
	return kzi_glyph_is_control(glyph) ? '?' : 0;
}

/* Runs of what may be written as it is go out in one piece. */
void kzi_say_safe(FILE *out, const char *text, size_t length)
{
	const char *end = text + length, *run = text;

	while (text < end) {
		const char *start = text;
		char instead;

		if (*text >= ' ' && *text <= '~') {
			text++;
			continue;
		}
		instead = substitute(kzi_glyph_next(&text, end));
		if (!instead)
			continue;
		fwrite(run, 1, (size_t)(start - run), out);
		fputc(instead, out);
		run = text;
	}
	fwrite(run, 1, (size_t)(end - run), out);
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

/* Of the environment; "" if it is not there. */
static const char *variable(const char *name)
{
	const char *value = getenv(name);

	return value ? value : "";
}

int kzi_say_has_color(enum kzi_when when, FILE *out)
{
	if (when != KZI_AUTO)
		return when == KZI_ALWAYS;
	if (*variable("NO_COLOR"))
		return 0;
	if (*variable("CLICOLOR_FORCE") &&
		strcmp(variable("CLICOLOR_FORCE"), "0") != 0)
		return 1;
	if (!strcmp(variable("CLICOLOR"), "0"))
		return 0;
	return *variable("TERM") && strcmp(variable("TERM"), "dumb") &&
	       isatty(fileno(out));
}

int kzi_say_width(FILE *out)
{
	struct winsize size;
	unsigned long width;

	if (ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		width = size.ws_col;
	else
		width = strtoul(variable("COLUMNS"), NULL, 10);
	if (width == 0 || width > WIDTH_MOST)
		return WIDTH_DEFAULT;
	return width < WIDTH_LEAST ? WIDTH_LEAST : (int)width;
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
