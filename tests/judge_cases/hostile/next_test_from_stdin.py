# expect: accepted
# The socket on which the next test will come, and every other descriptor of the supervisor, is closed before.
import os


def solve(n):
    if os.read(0, 100):
        return -1
    for descriptor in range(4, 64):
        try:
            os.fstat(descriptor)
        except OSError:
            continue
        return -1
    return n + 1
