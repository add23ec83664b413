/* glossary.h -- the word table of an index: translations, in one mapped file.
 * Pure C, private to lib/store; what it does is in store.h.
 *
 *     "kalauz words 1\n\0"       16 bytes
 *     crc32 of what follows       4, low byte first, as all numbers
 *     slots                       4, a power of two
 *     analysis                   24, fingerprint of the stems in the keys
 *     bytes of the sources        4
 *     flags                       4
 *     bytes of the file           8
 *     the slots                   4 each: where a record begins, from 1 on,
 *                                 counted from the first; 0: free
 *     sources                     name, licence, path, stamp: strings; entries
 *     records                     key and body: strings
 *
 * A key is the byte of a language and stems with spaces between; its slot is
 * its hash, or the next free one. A body holds entries one after the other:
 * headword (a string), language, share, source (a byte each), text (a string).
 * Strings have their length before them, as a varint.
 *
 * Nothing is read ahead: opening looks at the head, finding at a slot and a
 * record. So the checksum is for kzi_glossary_check alone, and reading bears
 * any bytes.
 *
 * Or the file only names the table that it shares with other indexes:
 *
 *     "kalauz words at\n"        16 bytes
 *     path, newline              to the end */
#ifndef KZI_GLOSSARY_H
#define KZI_GLOSSARY_H

#include <stddef.h>
#include <stdint.h>

#define KZI_GLOSSARY_MAGIC "kalauz words 1\n"
#define KZI_GLOSSARY_AT_MAGIC "kalauz words at\n"

enum {
	KZI_GLOSSARY_PATH_MOST = 4096,
	KZI_GLOSSARY_SUM_AT = 16,
	KZI_GLOSSARY_SLOTS_AT = 20,
	KZI_GLOSSARY_ANALYSIS_AT = 24,
	KZI_GLOSSARY_SOURCES_AT = 48,
	KZI_GLOSSARY_FLAGS_AT = 52,
	KZI_GLOSSARY_LENGTH_AT = 56,
	KZI_GLOSSARY_HEAD = 64,
	KZI_GLOSSARY_ANALYSIS = 24, /* Bytes, zeros behind. */
	KZI_GLOSSARY_SEED = 0x77   /* Of the hash of keys. */
};

#endif
