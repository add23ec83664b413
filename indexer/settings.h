/* settings.h -- what a folder says of itself: a file kalauz.ini in it.
 *
 *     kind = story
 *     place = hungary
 *     ; Not documents: what the test suite needs.
 *     ignore = names, judgements, README.md
 *
 * A line is `key = value`; a semicolon or # begins a comment. `kind` (guide,
 * story or material) and `place` are of all documents in this folder and below,
 * but for those that say something else themselves, or have a kalauz.ini nearer
 * to them that does. `ignore` names files and folders of this folder that are
 * left out, with commas between them; it may stand several times. */
#ifndef KZI_SETTINGS_H
#define KZI_SETTINGS_H

#include <stdio.h>

#include "base/buf.h"
#include "store/store.h"

#define KZI_SETTINGS_FILE "kalauz.ini"

enum { KZI_SETTING_MOST = 200 /* Bytes of a place, or a fault. */ };

struct kzi_settings {
	struct kzi_buf ignored; /* Names, each with a NUL behind it. */
	enum kzi_kind kind;
	char place[KZI_SETTING_MOST]; /* "": none. */
	char fault[KZI_SETTING_MOST]; /* What a line has that cannot be; or "". */
};

/* Read the settings of a folder; one without the file has none. */
void kzi_settings_load(struct kzi_settings *settings, const char *folder);

/* The same from an open file. */
void kzi_settings_read(struct kzi_settings *settings, FILE *file);

/* 1 if the entry is left out (the settings file itself is). */
int kzi_settings_ignore(const struct kzi_settings *settings, const char *name);

void kzi_settings_release(struct kzi_settings *settings);

#endif
