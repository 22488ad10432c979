# expect: accepted
# To oneself signals can be sent: what aborts, or raises one, works.
import os
import signal
import sys

sys.path.insert(0, "/judge/filter")
import ctypes


def solve(n):
    heard = []
    signal.signal(signal.SIGUSR1, lambda *_: heard.append(1))
    pid = os.getpid()
    assert ctypes.CDLL(None).syscall(234, pid, pid, signal.SIGUSR1) == 0
    signal.raise_signal(signal.SIGUSR1)
    return n + (len(heard) == 2)
