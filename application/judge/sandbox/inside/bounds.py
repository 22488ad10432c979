"""What a player's process is bound by before it starts: resource limits and a filter of system calls.

Neither can be undone without privileges, and both are inherited. The filter of a sandbox is an allow-list. What
programs commonly try and must not have is refused with EPERM; anything else that is not listed does not exist
(ENOSYS), so that a library newer than this list takes its way for older kernels.
"""

from __future__ import annotations

import errno
import resource

from seccompy import Action, ArgCmp, CmpOp, Filter  # type: ignore[import-not-found, unused-ignore]
from seccompy.errors import UnsupportedError  # type: ignore[import-not-found, unused-ignore]
from seccompy.syscalls import syscall_nr  # type: ignore[import-not-found, unused-ignore]

MIB = 1024 * 1024
STACK_MIB = 64
"""For recursion as deep as problems ask for, where the usual 8 MiB are few."""

ALLOWED = (
    # memory and files that are open, or can be opened: the root is read-only
    "read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek close close_range dup dup2 dup3 "
    "open openat stat fstat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat getdents getdents64 "
    "getcwd chdir fchdir statfs fstatfs fsync fdatasync ftruncate fadvise64 umask pipe pipe2 sendfile "
    "brk munmap mprotect mremap madvise msync mincore mlock munlock "
    # waiting, time, chance
    "poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd eventfd2 "
    "timerfd_create timerfd_settime timerfd_gettime nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday "
    "time times getitimer setitimer alarm pause timer_create timer_settime timer_delete getrandom "
    # itself
    "exit exit_group getpid gettid getppid getpgrp getpgid getsid getuid geteuid getgid getegid getgroups getresuid "
    "getresgid uname sysinfo getrlimit getrusage getcpu arch_prctl set_tid_address set_robust_list "
    "rseq restart_syscall rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend "
    "sigaltstack tgkill futex membarrier sched_yield sched_getaffinity sched_getparam "
    "sched_getscheduler sched_get_priority_max sched_get_priority_min getpriority capget"
).split()

REFUSED = (
    "fork vfork clone execve execveat kill tkill pidfd_open pidfd_send_signal pidfd_getfd ptrace process_vm_readv "
    "process_vm_writev kcmp socket socketpair connect bind listen accept accept4 sendto sendmsg sendmmsg recvfrom "
    "recvmsg recvmmsg shutdown mount umount2 pivot_root chroot unshare setns open_tree move_mount fsopen fsmount "
    "bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register keyctl add_key request_key "
    "memfd_create memfd_secret shmget shmat shmctl semget semop mq_open msgget msgsnd personality setuid setgid "
    "setreuid setregid setresuid setresgid setgroups capset init_module finit_module kexec_load reboot swapon "
    "syslog acct quotactl mknod mknodat link linkat symlink symlinkat unlink unlinkat rename renameat renameat2 "
    "mkdir mkdirat rmdir chmod fchmod fchmodat chown fchown fchownat lchown truncate creat fallocate setxattr "
    "setsid setpgid setpriority sched_setscheduler sched_setparam ioprio_set mbind set_mempolicy inotify_init "
    "inotify_init1 fanotify_init"
).split()

# What the supervisor needs to start, limit and end the processes of players, who themselves get none of it.
SUPERVISING = "fork clone execve wait4 waitid pidfd_open pidfd_send_signal setsid seccomp prlimit64 setrlimit".split()

# What a compiler needs beside that, within a folder of its own.
BUILDING = (
    "vfork kill tkill unlink unlinkat rename renameat renameat2 mkdir mkdirat rmdir chmod fchmod fchmodat creat "
    "truncate fallocate link linkat symlink symlinkat utimensat utime utimes flock setpgid setpriority "
    "copy_file_range splice memfd_create socketpair sched_setscheduler"
).split()

