/* rtf.c -- Rich Text Format. Debian has no library that reads it.
 *
 *     {\rtf1\ansicpg1250 {\fonttbl{\f0\fcharset238 Arial;}}
 *     {\pard\outlinelevel0\b K\'f6z\u246?s ter\'fclet\par}}
 *
 * gives a heading, "Közös terület". A file is groups in braces, control words
 * and text. What a word sets lasts to the end of its group. Some groups
 * ("destinations") are no text: fonts, pictures, headers and footers.
 *
 * From the RTF Specification 1.9.1 (Microsoft 2008). */
#include "indexer/format.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "indexer/flow.h"
#include "indexer/title.h"

enum {
	DEPTH_MOST = 2000, /* Groups in each other: books have some twenty. */
	WORD = 32,	   /* The longest control word, and its NUL. */
	FONTS = 512,	   /* Fonts and styles whose number is remembered. */
	TITLE = 256,
	NO_LEVEL = -1
};

enum destination { BODY, FONTS_LIST, STYLES_LIST, TITLE_TEXT, SKIPPED };

struct state { /* Of a group. */
	enum destination destination;
	int is_note;  /* It is in a footnote. */
	size_t outer; /* Paragraphs open outside of that. */
	int is_bold, is_hidden;
	int in_table;
	int level;	 /* Outline level, or NO_LEVEL. */
	int list, depth; /* Number of its list, or 0; depth from 0. */
	int font;
	int unicode_skip; /* Characters behind \u that repeat it. */
};

struct rtf {
	struct kzi_document document;
	struct kzi_flow flow;
	const char *start, *at, *end;
	struct kzi_buf groups; /* Of struct state: those left behind. */
	struct state state;
	struct kzi_buf raw; /* Bytes in an encoding, to be converted. */
	iconv_t converter;
	int codepage; /* Of the converter. */
	int default_codepage;
	int default_font;
	int font_codepage[FONTS];
	int style_level[FONTS];	 /* Outline level and 1; 0: none. */
	int listed;		 /* Font or style being described. */
	int is_item;		 /* A bullet was seen. */
	int left_to_skip;	 /* Of unicode_skip. */
	uint32_t high_surrogate; /* Waits for the low one; or 0. */
	int is_starred;		 /* \* was seen. */
	int is_cut;		 /* Too deep. */
	char title[TITLE];
};

/* ---- Text --------------------------------------------------------------- */

static void open_paragraph(struct rtf *rtf)
{
	if (kzi_flow_depth(&rtf->flow) > rtf->state.outer)
		return;
	if (rtf->flow.tables && !rtf->state.in_table)
		kzi_flow_table_close(&rtf->flow);
	kzi_flow_open(&rtf->flow);
	rtf->is_item = 0;
}

static void put(struct rtf *rtf, const char *text, size_t length)
{
	size_t filled = strlen(rtf->title);

	if (rtf->state.destination == TITLE_TEXT)
		snprintf(rtf->title + filled, TITLE - filled, "%.*s",
			(int)(length < TITLE ? length : TITLE), text);
	if (rtf->state.destination != BODY || rtf->state.is_hidden)
		return;
	open_paragraph(rtf);
	kzi_flow_text(&rtf->flow, text, length, rtf->state.is_bold);
}

static void put_character(struct rtf *rtf, uint32_t character)
{
	char bytes[KZI_UTF8_MOST];

	put(rtf, bytes, kzi_utf8_encode(bytes, character));
}

/* Convert the bytes that were gathered. */
static void flush(struct rtf *rtf)
{
	char *from = rtf->raw.data, out[256];
	size_t left = rtf->raw.length;

	while (left > 0) {
		char *to = out;
		size_t room = sizeof(out), before = left;

		if (rtf->converter != (iconv_t)-1)
			iconv(rtf->converter, &from, &left, &to, &room);
		put(rtf, out, sizeof(out) - room);
		if (left == before) { /* No such character. */
			put_character(rtf, KZI_REPLACEMENT);
			from++;
			left--;
		}
	}
	kzi_buf_clear(&rtf->raw);
}

static void open_converter(struct rtf *rtf, int codepage)
{
	char name[24];

	if (rtf->codepage == codepage)
		return;
	if (rtf->converter != (iconv_t)-1)
		iconv_close(rtf->converter);
	rtf->codepage = codepage;
	if (codepage == 10000)
		snprintf(name, sizeof(name), "MACINTOSH");
	else if (codepage == 65001)
		snprintf(name, sizeof(name), "UTF-8");
	else if (codepage > 28590 && codepage < 28606)
		snprintf(name, sizeof(name), "ISO-8859-%d", codepage - 28590);
	else
		snprintf(name, sizeof(name), "CP%d", codepage);
	rtf->converter = iconv_open("UTF-8", name);
	if (rtf->converter == (iconv_t)-1)
		rtf->converter = iconv_open("UTF-8", "CP1252");
}

