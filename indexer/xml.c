/* xml.c -- see xml.h. The only file that knows libxml2's XML parser. */
#include "indexer/xml.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

/* As SAX2 gives them: name, prefix, namespace, value, end of the value. */
struct kzi_xml_attributes {
	const xmlChar **fields;
	int count;
};

enum { FIELDS = 5 };

static void start_element(void *context, const xmlChar *name,
	const xmlChar *prefix, const xmlChar *uri, int namespace_count,
	const xmlChar **namespaces, int count, int defaulted,
	const xmlChar **fields)
{
	const struct kzi_xml *xml = context;
	struct kzi_xml_attributes attributes = {fields, count};

	(void)prefix;
	(void)uri;
	(void)namespace_count;
	(void)namespaces;
	(void)defaulted;
	xml->start(xml->context, (const char *)name, &attributes);
}

static void end_element(void *context, const xmlChar *name,
	const xmlChar *prefix, const xmlChar *uri)
{
	const struct kzi_xml *xml = context;

	(void)prefix;
	(void)uri;
	if (xml->end)
		xml->end(xml->context, (const char *)name);
}

static void characters(void *context, const xmlChar *text, int length)
{
	const struct kzi_xml *xml = context;

	if (xml->text && length > 0)
		xml->text(xml->context, (const char *)text, (size_t)length);
}

/* Errors are asked for at the end; without this libxml2 prints them. */
static void take_error(void *context, xmlErrorPtr error)
{
	(void)context;
	(void)error;
}

static void set_handlers(xmlSAXHandler *sax)
{
	memset(sax, 0, sizeof(*sax));
	sax->initialized = XML_SAX2_MAGIC;
	sax->startElementNs = start_element;
	sax->endElementNs = end_element;
	sax->characters = characters;
	sax->ignorableWhitespace = characters;
	sax->cdataBlock = characters;
	sax->serror = take_error;
	/* No handler for entities: none is ever declared or looked up. */
}

/* All at once: fed by pieces, the parser leaves the rest out behind many a
 * fault. */
int kzi_xml_walk(const struct kzi_xml *xml, const char *bytes, size_t length)
{
	xmlParserCtxtPtr parser;
	int is_whole;

	if (!length || length > INT32_MAX)
		return -1;
	parser = xmlCreateMemoryParserCtxt(bytes, (int)length);
	if (!parser)
		return -1;
	set_handlers(parser->sax);
	parser->userData = (void *)(size_t)xml;
	xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_RECOVER);
	xmlParseDocument(parser);
	is_whole = parser->wellFormed;
	if (parser->myDoc)
		xmlFreeDoc(parser->myDoc);
	xmlFreeParserCtxt(parser);
	return is_whole ? 0 : -1;
}

/* libxml2 leaves "&#38;" for "&amp;", and that only. */
static void take_value(const char *at, size_t length, char out[KZI_XML_VALUE])
{
	const char *end = at + length;
	size_t filled = 0;

	while (at < end && filled + 1 < KZI_XML_VALUE) {
		out[filled++] = *at;
		at += end - at >= 5 && !memcmp(at, "&#38;", 5) ? 5 : 1;
	}
	out[filled] = '\0';
}

int kzi_xml_attribute(const struct kzi_xml_attributes *attributes,
	const char *name, char out[KZI_XML_VALUE])
{
	int is_prefixed = *name == ':', i;

	name += is_prefixed;
	out[0] = '\0';
	for (i = 0; i < attributes->count; i++) {
		const xmlChar **field = attributes->fields + FIELDS * i;
		size_t length = (size_t)(field[4] - field[3]);

		if (strcmp((const char *)field[0], name) != 0 ||
			(is_prefixed && !field[1]))
			continue;
		take_value((const char *)field[3], length, out);
		return 1;
	}
	return 0;
}

long kzi_xml_number(const struct kzi_xml_attributes *attributes,
	const char *name, long otherwise)
{
	char value[KZI_XML_VALUE], *end;
	long number;

	if (!kzi_xml_attribute(attributes, name, value))
		return otherwise;
	number = strtol(value, &end, 10);
	return end == value ? otherwise : number;
}
