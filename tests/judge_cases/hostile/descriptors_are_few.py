# expect: accepted
import os


def solve(n):
    try:
        for _ in range(64):
            os.dup(1)
    except OSError:
        return n + 1
    return -1
