/* crew.c -- see crew.h.
 *
 *     asked:   a b c d e f g h          (a ring; `oldest` is a)
 *     worker 1: a c        answers of a: taken at once
 *     worker 2: b d        answers of b: kept until a is done
 *     waiting: e f g h
 *
 * A worker has some files ahead, so that it does not idle while the run writes.
 * What is kept is bounded: beyond KEPT_MOST only the worker that has the oldest
 * file is listened to, and the others wait in front of full pipes. What a worker
 * said is taken in the order it was said in, so its numbers are known
 * (numbering.h): it is only given files behind those that it has. Its numbers
 * are kept as long as something that it said is, and it may have ended before.
 *
 * A worker that dies takes the file at its head with it; those behind go to
 * another one. One that says nothing for too long while we listen is killed,
 * and so is one that says something now and then and comes to no end. */
#include "indexer/crew.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "indexer/read.h"
#include "indexer/sandbox.h"

enum {
	WINDOW = 256,     /* Files asked for and not taken. */
	AHEAD = 16,       /* Files that a worker has got. */
	WORKERS_MOST = 256,
	KEPT_MOST = 64 << 20, /* Bytes of answers kept. */
	ANSWER_PART = 256 << 10,
	PIPE_BYTES = 1 << 20, /* What Linux allows anyone. */
	PATIENCE_MS = 60000,
	PATIENCE_TIMES = 10, /* In all, and once more for each megabyte. */
	TRIES_MOST = 100, /* Times that a file is given to a worker. */
	NOBODY = -1
};

enum state { WAITING, GIVEN, DONE };

/* Terms and words that a process has told, of what was taken. */
struct told {
	struct kzi_numbering terms, words;
	int users; /* Its worker, and tasks that it was given. */
};

struct task {
	const struct kzi_source *source;
	struct kzi_job job;
	enum state state;
	int worker;            /* GIVEN: which one. */
	struct told *told;     /* By the process that it was given, or NULL. */
	int tries;
	struct kzi_buf answers; /* Frames, whole or not ... */
	size_t taken;          /* ... and how much of them was read. */
	struct kzi_reading reading; /* DONE. */
};

struct worker {
	pid_t pid;           /* 0: not running. */
	int jobs;            /* Socket. */
	int answers;         /* Pipe. */
	int is_ready;        /* Its first frame was read. */
	struct kzi_buf partial; /* Of a frame. */
	struct told *told;   /* While it runs. */
	size_t last;         /* Task that it was given last, from 1; 0: none. */
	size_t tasks[AHEAD]; /* Numbers of tasks, in order. */
	int count;
	uint64_t load;       /* Bytes of their files. */
	long start_rss;      /* Kilobytes we had when it was started. */
	double silent_ms;    /* Since it said something. */
	double spent_ms;     /* On the file at its head. */
};

struct kzi_crew {
	struct kzi_crew_options options;
	struct worker workers[WORKERS_MOST];
	struct task tasks[WINDOW]; /* Task n is in place n % WINDOW. */
	size_t oldest, next; /* Numbers of tasks; next: the one to be asked. */
	size_t kept;         /* Bytes of answers of all tasks. */
	unsigned guards;
	struct kzi_arena arena; /* What a frame needs to be taken apart. */
};

static struct task *task_at(struct kzi_crew *crew, size_t number)
{
	return &crew->tasks[number % WINDOW];
}

static struct task *head_of(struct kzi_crew *crew, const struct worker *worker)
{
	return worker->count ? task_at(crew, worker->tasks[0]) : NULL;
}

/* `*held` becomes `told`, which may be NULL. */
static void hold(struct told **held, struct told *told)
{
	struct told *before = *held;

	if (told)
		told->users++;
	*held = told;
	if (!before || --before->users > 0)
		return;
	kzi_numbering_release(&before->terms);
	kzi_numbering_release(&before->words);
	kzi_free(before);
}

static double now_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec * 1e-6;
}

