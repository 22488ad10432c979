# expect: accepted
# Process 1 of the namespace gets no signal that is sent from within it.
import os
import signal


def solve(n):
    for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM, signal.SIGINT, signal.SIGSEGV):
        os.kill(os.getppid(), number)
    return n + 1