_CLONE_THREAD = 0x00010000
_SHARED = 0x21
"""MAP_SHARED and MAP_ANONYMOUS. Files may be shared: there is none that can be written to, not even /dev/zero."""
_MAP_GROWSDOWN = 0x0100
"""Such a mapping counts as a stack, whatever the limit on private memory says."""
_IOCTLS = (0x5401, 0x802C542A, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""TCGETS, TCGETS2, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX: what standard libraries ask of a descriptor."""
_FCNTLS = (0, 1, 2, 3, 4, 5, 6, 7, 1030, 1032)
"""F_DUPFD, F_[GS]ETFD, F_[GS]ETFL, locks, F_DUPFD_CLOEXEC, F_GETPIPE_SZ; not F_SETPIPE_SZ: pipes are memory, too."""
_PRCTLS = (3, 15, 16, 21, 23, 38, 39, 0x53564D41)
"""PR_GET_DUMPABLE, PR_[GS]ET_NAME, PR_GET_SECCOMP, PR_CAPBSET_READ, PR_[GS]ET_NO_NEW_PRIVS, PR_SET_VMA."""


def box_filter(*, building: bool = False, shared_memory: bool = True) -> Filter:
    """The filter for all of a sandbox, its supervisor too: what anything in it may ask of the kernel at all.

    ``building`` adds what compilers need. Without ``shared_memory`` nothing can map memory that a limit on private
    memory does not count.
    """
    made = Filter(default=int(Action.ERRNO) | errno.ENOSYS)
    if not shared_memory:
        _rule(made, "mmap", errno.ENOMEM, [ArgCmp(3, CmpOp.MASKED_EQ, _SHARED, _SHARED)])
    _rule(made, "mmap", errno.EINVAL, [ArgCmp(3, CmpOp.MASKED_EQ, _MAP_GROWSDOWN, _MAP_GROWSDOWN)])
    for name, place, commands in (("ioctl", 1, _IOCTLS), ("fcntl", 1, _FCNTLS), ("prctl", 0, _PRCTLS)):
        for command in commands:
            _rule(made, name, None, [ArgCmp(place, CmpOp.EQ, command)])
        _rule(made, name, errno.EINVAL)
    _rule(made, "sched_setaffinity", None, [ArgCmp(0, CmpOp.EQ, 0)])
    _rule(made, "sched_setaffinity", errno.EPERM)
    for name in ("mmap", *SUPERVISING, *(BUILDING if building else ()), *ALLOWED):
        _rule(made, name)
    for name in REFUSED:
        _rule(made, name, errno.EPERM)
    return made


def player_filter(pid: int, *, threads: bool, execute: bool) -> Filter:
    """The second filter, for the one process ``pid`` of a player: takes away what only the supervisor needs. Small,
    because it is loaded anew for each test.

    It may send signals to itself alone. ``threads`` lets it make threads, never processes; ``execute`` lets it become
    another program, which is how one is started, under the same filters.
    """
    made = Filter(default=Action.ALLOW)
    made.allow("tgkill", args=[ArgCmp(0, CmpOp.EQ, pid)])
    made.errno("tgkill", errno.EPERM)
    if threads:
        made.allow("clone", args=[ArgCmp(0, CmpOp.MASKED_EQ, _CLONE_THREAD, _CLONE_THREAD)])
    made.allow("prlimit64", args=[ArgCmp(0, CmpOp.EQ, 0)])
    for name in SUPERVISING:
        if not (execute and name == "execve"):
            _rule(made, name, errno.EPERM)
    return made


def _rule(made: Filter, name: str, error: int | None = None, args: list[ArgCmp] | None = None) -> None:
    try:
        syscall_nr(name)
    except (KeyError, ValueError, UnsupportedError):
        return  # not on this architecture
    if error is None:
        made.allow(name, args=args)
    else:
        made.errno(name, error, args=args)


def limit_resources(
    *, cpu_seconds: int, address_mib: int = 0, data_mib: int = 0, processes: int = 0, file_mib: int = 0, files: int = 64
) -> None:
    """Bind the calling process for good: hard limits cannot be raised again without privileges.

    ``address_mib`` bounds the address space; for runtimes that reserve far more than they use, ``data_mib`` bounds the
    writable private memory instead (0: not bound). ``file_mib`` is how large a file may grow; 0 also keeps memory out
    of files that have no name. ``processes`` counts threads, too.
    """
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: file_mib * MIB,
        resource.RLIMIT_NOFILE: files,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_NPROC: processes,
    }
    if address_mib:
        limits[resource.RLIMIT_AS] = address_mib * MIB
    if data_mib:
        limits[resource.RLIMIT_DATA] = data_mib * MIB
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))
    _, hard = resource.getrlimit(resource.RLIMIT_STACK)
    most = STACK_MIB * MIB if hard < 0 else min(STACK_MIB * MIB, hard)
    # It is the size of every thread's stack as well, so who makes threads keeps the usual one.
    resource.setrlimit(resource.RLIMIT_STACK, (min(8 * MIB, most) if processes else most, most))
