# expect: accepted
# A file in memory is a file, and files may not grow.
import os


def solve(n):
    try:
        descriptor = os.memfd_create("hoard")
        os.write(descriptor, b"x" * 1024 * 1024)
    except OSError:
        return n + 1
    return -1