static void put_byte(struct rtf *rtf, int byte)
{
	int font = rtf->state.font, codepage = 0;
	char raw = (char)byte;

	if (rtf->left_to_skip > 0) {
		rtf->left_to_skip--;
		return;
	}
	if (font >= 0 && font < FONTS)
		codepage = rtf->font_codepage[font];
	if (!codepage)
		codepage = rtf->default_codepage;
	if (codepage != rtf->codepage)
		flush(rtf);
	open_converter(rtf, codepage);
	kzi_buf_append(&rtf->raw, &raw, 1);
}

/* \u246, or \u-10179 \u-8704 for what is past U+FFFF. */
static void put_unicode(struct rtf *rtf, long number)
{
	uint32_t character = (uint32_t)(number < 0 ? number + 65536 : number);

	flush(rtf);
	rtf->left_to_skip = rtf->state.unicode_skip;
	if (character >= 0xD800 && character < 0xDC00) {
		rtf->high_surrogate = character;
		return;
	}
	if (character >= 0xDC00 && character < 0xE000)
		character = rtf->high_surrogate
				    ? 0x10000 +
					      ((rtf->high_surrogate - 0xD800)
						      << 10) +
					      (character - 0xDC00)
				    : KZI_REPLACEMENT;
	rtf->high_surrogate = 0;
	put_character(rtf, character <= 0x10FFFF ? character : KZI_REPLACEMENT);
}

/* ---- Paragraphs --------------------------------------------------------- */

static void close_paragraph(struct rtf *rtf)
{
	const struct state *state = &rtf->state;

	flush(rtf);
	if (kzi_flow_depth(&rtf->flow) <= state->outer)
		return;
	if (state->level != NO_LEVEL && !state->is_note)
		kzi_flow_close(&rtf->flow, KZI_HEADING, state->level + 1);
	else if (state->list || rtf->is_item)
		kzi_flow_close(&rtf->flow, KZI_ITEM, state->depth + 1);
	else
		kzi_flow_close(&rtf->flow, KZI_PARAGRAPH, 0);
	rtf->is_item = 0;
}

/* Is what the paragraph has so far only a bullet or a number? */
static int is_bullet(const struct kzi_buf *text)
{
	size_t length = text->length, i = 0;
	const char *at = text->data;

	while (length > 0 && at[length - 1] == ' ')
		length--;
	if (length == 3 && (!memcmp(at, "\xE2\x80\xA2", 3) ||
				   !memcmp(at, "\xE2\x80\x93", 3)))
		return 1;
	if (length == 1 && strchr("-*o\xB7", at[0]))
		return 1;
	while (i < length && at[i] >= '0' && at[i] <= '9')
		i++;
	return i > 0 && i <= 3 && i + 1 == length && strchr(".)", at[i]);
}

static void put_tab(struct rtf *rtf)
{
	flush(rtf);
	if (rtf->state.destination == BODY && kzi_flow_depth(&rtf->flow) &&
		!rtf->is_item && is_bullet(&rtf->flow.text)) {
		kzi_flow_empty(&rtf->flow);
		rtf->is_item = 1;
	} else {
		put(rtf, " ", 1);
	}
}

static void open_row(struct rtf *rtf)
{
	flush(rtf);
	rtf->state.in_table = 1;
	if (rtf->flow.tables)
		return;
	if (rtf->state.is_note)
		return;
	close_paragraph(rtf);
	kzi_flow_table_open(&rtf->flow);
	kzi_flow_cell(&rtf->flow);
}

static void close_cell(struct rtf *rtf)
{
	close_paragraph(rtf);
	kzi_flow_cell(&rtf->flow);
}

static void close_row(struct rtf *rtf)
{
	close_paragraph(rtf);
	/* The cell behind the last one is none. */
	rtf->flow.cell -= rtf->flow.cell > 1;
	kzi_flow_row_close(&rtf->flow);
	kzi_flow_cell(&rtf->flow);
}

/* ---- Groups ------------------------------------------------------------- */

