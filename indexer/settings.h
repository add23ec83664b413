/* settings.h -- what a folder says of itself: a file kalauz.ini in it.
 *
 *     ; Not documents: what the test suite needs.
 *     ignore = names, judgements, README.md
 *
 * A line is `key = value`; a semicolon or # begins a comment. `ignore` names
 * files and folders of this folder that are left out, with commas between them;
 * it may stand several times. */
#ifndef KZI_SETTINGS_H
#define KZI_SETTINGS_H

#include <stdio.h>

#include "base/buf.h"

#define KZI_SETTINGS_FILE "kalauz.ini"

struct kzi_settings {
	struct kzi_buf ignored; /* Names, each with a NUL behind it. */
};

/* Read the settings of a folder; one without the file has none. */
void kzi_settings_load(struct kzi_settings *settings, const char *folder);

/* The same from an open file. */
void kzi_settings_read(struct kzi_settings *settings, FILE *file);

/* 1 if the entry is left out (the settings file itself is). */
int kzi_settings_ignore(const struct kzi_settings *settings, const char *name);

void kzi_settings_release(struct kzi_settings *settings);

#endif
