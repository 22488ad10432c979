# expect: accepted
# A fork is refused at once, so the bomb never starts.
import os


def solve(n):
    for _ in range(100):
        try:
            os.fork()
        except OSError:
            continue
        return -1
    return n + 1
