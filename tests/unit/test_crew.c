/* test_crew.c -- readers in processes of their own: what breaks one costs one
 * file, and the order is that of asking. The reader here does as the name of
 * the file says. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"
#include "indexer/crew.h"
#include "indexer/sandbox.h"

/* Works, but cannot be optimised away. */
static volatile int never;

static void emit_text(const struct kzi_job *job, kzi_emit *emit,
	void *context, const char *text)
{
	struct kzi_document document;

	kzi_document_init(&document, job->name);
	kzi_document_block(&document, KZI_PARAGRAPH, text, strlen(text));
	kzi_document_block_at(&document, 0)->language = KZI_EN;
	emit(context, &document);
	kzi_document_release(&document);
}

static void spend_memory(struct kzi_reading *reading)
{
	size_t step = 64 << 20, i;

	for (i = 0; i < 64; i++) {
		char *bytes = mmap(NULL, step, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (bytes == MAP_FAILED)
			break;
		memset(bytes, 1, step);
	}
	if (i == 64)
		return;
	reading->outcome = KZI_FAILED;
	snprintf(reading->reason, sizeof(reading->reason), "out of memory");
}

/* What a reader must not do; the reason names what it could. */
static void break_out(struct kzi_reading *reading)
{
	const char *done = "";
	int sock;

	if (open("broken-out", O_WRONLY | O_CREAT, 0666) >= 0)
		done = "wrote a file";
	sock = socket(AF_INET, SOCK_STREAM, 0);
	if (sock >= 0)
		done = "has a socket";
	if (fork() >= 0)
		done = "has a process";
	if (kill(getppid(), 0) == 0)
		done = "may send signals";
	if (open("/root", O_RDONLY) >= 0 || open("/home", O_RDONLY) >= 0)
		done = "saw a home";
	reading->outcome = KZI_FAILED;
	snprintf(reading->reason, sizeof(reading->reason), "tried: %s", done);
}

/* Text until it is stopped. */
static void flood(
	const struct kzi_job *job, kzi_emit *emit, void *context)
{
	static char text[4000];
	int stopped = 0;

	memset(text, 'x', sizeof(text) - 1);
	while (!stopped) {
		struct kzi_document document;

		kzi_document_init(&document, job->name);
		kzi_document_block(&document, KZI_PARAGRAPH, text,
			sizeof(text) - 1)->language = KZI_EN;
		stopped = emit(context, &document);
		kzi_document_release(&document);
	}
}

static void misbehave(struct kzi_reading *reading, int fd,
	const struct kzi_job *job, const struct kzi_detector *detector,
	kzi_emit *emit, void *context)
{
	const struct timespec moment = { 0, 20000000 };

	(void)fd;
	(void)detector;
	memset(reading, 0, sizeof(*reading));
	reading->outcome = KZI_INDEXED;
	reading->hash = 7;
	if (strstr(job->name, "slow"))
		nanosleep(&moment, NULL);
	if (strstr(job->name, "crash")) {
		emit_text(job, emit, context, "Half of it.");
		signal(SIGSEGV, SIG_DFL); /* Sanitizers would tell. */
		raise(SIGSEGV);
	} else if (strstr(job->name, "hang")) {
		while (!never)
			;
	} else if (strstr(job->name, "exit")) {
		_exit(0);
	} else if (strstr(job->name, "nonsense")) {
		if (write(4, "nonsense", 8) != 8)
			_exit(1);
		emit_text(job, emit, context, "Behind nonsense.");
	} else if (strstr(job->name, "lies")) {
		/* A passage of one byte; the rest is as it should be. */
		if (write(4, "\x02\0\0\0\x02\0", 6) != 6)
			_exit(1);
		emit_text(job, emit, context, "Behind a lie.");
	} else if (strstr(job->name, "flood")) {
		flood(job, emit, context);
	} else if (strstr(job->name, "trickle")) {
		do
			nanosleep(&moment, NULL);
		while (!never && (emit_text(job, emit, context, "More."), 1));
	} else if (strstr(job->name, "memory")) {
		spend_memory(reading);
	} else if (strstr(job->name, "break-out")) {
		break_out(reading);
	} else if (strstr(job->name, "own words")) {
		emit_text(job, emit, context, job->name);
	} else if (!strstr(job->name, "empty")) {
		emit_text(job, emit, context, "All is well.");
	}
}

/* ---- A crew and what it says ------------------------------------------- */

struct heard {
	char documents[4096]; /* Their names, a line each. */
	size_t passages;
	size_t counted; /* Passages whose words were told. */
};

static kz_status hear_document(void *context,
	const struct kzi_document_record *record, enum kzi_kind kind)
{
	struct heard *heard = context;
	size_t length = strlen(heard->documents);

	(void)kind;
	if (length + record->path.length + 2 < sizeof(heard->documents))
		snprintf(heard->documents + length,
			sizeof(heard->documents) - length, "%.*s\n",
			(int)record->path.length, record->path.bytes);
	return KZ_OK;
}

static kz_status hear_passage(
	void *context, const struct kzi_made_passage *passage)
{
	struct heard *heard = context;

	assert_true(passage->record.text.length > 0);
	heard->passages++;
	return KZ_OK;
}

static kz_status hear_words(
	void *context, const struct kzi_word_counts *counts)
{
	struct heard *heard = context;

	assert_true(counts->count > 0);
	heard->counted += counts->passages;
	return KZ_OK;
}

static struct kzi_crew *open_crew(unsigned jobs, int patience_ms)
{
	const struct kzi_crew_options options = { .jobs = jobs,
		.patience_ms = patience_ms,
		.worker = { .fallback = -1, .has_terms = 1,
			.read = misbehave } };
	struct kzi_crew *crew;

	assert_int_equal(kzi_crew_open(&crew, &options, NULL), KZ_OK);
	return crew;
}

static struct kzi_source source_of(const char *name)
{
	struct kzi_source source = { .name = name, .path = "/etc/passwd",
		.size = 1 };

	return source;
}

/* Ask for all of the names at once, and compare what comes of each. */
static void check_all(unsigned jobs, int patience_ms,
	const char *const (*wanted)[2], size_t count)
{
	struct kzi_crew *crew = open_crew(jobs, patience_ms);
	struct kzi_source sources[64];
	size_t i;

	for (i = 0; i < count; i++) {
		sources[i] = source_of(wanted[i][0]);
		kzi_crew_ask(crew, &sources[i], 0, 0);
	}
	for (i = 0; i < count; i++) {
		struct heard heard = { "", 0, 0 };
		const struct kzi_sink sink = { hear_document, hear_passage, hear_words,
			&heard };
		struct kzi_reading reading;

		assert_int_equal(
			kzi_crew_take(crew, &sink, &reading, NULL), KZ_OK);
		if (strcmp(reading.outcome == KZI_FAILED
					? reading.reason
					: kzi_outcome_name(reading.outcome),
			    wanted[i][1]))
			fail_msg("%s: %s, not %s", wanted[i][0],
				reading.outcome == KZI_FAILED
					? reading.reason
					: kzi_outcome_name(reading.outcome),
				wanted[i][1]);
		if (reading.outcome == KZI_INDEXED) {
			assert_int_equal(heard.passages, 1);
			assert_int_equal(heard.counted, 1);
			assert_int_equal(strncmp(heard.documents, wanted[i][0],
						 strlen(wanted[i][0])),
				0);
		}
	}
	kzi_crew_close(crew);
}

#define CHECK(jobs, patience_ms, wanted)                                       \
	check_all(jobs, patience_ms, wanted, sizeof(wanted) / sizeof(*(wanted)))

static const char crashed[] = "the reader crashed (signal 11)";
static const char nonsense[] = "the reader answered nonsense";

static void test_order(void **state)
{
	static const char *const wanted[][2] = { { "a slow", "indexed" },
		{ "b", "indexed" }, { "c slow", "indexed" },
		{ "d empty", "empty" }, { "e", "indexed" }, { "f", "indexed" },
		{ "g slow", "indexed" }, { "h", "indexed" } };
	unsigned jobs;

	(void)state;
	for (jobs = 1; jobs <= 4; jobs++)
		CHECK(jobs, 0, wanted);
}

static void test_faults(void **state)
{
	static const char *const wanted[][2] = { { "a", "indexed" },
		{ "b crash", crashed }, { "c", "indexed" },
		{ "d exit", "the reader ended (exit code 0)" },
		{ "e", "indexed" }, { "f nonsense", nonsense },
		{ "f1", "indexed" }, { "f2 lies", nonsense },
		{ "f3", "indexed" }, { "f4 empty", "empty" },
		{ "f5", "indexed" },
		{ "g hang", "took longer than 1 s" }, { "h", "indexed" },
		{ "i crash", crashed }, { "j crash", crashed },
		{ "k", "indexed" },
		{ "l", "indexed" } };
	unsigned jobs;

	(void)state;
	for (jobs = 1; jobs <= 3; jobs += 2)
		CHECK(jobs, 1000, wanted);
}

/* Files of a worker that hangs go to another one, which may have read later ones
 * by then: their terms are numbered in the order that it met them in. */
static void test_numbers(void **state)
{
	enum { FILES = 60 };
	static char names[FILES][32];
	static const char *wanted[FILES][2];
	unsigned jobs, i;

	(void)state;
	for (i = 0; i < FILES; i++) {
		snprintf(names[i], sizeof(names[i]), "%s own words%u",
			i == 0       ? "hang"
				: i == 1 ? "slow hang"
					 : "",
			i);
		wanted[i][0] = names[i];
		wanted[i][1] = i < 2 ? "took longer than 1 s" : "indexed";
	}
	for (jobs = 2; jobs <= 3; jobs++)
		check_all(jobs, 1000, (const char *const (*)[2])wanted, FILES);
}

/* With all the time it wants: the machine may be busy. */
static void test_flood(void **state)
{
	static const char *const wanted[][2] = {
		{ "a flood", "more than 256 MB of text came out of it" },
		{ "b", "indexed" }
	};

	(void)state;
	CHECK(1, 0, wanted);
}

/* Ten times the patience is the most, whatever is heard. */
static void test_no_end(void **state)
{
	static const char *const wanted[][2] = {
		{ "a trickle", "took longer than 1 s" }, { "b", "indexed" }
	};

	(void)state;
	CHECK(1, 100, wanted);
}

static void test_memory(void **state)
{
	static const char *const wanted[][2] = {
		{ "a memory", "needed more than 1024 MB" }, { "b", "indexed" }
	};

	(void)state;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	skip();
#endif
	CHECK(1, 0, wanted);
}

/* What the kernel has no means against is not asked for. */
static void test_guards(void **state)
{
	static const char *const wanted[][2] = { { "break-out", "tried: " } };
	struct kzi_crew *crew = open_crew(1, 0);
	struct kzi_source source = source_of("a");
	struct heard heard = { "", 0, 0 };
	const struct kzi_sink sink = { hear_document, hear_passage, hear_words, &heard };
	struct kzi_reading reading;
	unsigned guards;

	(void)state;
	kzi_crew_ask(crew, &source, 0, 0);
	assert_int_equal(kzi_crew_take(crew, &sink, &reading, NULL), KZ_OK);
	guards = kzi_crew_guards(crew);
	kzi_crew_close(crew);
	if (!(guards & KZI_GUARD_CALLS) || !(guards & KZI_GUARD_FILES))
		skip();
	CHECK(1, 0, wanted);
	assert_int_equal(access("broken-out", F_OK), -1);
}

/* Closed amid a file: returns at once. */
static void test_close_early(void **state)
{
	struct kzi_crew *crew = open_crew(2, 0);
	struct kzi_source hang = source_of("hang"), good = source_of("good");
	struct heard heard = { "", 0, 0 };
	const struct kzi_sink sink = { hear_document, hear_passage, hear_words, &heard };
	struct kzi_reading reading;

	(void)state;
	kzi_crew_ask(crew, &good, 0, 0);
	kzi_crew_ask(crew, &hang, 0, 0);
	assert_int_equal(kzi_crew_take(crew, &sink, &reading, NULL), KZ_OK);
	kzi_crew_close(crew);
}

/* ---- Frames ------------------------------------------------------------ */

static void make_frames(struct kzi_buf *wire)
{
	static const struct kzi_string words[] = { { "one", 3 }, { "two", 3 } };
	static struct kzi_named terms[] = { { .bytes = { "aword", 5 } },
		{ .bytes = { "bword", 5 } } };
	static const struct kzi_posting postings[] = { { &terms[0], 3, 0 },
		{ &terms[1], KZI_IMPACT_MOST, 1 } };
	const struct kzi_document_record document = { { "path", 4 },
		{ "url", 3 }, { "title", 5 }, { "", 0 }, words, 2 };
	const struct kzi_made_passage passage = { { 1, 2, 3, { "x", 1 }, words,
							  2, { "text", 4 } },
		KZI_HU, 0, postings, 2 };
	static struct kzi_named met[] = {
		{ .bytes = { "\x06" "egy", 4 } },
		{ .bytes = { "\x07" "a", 2 } }
	};
	static const struct kzi_word_count counted[] = { { &met[0], 2, 0 },
		{ &met[1], 1, 1 } };
	const struct kzi_word_counts counts = { counted, 2, 2, 0 };
	const struct kzi_reading reading = { .outcome = KZI_FAILED, .hash = 9,
		.length = 10, .reason = "why" };

	kzi_wire_put_document(wire, &document, KZI_STORY);
	kzi_wire_put_passage(wire, &passage);
	kzi_wire_put_words(wire, &counts);
	kzi_wire_put_end(wire, &reading);
}

/* What is sound can be analysed. */
static size_t take_words(const struct kzi_frame *frame, struct kzi_arena *arena)
{
	struct kzi_analyzer *analyzer = kzi_analyzer_new(0);
	struct kzi_word_counts counts;
	static struct kzi_numbering numbering;
	int is_sound = kzi_wire_get_words(frame, arena, &numbering, &counts);
	size_t i;

	for (i = 0; is_sound && i < counts.count; i++) {
		const struct kzi_string name = counts.items[i].word->bytes;
		struct kzi_word *word = kzi_word_find(analyzer,
			name.bytes[0] / 2, name.bytes + 1, name.length - 1,
			name.bytes[0] % 2);

		assert_non_null(word);
		assert_true(kzi_word_terms(analyzer, word));
	}
	kzi_numbering_release(&numbering);
	kzi_analyzer_free(analyzer);
	return (size_t)is_sound;
}

/* Take every frame apart, whatever it is. Returns how many were sound. */
static size_t take_frames(const char *bytes, size_t length)
{
	static struct kzi_numbering numbering;
	struct kzi_arena arena = { 0 };
	struct kzi_document_record record;
	struct kzi_made_passage passage;
	struct kzi_reading reading;
	struct kzi_frame frame;
	enum kzi_kind kind;
	size_t at = 0, size, sound = 0;

	while ((size = kzi_wire_frame(bytes + at, length - at, &frame)) > 0 &&
		size != SIZE_MAX) {
		sound += frame.type == KZI_FRAME_DOCUMENT
			? (size_t)kzi_wire_get_document(
				  &frame, &arena, &record, &kind)
			: frame.type == KZI_FRAME_PASSAGE
			? (size_t)kzi_wire_get_passage(
				  &frame, &arena, &numbering, &passage)
			: frame.type == KZI_FRAME_WORDS
			? take_words(&frame, &arena)
			: (size_t)kzi_wire_get_end(&frame, &reading);
		at += size;
		kzi_arena_reset(&arena);
	}
	kzi_numbering_release(&numbering);
	kzi_arena_release(&arena);
	return sound;
}

/* Bytes at the end of a block of their own, so that a sanitizer sees a step
 * beyond them. */
static char *copy_of(const struct kzi_buf *wire, size_t length)
{
	char *copy = malloc(length ? length : 1);

	assert_non_null(copy);
	memcpy(copy, wire->data, length);
	return copy;
}

static void test_wire(void **state)
{
	struct kzi_buf wire = { 0 };
	unsigned seed = 1;
	size_t length, i;

	(void)state;
	make_frames(&wire);
	assert_false(wire.failed);
	assert_int_equal(take_frames(wire.data, wire.length), 4);
	for (length = 0; length < wire.length; length++) {
		char *cut = copy_of(&wire, length);

		assert_true(take_frames(cut, length) < 4);
		free(cut);
	}
	for (i = 0; i < 20000; i++) {
		char *bad = copy_of(&wire, wire.length);
		size_t flips = 1 + i % 3;

		while (flips-- > 0) {
			seed = seed * 1103515245 + 12345;
			bad[(seed >> 8) % wire.length] ^=
				(char)(1 << (seed >> 4 & 7));
		}
		take_frames(bad, wire.length);
		free(bad);
	}
	kzi_buf_release(&wire);
}

/* Whatever a reader calls a word, there are terms of it. */
static void test_hostile_words(void **state)
{
	struct kzi_arena arena = { 0 };
	struct kzi_buf wire = { 0 };
	unsigned seed = 1, round;

	(void)state;
	for (round = 0; round < 20000; round++) {
		char text[1 + KZI_WORD_MOST + 8];
		struct kzi_named word = { .bytes = { text, 1 } };
		const struct kzi_word_count counted = { &word, 1, 0 };
		const struct kzi_word_counts counts = { &counted, 1, 1, 0 };
		size_t most = round % 16 ? round % 40 : KZI_WORD_MOST;
		struct kzi_frame frame;

		text[0] = (char)(2 * (round % KZI_LANGUAGES));
		while (word.bytes.length < 1 + most + round % 2) {
			seed = seed * 1103515245 + 12345;
			word.bytes.length += kzi_utf8_encode(
				text + word.bytes.length,
				seed >> 8 & (seed & 64 ? 0x7F
						: seed & 32 ? 0x7FF
							    : 0xFFFF));
		}
		kzi_buf_clear(&wire);
		kzi_wire_put_words(&wire, &counts);
		kzi_wire_frame(wire.data, wire.length, &frame);
		take_words(&frame, &arena);
		kzi_arena_reset(&arena);
	}
	kzi_arena_release(&arena);
	kzi_buf_release(&wire);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_flood),
		cmocka_unit_test(test_no_end),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_guards),
		cmocka_unit_test(test_close_early),
		cmocka_unit_test(test_wire),
		cmocka_unit_test(test_hostile_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
