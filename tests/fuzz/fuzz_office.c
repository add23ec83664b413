/* fuzz_office.c -- documents and books that are packed: DOCX, PPTX, ODF, EPUB.
 * So that mutations reach the parts, the bytes are the parts themselves, and
 * packed (but not compressed) here:
 *
 *     === word/document.xml
 *     <w:document> ...
 *     === word/styles.xml
 *     ... */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include <zlib.h>

#include "base/buf.h"

enum { MARK = 4, PARTS_MOST = 40, NAME_MOST = 200 };

static const char mark[] = "=== ";

struct packing {
	struct kzi_buf body, table;
	unsigned count;
};

static void put(struct kzi_buf *out, size_t number, int bytes)
{
	for (; bytes > 0; bytes--, number >>= 8)
		kzi_buf_byte(out, (unsigned char)number);
}

/* What the two heads of a member have in common. */
static void put_head(struct kzi_buf *out, size_t name_length,
	const char *content, size_t length)
{
	put(out, 20, 2);        /* Version needed. */
	put(out, 0x800, 2);     /* The name is UTF-8. */
	put(out, 0, 2);         /* Stored. */
	put(out, 33 << 16, 4);  /* In 1980. */
	put(out, crc32(0, (const Bytef *)content, (uInt)length), 4);
	put(out, length, 4);
	put(out, length, 4);
	put(out, name_length, 2);
	put(out, 0, 2);
}

static void add_part(struct packing *packing, const char *name,
	size_t name_length, const char *content, size_t length)
{
	size_t start = packing->body.length;

	kzi_buf_append(&packing->body, "PK\3\4", 4);
	put_head(&packing->body, name_length, content, length);
	kzi_buf_append(&packing->body, name, name_length);
	kzi_buf_append(&packing->body, content, length);
	kzi_buf_append(&packing->table, "PK\1\2\x14\0", 6);
	put_head(&packing->table, name_length, content, length);
	put(&packing->table, 0, 10);
	put(&packing->table, start, 4);
	kzi_buf_append(&packing->table, name, name_length);
	packing->count++;
}

/* The next line that begins a part, or the end. */
static const char *find_mark(const char *at, const char *end)
{
	const char *found = at;

	while ((found = memmem(found, (size_t)(end - found), mark, MARK))) {
		if (found == at || found[-1] == '\n')
			return found;
		found++;
	}
	return end;
}

static void add_parts(struct packing *packing, const char *at, const char *end)
{
	at = find_mark(at, end);
	while (at < end && packing->count < PARTS_MOST) {
		const char *next = find_mark(at + 1, end);
		const char *name = at + MARK;
		const char *line = memchr(name, '\n', (size_t)(next - name));

		if (line && line - name < NAME_MOST)
			add_part(packing, name, (size_t)(line - name),
				line + 1, (size_t)(next - line - 1));
		at = next;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct packing packing = { { 0 }, { 0 }, 0 };
	size_t start;

	add_parts(&packing, (const char *)bytes,
		(const char *)bytes + length);
	start = packing.body.length;
	kzi_buf_append(&packing.body, packing.table.data,
		packing.table.length);
	kzi_buf_append(&packing.body, "PK\5\6\0\0\0\0", 8);
	put(&packing.body, packing.count, 2);
	put(&packing.body, packing.count, 2);
	put(&packing.body, packing.table.length, 4);
	put(&packing.body, start, 4);
	put(&packing.body, 0, 2);
	FUZZ_REQUIRE(!packing.body.failed);
	fuzz_read("page.docx", kzi_read_zip,
		(const uint8_t *)packing.body.data, packing.body.length);
	kzi_buf_release(&packing.body);
	kzi_buf_release(&packing.table);
	return 0;
}
