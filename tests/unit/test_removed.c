/* lib/store where passages are removed and stay in the tables: what disagrees
 * is told, and what fails on the way leaves what was there. */
#include "scratch.h"

#include <errno.h>
#include <sys/syscall.h>

#include "store/store.h"

/* ---- A disk that fails ------------------------------------------------- */

/* The folder whose names cannot be made durable; 0: none. */
static ino_t broken;

int fsync(int fd)
{
	struct stat status;

	if (broken && fstat(fd, &status) == 0 && status.st_ino == broken) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fsync, fd);
}

/* ---- Writing and asking ------------------------------------------------ */

static struct kzi_string string(const char *text)
{
	struct kzi_string s = { text, strlen(text) };

	return s;
}

static struct kzi_writer *open_writer(void)
{
	struct kzi_writer *writer;
	kz_error err;

	assert_int_equal(kzi_writer_open(&writer, scratch_path("ix"), 0,
				 "0123456789abcdef", &err),
		KZ_OK);
	return writer;
}

/* A file of `count` passages that hold its name. */
static void add(struct kzi_writer *writer, const char *name, uint32_t count)
{
	struct kzi_document_record document = { .path = string(name) };
	struct kzi_named term = { .bytes = string(name) };
	struct kzi_posting posting = { &term, 10, 0 };
	struct kzi_passage_record passage = { .text = string("A text.") };
	kz_error err;

	assert_int_equal(kzi_writer_document(writer, string(name), &document,
				 KZI_STORY, &err),
		KZ_OK);
	while (passage.ordinal++ < count) {
		posting.impact = 10 + passage.ordinal % 3;
		assert_int_equal(kzi_writer_passage(writer, &passage, 1,
					 &posting, 1, &err),
			KZ_OK);
	}
}

static void take_out(struct kzi_writer *writer, const char *name)
{
	kz_error err;

	assert_int_equal(
		kzi_writer_remove(writer, name, strlen(name), &err), KZ_OK);
}

static void publish(struct kzi_writer *writer)
{
	kz_error err;

	assert_int_equal(kzi_writer_publish(writer, &err), KZ_OK);
}

/* An index that three passages, 2501 to 2503, are removed from and stay in. */
static void make_index(void)
{
	struct kzi_writer *writer = open_writer();

	add(writer, "many", 2500);
	add(writer, "few", 3);
	publish(writer);
	take_out(writer, "few");
	publish(writer);
	kzi_writer_close(writer);
}

static kz_status open_store(struct kzi_store **store, kz_error *err)
{
	return kzi_store_open(store, scratch_path("ix"), err);
}

static uint32_t frequency(struct kzi_store *store, const char *term)
{
	uint32_t count;
	kz_error err;

	assert_int_equal(kzi_store_frequency(
				 store, term, strlen(term), &count, &err),
		KZ_OK);
	return count;
}

static int has(const char *name)
{
	return access(scratch_path(name), F_OK) == 0;
}

/* ---- Damage ------------------------------------------------------------ */

/* Where bytes are in others; NULL: nowhere. */
static unsigned char *find(unsigned char *from, size_t length,
	const char *wanted, size_t wanted_length)
{
	for (; length >= wanted_length; from++, length--)
		if (!memcmp(from, wanted, wanted_length))
			return from;
	return NULL;
}

/* Change one byte wherever `mark` stands in the postings of generation 1, which
 * are no longer sealed: the last of the varint of that number behind it. */
