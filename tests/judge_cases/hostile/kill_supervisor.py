# expect: accepted
# No signal can be sent at all, and process 1 of the namespace would get none that is sent from within it.
import os
import signal


def solve(n):
    refused = 0
    for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM, signal.SIGINT, signal.SIGSEGV):
        for pid in (os.getppid(), 1, -1, 0):
            try:
                os.kill(pid, number)
            except PermissionError:
                refused += 1
    return n + 1 if refused == 20 else -refused
