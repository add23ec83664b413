/* remedy.c -- see remedy.h. Readers say what is wrong; what to do about it is
 * the same for all of them, and is kept here. */
#include "indexer/remedy.h"

#include <string.h>
#include <strings.h>

struct remedy {
	const char *sign; /* In the reason, or at the end of the name. */
	const char *remedy;
};

/* The first that fits counts. */
static const struct remedy by_reason[] = {
	{ "; ", NULL }, /* It is said already. */
	{ "split archive", NULL },
	{ "needs a password", "save a copy without one" },
	{ "digital rights", "get a copy without that lock" },
	{ "scanned pages", "run text recognition (OCR) over it first" },
	{ "took longer than", "give it more with --timeout" },
	{ "needed more than", "divide it into smaller files" },
	{ "larger than", "divide it into smaller files" },
	{ "a line longer than", "divide it into smaller files" },
	{ "made to do harm", "unpack it yourself if you trust it" },
	{ "unpacks to more than", "unpack it yourself" },
	{ "holds more than", "unpack it yourself" },
	{ "archives more than", "unpack it yourself" },
	{ "leads out of", "unpack it yourself if you trust it" },
	{ "spreadsheet", "save it as text or PDF" },
	{ "not what its name says", "get it again, or name it by its format" },
	{ "cannot be read", "get it again (the other pages are indexed)" },
	{ "crashed", "open it in its program and save it anew" },
	{ "not a PDF file", "get it again" },
	{ "damaged", "get it again (what could be read is indexed)" },
	{ "cut off", "what comes before that is indexed" },
	{ NULL, NULL } };

static const struct remedy by_name[] = {
	{ ".doc", "save it as DOCX or ODT" },
	{ ".dot", "save it as DOCX or ODT" },
	{ ".wpd", "save it as DOCX or ODT" },
	{ ".wps", "save it as DOCX or ODT" },
	{ ".pages", "save it as DOCX or PDF" },
	{ ".ppt", "save it as PPTX or ODP" },
	{ ".pps", "save it as PPTX or ODP" },
	{ ".mobi", "convert it to EPUB" },
	{ ".azw3", "convert it to EPUB" },
	{ ".7z", "unpack it" },
	{ ".rar", "unpack it" },
	{ ".tar", "unpack it" },
	{ NULL, NULL } };

static int ends_with(const char *name, const char *ending)
{
	size_t length = strlen(name), tail = strlen(ending);

	return length > tail && !strcasecmp(name + length - tail, ending);
}

const char *kzi_remedy(
	const char *name, const char *reason, enum kzi_outcome outcome)
{
	const struct remedy *remedy;

	if (outcome == KZI_SKIPPED) {
		for (remedy = by_name; remedy->sign; remedy++)
			if (ends_with(name, remedy->sign))
				return remedy->remedy;
		return NULL;
	}
	for (remedy = by_reason; remedy->sign; remedy++)
		if (strstr(reason, remedy->sign))
			return remedy->remedy;
	return NULL;
}
