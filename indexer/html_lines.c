/* html_lines.c -- see html_lines.h. */
#include "indexer/html_lines.h"

#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "indexer/furniture.h"

enum {
	HEADING_WORDS = 12,  /* Most words of a bold line that is a heading. */
	SENTENCE_WORDS = 24, /* Most words of any heading. */
	REPEAT_WORDS = 12,   /* Fewer may be a refrain. */
	TEXT_WORDS = 10,     /* Least words of a paragraph that is text. */
	BYLINE_WORDS = 9,    /* Most words of a line with the author ... */
	DATELINE_WORDS = 14, /* ... and of one with the time, too. */
	DATELINE_PROSE = 2,  /* Longer lines before which that may stand. */
	CAPTION_WORDS = 8,   /* Most words above a list of materials. */
	LARGE_FONT = 4       /* A line so large is a heading without bold. */
};

static struct kzi_line *line_at(const struct kzi_lines *lines, size_t i)
{
	return (struct kzi_line *)(void *)lines->items.data + i;
}

static size_t line_count(const struct kzi_lines *lines)
{
	return lines->items.length / sizeof(struct kzi_line);
}

static const char *line_text(
	const struct kzi_lines *lines, const struct kzi_line *line)
{
	return lines->text.data + line->text;
}

static uint32_t line_words(
	const struct kzi_lines *lines, const struct kzi_line *line)
{
	return line->length
		? kzi_count_words(line_text(lines, line), line->length)
		: 0;
}

void kzi_lines_add(struct kzi_lines *lines, const struct kzi_line *model,
	const char *text, size_t length)
{
	struct kzi_line line = *model;

	line.text = lines->text.length;
	line.length = length;
	kzi_buf_append(&lines->text, text, length);
	kzi_buf_append(&lines->items, &line, sizeof(line));
}

/* ---- Bullets ------------------------------------------------------------ */

/* Bytes of white space, no-break spaces included. */
static size_t space_length(const char *text, size_t length)
{
	size_t i = 0;

	while (i < length) {
		if ((unsigned char)text[i] <= ' ')
			i++;
		else if (length - i >= 2 && !memcmp(text + i, "\xC2\xA0", 2))
			i += 2;
		else
			break;
	}
	return i;
}

size_t kzi_bullet_length(const char *text, size_t length, int *is_dash)
{
	static const char *const bullets[] = { "•", "·", "▪", "■", "●", "○",
		"◦", "‣", "►", "▶", "➢", "➤", "✓", "✔", "❖", "§", "*", "\xC2\x95",
		"\xEF\x82\xB7", NULL };
	static const char *const dashes[] = { "-", "–", NULL };
	size_t start = space_length(text, length), space;
	const char *const *list[2] = { bullets, dashes };
	int kind, i;

	for (kind = 0; kind < 2; kind++)
		for (i = 0; list[kind][i]; i++) {
			size_t bytes = strlen(list[kind][i]);

			if (length - start <= bytes ||
				memcmp(text + start, list[kind][i], bytes))
				continue;
			space = space_length(text + start + bytes,
				length - start - bytes);
			/* "*)" and "-5" are no bullets; "•word" is. */
			if (!space && (kind || bytes == 1 ||
					list[kind][i][0] == '\xC2'))
				continue;
			*is_dash = kind == 1;
			return start + bytes + space;
		}
	return 0;
}

static size_t bullet_of(const struct kzi_lines *lines, size_t i, int *is_dash)
{
	const struct kzi_line *line;

	if (i >= line_count(lines))
		return 0;
	line = line_at(lines, i);
	if (line->is_links ||
		(line->type != KZI_PARAGRAPH && line->type != KZI_ITEM))
		return 0;
	return kzi_bullet_length(
		line_text(lines, line), line->length, is_dash);
}

static void strip_bullets(struct kzi_lines *lines)
{
	size_t count = line_count(lines), i;
	int in_dashes = 0;

	for (i = 0; i < count; i++) {
		struct kzi_line *line = line_at(lines, i);
		int is_dash = 0, next_dash = 0;
		size_t bytes = bullet_of(lines, i, &is_dash);

		if (bytes && is_dash && !in_dashes &&
			!(bullet_of(lines, i + 1, &next_dash) && next_dash))
			bytes = 0;
		in_dashes = bytes && is_dash;
		if (!bytes)
			continue;
		line->text += bytes;
		line->length -= bytes;
		if (line->type == KZI_PARAGRAPH) {
			line->type = KZI_ITEM;
			line->level = 1;
		}
	}
}

/* ---- Headings ----------------------------------------------------------- */

static int ends_sentence(const char *text, size_t length)
{
	while (length > 0 && (unsigned char)text[length - 1] <= ' ')
		length--;
	return length > 0 && strchr(".,;", text[length - 1]) != NULL;
}

