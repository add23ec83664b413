/* print_trec.c -- answers as columns, for programs that judge or count.
 *
 * trec, one line a document, fields apart by a space:
 *
 *     qid Q0 document rank score run
 *
 * tsv, one line a hit, fields apart by a tab; with --batch the qid stands
 * before them; what is not known is empty:
 *
 *     rank score document anchor lang title heading text */
#include "answer.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "cli/glyph.h"
#include "cli/say.h"

/* 1 for what some reader of run files may take for the end of a field, or a
 * terminal for a command. Bytes that are no character stay what they are. */
static int is_unsafe(uint32_t glyph)
{
	if (glyph == KZI_GLYPH_BAD)
		return 0;
	return kzi_glyph_is_control(glyph) || glyph == ' ' || glyph == 0xA0 ||
	       glyph == 0x1680 || (glyph >= 0x2000 && glyph <= 0x200A) ||
	       glyph == 0x2028 || glyph == 0x2029 || glyph == 0x202F ||
	       glyph == 0x205F || glyph == 0x3000;
}

/* "my file.html" => "my%20file.html": a line keeps its six fields. */
static void put_field(FILE *out, const char *text, size_t length)
{
	const char *end = text + length;

	while (text < end) {
		const char *start = text;

		if (!is_unsafe(kzi_glyph_next(&text, end))) {
			fwrite(start, 1, (size_t)(text - start), out);
			continue;
		}
		for (; start < text; start++)
			fprintf(out, "%%%02X", (unsigned char)*start);
	}
}

/* The tools that read run files sort by score and forget the rank, so scores
 * fall from line to line even where six decimals cannot tell them apart.
 * 2.5, 2.5, 2.4 => 2.500000, 2.499999, 2.400000. */
static double next_score(double score, double last)
{
	const double step = 1e-6;

	score = round(score / step) * step;
	return score < last - step / 2 ? score : last - step;
}

void kzi_print_trec(FILE *out, struct kzi_answer *answer)
{
	const char *run = answer->options->run;
	double score = INFINITY;
	const kz_hit *hit;

	while ((hit = kzi_answer_next(answer))) {
		score = next_score(hit->score, score);
		put_field(out, answer->qid ? answer->qid : "1",
			answer->qid ? answer->qid_length : 1);
		fputs(" Q0 ", out);
		put_field(out, hit->document, strlen(hit->document));
		fprintf(out, " %" PRIu32 " %.6f ", hit->rank, score);
		put_field(out, run, strlen(run));
		fputc('\n', out);
	}
}

/* A tab and the field. */
static void put_column(FILE *out, const char *text)
{
	fputc('\t', out);
	if (text)
		kzi_say_safe(out, text, strlen(text));
}

/* {"Gwaith", "Y bore"} => "Gwaith > Y bore". */
static void put_headings(FILE *out, const kz_hit *hit)
{
	size_t i;

	fputc('\t', out);
	for (i = 0; i < hit->heading_count; i++) {
		if (i > 0)
			fputs(" > ", out);
		kzi_say_safe(out, hit->headings[i], strlen(hit->headings[i]));
	}
}

void kzi_print_tsv(FILE *out, struct kzi_answer *answer)
{
	const kz_hit *hit;

	while ((hit = kzi_answer_next(answer))) {
		if (answer->qid) {
			kzi_say_safe(out, answer->qid, answer->qid_length);
			fputc('\t', out);
		}
		fprintf(out, "%" PRIu32 "\t%.6f", hit->rank, hit->score);
		put_column(out, hit->document);
		put_column(out, hit->anchor);
		put_column(out, hit->language);
		put_column(out, hit->title);
		put_headings(out, hit);
		fputc('\t', out);
		kzi_say_safe(out, hit->text, hit->text_length);
		fputc('\n', out);
	}
}
