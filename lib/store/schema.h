/* schema.h -- the format of an index on disk. Private to lib/store.
 *
 * kalauz.index, text:
 *
 *     kalauz index
 *     format 8
 *     generation 7
 *
 * A row is two little-endian words of 64 bits; row n is that of passage n, row
 * 0 is unused. Removed passages leave their rows behind.
 *
 *      63            24 23           0     63            24 23 20 19 16 15    0
 *     | record offset  | record bytes |   | document offset| lang| kind| text  |
 *
 * Offsets lead into passages.text; text is the bytes of the passage's text, or
 * 65535 if it has more. A record there is
 *
 *     sum of what follows (4)  codec (1)  raw length (varint)  payload
 *
 * where the sum is kzi_sum_short(), and its raw bytes are written by record.c.
 *
 * Any change here, to record.c or to the terms of lib/text raises FORMAT. */
#ifndef KZI_SCHEMA_H
#define KZI_SCHEMA_H

#define KZI_FORMAT 8
#define KZI_POINTER_FILE "kalauz.index"
#define KZI_LOCK_FILE "lock"
#define KZI_ROWS_FILE "passages.rows"
#define KZI_TEXT_FILE "passages.text"
#define KZI_POSTINGS_FILE "postings" /* And a dot and its number. */

/* Metadata keys in Xapian: the state, and the caller's own behind a letter. */
#define KZI_STATE_KEY "kalauz-state"
#define KZI_VALUE_PREFIX "v"

/* Passages that are gone and that the vocabulary still counts: varints. */
#define KZI_GONE_KEY "kalauz-gone"

/* Passages that are gone and whose postings are still there (removed.h). */
#define KZI_REMOVED_KEY "kalauz-removed"

enum {
	KZI_ROW_BYTES = 16,
	KZI_ROW_TEXT_MOST = 0xFFFF,
	KZI_RECORD_MOST = 0xFFFFFF /* Bytes; a record is one passage. */
};

enum kzi_codec {
	KZI_CODEC_RAW = 0,
	KZI_CODEC_ZSTD = 1,       /* A frame of its own. */
	KZI_CODEC_DICTIONARY = 2  /* With the dictionary of the generation. */
};

#endif
