/* json.c -- see json.h. */
#include "cli/json.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/glyph.h"

void kzi_json_init(struct kzi_json *json, FILE *out)
{
	memset(json, 0, sizeof(*json));
	json->out = out;
}

static void put(struct kzi_json *json, const char *text, size_t length)
{
	if (!json->failed && fwrite(text, 1, length, json->out) != length)
		json->failed = 1;
}

static int is_in_object(const struct kzi_json *json)
{
	return json->depth > 0 && json->closers[json->depth - 1] == '}';
}

/* What stands before any value: a comma, where one is due. In an object a
 * value needs a key first. */
static void begin_value(struct kzi_json *json)
{
	if (is_in_object(json) != json->has_key)
		json->failed = 1;
	if (!json->has_key && json->has_items)
		put(json, ", ", 2);
	json->has_key = 0;
	json->has_items = 1;
}

static void open_with(struct kzi_json *json, const char *opener, char closer)
{
	begin_value(json);
	if (json->depth == KZI_JSON_DEPTH)
		json->failed = 1;
	if (json->failed)
		return;
	put(json, opener, 1);
	json->closers[json->depth++] = closer;
	json->has_items = 0;
}

void kzi_json_object(struct kzi_json *json)
{
	open_with(json, "{", '}');
}

void kzi_json_array(struct kzi_json *json)
{
	open_with(json, "[", ']');
}

void kzi_json_end(struct kzi_json *json)
{
	if (json->depth == 0 || json->has_key)
		json->failed = 1;
	if (json->failed)
		return;
	put(json, &json->closers[--json->depth], 1);
	json->has_items = 1;
}

/* The escapes JSON has a letter for: "\n" => "\\n". */
static const char *short_escape(uint32_t glyph)
{
	switch (glyph) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	case '\t':
		return "\\t";
	case '\r':
		return "\\r";
	case KZI_GLYPH_BAD:
		return "\xEF\xBF\xBD";
	default:
		return NULL;
	}
}

/* Room for \uXXXX, and for what a compiler believes could come. */
enum { ESCAPE_MOST = 12 };

/* The escape of a character that needs one, else NULL. Controls and the line
 * separators are escaped too, so that a reader who splits lines by Unicode's
 * idea of them, or shows the output on a terminal, comes to no harm; and the
 * beginning of a tag, so that "</script>" ends no script that holds it. */
static const char *escape_of(uint32_t glyph, char buffer[ESCAPE_MOST])
{
	const char *letter = short_escape(glyph);

	if (letter)
		return letter;
	if (!kzi_glyph_is_control(glyph) && glyph != '<' && glyph != 0x2028 &&
		glyph != 0x2029)
		return NULL;
	snprintf(buffer, ESCAPE_MOST, "\\u%04x", (unsigned)glyph);
	return buffer;
}

static void put_string(struct kzi_json *json, const char *text, size_t length)
{
	const char *end = text + length;
	const char *written = text;
	char buffer[ESCAPE_MOST];

	put(json, "\"", 1);
	while (text < end) {
		const char *start = text;
		const char *escape =
			escape_of(kzi_glyph_next(&text, end), buffer);

		if (!escape)
			continue;
		put(json, written, (size_t)(start - written));
		put(json, escape, strlen(escape));
		written = text;
	}
	put(json, written, (size_t)(end - written));
	put(json, "\"", 1);
}

void kzi_json_key(struct kzi_json *json, const char *key)
{
	if (!is_in_object(json) || json->has_key)
		json->failed = 1;
	if (json->has_items)
		put(json, ", ", 2);
	put_string(json, key, strlen(key));
	put(json, ": ", 2);
	json->has_key = 1;
}

void kzi_json_string(struct kzi_json *json, const char *text, size_t length)
{
	begin_value(json);
	put_string(json, text, length);
}

void kzi_json_raw(struct kzi_json *json, const char *text, size_t length)
{
	begin_value(json);
	put(json, text, length);
}

void kzi_json_text(struct kzi_json *json, const char *text)
{
	if (text)
		kzi_json_string(json, text, strlen(text));
	else
		kzi_json_null(json);
}

void kzi_json_unsigned(struct kzi_json *json, uint64_t number)
{
	char buffer[24];
	int length = snprintf(buffer, sizeof(buffer), "%" PRIu64, number);

	kzi_json_raw(json, buffer, (size_t)length);
}

void kzi_json_double(struct kzi_json *json, double number)
{
	char buffer[40];
	int length = 0;
	int digits;
	char *at;

	if (!isfinite(number)) {
		kzi_json_null(json);
		return;
	}
	for (digits = 15; digits <= 17; digits++) {
		length = snprintf(
			buffer, sizeof(buffer), "%.*g", digits, number);
		if (strtod(buffer, NULL) == number)
			break;
	}
	/* A host's locale may have put its own decimal sign there. */
	for (at = buffer; *at; at++)
		if (!strchr("+-0123456789e", *at))
			*at = '.';
	kzi_json_raw(json, buffer, (size_t)length);
}

void kzi_json_bool(struct kzi_json *json, int is_true)
{
	kzi_json_raw(json, is_true ? "true" : "false", is_true ? 4 : 5);
}

void kzi_json_null(struct kzi_json *json)
{
	kzi_json_raw(json, "null", 4);
}

void kzi_json_line(struct kzi_json *json)
{
	if (json->depth > 0)
		json->failed = 1;
	put(json, "\n", 1);
	json->has_items = 0;
}

int kzi_json_failed(const struct kzi_json *json)
{
	return json->failed || json->depth > 0 || ferror(json->out);
}
