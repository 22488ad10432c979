# expect: accepted

import os, signal

def solve(n):
    try:
        os.kill(-1, signal.SIGKILL)
    except OSError:
        pass
    return n + 1
