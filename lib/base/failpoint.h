/* failpoint.h -- places where a debug build can be made to die, so that a test
 * sees what a power cut there would leave. Nothing in other builds.
 *
 *     KZI_FAILPOINT("publish-rename");
 *
 * kills the process there if that point was set, with exit code 99 and without
 * putting anything in order. */
#ifndef KZI_FAILPOINT_H
#define KZI_FAILPOINT_H

#ifdef KZI_DEBUG

#ifdef __cplusplus
extern "C" {
#endif

/* Set the point to die at: its name, or "name:3" for the third time it is
 * passed. NULL: none. The text is borrowed for good. */
void kzi_failpoint_set(const char *point);

void kzi_failpoint_pass(const char *name);

#ifdef __cplusplus
}
#endif

#define KZI_FAILPOINT(name) kzi_failpoint_pass(name)

#else

#define KZI_FAILPOINT(name) ((void)0)

#endif
#endif
