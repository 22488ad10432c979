# expect: accepted kind: signals
# The process that waits for the next test, and whatever else is in this sandbox, must not get a signal from here by any
# call that sends one; only this process itself.
import os
import platform
import sys

sys.path.insert(0, "/judge/filter")

KILL, TKILL, TGKILL, QUEUE, QUEUE_TO_THREAD, PIDFD_OPEN = 62, 200, 234, 129, 297, 434


def solve(n):
    if platform.machine() != "x86_64":
        return n + 1
    import ctypes

    call = ctypes.CDLL(None, use_errno=True).syscall
    own, room = os.getpid(), ctypes.create_string_buffer(128)
    for pid in (*range(1, own), *range(own + 1, own + 20), -1, own + (1 << 32)):
        for number, *args in (
            (KILL, pid, 19),
            (KILL, -pid, 19),
            (TKILL, pid, 9),
            (TGKILL, pid, pid, 19),
            (TGKILL, pid, pid, 9),
            (TGKILL, -1, pid, 9),
            (QUEUE, pid, 9, room),
            (QUEUE_TO_THREAD, pid, pid, 9, room),
            (PIDFD_OPEN, pid, 0),
        ):
            words = [ctypes.c_long(arg) if isinstance(arg, int) else arg for arg in args]
            if call(ctypes.c_long(number), *words) != -1:
                return -number
            if ctypes.get_errno() not in (1, 38):  # EPERM, ENOSYS: the filter's own answers
                return -number * 1000 - ctypes.get_errno()
    return n + 1 if call(TGKILL, own, own, 0) == 0 else -1
