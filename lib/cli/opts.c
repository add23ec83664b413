/* opts.c -- see opts.h. */
#include "cli/opts.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/glyph.h"

/* The command line on its way through. */
struct reading {
	const struct kzi_program *program;
	char *values; /* The program's struct. */
	char **argv;
	int argc;
	int next;      /* The first argument not looked at yet. */
	char *message; /* KZI_OPTS_MESSAGE bytes. */
};

__attribute__((format(printf, 2, 3))) static int refuse(
	struct reading *reading, const char *format, ...)
{
	va_list arguments;
	size_t length;

	va_start(arguments, format);
	/* Room is kept for the end of the sentence. */
	vsnprintf(reading->message, KZI_OPTS_MESSAGE - 16, format, arguments);
	va_end(arguments);
	length = strlen(reading->message);
	snprintf(reading->message + length, KZI_OPTS_MESSAGE - length,
		"; see --help");
	return 0;
}

/* ---- Values ------------------------------------------------------------- */

/* "12" => 1 and 12; "", "1x", "-1", "+1" and what overflows => 0. */
static int read_decimal(const char *text, uint64_t *number)
{
	uint64_t value = 0;

	if (!*text)
		return 0;
	for (; *text; text++) {
		unsigned digit = (unsigned)(*text - '0');

		if (digit > 9 || value > (UINT64_MAX - digit) / 10)
			return 0;
		value = value * 10 + digit;
	}
	*number = value;
	return 1;
}

static int set_number(struct reading *reading, const struct kzi_opt *option,
	const char *shown, const char *value)
{
	uint64_t number;

	if (!read_decimal(value, &number) || number < option->least ||
		number > option->most)
		return refuse(reading,
			"%s: '%.60s' is not a number from %" PRIu64
			" to %" PRIu64,
			shown, value, option->least, option->most);
	memcpy(reading->values + option->at, &number, sizeof(number));
	return 1;
}

/* {"text", "json", NULL} => "text, json". */
static void list_choices(const char *const *choices, char *list, size_t room)
{
	size_t length = 0;

	*list = '\0';
	for (; *choices && length < room; choices++)
		length += (size_t)snprintf(list + length, room - length, "%s%s",
			length ? ", " : "", *choices);
}

static int set_choice(struct reading *reading, const struct kzi_opt *option,
	const char *shown, const char *value)
{
	char list[100];
	int i;

	for (i = 0; option->choices[i]; i++)
		if (!strcmp(option->choices[i], value)) {
			memcpy(reading->values + option->at, &i, sizeof(i));
			return 1;
		}
	list_choices(option->choices, list, sizeof(list));
	return refuse(
		reading, "%s: '%.60s' is not one of %s", shown, value, list);
}

static int set_value(struct reading *reading, const struct kzi_opt *option,
	const char *shown, const char *value)
{
	switch (option->kind) {
	case KZI_OPT_NUMBER:
		return set_number(reading, option, shown, value);
	case KZI_OPT_CHOICE:
		return set_choice(reading, option, shown, value);
	case KZI_OPT_TEXT:
		if (!*value)
			return refuse(reading, "%s: the value is empty", shown);
		memcpy(reading->values + option->at, &value, sizeof(value));
		return 1;
	case KZI_OPT_FLAG:
		break;
	}
	return refuse(reading, "%s takes no value", shown);
}

/* ---- Arguments ---------------------------------------------------------- */

static void set_flag(struct reading *reading, const struct kzi_opt *option)
{
	memcpy(reading->values + option->at, &option->sets,
		sizeof(option->sets));
}

/* `value` is what came with the option, or NULL: then it is the next
 * argument, whatever that looks like. */
static int take(struct reading *reading, const struct kzi_opt *option,
	const char *shown, const char *value)
{
	if (!value && option->kind == KZI_OPT_FLAG) {
		set_flag(reading, option);
		return 1;
	}
	if (!value && reading->next == reading->argc)
		return refuse(reading, "%s needs a value", shown);
	return set_value(reading, option, shown,
		value ? value : reading->argv[reading->next++]);
}

static const struct kzi_opt *find_name(
	const struct kzi_opt *option, const char *name, size_t length)
{
	for (; option->name; option++)
		if (strlen(option->name) == length &&
			!memcmp(option->name, name, length))
			return option;
	return NULL;
}

static const struct kzi_opt *find_letter(
	const struct kzi_opt *option, char letter)
{
	for (; option->name; option++)
		if (option->letter == letter)
			return option;
	return NULL;
}

/* "--name" or "--name=value". */
static int read_long(struct reading *reading, const char *argument)
{
	const char *name = argument + 2;
	size_t length = strcspn(name, "=");
	const struct kzi_opt *option =
		find_name(reading->program->options, name, length);
	char shown[60];

	snprintf(shown, sizeof(shown), "--%.*s", (int)length, name);
	if (!option)
		return refuse(reading, "there is no option %s", shown);
	return take(reading, option, shown,
		name[length] == '=' ? name + length + 1 : NULL);
}

