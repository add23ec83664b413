/* document.c -- see document.h. */
#include "indexer/document.h"

#include <string.h>

#include "base/utf8.h"

enum {
	NAME_MOST = 4000,  /* Bytes of a title, address or the like. */
	LINKS_MOST = 1000  /* Every passage is filed under the links of its
			      page, so these have to be few. */
};

void kzi_document_init(struct kzi_document *document, const char *path)
{
	memset(document, 0, sizeof(*document));
	document->declared = -1;
	document->path =
		kzi_arena_copy(&document->arena, path, strlen(path));
	document->failed = !document->path;
}

void kzi_document_release(struct kzi_document *document)
{
	kzi_arena_release(&document->arena);
	kzi_buf_release(&document->blocks);
	kzi_buf_release(&document->links);
	memset(document, 0, sizeof(*document));
}

/* Space to a reader: also the no-break kinds, which pages are padded with. */
static int is_space(uint32_t c)
{
	return c <= 0x20 || c == 0x7F || c == 0x85 || c == 0xA0 ||
		c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
		c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Characters that no page shows: the rest of C1, and U+FEFF. */
static int is_dropped(uint32_t c)
{
	return (c >= 0x80 && c < 0xA0) || c == 0xFEFF;
}

/* 1 if a byte of valid text stays as it is, whatever stands around it: all but
 * those that begin a space, a sign that is dropped, or one beside these. */
static int stays(char byte)
{
	static const char table[256] = { ['!' ... '~'] = 1,
		[0x80 ... 0xC1] = 1, [0xC3 ... 0xE0] = 1, [0xE4 ... 0xEE] = 1,
		[0xF0 ... 0xFF] = 1 };

	return table[(unsigned char)byte];
}

/* Bytes of valid text that stay as they are, with single spaces between them:
 * nearly all of it, so that the one condition hardly ever fails. */
static size_t count_tidy(const char *text, size_t length)
{
	char last = ' ';
	size_t i = 0;

	while (i < length &&
		(stays(text[i]) | ((text[i] == ' ') & (last != ' '))))
		last = text[i++];
	return i > 0 && last == ' ' ? i - 1 : i;
}

/* Write the tidy text of valid UTF-8 to `out`, which has room for it and a NUL.
 * Returns its length. */
static size_t tidy(char *out, const char *text, size_t length)
{
	const char *end = text + length;
	char *at = out;
	int has_gap = 0;

	while (text < end) {
		size_t count = count_tidy(text, (size_t)(end - text));
		uint32_t c;

		if (!count) {
			count = kzi_utf8_decode(text, (size_t)(end - text), &c);
			if (is_space(c) || is_dropped(c)) {
				has_gap |= is_space(c);
				text += count;
				continue;
			}
		}
		if (has_gap && at > out)
			*at++ = ' ';
		has_gap = 0;
		memcpy(at, text, count);
		at += count;
		text += count;
	}
	*at = '\0';
	return (size_t)(at - out);
}

/* Text that is not valid UTF-8 is mended before. */
const char *kzi_document_tidy(struct kzi_document *document, const char *text,
	size_t length, size_t *tidy_length)
{
	struct kzi_buf mended = { 0 };
	char *out = NULL;

	if (!kzi_utf8_valid(text, length)) {
		kzi_utf8_append(&mended, text, length);
		text = mended.data;
		length = mended.length;
	}
	if (!mended.failed)
		out = kzi_arena_get(&document->arena, length + 1);
	if (out)
		*tidy_length = tidy(out, text, length);
	else
		document->failed = 1;
	kzi_buf_release(&mended);
	return out && *tidy_length ? out : NULL;
}

struct kzi_block *kzi_document_append(struct kzi_document *document,
	enum kzi_block_type type, const char *text, size_t length)
{
	const struct kzi_block block = { .type = type, .declared = -1,
		.language = -1, .text = text, .length = length };

	kzi_buf_append(&document->blocks, &block, sizeof(block));
	if (document->blocks.failed) {
		document->failed = 1;
		return NULL;
	}
	return kzi_document_block_at(
		document, kzi_document_block_count(document) - 1);
}

struct kzi_block *kzi_document_block(struct kzi_document *document,
	enum kzi_block_type type, const char *text, size_t length)
{
	text = kzi_document_tidy(document, text, length, &length);
	return text ? kzi_document_append(document, type, text, length) : NULL;
}

void kzi_document_heading(struct kzi_document *document, const char *text,
	size_t length, int level)
{
	struct kzi_block *block =
		kzi_document_block(document, KZI_HEADING, text, length);

	if (!block)
		return;
	block->level = level;
	if (!document->title)
		document->title = block->text;
}

void kzi_document_link(
	struct kzi_document *document, const char *target, const char *text)
{
	struct kzi_link link;

	if (document->links.length / sizeof(link) == LINKS_MOST)
		return;
	link.target = target ? kzi_document_text(
				       document, target, strlen(target))
			     : NULL;
	link.text = kzi_document_text(document, text, strlen(text));
	if (!link.target && !link.text)
		return;
	kzi_buf_append(&document->links, &link, sizeof(link));
	if (document->links.failed)
		document->failed = 1;
}

struct kzi_block *kzi_document_block_at(
	const struct kzi_document *document, size_t i)
{
	return (struct kzi_block *)(void *)document->blocks.data + i;
}

size_t kzi_document_block_count(const struct kzi_document *document)
{
	return document->blocks.length / sizeof(struct kzi_block);
}

const char *kzi_document_text(
	struct kzi_document *document, const char *text, size_t length)
{
	length = kzi_utf8_cut(text, length, NAME_MOST);
	return kzi_document_tidy(document, text, length, &length);
}
