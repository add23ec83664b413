/* sandbox.c -- see sandbox.h.
 *
 * The filter of system calls is written down as the kernel takes it, without a
 * library: a list of calls that are allowed, and any other fails with EPERM.
 * Failing is kinder than killing: a library that asks for something unusual
 * goes on without it. Files may be opened, but only to read: iconv and poppler
 * load their tables when first needed. Where there is landlock, only those of
 * the system; the file to read comes open from outside. */
#include "indexer/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>

#if defined(__x86_64__)
#  define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#  define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

/* The address space of the sanitizers is larger than any limit. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#  define HAS_SANITIZER 1
#elif defined(__has_feature)
#  if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#    define HAS_SANITIZER 1
#  endif
#endif

/* ---- Limits ------------------------------------------------------------ */

static int limit(int resource, rlim_t most)
{
	struct rlimit old, wanted = { most, most };

	if (getrlimit((__rlimit_resource_t)resource, &old) == 0 &&
		old.rlim_max < most)
		wanted.rlim_cur = wanted.rlim_max = old.rlim_max;
	return setrlimit((__rlimit_resource_t)resource, &wanted) == 0;
}

/* Bytes of address space in use: a worker that is started late has inherited
 * what the run had by then. */
static rlim_t address_space(void)
{
	unsigned long pages = 0;
	FILE *file = fopen("/proc/self/statm", "re");

	if (file && fscanf(file, "%lu", &pages) != 1)
		pages = 0;
	if (file)
		fclose(file);
	return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

/* Returns 1 if memory is limited. */
static int set_limits(void)
{
	enum { OPEN_FILES = 128 };

	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_NOFILE, OPEN_FILES);
#ifdef HAS_SANITIZER
	(void)address_space;
	return 0;
#else
	return limit(RLIMIT_AS,
		address_space() + ((rlim_t)KZI_SANDBOX_MEGABYTES << 20));
#endif
}

/* ---- landlock ---------------------------------------------------------- */

#ifdef SYS_landlock_create_ruleset

/* All rights over files that a version of landlock knows: 13 in the first,
 * one more in the second, third and fifth. */
static uint64_t rights_of(long version)
{
	int count = 13 + (version >= 2) + (version >= 3) + (version >= 5);

	return ((uint64_t)1 << count) - 1;
}

static void allow_reading(int ruleset, const char *path)
{
	struct landlock_path_beneath_attr rule = {
		.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE |
			LANDLOCK_ACCESS_FS_READ_DIR,
		.parent_fd = open(path, O_PATH | O_CLOEXEC),
	};

	if (rule.parent_fd < 0)
		return;
	syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH,
		&rule, 0);
	close(rule.parent_fd);
}

static int guard_files(void)
{
	static const char *const system_paths[] = { "/usr", "/lib", "/lib64",
		"/etc", "/proc/self" };
	struct landlock_ruleset_attr attributes = { 0 };
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
		LANDLOCK_CREATE_RULESET_VERSION);
	size_t i;
	int ruleset, done;

	if (version < 1)
		return 0;
	attributes.handled_access_fs = rights_of(version);
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes,
		sizeof(attributes), 0);
	if (ruleset < 0)
		return 0;
	for (i = 0; i < sizeof(system_paths) / sizeof(*system_paths); i++)
		allow_reading(ruleset, system_paths[i]);
	done = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
	close(ruleset);
	return done;
}

#else

static int guard_files(void)
{
	return 0;
}

#endif

/* ---- seccomp ----------------------------------------------------------- */

#ifdef ARCHITECTURE

