/* encoding_guess.c -- see encoding_guess.h.
 *
 * Under each candidate, the bytes above 7F are read, and counted where they
 * give a letter that one language has or a mark in the place where it belongs.
 * The candidate under which one language explains most bytes wins, a likely
 * one before others. Hungarian ő is F5 in windows-1250; read as windows-1252
 * that is õ, which only Portuguese has, and Portuguese has no ö and ü. */
#include "indexer/encoding_guess.h"

#include <iconv.h>
#include <string.h>

#include "base/utf8.h"
#include "text/text.h"

enum {
	HIGH = KZI_HIGH_BYTES,
	SAMPLE = 1 << 20,  /* Bytes whose letters are counted. */
	SAMPLE_TEXT = 8192 /* Bytes of text whose language is guessed. */
};

/* How likely a text that is not like ours is in one of the other languages. */
static const float FOREIGN = 0.3f;

/* What it may be, the likelier first: a tie goes to it. */
static const char *const candidates[] = { "WINDOWS-1252", "WINDOWS-1250",
	"ISO-8859-2", "ISO-8859-16", "ISO-8859-14", "ISO-8859-15", NULL };

/* The letters of each language that are no ASCII, in lower case: first ours, in
 * the order of enum kzi_language, then others, to keep their pages from being
 * taken for ours. */
static const char *const alphabets[] = {
	"àçèéíïòóúü·",        /* Catalan */
	"âêîôûŵŷáéíóúàèìòùẁäëïöüẅÿ", /* Welsh */
	"éèêëàâùûîïôçœæÿüñ",  /* English, French */
	"áéíóöőúüű",          /* Hungarian */
	"àèéìíòóùúî",         /* Italian */
	"ãáâàçéêíõóôúüª",     /* Portuguese */
	"ăâîșțşţ",            /* Romanian */
	"äöüßéáíóúñ¿¡åøæ",    /* German, Spanish, Nordic */
	"ąćęłńóśźż",          /* Polish */
	"áčďéěíňóřšťúůýžľĺŕôäćđ", /* Czech, Slovak, Croatian */
	NULL };

/* Signs that stand in any language, though not inside a word. */
static const char marks[] = "“”„‘’‚–—…•«»€£°§©®™½¼¾ºª·\u00A0×±";

static int in_list(const char *list, uint32_t character)
{
	size_t length = strlen(list), i = 0;

	while (i < length) {
		uint32_t c;

		i += kzi_utf8_decode(list + i, length - i, &c);
		if (c == character)
			return 1;
	}
	return 0;
}

/* Enough for the letters of these alphabets: À to Þ, and the pairs of Latin
 * Extended-A, whose capitals are even or, from Ĺ to ň and Ź on, odd. */
static uint32_t lower(uint32_t c)
{
	int odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);

	if (c == 0x178)
		return 0xFF;
	if (c >= 0xC0 && c <= 0xDE && c != 0xD7)
		return c + 0x20;
	if ((c >= 0x100 && c <= 0x17E) || (c >= 0x218 && c <= 0x21B) ||
		(c >= 0x1E80 && c <= 0x1E85))
		return (c & 1) == (odd ? 1U : 0U) ? c + 1 : c;
	return c;
}

int kzi_encoding_table(const char *name, uint32_t table[HIGH])
{
	iconv_t converter = iconv_open("UTF-8", name);
	int i, known = 0;

	if (converter == (iconv_t)-1)
		return 0;
	for (i = 0; i < HIGH; i++) {
		char in = (char)(i + HIGH), out[8];
		char *from = &in, *to = out;
		size_t in_left = 1, out_left = sizeof(out);

		table[i] = 0;
		iconv(converter, NULL, NULL, NULL, NULL);
		if (iconv(converter, &from, &in_left, &to, &out_left) ==
				(size_t)-1 || to == out)
			continue;
		kzi_utf8_decode(out, (size_t)(to - out), &table[i]);
		known++;
	}
	iconv_close(converter);
	return known >= HIGH / 2;
}

/* ---- Telling the encoding ----------------------------------------------- */