static void open_group(struct rtf *rtf)
{
	flush(rtf);
	if (rtf->groups.length / sizeof(rtf->state) >= DEPTH_MOST) {
		rtf->is_cut = 1;
		rtf->at = rtf->end;
		return;
	}
	kzi_buf_append(&rtf->groups, &rtf->state, sizeof(rtf->state));
	rtf->is_starred = 0;
}

static void close_group(struct rtf *rtf)
{
	size_t outer;

	flush(rtf);
	rtf->left_to_skip = 0;
	rtf->is_starred = 0;
	if (rtf->groups.failed || rtf->groups.length < sizeof(rtf->state))
		return;
	rtf->groups.length -= sizeof(rtf->state);
	outer = rtf->state.outer;
	memcpy(&rtf->state, rtf->groups.data + rtf->groups.length,
		sizeof(rtf->state));
	/* Out of a note: its last paragraph has no end of its own. */
	while (rtf->state.outer < outer && kzi_flow_depth(&rtf->flow) > outer)
		kzi_flow_close(&rtf->flow, KZI_PARAGRAPH, 0);
}

/* What a note is about is open, and stays so. */
static void open_note(struct rtf *rtf)
{
	open_paragraph(rtf);
	rtf->state.is_note = 1;
	rtf->state.outer = kzi_flow_depth(&rtf->flow);
}

static int is_one_of(const char *word, const char *const words[])
{
	int i;

	for (i = 0; words[i]; i++)
		if (!strcmp(word, words[i]))
			return 1;
	return 0;
}

/* A word that says what its group is for. 1: it was one. */
static int take_destination(struct rtf *rtf, const char *word)
{
	static const char *const skipped[] = {"colortbl", "pict", "object",
		"objdata", "header", "headerl", "headerr", "headerf", "footer",
		"footerl", "footerr", "footerf", "ftnsep", "ftnsepc", "aftnsep",
		"aftnsepc", "fldinst", "listtext", "pntext", "nonshppict", "sp",
		"nonesttables", "author", "operator", "company", "doccomm",
		"subject", "keywords", "comment", "category", "manager",
		"hlinkbase", "tc", "tcl", "xe", "rxe", "txe", "private",
		"template", "revtbl", "filetbl", "xmlnstbl", "annotation",
		"bkmkstart", "bkmkend", NULL};
	/* "cs" is no destination, whatever OpenOffice writes before it. */
	static const char *const starred[] = {
		"shpinst", "shptxt", "cs", NULL};
	enum destination *destination = &rtf->state.destination;

	if (*destination == SKIPPED)
		return 1;
	if (!strcmp(word, "fonttbl"))
		*destination = FONTS_LIST;
	else if (!strcmp(word, "stylesheet"))
		*destination = STYLES_LIST;
	else if (!strcmp(word, "title"))
		*destination = TITLE_TEXT;
	else if (!strcmp(word, "footnote") && *destination == BODY)
		open_note(rtf);
	else if (is_one_of(word, skipped))
		*destination = SKIPPED;
	else if (rtf->is_starred && !is_one_of(word, starred))
		*destination = SKIPPED;
	else
		return 0;
	return 1;
}

/* ---- Control words ------------------------------------------------------ */

static int codepage_of_charset(long charset)
{
	static const struct {
		long charset;
		int codepage;
	} pages[] = {{77, 10000}, {128, 932}, {129, 949}, {134, 936},
		{136, 950}, {161, 1253}, {162, 1254}, {163, 1258}, {177, 1255},
		{178, 1256}, {186, 1257}, {204, 1251}, {222, 874}, {238, 1250},
		{254, 437}, {255, 850}};
	size_t i;

	for (i = 0; i < sizeof(pages) / sizeof(*pages); i++)
		if (pages[i].charset == charset)
			return pages[i].codepage;
	return 0;
}

static int take_character_word(struct rtf *rtf, const char *word)
{
	static const struct {
		const char *word;
		uint32_t character;
	} characters[] = {{"emdash", 0x2014}, {"endash", 0x2013},
		{"lquote", 0x2018}, {"rquote", 0x2019}, {"ldblquote", 0x201C},
		{"rdblquote", 0x201D}, {"bullet", 0x2022}, {"line", ' '},
		{"emspace", ' '}, {"enspace", ' '}, {"qmspace", ' '}};
	size_t i;

	for (i = 0; i < sizeof(characters) / sizeof(*characters); i++) {
		if (strcmp(word, characters[i].word) != 0)
			continue;
		flush(rtf);
		put_character(rtf, characters[i].character);
		return 1;
	}
	return 0;
}

