/* plot.c -- a picture of the latencies, as SVG: from the median to the slowest,
 * a line a group. Across, each step to the right is ten times rarer; up, each
 * line is ten times slower or, between them, twice and five times. */
#include "bench.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/say.h"

enum {
	WIDTH = 760,
	HEIGHT = 440,
	LEFT = 80,
	RIGHT = 130,
	TOP = 40,
	BOTTOM = 60,
	STEPS = 120,     /* Points of a line. */
	GROUPS_MOST = 16,
	LEGEND_LINE = 18
};

/* The rarest share that is drawn: one in ten thousand. */
static const double DECADES = 4;

/* Colours that colour-blind people can tell apart (Okabe and Ito, 2008), then
 * the same again, dashed. */
static const char *const colors[] = {"#000000", "#e69f00", "#56b4e9",
	"#009e73", "#d55e00", "#0072b2", "#cc79a7", "#7f7f7f"};

enum { COLORS = sizeof(colors) / sizeof(colors[0]) };

struct plot {
	FILE *out;
	double low, high; /* Of the latencies, powers of ten. */
	int groups;
};

static double x_of(double part)
{
	double decades = part < 1 ? -log10((1 - part) * 2) : DECADES;

	if (decades > DECADES)
		decades = DECADES;
	return LEFT + decades / DECADES * (WIDTH - LEFT - RIGHT);
}

static double y_of(const struct plot *plot, double us)
{
	double part = (log10(us > 1 ? us : 1) - plot->low) /
		      (plot->high - plot->low);

	return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
}

static void find_range(void *context, const char *kind, const char *name,
	double *us, size_t count)
{
	struct plot *plot = context;

	(void)name;
	if (strcmp(kind, "class") == 0)
		return;
	plot->low = fmin(plot->low,
		log10(fmax(1, kzb_percentile(us, count, 0.5))));
	plot->high = fmax(plot->high, log10(fmax(1, us[count - 1])));
}

static void put_grid(const struct plot *plot)
{
	static const double steps[] = {1, 2, 5};
	static const double parts[] = {0.5, 0.9, 0.99, 0.999, 0.9999};
	double decade;
	size_t i;

	for (decade = floor(plot->low); decade < plot->high; decade++)
		for (i = 0; i < 3; i++) {
			double us = steps[i] * pow(10, decade);
			double y = y_of(plot, us);

			if (y > HEIGHT - BOTTOM + 1 || y < TOP - 1)
				continue;
			fprintf(plot->out, "<path d=\"M%d %.1fH%d\" stroke=\""
				"#ddd\"/><text x=\"%d\" y=\"%.1f\" text-anchor"
				"=\"end\">%g ms</text>\n", LEFT, y,
				WIDTH - RIGHT, LEFT - 6, y + 4, us / 1000);
		}
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		fprintf(plot->out, "<path d=\"M%.1f %dV%d\" stroke=\"#ddd\"/>"
			"<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">"
			"p%g</text>\n", x_of(parts[i]), TOP, HEIGHT - BOTTOM,
			x_of(parts[i]), HEIGHT - BOTTOM + 18, 100 * parts[i]);
}

static void put_line(void *context, const char *kind, const char *name,
	double *us, size_t count)
{
	struct plot *plot = context;
	const char *color = colors[plot->groups % COLORS];
	const char *dash = plot->groups < COLORS ? "none" : "5 3";
	int y = TOP + 10 + plot->groups * LEGEND_LINE, i;

	if (strcmp(kind, "class") == 0 || plot->groups == GROUPS_MOST)
		return;
	fprintf(plot->out, "<path fill=\"none\" stroke=\"%s\" stroke-width=\""
		"%g\" stroke-dasharray=\"%s\" d=\"", color,
		plot->groups ? 1.5 : 2.5, dash);
	for (i = 0; i <= STEPS; i++) {
		double part = 1 - 0.5 * pow(10, -DECADES * i / STEPS);

		fprintf(plot->out, "%c%.1f %.1f", i ? 'L' : 'M', x_of(part),
			y_of(plot, kzb_percentile(us, count, part)));
	}
	fprintf(plot->out, "\"/>\n<path stroke=\"%s\" stroke-width=\"2\""
		" stroke-dasharray=\"%s\" d=\"M%d %dh22\"/><text x=\"%d\" y=\""
		"%d\">%s</text>\n", color, dash, WIDTH - RIGHT + 14, y,
		WIDTH - RIGHT + 42, y + 4, name);
	plot->groups++;
}

static void put_frame(const struct plot *plot, const struct kzb_report *report)
{
	fprintf(plot->out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\""
		"0 0 %d %d\" width=\"%d\" height=\"%d\" font-family=\""
		"sans-serif\" font-size=\"12\">\n<rect width=\"100%%\" height=\""
		"100%%\" fill=\"#fff\"/>\n<text x=\"%d\" y=\"22\" font-size=\""
		"15\">kalauz %s: %llu passages, %llu searches, %s loop</text>\n",
		WIDTH, HEIGHT, WIDTH, HEIGHT, LEFT, kz_version(),
		(unsigned long long)report->index.passages,
		(unsigned long long)report->times.searches,
		report->options->rate ? "open" : "closed");
	fprintf(plot->out, "<text x=\"%d\" y=\"%d\">share of searches that were"
		" answered by then</text>\n", LEFT, HEIGHT - 14);
}

int kzb_report_plot(const struct kzb_report *report, const char *path)
{
	struct plot plot = {fopen(path, "w"), 12, 0, 0};
	int good;

	if (!plot.out) {
		kzi_say(KZB_PROGRAM, "cannot write %s: %s", path,
			strerror(errno));
		return 0;
	}
	good = kzb_groups(report, find_range, &plot);
	plot.high = fmax(plot.high, plot.low + 0.1);
	put_frame(&plot, report);
	put_grid(&plot);
	good &= kzb_groups(report, put_line, &plot);
	fputs("</svg>\n", plot.out);
	good &= !ferror(plot.out);
	if (fclose(plot.out) != 0 || !good) {
		kzi_say(KZB_PROGRAM, "cannot write %s", path);
		return 0;
	}
	return 1;
}