/* "-q", "-qv", "-n5", "-qn5". */
static int read_short(struct reading *reading, const char *argument)
{
	for (argument++; *argument; argument++) {
		const struct kzi_opt *option =
			find_letter(reading->program->options, *argument);
		char shown[3] = {'-', *argument, '\0'};

		if (!option && !isalnum((unsigned char)*argument))
			return refuse(reading,
				"'-%.60s' is no option; put -- "
				"before words that begin with -",
				argument);
		if (!option)
			return refuse(reading,
				"there is no option %s; put -- "
				"before words that begin with -",
				shown);
		if (option->kind != KZI_OPT_FLAG)
			return take(reading, option, shown,
				argument[1] ? argument + 1 : NULL);
		set_flag(reading, option);
	}
	return 1;
}

int kzi_opts_read(const struct kzi_program *program, void *values, int argc,
	char **argv, char message[KZI_OPTS_MESSAGE])
{
	struct reading reading = {program, values, argv, argc, 1, message};
	int takes_options = 1;
	int operands = 0;

	*message = '\0';
	while (reading.next < argc) {
		char *argument = argv[reading.next++];
		int is_read = 1;

		if (!takes_options || argument[0] != '-' || !argument[1])
			argv[operands++] = argument;
		else if (!strcmp(argument, "--"))
			takes_options = 0;
		else if (argument[1] == '-')
			is_read = read_long(&reading, argument);
		else
			is_read = read_short(&reading, argument);
		if (!is_read)
			return -1;
	}
	return operands;
}

int kzi_opts_check_modes(const struct kzi_mode *modes, size_t count,
	char message[KZI_OPTS_MESSAGE])
{
	const char *found = NULL;
	size_t i;

	for (i = 0; i < count; i++) {
		if (modes[i].is_set && found) {
			snprintf(message, KZI_OPTS_MESSAGE,
				"%s and %s exclude each other; see --help",
				found, modes[i].name);
			return 0;
		}
		if (modes[i].is_set)
			found = modes[i].name;
	}
	return 1;
}

/* ---- Help --------------------------------------------------------------- */

/* The column where explanations begin, and where lines end. */
enum { HELP_COLUMN = 26, HELP_WIDTH = 80 };

/* Words from `column` on, wrapped to come out under one another. */
static void print_wrapped(FILE *out, const char *text, size_t column)
{
	size_t at = column;

	while (*text) {
		size_t length = strcspn(text, " ");
		size_t columns = kzi_glyph_columns(text, length);

		if (at > column && at + 1 + columns >= HELP_WIDTH) {
			fprintf(out, "\n%*s", (int)column, "");
			at = column;
		}
		if (at > column)
			fputc(' ', out);
		at += columns + (at > column);
		fwrite(text, 1, length, out);
		text += length;
		text += strspn(text, " ");
	}
	fputc('\n', out);
}

/* {'n', "limit", "N"} => "  -n, --limit N". */
static void print_option(FILE *out, const struct kzi_opt *option)
{
	char label[80];
	char letter[5] = "    ";
	int length;

	if (option->letter)
		snprintf(letter, sizeof(letter), "-%c, ", option->letter);
	length = snprintf(label, sizeof(label), "  %s--%s%s%s", letter,
		option->name, option->value ? " " : "",
		option->value ? option->value : "");
	fputs(label, out);
	if (length + 1 >= HELP_COLUMN) {
		fputc('\n', out);
		length = 0;
	}
	fprintf(out, "%*s", HELP_COLUMN - length, "");
	print_wrapped(out, option->help, HELP_COLUMN);
}

void kzi_opts_help(const struct kzi_program *program, FILE *out)
{
	const struct kzi_opt *option;
	const char *form = program->usage;

	while (*form) {
		size_t length = strcspn(form, "\n");

		fprintf(out, "%s %s %.*s\n",
			form == program->usage ? "Usage:" : "      ",
			program->name, (int)length, form);
		form += length + (form[length] == '\n');
	}
	print_wrapped(out, program->summary, 0);
	fputc('\n', out);
	for (option = program->options; option->name; option++)
		print_option(out, option);
	if (program->footer)
		fprintf(out, "\n%s", program->footer);
}

char *kzi_opts_join(char *const *words, int count)
{
	size_t length = 1;
	char *text, *at;
	int i;

	for (i = 0; i < count; i++)
		length += strlen(words[i]) + 1;
	text = at = malloc(length);
	if (!text)
		return NULL;
	for (i = 0; i < count; i++) {
		if (i > 0)
			*at++ = ' ';
		at = stpcpy(at, words[i]);
	}
	*at = '\0';
	return text;
}
