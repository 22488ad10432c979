# expect: accepted kind: signals
# Whoever is near gets signal 9: the process that waits for the next test, and with it for the next submission. The
# filter lets nobody send signals but to themselves.
import os
import sys

sys.path.insert(0, "/judge/filter")
import ctypes


def solve(n):
    reached = 0
    for near in range(1, 40):
        pid = os.getpid() + near
        reached += ctypes.CDLL(None).syscall(234, pid, pid, 9) == 0
    return n + 1 + reached
