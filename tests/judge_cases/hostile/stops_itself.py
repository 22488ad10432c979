# expect: time_limit

import os, signal

def solve(n):
    os.kill(os.getpid(), signal.SIGSTOP)
    return n + 1
