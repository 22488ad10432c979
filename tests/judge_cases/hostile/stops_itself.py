# expect: time_limit

import signal

def solve(n):
    signal.raise_signal(signal.SIGSTOP)
    return n + 1
