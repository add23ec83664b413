/* edges.c -- see edges.h. Packed:
 *
 *     first | last << 4, headings, is_whole   a byte each
 *     length of the page                      varint
 *     of each line: hash (4), length          varint */
#include "indexer/edges.h"

#include <string.h>

#include "base/hash.h"
#include "base/load.h"

enum { HASH = 4 /* Bytes. */ };

/* ---- Taking ------------------------------------------------------------ */

static uint32_t line_of(const char *text, size_t length)
{
	return (uint32_t)kzi_hash(text, length, 0) | 1;
}

static void take_line(struct kzi_edges *edges, const struct kzi_block *block)
{
	unsigned at = edges->first + edges->last;

	edges->lines[at] = line_of(block->text, block->length);
	edges->lengths[at] = (uint32_t)block->length;
	edges->headings |=
		(uint8_t)((block->type == KZI_HEADING ? 1U : 0U) << at);
}

void kzi_edges_take(
	struct kzi_edges *edges, const struct kzi_document *document)
{
	size_t count = kzi_document_block_count(document), i;
	uint64_t length = 0;

	memset(edges, 0, sizeof(*edges));
	for (i = 0; i < count; i++)
		length += kzi_document_block_at(document, i)->length;
	edges->length = length > UINT32_MAX ? UINT32_MAX : (uint32_t)length;
	for (i = 0; i < count && i < KZI_EDGE; i++) {
		take_line(edges, kzi_document_block_at(document, i));
		edges->first++;
	}
	if (count - i > KZI_EDGE)
		i = count - KZI_EDGE;
	for (; i < count; i++) {
		take_line(edges, kzi_document_block_at(document, i));
		edges->last++;
	}
	edges->is_whole = count <= KZI_EDGE_LINES;
}

/* ---- Choosing ---------------------------------------------------------- */

int kzi_lines_set_has(const struct kzi_lines_set *set, uint32_t line)
{
	uint32_t i;

	for (i = 0; i < set->count; i++)
		if (set->lines[i] == line)
			return 1;
	return 0;
}

static int is_heading(const struct kzi_edges *edges, unsigned at)
{
	return edges->headings >> at & 1;
}

/* From the first line on; one heading may be passed over, the page's own. */
static unsigned choose_first(
	const struct kzi_edges *edges, const struct kzi_lines_set *repeated)
{
	unsigned chosen = 0, i;
	int is_titled = 0;

	for (i = 0; i < edges->first; i++) {
		if (kzi_lines_set_has(repeated, edges->lines[i]))
			chosen |= 1U << i;
		else if (is_heading(edges, i) && !is_titled)
			is_titled = 1;
		else
			break;
	}
	return chosen;
}

static unsigned choose_last(
	const struct kzi_edges *edges, const struct kzi_lines_set *repeated)
{
	unsigned chosen = 0, i = edges->first + edges->last;

	while (i-- > edges->first &&
		kzi_lines_set_has(repeated, edges->lines[i]))
		chosen |= 1U << i;
	return chosen;
}

/* A heading stays above a line that does: it may be "Synopsis" on each page of
 * a manual. */
static unsigned leave_headings(const struct kzi_edges *edges, unsigned chosen)
{
	unsigned i = edges->first;

	while (i-- > 0) {
		int is_known = i + 1 < edges->first || edges->is_whole;
		int goes = chosen >> (i + 1) & 1;

		if (is_heading(edges, i) &&
			(!is_known || (!goes && !is_heading(edges, i + 1))))
			chosen &= ~(1U << i);
	}
	return chosen;
}

/* The lines to drop, a mask of places. */
static unsigned choose(const struct kzi_edges *edges,
	const struct kzi_lines_set *repeated)
{
	unsigned count = edges->first + edges->last, chosen, i;
	uint64_t length = 0;

	chosen = leave_headings(edges, choose_first(edges, repeated)) |
		choose_last(edges, repeated);
	for (i = 0; i < count; i++)
		if (chosen >> i & 1)
			length += edges->lengths[i];
	return 2 * length < edges->length ? chosen : 0;
}