/* ---- Opening and closing ----------------------------------------------- */

/* Those that this process may use: a container or taskset may allow it few. */
static int processors(void)
{
	cpu_set_t allowed;
	long count = sysconf(_SC_NPROCESSORS_ONLN);

	if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0)
		count = CPU_COUNT(&allowed);
	return count > 0 ? (int)count : 1;
}

kz_status kzi_crew_open(struct kzi_crew **out,
	const struct kzi_crew_options *options, kz_error *err)
{
	struct kzi_crew *crew = kzi_calloc(1, sizeof(*crew));

	*out = NULL;
	if (!crew)
		return kzi_fail_memory(err);
	crew->options = *options;
	if (!crew->options.jobs)
		crew->options.jobs = processors();
	if (crew->options.jobs > WORKERS_MOST)
		crew->options.jobs = WORKERS_MOST;
	if (!crew->options.patience_ms)
		crew->options.patience_ms = PATIENCE_MS;
	if (!crew->options.worker.read)
		crew->options.worker.read = kzi_read_file;
	crew->guards = KZI_GUARD_ALL;
	*out = crew;
	return KZ_OK;
}

/* Let go of a worker's process; *status and *rss are how it ended. */
static void reap(struct worker *worker, int *status, long *rss)
{
	struct rusage usage = { .ru_maxrss = 0 };

	close(worker->jobs);
	close(worker->answers);
	while (wait4(worker->pid, status, 0, &usage) < 0 && errno == EINTR)
		;
	*rss = usage.ru_maxrss;
	worker->pid = 0;
	worker->is_ready = 0;
	worker->last = 0;
	hold(&worker->told, NULL);
	kzi_buf_clear(&worker->partial);
}

static void stop(struct worker *worker)
{
	int status;
	long rss;

	kill(worker->pid, SIGKILL);
	reap(worker, &status, &rss);
}

void kzi_crew_close(struct kzi_crew *crew)
{
	unsigned i;

	if (!crew)
		return;
	for (i = 0; i < crew->options.jobs; i++) {
		struct worker *worker = &crew->workers[i];
		/* It holds nothing that has to be put in order. */
		if (worker->pid)
			stop(worker);
		kzi_buf_release(&worker->partial);
		hold(&worker->told, NULL);
	}
	for (i = 0; i < WINDOW; i++) {
		kzi_buf_release(&crew->tasks[i].answers);
		hold(&crew->tasks[i].told, NULL);
	}
	kzi_arena_release(&crew->arena);
	kzi_free(crew);
}

unsigned kzi_crew_guards(const struct kzi_crew *crew)
{
	return crew->guards;
}

/* ---- Starting a worker ------------------------------------------------- */

static long own_rss(void)
{
	struct rusage usage;

	return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : 0;
}

static int make_ends(int jobs[2], int answers[2])
{
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, jobs) != 0)
		return 0;
	if (pipe2(answers, O_CLOEXEC) != 0) {
		close(jobs[0]);
		close(jobs[1]);
		return 0;
	}
	fcntl(answers[1], F_SETPIPE_SZ, PIPE_BYTES);
	fcntl(answers[0], F_SETFL, O_NONBLOCK);
	return 1;
}

static kz_status start(
	struct kzi_crew *crew, struct worker *worker, kz_error *err)
{
	int jobs[2], answers[2], parent = (int)getpid();
	struct told *told = kzi_calloc(1, sizeof(*told));
	pid_t pid;

	if (!told)
		return kzi_fail_memory(err);
	hold(&worker->told, told);
	if (!make_ends(jobs, answers))
		return kzi_fail(err, KZ_ERR_IO, "no pipe to a reader: %s",
			strerror(errno));
	pid = fork();
	if (pid == 0)
		kzi_worker_run(
			jobs[1], answers[1], parent, &crew->options.worker);
	close(jobs[1]);
	close(answers[1]);
	if (pid < 0) {
		close(jobs[0]);
		close(answers[0]);
		return kzi_fail(err, KZ_ERR_IO, "no process to read in: %s",
			strerror(errno));
	}
	worker->pid = pid;
	worker->jobs = jobs[0];
	worker->answers = answers[0];
	worker->start_rss = own_rss();
	worker->silent_ms = worker->spent_ms = 0;
	return KZ_OK;
}

