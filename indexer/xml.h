/* xml.h -- a walk over an XML part of a document, by events.
 *
 * Names come without their prefix: the formats read here have few names in
 * common between their namespaces, and none that would be confused. Entities
 * of a document type are not expanded, nothing is fetched, and what is nested
 * deeper than libxml2's usual limit counts as damaged. */
#ifndef KZI_XML_H
#define KZI_XML_H

#include <stddef.h>

struct kzi_xml_attributes; /* Of one element; only during the event. */

/* What is called at each event; `end` and `text` may be NULL. */
struct kzi_xml {
	void *context;
	void (*start)(void *context, const char *name,
		const struct kzi_xml_attributes *attributes);
	void (*end)(void *context, const char *name);
	void (*text)(void *context, const char *text, size_t length);
};

enum { KZI_XML_VALUE = 256 /* Room for the value of an attribute. */ };

/* Walk over the bytes as far as they go. 0: all of it; -1: damaged. */
int kzi_xml_walk(const struct kzi_xml *xml, const char *bytes, size_t length);

/* The value of an attribute, cut to fit; returns 0, and "" in `out`, if there
 * is none. With a colon before it (":id") the name has to have a prefix, and
 * otherwise may have one. */
int kzi_xml_attribute(const struct kzi_xml_attributes *attributes,
	const char *name, char out[KZI_XML_VALUE]);

/* The same as a number, or `otherwise`. */
long kzi_xml_number(const struct kzi_xml_attributes *attributes,
	const char *name, long otherwise);

#endif