static void damage(const char *mark, int varint, unsigned char byte)
{
	static unsigned char bytes[4 << 20];
	FILE *file = fopen(scratch_path("ix/1/postlist.glass"), "r+b");
	size_t length, changed = 0, left;
	unsigned char *at = bytes;
	int i;

	assert_non_null(file);
	length = fread(bytes, 1, sizeof(bytes), file);
	for (left = length;
		(at = find(at, left, mark, strlen(mark))) != NULL; changed++) {
		at += strlen(mark);
		for (i = 0; i < varint || *at >= 0x80; at++)
			i += *at < 0x80;
		*at = byte;
		left = length - (size_t)(at - bytes);
	}
	assert_true(changed > 0);
	rewind(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	fclose(file);
	remove(scratch_path("ix/1/seal"));
}

/* Readers, writers, checks and copies say so, each of them. */
static void is_told(void)
{
	struct kzi_store *store;
	struct kzi_writer *writer;
	kz_error err;

	assert_int_equal(open_store(&store, &err), KZ_ERR_CORRUPT);
	assert_non_null(strstr(err.message, "removed"));
	assert_non_null(strstr(err.message, "--rebuild"));
	assert_int_equal(kzi_store_check(scratch_path("ix"), &err),
		KZ_ERR_CORRUPT);
	assert_int_equal(kzi_store_compact(scratch_path("ix"),
				 scratch_path("one"), &err),
		KZ_ERR_CORRUPT);
	assert_int_equal(kzi_writer_open(&writer, scratch_path("ix"), 0,
				 "0123456789abcdef", &err),
		KZ_ERR_CORRUPT);
	assert_non_null(strstr(err.message, "removed"));
	assert_false(has("one"));
}

enum { PASSAGES = 1, ROWS = 19, REMOVED = 25 }; /* Varints of the state. */

#define STATE "0123456789abcdef"

static void a_state_that_says_too_few_is_told(void **state)
{
	(void)state;
	make_index();
	damage(STATE, REMOVED, 2);
	is_told();
	damage(STATE, REMOVED, 0);
	is_told();
}

static void a_list_that_is_damaged_is_told(void **state)
{
	(void)state;
	make_index();
	/* Behind the rows. */
	damage("kalauz-removed", 0, 0x7F);
	is_told();
}

/* Passages that no row is of, while all else agrees. */
static void passages_behind_the_rows_are_no_overflow(void **state)
{
	struct kzi_writer *writer = open_writer();
	kz_error err;

	(void)state;
	add(writer, "many", 2500);
	publish(writer);
	kzi_writer_close(writer);
	damage(STATE, ROWS, 1);
	assert_int_equal(kzi_store_compact(scratch_path("ix"),
				 scratch_path("one"), &err),
		KZ_ERR_CORRUPT);
	assert_int_equal(kzi_store_check(scratch_path("ix"), &err),
		KZ_ERR_CORRUPT);
}

/* ---- What fails -------------------------------------------------------- */

/* A handle that could not be moved is where it was, and can be moved later. */
static void a_refresh_that_fails_changes_nothing(void **state)
{
	struct kzi_writer *writer;
	struct kzi_store *store;
	kz_error err;

	(void)state;
	make_index();
	assert_int_equal(open_store(&store, &err), KZ_OK);
	assert_int_equal(kzi_store_refresh(store, &err), KZ_END);
	writer = open_writer();
	add(writer, "new", 2);
	publish(writer);
	kzi_writer_close(writer);
	assert_int_equal(rename(scratch_path("ix/1/passages.rows"),
				 scratch_path("rows")),
		0);
	assert_int_equal(kzi_store_refresh(store, &err), KZ_ERR_CORRUPT);
	assert_int_equal(frequency(store, "few"), 0);
	assert_int_equal(frequency(store, "new"), 0);
	assert_int_equal(kzi_store_get_info(store)->passages, 2500);
	assert_int_equal(rename(scratch_path("rows"),
				 scratch_path("ix/1/passages.rows")),
		0);
	assert_int_equal(kzi_store_refresh(store, &err), KZ_OK);
	assert_int_equal(frequency(store, "few"), 0);
	assert_int_equal(frequency(store, "new"), 2);
	kzi_store_close(store);
}

/* Half a rewritten index is not left on a disk that is full; the next run makes
 * it whole, even if it has nothing else to do, and seals it. */
static void a_rewrite_that_fails_is_swept_and_made_again(void **state)
{
	struct kzi_writer *writer = open_writer();
	struct kzi_store *store;
	kz_error err;

	(void)state;
	add(writer, "one", 3);
	add(writer, "two", 3);
	publish(writer);
	/* In the way of the tables. */
	assert_int_equal(mkdir(scratch_path("ix/3"), 0777), 0);
	assert_int_equal(mkdir(scratch_path("ix/3/iamglass"), 0777), 0);
	assert_int_equal(mkdir(scratch_path("ix/3/iamglass.tmp"), 0777), 0);
	take_out(writer, "two");
	publish(writer);
	kzi_writer_close(writer);
	assert_true(has("ix/1/seal"));
	assert_false(has("ix/2"));
	assert_int_equal(open_store(&store, &err), KZ_OK);
	assert_int_equal(frequency(store, "two"), 0);
	kzi_store_close(store);
	scratch_remove(scratch_path("ix/3"));
	writer = open_writer();
	publish(writer);
	kzi_writer_close(writer);
	assert_false(has("ix/1"));
	assert_true(has("ix/2/seal"));
	assert_int_equal(kzi_store_check(scratch_path("ix"), &err), KZ_OK);
}

/* The step that shows a rewritten index was made, and then something failed:
 * that index is the one that is there. */
static void what_was_shown_is_not_swept(void **state)
{
	struct kzi_writer *writer = open_writer();
	struct kzi_store *store;
	struct stat folder;
	kz_error err;

	(void)state;
	add(writer, "one", 3);
	add(writer, "two", 3);
	publish(writer);
	take_out(writer, "two");
	assert_int_equal(stat(scratch_path("ix"), &folder), 0);
	broken = folder.st_ino;
	publish(writer);
	broken = 0;
	assert_int_equal(open_store(&store, &err), KZ_OK);
	assert_int_equal(frequency(store, "one"), 3);
	assert_int_equal(frequency(store, "two"), 0);
	kzi_store_close(store);
	/* The writer has gone there, too. */
	add(writer, "three", 1);
	publish(writer);
	kzi_writer_close(writer);
	assert_int_equal(kzi_store_check(scratch_path("ix"), &err), KZ_OK);
}

/* ---- Totals ------------------------------------------------------------ */

static void totals_are_near_what_is_alive(void **state)
{
	struct kzi_query term = { .op = KZI_OP_TERM, .weight = 1 };
	struct kzi_query *query = &term;
	struct kzi_matches found;
	struct kzi_match matches[10];
	struct kzi_store *store;
	kz_error err;

	(void)state;
	make_index();
	assert_int_equal(open_store(&store, &err), KZ_OK);
	term.term = string("many");
	assert_int_equal(kzi_store_match(store, &query, 1, matches, 10, &found,
				 &err),
		KZ_OK);
	assert_int_equal(found.count, 10);
	assert_in_range(found.estimate, 2495, 2500);
	assert_true(!found.is_exact || found.estimate == 2500);
	term.term = string("few");
	assert_int_equal(kzi_store_match(store, &query, 1, matches, 10, &found,
				 &err),
		KZ_OK);
	assert_int_equal(found.count, 0);
	assert_int_equal(found.estimate, 0);
	assert_true(found.is_exact);
	kzi_store_close(store);
}

/* ---- Edges ------------------------------------------------------------- */

/* All is gone, and what comes gets new numbers. */
static void an_index_that_was_emptied_is_filled_again(void **state)
{
	struct kzi_writer *writer = open_writer();
	struct kzi_store *store;
	uint32_t passages[4];
	size_t count;
	kz_error err;

	(void)state;
	add(writer, "one", 5);
	publish(writer);
	take_out(writer, "one");
	publish(writer);
	assert_int_equal(kzi_store_check(scratch_path("ix"), &err), KZ_OK);
	add(writer, "two", 2);
	publish(writer);
	kzi_writer_close(writer);
	assert_int_equal(kzi_store_compact(scratch_path("ix"),
				 scratch_path("one"), &err),
		KZ_OK);
	assert_int_equal(
		kzi_store_open(&store, scratch_path("one"), &err), KZ_OK);
	assert_int_equal(kzi_store_postings(store, "two", 3, 0, passages, 4,
				 &count, &err),
		KZ_OK);
	assert_int_equal(count, 2);
	assert_int_equal(passages[0], 6);
	kzi_store_close(store);
	assert_int_equal(kzi_store_check(scratch_path("ix"), &err), KZ_OK);
	assert_int_equal(kzi_store_check(scratch_path("one"), &err), KZ_OK);
}

/* Where standard input was closed, its number is that of the first file. */
static void number_zero_is_closed_like_others(void **state)
{
	int input = dup(0);
	struct kzi_store *store;
	kz_error err;
	int i;

	(void)state;
	make_index();
	assert_int_equal(kzi_store_compact(scratch_path("ix"),
				 scratch_path("one"), &err),
		KZ_OK);
	for (i = 0; i < 2; i++) {
		close(0);
		assert_int_equal(
			kzi_store_open(&store,
				scratch_path(i ? "one" : "ix"), &err),
			KZ_OK);
		assert_int_equal(frequency(store, "few"), 0);
		kzi_store_close(store);
		assert_int_equal(fcntl(0, F_GETFD), -1);
	}
	dup2(input, 0);
	close(input);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_state_that_says_too_few_is_told),
		IN_SCRATCH(a_list_that_is_damaged_is_told),
		IN_SCRATCH(passages_behind_the_rows_are_no_overflow),
		IN_SCRATCH(a_refresh_that_fails_changes_nothing),
		IN_SCRATCH(a_rewrite_that_fails_is_swept_and_made_again),
		IN_SCRATCH(what_was_shown_is_not_swept),
		IN_SCRATCH(totals_are_near_what_is_alive),
		IN_SCRATCH(an_index_that_was_emptied_is_filled_again),
		IN_SCRATCH(number_zero_is_closed_like_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