/* ---- Giving tasks ------------------------------------------------------ */

static int send_job(const struct worker *worker, const struct kzi_buf *job,
	int fd)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control;
	struct iovec part = { job->data, job->length };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof(control) };
	struct cmsghdr *head;
	ssize_t sent;

	memset(&control, 0, sizeof(control));
	head = CMSG_FIRSTHDR(&message);
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(fd));
	memcpy(CMSG_DATA(head), &fd, sizeof(fd));
	do
		sent = sendmsg(worker->jobs, &message, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent == (ssize_t)job->length;
}

static void set_failed(struct task *task, const char *reason)
{
	memset(&task->reading, 0, sizeof(task->reading));
	task->reading.outcome = KZI_FAILED;
	snprintf(task->reading.reason, sizeof(task->reading.reason), "%s",
		reason);
	task->state = DONE;
}

/* What was said of a task counts no more: it waits for another worker. */
static void take_back(struct kzi_crew *crew, struct task *task)
{
	task->state = WAITING;
	crew->kept -= task->answers.length;
	task->taken = 0;
	kzi_buf_clear(&task->answers);
	hold(&task->told, NULL);
}

/* Give a task to a worker. What cannot be opened is done; a worker that cannot
 * be told is dead, which the next look at its pipe will show. */
static void give(struct kzi_crew *crew, int who, size_t number)
{
	struct worker *worker = &crew->workers[who];
	struct task *task = task_at(crew, number);
	struct kzi_buf job = { 0 };
	int fd;

	if (kzi_read_open(&fd, task->source, &task->reading)) {
		task->state = DONE;
		return;
	}
	kzi_wire_put_job(&job, &task->job);
	if (job.failed || job.length > KZI_JOB_MOST) {
		set_failed(task, "its name is too long");
	} else {
		send_job(worker, &job, fd);
		task->state = GIVEN;
		task->worker = who;
		hold(&task->told, worker->told);
		worker->last = number + 1;
		task->tries++;
		if (worker->count == 0)
			worker->silent_ms = worker->spent_ms = 0;
		worker->tasks[worker->count++] = number;
		worker->load += task->source->size;
	}
	kzi_buf_release(&job);
	close(fd);
}

/* The worker with the least to do that may be given a task, or NOBODY if all
 * have enough, or have later ones. */
static int least_loaded(const struct kzi_crew *crew, size_t number)
{
	int best = NOBODY, i;

	for (i = 0; i < (int)crew->options.jobs; i++) {
		const struct worker *worker = &crew->workers[i];
		const struct worker *other =
			best == NOBODY ? NULL : &crew->workers[best];

		if (worker->count == AHEAD || worker->last > number)
			continue;
		if (!other || worker->load < other->load ||
			(worker->load == other->load &&
				worker->count < other->count))
			best = i;
	}
	return best;
}

/* The tasks of a worker wait for another one. */
static void return_tasks(struct kzi_crew *crew, struct worker *worker)
{
	int i;

	for (i = 0; i < worker->count; i++)
		take_back(crew, task_at(crew, worker->tasks[i]));
	worker->count = 0;
	worker->load = 0;
}

/* Where all workers have later files than the oldest, one of them begins
 * anew. */
static int start_anew(struct kzi_crew *crew)
{
	struct worker *worker = &crew->workers[0];

	stop(worker);
	return_tasks(crew, worker);
	return 0;
}

