/* format.h -- which reader a file needs, by its content first, then its name.
 *
 * A reader turns the bytes of a file into documents. It calls `emit` for each
 * one (a JSON Lines file has many) and goes on only while that returns 0. */
#ifndef KZI_READER_H
#define KZI_READER_H

#include <stddef.h>

#include "indexer/document.h"

/* Given a whole document; does not keep it. Not 0: stop reading. */
typedef int kzi_emit(void *context, struct kzi_document *document);

/* How deep in archives a file lies, and what they hold all together. */
struct kzi_nest {
	int depth;        /* Archives around it. */
	unsigned members; /* Unpacked so far. */
	size_t bytes;     /* The same. */
};

struct kzi_input {
	const char *path;  /* As it names the document. */
	const char *bytes; /* The whole file. */
	size_t length;
	kzi_emit *emit;
	void *context;
	char *reason;      /* Room for why it failed ... */
	size_t reason_size;
	struct kzi_nest *nest; /* NULL: it lies in no archive. */
};

/* 0: read. Otherwise not or not wholly read, with the reason filled in; what
 * was emitted before stands. */
typedef int kzi_reader(struct kzi_input *input);

kzi_reader kzi_read_html, kzi_read_plain, kzi_read_markdown, kzi_read_jsonl,
	kzi_read_pdf, kzi_read_rtf, kzi_read_flat_odf;

/* Whatever is packed as ZIP: archives, office documents, electronic books. */
kzi_reader kzi_read_zip, kzi_read_gzip;

/* JSON Lines in parts: the whole lines of a part, and at the end what became
 * of them. A struct kzi_jsonl of zeros is before the first line. */
struct kzi_jsonl {
	unsigned long lines;
	unsigned long bad;
	char first[240]; /* What is wrong with the first bad one. */
};

int kzi_jsonl_lines(struct kzi_jsonl *lines, struct kzi_input *input);
int kzi_jsonl_end(const struct kzi_jsonl *lines, struct kzi_input *input);

/* The reader for a file, or NULL if its format is not known. */
kzi_reader *kzi_format_find(const char *path, const char *bytes, size_t length);

/* Write the reason and return -1, for `return kzi_input_fail(...)`. */
int kzi_input_fail(struct kzi_input *input, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The same where memory is short. Workers, whose memory is limited, say how
 * much there was instead. */
#define KZI_NO_MEMORY "out of memory"
int kzi_input_fail_memory(struct kzi_input *input);

#endif
