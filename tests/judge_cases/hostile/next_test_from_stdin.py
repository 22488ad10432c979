# expect: accepted
# The socket on which the next test will come is closed before a program starts.
import os


def solve(n):
    for descriptor in range(64):
        if descriptor in (1, 2, 3):
            continue
        try:
            os.set_blocking(descriptor, False)
            if os.read(descriptor, 100):
                return -1
        except OSError:
            pass
    return n + 1
