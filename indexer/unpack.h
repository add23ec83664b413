/* unpack.h -- what lies in a ZIP or gzip file, within limits.
 *
 * For packed documents (office, books) all their parts of text at once, as a
 * package; for archives one member after the other. What is unpacked is never
 * written anywhere. The only face of libarchive. */
#ifndef KZI_UNPACK_H
#define KZI_UNPACK_H

#include "base/buf.h"
#include "indexer/format.h"
#include "indexer/salvage.h"

/* Limits of all that one file may unpack to, archives in archives included. */
enum {
	KZI_UNPACK_MEGABYTES = 512,
	KZI_UNPACK_MEMBERS = 10000,
	KZI_UNPACK_DEPTH = 3
};

/* ---- One member after the other ---------------------------------------- */

struct kzi_unpack {
	void *archive;	  /* libarchive's. */
	void *locale;	  /* One of UTF-8, in which it gives names whole; or
			     NULL. */
	const char *name; /* Of the member, as the archive has it; until the
			     next one. */
	int is_file;	  /* Not a folder, link or device. */
	int is_encrypted;
	int is_gzip;
	size_t packed; /* Bytes of the whole archive. */
	const char *bytes;
	const char *block; /* Unpacked bytes of the member, not taken yet ... */
	size_t left;
	int is_bad;        /* ... and it is damaged behind them ... */
	struct kzi_salvage rest; /* ... where this goes on, if it is open. */
	size_t given;      /* Bytes of the member so far. */
	int rests;         /* Members that this was done for. */
	size_t members; /* Of this one, so far ... */
	uint64_t last;  /* ... and the hash of the name of the last. */
	/* Since libarchive gave up, for the reason in `fault`: */
	struct kzi_salvage salvage;
	int is_salvage;
	char fault[200];
	struct kzi_nest *nest;
	struct kzi_nest own; /* What `nest` is for the outermost file. */
};

/* -1: memory is short, or it is no such file; with the reason in `input`. */
int kzi_unpack_open(struct kzi_unpack *unpack, struct kzi_input *input);
void kzi_unpack_close(struct kzi_unpack *unpack);

/* Go to the next member. 1: there is one; 0: that was all; -1: damaged, or too
 * many, with the reason filled in. Of a damaged archive that is told at its
 * end: what can be found in it comes before. */
int kzi_unpack_next(struct kzi_unpack *unpack, struct kzi_input *input);

/* The next bytes of the member behind what `out` has, until it has `most`, or
 * all if that is 0. -1: they cannot be had, with the reason filled in; what
 * came is in `out`. */
int kzi_unpack_read(struct kzi_unpack *unpack, struct kzi_input *input,
	struct kzi_buf *out, size_t most);

/* 1 if a limit was reached, so that nothing more may be unpacked. */
int kzi_unpack_is_full(const struct kzi_unpack *unpack);

/* ---- All parts of a document ------------------------------------------- */

/* Told by archive.c for what is no archive, in office.c. */
kzi_reader kzi_read_office;

struct kzi_part {
	char *name;
	struct kzi_buf bytes;
};

struct kzi_package {
	struct kzi_buf parts; /* Of struct kzi_part, by name. */
	int is_damaged;	      /* Not all could be read; the reason is in the
				 input. */
};

/* Unpack the parts that may be text: XML, pages and the like. Returns -1 when
 * nothing could be read. */
int kzi_package_open(struct kzi_package *package, struct kzi_input *input);
void kzi_package_close(struct kzi_package *package);

/* The part of that name, or NULL. */
const struct kzi_part *kzi_package_find(
	const struct kzi_package *package, const char *name);

/* The name of the part that `target` means in the part `base`, in `out`:
 *
 *     "OEBPS/book.opf", "text/one%20a.xhtml#x"  =>  "OEBPS/text/one a.xhtml"
 *     "ppt/slides/slide1.xml", "../notes.xml"   =>  "ppt/notes.xml"
 *     "word/document.xml", "/word/styles.xml"   =>  "word/styles.xml" */
void kzi_package_name(
	const char *base, const char *target, char *out, size_t size);

#endif
