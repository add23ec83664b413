/* json.h -- write JSON to a stream, value by value.
 *
 *     struct kzi_json json;
 *
 *     kzi_json_init(&json, stdout);
 *     kzi_json_object(&json);
 *     kzi_json_key(&json, "lang");
 *     kzi_json_text(&json, "hu");
 *     kzi_json_end(&json);
 *     kzi_json_line(&json);                         => {"lang": "hu"}
 *
 * Everything comes out on one line, in the order of the calls and without a
 * locale. Errors are sticky: what is wrong once (a stream that fails, a value
 * where a key must stand) makes every later call do nothing; ask
 * kzi_json_failed() at the end. */
#ifndef KZI_JSON_H
#define KZI_JSON_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Objects and arrays within one another; ours use four. */
enum { KZI_JSON_DEPTH = 32 };

struct kzi_json {
	FILE *out;
	int depth;		      /* Open objects and arrays. */
	char closers[KZI_JSON_DEPTH]; /* What ends each of them: '}' or ']'. */
	int has_items; /* The innermost one holds something already. */
	int has_key;   /* A key was written, its value was not. */
	int failed;
};

void kzi_json_init(struct kzi_json *json, FILE *out);

void kzi_json_object(struct kzi_json *json);
void kzi_json_array(struct kzi_json *json);

/* End the innermost object or array. */
void kzi_json_end(struct kzi_json *json);

void kzi_json_key(struct kzi_json *json, const char *key);

/* A string. What is not well-formed UTF-8 becomes U+FFFD. */
void kzi_json_string(struct kzi_json *json, const char *text, size_t length);

/* A NUL-ended string, or null for NULL. */
void kzi_json_text(struct kzi_json *json, const char *text);

void kzi_json_unsigned(struct kzi_json *json, uint64_t number);

/* The shortest of %.15g, %.16g and %.17g that reads back as the same number;
 * null for what JSON cannot say (infinities, NaN). */
void kzi_json_double(struct kzi_json *json, double number);

void kzi_json_bool(struct kzi_json *json, int is_true);
void kzi_json_null(struct kzi_json *json);

/* A value that is JSON already. */
void kzi_json_raw(struct kzi_json *json, const char *text, size_t length);

/* End a whole value with a newline; another may follow. */
void kzi_json_line(struct kzi_json *json);

/* 1 if anything went wrong since kzi_json_init. */
int kzi_json_failed(const struct kzi_json *json);

#endif
