/* excerpt.c -- the part of a long passage that shows the matches best. */
#include "kalauz.h"

#include "base/utf8.h"

/* Matched bytes within `most` bytes from `start`. */
static size_t shown_from(const kz_hit *hit, size_t first, size_t most)
{
	size_t end = hit->spans[first].offset + most, shown = 0, i;

	for (i = first; i < hit->span_count; i++)
		if (hit->spans[i].offset + hit->spans[i].length <= end)
			shown += hit->spans[i].length;
	return shown;
}

/* The match from which on the most is shown. */
static size_t best_start(const kz_hit *hit, size_t most)
{
	size_t best = 0, best_shown = 0, i;

	for (i = 0; i < hit->span_count; i++) {
		size_t shown = shown_from(hit, i, most);

		if (shown > best_shown) {
			best_shown = shown;
			best = hit->spans[i].offset;
		}
	}
	return best;
}

static int is_space(char c)
{
	return c == ' ' || c == '\n';
}

/* Behind the last space before `at` that is at most `reach` away, or `at`. */
static size_t word_start(const kz_hit *hit, size_t at, size_t reach)
{
	size_t i;

	for (i = at; i > 0 && at - i < reach; i--)
		if (is_space(hit->text[i - 1]))
			return i;
	return i == 0 ? 0 : at;
}

kz_span kz_hit_excerpt(const kz_hit *hit, size_t most)
{
	kz_span span = { 0, hit ? hit->text_length : 0 };
	size_t lead = most / 8; /* Words before the first match. */
	size_t start, end, i;

	if (span.length <= most)
		return span;
	start = best_start(hit, most - lead);
	start = start > lead ? word_start(hit, start - lead, lead) : 0;
	if (hit->text_length - start < most)
		start = word_start(hit, hit->text_length - most, lead);
	start = kzi_utf8_cut(hit->text, hit->text_length, start);
	end = start + most < hit->text_length ? start + most
					      : hit->text_length;
	end = kzi_utf8_cut(hit->text, hit->text_length, end);
	for (i = end; end < hit->text_length && i > start + most / 2; i--)
		if (is_space(hit->text[i])) {
			end = i;
			break;
		}
	span.offset = start;
	span.length = end - start;
	return span;
}
