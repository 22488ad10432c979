# expect: accepted
# A sandbox for Python is lent again and again: it must not keep what one program did to it.
import os


def solve(n):
    for pid in (1, os.getppid()):
        try:
            os.sched_setaffinity(pid, {min(os.sched_getaffinity(0))})
        except OSError:
            continue
        return -1
    return n + 1
