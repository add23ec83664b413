/* flow.h -- paragraphs and tables as office documents have them, to blocks.
 *
 * A reader tells what opens and closes; this puts it in order:
 *
 *   - a paragraph inside another one (text box, note) comes behind it;
 *   - the cells of a row of data become one block, "a | b | c";
 *   - a table that only lays out the page gives its paragraphs;
 *   - a short line all in bold is a heading that its writer did not mark. */
#ifndef KZI_FLOW_H
#define KZI_FLOW_H

#include "indexer/document.h"

struct kzi_flow {
	struct kzi_document *document;
	uint32_t page;	       /* Of the blocks to come; 0: none. */
	struct kzi_buf text;   /* Of the open paragraphs, the inner behind. */
	struct kzi_buf open;   /* Of struct kzi_flow_open. */
	struct kzi_buf pieces; /* Closed, but not yet blocks. */
	struct kzi_buf held;   /* Text of the pieces. */
	struct kzi_buf row;    /* A row, to join its cells in. */
	int tables;	       /* Open ones, each in a cell of the last. */
	uint32_t cell;	       /* Of the row of the outermost one, from 1. */
	int deepest;	       /* Level of the last heading that was marked. */
};

void kzi_flow_init(struct kzi_flow *flow, struct kzi_document *document);
void kzi_flow_release(struct kzi_flow *flow); /* What is open is closed. */

/* ---- Paragraphs -------------------------------------------------------- */

void kzi_flow_open(struct kzi_flow *flow);

/* Text of the innermost open paragraph; without one it is dropped. */
void kzi_flow_text(
	struct kzi_flow *flow, const char *text, size_t length, int is_bold);
void kzi_flow_space(struct kzi_flow *flow);
void kzi_flow_empty(struct kzi_flow *flow); /* Drop what it has so far. */
size_t kzi_flow_depth(const struct kzi_flow *flow); /* Open ones. */

/* Close it. `level` as in struct kzi_block. */
void kzi_flow_close(struct kzi_flow *flow, enum kzi_block_type type, int level);

/* ---- Tables ------------------------------------------------------------ */

void kzi_flow_table_open(struct kzi_flow *flow);
void kzi_flow_cell(struct kzi_flow *flow); /* The next cell begins. */
void kzi_flow_row_close(struct kzi_flow *flow);
void kzi_flow_table_close(struct kzi_flow *flow);

#endif
