/* html_table.h -- tables of data told from tables that lay out a page. */
#ifndef KZI_HTML_TABLE_H
#define KZI_HTML_TABLE_H

#include "indexer/html_tree.h"

/* Set is_data of the tables, rows and cells of data, and make each such row
 * the block of all that is in it. */
void kzi_html_tables(struct kzi_tree *tree);

#endif