static int is_like_heading(
	const struct kzi_lines *lines, const struct kzi_line *line)
{
	uint32_t words = line_words(lines, line);

	return line->type == KZI_PARAGRAPH && !line->is_links &&
		(line->is_bold || line->font_size >= LARGE_FONT) && words > 0 &&
		words <= HEADING_WORDS &&
		!ends_sentence(line_text(lines, line), line->length);
}

/* 1 if a heading is a sentence, or as long as one. */
static int is_sentence(
	const struct kzi_lines *lines, const struct kzi_line *line)
{
	uint32_t words = line_words(lines, line);

	return words > SENTENCE_WORDS || (words > HEADING_WORDS &&
		ends_sentence(line_text(lines, line), line->length));
}

/* What an article begins with may stand in an <h2>: it is text. */
static void read_sentences(struct kzi_lines *lines)
{
	size_t count = line_count(lines), i;

	for (i = 0; i < count; i++) {
		struct kzi_line *line = line_at(lines, i);

		if (line->type == KZI_HEADING && line->level > 1 &&
			is_sentence(lines, line)) {
			line->type = KZI_PARAGRAPH;
			line->level = 0;
		}
	}
}

static int heading_level(const struct kzi_line *line)
{
	if (line->font_size >= 5)
		return 1;
	return line->font_size == LARGE_FONT ? 2 : 3;
}

/* On a page without headings below the title, bold lines are headings; not
 * where most lines are bold. */
static void find_headings(struct kzi_lines *lines)
{
	size_t count = line_count(lines), alike = 0, texts = 0, i;

	for (i = 0; i < count; i++) {
		const struct kzi_line *line = line_at(lines, i);

		if (line->type == KZI_HEADING && line->level > 1)
			return;
		alike += (size_t)is_like_heading(lines, line);
		texts += !line->is_links;
	}
	if (alike * 2 > texts && texts > 2)
		return;
	for (i = 0; i < count; i++) {
		struct kzi_line *line = line_at(lines, i);

		if (is_like_heading(lines, line)) {
			line->type = KZI_HEADING;
			line->level = heading_level(line);
		}
	}
}

/* ---- What is left over of furniture ------------------------------------- */

static int is_heading_like(
	const struct kzi_lines *lines, const struct kzi_line *line)
{
	return line->type == KZI_HEADING || is_like_heading(lines, line);
}

/* The caption of a list of materials goes with it: a heading, bold line or
 * line with a colon, behind which there is nothing else. */
static void drop_captions(struct kzi_lines *lines)
{
	size_t count = line_count(lines), i, next;

	for (i = 0; i + 1 < count; i++) {
		struct kzi_line *line = line_at(lines, i);
		const char *text = line_text(lines, line);

		if (line->is_links || !line_at(lines, i + 1)->is_links ||
			line_words(lines, line) > CAPTION_WORDS)
			continue;
		for (next = i + 1; next < count; next++)
			if (!line_at(lines, next)->is_links)
				break;
		if (is_heading_like(lines, line)) {
			line->is_gone = next == count ||
				is_heading_like(lines, line_at(lines, next));
			continue;
		}
		line->is_gone = line->type == KZI_PARAGRAPH && line->length &&
			(text[line->length - 1] == ':' ||
				!strchr(".!?", text[line->length - 1]));
	}
}

/* A chapter may be called "Comments": a heading directly above its text, no
 * furniture between. */
static int heads_text(const struct kzi_lines *lines, size_t i)
{
	const struct kzi_line *line = line_at(lines, i), *next = line + 1;

	return line->type == KZI_HEADING && i + 1 < line_count(lines) &&
		next->type == KZI_PARAGRAPH && !next->behind_gap &&
		line_words(lines, next) >= TEXT_WORDS;
}

static void drop_phrases(struct kzi_lines *lines)
{
	size_t count = line_count(lines), i;

	for (i = 0; i < count; i++) {
		struct kzi_line *line = line_at(lines, i);

		/* "More" may well be what a page is called. */
		if (!(line->type == KZI_HEADING && i == 0) &&
			!heads_text(lines, i) &&
			line->type != KZI_ROW && !line->is_links &&
			kzi_is_furniture_phrase(
				line_text(lines, line), line->length)) {
			line->is_gone = 1;
			if (i + 1 < count)
				line[1].behind_gap = 1;
		}
	}
}

/* 1 if the line tells when the page was written, to the minute. A date alone
 * may be that of a letter.
 *
 *     "Posted on 10 July 2019 at 12:00"   "2019. július 10. 9:21" */
static int is_dateline(const char *text, size_t length)
{
	int years = 0, times = 0;
	size_t i = 0;

	while (i < length) {
		size_t start = i;

		while (i < length && text[i] >= '0' && text[i] <= '9')
			i++;
		if (i == start) {
			i++;
			continue;
		}
		years += i - start == 4 && (text[start] == '2' ||
				(text[start] == '1' && text[start + 1] == '9'));
		times += i - start <= 2 && i + 2 < length &&
			strchr(":.h", text[i]) && text[i + 1] >= '0' &&
			text[i + 1] <= '5' && text[i + 2] >= '0' &&
			text[i + 2] <= '9';
	}
	return years && times;
}

