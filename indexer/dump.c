/* dump.c -- every passage as a JSON line on stdout, and no index touched: what
 * the indexer makes of a folder, to look at and to measure. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "cli/json.h"
#include "indexer/crew.h"
#include "indexer/repeats.h"
#include "indexer/run.h"
#include "text/text.h"

struct dump {
	struct kzi_json json;
	struct kzi_arena arena; /* Holds the document at hand. */
	struct kzi_document_record document;
	enum kzi_kind kind;
	size_t count;           /* Passages of the file at hand. */
	struct kzi_run_report *report;
	kz_error *err;
};

static void put(struct kzi_json *json, const char *key, struct kzi_string value)
{
	kzi_json_key(json, key);
	if (value.length)
		kzi_json_string(json, value.bytes, value.length);
	else
		kzi_json_null(json);
}

static void put_document(struct kzi_json *json, const struct dump *dump)
{
	const struct kzi_document_record *document = &dump->document;

	put(json, "document", document->path);
	put(json, "url", document->url);
	kzi_json_key(json, "title");
	kzi_json_string(json, document->title.bytes, document->title.length);
	kzi_json_key(json, "kind");
	kzi_json_text(json, kzi_kind_name(dump->kind));
	put(json, "place", document->place);
}

static void put_strings(struct kzi_json *json, const char *key,
	const struct kzi_string *strings, size_t count)
{
	size_t i;

	kzi_json_key(json, key);
	kzi_json_array(json);
	for (i = 0; i < count; i++)
		kzi_json_string(json, strings[i].bytes, strings[i].length);
	kzi_json_end(json);
}

static void put_passage(
	struct dump *dump, const struct kzi_made_passage *passage)
{
	const struct kzi_passage_record *record = &passage->record;
	const struct kzi_document_record *document = &dump->document;
	struct kzi_json *json = &dump->json;
	char id[4400];

	snprintf(id, sizeof(id), "%.*s#p%u", (int)document->path.length,
		document->path.bytes, record->ordinal);
	kzi_json_object(json);
	kzi_json_key(json, "id");
	kzi_json_text(json, id);
	put_document(json, dump);
	put(json, "anchor", record->anchor);
	kzi_json_key(json, "page");
	if (record->page)
		kzi_json_unsigned(json, record->page);
	else
		kzi_json_null(json);
	put_strings(json, "headings", record->headings, record->heading_count);
	kzi_json_key(json, "lang");
	kzi_json_text(json, kzi_language_tag(passage->language));
	put(json, "text", record->text);
	kzi_json_key(json, "offset");
	kzi_json_unsigned(json, record->offset);
	put_strings(json, "materials", document->materials,
		document->material_count);
	kzi_json_end(json);
	kzi_json_line(json);
}

/* A copy in the arena; 0 if memory is short. */
static int keep(struct kzi_arena *arena, struct kzi_string *string)
{
	string->bytes = kzi_arena_copy(arena, string->bytes, string->length);
	return string->bytes != NULL;
}

/* Passages come after their document, which is only lent. */
static kz_status take_document(void *context,
	const struct kzi_document_record *record, enum kzi_kind kind)
{
	struct dump *dump = context;
	struct kzi_document_record *kept = &dump->document;
	struct kzi_string *materials;
	size_t i;

	kzi_arena_reset(&dump->arena);
	*kept = *record;
	dump->kind = kind;
	dump->report->info.documents++;
	materials = kzi_arena_zero(
		&dump->arena, record->material_count, sizeof(*materials));
	if (!materials || !keep(&dump->arena, &kept->path) ||
		!keep(&dump->arena, &kept->url) ||
		!keep(&dump->arena, &kept->title) ||
		!keep(&dump->arena, &kept->place))
		return kzi_fail_memory(dump->err);
	kept->materials = materials;
	for (i = 0; i < record->material_count; i++) {
		materials[i] = record->materials[i];
		if (!keep(&dump->arena, &materials[i]))
			return kzi_fail_memory(dump->err);
	}
	return KZ_OK;
}

static kz_status take_passage(
	void *context, const struct kzi_made_passage *passage)
{
	struct dump *dump = context;

	put_passage(dump, passage);
	dump->count++;
	dump->report->info.passages++;
	dump->report->info.passages_of[passage->language]++;
	return kzi_json_failed(&dump->json)
		? kzi_fail(dump->err, KZ_ERR_IO,
			  "standard output cannot be written")
		: KZ_OK;
}

static kz_status dump_file(struct dump *dump, struct kzi_crew *crew,
	const struct kzi_source *source)
{
	const struct kzi_sink sink = { take_document, take_passage, NULL,
		dump };
	struct kzi_reading reading;
	kz_status status = kzi_crew_take(crew, &sink, &reading, dump->err);

	if (status != KZ_OK)
		return status;
	dump->report->bytes_read += reading.length;
	dump->report->files[reading.outcome]++;
	if (reading.outcome != KZI_INDEXED)
		kzi_run_report_unread(dump->report, source->name,
			reading.outcome == KZI_FAILED
				? reading.reason
				: kzi_outcome_reason(reading.outcome),
			reading.outcome);
	return KZ_OK;
}

static kz_status dump_all(struct dump *dump, struct kzi_crew *crew,
	struct kzi_sources *sources)
{
	const struct kzi_string nothing = { NULL, 0 };
	size_t count = kzi_sources_count(sources), next = 0, i;
	struct kzi_buf notes = { 0 };
	kz_status status = kzi_repeats_find(
		sources, crew, nothing, &notes, dump->err);

	for (i = 0; status == KZ_OK && i < count; i++) {
		while (next < count && !kzi_crew_is_full(crew))
			kzi_crew_ask(
				crew, kzi_sources_at(sources, next++), 0, 0);
		status = dump_file(dump, crew, kzi_sources_at(sources, i));
	}
	kzi_buf_release(&notes);
	return status;
}

kz_status kzi_run_dump(const struct kzi_run_options *options,
	struct kzi_run_report *report, kz_error *err)
{
	const struct kzi_crew_options crew_options = {
		.jobs = (unsigned)options->jobs,
		.patience_ms = options->patience_ms,
		.worker = { .fallback = options->fallback }
	};
	struct dump dump = { .report = report, .err = err };
	struct kzi_crew *crew = NULL;
	struct kzi_sources sources;
	kz_status status;

	memset(report, 0, sizeof(*report));
	kzi_json_init(&dump.json, stdout);
	status = kzi_sources_find(
			 &sources, NULL, options->paths, options->path_count)
		? kzi_crew_open(&crew, &crew_options, err)
		: kzi_fail_memory(err);
	if (status == KZ_OK)
		status = dump_all(&dump, crew, &sources);
	if (crew)
		report->guards = kzi_crew_guards(crew);
	kzi_crew_close(crew);
	kzi_sources_release(&sources);
	kzi_arena_release(&dump.arena);
	return status;
}
