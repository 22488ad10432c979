# expect: runtime_error time_limit memory_limit

import sys

def solve(n):
    sys.setrecursionlimit(10**9)
    return solve(n + 1)
