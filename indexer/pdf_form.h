/* pdf_form.h -- what was filled into the fields of a form, or typed onto it. */
#ifndef KZI_PDF_FORM_H
#define KZI_PDF_FORM_H

#include <poppler.h>

#include "indexer/pdf_page.h"

/* Add the values on a page of that height to the words. */
void kzi_pdf_add_fields(struct kzi_pdf *pdf, PopplerPage *page, double height);

#endif