static kz_status give_tasks(struct kzi_crew *crew, kz_error *err)
{
	size_t number;

	for (number = crew->oldest; number < crew->next; number++) {
		struct task *task = task_at(crew, number);
		int who;
		kz_status status;

		if (task->state != WAITING)
			continue;
		who = least_loaded(crew, number);
		if (who == NOBODY && number == crew->oldest)
			who = start_anew(crew);
		if (who == NOBODY && least_loaded(crew, SIZE_MAX) == NOBODY)
			break;
		if (who == NOBODY)
			continue;
		if (!crew->workers[who].pid) {
			status = start(crew, &crew->workers[who], err);
			if (status != KZ_OK)
				return status;
		}
		give(crew, who, number);
	}
	return KZ_OK;
}

int kzi_crew_is_full(const struct kzi_crew *crew)
{
	return crew->next - crew->oldest == WINDOW;
}

void kzi_crew_ask(struct kzi_crew *crew, const struct kzi_source *source,
	int has_hash, uint64_t hash)
{
	struct task *task = task_at(crew, crew->next++);

	task->source = source;
	task->job.name = source->name;
	task->job.has_hash = has_hash;
	task->job.hash = hash;
	task->job.is_for_edges = 0;
	task->job.origin = source->origin;
	task->state = WAITING;
	task->tries = 0;
	task->taken = 0;
	kzi_buf_clear(&task->answers);
}

void kzi_crew_ask_edges(
	struct kzi_crew *crew, const struct kzi_source *source)
{
	kzi_crew_ask(crew, source, 0, 0);
	task_at(crew, crew->next - 1)->job.is_for_edges = 1;
}

/* ---- When a worker ends ------------------------------------------------ */

static void explain_end(struct task *task, int status, int is_short)
{
	char reason[80];

	if (is_short)
		snprintf(reason, sizeof(reason), "needed more than %d MB",
			KZI_SANDBOX_MEGABYTES);
	else if (WIFSIGNALED(status))
		snprintf(reason, sizeof(reason),
			"the reader crashed (signal %d)", WTERMSIG(status));
	else
		snprintf(reason, sizeof(reason),
			"the reader ended (exit code %d)", WEXITSTATUS(status));
	set_failed(task, reason);
	task->reading.is_lost = 1;
}

/* Take the task at the head of a worker off its list. */
static void drop_head(struct worker *worker, const struct task *task)
{
	worker->load -= task->source->size;
	worker->spent_ms = 0;
	worker->count--;
	memmove(worker->tasks, worker->tasks + 1,
		(size_t)worker->count * sizeof(*worker->tasks));
}

static void bury(struct kzi_crew *crew, struct worker *worker,
	const char *reason)
{
	struct task *task = head_of(crew, worker);
	int status = 0, is_tired;
	long rss;

	if (reason)
		kill(worker->pid, SIGKILL);
	reap(worker, &status, &rss);
	is_tired = !reason && WIFEXITED(status) &&
		WEXITSTATUS(status) == KZI_WORKER_TIRED;
	if (task && (!is_tired || task->tries == TRIES_MOST)) {
		int is_short = (WIFEXITED(status) &&
				WEXITSTATUS(status) == KZI_WORKER_SHORT) ||
			rss - worker->start_rss >
				KZI_SANDBOX_MEGABYTES / 4 * 3 * 1024L;

		explain_end(task, status, is_short);
		if (reason)
			snprintf(task->reading.reason,
				sizeof(task->reading.reason), "%s", reason);
		drop_head(worker, task);
	}
	return_tasks(crew, worker);
}

/* ---- Listening --------------------------------------------------------- */

/* One frame: of the worker, or of the task at its head. Returns 0 if it cannot
 * be. */
