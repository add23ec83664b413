/* worker.c -- see worker.h.
 *
 * Answers are collected, and written while the pipe takes them: the run is
 * often busy with the index, and a worker that had to wait for it each time
 * would leave a processor idle. */
#include "indexer/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/crash.h"
#include "indexer/build.h"
#include "indexer/sandbox.h"

enum {
	JOBS_FD = 3, /* Where the worker has its two ends. */
	ANSWERS_FD = 4,
	/* Bytes of answers: written when there are so many, and no more than
	 * so many are held. */
	ANSWERS_GOOD = 64 << 10,
	ANSWERS_MOST = 16 << 20,
	/* The output of a file: so much, and so many times its length. */
	OUTPUT_LEAST_MB = 256,
	OUTPUT_TIMES = 64
};

struct worker {
	const struct kzi_worker_options *options;
	struct kzi_detector detector;
	struct kzi_builder *builder;
	struct kzi_buf answers;
	size_t written;    /* Of the answers. */
	struct kzi_reading reading;
	uint64_t made;     /* Bytes of answers to the job at hand. */
	uint64_t made_most;
	size_t passages;   /* In the file at hand. */
	int has_overflown; /* It made more than that. */
	long growth_start; /* Kilobytes in use at the start. */
};

/* ---- Answers ----------------------------------------------------------- */

static void __attribute__((noreturn)) leave(int code)
{
	_exit(code);
}

/* Write what the pipe takes now, or all of it (`waits`). The run is gone if it
 * takes nothing any more. */
static void write_answers(struct worker *worker, int waits)
{
	struct pollfd ready = { ANSWERS_FD, POLLOUT, 0 };

	while (worker->written < worker->answers.length) {
		ssize_t put = write(ANSWERS_FD,
			worker->answers.data + worker->written,
			worker->answers.length - worker->written);

		if (put > 0)
			worker->written += (size_t)put;
		else if (errno == EAGAIN && !waits)
			return;
		else if (errno == EAGAIN)
			poll(&ready, 1, -1);
		else if (errno != EINTR)
			leave(KZI_WORKER_DONE);
	}
	worker->written = 0;
	kzi_buf_clear(&worker->answers);
}

static void answered(struct worker *worker)
{
	size_t waiting = worker->answers.length - worker->written;

	if (waiting > ANSWERS_GOOD)
		write_answers(worker, waiting > ANSWERS_MOST);
}

/* ---- Sink: passages become frames -------------------------------------- */

static kz_status sent(struct worker *worker, size_t before)
{
	worker->made += worker->answers.length - before;
	if (worker->answers.failed)
		return KZ_ERR_MEMORY;
	answered(worker);
	worker->has_overflown = worker->made > worker->made_most;
	return worker->has_overflown ? KZ_END : KZ_OK;
}

static kz_status send_document(void *context,
	const struct kzi_document_record *record, enum kzi_kind kind)
{
	struct worker *worker = context;
	size_t before = worker->answers.length;

	kzi_wire_put_document(&worker->answers, record, kind);
	return sent(worker, before);
}

static kz_status send_passage(
	void *context, const struct kzi_made_passage *passage)
{
	struct worker *worker = context;
	size_t before = worker->answers.length;

	worker->passages++;
	kzi_wire_put_passage(&worker->answers, passage);
	return sent(worker, before);
}

static kz_status send_words(
	void *context, const struct kzi_word_counts *counts)
{
	struct worker *worker = context;
	size_t before = worker->answers.length;

	kzi_wire_put_words(&worker->answers, counts);
	return sent(worker, before);
}

static struct kzi_sink sink_of(struct worker *worker)
{
	const struct kzi_sink sink = { send_document, send_passage, send_words,
		worker };

	return sink;
}

static int take_document(void *context, struct kzi_document *document)
{
	struct worker *worker = context;
	const struct kzi_sink sink = sink_of(worker);
	kz_status status = kzi_builder_add(worker->builder, document,
		worker->options->has_terms, &sink);

	/* Terms that were numbered may not have been told. */
	if (status == KZ_ERR_MEMORY)
		leave(KZI_WORKER_SHORT);
	return status != KZ_OK;
}

/* ---- Jobs -------------------------------------------------------------- */

static void fail(struct worker *worker, const char *format, unsigned number)
{
	struct kzi_reading *reading = &worker->reading;

	reading->outcome = KZI_FAILED;
	snprintf(reading->reason, sizeof(reading->reason), format, number);
}