/* What reading, memory and dying need. */
static const int calls[] = {
	__NR_read, __NR_write, __NR_readv, __NR_writev, __NR_pread64,
	__NR_recvmsg, __NR_close, __NR_lseek, __NR_fstat, __NR_ppoll,
	__NR_mmap, __NR_munmap, __NR_mremap, __NR_mprotect, __NR_madvise,
	__NR_brk, __NR_futex, __NR_rt_sigaction, __NR_rt_sigprocmask,
	__NR_rt_sigreturn, __NR_sigaltstack, __NR_exit, __NR_exit_group,
	__NR_getpid, __NR_gettid, __NR_tgkill, __NR_getuid, __NR_geteuid,
	__NR_getgid, __NR_getegid, __NR_uname, __NR_sysinfo, __NR_getrandom,
	__NR_clock_gettime, __NR_gettimeofday, __NR_getrusage,
	__NR_sched_yield, __NR_sched_getaffinity, __NR_getcwd,
	__NR_getdents64, __NR_newfstatat, __NR_statx, __NR_faccessat,
	__NR_readlinkat, __NR_restart_syscall, __NR_fadvise64,
#ifdef __x86_64__
	__NR_poll, __NR_stat, __NR_lstat, __NR_access, __NR_readlink,
	__NR_time, __NR_arch_prctl,
#endif
#ifdef __NR_faccessat2
	__NR_faccessat2,
#endif
#ifdef __NR_rseq
	__NR_rseq,
#endif
};

enum {
	CALLS = sizeof(calls) / sizeof(*calls),
	WRITING = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_PATH
};

#define LOAD(member)                                                           \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS,                                     \
		(uint32_t)offsetof(struct seccomp_data, member))
#define GIVE(action) BPF_STMT(BPF_RET | BPF_K, action)
#define UNLESS_EQUAL(value, skip)                                              \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), 0, skip)
#define IF_BITS(mask, skip)                                                    \
	BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (uint32_t)(mask), skip, 0)

/* Append the test of one call: "is it `number`? then allow it". */
static void allow(struct sock_filter *program, size_t *at, int number)
{
	program[(*at)++] = (struct sock_filter)UNLESS_EQUAL(number, 1);
	program[(*at)++] = (struct sock_filter)GIVE(SECCOMP_RET_ALLOW);
}

static int guard_calls(void)
{
	static const struct sock_filter head[] = {
		LOAD(arch),
		UNLESS_EQUAL(ARCHITECTURE, 1),
		BPF_JUMP(BPF_JMP | BPF_JA, 1, 0, 0),
		GIVE(SECCOMP_RET_KILL_PROCESS),
		LOAD(nr),
	};
	static const struct sock_filter tail[] = {
		UNLESS_EQUAL(__NR_openat, 3),
		LOAD(args[2]), /* Its flags; the low half, as both are
				  little-endian. */
		IF_BITS(WRITING, 1),
		GIVE(SECCOMP_RET_ALLOW),
		GIVE(SECCOMP_RET_ERRNO | EPERM),
	};
	struct sock_filter program[2 * CALLS + 16];
	struct sock_fprog filter = { 0, program };
	size_t at = sizeof(head) / sizeof(*head), i;

	memcpy(program, head, sizeof(head));
	for (i = 0; i < CALLS; i++)
		allow(program, &at, calls[i]);
	memcpy(program + at, tail, sizeof(tail));
	filter.len = (unsigned short)(at + sizeof(tail) / sizeof(*tail));
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

#else

static int guard_calls(void)
{
	return 0;
}

#endif

/* ---- All together ------------------------------------------------------ */

unsigned kzi_sandbox_enter(void)
{
	unsigned guards = 0;

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	if (set_limits())
		guards |= KZI_GUARD_MEMORY;
	if (guard_files())
		guards |= KZI_GUARD_FILES;
	if (guard_calls())
		guards |= KZI_GUARD_CALLS;
	return guards;
}

void kzi_sandbox_missing(unsigned guards, char *text, unsigned length)
{
	snprintf(text, length, "%s%s%s",
		guards & KZI_GUARD_MEMORY ? "" : ", no limit of memory",
		guards & KZI_GUARD_CALLS ? "" : ", no seccomp",
		guards & KZI_GUARD_FILES ? "" : ", no landlock");
	if (*text)
		memmove(text, text + 2, strlen(text) - 1);
}
