/* stop.h -- the first SIGINT or SIGTERM asks a run to stop, the second
 * kills. */
#ifndef KZI_STOP_H
#define KZI_STOP_H

#include <signal.h>

/* From now on; what was ignored (nohup, a background job) stays so. The flag
 * becomes the number of the signal. */
const volatile sig_atomic_t *kzi_stop_listen(void);

/* Signals end the program at once again. */
void kzi_stop_forget(void);

/* End as the signal would have ended us, so that a shell knows why. */
void kzi_stop_end(void) __attribute__((noreturn));

#endif
