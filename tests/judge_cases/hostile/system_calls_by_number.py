# expect: accepted
# With ctypes, which loads the filter of system calls and lies in the sandbox for that, any call can be made by its
# number. Each of these must be refused; the numbers are those of x86_64, elsewhere they are other calls or none.
import platform
import sys

sys.path.insert(0, "/judge/filter")
import ctypes

CALLS = {
    "fork": (57,), "vfork": (58,), "clone": (56, 17), "clone3": (435, 0, 0), "clone into namespaces": (56, 0x10000000 | 17),
    "clone of a thread": (56, 0x00010F00), "kill": (62, 1, 9), "tkill": (200, 1, 9), "ptrace": (101, 16, 1), "socket": (41, 1, 1, 0),
    "socketpair": (53, 1, 1, 0, 0), "mount": (165, 0, 0, 0, 0, 0), "unshare": (272, 0x10000000), "setns": (308, 0, 0),
    "pivot_root": (155, 0, 0), "chroot": (161, 0), "bpf": (321, 0, 0, 0), "perf_event_open": (298, 0, 0, 0, 0, 0),
    "io_uring_setup": (425, 8, 0), "memfd_create": (319, b"x", 0), "userfaultfd": (323, 0), "keyctl": (250, 0, 0),
    "add_key": (248, 0, 0, 0, 0, 0), "shmget": (29, 0, 1 << 20, 0o1600), "mq_open": (240, b"x", 0o102, 0o600, 0),
    "process_vm_readv": (310, 1, 0, 0, 0, 0, 0), "pidfd_open": (434, 1, 0), "pidfd_getfd": (438, 0, 0, 0),
    "personality": (135, 0x0040000), "seccomp": (317, 1, 0, 0), "F_SETPIPE_SZ": (72, 1, 1031, 1 << 20),
    "limits of another": (302, 1, 7, 0, 0), "execve": (59, b"/python/bin/python3", 0, 0), "execveat": (322, 0, b"", 0, 0, 0),
    "PR_SET_DUMPABLE": (157, 4, 1), "PR_SET_PTRACER": (157, 0x59616D61, -1), "TIOCSTI": (16, 0, 0x5412, 0),
    "getpid of x32": (0x40000000 + 39,), "open_by_handle_at": (304, 0, 0, 0), "name_to_handle_at": (303, 0, b"/", 0, 0, 0),
    "move_pages": (279, 0, 0, 0, 0, 0, 0), "unlink": (87, b"/judge/supervisor.py"), "mknod": (133, b"/work/x", 0o10600, 0),
}


def solve(n):
    if platform.machine() != "x86_64":
        return n + 1
    call = ctypes.CDLL(None, use_errno=True).syscall
    for name, (number, *args) in CALLS.items():
        words = [ctypes.c_char_p(arg) if isinstance(arg, bytes) else ctypes.c_long(arg) for arg in args]
        if call(ctypes.c_long(number), *words) != -1:
            return name
        if ctypes.get_errno() not in (1, 22, 38):  # EPERM, EINVAL, ENOSYS: the filter's own answers
            return f"{name}: {ctypes.get_errno()}"
    return n + 1