/* Words about paragraphs and tables. */
static int take_paragraph_word(struct rtf *rtf, const char *word, long number)
{
	struct state *state = &rtf->state;

	if (!strcmp(word, "par") || !strcmp(word, "sect") ||
		!strcmp(word, "page"))
		close_paragraph(rtf);
	else if (!strcmp(word, "pard"))
		state->level = NO_LEVEL, state->list = state->depth = 0,
		state->in_table = 0;
	else if (!strcmp(word, "intbl") || !strcmp(word, "trowd"))
		open_row(rtf);
	else if (!strcmp(word, "cell"))
		close_cell(rtf);
	else if (!strcmp(word, "nestcell"))
		close_paragraph(rtf);
	else if (!strcmp(word, "row"))
		close_row(rtf);
	else if (!strcmp(word, "tab"))
		put_tab(rtf);
	else if (!strcmp(word, "outlinelevel"))
		state->level =
			number >= 0 && number < 9 ? (int)number : NO_LEVEL;
	else if (!strcmp(word, "s") && number >= 0 && number < FONTS)
		state->level = rtf->style_level[number] - 1;
	else if (!strcmp(word, "ls"))
		state->list = (int)(number & 0xFFFF);
	else if (!strcmp(word, "ilvl"))
		state->depth = number >= 0 && number < 9 ? (int)number : 0;
	else
		return 0;
	return 1;
}

static void take_other_word(struct rtf *rtf, const char *word, long number)
{
	struct state *state = &rtf->state;

	if (!strcmp(word, "u"))
		put_unicode(rtf, number);
	else if (!strcmp(word, "uc"))
		state->unicode_skip =
			number >= 0 && number < 64 ? (int)number : 1;
	else if (!strcmp(word, "b"))
		state->is_bold = number != 0;
	else if (!strcmp(word, "v") || !strcmp(word, "deleted"))
		state->is_hidden = number != 0;
	else if (!strcmp(word, "plain"))
		state->is_bold = state->is_hidden = 0,
		state->font = rtf->default_font;
	else if (!strcmp(word, "f"))
		state->font = (int)(number & 0xFFFF);
	else if (!strcmp(word, "deff"))
		rtf->default_font = state->font = (int)(number & 0xFFFF);
	else if (!strcmp(word, "ansicpg") && number > 0 && number < 100000)
		rtf->default_codepage = (int)number;
	else if (!strcmp(word, "mac"))
		rtf->default_codepage = 10000;
	else if (!strcmp(word, "pc"))
		rtf->default_codepage = 437;
	else if (!strcmp(word, "pca"))
		rtf->default_codepage = 850;
	else if (!strcmp(word, "bin") && number > 0)
		rtf->at += number < rtf->end - rtf->at ? number
						       : rtf->end - rtf->at;
}

/* \f1\fcharset238 in the list of fonts, \s2\outlinelevel1 in that of styles. */
static void take_list_word(struct rtf *rtf, const char *word, long number)
{
	int is_font = rtf->state.destination == FONTS_LIST;

	if (!strcmp(word, is_font ? "f" : "s"))
		rtf->listed = number >= 0 && number < FONTS ? (int)number : -1;
	if (rtf->listed < 0)
		return;
	if (is_font && !strcmp(word, "fcharset"))
		rtf->font_codepage[rtf->listed] = codepage_of_charset(number);
	else if (!is_font && !strcmp(word, "outlinelevel") && number < 9)
		rtf->style_level[rtf->listed] = (int)number + 1;
}

static void take_word(struct rtf *rtf, const char *word, long number)
{
	enum destination destination = rtf->state.destination;

	flush(rtf);
	if (strcmp(word, "u") != 0)
		rtf->left_to_skip = 0;
	if (!strcmp(word, "bin")) {
		take_other_word(rtf, word, number);
	} else if (!take_destination(rtf, word)) {
		if (destination == FONTS_LIST || destination == STYLES_LIST)
			take_list_word(rtf, word, number);
		else if (!take_character_word(rtf, word) &&
			 (destination != BODY ||
				 !take_paragraph_word(rtf, word, number)))
			take_other_word(rtf, word, number);
	}
	rtf->is_starred = 0;
}

/* ---- The file ----------------------------------------------------------- */

static int hex_value(const char *at, const char *end)
{
	char digits[3] = {0}, *stop;
	long value;

	if (end - at < 2)
		return -1;
	memcpy(digits, at, 2);
	value = strtol(digits, &stop, 16);
	return stop == digits + 2 ? (int)value : -1;
}

