# expect: runtime_error

import os

def solve(n):
    os.closerange(0, 1024)
    return n + 1
