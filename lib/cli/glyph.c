/* glyph.c -- see glyph.h. The widths are a short table of the blocks that
 * matter for wrapping prose, not a copy of the Unicode database. */
#include "cli/glyph.h"

/* Bytes that must follow a lead byte, and the smallest character that may be
 * written with so many: what is smaller is overlong. */
static const uint32_t least_of[4] = {0, 0x80, 0x800, 0x10000};

static int followers(unsigned char lead)
{
	if (lead < 0x80)
		return 0;
	if (lead >= 0xC2 && lead < 0xE0)
		return 1;
	if (lead >= 0xE0 && lead < 0xF0)
		return 2;
	return lead >= 0xF0 && lead < 0xF5 ? 3 : -1;
}

uint32_t kzi_glyph_next(const char **at, const char *end)
{
	const unsigned char *bytes = (const unsigned char *)*at;
	int count = followers(bytes[0]);
	uint32_t glyph;
	int i;

	(*at)++;
	if (count == 0)
		return bytes[0];
	if (count < 0 || end - *at < count)
		return KZI_GLYPH_BAD;
	glyph = bytes[0] & (0x3Fu >> count);
	for (i = 1; i <= count; i++) {
		if ((bytes[i] & 0xC0) != 0x80)
			return KZI_GLYPH_BAD;
		glyph = glyph << 6 | (bytes[i] & 0x3F);
	}
	if (glyph < least_of[count] || glyph > 0x10FFFF ||
		(glyph >= 0xD800 && glyph < 0xE000))
		return KZI_GLYPH_BAD;
	*at += count;
	return glyph;
}

/* Embeddings, overrides and isolates: the order of letters on the screen is
 * another one behind them. */
static int turns_around(uint32_t glyph)
{
	return (glyph >= 0x202A && glyph <= 0x202E) ||
	       (glyph >= 0x2066 && glyph <= 0x2069);
}

int kzi_glyph_is_control(uint32_t glyph)
{
	return glyph < 0x20 || (glyph >= 0x7F && glyph < 0xA0) ||
	       turns_around(glyph) || glyph == KZI_GLYPH_BAD;
}

struct range {
	uint32_t first;
	uint32_t last;
};

/* Combining marks, joiners, direction marks, variation selectors. */
static const struct range zero[] = {
	{0x00AD, 0x00AD},
	{0x0300, 0x036F},
	{0x0483, 0x0489},
	{0x0591, 0x05BD},
	{0x05BF, 0x05BF},
	{0x05C1, 0x05C2},
	{0x05C4, 0x05C5},
	{0x0610, 0x061A},
	{0x064B, 0x065F},
	{0x0670, 0x0670},
	{0x06D6, 0x06DC},
	{0x06DF, 0x06E4},
	{0x093C, 0x093C},
	{0x0941, 0x0948},
	{0x094D, 0x094D},
	{0x0E31, 0x0E31},
	{0x0E34, 0x0E3A},
	{0x0E47, 0x0E4E},
	{0x1AB0, 0x1AFF},
	{0x1DC0, 0x1DFF},
	{0x200B, 0x200F},
	{0x2028, 0x202E},
	{0x2060, 0x206F},
	{0x20D0, 0x20F0},
	{0x302A, 0x302D},
	{0x3099, 0x309A},
	{0xFE00, 0xFE0F},
	{0xFE20, 0xFE2F},
	{0xFEFF, 0xFEFF},
	{0xE0000, 0xE0FFF},
};

/* Hangul, Han, Kana, full-width forms, emoji. */
static const struct range wide[] = {
	{0x1100, 0x115F},
	{0x231A, 0x231B},
	{0x2E80, 0x303E},
	{0x3041, 0x33FF},
	{0x3400, 0x4DBF},
	{0x4E00, 0x9FFF},
	{0xA000, 0xA4CF},
	{0xA960, 0xA97F},
	{0xAC00, 0xD7A3},
	{0xF900, 0xFAFF},
	{0xFE30, 0xFE6F},
	{0xFF00, 0xFF60},
	{0xFFE0, 0xFFE6},
	{0x1F300, 0x1F64F},
	{0x1F680, 0x1F6FF},
	{0x1F900, 0x1F9FF},
	{0x1FA70, 0x1FAFF},
	{0x20000, 0x3FFFD},
};

static int is_within(uint32_t glyph, const struct range *ranges, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (glyph >= ranges[i].first && glyph <= ranges[i].last)
			return 1;
	return 0;
}

int kzi_glyph_width(uint32_t glyph)
{
	/* Nearly all text of our languages ends here. */
	if (glyph < 0x0300)
		return glyph != 0x00AD;
	if (kzi_glyph_is_control(glyph))
		return 1; /* The mark that is shown in its place. */
	if (is_within(glyph, zero, sizeof(zero) / sizeof(*zero)))
		return 0;
	return is_within(glyph, wide, sizeof(wide) / sizeof(*wide)) ? 2 : 1;
}

size_t kzi_glyph_columns(const char *text, size_t length)
{
	const char *end = text + length;
	size_t columns = 0;

	while (text < end)
		columns += (size_t)kzi_glyph_width(kzi_glyph_next(&text, end));
	return columns;
}