/* Only the first word of a group says what it is for. */
static int is_group_start(const struct rtf *rtf, const char *at)
{
	while (at > rtf->start && strchr(" \r\n", at[-1]) && at[-1])
		at--;
	return at > rtf->start && at[-1] == '{';
}

/* What is behind a backslash and no word. */
static void take_symbol(struct rtf *rtf)
{
	char symbol = *rtf->at++;
	int byte;

	if (symbol == '\'') {
		byte = hex_value(rtf->at, rtf->end);
		if (byte < 0)
			return;
		rtf->at += 2;
		put_byte(rtf, byte);
	} else if (symbol == '*') {
		rtf->is_starred = is_group_start(rtf, rtf->at - 2);
	} else if (symbol == '\n' || symbol == '\r') {
		if (rtf->state.destination == BODY)
			close_paragraph(rtf);
	} else if (symbol == '~') {
		put_byte(rtf, ' ');
	} else if (symbol == '_') {
		put_byte(rtf, '-');
	} else if (strchr("{}\\", symbol) && symbol) {
		put_byte(rtf, symbol);
	}
}

static void take_control(struct rtf *rtf)
{
	char word[WORD];
	size_t filled = 0;
	long number = 1;
	int is_negative;

	if (rtf->at == rtf->end)
		return;
	while (rtf->at < rtf->end && filled + 1 < WORD &&
		((*rtf->at >= 'a' && *rtf->at <= 'z') ||
			(*rtf->at >= 'A' && *rtf->at <= 'Z')))
		word[filled++] = *rtf->at++;
	word[filled] = '\0';
	if (!filled) {
		take_symbol(rtf);
		return;
	}
	is_negative = rtf->end - rtf->at > 1 && *rtf->at == '-';
	rtf->at += is_negative;
	if (rtf->at < rtf->end && *rtf->at >= '0' && *rtf->at <= '9')
		number = 0;
	while (rtf->at < rtf->end && *rtf->at >= '0' && *rtf->at <= '9') {
		if (number < INT32_MAX / 10)
			number = number * 10 + (*rtf->at - '0');
		rtf->at++;
	}
	if (rtf->at < rtf->end && *rtf->at == ' ')
		rtf->at++;
	take_word(rtf, word, is_negative ? -number : number);
}

static void take(struct rtf *rtf)
{
	char c = *rtf->at++;

	if (c == '\\')
		take_control(rtf);
	else if (c == '{')
		open_group(rtf);
	else if (c == '}')
		close_group(rtf);
	else if (c == '\t')
		put_tab(rtf);
	else if (c != '\n' && c != '\r' && c != '\0')
		put_byte(rtf, (unsigned char)c);
}

static int emit(struct rtf *rtf, struct kzi_input *input)
{
	int is_whole = rtf->groups.length == 0;
	int stopped;

	if (rtf->document.failed || rtf->groups.failed || rtf->raw.failed)
		return kzi_input_fail_memory(input);
	kzi_title_choose(&rtf->document, *rtf->title ? rtf->title : NULL);
	stopped = input->emit(input->context, &rtf->document);
	if (stopped)
		return stopped;
	if (rtf->is_cut)
		return kzi_input_fail(input, "damaged: nested too deeply");
	return is_whole ? 0
			: kzi_input_fail(input, "damaged: its end is missing");
}

int kzi_read_rtf(struct kzi_input *input)
{
	struct rtf rtf = {.start = input->bytes,
		.at = input->bytes,
		.end = input->bytes + input->length,
		.state = {.level = NO_LEVEL, .unicode_skip = 1},
		.converter = (iconv_t)-1,
		.default_codepage = 1252,
		.listed = -1};
	int result;

	/* Some begin with a mark of UTF-8 or an empty line. */
	rtf.at = memmem(input->bytes, input->length, "{\\rtf", 5);
	if (!rtf.at)
		rtf.at = input->bytes;
	kzi_document_init(&rtf.document, input->path);
	kzi_flow_init(&rtf.flow, &rtf.document);
	while (rtf.at < rtf.end && !rtf.document.failed)
		take(&rtf);
	rtf.state.outer = 0;
	close_paragraph(&rtf);
	kzi_flow_release(&rtf.flow);
	result = emit(&rtf, input);
	kzi_document_release(&rtf.document);
	kzi_buf_release(&rtf.groups);
	kzi_buf_release(&rtf.raw);
	if (rtf.converter != (iconv_t)-1)
		iconv_close(rtf.converter);
	return result;
}