/* What the reader said is told in our words where we know more. */
static void judge(struct worker *worker)
{
	struct kzi_reading *reading = &worker->reading;

	if (worker->has_overflown)
		fail(worker, "more than %u MB of text came out of it",
			(unsigned)(worker->made_most >> 20));
	else if (reading->outcome == KZI_FAILED &&
		!strcmp(reading->reason, KZI_NO_MEMORY))
		fail(worker, "needed more than %u MB", KZI_SANDBOX_MEGABYTES);
	else if (reading->outcome == KZI_FAILED && !reading->reason[0])
		fail(worker, "could not be read", 0);
	if (reading->outcome == KZI_INDEXED && worker->passages == 0)
		reading->outcome = KZI_EMPTY;
}

static void do_job(struct worker *worker, const struct kzi_job *job, int fd)
{
	const struct kzi_sink sink = sink_of(worker);
	off_t length = lseek(fd, 0, SEEK_END);

	lseek(fd, 0, SEEK_SET);
	worker->made = 0;
	worker->made_most = ((uint64_t)OUTPUT_LEAST_MB << 20) +
		OUTPUT_TIMES * (uint64_t)(length > 0 ? length : 0);
	worker->passages = 0;
	worker->has_overflown = 0;
	worker->options->read(&worker->reading, fd, job, &worker->detector,
		take_document, worker);
	judge(worker);
	/* What the passages that were sent have of words, whatever became of
	 * the file. */
	if (kzi_builder_finish(worker->builder, &sink) == KZ_ERR_MEMORY ||
		worker->answers.failed)
		leave(KZI_WORKER_SHORT);
	kzi_wire_put_end(&worker->answers, &worker->reading);
	write_answers(worker, 1);
}

/* Wait for a job; returns its length, or 0 if there will be no more. */
static size_t receive(char bytes[KZI_JOB_MOST], int *fd)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control;
	struct iovec part = { bytes, KZI_JOB_MOST };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof(control) };
	const struct cmsghdr *head;
	ssize_t got;

	do
		got = recvmsg(JOBS_FD, &message, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	head = got > 0 ? CMSG_FIRSTHDR(&message) : NULL;
	if (!head || head->cmsg_type != SCM_RIGHTS)
		return 0;
	memcpy(fd, CMSG_DATA(head), sizeof(*fd));
	return (size_t)got;
}

static long kilobytes(void)
{
	struct rusage usage;

	return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : 0;
}

static void work(struct worker *worker)
{
	static char bytes[KZI_JOB_MOST];
	struct kzi_arena arena = { 0 };
	struct kzi_job job;
	size_t length;
	int fd;

	worker->growth_start = kilobytes();
	while ((length = receive(bytes, &fd)) > 0) {
		if (!kzi_wire_get_job(bytes, length, &arena, &job))
			leave(KZI_WORKER_BROKEN);
		do_job(worker, &job, fd);
		close(fd);
		kzi_arena_reset(&arena);
		if ((kilobytes() - worker->growth_start) / 1024 >
			KZI_WORKER_GROWTH_MB)
			leave(KZI_WORKER_TIRED);
	}
}

/* ---- Beginning --------------------------------------------------------- */

/* Keep the two ends and nothing else: above all not the lock of the index. */
static void close_others(int jobs, int answers)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC), fd;

	/* First out of the way of each other. */
	jobs = fcntl(jobs, F_DUPFD, ANSWERS_FD + 1);
	answers = fcntl(answers, F_DUPFD, ANSWERS_FD + 1);
	if (null < 0 || dup2(jobs, JOBS_FD) < 0 ||
		dup2(answers, ANSWERS_FD) < 0)
		leave(KZI_WORKER_BROKEN);
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
#ifndef KZI_DEBUG
	dup2(null, STDERR_FILENO); /* Libraries chat; tests may listen. */
#endif
#ifdef SYS_close_range
	if (syscall(SYS_close_range, ANSWERS_FD + 1, ~0U, 0) == 0)
		return;
#endif
	for (fd = (int)sysconf(_SC_OPEN_MAX); fd > ANSWERS_FD; fd--)
		close(fd);
}

void kzi_worker_run(int jobs, int answers, int parent,
	const struct kzi_worker_options *options)
{
	struct worker worker = { .options = options,
		.detector = { .fallback = options->fallback } };

	/* The run may die at any moment, and then nobody needs us. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		leave(KZI_WORKER_DONE);
	close_others(jobs, answers);
	fcntl(ANSWERS_FD, F_SETFL, O_NONBLOCK);
	kzi_crash_release();
	signal(SIGPIPE, SIG_IGN);
	/* A terminal sends these to everybody; the run says when to end. */
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	worker.detector.guesser = kzi_guesser_new();
	worker.builder = kzi_builder_new();
	if (!worker.detector.guesser || !worker.builder)
		leave(KZI_WORKER_SHORT);
	kzi_wire_put_ready(&worker.answers, kzi_sandbox_enter());
	write_answers(&worker, 1);
	work(&worker);
	leave(KZI_WORKER_DONE);
}
