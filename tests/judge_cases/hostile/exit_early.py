# expect: runtime_error
import sys

sys.exit(0)


def solve(n):
    return n + 1