/* How often each high byte stands beside a letter, and how often alone. */
struct census {
	uint32_t inside[HIGH];
	uint32_t alone[HIGH];
};

static int is_letter(unsigned char byte)
{
	return ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || byte >= 0xC0;
}

static void count_bytes(struct census *census, const char *bytes, size_t length)
{
	const unsigned char *at = (const unsigned char *)bytes;
	size_t i;

	memset(census, 0, sizeof(*census));
	for (i = 0; i < length; i++) {
		int before, behind;

		if (at[i] < HIGH)
			continue;
		before = i > 0 && is_letter(at[i - 1]);
		behind = i + 1 < length && is_letter(at[i + 1]);
		/* Quotes and dashes touch a word on one side at most; an
		 * apostrophe stands between, and is seldom the only one. */
		if (before && behind)
			census->inside[at[i] - HIGH]++;
		else
			census->alone[at[i] - HIGH]++;
	}
}

/* What the language explains of the bytes, less what it does not. */
static long score(const struct census *census, const uint32_t table[HIGH],
	const char *alphabet)
{
	long sum = 0;
	int i;

	for (i = 0; i < HIGH; i++) {
		long inside = census->inside[i], alone = census->alone[i];
		uint32_t c = table[i];

		if (!inside && !alone)
			continue;
		if (in_list(alphabet, lower(c)))
			sum += 2 * (inside + alone);
		else if (in_list(marks, c))
			/* º and ª tell nothing: ş at an end is no rarer. */
			sum += (c == 0xAA || c == 0xBA ? 0 : 2 * alone) +
				(c == 0x2019 ? inside : -2 * inside);
		else
			sum -= 2 * (inside + alone);
	}
	return sum;
}

/* Text for the identifier of languages: the bytes without tags, as the table
 * reads them. Returns its length. */
static size_t make_sample(char sample[SAMPLE_TEXT], const char *bytes,
	size_t length, const uint32_t table[HIGH])
{
	size_t filled = 0, i;
	int in_tag = 0;

	for (i = 0; i < length && filled + KZI_UTF8_MOST < SAMPLE_TEXT; i++) {
		unsigned char c = (unsigned char)bytes[i];

		in_tag = c == '<' || (in_tag && c != '>');
		if (in_tag || c == '>')
			continue;
		if (c < HIGH)
			sample[filled++] = (char)c;
		else if (table[c - HIGH])
			filled += kzi_utf8_encode(
				sample + filled, table[c - HIGH]);
	}
	return filled;
}

static long count_high(const struct census *census)
{
	long sum = 0;
	int i;

	for (i = 0; i < HIGH; i++)
		sum += census->inside[i] + census->alone[i];
	return sum;
}

/* The best score of the table with any alphabet. What the other letters say of
 * the language counts half as much as what these explain. */
static float table_score(const struct census *census,
	const uint32_t table[HIGH], const struct kzi_guess *guess)
{
	float high = (float)count_high(census), best = 0;
	int i;

	for (i = 0; alphabets[i]; i++) {
		float likely = i < KZI_LANGUAGES ? guess->probability[i]
			: guess->is_telling      ? 0
						 : FOREIGN;
		float this_score = (float)score(census, table, alphabets[i]) +
			high * likely;

		if (!i || this_score > best)
			best = this_score;
	}
	return best;
}

int kzi_encoding_guess(const char *bytes, size_t length, uint32_t best[HIGH])
{
	char sample[SAMPLE_TEXT];
	uint32_t table[HIGH];
	struct census census;
	float best_score = 0;
	int found = 0, i;

	count_bytes(&census, bytes, length < SAMPLE ? length : SAMPLE);
	for (i = 0; candidates[i]; i++) {
		struct kzi_guess guess;
		float this_score;

		if (!kzi_encoding_table(candidates[i], table))
			continue;
		kzi_language_guess(NULL, &guess, sample,
			make_sample(sample, bytes, length, table));
		this_score = table_score(&census, table, &guess);
		if (found && this_score <= best_score)
			continue;
		best_score = this_score;
		memcpy(best, table, sizeof(table));
		found = 1;
	}
	return found;
}