/* "Published 10 July 2019", "by Ann Mill" */
static int is_byline(const char *text, size_t length)
{
	static const char *const words[] = { "by ", "posted ", "published",
		"updated", "last updated", "publicat", "actualizat", "pubblicato",
		"aggiornato", "publicado", "atualizado", "actualizado",
		"publicada", "közzétéve", "megjelent:", "frissítve",
		"cyhoeddwyd", "diweddarwyd", NULL };
	int i;

	for (i = 0; words[i]; i++)
		if (length > strlen(words[i]) &&
			!strncasecmp(text, words[i], strlen(words[i])))
			return 1;
	return 0;
}

/* Before the text, who wrote it and when: between the title and the first
 * paragraph; the time also where the title is not to be seen, or behind the
 * lead. */
static void drop_datelines(struct kzi_lines *lines)
{
	size_t count = line_count(lines), prose = 0, i;
	int below_title = 0;

	for (i = 0; i < count && prose < DATELINE_PROSE; i++) {
		struct kzi_line *line = line_at(lines, i);
		const char *text = line_text(lines, line);
		uint32_t words = line_words(lines, line);
		size_t space = space_length(text, line->length);

		if (line->type == KZI_ROW)
			return;
		if (words <= DATELINE_WORDS &&
			(line->type != KZI_HEADING ||
				(i > 0 && line->level > 1)) &&
			is_dateline(text, line->length))
			line->is_gone = 1;
		else if (words > BYLINE_WORDS)
			prose += line->type != KZI_HEADING;
		else if (line->type == KZI_HEADING)
			below_title |= !line->is_gone;
		else if (below_title && !prose && line->type == KZI_PARAGRAPH &&
			is_byline(text + space, line->length - space))
			line->is_gone = 1;
	}
}

/* Where the text behind a heading was furniture, so is the heading. */
static void drop_empty_headings(struct kzi_lines *lines)
{
	size_t i = line_count(lines);
	int level_behind = 1, gap_behind = 1, seen = 0;

	while (i-- > 0) {
		struct kzi_line *line = line_at(lines, i);

		if (line->is_gone || line->is_links)
			continue;
		if (line->type != KZI_HEADING) {
			level_behind = 7;
		} else if (level_behind <= line->level && gap_behind &&
			(seen || i > 0) && line->level > 1) {
			line->is_gone = 1;
			continue;
		} else {
			level_behind = line->level;
		}
		seen = 1;
		gap_behind = line->behind_gap;
	}
}

/* A long paragraph that stands in the page twice, for wide and for narrow
 * screens or as the lead and again, is read once. */
static void drop_repeats(struct kzi_lines *lines)
{
	size_t count = line_count(lines), slots = 16, i;
	uint64_t *seen;

	while (slots < 2 * count)
		slots *= 2;
	seen = kzi_calloc(slots, sizeof(*seen));
	if (!seen)
		return; /* Read twice, then. */
	for (i = 0; i < count; i++) {
		struct kzi_line *line = line_at(lines, i);
		uint64_t hash;
		size_t slot;

		if (line->type != KZI_PARAGRAPH ||
			line_words(lines, line) < REPEAT_WORDS)
			continue;
		hash = kzi_hash(line_text(lines, line), line->length, 0) | 1;
		slot = hash & (slots - 1);
		while (seen[slot] && seen[slot] != hash)
			slot = (slot + 1) & (slots - 1);
		line->is_gone |= seen[slot] == hash;
		seen[slot] = hash;
	}
	kzi_free(seen);
}

/* ---- Handing on --------------------------------------------------------- */

static void hand_on(const struct kzi_lines *lines,
	const struct kzi_line *line, struct kzi_document *document)
{
	struct kzi_block *block = kzi_document_block(document, line->type,
		line_text(lines, line), line->length);

	if (!block)
		return;
	block->level = line->level;
	block->declared = line->declared;
	if (!line->anchor)
		return;
	block->anchor = kzi_arena_copy(
		&document->arena, line->anchor, strlen(line->anchor));
	if (!block->anchor)
		document->failed = 1;
}

void kzi_lines_finish(struct kzi_lines *lines, struct kzi_document *document)
{
	size_t count = line_count(lines), i;

	if (lines->items.failed || lines->text.failed) {
		document->failed = 1;
		return;
	}
	drop_phrases(lines);
	drop_datelines(lines);
	drop_captions(lines);
	drop_repeats(lines);
	read_sentences(lines);
	find_headings(lines);
	strip_bullets(lines);
	drop_empty_headings(lines);
	for (i = 0; i < count; i++) {
		const struct kzi_line *line = line_at(lines, i);

		if (!line->is_gone && !line->is_links)
			hand_on(lines, line, document);
	}
}

void kzi_lines_release(struct kzi_lines *lines)
{
	kzi_buf_release(&lines->items);
	kzi_buf_release(&lines->text);
}
