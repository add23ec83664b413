/* pdf_mend.h -- a PDF file that lost its list of objects or of pages gets new
 * ones. */
#ifndef KZI_PDF_MEND_H
#define KZI_PDF_MEND_H

#include <stddef.h>

#include "base/buf.h"

/* Put the file into `out` with every object and page that can be found. Returns
 * how many pages; 0: none, it is encrypted, or memory is short. */
size_t kzi_pdf_mend(const char *bytes, size_t length, struct kzi_buf *out);

#endif
