/* sandbox.h -- a process that reads files of strangers and may do nothing
 * else: no more memory than a limit, no files written, no network, no other
 * programs. As far as the system has means for it. */
#ifndef KZI_SANDBOX_H
#define KZI_SANDBOX_H

/* What is in force. */
enum kzi_guard {
	KZI_GUARD_MEMORY = 1,  /* RLIMIT_AS. */
	KZI_GUARD_CALLS = 2,   /* seccomp: a list of system calls. */
	KZI_GUARD_FILES = 4,   /* landlock: only the system's own files. */
	KZI_GUARD_ALL = 7
};

/* Megabytes that a worker may take beyond what it began with. */
enum { KZI_SANDBOX_MEGABYTES = 1024 };

/* Give up everything but reading and writing what is open. For good, and for
 * the calling process alone. Returns the guards in force. */
unsigned kzi_sandbox_enter(void);

/* "no seccomp, no landlock" for the guards missing; "" if all are there. */
void kzi_sandbox_missing(unsigned guards, char *text, unsigned length);

#endif
