/* dix.c -- bilingual dictionaries of Apertium as they are written, in XML:
 *
 *     <e><p><l>learning<b/>community<s n="n"/></l>
 *           <r>comunitat<b/>d'aprenentatge<s n="n"/></r></p></e>
 *     <e><i>agenda<s n="n"/></i></e>
 *
 * <l> is a word of the left language, <r> of the right one, <i> of both, <b/> a
 * space. */
#include <string.h>

#include "base/error.h"
#include "indexer/dictionary.h"
#include "indexer/xml.h"

struct reading {
	struct kzi_lexicon *lexicon;
	const struct kzi_dictionary *dictionary;
	struct kzi_buf left, right;
	int is_left, is_right; /* What text belongs to at the moment. */
};

static void put(struct reading *reading, const char *text, size_t length)
{
	if (reading->is_left)
		kzi_buf_append(&reading->left, text, length);
	if (reading->is_right)
		kzi_buf_append(&reading->right, text, length);
}

static void set_side(struct reading *reading, const char *name, int is_on)
{
	if (!strcmp(name, "l") || !strcmp(name, "i"))
		reading->is_left = is_on;
	if (!strcmp(name, "r") || !strcmp(name, "i"))
		reading->is_right = is_on;
}

static void start(void *context, const char *name,
	const struct kzi_xml_attributes *attributes)
{
	struct reading *reading = context;

	(void)attributes;
	if (!strcmp(name, "e")) {
		kzi_buf_clear(&reading->left);
		kzi_buf_clear(&reading->right);
	} else if (!strcmp(name, "b")) {
		put(reading, " ", 1);
	}
	set_side(reading, name, 1);
}

static void end(void *context, const char *name)
{
	struct reading *reading = context;
	struct kzi_side left, right;

	set_side(reading, name, 0);
	if (strcmp(name, "e"))
		return;
	left.language = reading->dictionary->left;
	left.text = reading->left.data;
	left.length = reading->left.length;
	right.language = reading->dictionary->right;
	right.text = reading->right.data;
	right.length = reading->right.length;
	if (left.length > 0 && right.length > 0)
		kzi_lexicon_add(reading->lexicon, &left, &right);
}

static void text(void *context, const char *bytes, size_t length)
{
	put(context, bytes, length);
}

kz_status kzi_dix_read(struct kzi_lexicon *lexicon,
	const struct kzi_dictionary *dictionary, kz_error *err)
{
	struct reading reading = { .lexicon = lexicon,
		.dictionary = dictionary };
	const struct kzi_xml xml = { &reading, start, end, text };
	struct kzi_buf bytes = { 0 };
	kz_status status = kzi_dictionary_bytes(dictionary->path, &bytes, err);

	if (status == KZ_OK && (bytes.length == 0 ||
		kzi_xml_walk(&xml, bytes.data, bytes.length) != 0))
		status = kzi_dictionary_damaged(dictionary->path, err);
	if (status == KZ_OK && (reading.left.failed || reading.right.failed))
		status = kzi_fail_memory(err);
	kzi_buf_release(&reading.left);
	kzi_buf_release(&reading.right);
	kzi_buf_release(&bytes);
	return status;
}