static void drop(struct kzi_document *document,
	const struct kzi_edges *edges, unsigned mask)
{
	size_t count = kzi_document_block_count(document), kept = 0, i;

	for (i = 0; i < count; i++) {
		struct kzi_block *block = kzi_document_block_at(document, i);
		size_t at = i < edges->first ? i
			: i + edges->last >= count
			? i + edges->last - count + edges->first
			: KZI_EDGE_LINES;

		if (at < KZI_EDGE_LINES && mask >> at & 1)
			continue;
		*kzi_document_block_at(document, kept++) = *block;
	}
	document->blocks.length = kept * sizeof(struct kzi_block);
}

static void retitle(struct kzi_document *document,
	const struct kzi_lines_set *repeated)
{
	size_t count = kzi_document_block_count(document), i;
	const char *title = document->title;

	if (!title ||
		!kzi_lines_set_has(repeated, line_of(title, strlen(title))))
		return;
	for (i = 0; i < count; i++) {
		const struct kzi_block *block =
			kzi_document_block_at(document, i);

		if (block->type != KZI_HEADING)
			continue;
		document->title = block->text;
		return;
	}
}

void kzi_edges_drop(struct kzi_document *document,
	const struct kzi_lines_set *repeated)
{
	struct kzi_edges edges;
	unsigned mask;

	kzi_edges_take(&edges, document);
	mask = choose(&edges, repeated);
	if (mask)
		drop(document, &edges, mask);
	retitle(document, repeated);
}

/* ---- Bytes ------------------------------------------------------------- */

static void put_line(struct kzi_buf *out, uint32_t line)
{
	char bytes[HASH];

	kzi_save(bytes, line, HASH);
	kzi_buf_append(out, bytes, HASH);
}

static uint32_t get_line(struct kzi_scan *scan)
{
	uint32_t line = 0;

	if (scan->end - scan->at < HASH) {
		scan->failed = 1;
		return 0;
	}
	line = kzi_load32((const unsigned char *)scan->at);
	scan->at += HASH;
	return line;
}

void kzi_edges_put(struct kzi_buf *out, const struct kzi_edges *edges)
{
	unsigned count = edges->first + edges->last, i;

	if (!count)
		return;
	kzi_buf_byte(out, edges->first | edges->last << 4);
	kzi_buf_byte(out, edges->headings);
	kzi_buf_byte(out, edges->is_whole);
	kzi_buf_varint(out, edges->length);
	for (i = 0; i < count; i++) {
		put_line(out, edges->lines[i]);
		kzi_buf_varint(out, edges->lengths[i]);
	}
}

int kzi_edges_get(struct kzi_edges *edges, const char *bytes, size_t length)
{
	struct kzi_scan scan = { bytes, bytes + length, 0 };
	unsigned i;

	memset(edges, 0, sizeof(*edges));
	if (!length)
		return 1;
	if (length < 3 || (bytes[0] & 15) > KZI_EDGE ||
		((unsigned char)bytes[0] >> 4) > KZI_EDGE)
		return 0;
	edges->first = bytes[0] & 15;
	edges->last = (uint8_t)((unsigned char)bytes[0] >> 4);
	edges->headings = (uint8_t)bytes[1];
	edges->is_whole = bytes[2] != 0;
	scan.at += 3;
	edges->length = (uint32_t)kzi_scan_varint(&scan);
	for (i = 0; i < (unsigned)edges->first + edges->last; i++) {
		edges->lines[i] = get_line(&scan);
		edges->lengths[i] = (uint32_t)kzi_scan_varint(&scan);
	}
	if (!scan.failed && scan.at == scan.end)
		return 1;
	memset(edges, 0, sizeof(*edges));
	return 0;
}

void kzi_lines_set_put(struct kzi_buf *out, const struct kzi_lines_set *set)
{
	uint32_t i;

	for (i = 0; i < set->count; i++)
		put_line(out, set->lines[i]);
}

int kzi_lines_set_get(
	struct kzi_lines_set *set, const char *bytes, size_t length)
{
	struct kzi_scan scan = { bytes, bytes + length, 0 };

	set->count = 0;
	if (length % HASH || length / HASH > KZI_EDGE_LINES)
		return 0;
	while (scan.at < scan.end)
		set->lines[set->count++] = get_line(&scan);
	return 1;
}
