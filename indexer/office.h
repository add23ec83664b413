/* office.h -- what the readers of office documents share. Each gets a package
 * whose kind office.c has told, and fills the document. */
#ifndef KZI_OFFICE_H
#define KZI_OFFICE_H

#include "indexer/document.h"
#include "indexer/format.h"
#include "indexer/unpack.h"
#include "indexer/xml.h"

/* A document being read from its package. */
struct kzi_office {
	struct kzi_input *input;
	const struct kzi_package *package;
	struct kzi_document document;
	char title[KZI_XML_VALUE]; /* As the file says; "" if it does not. */
	char language[KZI_XML_VALUE];
	int is_damaged; /* Some part was cut off. */
	int takes_all;	/* What is else left out, too. */
	int in_diagram; /* The walk is over the part of one. */
};

/* 0, or -1 with the reason filled in, also if only a part is missing. What
 * there is was emitted before. */
typedef int kzi_office_reader(struct kzi_office *office);
kzi_office_reader kzi_office_docx, kzi_office_odf, kzi_office_pptx,
	kzi_office_epub;

/* Walk over a part. 1: there is one of that name (a part that is cut off counts
 * as damage). */
int kzi_office_walk(
	struct kzi_office *office, const char *name, const struct kzi_xml *xml);

/* Read dc:title and dc:language from a part. */
void kzi_office_meta(struct kzi_office *office, const char *name);

/* The name of the part that `base` refers to by `id`, or whose type ends with
 * `type` if `id` is NULL (Office Open XML: _rels/NAME.rels). Returns 0 if there
 * is none. `base` is "" for the package. */
int kzi_office_relation(struct kzi_office *office, const char *base,
	const char *id, const char *type, char out[KZI_XML_VALUE]);

/* Walk over the data of a diagram (SmartArt), which `base` refers to by an
 * element <dgm:relIds r:dm="rId2" .../> with these attributes. Returns 0 if it
 * does not, or does from within a diagram. */
int kzi_office_diagram(struct kzi_office *office, const char *base,
	const struct kzi_xml_attributes *attributes, const struct kzi_xml *xml);

/* Note a link to what may be a supporting material, as written: a guide knows its
 * materials whatever it was written with. */
void kzi_office_link(struct kzi_office *office, const char *target);

/* The same for all links of a part (Office Open XML). */
void kzi_office_links(struct kzi_office *office, const char *base);

/* A short form of an id or a name in the document; 0: it is empty. */
uint64_t kzi_office_hash(const char *name);

#endif
