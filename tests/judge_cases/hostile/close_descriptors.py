# expect: runtime_error
import os


def solve(n):
    os.closerange(0, 256)
    return n + 1