static int take_frame(struct kzi_crew *crew, struct worker *worker,
	const struct kzi_frame *frame, size_t size)
{
	struct task *task = head_of(crew, worker);
	unsigned guards;

	if (!worker->is_ready) {
		if (frame->type != KZI_FRAME_READY ||
			!kzi_wire_get_ready(frame, &guards))
			return 0;
		crew->guards &= guards;
		worker->is_ready = 1;
		return 1;
	}
	if (!task || frame->type == KZI_FRAME_READY)
		return 0;
	if (frame->type == KZI_FRAME_END) {
		if (!kzi_wire_get_end(frame, &task->reading))
			return 0;
		task->state = DONE;
		drop_head(worker, task);
		return 1;
	}
	kzi_buf_append(&task->answers, frame->bytes - KZI_FRAME_HEAD, size);
	crew->kept += size;
	return !task->answers.failed;
}

/* Whole frames go to their tasks, the rest stays. */
static int take_bytes(struct kzi_crew *crew, struct worker *worker)
{
	struct kzi_buf *partial = &worker->partial;
	struct kzi_frame frame;
	size_t at = 0, size = 0;

	while (at < partial->length &&
		(size = kzi_wire_frame(partial->data + at,
			 partial->length - at, &frame)) > 0) {
		if (size == SIZE_MAX ||
			!take_frame(crew, worker, &frame, size))
			return 0;
		at += size;
	}
	partial->length -= at;
	if (at > 0 && partial->length > 0)
		memmove(partial->data, partial->data + at, partial->length);
	return !partial->failed;
}

/* Read what a worker says, as much as one look gives. */
static void hear(struct kzi_crew *crew, struct worker *worker)
{
	char *room = kzi_buf_room(&worker->partial, ANSWER_PART);
	ssize_t got;

	if (!room) {
		bury(crew, worker, "out of memory");
		return;
	}
	got = read(worker->answers, room, ANSWER_PART);
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (got <= 0) {
		bury(crew, worker, NULL);
		return;
	}
	worker->silent_ms = 0;
	worker->partial.length += (size_t)got;
	if (!take_bytes(crew, worker))
		bury(crew, worker, "the reader answered nonsense");
}

static int has_oldest(struct kzi_crew *crew, const struct worker *worker)
{
	const struct task *task = task_at(crew, crew->oldest);

	return task->state == GIVEN &&
		&crew->workers[task->worker] == worker;
}

/* How long a file may take whatever is heard of it: an archive of slow files
 * would speak now and then for days. */
static double spent_most(const struct kzi_crew *crew, const struct task *task)
{
	return crew->options.patience_ms *
		(PATIENCE_TIMES + (double)(task->source->size >> 20));
}

/* A worker with nothing to do may be silent. */
static void lose_patience(struct kzi_crew *crew, struct worker *worker,
	double waited_ms)
{
	const struct task *task = head_of(crew, worker);
	double most_ms = crew->options.patience_ms;
	char reason[80];

	if (!task)
		return;
	worker->silent_ms += waited_ms;
	worker->spent_ms += waited_ms;
	if (worker->spent_ms >= spent_most(crew, task))
		most_ms = spent_most(crew, task);
	else if (worker->silent_ms < most_ms)
		return;
	snprintf(reason, sizeof(reason), "took longer than %.0f s",
		(most_ms + 499) / 1000);
	bury(crew, worker, reason);
}

/* Hear all workers that say something, waiting for the first if need be. */
static void listen_to_all(struct kzi_crew *crew, int waits)
{
	enum { LOOK_MS = 250 /* Between two looks at the clock. */ };
	struct pollfd polled[WORKERS_MOST];
	struct worker *who[WORKERS_MOST];
	double start = now_ms(), waited;
	int count = 0, i;

	for (i = 0; i < (int)crew->options.jobs; i++) {
		struct worker *worker = &crew->workers[i];

		if (!worker->pid ||
			(crew->kept > KEPT_MOST && !has_oldest(crew, worker)))
			continue;
		polled[count] = (struct pollfd){ worker->answers, POLLIN, 0 };
		who[count++] = worker;
	}
	if (poll(polled, (nfds_t)count, waits ? LOOK_MS : 0) < 0)
		return;
	waited = now_ms() - start;
	for (i = 0; i < count; i++) {
		if (polled[i].revents)
			hear(crew, who[i]);
		lose_patience(crew, who[i], waited);
	}
}

