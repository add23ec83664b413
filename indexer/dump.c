/* dump.c -- every passage as a JSON line on stdout, and no index touched: what
 * the indexer makes of a folder, to look at and to measure. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "cli/json.h"
#include "indexer/passage.h"
#include "indexer/read.h"
#include "indexer/run.h"
#include "text/text.h"

struct dump {
	struct kzi_json json;
	struct kzi_buf passages;
	struct kzi_buf text;
	size_t count; /* Passages of the file at hand. */
	struct kzi_run_report *report;
};

static void put(struct kzi_json *json, const char *key, struct kzi_string value)
{
	kzi_json_key(json, key);
	if (value.length)
		kzi_json_string(json, value.bytes, value.length);
	else
		kzi_json_null(json);
}

static void put_document(
	struct kzi_json *json, const struct kzi_document *document)
{
	kzi_json_key(json, "document");
	kzi_json_text(json, document->path);
	kzi_json_key(json, "url");
	kzi_json_text(json, document->url);
	kzi_json_key(json, "title");
	kzi_json_text(json, document->title ? document->title : "");
	kzi_json_key(json, "kind");
	kzi_json_text(json, kzi_kind_name(document->kind));
	kzi_json_key(json, "place");
	kzi_json_text(json, document->place);
}

static void put_headings(
	struct kzi_json *json, const struct kzi_passage_record *record)
{
	size_t i;

	kzi_json_key(json, "headings");
	kzi_json_array(json);
	for (i = 0; i < record->heading_count; i++)
		kzi_json_string(json, record->headings[i].bytes,
			record->headings[i].length);
	kzi_json_end(json);
}

static void put_materials(
	struct kzi_json *json, const struct kzi_document *document)
{
	const struct kzi_link *links =
		(const struct kzi_link *)(const void *)document->links.data;
	size_t count = document->links.length / sizeof(*links), i;

	kzi_json_key(json, "materials");
	kzi_json_array(json);
	for (i = 0; i < count; i++)
		kzi_json_text(json, links[i].target);
	kzi_json_end(json);
}

static void put_passage(struct kzi_json *json,
	const struct kzi_document *document, const struct kzi_passage *passage)
{
	const struct kzi_passage_record *record = &passage->record;
	char id[4400];

	snprintf(id, sizeof(id), "%s#p%u", document->path, record->ordinal);
	kzi_json_object(json);
	kzi_json_key(json, "id");
	kzi_json_text(json, id);
	put_document(json, document);
	put(json, "anchor", record->anchor);
	kzi_json_key(json, "page");
	if (record->page)
		kzi_json_unsigned(json, record->page);
	else
		kzi_json_null(json);
	put_headings(json, record);
	kzi_json_key(json, "lang");
	kzi_json_text(json, kzi_language_tag(passage->language));
	put(json, "text", record->text);
	kzi_json_key(json, "offset");
	kzi_json_unsigned(json, record->offset);
	put_materials(json, document);
	kzi_json_end(json);
	kzi_json_line(json);
}

static int take_document(void *context, struct kzi_document *document)
{
	struct dump *dump = context;
	const struct kzi_passage *items;
	size_t count, i;

	if (document->failed ||
		!kzi_passages_make(document, &dump->passages, &dump->text))
		return 1;
	items = (const struct kzi_passage *)(const void *)dump->passages.data;
	count = dump->passages.length / sizeof(*items);
	for (i = 0; i < count; i++) {
		put_passage(&dump->json, document, &items[i]);
		dump->report->info.passages_of[items[i].language]++;
	}
	dump->count += count;
	dump->report->info.passages += count;
	dump->report->info.documents += count > 0;
	return kzi_json_failed(&dump->json);
}

static void dump_file(struct dump *dump, const struct kzi_source *source,
	int fallback)
{
	enum kzi_outcome outcome = KZI_FAILED;
	struct kzi_file file;

	dump->count = 0;
	if (kzi_file_open(&file, source) == 0) {
		if (!file.reader)
			outcome = KZI_SKIPPED;
		else if (kzi_file_read(&file, source, fallback, take_document,
				 dump) == 0)
			outcome = dump->count ? KZI_INDEXED : KZI_EMPTY;
	}
	dump->report->bytes_read += file.length;
	dump->report->files[outcome]++;
	if (outcome != KZI_INDEXED)
		kzi_run_report_unread(dump->report, source->name,
			outcome == KZI_FAILED ? file.reason
					      : kzi_outcome_reason(outcome),
			outcome);
	kzi_file_close(&file);
}

kz_status kzi_run_dump(const struct kzi_run_options *options,
	struct kzi_run_report *report, kz_error *err)
{
	struct dump dump = { .report = report };
	struct kzi_sources sources;
	kz_status status = KZ_OK;
	size_t i;

	memset(report, 0, sizeof(*report));
	kzi_json_init(&dump.json, stdout);
	if (!kzi_sources_find(
		    &sources, NULL, options->paths, options->path_count))
		status = kzi_fail_memory(err);
	for (i = 0; status == KZ_OK && i < kzi_sources_count(&sources); i++) {
		dump_file(&dump, kzi_sources_at(&sources, i),
			options->fallback);
		if (kzi_json_failed(&dump.json))
			status = kzi_fail(err, KZ_ERR_IO,
				"standard output cannot be written");
	}
	kzi_sources_release(&sources);
	kzi_buf_release(&dump.passages);
	kzi_buf_release(&dump.text);
	return status;
}
