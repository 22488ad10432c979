# expect: runtime_error
import os
import signal


def solve(n):
    os.kill(-1, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