/* ---- Taking ------------------------------------------------------------ */

static kz_status deliver(struct kzi_crew *crew, struct told *told,
	const struct kzi_frame *frame, const struct kzi_sink *sink,
	int *is_nonsense)
{
	struct kzi_made_passage passage;
	struct kzi_document_record record;
	struct kzi_word_counts counts;
	enum kzi_kind kind;

	kzi_arena_reset(&crew->arena);
	if (frame->type == KZI_FRAME_DOCUMENT &&
		kzi_wire_get_document(frame, &crew->arena, &record, &kind))
		return sink->document
			? sink->document(sink->context, &record, kind)
			: KZ_OK;
	if (frame->type == KZI_FRAME_PASSAGE &&
		kzi_wire_get_passage(
			frame, &crew->arena, &told->terms, &passage))
		return sink->passage ? sink->passage(sink->context, &passage)
				     : KZ_OK;
	if (frame->type == KZI_FRAME_WORDS &&
		kzi_wire_get_words(
			frame, &crew->arena, &told->words, &counts))
		return sink->words ? sink->words(sink->context, &counts)
				   : KZ_OK;
	*is_nonsense = 1;
	return KZ_OK;
}

/* A worker said nonsense in a file that it may be done with: what it says of
 * later ones is not believed, since its numbers may be wrong, and another one
 * reads them. */
static void distrust(struct kzi_crew *crew, const struct task *liar)
{
	struct worker *worker = &crew->workers[liar->worker];
	size_t number;

	if (worker->told == liar->told)
		bury(crew, worker, "");
	for (number = crew->oldest + 1; number < crew->next; number++) {
		struct task *task = task_at(crew, number);

		if (task->state != WAITING && task->told == liar->told)
			take_back(crew, task);
	}
}

/* Give the sink what is there of a task, listening now and then, so that the
 * workers can go on. */
static kz_status deliver_all(
	struct kzi_crew *crew, struct task *task, const struct kzi_sink *sink)
{
	size_t heard = task->taken;
	int is_nonsense = 0;
	kz_status status = KZ_OK;

	while (status == KZ_OK && !is_nonsense &&
		task->taken < task->answers.length &&
		task->taken - heard < ANSWER_PART) {
		struct kzi_frame frame;

		task->taken += kzi_wire_frame(task->answers.data + task->taken,
			task->answers.length - task->taken, &frame);
		status = deliver(
			crew, task->told, &frame, sink, &is_nonsense);
	}
	if (is_nonsense) {
		distrust(crew, task);
		set_failed(task, "the reader answered nonsense");
		task->reading.is_lost = 1;
		task->taken = task->answers.length;
	}
	if (task->taken == task->answers.length) {
		crew->kept -= task->taken;
		task->taken = 0;
		kzi_buf_clear(&task->answers);
	}
	return status;
}

/* The memory of a task that had much to say is given back. */
static void finish(struct kzi_crew *crew, struct task *task)
{
	crew->kept -= task->answers.length;
	if (task->answers.capacity > ANSWER_PART)
		kzi_buf_release(&task->answers);
	else
		kzi_buf_clear(&task->answers);
	hold(&task->told, NULL);
	crew->oldest++;
}

kz_status kzi_crew_take(struct kzi_crew *crew, const struct kzi_sink *sink,
	struct kzi_reading *reading, kz_error *err)
{
	struct task *task = task_at(crew, crew->oldest);
	kz_status status = give_tasks(crew, err);

	while (status == KZ_OK &&
		(task->state != DONE || task->answers.length > 0)) {
		if (crew->options.stop && *crew->options.stop)
			return KZ_END;
		listen_to_all(crew,
			task->state != DONE && task->answers.length == 0);
		status = deliver_all(crew, task, sink);
		if (status == KZ_OK)
			status = give_tasks(crew, err);
	}
	*reading = task->reading;
	finish(crew, task);
	return status;
}
