/* crash.h -- the last word of a program that cannot go on.
 *
 * What an index holds is verified, but not on every read: a disk may give other
 * bytes than it did, a file may be cut while it is mapped, a run that was
 * killed sealed nothing. Where the system would then end the program by a
 * signal, it ends with a sentence and KZI_EXIT_FAILED instead. For programs
 * only: what a host does with its signals is the host's affair. */
#ifndef KZI_CRASH_H
#define KZI_CRASH_H

/* From now on, say that `index` could not be read if SIGSEGV, SIGBUS, SIGFPE,
 * SIGILL or SIGABRT comes, and end. Nothing in builds with a sanitizer, which
 * has more to say. */
void kzi_crash_guard(const char *program, const char *index);

/* Let signals be what they were, as in a child that someone watches. */
void kzi_crash_release(void);

#endif
